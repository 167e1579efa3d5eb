"""A hand-over and everything that happened to it."""

from datetime import date

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    String,
    and_,
    case,
    exists,
    func,
    literal,
    select,
)
from sqlalchemy.orm import Mapped, column_property

from outreach.conversations.models import DebtHelpRequest
from outreach.db import (
    Day,
    Id,
    Instant,
    LongText,
    Model,
    Retention,
    Tenant,
    Words,
    personal,
    plain,
    tenant_table,
)
from outreach.handover.states import OPEN, State


def _asked(conversation_id: Mapped[Id]) -> ColumnElement[bool]:
    """They asked for debt help in this talk, and let us pass that on."""
    return and_(DebtHelpRequest.conversation_id == conversation_id, DebtHelpRequest.pass_on)


def _asked_on(conversation_id: Mapped[Id]) -> ScalarSelect[Day]:
    asked = select(DebtHelpRequest.asked_on).where(_asked(conversation_id))
    return asked.correlate_except(DebtHelpRequest).scalar_subquery()


class Handover(Tenant, Model):
    """What is too heavy goes, with consent, to a team. Only `domains` are shared.

    `state`: offered, seen, accepted, refused, returned, closed or withdrawn;
    `urgency`: ordinary, soon or crisis; `called_at`: "gebeld om" in a crisis.
    """

    __tablename__ = "handover"
    __table_args__ = tenant_table(
        Retention.DOSSIER,
        household_id="household",
        conversation_id="conversation",
        team_id="team",
        author_id="account",
        consent_id="consent",
        coach_id="account",
    )

    household_id: Mapped[Id] = plain(index=True)
    conversation_id: Mapped[Id] = plain()
    consent_id: Mapped[Id] = plain()
    team_id: Mapped[Id] = plain(index=True)
    author_id: Mapped[Id] = personal(index=True)
    coach_id: Mapped[Id | None] = personal()
    state: Mapped[str] = plain(String(20), default="offered")
    urgency: Mapped[str] = personal(String(20))
    why: Mapped[LongText] = personal()
    domains: Mapped[Words] = personal()
    company_wanted: Mapped[bool] = personal(default=False)
    called_at: Mapped[Instant | None] = personal()
    made_at: Mapped[Instant] = plain()
    received_at: Mapped[Instant] = plain()

    # Not columns of the table: the order in which an inbox shows them.
    crisis_rank: Mapped[int] = column_property(
        case(
            (urgency == "crisis", 0),
            (
                and_(
                    state.in_(OPEN), exists().where(_asked(conversation_id), DebtHelpRequest.crisis)
                ),
                0,
            ),
            else_=1,
        ),
        deferred=True,
    )
    # Of two with the same term, who asked first is due first. Taken on, no clock runs.
    clock_day: Mapped[Day] = column_property(
        case(
            (
                state.in_(OPEN - {State.ACCEPTED}),
                func.coalesce(_asked_on(conversation_id), literal(date.max)),
            ),
            else_=literal(date.max),
        ),
        deferred=True,
    )
    urgency_rank: Mapped[int] = column_property(
        case((urgency == "crisis", 0), (urgency == "soon", 1), else_=2)
    )


class HandoverEvent(Tenant, Model):
    """One step in a hand-over's life: to which state, by whom, why, and the words that go along.

    `feedback` is the sentence meant for the volunteer; it is shown only with that consent.
    """

    __tablename__ = "handover_event"
    __table_args__ = tenant_table(Retention.DOSSIER, handover_id="handover", actor_id="account")

    handover_id: Mapped[Id] = plain(index=True)
    actor_id: Mapped[Id] = personal()
    state: Mapped[str] = plain(String(20))
    reason: Mapped[str] = personal(String(40), default="")
    words: Mapped[LongText] = personal(default="")
    feedback: Mapped[LongText] = personal(default="")
    at: Mapped[Instant] = plain()

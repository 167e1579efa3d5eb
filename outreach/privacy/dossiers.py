"""Households of long ago, what is remembered of erased words, and decided concerns."""

from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select

from outreach.clock import now
from outreach.concerns.models import Concern
from outreach.concerns.weighing import DECIDED
from outreach.conversations.models import Consent, Conversation, DebtHelpRequest, Forgotten, Note
from outreach.db import db
from outreach.handover.models import Handover, HandoverEvent
from outreach.handover.states import OPEN
from outreach.plans.models import Aftercare, Plan
from outreach.privacy.deleting import delete_rows
from outreach.sync.discarding import erase
from outreach.sync.models import Mutation, Quarantined
from outreach.sync.quarantine import WAITING
from outreach.territory.models import Household

# Whose household, and when: every instant that says somebody still works on a dossier.
SIGNS_OF_LIFE = (
    (Household.id, Household.created_at),
    (Conversation.household_id, Conversation.received_at),
    (Consent.household_id, Consent.received_at),
    (Consent.household_id, Consent.withdrawn_at),
    (DebtHelpRequest.household_id, DebtHelpRequest.received_at),
    (Plan.household_id, Plan.received_at),
    (Plan.household_id, Plan.printed_at),
    (Aftercare.household_id, Aftercare.received_at),
    (Aftercare.household_id, Aftercare.closed_at),
    (Handover.household_id, Handover.received_at),
    (Mutation.dossier_id, Mutation.received_at),
    (Quarantined.dossier_id, Quarantined.received_at),
)


def forget_households(municipality_id: str, before: datetime) -> int:
    """Erase dossiers nobody wrote in for that long and in which no work is open."""
    rows = _quiet(municipality_id, before).where(~_open_work())
    found = list(db.session.scalars(rows.with_for_update(of=Household, skip_locked=True)))
    for household_id in found:
        erase(municipality_id, household_id)
    return len(found)


def held_up(municipality_id: str, before: datetime) -> int:
    """How many dossiers are past their term and stay, because work in them is open."""
    rows = _quiet(municipality_id, before).where(_open_work())
    return db.session.scalar(select(func.count()).select_from(rows.subquery())) or 0


def _quiet(municipality_id: str, before: datetime) -> Select[str]:
    """Ids of households without a sign of life since."""
    signs = [
        instant >= before
        if link is Household.id
        else exists().where(link == Household.id, instant >= before)
        for link, instant in SIGNS_OF_LIFE
    ]
    noted = exists().where(
        Note.conversation_id == Conversation.id,
        Conversation.household_id == Household.id,
        Note.received_at >= before,
    )
    moved = exists().where(
        HandoverEvent.handover_id == Handover.id,
        Handover.household_id == Household.id,
        HandoverEvent.at >= before,
    )
    return select(Household.id).where(
        Household.municipality_id == municipality_id, ~or_(*signs, noted, moved)
    )


def _open_work() -> ColumnElement[bool]:
    """A talk, aftercare or hand-over without an end, a plan to print, a mutation that waits."""
    here = Household.id
    return or_(
        exists().where(Conversation.household_id == here, Conversation.state == "open"),
        exists().where(Aftercare.household_id == here, Aftercare.closed_at.is_(None)),
        exists().where(Handover.household_id == here, Handover.state.in_(OPEN)),
        exists().where(Plan.household_id == here, Plan.print_wanted, Plan.printed_at.is_(None)),
        exists().where(Quarantined.dossier_id == here, Quarantined.state == WAITING),
    )


def forget_forgotten(municipality_id: str, before: datetime) -> int:
    """Delete ids of erased words once no phone's mutation of that dossier is remembered either.

    `at` is the phone's claim: one that lies ahead of now does not keep the id for ever.
    """
    return delete_rows(
        Forgotten,
        municipality_id,
        or_(Forgotten.at < before, Forgotten.at > now()),
        ~exists().where(Mutation.dossier_id == Forgotten.dossier_id),
    )


def forget_concerns(municipality_id: str, before: datetime) -> int:
    """Delete concerns that were decided that long ago; one without a last word stays."""
    decided = and_(Concern.state == DECIDED, Concern.decided_at < before)
    return delete_rows(Concern, municipality_id, decided)

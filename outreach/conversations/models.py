"""A conversation and what the household let us write down."""

from sqlalchemy import Index, String, UniqueConstraint, case
from sqlalchemy.orm import Mapped, column_property

from outreach.db import (
    Day,
    Id,
    Instant,
    LongText,
    Model,
    Retention,
    Tenant,
    personal,
    plain,
    tenant_table,
)


class Conversation(Tenant, Model):
    """One talk; its id is reserved by the stop. `state`: open, closed or withdrawn.

    Without consent to note (`noted` false) only the fact remains: "gesprek zonder notities".
    """

    __tablename__ = "conversation"
    __table_args__ = tenant_table(
        Retention.DOSSIER,
        household_id="household",
        campaign_id="campaign",
        recorder_id="account",
        guide_id="guide",
        consent_text_id="consent_text",
    )

    household_id: Mapped[Id] = plain(index=True)
    campaign_id: Mapped[Id] = plain()
    stop_id: Mapped[Id | None] = plain(index=True)
    recorder_id: Mapped[Id] = personal(index=True)
    guide_id: Mapped[Id] = plain()
    consent_text_id: Mapped[Id] = plain()
    noted: Mapped[bool] = plain()
    state: Mapped[str] = plain(String(20), default="open")
    date: Mapped[Day] = personal()
    made_at: Mapped[Instant] = plain()
    received_at: Mapped[Instant] = plain()


class Consent(Tenant, Model):
    """Evidence per purpose: note, health, contact, share (with `team_id`), feedback.

    Which text, in which language, how it was given, when, and when it was withdrawn. Per
    asker the last answer stands: the row without `superseded_by`.
    """

    __tablename__ = "consent"
    __table_args__ = tenant_table(
        Retention.DOSSIER,
        household_id="household",
        conversation_id="conversation",
        consent_text_id="consent_text",
        team_id="team",
        asked_by="account",
    )

    household_id: Mapped[Id] = plain(index=True)
    conversation_id: Mapped[Id] = plain(index=True)
    consent_text_id: Mapped[Id] = plain()
    purpose: Mapped[str] = plain(String(20))
    given: Mapped[bool] = personal()
    language: Mapped[str] = plain(String(2))
    how: Mapped[str] = plain(String(20), default="spoken")
    team_id: Mapped[Id | None] = plain()
    asked_by: Mapped[Id] = personal()
    made_at: Mapped[Instant] = plain()
    received_at: Mapped[Instant] = plain()
    withdrawn_at: Mapped[Instant | None] = personal()
    superseded_by: Mapped[Id | None] = plain()


class Assessment(Tenant, Model):
    """One of five answers for one life domain of one talk."""

    __tablename__ = "assessment"
    __table_args__ = tenant_table(
        Retention.DOSSIER,
        UniqueConstraint("conversation_id", "domain", name="uq_assessment_domain"),
        conversation_id="conversation",
    )

    conversation_id: Mapped[Id] = plain()
    domain: Mapped[str] = plain(String(40))
    answer: Mapped[str] = personal(String(20))


class Advice(Tenant, Model):
    """An advice of the guide that was given in this talk."""

    __tablename__ = "advice"
    __table_args__ = tenant_table(
        Retention.DOSSIER,
        UniqueConstraint("conversation_id", "key", name="uq_advice_key"),
        conversation_id="conversation",
    )

    conversation_id: Mapped[Id] = plain()
    domain: Mapped[str] = plain(String(40))
    key: Mapped[str] = personal(String(60))


class Note(Tenant, Model):
    """What was said, in the resident's words. A removed note is gone, not hidden."""

    __tablename__ = "note"
    __table_args__ = tenant_table(Retention.DOSSIER, conversation_id="conversation")

    conversation_id: Mapped[Id] = plain(index=True)
    domain: Mapped[str] = plain(String(40))
    position: Mapped[int] = plain()
    text: Mapped[LongText] = personal()
    written_by: Mapped[Id] = personal()
    made_at: Mapped[Instant] = plain()
    received_at: Mapped[Instant] = plain()


class NoteOriginal(Tenant, Model):
    """What a note said before it was amended; readable by permission only."""

    __tablename__ = "note_original"
    __table_args__ = tenant_table(Retention.DOSSIER, note_id="note")

    note_id: Mapped[Id] = plain(index=True)
    text: Mapped[LongText] = personal()
    replaced_at: Mapped[Instant] = plain()
    replaced_by: Mapped[Id] = personal()


class Forgotten(Tenant, Model):
    """The id of a note that was taken out, or of a consent withdrawn before it arrived.

    Only that it was: what comes later under this id finds it, and nothing of it is stored.
    """

    __tablename__ = "forgotten"
    __table_args__ = tenant_table(Retention.DOSSIER, Index("ix_forgotten_dossier_id", "dossier_id"))

    dossier_id: Mapped[Id] = plain()
    kind: Mapped[str] = plain(String(20))
    at: Mapped[Instant] = plain()


class DebtHelpRequest(Tenant, Model):
    """They ask for debt help: with `pass_on` the clock runs from `asked_on`; else no clock.

    `recorded_by` is empty once both of a pair recorded it. `taken_on_by`: the professional who
    sees to the first talk, where no hand-over brought the request to a team; `ending`: how that
    went (talk_held, no_contact, not_needed).
    """

    __tablename__ = "debt_help_request"
    __table_args__ = tenant_table(
        Retention.DOSSIER,
        UniqueConstraint("conversation_id", name="uq_debt_help_request_once"),
        Index("ix_debt_help_request_household", "household_id"),
        household_id="household",
        conversation_id="conversation",
        recorded_by="account",
    )

    household_id: Mapped[Id] = plain()
    conversation_id: Mapped[Id] = plain()
    recorded_by: Mapped[Id | None] = personal()
    asked_on: Mapped[Day] = personal()
    pass_on: Mapped[bool] = personal()
    crisis: Mapped[bool] = personal(default=False)
    received_at: Mapped[Instant] = plain()
    taken_on_at: Mapped[Instant | None] = personal()
    taken_on_by: Mapped[Id | None] = personal()
    ended_at: Mapped[Instant | None] = personal()
    ending: Mapped[str] = personal(String(20), default="", server_default="")

    # Not columns of the table: the order in which requests wait.
    taken_rank: Mapped[int] = column_property(
        case((taken_on_at.is_(None), 0), else_=1), deferred=True
    )
    crisis_rank: Mapped[int] = column_property(case((crisis, 0), else_=1), deferred=True)


class Debrief(Tenant, Model):
    """*Nabespreken*, about the volunteer and never the household: how it went, call me today.

    `stop_id` is None for a heavy talk that somebody tells of by itself: which one is not said.
    `taken_by` says that they call, `called_by` did.
    """

    __tablename__ = "debrief"
    __table_args__ = tenant_table(Retention.DOOR, account_id="account")

    account_id: Mapped[Id] = personal(index=True)
    stop_id: Mapped[Id | None] = plain()
    feeling: Mapped[str] = personal(String(20))
    call_me: Mapped[bool] = personal(default=False)
    date: Mapped[Day] = plain()
    received_at: Mapped[Instant] = plain()
    taken_by: Mapped[Id | None] = personal()
    taken_at: Mapped[Instant | None] = plain()
    called_at: Mapped[Instant | None] = plain()
    called_by: Mapped[Id | None] = personal()

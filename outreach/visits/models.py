"""Rounds, their pairs and stops, and what came of each door."""

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped

from outreach.db import (
    Day,
    Document,
    Id,
    Instant,
    Model,
    Retention,
    Tenant,
    personal,
    plain,
    tenant_table,
)


class Round(Tenant, Model):
    """One pair, one day part, an order of stops. `state`: draft, published or closed.

    `before_letter`: somebody said why nobody waits for the letter here. `changed_at`: when what
    the phones had was last changed by the desk, with how many doors `went` and `came`.
    """

    __tablename__ = "round"
    __table_args__ = tenant_table(
        Retention.DOOR, campaign_id="campaign", base_location_id="base_location"
    )

    campaign_id: Mapped[Id] = plain(index=True)
    base_location_id: Mapped[Id] = plain()
    date: Mapped[Day] = plain()
    day_part: Mapped[str] = plain(String(10))
    state: Mapped[str] = plain(String(20), default="draft")
    published_at: Mapped[Instant | None] = plain()
    closed_at: Mapped[Instant | None] = plain()
    before_letter: Mapped[bool] = plain(default=False)
    changed_at: Mapped[Instant | None] = plain()
    went: Mapped[int] = plain(default=0)
    came: Mapped[int] = plain(default=0)


class RoundMember(Tenant, Model):
    """One of the pair."""

    __tablename__ = "round_member"
    __table_args__ = tenant_table(
        Retention.DOOR,
        UniqueConstraint("round_id", "account_id", name="uq_round_member_pair"),
        round_id="round",
        account_id="account",
    )

    round_id: Mapped[Id] = plain()
    account_id: Mapped[Id] = personal(index=True)


class Stop(Tenant, Model):
    """A door in a round, carrying the ids that both phones of the pair will use.

    `split_of` is the first stop at this address when two households live here;
    `left_at` says when the door left this pair (they know these people: never why). `taken_at`:
    when the desk gave the door to others; the row stays, for work may have begun there.
    """

    __tablename__ = "stop"
    __table_args__ = tenant_table(Retention.DOOR, round_id="round", address_id="address")

    round_id: Mapped[Id] = plain(index=True)
    address_id: Mapped[Id] = personal(index=True)
    position: Mapped[int] = plain()
    attempt_id: Mapped[Id] = plain(unique=True)
    household_id: Mapped[Id] = plain(unique=True)
    conversation_id: Mapped[Id] = plain(unique=True)
    plan_id: Mapped[Id] = plain(unique=True)
    split_of: Mapped[Id | None] = plain()
    left_at: Mapped[Instant | None] = plain()
    taken_at: Mapped[Instant | None] = plain()


class ContactAttempt(Tenant, Model):
    """One ring at one door: DDAS channel, reached, date, day part and one outcome word.

    `outcome` '' = undone. `details` holds only what planning needs, from fixed lists: a later
    date and day part, a language wish, how far a refusal goes. `kept_details` holds the same for
    outcome words that wait in a difference. Its id is the stop's `attempt_id`; the hold or the
    appointment that it causes has that id too, so that a correction finds what to take back.
    """

    __tablename__ = "contact_attempt"
    __table_args__ = tenant_table(
        Retention.DOOR,
        Index("ix_contact_attempt_address", "address_id", "campaign_id"),
        campaign_id="campaign",
        address_id="address",
        stop_id="stop",
    )

    campaign_id: Mapped[Id] = plain(index=True)
    address_id: Mapped[Id] = personal()
    stop_id: Mapped[Id] = plain(unique=True)
    channel: Mapped[str] = plain(String(30), default="Huisbezoek")
    reached: Mapped[bool] = personal()
    date: Mapped[Day] = personal()
    day_part: Mapped[str] = personal(String(10))
    outcome: Mapped[str] = personal(String(30))
    details: Mapped[Document] = personal(default=dict)
    kept_details: Mapped[Document] = personal(default=dict)
    recorded_by: Mapped[Id] = personal()
    made_at: Mapped[Instant] = plain()
    received_at: Mapped[Instant] = plain()


class DoorNotice(Tenant, Model):
    """*Let op*: dog, bell_broken or stairs; gone with the campaign."""

    __tablename__ = "door_notice"
    __table_args__ = tenant_table(
        Retention.DOOR,
        UniqueConstraint("campaign_id", "address_id", "notice", name="uq_door_notice_once"),
        campaign_id="campaign",
        address_id="address",
    )

    campaign_id: Mapped[Id] = plain()
    address_id: Mapped[Id] = plain(index=True)
    notice: Mapped[str] = plain(String(20))


class Appointment(Tenant, Model):
    """A date and day part at a door. `kind`: later or aftercare; `account_id` who goes, if known.

    A `later` appointment has the id of the attempt that caused it; it waits for planning until
    `stop_id` names the stop that takes it.
    """

    __tablename__ = "appointment"
    __table_args__ = tenant_table(Retention.DOOR, address_id="address", campaign_id="campaign")

    campaign_id: Mapped[Id] = plain(index=True)
    address_id: Mapped[Id] = personal(index=True)
    kind: Mapped[str] = plain(String(20))
    date: Mapped[Day] = personal()
    day_part: Mapped[str] = personal(String(10))
    account_id: Mapped[Id | None] = personal()
    stop_id: Mapped[Id | None] = plain(index=True)
    cancelled_at: Mapped[Instant | None] = plain()


class CampaignCount(Tenant, Model):
    """How often each outcome word was recorded: what remains of the doors of a past campaign."""

    __tablename__ = "campaign_count"
    __table_args__ = tenant_table(
        Retention.REGISTER,
        UniqueConstraint("campaign_id", "outcome", name="uq_campaign_count_outcome"),
        campaign_id="campaign",
    )

    campaign_id: Mapped[Id] = plain()
    outcome: Mapped[str] = plain(String(30))
    count: Mapped[int] = plain()

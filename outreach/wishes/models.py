"""What residents said behind the code of their letter; what they said before is not kept."""

from datetime import date

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped

from outreach.db import Id, Instant, Model, Retention, Tenant, Words, personal, plain, tenant_table


class DoorWish(Tenant, Model):
    """The last choice made at one door in one campaign.

    `choice`: another_time, with the `day_parts` that suit and, if they said so, the `first_day` and
    `last_day`; or rather_not, with a `reason` word that is only ever counted. A rather_not has a
    `DoorHold` with the id of this row.
    """

    __tablename__ = "door_wish"
    __table_args__ = tenant_table(
        Retention.DOOR,
        UniqueConstraint("campaign_id", "address_id", name="uq_door_wish_door"),
        campaign_id="campaign",
        address_id="address",
    )

    campaign_id: Mapped[Id] = plain()
    address_id: Mapped[Id] = personal(index=True)
    choice: Mapped[str] = personal(String(20))
    day_parts: Mapped[Words] = personal(default=list)
    first_day: Mapped[date | None] = personal()
    last_day: Mapped[date | None] = personal()
    reason: Mapped[str] = personal(String(20), default="")
    said_at: Mapped[Instant] = personal()


class CallRequest(Tenant, Model):
    """Somebody behind a door asked to be called; the number goes when that was done.

    `language`: in which they read and agreed; `consent_version`: to which text.
    """

    __tablename__ = "call_request"
    __table_args__ = tenant_table(
        Retention.DOOR,
        UniqueConstraint("campaign_id", "address_id", name="uq_call_request_door"),
        campaign_id="campaign",
        address_id="address",
    )

    campaign_id: Mapped[Id] = plain()
    address_id: Mapped[Id] = personal(index=True)
    phone: Mapped[str] = personal(String(20))
    language: Mapped[str] = personal(String(10))
    consent_version: Mapped[str] = plain(String(10))
    asked_at: Mapped[Instant] = personal(index=True)
    done_at: Mapped[Instant | None] = plain()
    done_by: Mapped[Id | None] = personal()


class WishCount(Tenant, Model):
    """How often something was chosen: what remains of the wishes of a past campaign.

    `word`: a choice, `part_<day part>` or `reason_<word>`.
    """

    __tablename__ = "wish_count"
    __table_args__ = tenant_table(
        Retention.REGISTER,
        UniqueConstraint("campaign_id", "word", name="uq_wish_count_word"),
        campaign_id="campaign",
    )

    campaign_id: Mapped[Id] = plain()
    word: Mapped[str] = plain(String(30))
    count: Mapped[int] = plain()

"""What planning knows of a volunteer. All of it belongs to an account and says no reasons."""

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped

from outreach.db import Day, Id, Model, Retention, Tenant, Words, personal, plain, tenant_table


class VolunteerProfile(Tenant, Model):
    """Who has none may not go to a door yet.

    `certificate_…`: of the certificate of conduct (VOG) that somebody saw; never the document.
    `experienced`: goes along with who is new; `starts_with_mentor`: is new, until somebody says
    otherwise. `languages`: besides Dutch, codes of `languages.SPOKEN`.
    """

    __tablename__ = "volunteer_profile"
    __table_args__ = tenant_table(
        Retention.ACCOUNT,
        UniqueConstraint("account_id", name="uq_volunteer_profile_account"),
        account_id="account",
    )

    account_id: Mapped[Id] = personal()
    certificate_seen: Mapped[bool] = personal(default=False)
    certificate_date: Mapped[Day | None] = personal()
    certificate_expires_on: Mapped[Day | None] = personal()
    languages: Mapped[Words] = personal(default=list)
    experienced: Mapped[bool] = personal(default=False)
    starts_with_mentor: Mapped[bool] = personal(default=True)


class VolunteerDayPart(Tenant, Model):
    """A day part of every week on which somebody can walk. `weekday`: 1 is Monday, 7 Sunday."""

    __tablename__ = "volunteer_day_part"
    __table_args__ = tenant_table(
        Retention.ACCOUNT,
        UniqueConstraint("account_id", "weekday", "day_part", name="uq_volunteer_day_part_once"),
        account_id="account",
    )

    account_id: Mapped[Id] = personal()
    weekday: Mapped[int] = personal()
    day_part: Mapped[str] = personal(String(10))


class VolunteerAbsence(Tenant, Model):
    """Days on which somebody cannot walk, the first and the last included; never why."""

    __tablename__ = "volunteer_absence"
    __table_args__ = tenant_table(Retention.ACCOUNT, account_id="account")

    account_id: Mapped[Id] = personal(index=True)
    first_day: Mapped[Day] = personal()
    last_day: Mapped[Day] = personal()


class AvoidedStreet(Tenant, Model):
    """This volunteer goes to no door of this street; why is nobody's business."""

    __tablename__ = "avoided_street"
    __table_args__ = tenant_table(
        Retention.ACCOUNT,
        UniqueConstraint("account_id", "city", "street", name="uq_avoided_street_once"),
        account_id="account",
    )

    account_id: Mapped[Id] = personal()
    city: Mapped[str] = personal(String(80))
    street: Mapped[str] = personal(String(80))


class AvoidedAddress(Tenant, Model):
    """This volunteer does not go to this door; why is nobody's business.

    `origin`: said at the desk, or at the door, when the pair left it. Each takes back its own.
    """

    __tablename__ = "avoided_address"
    __table_args__ = tenant_table(
        Retention.ACCOUNT,
        UniqueConstraint("account_id", "address_id", "origin", name="uq_avoided_address_once"),
        account_id="account",
        address_id="address",
    )

    account_id: Mapped[Id] = personal()
    address_id: Mapped[Id] = personal(index=True)
    origin: Mapped[str] = plain(String(10))

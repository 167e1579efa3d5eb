"""The tenant and its people: municipality, district, team, account, invitation, session, device."""

from sqlalchemy import Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped

from outreach.db import Id, Instant, Model, Retention, Tenant, personal, plain, tenant_table


class Municipality(Model):
    """The tenant; nothing crosses it."""

    __tablename__ = "municipality"
    __table_args__ = ({"info": {"retention": Retention.REGISTER}},)

    id: Mapped[Id] = plain(primary_key=True)
    name: Mapped[str] = plain()
    privacy_contact: Mapped[str] = plain(default="")
    duty_phone: Mapped[str] = plain(String(40), default="")
    # Hours a phone may be read without contact; minutes until an untouched one shuts, or covers.
    lease_hours: Mapped[int] = plain(default=72)
    lock_minutes: Mapped[int] = plain(default=5)
    talk_lock_minutes: Mapped[int] = plain(default=20)
    cover_minutes: Mapped[int] = plain(default=1)
    # Minutes after a round should be over until somebody is told that its pair was not heard.
    watch_minutes: Mapped[int] = plain(default=30)


class District(Tenant, Model):
    """A wijk: campaigns, teams and supervisors belong to districts."""

    __tablename__ = "district"
    __table_args__ = tenant_table(
        Retention.REGISTER, UniqueConstraint("municipality_id", "name", name="uq_district_name")
    )

    name: Mapped[str] = plain()


class Team(Tenant, Model):
    """A neighbourhood team of professionals, with the number that is answered in a crisis."""

    __tablename__ = "team"
    __table_args__ = tenant_table(
        Retention.REGISTER,
        UniqueConstraint("municipality_id", "name", name="uq_team_name"),
        district_id="district",
    )

    district_id: Mapped[Id] = plain()
    name: Mapped[str] = plain()
    duty_phone: Mapped[str] = plain(String(40), default="")


class Account(Tenant, Model):
    """A person who signs in. `password_hash` is empty until the invitation is taken up."""

    __tablename__ = "account"
    __table_args__ = tenant_table(
        Retention.ACCOUNT,
        UniqueConstraint("municipality_id", "email", name="uq_account_email"),
        Index("ix_account_email", "email"),
        team_id="team",
    )

    email: Mapped[str] = personal(String(254))
    name: Mapped[str] = personal()
    first_name: Mapped[str] = personal()
    phone: Mapped[str] = personal(String(40), default="")
    role: Mapped[str] = plain(String(40))
    team_id: Mapped[Id | None] = plain()
    language: Mapped[str] = plain(String(2), default="nl")
    password_hash: Mapped[str] = personal(default="")
    active: Mapped[bool] = plain(default=True)
    created_at: Mapped[Instant] = plain()


class AccountDistrict(Tenant, Model):
    """The districts in which a supervisor, coordinator or volunteer works."""

    __tablename__ = "account_district"
    __table_args__ = tenant_table(
        Retention.ACCOUNT,
        UniqueConstraint("account_id", "district_id", name="uq_account_district_pair"),
        account_id="account",
        district_id="district",
    )

    account_id: Mapped[Id] = personal()
    district_id: Mapped[Id] = plain()


class Invitation(Tenant, Model):
    """A link with which a new colleague sets a password; only the hash of its token is kept."""

    __tablename__ = "invitation"
    __table_args__ = tenant_table(Retention.ACCOUNT, account_id="account")

    account_id: Mapped[Id] = personal()
    token_hash: Mapped[str] = plain(String(64), unique=True)
    expires_at: Mapped[Instant] = plain()
    used_at: Mapped[Instant | None] = plain()


class Session(Tenant, Model):
    """One sign-in. A refresh names `refresh_id`; one used twice closes the session.

    `device_id`: the device that last synced with it; once that is revoked, no other one may.
    """

    __tablename__ = "session"
    __table_args__ = tenant_table(Retention.ACCOUNT, account_id="account")

    account_id: Mapped[Id] = personal()
    refresh_id: Mapped[str] = plain(String(36))
    previous_refresh_id: Mapped[str] = plain(String(36))
    rotated_at: Mapped[Instant] = plain()
    started_at: Mapped[Instant] = plain()
    last_seen_at: Mapped[Instant] = plain()
    revoked_at: Mapped[Instant | None] = plain()
    device_id: Mapped[Id | None] = plain()


class Device(Tenant, Model):
    """A phone or browser that syncs; enrolled by its first sync.

    `unsent_count`, `unsent_since`: what its last exchange left on it, and of when the oldest is.

    `synced_at` is its last exchange: a store that was given up still hands over, a contact too.

    `signing_key` (P-256, SPKI DER) is there once its store is `sealed`: what it signs is taken in
    whatever the state of the account. `removal_code` is what a coordinator says to somebody who may
    throw away what this phone has not sent.
    """

    __tablename__ = "device"
    __table_args__ = tenant_table(Retention.ACCOUNT, account_id="account")

    account_id: Mapped[Id] = personal()
    enrolled_at: Mapped[Instant] = plain()
    last_contact_at: Mapped[Instant] = plain()
    synced_at: Mapped[Instant | None] = plain()
    signing_key: Mapped[bytes | None] = plain(LargeBinary(200))
    sealed: Mapped[bool] = plain(default=False)
    removal_code: Mapped[str | None] = plain(String(8))
    revoked_at: Mapped[Instant | None] = plain()
    revoked_by: Mapped[Id | None] = personal()
    unsent_count: Mapped[int] = plain(default=0)
    unsent_since: Mapped[Instant | None] = plain()


class FailedTry(Model):
    """Tries per key (a keyed hash of who tries), counted to slow guessing and flooding."""

    __tablename__ = "failed_try"
    __table_args__ = ({"info": {"retention": Retention.EXCHANGE}},)

    key: Mapped[str] = personal(String(64), primary_key=True)
    count: Mapped[int] = plain(default=0)
    until: Mapped[Instant] = plain()

"""Vouchers of a campaign: what there is, what was given on a round; never to whom, or where."""

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped

from outreach.db import Day, Id, Instant, Model, Retention, Tenant, personal, plain, tenant_table


class VoucherScheme(Tenant, Model):
    """The incentive of a campaign. `with_codes`: each voucher bears a code of a series.

    `kept_…`: what was given, once the gifts themselves are forgotten.
    """

    __tablename__ = "voucher_scheme"
    __table_args__ = tenant_table(
        Retention.REGISTER,
        UniqueConstraint("campaign_id", name="uq_voucher_scheme_campaign"),
        campaign_id="campaign",
    )

    campaign_id: Mapped[Id] = plain()
    name: Mapped[str] = plain(String(80))
    with_codes: Mapped[bool] = plain(default=False)
    kept_gifts: Mapped[int] = plain(default=0)
    kept_adults: Mapped[int] = plain(default=0)
    kept_children: Mapped[int] = plain(default=0)


class VoucherCode(Tenant, Model):
    """A code of the series that the municipality had printed. `void`: it must not be given."""

    __tablename__ = "voucher_code"
    __table_args__ = tenant_table(
        Retention.DOOR,
        UniqueConstraint("scheme_id", "code", name="uq_voucher_code_once"),
        scheme_id="voucher_scheme",
    )

    scheme_id: Mapped[Id] = plain()
    code: Mapped[str] = plain(String(40))
    void: Mapped[bool] = plain(default=False)


class VoucherGift(Tenant, Model):
    """Vouchers handed over after a talk, for so many adults and children.

    It is of a campaign and a round: at which door is not said, so nobody can look it up.
    """

    __tablename__ = "voucher_gift"
    __table_args__ = tenant_table(Retention.DOOR, scheme_id="voucher_scheme", account_id="account")

    scheme_id: Mapped[Id] = plain(index=True)
    round_id: Mapped[Id] = plain()
    account_id: Mapped[Id] = personal(index=True)
    date: Mapped[Day] = plain()
    adults: Mapped[int] = plain()
    children: Mapped[int] = plain()
    made_at: Mapped[Instant] = plain()
    received_at: Mapped[Instant] = plain()
    taken_back_at: Mapped[Instant | None] = plain()


class VoucherGiftCode(Tenant, Model):
    """A code that was handed over. Two phones may name the same one: both stay, for a person."""

    __tablename__ = "voucher_gift_code"
    __table_args__ = tenant_table(
        Retention.DOOR,
        UniqueConstraint("gift_id", "code", name="uq_voucher_gift_code_once"),
        gift_id="voucher_gift",
    )

    gift_id: Mapped[Id] = plain()
    code: Mapped[str] = plain(String(40), index=True)

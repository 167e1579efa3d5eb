"""Gifts and codes go thirty days after their campaign; how much was given stays."""

from sqlalchemy import delete, func, select

from outreach.db import db
from outreach.visits.voucher_models import (
    VoucherCode,
    VoucherGift,
    VoucherGiftCode,
    VoucherScheme,
)


def forget_given(scheme: VoucherScheme) -> int:
    """Add up what was given, and delete it with its codes; returns how many gifts went.

    Doing it again adds what came in late.
    """
    own = select(VoucherGift.id).where(VoucherGift.scheme_id == scheme.id)
    counts = select(
        func.count(),
        func.coalesce(func.sum(VoucherGift.adults), 0),
        func.coalesce(func.sum(VoucherGift.children), 0),
    ).where(VoucherGift.scheme_id == scheme.id, VoucherGift.taken_back_at.is_(None))
    gifts, adults, children = db.session.execute(counts).one()
    scheme.kept_gifts += gifts
    scheme.kept_adults += adults
    scheme.kept_children += children
    db.session.execute(delete(VoucherGiftCode).where(VoucherGiftCode.gift_id.in_(own)))
    db.session.execute(delete(VoucherCode).where(VoucherCode.scheme_id == scheme.id))
    gone = delete(VoucherGift).where(VoucherGift.scheme_id == scheme.id).returning(VoucherGift.id)
    return len(db.session.scalars(gone).all())

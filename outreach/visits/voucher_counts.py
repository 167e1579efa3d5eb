"""How a campaign's vouchers stand, counted by the database; codes somebody must look at, by name.

A code is odd when two phones gave it, when it was void, or when nobody put it in the stock.
"""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from sqlalchemy import Row, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import aliased

from outreach.access.models import Account
from outreach.campaigns.models import Campaign
from outreach.db import db
from outreach.visits.voucher_models import (
    VoucherCode,
    VoucherGift,
    VoucherGiftCode,
    VoucherScheme,
)
from outreach.visits.voucher_stock import scheme_of

MOST_ODD = 50
TWICE, VOID, UNKNOWN = "twice", "void", "unknown"
NOTHING_GIVEN = {"gifts": 0, "adults": 0, "children": 0, "codes": 0}


def standing_of(campaign: Campaign) -> dict[str, Any]:
    """All that the desk shows of a campaign's vouchers."""
    scheme = scheme_of(campaign)
    if scheme is None:
        none = {"scheme": None, "stock": 0, "void": 0, "given": NOTHING_GIVEN}
        return none | {"odd": [], "more_odd": 0}
    odd = list(db.session.execute(odd_codes([scheme.id])))
    shown = odd[:MOST_ODD]
    handed = _handed(scheme, [row.code for row in shown])
    return {
        "scheme": scheme,
        **_stock(scheme),
        "given": _given(scheme),
        "odd": [{"code": row.code, "why": _why(row), "handed": handed[row.code]} for row in shown],
        "more_odd": len(odd) - len(shown),
    }


def odd_codes(scheme_ids: Collection[str] | Select[str]) -> Select[*tuple[Any, ...]]:
    """Per scheme the codes somebody must look at, with how often each was given.

    Where vouchers bear codes and none was put in, no code is known, and none is odd for that.
    """
    any_code = aliased(VoucherCode)
    stocked = exists().where(any_code.scheme_id == VoucherGift.scheme_id)
    times = func.count()
    is_void = func.max(case((VoucherCode.void, 1), else_=0))
    is_unknown = func.max(case((and_(VoucherCode.id.is_(None), stocked), 1), else_=0))
    return (
        select(
            VoucherGift.scheme_id,
            VoucherGiftCode.code,
            times.label("times"),
            is_void.label("void"),
            is_unknown.label("unknown"),
        )
        .select_from(VoucherGiftCode)
        .join(VoucherGift, VoucherGift.id == VoucherGiftCode.gift_id)
        .join(
            VoucherCode,
            and_(
                VoucherCode.scheme_id == VoucherGift.scheme_id,
                VoucherCode.code == VoucherGiftCode.code,
            ),
            isouter=True,
        )
        .where(VoucherGift.scheme_id.in_(scheme_ids), VoucherGift.taken_back_at.is_(None))
        .group_by(VoucherGift.scheme_id, VoucherGiftCode.code)
        .having(or_(times > 1, is_void == 1, is_unknown == 1))
        .order_by(VoucherGift.scheme_id, VoucherGiftCode.code)
    )


def _why(row: Row[Any]) -> str:
    if row.times > 1:
        return TWICE
    return VOID if row.void else UNKNOWN


def _handed(scheme: VoucherScheme, codes: Collection[str]) -> dict[str, list[dict[str, Any]]]:
    rows = (
        select(VoucherGiftCode.code, Account.first_name, VoucherGift.date)
        .select_from(VoucherGiftCode)
        .join(VoucherGift, VoucherGift.id == VoucherGiftCode.gift_id)
        .join(Account, Account.id == VoucherGift.account_id)
        .where(
            VoucherGift.scheme_id == scheme.id,
            VoucherGift.taken_back_at.is_(None),
            VoucherGiftCode.code.in_(codes),
        )
        .order_by(VoucherGift.date, VoucherGift.id)
    )
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for code, first_name, date in db.session.execute(rows):
        found[code].append({"first_name": first_name, "date": date})
    return found


def _stock(scheme: VoucherScheme) -> dict[str, int]:
    """Codes that may still be given, and those that may not."""
    handed = (
        select(VoucherGiftCode.code)
        .join(VoucherGift, VoucherGift.id == VoucherGiftCode.gift_id)
        .where(VoucherGift.scheme_id == scheme.id, VoucherGift.taken_back_at.is_(None))
    )
    void = func.coalesce(func.sum(case((VoucherCode.void, 1), else_=0)), 0)
    free = and_(VoucherCode.void.is_(False), VoucherCode.code.not_in(handed))
    left = func.coalesce(func.sum(case((free, 1), else_=0)), 0)
    rows = select(left, void).where(VoucherCode.scheme_id == scheme.id)
    stock, voided = db.session.execute(rows).one()
    return {"stock": stock, "void": voided}


def _given(scheme: VoucherScheme) -> dict[str, int]:
    counted = VoucherGift.scheme_id == scheme.id, VoucherGift.taken_back_at.is_(None)
    counts = select(
        func.count(),
        func.coalesce(func.sum(VoucherGift.adults), 0),
        func.coalesce(func.sum(VoucherGift.children), 0),
    ).where(*counted)
    gifts, adults, children = db.session.execute(counts).one()
    codes = (
        select(func.count())
        .select_from(VoucherGiftCode)
        .join(VoucherGift, VoucherGift.id == VoucherGiftCode.gift_id)
        .where(*counted)
    )
    return {
        "gifts": gifts + scheme.kept_gifts,
        "adults": adults + scheme.kept_adults,
        "children": children + scheme.kept_children,
        "codes": db.session.scalar(codes) or 0,
    }

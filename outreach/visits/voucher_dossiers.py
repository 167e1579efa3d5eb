"""What of vouchers a phone gets: what they are called, and what its own user gave of late."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from sqlalchemy import select

from outreach.access.actor import Actor
from outreach.db import db
from outreach.visits.models import Round
from outreach.visits.voucher_models import VoucherGift, VoucherGiftCode, VoucherScheme


def voucher_dossiers(actor: Actor, rounds: Collection[Round]) -> dict[str, dict[str, Any]]:
    """By the scheme's id, for the campaigns of these rounds; gifts are this volunteer's alone."""
    campaigns = {round_.campaign_id for round_ in rounds}
    if not campaigns:
        return {}
    rows = select(VoucherScheme).where(
        VoucherScheme.municipality_id == actor.municipality_id,
        VoucherScheme.campaign_id.in_(campaigns),
    )
    schemes = list(db.session.scalars(rows))
    given = _given(actor, [one.id for one in schemes], [round_.id for round_ in rounds])
    return {
        one.id: {
            "campaign_id": one.campaign_id,
            "name": one.name,
            "with_codes": one.with_codes,
            "given": given[one.id],
        }
        for one in schemes
    }


def _given(
    actor: Actor, scheme_ids: Collection[str], round_ids: Collection[str]
) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    if not scheme_ids:
        return found
    rows = select(VoucherGift).where(
        VoucherGift.account_id == actor.account_id,
        VoucherGift.scheme_id.in_(scheme_ids),
        VoucherGift.round_id.in_(round_ids),
        VoucherGift.taken_back_at.is_(None),
    )
    gifts = list(db.session.scalars(rows.order_by(VoucherGift.id)))
    codes = _codes_of([gift.id for gift in gifts])
    for gift in gifts:
        line = {name: getattr(gift, name) for name in ("id", "round_id", "adults", "children")}
        found[gift.scheme_id].append(line | {"codes": codes[gift.id]})
    return found


def _codes_of(gift_ids: Collection[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    if gift_ids:
        rows = select(VoucherGiftCode.gift_id, VoucherGiftCode.code)
        rows = rows.where(VoucherGiftCode.gift_id.in_(gift_ids)).order_by(VoucherGiftCode.code)
        for gift_id, code in db.session.execute(rows):
            found[gift_id].append(code)
    return found

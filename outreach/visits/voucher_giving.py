"""A volunteer gives vouchers, or takes back that they did; both phones of a pair may."""

from collections.abc import Collection

from sqlalchemy import select

from outreach.access.actor import Actor
from outreach.access.intents import CannotApply, Intent
from outreach.audit.differences import Effect
from outreach.clock import new_id
from outreach.db import db
from outreach.visits.models import Round
from outreach.visits.scope import walked_rounds
from outreach.visits.voucher_models import VoucherGift, VoucherGiftCode, VoucherScheme


def writable_schemes(actor: Actor, ids: Collection[str]) -> set[str]:
    """Which of these are vouchers of a campaign in which the actor walks, or walked."""
    campaigns = walked_rounds(actor).with_only_columns(Round.campaign_id)
    rows = select(VoucherScheme.id).where(
        VoucherScheme.municipality_id == actor.municipality_id,
        VoucherScheme.id.in_(ids),
        VoucherScheme.campaign_id.in_(campaigns),
    )
    return set(db.session.scalars(rows))


def give(intent: Intent) -> Effect:
    """Keep what was given. A code that another phone gave too stays with both: see the counts.

    Raises CannotApply for a round of somebody else, or of another campaign, and a known id that
    says something else.
    """
    body = intent.body
    before = db.session.get(VoucherGift, body["gift_id"])
    if before is not None:
        return _given_before(before, intent)
    scheme = db.session.get_one(VoucherScheme, intent.dossier_id)
    own = walked_rounds(intent.actor).where(
        Round.id == body["round_id"], Round.campaign_id == scheme.campaign_id
    )
    if db.session.scalar(own.with_only_columns(Round.id)) is None:
        raise CannotApply("no-such-round")
    municipality_id = intent.actor.municipality_id
    db.session.add(
        VoucherGift(
            id=body["gift_id"],
            municipality_id=municipality_id,
            scheme_id=scheme.id,
            account_id=intent.actor.account_id,
            made_at=intent.made_at,
            received_at=intent.received_at,
            **{name: body[name] for name in ("round_id", "date", "adults", "children")},
        )
    )
    db.session.flush()
    for code in body["codes"]:
        db.session.add(
            VoucherGiftCode(
                id=new_id(), municipality_id=municipality_id, gift_id=body["gift_id"], code=code
            )
        )
    return Effect.APPLIED


def _given_before(gift: VoucherGift, intent: Intent) -> Effect:
    """Said again it counts once; who says something else about it meant another gift."""
    codes = select(VoucherGiftCode.code).where(VoucherGiftCode.gift_id == gift.id)
    body = intent.body
    same = (
        gift.account_id == intent.actor.account_id
        and gift.scheme_id == intent.dossier_id
        and all(getattr(gift, name) == body[name] for name in ("round_id", "adults", "children"))
        and sorted(db.session.scalars(codes)) == body["codes"]
    )
    if not same:
        raise CannotApply("id-in-use")
    return Effect.MERGED


def take_back(intent: Intent) -> Effect:
    """It was no gift after all: it no longer counts, and its codes are free.

    Raises CannotApply where this volunteer gave no such thing.
    """
    gift = db.session.get(VoucherGift, intent.body["gift_id"])
    own = gift and gift.account_id == intent.actor.account_id
    if gift is None or not own or gift.scheme_id != intent.dossier_id:
        raise CannotApply("unknown-gift")
    if gift.taken_back_at:
        return Effect.MERGED
    gift.taken_back_at = intent.received_at
    return Effect.APPLIED

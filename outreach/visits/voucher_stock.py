"""The vouchers of a campaign at the desk: what they are called, and which codes there are."""

from collections.abc import Iterator, Sequence

from sqlalchemy import insert, select, update

from outreach.access.actor import Actor
from outreach.audit import trail
from outreach.campaigns.models import Campaign
from outreach.clock import new_id
from outreach.db import db
from outreach.errors import Conflict
from outreach.visits.voucher_codes import read_codes
from outreach.visits.voucher_models import VoucherCode, VoucherScheme

# A statement has room for so many values, on both databases.
AT_A_TIME = 500


class NoVouchers(Conflict):
    """This campaign gives none: name them first."""

    code = "no-vouchers"


def scheme_of(campaign: Campaign) -> VoucherScheme | None:
    """The vouchers of this campaign, if it gives any."""
    rows = select(VoucherScheme).where(VoucherScheme.campaign_id == campaign.id)
    return db.session.scalars(rows).first()


def name_vouchers(actor: Actor, campaign: Campaign, name: str, *, with_codes: bool) -> None:
    """Say what the vouchers of this campaign are called, and whether they bear codes."""
    scheme = scheme_of(campaign)
    if scheme is None:
        scheme = VoucherScheme(
            id=new_id(), municipality_id=campaign.municipality_id, campaign_id=campaign.id
        )
        db.session.add(scheme)
    scheme.name, scheme.with_codes = name.strip(), with_codes
    db.session.flush()
    _note(actor, campaign, "voucher.name")


def add_codes(actor: Actor, campaign: Campaign, lines: Sequence[str]) -> dict[str, int]:
    """Put codes in the stock; those that are there stay as they are.

    Raises InvalidInput with the lines that do not fit, and NoVouchers.
    """
    scheme = _needed(campaign)
    codes = read_codes(lines)
    known = _known(scheme, codes)
    new = [code for code in codes if code not in known]
    for part in _parts(new):
        rows = [
            {"id": new_id(), "municipality_id": scheme.municipality_id, "scheme_id": scheme.id}
            | {"code": code, "void": False}
            for code in part
        ]
        db.session.execute(insert(VoucherCode), rows)
    _note(actor, campaign, "voucher.add_codes")
    return {"added": len(new), "known": len(known)}


def void_codes(actor: Actor, campaign: Campaign, lines: Sequence[str]) -> dict[str, int]:
    """These must not be given any more: lost, stolen, or printed badly.

    Raises InvalidInput with the lines that do not fit, and NoVouchers.
    """
    scheme = _needed(campaign)
    codes = read_codes(lines)
    known = _known(scheme, codes)
    for part in _parts(codes):
        rows = update(VoucherCode).where(
            VoucherCode.scheme_id == scheme.id, VoucherCode.code.in_(part)
        )
        db.session.execute(rows.values(void=True))
    _note(actor, campaign, "voucher.void_codes")
    return {"voided": len(known), "not_in_stock": len(codes) - len(known)}


def _needed(campaign: Campaign) -> VoucherScheme:
    scheme = scheme_of(campaign)
    if scheme is None:
        raise NoVouchers
    return scheme


def _known(scheme: VoucherScheme, codes: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for part in _parts(codes):
        rows = select(VoucherCode.code).where(
            VoucherCode.scheme_id == scheme.id, VoucherCode.code.in_(part)
        )
        found |= set(db.session.scalars(rows))
    return found


def _parts(codes: Sequence[str]) -> Iterator[Sequence[str]]:
    return (codes[at : at + AT_A_TIME] for at in range(0, len(codes), AT_A_TIME))


def _note(actor: Actor, campaign: Campaign, action: str) -> None:
    trail.note(actor.municipality_id, actor.account_id, action, "campaign", campaign.id)

"""What the server answers: dossiers that changed, drops, and a receipt for the next time."""

from typing import Any

from flask import request
from sqlalchemy import delete, func, select

from outreach.access.actor import Actor
from outreach.access.models import Device
from outreach.clock import new_id, now
from outreach.db import db
from outreach.sync import telling
from outreach.sync.ageing import must_renew
from outreach.sync.holdings import holdings_of
from outreach.sync.models import ErasedDossier, IssuedDossier, Receipt, ToForget
from outreach.sync.receiving import Outcome
from outreach.sync.upcasting import EXCHANGE, HEARS_WHAT_IS_GONE
from outreach.sync.versions import Dossier, holdings_hash

PART_BYTES = 256 * 1024
# The answer may be lost, so an older receipt can be named again; more than a few never.
RECEIPTS_KEPT = 4
# What apps of schema 2 had no place for at first: given to who says that they have.
LATER_KINDS = frozenset({"call_back", "voucher", "letter", "letter_page"})


def answer(
    actor: Actor, device: Device, said: dict[str, Any], outcomes: list[Outcome]
) -> dict[str, Any]:
    """The answer to one request, read in the same snapshot as its effects."""
    reply = _reply(said, outcomes)
    if said["more"]:
        return reply
    known = _known(device, said)
    if known is None:
        return ask_for_holdings(said, outcomes)
    if must_renew(said):
        return reply | _nothing_new(device, said, known)
    wanted = [one for one in holdings_of(actor) if _has_place(one, said)]
    changed = [dossier for dossier in wanted if known.get(dossier.id) != dossier.version]
    expected = [dossier for dossier in changed if _is_expected(dossier, said)]
    news = [dossier for dossier in changed if not _is_expected(dossier, said)]
    part = _first_part(news, said)
    more = len(part) < len(news)
    drops = [] if more else sorted(set(known) - {dossier.id for dossier in wanted})
    now_held = {id_: version for id_, version in known.items() if id_ not in drops}
    now_held |= {dossier.id: dossier.version for dossier in (*part, *expected)}
    _remember_issued(actor, [*part, *expected])
    gone = [] if more else _gone(device, said)
    unchanged = now_held == known and not gone
    receipt = _receipt(device, now_held, said["receipt"] if unchanged else None)
    return reply | {
        "receipt": receipt,
        "dossiers": [
            {"id": d.id, "kind": d.kind, "version": d.version, "body": d.body} for d in part
        ],
        "as_expected": [dossier.id for dossier in expected],
        "drops": drops,
        "erased": _told(gone, receipt),
        "more": more,
    }


def _has_place(dossier: Dossier, said: dict[str, Any]) -> bool:
    """An app that leaves a kind out would ask for it again with every exchange."""
    return dossier.kind not in LATER_KINDS or dossier.kind in said["kinds"]


def may_have_lost(device: Device, said: dict[str, Any]) -> bool:
    """Whether this database is older than what the phone knows of it, as far as can be told now.

    Then nothing is applied yet: what the phone says next may rest on what was lost.
    """
    tells = said["holdings"] is not None or said["copies"]
    return not tells and _known(device, said) is None


def ask_for_holdings(said: dict[str, Any], outcomes: list[Outcome]) -> dict[str, Any]:
    """Ask the phone to tell what it holds, and to send again what arrived lately."""
    return _reply(said, outcomes) | {"need_holdings": True}


def _reply(said: dict[str, Any], outcomes: list[Outcome]) -> dict[str, Any]:
    return {
        "schema": EXCHANGE,
        "device_id": said["device_id"],
        "ids": [one["id"] for one in (*said["copies"], *said["mutations"])],
        "receipt": said["receipt"],
        "outcomes": outcomes,
        "dossiers": [],
        "as_expected": [],
        "drops": [],
        "erased": [],
        "need_holdings": False,
        "renew": must_renew(said),
        "more": False,
    }


def _nothing_new(device: Device, said: dict[str, Any], known: dict[str, str]) -> dict[str, Any]:
    """What an app hears that must be renewed: only what may be nowhere any more."""
    erased = select(ErasedDossier.id).where(ErasedDossier.id.in_(known))
    drops = sorted(db.session.scalars(erased))
    gone = _gone(device, said)
    left = {id_: version for id_, version in known.items() if id_ not in drops}
    unchanged = left == known and not gone
    receipt = _receipt(device, left, said["receipt"] if unchanged else None)
    return {"receipt": receipt, "drops": drops, "erased": _told(gone, receipt)}


def _known(device: Device, said: dict[str, Any]) -> dict[str, str] | None:
    """What the phone holds: by its receipt, by its own list, or unknown."""
    if said["holdings"] is not None:
        own_list: dict[str, str] = said["holdings"]
        return own_list if holdings_hash(own_list) == said["holdings_hash"] else None
    if said["receipt"] is None:
        return {} if said["holdings_hash"] == holdings_hash({}) else None
    receipt = db.session.get(Receipt, said["receipt"])
    if receipt is None or receipt.device_id != device.id:
        return None
    held: dict[str, str] = receipt.holdings
    return held if holdings_hash(held) == said["holdings_hash"] else None


def _is_expected(dossier: Dossier, said: dict[str, Any]) -> bool:
    """Whether the phone comes to the same by itself, so that nothing of it need travel."""
    return bool(said["expects"].get(dossier.id) == dossier.version)


def _first_part(changed: list[Dossier], said: dict[str, Any]) -> list[Dossier]:
    """As much as fits beside what came, at least one; none when the phone's next request is less.

    A line that breaks every so many bytes would else lose the answer to the same request for ever.
    """
    part: list[Dossier] = []
    room = PART_BYTES - (request.content_length or 0)
    next_is_less = bool(said["mutations"] or said["holdings"])
    for dossier in changed:
        room -= len(dossier.content.encode()) + 150
        if room < 0 and (part or next_is_less):
            break
        part.append(dossier)
    return part


def _gone(device: Device, said: dict[str, Any]) -> list[ToForget]:
    """What this phone must still hear to be gone; an older app would not know what to do."""
    if said["schema"] < HEARS_WHAT_IS_GONE:
        return []
    return telling.untold(device, said["receipt"])


def _told(gone: list[ToForget], receipt: str) -> list[dict[str, str]]:
    """Say it, and remember with which receipt: a phone that names that one has heard it."""
    for one in gone:
        one.told_with = receipt
    return [{"dossier_id": one.dossier_id, "what": one.what, "id": one.object_id} for one in gone]


def _receipt(device: Device, held: dict[str, str], unchanged: str | None) -> str:
    """The receipt for what the phone holds after this answer; the same one if nothing changed."""
    kept = db.session.get(Receipt, unchanged) if unchanged else None
    if kept and kept.device_id == device.id and kept.holdings == held:
        return kept.id
    own = Receipt.device_id == device.id
    number = (db.session.scalar(select(func.max(Receipt.number)).where(own)) or 0) + 1
    receipt = Receipt(
        id=new_id(),
        municipality_id=device.municipality_id,
        device_id=device.id,
        number=number,
        holdings=held,
        given_at=now(),
    )
    db.session.add(receipt)
    db.session.execute(delete(Receipt).where(own, Receipt.number <= number - RECEIPTS_KEPT))
    return receipt.id


def _remember_issued(actor: Actor, part: list[Dossier]) -> None:
    """What was issued may be written to for 14 days more, whatever is decided meanwhile."""
    ids = [dossier.id for dossier in part if dossier.kind in {"round", "stop", "household"}]
    rows = select(IssuedDossier).where(
        IssuedDossier.account_id == actor.account_id, IssuedDossier.dossier_id.in_(ids)
    )
    known = {row.dossier_id: row for row in db.session.scalars(rows)}
    for id_ in ids:
        if id_ in known:
            known[id_].last_at = now()
            continue
        db.session.add(
            IssuedDossier(
                id=new_id(),
                municipality_id=actor.municipality_id,
                dossier_id=id_,
                account_id=actor.account_id,
                last_at=now(),
            )
        )

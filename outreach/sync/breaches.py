"""What stood on a phone that is lost: which households, how many doors; none of their content."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import func, select

from outreach.access.actor import Actor
from outreach.access.models import Device
from outreach.audit import trail
from outreach.conversations.models import Conversation
from outreach.db import db
from outreach.sync.models import ErasedDossier, IssuedDossier, Receipt
from outreach.territory.models import Address, Household
from outreach.visits.models import Round, Stop


def breach_report(actor: Actor, device: Device, reason: str) -> dict[str, Any]:
    """What the answers to a device brought it to hold; who looked and why goes into the trail.

    `households` have the role of the device's account: recorder or aftercare. One that was erased
    since is told without an address: the phone may hold it until it comes in contact.
    """
    here, reader = actor.municipality_id, actor.account_id
    trail.note(here, reader, "device.breach", "device", device.id, reason=reason)
    held = _held(device)
    return {
        "sealed": device.sealed,
        "last_contact_at": device.last_contact_at,
        "households": [*_households(device, held), *_erased(device, held)],
        "doors": _count(Stop, held),
        "rounds": _count(Round, held),
    }


def _held(device: Device) -> set[str]:
    """Ids of dossiers in any receipt that is kept: the last answer may never have arrived.

    Without a receipt, as after an older copy was put back, all that its account was ever given:
    rather one household too many than one that nobody is told of.
    """
    kept = select(Receipt.holdings).where(Receipt.device_id == device.id)
    held = {id_ for holdings in db.session.scalars(kept) for id_ in holdings}
    given = select(IssuedDossier.dossier_id).where(IssuedDossier.account_id == device.account_id)
    return held or set(db.session.scalars(given))


def _households(device: Device, held: Collection[str]) -> list[dict[str, Any]]:
    talks = select(Conversation.household_id).where(
        Conversation.recorder_id == device.account_id, Conversation.household_id.in_(held)
    )
    recorded = set(db.session.scalars(talks))
    rows = (
        select(Household.id, Household.address_id)
        .join(Address, Address.id == Household.address_id, isouter=True)
        .where(Household.municipality_id == device.municipality_id, Household.id.in_(held))
        .order_by(Address.street, Address.house_number, Household.id)
    )
    found = db.session.execute(rows).all()
    doors = select(Address).where(Address.id.in_({row.address_id for row in found}))
    addresses = {address.id: address for address in db.session.scalars(doors)}
    return [
        {
            "id": id_,
            **_door(addresses.get(address_id or "")),
            "role": "recorder" if id_ in recorded else "aftercare",
        }
        for id_, address_id in found
    ]


def _door(address: Address | None) -> dict[str, str | None]:
    """Empty once they moved."""
    street, number = (address.street, address.number) if address else (None, None)
    return {"street": street, "number": number}


def _erased(device: Device, held: Collection[str]) -> list[dict[str, Any]]:
    rows = select(ErasedDossier.id).where(
        ErasedDossier.municipality_id == device.municipality_id, ErasedDossier.id.in_(held)
    )
    return [
        {"id": id_, **_door(None), "role": "erased"}
        for id_ in db.session.scalars(rows.order_by(ErasedDossier.id))
    ]


def _count(kind: type[Stop | Round], held: Collection[str]) -> int:
    rows = select(func.count()).select_from(kind).where(kind.id.in_(held))
    return db.session.scalar(rows) or 0

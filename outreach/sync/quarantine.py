"""What could not be applied: kept whole, until a person decides (settlement.py)."""

import math
from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select

from outreach.access.actor import Actor
from outreach.clock import new_id, now
from outreach.conversations.bsn import mask_bsn
from outreach.db import db
from outreach.sync import forms, moving
from outreach.sync.models import Quarantined
from outreach.visits.models import Stop

WAITING, APPLIED, DISCARDED = "waiting", "applied", "discarded"
# What a box holds is unknown when nobody can open it: no kind of mutation has this name.
SEALED, CANNOT_OPEN = "sealed", "cannot-open"
# Thrown away at the door it was first said of, and let in at this one by a coordinator.
MOVED_HERE = "moved-here"


CRISES = ("handover.offer", forms.HANDOVER)
CONCERNS = ("concern.raise", forms.WORRY)
HELP = "help.call"
# Somebody waits for a call today.
CALLS = ("incident.raise", "talk.was_heavy", forms.INCIDENT)
LOOSE_OF_A_LOST_PHONE = (forms.LOOSE, "sent-sealed-revoked")


def put_aside(actor: Actor, device_id: str, envelope: dict[str, Any], reason: str) -> Quarantined:
    """Keep an envelope for a person to decide on."""
    return _keep(actor, device_id, envelope, as_json(envelope), reason)


def put_aside_unopened(
    actor: Actor, device_id: str, envelope: dict[str, Any], reason: str
) -> Quarantined:
    """Keep a box nobody could open, to the letter: nothing in it is text that could be masked."""
    body = envelope | {"made_at": envelope["made_at"].isoformat()}
    return _keep(actor, device_id, envelope, body, reason)


def drop_unopened(actor: Actor, box_id: str) -> None:
    """Forget an author's box whose content came in another way."""
    rows = delete(Quarantined).where(
        Quarantined.author_id == actor.account_id,
        Quarantined.dossier_id == box_id,
        Quarantined.reason == CANNOT_OPEN,
        Quarantined.state == WAITING,
    )
    db.session.execute(rows)


def _keep(
    actor: Actor, device_id: str, envelope: dict[str, Any], body: dict[str, Any], reason: str
) -> Quarantined:
    kept = Quarantined(
        id=new_id(),
        municipality_id=actor.municipality_id,
        author_id=actor.account_id,
        device_id=device_id,
        dossier_id=envelope["dossier_id"],
        address_id=_address_of(actor, envelope["dossier_id"]),
        kind=envelope["kind"],
        reason=reason,
        urgent=_is_urgent(actor, envelope, reason),
        body=body,
        received_at=now(),
    )
    db.session.add(kept)
    db.session.flush()
    return kept


def _is_urgent(actor: Actor, envelope: dict[str, Any], reason: str) -> bool:
    """Whether somebody must look today: a concern, a crisis, help, what may have to go."""
    kind, body = envelope["kind"], envelope["body"]
    said = body if isinstance(body, dict) else {}
    if reason == MOVED_HERE:
        return True
    if kind in moving.ERASING:
        # What it takes out is no longer where its phone thinks, and may be read meanwhile.
        return bool(moving.moved_from(actor.municipality_id, envelope["dossier_id"]))
    if kind in CRISES:
        return said.get("urgency") == "crisis"
    if kind == "debt_help.ask":
        return said.get("crisis") is True
    if kind == forms.LOOSE:
        # Whoever found that phone could write one: it is read, and alarms nobody.
        return said.get("call_today") is True and (kind, reason) != LOOSE_OF_A_LOST_PHONE
    return kind == HELP or kind in (*CONCERNS, *CALLS)


def urgent_for(actor: Actor, may_open: Callable[[Actor, str], bool]) -> int:
    """How many that cannot wait wait for this person; boxes that are shut tell nothing."""
    rows = (
        select(Quarantined.kind, func.count())
        .where(
            Quarantined.municipality_id == actor.municipality_id,
            Quarantined.state == WAITING,
            Quarantined.urgent,
        )
        .group_by(Quarantined.kind)
    )
    return sum(count for kind, count in db.session.execute(rows) if may_open(actor, kind))


def _address_of(actor: Actor, dossier_id: str) -> str | None:
    """The door a dossier is about: a stop's own id, or the household it reserves."""
    rows = select(Stop.address_id).where(
        Stop.municipality_id == actor.municipality_id,
        (Stop.id == dossier_id) | (Stop.household_id == dossier_id),
    )
    return db.session.scalar(rows)


def as_json(value: Any) -> Any:
    """The envelope as JSON, which knows no infinity; a BSN is masked here as everywhere."""
    if isinstance(value, dict):
        return {key: as_json(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_json(inner) for inner in value]
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    # Nine digits in an id are no number of anybody.
    return mask_bsn(value) if isinstance(value, str) and not forms.is_id(value) else value

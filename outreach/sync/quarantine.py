"""What could not be applied: kept whole, shown without content, settled by a person."""

import math
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from outreach.access.actor import Actor
from outreach.audit import trail
from outreach.clock import new_id, now
from outreach.conversations.bsn import mask_bsn
from outreach.db import db
from outreach.sync import forms
from outreach.sync.models import Quarantined
from outreach.visits.models import Stop

WAITING, APPLIED, DISCARDED = "waiting", "applied", "discarded"
# What a box holds is unknown when nobody can open it: no kind of mutation has this name.
SEALED, CANNOT_OPEN = "sealed", "cannot-open"


def put_aside(actor: Actor, device_id: str, envelope: dict[str, Any], reason: str) -> Quarantined:
    """Keep an envelope for a person to decide on."""
    return _keep(actor, device_id, envelope, _plain(envelope), reason)


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
        body=body,
        received_at=now(),
    )
    db.session.add(kept)
    db.session.flush()
    return kept


def is_urgent(kept: Quarantined) -> bool:
    """Whether somebody must look today: a concern, help asked in a crisis, a call asked for."""
    body = kept.body.get("body")
    said = body if isinstance(body, dict) else {}
    if kept.kind in {"handover.offer", forms.HANDOVER}:
        return said.get("urgency") == "crisis"
    if kept.kind == "debt_help.ask":
        return said.get("crisis") is True
    if kept.kind == forms.LOOSE:
        return said.get("call_today") is True
    return kept.kind in {"concern.raise", forms.WORRY}


def _address_of(actor: Actor, dossier_id: str) -> str | None:
    """The door a dossier is about: a stop's own id, or the household it reserves."""
    rows = select(Stop.address_id).where(
        Stop.municipality_id == actor.municipality_id,
        (Stop.id == dossier_id) | (Stop.household_id == dossier_id),
    )
    return db.session.scalar(rows)


def _plain(value: Any) -> Any:
    """The envelope as JSON, which knows no infinity; a BSN is masked here as everywhere."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    # Nine digits in an id are no number of anybody.
    return mask_bsn(value) if isinstance(value, str) and not forms.is_id(value) else value


def opened(actor: Actor, kept: Quarantined, reason: str) -> dict[str, Any]:
    """The content, for who has a reason; the reason goes into the trail."""
    trail.note(
        actor.municipality_id,
        actor.account_id,
        "quarantine.open",
        "quarantined",
        kept.id,
        reason=reason,
    )
    return {"id": kept.id, "body": kept.body["body"]}


def settle(actor: Actor, kept: Quarantined, state: str, reason: str) -> None:
    """Close it as applied or discarded; a discarded body is kept 90 days, then forgotten."""
    kept.state = state
    kept.settled_at = now()
    kept.settled_by = actor.account_id
    kept.settled_why = reason
    trail.note(
        actor.municipality_id,
        actor.account_id,
        f"quarantine.{state}",
        "quarantined",
        kept.id,
        reason=reason,
    )

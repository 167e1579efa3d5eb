"""What comes of sealed boxes: what a phone hands over when it may not, or cannot, just send it.

A box is trusted for the key that signed for it, not for who is signed in: the account may be
revoked, the passphrase forgotten, the phone without a line. So nothing of it is applied by
itself; it waits for a person, under the rules that hold for all that waits.
"""

import hashlib
import json
from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key
from marshmallow import ValidationError
from sqlalchemy import select

from outreach.access import tries
from outreach.access.actor import Actor, actor_of
from outreach.access.models import Account, Device
from outreach.audit import trail
from outreach.clock import now
from outreach.db import db
from outreach.errors import NotAllowed
from outreach.sync import escrow, forgetting, quarantine
from outreach.sync.forms import LOOSE
from outreach.sync.known import Known
from outreach.sync.models import Quarantined
from outreach.sync.quarantine import CANNOT_OPEN, SEALED
from outreach.sync.receiving import Act, Outcome, Sender, each_once, receive, set_aside
from outreach.sync.schemas import MutationIn

LABEL = "voordeur boxes 1"
COORDINATE = 32
# A phone hands over once, in a few parts; a whole base may share one address.
FREE_REQUESTS = 30
# Verified when nobody has the device, so that both answers take as long.
_NOBODY = ec.generate_private_key(ec.SECP256R1()).public_key()


class DeviceUnknown(NotAllowed):
    """No device of ours signed this; whether it exists is not told."""

    code = "device-unknown"


@dataclass(frozen=True)
class Handing:
    """One hand-over: `said` is a SealedBoxesBody; `last_try` as in receiving.Sender."""

    device: Device
    said: dict[str, Any]
    last_try: bool = True


def signed(said: dict[str, Any], municipality_id: str | None = None) -> Device:
    """The device that signed for these boxes; raises DeviceUnknown, also for one elsewhere."""
    device = db.session.get(Device, said["device_id"])
    if device and municipality_id not in {None, device.municipality_id}:
        device = None
    key = load_der_public_key(device.signing_key) if device and device.signing_key else _NOBODY
    if not isinstance(key, ec.EllipticCurvePublicKey) or not _fits(key, said) or device is None:
        raise DeviceUnknown
    return device


def _fits(key: ec.EllipticCurvePublicKey, said: dict[str, Any]) -> bool:
    signature = said["signature"]
    r, s = (int.from_bytes(half) for half in (signature[:COORDINATE], signature[COORDINATE:]))
    try:
        key.verify(encode_dss_signature(r, s), _signed_text(said), ec.ECDSA(SHA256()))
    except InvalidSignature:
        return False
    return True


def _signed_text(said: dict[str, Any]) -> bytes:
    """What the device signed: which boxes, whole, in this order, when and why."""
    boxes = "".join(
        f"{box['id']} {hashlib.sha256(box['box']).hexdigest()}\n" for box in said["boxes"]
    )
    return f"{LABEL}\n{said['device_id']}\n{said['made_at']}\n{said['why']}\n{boxes}".encode()


def refuse_flood(origin: str, device_id: str | None = None) -> None:
    """Raise TooManyTries while a caller's address, or a device, has to wait.

    A device is counted once it signed: who only knows its id cannot make it wait.
    """
    tries.refuse_while_waiting(tries.key_of("boxes-origin", origin))
    if device_id:
        tries.refuse_while_waiting(tries.key_of("boxes-device", device_id))


def count_request(origin: str, device_id: str | None = None) -> None:
    """Count one request, good or not."""
    tries.count(tries.key_of("boxes-origin", origin), FREE_REQUESTS * 10)
    if device_id:
        tries.count(tries.key_of("boxes-device", device_id), FREE_REQUESTS)


def take_in(handing: Handing) -> list[Outcome]:
    """Put boxes in quarantine, each once; gives their outcomes in the same order.

    Raises IntegrityError before the last try, as receiving.receive does.
    """
    device, why = handing.device, handing.said["why"]
    author = actor_of(db.session.get_one(Account, device.account_id))
    sender = Sender(author, device.id, handing.last_try)
    made_at = datetime.fromisoformat(handing.said["made_at"])
    envelopes = [
        _unsealed(box, author, device.id) or _unopened(box, made_at)
        for box in handing.said["boxes"]
    ]
    # A loose note of a phone in nobody knows whose hands is no call for help.
    told = "revoked" if why == "loose" and device.revoked_at else why
    outcomes = each_once(sender, envelopes, _put_aside_because(told))
    dossier_ids = {envelope["dossier_id"] for envelope in envelopes}
    forgetting.forget_under_known(author, device.id, dossier_ids)
    trail.note(
        device.municipality_id,
        author.account_id,
        "boxes.receive",
        "device",
        device.id,
        reason=why,
    )
    return outcomes


def take_again(sender: Sender, copies: list[dict[str, Any]]) -> list[Outcome]:
    """What arrived before an older copy of the database was put back: each as when it first came.

    What this database still knows keeps its outcome. Raises as receiving.receive does.
    """
    outcomes: list[Outcome] = []
    dossier_ids: set[str] = set()
    for box in copies:
        envelope = _unsealed(box, sender.actor, sender.device_id)
        if envelope is None:
            outcomes += each_once(sender, [_unopened(box, now())], _put_aside_because("copy"))
        elif envelope["kind"] == LOOSE:  # no mutation: it waited for a person then, too
            outcomes += each_once(sender, [envelope], _put_aside_because("loose"))
        else:
            outcomes += receive(sender, [envelope])
            dossier_ids |= {envelope["dossier_id"]} if outcomes[-1].code else set()
    # A coordinator had let them in at another door, where they were taken back.
    forgetting.forget_under_known(sender.actor, sender.device_id, dossier_ids)
    return outcomes


def open_again() -> int:
    """Open what waits because nobody could open it, after a key was put back; says how many."""
    rows = select(Quarantined).where(
        Quarantined.reason == CANNOT_OPEN, Quarantined.state == quarantine.WAITING
    )
    done = 0
    for kept in db.session.scalars(rows.order_by(Quarantined.received_at, Quarantined.id)).all():
        author = actor_of(db.session.get_one(Account, kept.author_id))
        box = {"id": kept.dossier_id, "box": b64decode(kept.body["body"]["box"])}
        envelope = _unsealed(box, author, kept.device_id)
        if envelope:
            sender = Sender(author, kept.device_id)
            each_once(sender, [envelope], _put_aside_because("rescue"))
            done += 1
    return done


def _put_aside_because(why: str) -> Act:
    def put_aside(sender: Sender, known: Known, envelope: dict[str, Any]) -> Outcome:
        if envelope["kind"] != SEALED:
            return set_aside(sender, known, envelope, f"sent-sealed-{why}")
        quarantine.put_aside_unopened(sender.actor, sender.device_id, envelope, CANNOT_OPEN)
        return Outcome(envelope["id"], "quarantined", CANNOT_OPEN)

    return put_aside


def _unsealed(box: dict[str, Any], author: Actor, device_id: str) -> dict[str, Any] | None:
    """The mutation in a box; None when it cannot be opened or holds no mutation of that id."""
    try:
        plain = escrow.opened(box["box"], author.municipality_id, device_id, box["id"])
        envelope: dict[str, Any] = MutationIn().load(json.loads(plain))
    except (escrow.CannotOpen, ValidationError, ValueError, RecursionError):
        return None
    return envelope if envelope["id"] == box["id"] and envelope["kind"] != SEALED else None


def _unopened(box: dict[str, Any], made_at: datetime) -> dict[str, Any]:
    """An envelope round a box: nobody knows its dossier, so its own id stands for it."""
    return {
        "id": box["id"],
        "dossier_id": box["id"],
        "kind": SEALED,
        "schema": 0,
        "made_at": made_at,
        "body": {"box": b64encode(box["box"]).decode()},
    }

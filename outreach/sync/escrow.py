"""Escrow: what a phone seals for nobody but this server, and the keys that open it.

The private half of a key never enters the database: who copies one of the two reads nothing.
docs/sync.md says how a box is made, docs/keys.md where the keys lie.
"""

import os
from base64 import b64encode
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from flask import current_app
from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError

from outreach.clock import new_id, now
from outreach.db import db
from outreach.sync.models import EscrowKey

LABEL = b"voordeur escrow 1"
VERSION = b"\x01"
ID, POINT, NONCE, TAG = 16, 65, 12, 16
# A phone may come back after 400 days; what it wrote may be sent for 14 days more.
LONGEST_SILENCE = timedelta(days=414)


class CannotOpen(Exception):  # noqa: N818 - what is in the box stays unknown, the box is kept
    """A box that is damaged, was made for another place, or whose key is gone."""


def current_key(municipality_id: str) -> EscrowKey:
    """The key to which phones seal now; the first one who asks makes it."""
    found = db.session.scalars(_current(municipality_id)).first()
    if found:
        return found
    try:
        with db.session.begin_nested():
            return _make(municipality_id)
    except IntegrityError:
        # Another request made it a moment ago; where this snapshot is older, a new one shows it.
        made = db.session.scalars(_current(municipality_id)).first()
        if made is None:
            raise
        return made


def _current(municipality_id: str) -> Select[EscrowKey]:
    return select(EscrowKey).where(
        EscrowKey.municipality_id == municipality_id, EscrowKey.retired_at.is_(None)
    )


def shown(key: EscrowKey) -> dict[str, str]:
    """The half that phones get."""
    return {"id": key.id, "public_key": b64encode(key.public_key).decode()}


def rotate(municipality_id: str) -> EscrowKey:
    """Retire the current key and make a new one; old boxes still open."""
    for key in db.session.scalars(_current(municipality_id)):
        key.retired_at = now()
    db.session.flush()
    return _make(municipality_id)


def destroy_old() -> list[EscrowKey]:
    """Mark keys that were retired so long ago that no box can exist; gives them.

    Files know no rollback: remove their private halves (`remove_private_half`) after the commit.
    """
    rows = select(EscrowKey).where(
        EscrowKey.retired_at < now() - LONGEST_SILENCE, EscrowKey.destroyed_at.is_(None)
    )
    gone = list(db.session.scalars(rows.order_by(EscrowKey.made_at, EscrowKey.id)))
    for key in gone:
        key.destroyed_at = now()
    return gone


def opened(box: bytes, municipality_id: str, device_id: str, box_id: str) -> bytes:
    """What a device sealed under a box id; raises CannotOpen."""
    if len(box) < len(VERSION) + ID + POINT + NONCE + TAG or not box.startswith(VERSION):
        raise CannotOpen
    key_id, rest = str(UUID(bytes=box[1 : 1 + ID])), box[1 + ID :]
    point, nonce, sealed = rest[:POINT], rest[POINT : POINT + NONCE], rest[POINT + NONCE :]
    private = _private_half(key_id, municipality_id)
    bound_to = f"{LABEL.decode()}\n{key_id}\n{device_id}\n{box_id}".encode()
    try:
        shared = private.exchange(
            ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
        )
        secret = HKDF(SHA256(), length=32, salt=point, info=LABEL).derive(shared)
        return AESGCM(secret).decrypt(nonce, sealed, bound_to)
    except (ValueError, InvalidTag) as fault:
        raise CannotOpen from fault


def private_half_of(key_id: str) -> Path:
    """Where the private half of a key lies, or lay."""
    folder: Path = current_app.config["DATA_DIR"] / "escrow"
    return folder / f"{key_id}.pem"


def remove_private_half(key_id: str) -> None:
    """Destroy the private half of a key: what was sealed to it stays sealed for ever."""
    private_half_of(key_id).unlink(missing_ok=True)


def _make(municipality_id: str) -> EscrowKey:
    private = ec.generate_private_key(ec.SECP256R1())
    key = EscrowKey(
        id=new_id(),
        municipality_id=municipality_id,
        public_key=private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint),
        made_at=now(),
    )
    # First the file: a key without its private half would swallow what is sealed to it.
    _write_new(
        private_half_of(key.id),
        private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
    )
    db.session.add(key)
    db.session.flush()
    return key


def _write_new(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, for the owner only; raises FileExistsError."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_suffix(".draft")
    with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    try:
        path.hardlink_to(draft)  # refuses where a rename would overwrite
    finally:
        draft.unlink()
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def _private_half(key_id: str, municipality_id: str) -> ec.EllipticCurvePrivateKey:
    """Raises CannotOpen. A restored database may not know a key yet whose file is there."""
    key = db.session.get(EscrowKey, key_id)
    if key and key.municipality_id != municipality_id:
        raise CannotOpen
    try:
        private = load_pem_private_key(private_half_of(key_id).read_bytes(), None)
    except (FileNotFoundError, ValueError) as fault:
        raise CannotOpen from fault
    if not isinstance(private, ec.EllipticCurvePrivateKey):
        raise CannotOpen
    return private

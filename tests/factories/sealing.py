"""A phone that seals its store: boxes and signatures as docs/sync.md says, not as we open them."""

import hashlib
import json
import os
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from flask.testing import FlaskClient

from outreach.access.models import Account
from outreach.clock import now
from tests.factories.phone import Phone

P256 = ec.SECP256R1()


def sealed(plain: bytes, key: dict[str, str], device_id: str, box_id: str) -> bytes:
    """Bytes sealed to the server's public key, for this device and this id only."""
    own = ec.generate_private_key(P256)
    point = own.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(P256, b64decode(key["public_key"]))
    secret = HKDF(SHA256(), 32, point, b"voordeur escrow 1").derive(own.exchange(ec.ECDH(), theirs))
    bound_to = f"voordeur escrow 1\n{key['id']}\n{device_id}\n{box_id}".encode()
    nonce = os.urandom(12)
    packed = AESGCM(secret).encrypt(nonce, plain, bound_to)
    return b"\x01" + UUID(key["id"]).bytes + point + nonce + packed


def spki(signing: ec.EllipticCurvePrivateKey) -> str:
    """The public half of a signing key, as a phone sends it."""
    public = signing.public_key()
    return b64encode(public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).decode()


def box_of(mutation: dict[str, Any], key: dict[str, str], device_id: str) -> dict[str, str]:
    """One mutation, sealed."""
    box = sealed(json.dumps(mutation).encode(), key, device_id, mutation["id"])
    return {"id": mutation["id"], "box": b64encode(box).decode()}


def signed(
    signing: ec.EllipticCurvePrivateKey, device_id: str, why: str, boxes: list[dict[str, str]]
) -> dict[str, Any]:
    """The body of a hand-over, with its signature: r and s, 32 bytes each."""
    made_at = now().isoformat().replace("+00:00", "Z")
    lines = ["voordeur boxes 1", device_id, made_at, why]
    lines += [f"{one['id']} {hashlib.sha256(b64decode(one['box'])).hexdigest()}" for one in boxes]
    text = "".join(f"{line}\n" for line in lines).encode()
    r, s = decode_dss_signature(signing.sign(text, ec.ECDSA(SHA256())))
    return {
        "device_id": device_id,
        "made_at": made_at,
        "why": why,
        "boxes": boxes,
        "signature": b64encode(r.to_bytes(32) + s.to_bytes(32)).decode(),
    }


@dataclass
class SealedPhone(Phone):
    """A phone with a key of its own; `escrow_key` is there once it said so."""

    signing: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(P256)
    )
    escrow_key: dict[str, str] = field(default_factory=dict)

    def seal(self, **changes: Any) -> Any:
        """Tell the server which key signs for this device."""
        said = {"device_id": self.device_id, "signing_key": spki(self.signing)} | changes
        reply = self.client.post("/v1/devices", json=said, headers=self.headers)
        if reply.status_code == 201:
            self.escrow_key = reply.get_json()["escrow_key"]
        return reply

    def box(self, mutation: dict[str, Any]) -> dict[str, str]:
        """One mutation, sealed by this phone."""
        return box_of(mutation, self.escrow_key, self.device_id)

    def boxes(
        self, why: str = "forgotten", boxes: list[dict[str, str]] | None = None
    ) -> dict[str, Any]:
        """All that is unsent, or these boxes, signed."""
        own = [self.box(mutation) for mutation in self.outbox]
        return signed(self.signing, self.device_id, why, own if boxes is None else boxes)

    def hand_over(self, said: dict[str, Any] | None = None) -> Any:
        """Send boxes as somebody without a session; notes their outcomes."""
        reply = self.client.post("/v1/sealed-boxes", json=said or self.boxes())
        if reply.status_code == 200:
            self.outcomes |= {line["id"]: line for line in reply.get_json()["outcomes"]}
        return reply


def sealed_phone(client: FlaskClient, account: Account) -> SealedPhone:
    """A phone that sealed its store and has what is for its account."""
    made = SealedPhone(client, account)
    made.seal()
    made.sync()
    return made

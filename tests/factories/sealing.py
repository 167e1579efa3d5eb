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


@dataclass
class SealedPhone(Phone):
    """A phone with a key of its own; `escrow_key` is there once it said so."""

    signing: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(P256)
    )
    escrow_key: dict[str, str] = field(default_factory=dict)

    def seal(self, **changes: Any) -> Any:
        """Tell the server which key signs for this device."""
        spki = self.signing.public_key().public_bytes(
            Encoding.DER, PublicFormat.SubjectPublicKeyInfo
        )
        said = {"device_id": self.device_id, "signing_key": b64encode(spki).decode()} | changes
        reply = self.client.post("/v1/devices", json=said, headers=self.headers)
        if reply.status_code == 201:
            self.escrow_key = reply.get_json()["escrow_key"]
        return reply

    def box(self, mutation: dict[str, Any]) -> dict[str, str]:
        """One mutation, sealed."""
        plain = json.dumps(mutation).encode()
        box = sealed(plain, self.escrow_key, self.device_id, mutation["id"])
        return {"id": mutation["id"], "box": b64encode(box).decode()}

    def boxes(self, why: str = "forgotten", **changes: Any) -> dict[str, Any]:
        """All that is unsent, sealed and signed. `changes` come before the signature."""
        said = {
            "device_id": self.device_id,
            "made_at": now().isoformat().replace("+00:00", "Z"),
            "why": why,
            "boxes": [self.box(mutation) for mutation in self.outbox],
        } | changes
        return said | {"signature": self.signature(said)}

    def signature(self, said: dict[str, Any]) -> str:
        """The signature for a hand-over: r and s, 32 bytes each."""
        lines = ["voordeur boxes 1", said["device_id"], said["made_at"], said["why"]]
        lines += [
            f"{box['id']} {hashlib.sha256(b64decode(box['box'])).hexdigest()}"
            for box in said["boxes"]
        ]
        text = "".join(f"{line}\n" for line in lines).encode()
        r, s = decode_dss_signature(self.signing.sign(text, ec.ECDSA(SHA256())))
        return b64encode(r.to_bytes(32) + s.to_bytes(32)).decode()

    def hand_over(self, said: dict[str, Any] | None = None) -> Any:
        """Send boxes as somebody without a session; notes their outcomes."""
        reply = self.client.post("/v1/sealed-boxes", json=said or self.boxes())
        if reply.status_code == 200:
            self.outcomes |= {line["id"]: line for line in reply.get_json()["outcomes"]}
        return reply

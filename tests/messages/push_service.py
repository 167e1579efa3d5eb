"""A real push service on this machine; who signed is checked as RFC 8292 says."""

import base64
import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature


@dataclass(frozen=True)
class Push:
    """One request, as it came in."""

    path: str
    headers: Mapping[str, str]
    body: bytes


@dataclass
class PushService:
    """What came in, and what it answers next."""

    origin: str
    pushes: list[Push] = field(default_factory=list)
    answers: int = 201
    retry_after: str = ""


@contextmanager
def push_service() -> Iterator[PushService]:
    """Open one."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            service.pushes.append(Push(self.path, dict(self.headers), body))
            self.send_response(service.answers)
            if service.retry_after:
                self.send_header("Retry-After", service.retry_after)
            self.end_headers()

        def log_message(self, *_said: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    service = PushService(f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _unpadded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def signed_claims(push: Push, subscribed_with: str) -> dict[str, Any]:
    """The claims of a push, once its signature holds under the key the browser subscribed with.

    RFC 8292: `vapid t=<JWT>, k=<point>`; the JWT is ES256, whose signature is r and s in a row.
    """
    scheme, _, said = push.headers["Authorization"].partition(" ")
    parts = dict(part.strip().split("=", 1) for part in said.split(","))
    assert (scheme, parts["k"]) == ("vapid", subscribed_with)
    head, claims, signature = parts["t"].split(".")
    assert json.loads(_unpadded(head))["alg"] == "ES256"
    point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _unpadded(parts["k"]))
    bare = _unpadded(signature)
    assert len(bare) == 64
    both = (int.from_bytes(half, "big") for half in (bare[:32], bare[32:]))
    point.verify(
        encode_dss_signature(*both), f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256())
    )
    found: dict[str, Any] = json.loads(_unpadded(claims))
    return found

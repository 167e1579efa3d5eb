"""A push without a body (RFC 8030): its service learns that there is something, and no more.

It is signed (VAPID, RFC 8292), so that nobody else can wake that browser. As nothing is said,
nothing needs sealing, and the browser's own keys are never asked for. Only services we know are
called: an address comes from a browser, and could else make this server call anything.
"""

import base64
import os
import re
from datetime import timedelta
from email.utils import parsedate_to_datetime
from functools import cache
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from outreach.clock import new_id, now
from outreach.config import PushSettings
from outreach.messages.outcomes import Came, Outcome

SECONDS = 20
# The services of Chrome, Firefox, Edge and Safari; a star stands for any host below.
SERVICES = (
    "https://fcm.googleapis.com",
    "https://*.push.services.mozilla.com",
    "https://*.notify.windows.com",
    "https://*.push.apple.com",
)
ADDRESS = re.compile(r"https?://[A-Za-z0-9.:-]+/[!-?A-\[\]-~]*")  # no @, no backslash
# How long a service keeps it for a browser that is off, and how long our signature holds.
KEPT = timedelta(days=1)
SIGNED_FOR = timedelta(hours=12)
LONGEST_WAIT = timedelta(hours=1)


def is_of_a_push_service(endpoint: str, settings: PushSettings) -> bool:
    """Whether we push to this address."""
    if ADDRESS.fullmatch(endpoint) is None:
        return False
    origin = _origin(urlsplit(endpoint))
    return any(_fits(origin, service) for service in (*SERVICES, *settings.services))


def _fits(origin: str, service: str) -> bool:
    scheme, star, below = service.partition("*")
    return origin.startswith(scheme) and origin.endswith(below) if star else origin == service


def _origin(address: SplitResult) -> str:
    return f"{address.scheme}://{address.netloc}".lower()


def make_key(path: Path) -> None:
    """The key all workers of this server sign with, made once; only its owner can read it."""
    if path.exists():
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    own = path.with_name(new_id())
    pem = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    own.touch(mode=0o600, exist_ok=False)
    own.write_bytes(pem)
    try:
        os.link(own, path)  # whole or not at all; whoever was first, all sign with that one
    except FileExistsError:
        pass
    finally:
        own.unlink()


@cache
def _key(path: Path) -> ec.EllipticCurvePrivateKey:
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError(f"{path} is no key for push")
    return key


def public_key(path: Path) -> str:
    """What a browser must know before it lets us push: an uncompressed P-256 point, base64url."""
    point = (
        _key(path)
        .public_key()
        .public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    )
    return base64.urlsafe_b64encode(point).rstrip(b"=").decode()


def send(
    endpoint: str, batch_id: str, settings: PushSettings, key_file: Path, *, urgent: bool
) -> Outcome:
    """Wake a browser; the same batch again takes the place of the first, where it still waits."""
    if not is_of_a_push_service(endpoint, settings):
        return Outcome(Came.UNKNOWN, "no-push-service")
    address = urlsplit(endpoint)
    headers = {
        "Authorization": _signed(_origin(address), settings, key_file),
        "TTL": str(int(KEPT.total_seconds())),
        "Urgency": "high" if urgent else "normal",
        "Topic": batch_id.replace("-", ""),
        "Content-Length": "0",
    }
    kind = HTTPSConnection if address.scheme == "https" else HTTPConnection
    line = kind(address.netloc, timeout=SECONDS)
    try:
        line.request("POST", address._replace(scheme="", netloc="").geturl(), headers=headers)
        answer = line.getresponse()
        return _outcome(answer.status, answer.getheader("Retry-After", ""))
    except (OSError, HTTPException) as fault:
        return Outcome(Came.LATER, type(fault).__name__)
    finally:
        line.close()


def _signed(origin: str, settings: PushSettings, key_file: Path) -> str:
    contact = settings.contact
    claims = {
        "aud": origin,
        "exp": int((now() + SIGNED_FOR).timestamp()),
        "sub": contact if contact.startswith("https://") else f"mailto:{contact}",
    }
    token = jwt.encode(claims, _key(key_file), algorithm="ES256")
    return f"vapid t={token}, k={public_key(key_file)}"


def _outcome(status: int, retry_after: str) -> Outcome:
    why = str(status)
    if status in {HTTPStatus.OK, HTTPStatus.CREATED, HTTPStatus.ACCEPTED}:
        return Outcome(Came.SENT, why)
    if status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE, HTTPStatus.FORBIDDEN}:
        return Outcome(Came.UNKNOWN, why)  # it ended, or was made for another key than ours
    if status == HTTPStatus.TOO_MANY_REQUESTS or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return Outcome(Came.LATER, why, _wait(retry_after))
    return Outcome(Came.REFUSED, why)


def _wait(retry_after: str) -> timedelta:
    """Seconds or a date; at most an hour, or what cannot wait would wait on their word."""
    try:
        wait = timedelta(seconds=int(retry_after))
    except ValueError:
        wait = _until(retry_after)
    return max(timedelta(), min(wait, LONGEST_WAIT))


def _until(date: str) -> timedelta:
    try:
        return parsedate_to_datetime(date) - now()
    except (TypeError, ValueError):
        return timedelta()

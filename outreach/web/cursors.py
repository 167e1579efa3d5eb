"""Where a page ended, sealed: a cursor travels in a URL and its keys are names of people.

Sealed without chance (AES-SIV), so that one place always has one cursor; bound to the list it is
of, so that whatever opens has the shape this list wrote.
"""

import base64
import binascii
import hashlib
import json
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from flask import current_app

from outreach.errors import InputError, InvalidInput


def write_cursor(bound_to: str, values: list[Any]) -> str:
    """A cursor for a place in one list."""
    sealed = _cipher().encrypt(json.dumps(values).encode(), [bound_to.encode()])
    return base64.urlsafe_b64encode(sealed).decode().rstrip("=")


def read_cursor(bound_to: str, cursor: str) -> list[Any]:
    """What `write_cursor` was given for this list; raises InvalidInput on anything else."""
    try:
        sealed = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        opened = _cipher().decrypt(sealed, [bound_to.encode()])
    except (ValueError, binascii.Error, InvalidTag) as fault:
        raise InvalidInput(InputError("/after", "not-a-page")) from fault
    values: list[Any] = json.loads(opened)
    return values


def _cipher() -> AESSIV:
    secret: str = current_app.config["SECRET_KEY"]
    return AESSIV(hashlib.sha512(f"cursor:{secret}".encode()).digest())

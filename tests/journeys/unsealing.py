"""Reads a phone's sealed store from outside the browser, as whoever found the four words could.

Written from docs/offline.md and not from the app's code: what it cannot open, the page describes
wrongly.
"""

import base64
import json
from typing import Any

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

PREFIX = "voordeur-sealed-"
TABLES = ("a", "b", "c", "d")


def unsealed(held: str, words: list[str]) -> str:
    """Everything these words open on a phone that holds this, as one JSON text."""
    said: list[Any] = []
    for name, tables in json.loads(held)["databases"].items():
        if not name.startswith(PREFIX):
            continue
        user = name.removeprefix(PREFIX)
        key = _data_key(user, tables["clear"], words)
        if key is not None:
            said += [_record(key, user, table, row) for table in TABLES for row in tables[table]]
    return json.dumps(said, ensure_ascii=False)


def _data_key(user: str, clear: list[dict[str, Any]], words: list[str]) -> bytes | None:
    locks: list[dict[str, Any]] = next((row["value"] for row in clear if row["key"] == "locks"), [])
    for lock in locks:
        if lock["kind"] != "passphrase":
            continue
        secret = hash_secret_raw(
            " ".join(words).encode(),
            bytes.fromhex(lock["salt"]),
            time_cost=lock["passes"],
            memory_cost=lock["memory"],
            parallelism=1,
            hash_len=32,
            type=Type.ID,
        )
        about = f"voordeur lock 1\n{user}\n{lock['kind']}".encode()
        try:
            return AESGCM(secret).decrypt(bytes.fromhex(lock["nonce"]), _bytes(lock["box"]), about)
        except InvalidTag:
            continue
    return None


def _record(key: bytes, user: str, table: str, row: dict[str, Any]) -> Any:
    place = "\n".join(
        [f"voordeur seal {row.get('schema', 1)}", user, table, row["row"], row["version"]]
    )
    nonce = bytes.fromhex(row["stamp"])
    return json.loads(AESGCM(key).decrypt(nonce, _bytes(row["box"]), place.encode()))


def _bytes(box: dict[str, str]) -> bytes:
    return base64.b64decode(box["base64"])

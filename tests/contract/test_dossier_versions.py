"""A phone works out a version as the server does; both are held to the same odd words.

`UPDATE_SNAPSHOTS=1 pytest tests/contract/test_dossier_versions.py` writes them anew.
"""

import json
import os
from pathlib import Path

from outreach.sync.versions import Dossier

SHARED = Path(__file__).parent / "versions.json"
ODD = (
    "",
    "zus & zo <b>\"'\\/",
    "\t\n\r\b\f\x00\x1f\x7f",
    "é ü ﷽ مرحبا שלום",
    "👩🏽‍🦽 𝕏",
    "\u2028\u2029\ufeff\ufffd",
)
ID = "0a000000-0000-4000-8000-000000000009"


def _cases() -> list[Dossier]:
    words = [Dossier(ID, "stop", {"notices": [word], word: {"b": 1, "a": None}}) for word in ODD]
    plain = {"z": True, "a": False, "n": [0, -1, 9007199254740991], "é": [], "ab": {}, "a_b": [[]]}
    return [*words, Dossier(ID, "household", plain)]


def test_the_phone_is_held_to_the_versions_of_today() -> None:
    made = [
        {"id": one.id, "kind": one.kind, "body": one.body, "version": one.version}
        for one in _cases()
    ]
    if os.environ.get("UPDATE_SNAPSHOTS"):
        SHARED.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
    assert made == json.loads(SHARED.read_text(encoding="utf-8"))

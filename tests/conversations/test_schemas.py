"""What a phone sends fits its shape exactly, or is not understood at all."""

from typing import Any

import pytest
from marshmallow import ValidationError

from tests.conversations.phone import KINDS

ID = "7a0f4f0e-6f62-4d24-9b0e-0a9a54a1f3b1"
CONSENT = {
    "consent_id": ID,
    "conversation_id": ID,
    "purpose": "note",
    "given": True,
    "consent_text_id": ID,
    "language": "nl",
    "how": "spoken",
    "team_id": None,
}
NOTE = {"note_id": ID, "conversation_id": ID, "domain": "", "position": 0, "text": "x"}
ADVICE = {"conversation_id": ID, "domain": "daily_life", "key": "huisarts", "on": True}
ASSESS = {"conversation_id": ID, "domain": "daily_life", "answer": "goes_well", "from": None}


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("consent.record", CONSENT | {"purpose": "marketing"}),
        ("consent.record", CONSENT | {"given": "yes"}),
        ("consent.record", CONSENT | {"given": 1}),
        ("consent.record", CONSENT | {"purpose": "share"}),
        ("consent.record", CONSENT | {"team_id": ID}),
        ("consent.record", CONSENT | {"why": "omdat"}),
        ("note.add", NOTE | {"position": "0"}),
        ("note.add", NOTE | {"position": -1}),
        ("note.add", NOTE | {"text": None}),
        ("note.add", NOTE | {"note_id": "1"}),
        ("note.add", NOTE | {"domain": "Wat ze zei"}),
        ("advice.set", ADVICE | {"key": "ze heeft schulden"}),
        ("advice.set", ADVICE | {"on": None}),
        ("domain.assess", ASSESS | {"answer": "so_so"}),
        ("domain.assess", {k: v for k, v in ASSESS.items() if k != "from"}),
        ("debrief.record", {"debrief_id": ID, "feeling": "sad", "call_me": True, "date": "x"}),
    ],
)
def test_what_does_not_fit_is_refused(kind: str, body: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        KINDS[kind].body.load(body)


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("consent.record", CONSENT),
        ("note.add", NOTE),
        ("advice.set", ADVICE),
        ("domain.assess", ASSESS),
    ],
)
def test_what_fits_comes_out_as_it_went_in(kind: str, body: dict[str, Any]) -> None:
    assert KINDS[kind].body.load(body) == body

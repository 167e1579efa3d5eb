"""The server makes the snapshots on which the phone's overlay is checked.

`UPDATE_SNAPSHOTS=1 pytest tests/contract/test_snapshots.py` writes them anew; the front end's
tests read the same files.
"""

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, derive_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from flask import Flask

from outreach import clock
from outreach.db import db
from outreach.sync.models import EscrowKey
from tests.contract.scenarios import SCENARIOS, Scenario
from tests.factories.phone import Phone
from tests.factories.town import Town, build_town

SNAPSHOTS = Path(__file__).parent / "snapshots"
MOMENT = datetime(2026, 2, 3, 13, 30, tzinfo=UTC)


def _give_known_key(town: Town) -> None:
    """A key that is drawn would differ each time."""
    point = derive_private_key(7, SECP256R1()).public_key()
    key = EscrowKey(
        id="00000000-0000-4000-8000-000000000007",
        municipality_id=town.municipality.id,
        public_key=point.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint),
        made_at=MOMENT,
    )
    db.session.add(key)
    db.session.commit()


def _played(scenario: Scenario, app: Flask) -> dict[str, Any]:
    town = build_town()
    _give_known_key(town)
    phone = Phone(app.test_client(), town.person("volunteer"))
    phone.sync()
    ids: dict[str, str] = {}
    if scenario.before:
        scenario.before(phone, town, ids)
        phone.sync()
    held = [phone.dossiers[id_] for id_ in sorted(phone.dossiers)]
    shown = scenario.write(phone, town, ids)
    mutations = list(phone.outbox)
    phone.sync()
    assert {phone.outcome(m["id"]) for m in mutations} == {"applied"}, phone.outcomes
    return {
        "name": scenario.name,
        "me": phone.account.id,
        "show": {"kind": scenario.kind, "id": shown},
        "held": held,
        "mutations": mutations,
        "after": phone.body(shown),
    }


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_the_server_still_gives_what_the_phone_is_checked_on(
    scenario: Scenario, app: Flask
) -> None:
    clock.replay(7, MOMENT)
    played = _played(scenario, app)
    path = SNAPSHOTS / f"{scenario.name.replace(' ', '-').replace(',', '')}.json"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        SNAPSHOTS.mkdir(exist_ok=True)
        text = json.dumps(played, indent=1, ensure_ascii=False, sort_keys=True)
        path.write_text(text + "\n", encoding="utf-8")
    assert played == json.loads(path.read_text(encoding="utf-8"))


def test_every_snapshot_belongs_to_a_scenario() -> None:
    names = {
        json.loads(path.read_text(encoding="utf-8"))["name"] for path in SNAPSHOTS.glob("*.json")
    }
    assert names == {scenario.name for scenario in SCENARIOS}

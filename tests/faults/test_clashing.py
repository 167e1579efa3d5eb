"""What one phone says is not put aside because another wrote in the trail at the same moment."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from outreach.app import create_app
from outreach.audit import trail
from outreach.clock import new_id
from outreach.config import DEMO_SECRET, Settings
from outreach.db import METADATA, db
from outreach.sync import routes
from tests.factories.database import temporary_postgres
from tests.factories.phone import Phone
from tests.factories.town import build_town


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    """On PostgreSQL, whatever the run is on: SQLite has one writer, so that nothing clashes."""
    with temporary_postgres() as url:
        app = create_app(Settings(url, DEMO_SECRET, tmp_path, demo=True))
        with app.app_context():
            METADATA.create_all(db.engine)
            yield app
            db.session.remove()
            db.engine.dispose()


@pytest.mark.faults
def test_a_worry_is_applied_though_somebody_writes_in_the_trail_at_every_try(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = build_town()
    phone = Phone(app.test_client(), town.person("volunteer"))
    phone.sync()
    here = town.municipality.id
    trail.note(here, None, "test.first", "test")
    db.session.commit()
    other = create_engine(db.engine.url)
    written: list[bool] = []
    real: Any = vars(routes)["device_in_contact"]

    def and_another_writes(*said: Any) -> Any:
        found = real(*said)
        written.append(_next_entry(other, here))
        return found

    monkeypatch.setitem(vars(routes), "device_in_contact", and_another_writes)
    worry = new_id()
    phone.write(worry, "concern.raise", concern_id=worry, address_id=None, facts="Er was ruzie.")
    phone.sync()
    other.dispose()
    assert written.count(True) > 1
    assert [one["outcome"] for one in phone.outcomes.values()] == ["applied"]


def _next_entry(other: Any, municipality: str) -> bool:
    """Copy the last entry under the next number, as others would; False if it has to wait."""
    names = "at, actor_id, action, object_kind, object_id, result, origin, reason, seal"
    copied = (
        f"INSERT INTO trail_entry (id, municipality_id, number, {names})"  # noqa: S608 - our own names
        f" SELECT gen_random_uuid(), municipality_id, number + 1, {names} FROM trail_entry"
        " WHERE municipality_id = :here ORDER BY number DESC LIMIT 1"
    )
    try:
        with other.begin() as connection:
            connection.execute(text("LOCK TABLE trail_entry IN ROW EXCLUSIVE MODE NOWAIT"))
            connection.execute(text(copied), {"here": municipality})
    except OperationalError:
        return False
    return True

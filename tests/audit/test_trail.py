"""The trail: who did what, and that it shows tampering."""

from datetime import datetime, timedelta

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select

from outreach import clock
from outreach.audit import trail
from outreach.audit.models import TrailEntry
from outreach.clock import AMSTERDAM
from outreach.db import db
from tests.factories.town import Town, headers_for


def _three(town: Town) -> list[TrailEntry]:
    here, who = town.municipality.id, town.person("admin").id
    written = [trail.note(here, who, f"test.{n}", "thing") for n in range(3)]
    db.session.commit()
    return written


def test_a_whole_trail_is_sound(app: Flask, town: Town) -> None:
    _three(town)
    assert trail.broken_at(town.municipality.id) is None


def test_a_trail_written_by_a_clock_of_another_zone_is_sound(app: Flask, town: Town) -> None:
    clock.replay(1, datetime(2026, 3, 4, 8, tzinfo=AMSTERDAM))
    try:
        assert clock.now().utcoffset() == timedelta()
        _three(town)
    finally:
        clock.release()
    db.session.expire_all()
    assert trail.broken_at(town.municipality.id) is None


def test_a_changed_entry_is_found(app: Flask, town: Town) -> None:
    second = _three(town)[1]
    second.action = "something.else"
    db.session.commit()
    assert trail.broken_at(town.municipality.id) == 2


def test_an_entry_taken_out_is_found(app: Flask, town: Town) -> None:
    _three(town)
    db.session.execute(delete(TrailEntry).where(TrailEntry.number == 2))
    db.session.commit()
    db.session.expire_all()
    assert trail.broken_at(town.municipality.id) == 2


def test_what_a_colleague_did_is_in_the_trail_with_their_name(
    client: FlaskClient, town: Town
) -> None:
    client.post(
        "/v1/districts", json={"name": "Nieuwland"}, headers=headers_for(town.person("admin"))
    )
    answer = client.get("/v1/trail", headers=headers_for(town.person("privacy_officer")))
    last = answer.get_json()["items"][0]
    assert (last["action"], last["actor"]) == ("district.create", town.person("admin").name)
    assert db.session.scalars(select(TrailEntry.origin)).all() == ["request"]


def test_the_trail_reads_from_its_end_page_after_page(client: FlaskClient, town: Town) -> None:
    for _ in range(103):
        trail.note(town.municipality.id, None, "address.import", "municipality")
    db.session.commit()
    headers = headers_for(town.person("privacy_officer"))
    first = client.get("/v1/trail", headers=headers).get_json()
    rest = client.get(f"/v1/trail?after={first['next']}", headers=headers).get_json()
    numbers = [entry["number"] for entry in [*first["items"], *rest["items"]]]
    assert (len(first["items"]), rest["next"]) == (100, "")
    assert numbers == list(range(103, 0, -1))

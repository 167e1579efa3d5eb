"""A municipality's first day, the demo, and a server that refuses a weak secret."""

from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from outreach import starting
from outreach.access.models import Account, Municipality, Team
from outreach.config import DEMO_SECRET, WeakSecret, from_environment
from outreach.db import METADATA, db
from outreach.demo import building
from outreach.guides.models import Guide
from outreach.handover.models import Handover
from outreach.territory.models import Address
from outreach.visits.models import ContactAttempt

DAY = date(2026, 2, 3)


@pytest.mark.parametrize("secret", ["", "short", DEMO_SECRET])
def test_outside_the_demo_a_weak_secret_does_not_start(secret: str) -> None:
    with pytest.raises(WeakSecret):
        from_environment({"OUTREACH_SECRET_KEY": secret})


def test_a_real_secret_starts(tmp_path: Path) -> None:
    env = {"OUTREACH_SECRET_KEY": "s" * 40, "OUTREACH_DATA_DIR": str(tmp_path)}
    assert from_environment(env).demo is False


def test_the_first_admin_gets_a_link_and_finds_a_guide(app: Flask, client: FlaskClient) -> None:
    link = starting.found_municipality("Elzendam", "Bea@Elzendam.example", "Bea Heerema")
    token = link.split("#")[1]
    took = client.post(
        "/v1/invitations/acceptance", json={"token": token, "password": "vier groene fietsen"}
    )
    assert took.get_json()["municipality"] == "Elzendam"
    assert db.session.scalar(select(func.count()).select_from(Guide)) == 1


def _everything() -> dict[str, list[tuple[object, ...]]]:
    return {
        table.name: [
            tuple(row) for row in db.session.execute(select(table).order_by(*table.primary_key))
        ]
        for table in METADATA.sorted_tables
    }


def test_everybody_in_the_demo_answers_a_telephone_of_their_own(app: Flask) -> None:
    building.reset(3, DAY)
    phones = [one.phone for one in db.session.scalars(select(Account))]
    phones += [team.duty_phone for team in db.session.scalars(select(Team))]
    phones += [one.duty_phone for one in db.session.scalars(select(Municipality))]
    assert len(set(phones)) == len(phones)
    assert all(phone.startswith("099-555") for phone in phones)


def test_the_same_arguments_make_the_same_demo(app: Flask) -> None:
    building.reset(3, DAY)
    first = _everything()
    building.reset(3, DAY)
    assert _everything() == first
    building.reset(4, DAY)
    assert _everything() != first


def test_the_demo_has_a_believable_past(app: Flask) -> None:
    building.reset(1, DAY)
    attempts = select(func.count()).select_from(ContactAttempt)
    doors = db.session.scalar(select(func.count()).select_from(Address)) or 0
    tried = db.session.scalar(attempts) or 0
    reached = select(func.count(func.distinct(ContactAttempt.address_id))).where(
        ContactAttempt.reached
    )
    talks = db.session.scalar(attempts.where(ContactAttempt.outcome == "conversation")) or 0
    handed = db.session.scalar(select(func.count()).select_from(Handover)) or 0
    assert 380 <= doors <= 420
    assert 900 <= tried <= 1100
    assert 0.45 <= (db.session.scalar(reached) or 0) / doors <= 0.55
    assert 0.08 <= talks / doors <= 0.12
    assert 0.4 <= handed / talks <= 0.6
    volunteers = select(func.count()).select_from(Account).where(Account.role == "volunteer")
    assert db.session.scalar(volunteers) == 12
    assert db.session.scalar(select(func.count()).select_from(Municipality)) == 1


def test_every_postcode_of_the_demo_is_one_that_is_never_given_out(app: Flask) -> None:
    building.reset(1, DAY)
    codes = db.session.scalars(select(Address.postcode).distinct())
    assert {code[4:] for code in codes} <= {"SA", "SD", "SS"}

"""`outreach demo`: the same arguments make the same demo, and what is there is kept."""

from datetime import date

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import select

from outreach.access.models import Account, Municipality
from outreach.db import METADATA, db
from outreach.demo import building, commands
from outreach.demo.commands import demo
from outreach.visits.models import Round, RoundMember, Stop
from outreach.volunteers.availability import available
from outreach.volunteers.avoiding import avoided_addresses
from outreach.volunteers.clearance import Clearance, is_cleared, standing
from outreach.volunteers.models import AvoidedStreet, VolunteerProfile
from tests.factories.town import build_town

DAY = date(2026, 2, 3)
RESET = ("reset", "--seed", "3", "--today", "2026-02-03")


@pytest.fixture
def _demo_server(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "DEMO", True)
    monkeypatch.setattr(commands, "today_in_amsterdam", lambda: DAY)


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(demo, list(arguments))
    db.session.expire_all()
    return result


def everything() -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    return {
        table.name: [
            tuple(row) for row in db.session.execute(select(table).order_by(*table.primary_key))
        ]
        for table in METADATA.sorted_tables
    }


def _somebody_works_in_it() -> None:
    account = db.session.scalars(select(Account).order_by(Account.email)).first()
    assert account
    account.name = "Iemand Anders"
    db.session.commit()


@pytest.mark.usefixtures("_demo_server")
def test_the_same_seed_and_day_make_the_same_demo_whatever_was_there() -> None:
    assert run(*RESET).exit_code == 0
    first = everything()
    assert first["contact_attempt"]
    _somebody_works_in_it()
    assert everything() != first
    assert run(*RESET).exit_code == 0
    assert everything() == first


@pytest.mark.usefixtures("_demo_server")
@pytest.mark.parametrize(
    "other",
    [
        ("reset", "--seed", "4", "--today", "2026-02-03"),
        ("reset", "--seed", "3", "--today", "2026-02-04"),
    ],
)
def test_another_seed_or_day_makes_another_demo(other: tuple[str, ...]) -> None:
    run(*RESET)
    first = everything()
    assert run(*other).exit_code == 0
    assert everything()["contact_attempt"] != first["contact_attempt"]


@pytest.mark.usefixtures("_demo_server")
def test_without_arguments_it_is_the_demo_of_today() -> None:
    assert "03-02-2026, seed 1" in run("reset").output
    first = everything()
    building.reset(1, DAY)
    assert everything() == first


@pytest.mark.usefixtures("_demo_server")
def test_ensure_makes_the_demo_where_there_is_nothing() -> None:
    assert run("ensure").exit_code == 0
    made = everything()
    building.reset(1, DAY)
    assert everything() == made


@pytest.mark.usefixtures("_demo_server")
def test_ensure_keeps_what_people_did_in_the_demo() -> None:
    run(*RESET)
    _somebody_works_in_it()
    before = everything()
    assert run("ensure").exit_code == 0
    assert everything() == before


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("command", ["reset", "ensure"])
def test_outside_the_demo_nothing_is_touched(command: str) -> None:
    build_town("Echt")
    before = everything()
    result = run(command)
    assert result.exit_code == 1
    assert "nothing was touched" in result.output
    assert everything() == before
    assert db.session.scalars(select(Municipality.name)).all() == ["Echt"]


@pytest.mark.usefixtures("app")
def test_outside_the_demo_an_empty_database_stays_empty() -> None:
    assert run("ensure").exit_code == 1
    assert not any(everything().values())


@pytest.mark.usefixtures("_demo_server")
@pytest.mark.parametrize("seed", ["1", "2", "3"])
def test_nobody_in_the_demo_walked_without_a_certificate_or_where_they_live(seed: str) -> None:
    run("reset", "--seed", seed, "--today", "2026-02-03")
    rows = select(RoundMember.account_id, Round.id, Round.date).join(
        Round, Round.id == RoundMember.round_id
    )
    walked = db.session.execute(rows).all()
    assert walked
    for account_id, round_id, on in walked:
        avoided = avoided_addresses([account_id])
        stops = select(Stop.id).where(Stop.round_id == round_id, Stop.address_id.in_(avoided))
        assert is_cleared(account_id, on)
        assert not db.session.scalars(stops).all()


@pytest.mark.usefixtures("_demo_server")
def test_the_demo_has_volunteers_of_whom_something_is_missing() -> None:
    run(*RESET)
    found = {standing(row, DAY) for row in db.session.scalars(select(VolunteerProfile))}
    assert found == {Clearance.EXPIRED, Clearance.ENDS_SOON, Clearance.CLEARED}
    assert db.session.scalars(select(AvoidedStreet.street)).one()
    assert db.session.scalars(available(_municipality(), DAY, "evening")).all()


def _municipality() -> str:
    return db.session.scalars(select(Municipality.id)).one()

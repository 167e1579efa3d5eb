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

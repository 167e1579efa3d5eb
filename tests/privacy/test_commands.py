"""`outreach privacy`: tidying tells how much went and leaves a trace; erasing leaves none."""

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import select

from outreach.audit import trail
from outreach.audit.models import TrailEntry
from outreach.clock import new_id, now
from outreach.conversations.models import Note
from outreach.db import db
from outreach.privacy.commands import privacy
from outreach.privacy.erasing import UnknownHousehold, erase_household
from outreach.privacy.retention import RULES, tidy
from outreach.sync.models import Quarantined
from outreach.territory.models import Household
from tests.factories.talks import Talk, make_talk
from tests.factories.town import Town, build_town
from tests.privacy.travel import Journey

SAID = "De post ligt in de la"


@pytest.fixture
def talk(town: Town) -> Talk:
    talk = make_talk(town)
    talk.tells("money_and_schemes", "help_wanted", SAID)
    talk.says("conversation.close", conversation_id=talk.conversation.id)
    return talk


def run(*arguments: str) -> Result:
    return CliRunner().invoke(privacy, list(arguments))


def entries() -> list[tuple[str, str, str]]:
    rows = select(TrailEntry).order_by(TrailEntry.municipality_id, TrailEntry.number)
    return [(e.municipality_id, e.action, e.reason) for e in db.session.scalars(rows)]


def test_tidying_does_every_municipality_and_says_so_in_each_trail(
    town: Town, talk: Talk, journey: Journey
) -> None:
    elsewhere = build_town("Elders")
    db.session.commit()
    journey.to(800)
    result = run("tidy")
    assert result.exit_code == 0
    assert "Elders: gone: rounds 1." in result.stdout
    assert "Wilgendam: gone: dossiers 1." in result.stdout
    assert db.session.query(Household).count() == 0
    assert sorted(entries()) == sorted(
        [
            (elsewhere.municipality.id, "campaign.count", ""),
            (elsewhere.municipality.id, "privacy.tidy", "door 1"),
            (town.municipality.id, "campaign.count", ""),
            (town.municipality.id, "privacy.tidy", "dossier 1"),
        ]
    )
    assert trail.broken_at(town.municipality.id) is None


def test_a_dry_run_says_the_same_and_changes_nothing(
    town: Town, talk: Talk, journey: Journey
) -> None:
    journey.to(800)
    result = run("tidy", "--dry-run")
    assert "Wilgendam: would go: dossiers 1." in result.stdout
    assert db.session.query(Note).count() == 1
    assert entries() == []


def test_a_day_with_nothing_to_do_is_in_the_trail_too(town: Town) -> None:
    assert "Wilgendam: gone: nothing." in run("tidy").stdout
    assert entries() == [(town.municipality.id, "privacy.tidy", "")]


def test_open_work_past_its_term_is_told(town: Town, talk: Talk, journey: Journey) -> None:
    talk.conversation.state = "open"
    db.session.commit()
    journey.to(800)
    assert "1 dossiers are past their term and stay" in run("tidy").stdout


def test_the_counts_fit_the_trail_however_many_went(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    for rule in RULES:
        monkeypatch.setitem(rule.__dict__, "act", lambda _here, _before: 10**9)
    tidy(town.municipality.id)
    [(_, _, reason)] = entries()
    assert "concern 1000000000" in reason
    assert len(reason) <= 200


def test_one_household_is_erased_by_its_id(town: Town, talk: Talk) -> None:
    result = run("erase", talk.id, "--yes")
    assert (result.exit_code, result.stdout) == (0, "Erased.\n")
    assert db.session.query(Household).count() == 0
    assert db.session.query(Note).count() == 0
    assert entries() == [(town.municipality.id, "household.erase", "")]
    again = run("erase", talk.id, "--yes")
    assert (again.exit_code, again.stdout) == (0, "It was erased before.\n")


def test_erasing_asks_first(talk: Talk) -> None:
    assert run("erase", talk.id).exit_code != 0
    assert db.session.query(Household).count() == 1


def test_words_in_quarantine_are_erased_before_there_is_a_household(town: Town) -> None:
    household_id = town.stops[0].household_id
    db.session.add(
        Quarantined(
            id=new_id(),
            municipality_id=town.municipality.id,
            author_id=town.person("volunteer").id,
            device_id=new_id(),
            dossier_id=household_id,
            kind="note.add",
            reason="unknown-conversation",
            body={"text": SAID},
            received_at=now(),
        )
    )
    db.session.commit()
    assert run("erase", household_id, "--yes").exit_code == 0
    assert db.session.query(Quarantined).count() == 0


def test_an_unknown_id_erases_nothing(app: Flask, talk: Talk) -> None:
    result = run("erase", new_id(), "--yes")
    assert result.exit_code == 1
    assert "No household here has this id." in result.output
    assert run("erase", "not-an-id", "--yes").exit_code == 2


def test_a_household_of_another_municipality_is_unknown(talk: Talk) -> None:
    with pytest.raises(UnknownHousehold):
        erase_household(build_town("Elders").municipality.id, talk.id)
    assert db.session.query(Household).count() == 1

"""Every table belongs to a rule or says why it stays; the page for privacy officers agrees."""

from pathlib import Path

from click.testing import CliRunner

from outreach.cli import main
from outreach.db import METADATA, Retention
from outreach.privacy.retention import RULES, STAYS, as_tables

PAGE = Path(__file__).parents[2] / "docs" / "retention.md"
GO = {table for rule in RULES for table in rule.tables}
STAY = {table for stay in STAYS for table in stay.tables}


def test_every_table_goes_by_a_rule_or_says_why_it_stays() -> None:
    assert set(METADATA.tables) - GO - STAY == set()


def test_no_rule_names_a_table_that_is_not_there() -> None:
    assert (GO | STAY) - set(METADATA.tables) == set()


def test_what_stays_goes_by_no_rule() -> None:
    assert GO.isdisjoint(STAY)


def test_every_retention_class_is_spoken_for() -> None:
    named = {METADATA.tables[table].info["retention"] for table in GO | STAY}
    assert named == set(Retention)


def test_all_that_a_household_said_goes_by_a_rule() -> None:
    classes = {Retention.DOSSIER, Retention.DOOR, Retention.CONCERN}
    said = {name for name, t in METADATA.tables.items() if t.info["retention"] in classes}
    assert said - GO == set()


def test_the_page_for_privacy_officers_says_what_the_rules_say() -> None:
    assert as_tables() in PAGE.read_text(encoding="utf-8")


def test_the_rules_are_shown_on_request() -> None:
    assert CliRunner().invoke(main, ["privacy", "rules"]).stdout == as_tables() + "\n"

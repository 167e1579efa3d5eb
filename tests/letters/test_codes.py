"""Codes per door: they cannot be guessed, cannot be stolen, and end with the campaign."""

from datetime import timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from outreach.clock import today
from outreach.db import db
from outreach.errors import TooManyTries
from outreach.letters import codes
from outreach.letters.codes import ALPHABET, FREE_TRIES, as_meant, codes_in, give_codes
from outreach.letters.models import LetterCode
from tests.factories.town import Town, build_town

CALLER = "192.0.2.7"


@pytest.fixture
def doors(town: Town) -> list[LetterCode]:
    """A code on every door."""
    give_codes(town.campaign, [address.id for address in town.addresses])
    db.session.commit()
    return list(db.session.scalars(select(LetterCode)))


def test_every_door_has_a_code_of_its_own(doors: list[LetterCode], town: Town) -> None:
    found = codes_in(town.campaign.id, [address.id for address in town.addresses])
    assert len(doors) == len(found) == len(town.addresses)
    assert len({code.link for code in found.values()}) == len(found)
    assert len({code.short for code in found.values()}) == len(found)


def test_a_link_carries_eighty_bits_and_a_short_code_forty(doors: list[LetterCode]) -> None:
    code = codes.codes_of(doors[0])
    bits = len(ALPHABET).bit_length() - 1
    assert (len(code.link) * bits, len(code.short) * bits) == (80, 40)
    assert set(code.link + code.short) <= set(ALPHABET)


def test_the_same_door_gets_the_same_code_again(doors: list[LetterCode], town: Town) -> None:
    before = codes_in(town.campaign.id, [town.addresses[0].id])
    give_codes(town.campaign, [address.id for address in town.addresses])
    assert codes_in(town.campaign.id, [town.addresses[0].id]) == before


def test_another_campaign_gives_the_same_door_another_code(
    doors: list[LetterCode], town: Town
) -> None:
    other = build_town("Oeverdam").campaign
    other_row = LetterCode(campaign_id=other.id, address_id=doors[0].address_id, turn=1)
    ours, theirs = codes.codes_of(doors[0]), codes.codes_of(other_row)
    assert (ours.link != theirs.link, ours.short != theirs.short) == (True, True)


def test_who_steals_the_database_has_no_code(doors: list[LetterCode]) -> None:
    stolen = {str(value) for row in doors for value in vars(row).values()}
    for row in doors:
        code = codes.codes_of(row)
        assert not any(code.link in text or code.short in text for text in stolen)


def test_without_the_secret_nobody_makes_a_code(doors: list[LetterCode], app: Flask) -> None:
    ours = codes.codes_of(doors[0])
    kept, app.config["SECRET_KEY"] = app.config["SECRET_KEY"], "another secret, just as long as it"
    try:
        assert codes.codes_of(doors[0]) != ours
    finally:
        app.config["SECRET_KEY"] = kept


def test_a_link_finds_its_door(doors: list[LetterCode]) -> None:
    for row in doors:
        assert codes.behind_link(codes.codes_of(row).link, CALLER) is row


def test_the_address_in_the_qr_code_keeps_the_code_from_every_log(doors: list[LetterCode]) -> None:
    code = codes.codes_of(doors[0])
    assert codes.link_to(code) == f"http://localhost:8000/b#{code.link}"


def test_a_short_code_counts_with_its_house_number_only(
    doors: list[LetterCode], town: Town
) -> None:
    numbers = {address.id: address.house_number for address in town.addresses}
    row = doors[0]
    short, number = codes.codes_of(row).shown, numbers[row.address_id]
    assert codes.behind_short(short, number, CALLER) is row
    assert codes.behind_short(short, number + 100, CALLER) is None


@pytest.mark.parametrize("state", ["draft", "closed"])
def test_a_code_opens_nothing_while_the_campaign_does_not_run(
    doors: list[LetterCode], town: Town, state: str
) -> None:
    link = codes.codes_of(doors[0]).link
    town.campaign.state = state
    db.session.flush()
    assert codes.behind_link(link, CALLER) is None


def test_a_code_ends_with_the_last_day(doors: list[LetterCode], town: Town) -> None:
    link = codes.codes_of(doors[0]).link
    town.campaign.ends_on = today()
    db.session.flush()
    assert codes.behind_link(link, CALLER) is doors[0]
    town.campaign.ends_on = today() - timedelta(days=1)
    db.session.flush()
    assert codes.behind_link(link, CALLER) is None


def test_a_renewed_code_makes_the_one_before_worthless(doors: list[LetterCode]) -> None:
    before = codes.codes_of(doors[0])
    after = codes.renew(doors[0])
    assert codes.behind_link(before.link, CALLER) is None
    assert codes.behind_link(after.link, CALLER) is doors[0]


def test_guessing_a_short_code_soon_has_to_wait(doors: list[LetterCode]) -> None:
    for _ in range(FREE_TRIES + 1):
        assert codes.behind_short("ABCD-EFGH", 10, CALLER) is None
    with pytest.raises(TooManyTries):
        codes.behind_short("abcdefgh", 11, "192.0.2.8")


def test_guessing_one_code_after_the_other_has_to_wait_too(doors: list[LetterCode]) -> None:
    for number in range(FREE_TRIES * 10 + 1):
        assert codes.behind_short(f"ABCD{number:04}", 10, CALLER) is None
    with pytest.raises(TooManyTries):
        codes.behind_link("ABCD", CALLER)
    assert codes.behind_link("ABCD", "192.0.2.9") is None


def test_letters_that_look_alike_are_one() -> None:
    assert as_meant(" 0o1i-lL a-b ") == "0011" + "11AB"


@given(st.text(alphabet=ALPHABET, min_size=8, max_size=8))
def test_a_code_reads_the_same_however_it_is_typed(short: str) -> None:
    assert as_meant(f" {short[:4].lower()} - {short[4:]}.") == short

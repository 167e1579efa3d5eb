"""Whatever order two phones of a pair arrive in, the protective value counts until settled."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outreach.conversations.agreement import counts, standing
from outreach.db import db
from tests.conversations.phone import Phone, talking
from tests.factories.town import Town

FIRST_DAY = date(2026, 3, 1)
PAIR = ("volunteer", "partner_of_pair")
who = st.sampled_from(PAIR)
asks = st.tuples(who, st.integers(0, 3), st.booleans(), st.booleans())
words = st.tuples(who, st.sampled_from(["yes", "no", "withdrawn"]))
together = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@contextmanager
def _undone() -> Iterator[None]:
    """Each example starts from the same town."""
    savepoint = db.session.begin_nested()
    try:
        yield
    finally:
        savepoint.rollback()
        db.session.expire_all()


def _pair(town: Town) -> dict[str, Phone]:
    phones = {"volunteer": talking(town)}
    phones["partner_of_pair"] = Phone(town, town.person("partner_of_pair"), town.stops[0])
    phones["partner_of_pair"].opens()
    phones["partner_of_pair"].hears("note")
    return phones


@together
@given(st.lists(asks, min_size=1, max_size=6))
def test_a_crisis_an_early_day_and_a_no_to_passing_on_always_count(
    town: Town, said: list[tuple[str, int, bool, bool]]
) -> None:
    with _undone():
        phones = _pair(town)
        last = {}
        for person, day, pass_on, crisis in said:
            on = (FIRST_DAY + timedelta(days=day)).isoformat()
            phones[person].asks_debt_help(on, pass_on=pass_on, crisis=crisis)
            last[person] = (on, pass_on, crisis)
        shown = phones["volunteer"].part()["debt_help"]
        assert shown["asked_on"] <= min(on for on, _, _ in last.values())
        assert not shown["pass_on"] or all(pass_on for _, pass_on, _ in last.values())
        assert shown["crisis"] or not any(crisis for _, _, crisis in last.values())


@together
@given(asks, asks)
def test_the_order_in_which_two_phones_arrive_changes_nothing(
    town: Town, one: tuple[str, int, bool, bool], other: tuple[str, int, bool, bool]
) -> None:
    shown = []
    for order in ((one, other), (other, one)):
        with _undone():
            phones = _pair(town)
            for (_, day, pass_on, crisis), person in zip(
                order, PAIR if order[0] is one else PAIR[::-1], strict=True
            ):
                on = (FIRST_DAY + timedelta(days=day)).isoformat()
                phones[person].asks_debt_help(on, pass_on=pass_on, crisis=crisis)
            shown.append(phones["volunteer"].part()["debt_help"])
    assert shown[0] == shown[1]


@together
@given(st.lists(words, max_size=7))
def test_notes_are_in_sight_only_while_the_last_word_to_both_is_yes(
    town: Town, said: list[tuple[str, str]]
) -> None:
    with _undone():
        phones = _pair(town)
        talk = phones["volunteer"].stop.conversation_id
        last = dict.fromkeys(PAIR, "yes")
        consents = {person: phones[person].hears("note") for person in PAIR}
        for person, word in said:
            if word == "withdrawn":
                phones[person].withdraws(consents[person])
            else:
                consents[person] = phones[person].hears("note", given=word == "yes")
            last[person] = word
        agreed = set(last.values()) == {"yes"}
        assert counts(standing(talk, "note")) == agreed
        assert phones["volunteer"].part()["conversation"]["noted"] == agreed

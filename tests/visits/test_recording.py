"""What came of a door: recorded, corrected, undone, also after the round was closed."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from marshmallow import ValidationError

from outreach import clock
from outreach.access.intents import CannotApply
from outreach.audit.models import Difference
from outreach.clock import now, today
from outreach.db import db
from outreach.territory.models import DoorHold
from outreach.visits import recording
from outreach.visits.models import Appointment, ContactAttempt, Stop
from outreach.visits.recording import stop_of_household
from outreach.visits.words import OUTCOMES, REACHED
from tests.factories.town import Town
from tests.visits.phone import Phone, visit

DETAILS: dict[str, dict[str, Any]] = {
    "refused": {"scope": "campaign"},
    "later": {"date": "2026-03-04", "day_part": "evening"},
    "other_language": {"language": "ti"},
}


def holds(stop: Stop) -> list[tuple[str, str | None]]:
    rows = db.session.query(DoorHold).filter_by(address_id=stop.address_id)
    return [(hold.kind, hold.campaign_id) for hold in rows]


def differences(stop: Stop) -> list[Difference]:
    return list(db.session.query(Difference).filter_by(dossier_id=stop.id, settled_at=None))


def close(town: Town, *, days_ago: int = 0) -> None:
    town.round.state = "closed"
    town.round.closed_at = now() - timedelta(days=days_ago)
    db.session.flush()


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_every_outcome_word_comes_back_to_both_phones(
    town: Town, mine: Phone, partners: Phone, outcome: str
) -> None:
    said = DETAILS.get(outcome, {})
    assert mine.record(town.stops[0], outcome, **said) == "applied"
    seen = mine.read(town.stops[0])
    assert seen["attempt"] == {
        "outcome": outcome,
        "details": said,
        "date": today().isoformat(),
        "day_part": "afternoon",
        "by": mine.actor.account_id,
    }
    assert partners.read(town.stops[0]) == seen
    attempt = db.session.get_one(ContactAttempt, town.stops[0].attempt_id)
    assert attempt.reached == (outcome in REACHED)
    assert attempt.channel == "Huisbezoek"


@pytest.mark.parametrize(
    "body",
    [
        visit("shouted"),
        visit("not_home", "shouted"),
        visit("not_home", at="night"),
        visit("not_home", scope="campaign"),
        visit("not_home", name="Jansen"),
        visit("refused"),
        visit("refused", scope="because of the dog"),
        visit("later", date="2026-03-04"),
        visit("later", date="soon", day_part="evening"),
        visit("other_language", language="they seemed Eritrean"),
        visit("not_home") | {"note": "curtains closed"},
        {"outcome": "not_home", "from": ""},
    ],
)
def test_a_door_takes_no_words_of_its_own(town: Town, mine: Phone, body: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        mine.intent("visit.record", town.stops[0].id, body)


def test_undo_leaves_nothing_on_the_phone(town: Town, mine: Phone) -> None:
    mine.record(town.stops[0], "not_home")
    assert mine.record(town.stops[0], "", "not_home") == "applied"
    assert mine.read(town.stops[0])["attempt"] is None


def test_an_undo_of_what_never_arrived_changes_nothing(town: Town, mine: Phone) -> None:
    assert mine.record(town.stops[0], "", "not_home") == "applied"
    assert db.session.query(ContactAttempt).count() == 0


@pytest.mark.parametrize(
    ("outcome", "details", "kind", "for_one_campaign"),
    [
        ("refused", {"scope": "campaign"}, "wants_no_visit", True),
        ("refused", {"scope": "always"}, "wants_no_visit", False),
        ("not_a_home", {}, "not_a_home", False),
        ("unsafe", {}, "unsafe", True),
    ],
)
def test_some_outcomes_close_the_door_and_a_correction_opens_it(
    town: Town,
    mine: Phone,
    outcome: str,
    details: dict[str, Any],
    kind: str,
    for_one_campaign: bool,
) -> None:
    stop = town.stops[0]
    mine.record(stop, outcome, **details)
    assert holds(stop) == [(kind, town.campaign.id if for_one_campaign else None)]
    assert mine.read(stop)["hold"] == kind
    mine.record(stop, "not_home", outcome)
    assert holds(stop) == []
    assert mine.read(stop)["hold"] is None


def test_a_correction_changes_how_far_a_refusal_goes(town: Town, mine: Phone) -> None:
    mine.record(town.stops[0], "refused", scope="campaign")
    assert mine.record(town.stops[0], "refused", "refused", scope="always") == "applied"
    assert holds(town.stops[0]) == [("wants_no_visit", None)]


def test_what_the_supervisor_decided_is_not_taken_back_by_a_phone(town: Town, mine: Phone) -> None:
    stop = town.stops[0]
    mine.record(stop, "unsafe")
    db.session.get_one(DoorHold, stop.attempt_id).decided_at = now()
    mine.record(stop, "not_home", "unsafe")
    assert holds(stop) == [("unsafe", town.campaign.id)]


def test_an_undo_takes_the_appointment_back(town: Town, mine: Phone) -> None:
    mine.record(town.stops[0], "later", date="2026-03-04", day_part="evening")
    assert db.session.query(Appointment).count() == 1
    mine.record(town.stops[0], "", "later")
    assert db.session.query(Appointment).count() == 0


def test_a_closed_round_takes_no_corrections(town: Town, mine: Phone) -> None:
    mine.record(town.stops[0], "not_home")
    close(town)
    with pytest.raises(CannotApply, match="round-closed"):
        mine.record(town.stops[0], "refused", "not_home", scope="campaign")


def test_a_closed_round_still_takes_what_was_done_offline(town: Town, mine: Phone) -> None:
    close(town, days_ago=13)
    assert mine.record(town.stops[0], "not_home") == "applied"
    assert mine.record(town.stops[0], "conversation", "not_home") == "applied"
    assert mine.read(town.stops[0])["attempt"]["outcome"] == "conversation"


def test_two_weeks_after_closing_it_is_for_a_person_to_decide(town: Town, mine: Phone) -> None:
    close(town, days_ago=15)
    intent = mine.intent("visit.record", town.stops[0].id, visit("not_home"))
    with pytest.raises(CannotApply, match="round-closed"):
        recording.record_visit(intent)
    assert recording.record_visit(replace(intent, decided=True)) == "applied"


def test_only_the_pair_may_write_about_a_stop(town: Town, mine: Phone, partners: Phone) -> None:
    stop = town.stops[0]
    body = visit("not_home")
    assert mine.may("visit.record", stop.id, **body)
    assert partners.may("visit.record", stop.id, **body)
    for stranger in ("mentor", "other_volunteer", "supervisor"):
        assert not Phone(town.person(stranger)).may("visit.record", stop.id, **body)


def test_a_draft_is_nobodys_to_write(town: Town, mine: Phone) -> None:
    town.round.state = "draft"
    db.session.flush()
    assert not mine.may("visit.record", town.stops[0].id, **visit("not_home"))
    with pytest.raises(CannotApply, match="no-such-stop"):
        mine.record(town.stops[0], "not_home")


def test_a_replayed_day_records_its_own_date(town: Town, mine: Phone) -> None:
    on = today() - timedelta(days=1)
    mine.record(town.stops[0], "not_home", on=on, at="morning")
    attempt = db.session.get_one(ContactAttempt, town.stops[0].attempt_id)
    assert (attempt.date, attempt.day_part) == (on, clock.DayPart.MORNING)


def test_the_stop_of_a_household_is_the_one_that_reserved_its_id(town: Town) -> None:
    assert stop_of_household(town.stops[2].household_id) is town.stops[2]
    assert stop_of_household(town.stops[2].id) is None

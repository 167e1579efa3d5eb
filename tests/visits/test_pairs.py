"""Both phones of a pair at one door: one attempt, and nothing overwritten in silence."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from flask import Flask

from outreach.access.intents import CannotApply
from outreach.access.models import Account
from outreach.audit.models import Difference
from outreach.clock import now
from outreach.db import db
from outreach.territory.models import DoorHold
from outreach.visits.models import ContactAttempt, Stop
from outreach.visits.recording import settle
from tests.factories.town import Town
from tests.visits.phone import Phone


def holds(stop: Stop) -> list[tuple[str, str | None]]:
    rows = db.session.query(DoorHold).filter_by(address_id=stop.address_id)
    return [(hold.kind, hold.campaign_id) for hold in rows]


def differences(stop: Stop) -> list[Difference]:
    return list(db.session.query(Difference).filter_by(dossier_id=stop.id, settled_at=None))


def close(town: Town, *, days_ago: int = 0) -> None:
    town.round.state = "closed"
    town.round.closed_at = now() - timedelta(days=days_ago)
    db.session.flush()


def test_both_of_a_pair_with_the_same_word_make_one_attempt(
    town: Town, mine: Phone, partners: Phone
) -> None:
    mine.record(town.stops[0], "not_home")
    assert partners.record(town.stops[0], "not_home") == "merged"
    assert db.session.query(ContactAttempt).count() == 1
    assert not differences(town.stops[0])
    assert mine.read(town.stops[0])["attempt"]["by"] == mine.actor.account_id


def test_both_of_a_pair_with_other_words_make_one_attempt_with_a_difference(
    town: Town, mine: Phone, partners: Phone
) -> None:
    mine.record(town.stops[0], "not_home")
    assert partners.record(town.stops[0], "conversation") == "conflicted"
    seen = mine.read(town.stops[0])
    assert db.session.query(ContactAttempt).count() == 1
    assert seen["attempt"]["outcome"] == "conversation"
    assert seen["attempt"]["by"] == partners.actor.account_id
    shown = [(d["field"], d["shown"], d["other"]) for d in seen["differences"]]
    assert shown == [("outcome", "conversation", "not_home")]
    assert differences(town.stops[0])[0].other_by == mine.actor.account_id
    assert db.session.get_one(ContactAttempt, town.stops[0].attempt_id).reached


def test_who_corrects_what_they_saw_makes_no_difference(
    town: Town, mine: Phone, partners: Phone
) -> None:
    mine.record(town.stops[0], "not_home")
    assert partners.record(town.stops[0], "conversation", "not_home") == "applied"
    assert not differences(town.stops[0])


def test_settling_for_the_other_word_brings_its_details_and_its_appointment_back(
    town: Town, mine: Phone, partners: Phone
) -> None:
    stop = town.stops[0]
    mine.record(stop, "later", date="2026-03-04", day_part="evening")
    partners.record(stop, "not_home")
    assert mine.read(stop)["appointment"] is None
    settle(differences(stop)[0], "other", mine.actor)
    seen = mine.read(stop)
    assert seen["attempt"]["outcome"] == "later"
    assert seen["attempt"]["details"] == {"date": "2026-03-04", "day_part": "evening"}
    assert seen["appointment"] == {"date": "2026-03-04", "day_part": "evening"}
    assert seen["attempt"]["by"] == mine.actor.account_id


def test_settling_for_the_shown_word_forgets_the_details_of_the_other(
    town: Town, mine: Phone, partners: Phone
) -> None:
    stop = town.stops[0]
    mine.record(stop, "other_language", language="ti")
    partners.record(stop, "not_home")
    settle(differences(stop)[0], "shown", mine.actor)
    attempt = db.session.get_one(ContactAttempt, stop.attempt_id)
    assert (attempt.outcome, attempt.details, attempt.kept_details) == ("not_home", {}, {})


def test_who_comes_round_to_the_other_word_ends_the_difference(
    town: Town, mine: Phone, partners: Phone
) -> None:
    mine.record(town.stops[0], "not_home")
    partners.record(town.stops[0], "spoke_briefly")
    assert partners.record(town.stops[0], "not_home", "spoke_briefly") == "applied"
    assert not differences(town.stops[0])


def test_a_correction_is_what_the_difference_then_shows(
    town: Town, mine: Phone, partners: Phone
) -> None:
    mine.record(town.stops[0], "not_home")
    partners.record(town.stops[0], "spoke_briefly")
    partners.record(town.stops[0], "conversation", "spoke_briefly")
    found = mine.read(town.stops[0])["differences"]
    assert [(d["shown"], d["other"]) for d in found] == [("conversation", "not_home")]


def test_never_again_counts_while_a_pair_disagrees_on_how_far_a_refusal_goes(
    town: Town, mine: Phone, partners: Phone
) -> None:
    stop = town.stops[0]
    mine.record(stop, "refused", scope="always")
    assert partners.record(stop, "refused", scope="campaign") == "conflicted"
    assert holds(stop) == [("wants_no_visit", None)]
    settle(differences(stop)[0], "other", mine.actor)
    assert holds(stop) == [("wants_no_visit", town.campaign.id)]


def test_two_dates_for_later_are_both_kept(town: Town, mine: Phone, partners: Phone) -> None:
    stop = town.stops[0]
    mine.record(stop, "later", date="2026-03-04", day_part="evening")
    assert partners.record(stop, "later", date="2026-03-05", day_part="morning") == "conflicted"
    assert mine.read(stop)["appointment"]["date"] == "2026-03-05"
    found = differences(stop)[0]
    assert found.other == {"value": {"date": "2026-03-04", "day_part": "evening"}}
    settle(found, "other", partners.actor)
    assert mine.read(stop)["appointment"]["date"] == "2026-03-04"


def test_another_word_ends_a_difference_about_details(
    town: Town, mine: Phone, partners: Phone
) -> None:
    stop = town.stops[0]
    mine.record(stop, "later", date="2026-03-04", day_part="evening")
    partners.record(stop, "later", date="2026-03-05", day_part="morning")
    partners.record(stop, "not_home", "later")
    assert not differences(stop)


def test_an_unsafe_door_stays_closed_while_a_pair_disagrees(
    town: Town, mine: Phone, partners: Phone
) -> None:
    stop = town.stops[0]
    mine.record(stop, "unsafe")
    partners.record(stop, "not_home")
    assert mine.read(stop)["attempt"]["outcome"] == "not_home"
    assert holds(stop) == [("unsafe", town.campaign.id)]
    settle(differences(stop)[0], "shown", mine.actor)
    assert holds(stop) == []


def test_the_partners_late_work_is_not_overwritten_after_closing(
    town: Town, mine: Phone, partners: Phone
) -> None:
    close(town)
    mine.record(town.stops[0], "conversation")
    assert partners.record(town.stops[0], "conversation") == "merged"
    with pytest.raises(CannotApply, match="round-closed"):
        partners.record(town.stops[0], "not_home")


def test_two_phones_at_the_same_moment_make_one_attempt(app: Flask, town: Town) -> None:
    stop, pair = town.stops[0], ("volunteer", "partner_of_pair")
    accounts = [town.person(who) for who in pair]
    start = Barrier(len(accounts))

    def record(account: Account, outcome: str) -> str:
        with app.app_context():
            phone = Phone(account)
            db.session.commit()
            start.wait()
            effect = phone.record(stop, outcome)
            db.session.commit()
            return str(effect)

    with ThreadPoolExecutor() as both:
        effects = set(both.map(record, accounts, ("not_home", "leaflet")))
    assert effects == {"applied", "conflicted"}
    assert db.session.query(ContactAttempt).count() == 1
    assert len(differences(stop)) == 1

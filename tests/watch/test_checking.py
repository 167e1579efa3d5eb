"""Checking in and out: by a tap, by the work itself, late, twice, and taken back."""

from datetime import timedelta

import pytest

from outreach import clock
from outreach.clock import today
from outreach.db import db
from outreach.watch.models import RoundWatch
from tests.factories.phone import Phone
from tests.factories.town import Town
from tests.watch.watching import Desk, at, look, rings, says

SIX = "18:00"


def _watch(town: Town) -> RoundWatch:
    db.session.expire_all()
    found = db.session.get_one(RoundWatch, town.round.id)
    db.session.commit()
    return found


def test_a_pair_that_begins_is_out_until_the_end_of_the_day_part_and_half_an_hour(
    staff: Town, phone: Phone, desk: Desk
) -> None:
    assert desk.line()["watch"] == "waiting"
    assert says(phone, staff, "round.start", until=SIX) == "applied"
    line = desk.line()
    assert (line["watch"], line["checked_in"], line["until"]) == ("out", True, SIX)
    assert look("18:29") == 0
    assert look("18:30") == 1


def test_the_other_of_the_pair_says_the_same_and_both_phones_show_it(
    staff: Town, phone: Phone, partner: Phone
) -> None:
    assert says(phone, staff, "round.start", until=SIX) == "applied"
    assert says(partner, staff, "round.start", until=SIX) == "merged"
    shown = {"started": True, "finished": False, "until": SIX, "help": None}
    phone.sync()
    assert phone.body(staff.round.id)["watch"] == shown
    assert partner.body(staff.round.id)["watch"] == shown


def test_who_forgets_to_check_in_is_checked_in_by_the_first_door(
    staff: Town, phone: Phone, desk: Desk
) -> None:
    rings(phone, staff)
    phone.sync()
    line = desk.line()
    assert (line["watch"], line["checked_in"], line["done"]) == ("out", False, 1)
    assert "watch" not in phone.body(staff.round.id)
    assert look("18:30") == 1


def test_a_door_is_a_sign_of_life_so_the_wait_begins_anew(
    staff: Town, phone: Phone, desk: Desk
) -> None:
    says(phone, staff, "round.start", until=SIX)
    at("18:20")
    rings(phone, staff)
    phone.sync()
    assert look("18:49") == 0
    assert look("18:50") == 1
    assert desk.line()["last_contact_at"].startswith("2026-03-03T17:20")


def test_words_of_a_talk_are_a_sign_of_life_too(staff: Town, phone: Phone) -> None:
    says(phone, staff, "round.start", until=SIX)
    at("18:20")
    stop = staff.stops[0]
    phone.write(
        stop.household_id,
        "conversation.open",
        conversation_id=stop.conversation_id,
        stop_id=stop.id,
        guide_id=staff.guide.id,
        consent_text_id=staff.consent_text.id,
        noted=False,
        date=today().isoformat(),
    )
    phone.sync()
    assert look("18:49") == 0


def test_an_exchange_that_brings_nothing_is_no_sign_of_life(staff: Town, phone: Phone) -> None:
    says(phone, staff, "round.start", until=SIX)
    at("18:20")
    phone.sync()
    assert look("18:30") == 1


def test_half_an_hour_more_is_half_an_hour_more(staff: Town, phone: Phone) -> None:
    says(phone, staff, "round.start", until=SIX)
    says(phone, staff, "round.extend", until="18:45")
    assert look("19:14") == 0
    assert look("19:15") == 1


def test_who_checked_out_is_not_waited_for(staff: Town, phone: Phone, desk: Desk) -> None:
    says(phone, staff, "round.start", until=SIX)
    assert says(phone, staff, "round.finish") == "applied"
    assert look("23:00") == 0
    assert desk.line()["watch"] == "done"


def test_closing_the_round_checks_out_as_well(staff: Town, phone: Phone, desk: Desk) -> None:
    says(phone, staff, "round.start", until=SIX)
    says(phone, staff, "round.close")
    assert desk.line()["watch"] == "done"
    assert look("23:00") == 0


def test_a_round_that_the_desk_closed_alarms_nobody(staff: Town, phone: Phone, desk: Desk) -> None:
    says(phone, staff, "round.start", until=SIX)
    desk.client.post(f"/v1/rounds/{staff.round.id}/closing", headers=desk.headers)
    assert look("23:00") == 0


def test_what_comes_in_late_does_not_bring_back_who_is_back(
    staff: Town, phone: Phone, partner: Phone, desk: Desk
) -> None:
    partner.write(staff.round.id, "round.start", until=SIX)
    rings(partner, staff)
    says(phone, staff, "round.start", until=SIX)
    says(phone, staff, "round.finish")
    at("17:50")
    partner.sync()
    assert desk.line()["watch"] == "done"
    assert look("23:00") == 0


@pytest.mark.parametrize("days", [0, 1])
def test_a_day_that_comes_in_when_it_should_be_over_alarms_nobody(
    staff: Town, phone: Phone, days: int
) -> None:
    phone.write(staff.round.id, "round.start", until=SIX)
    rings(phone, staff)
    at("19:00" if days == 0 else "10:00", days)
    phone.sync()
    assert _watch(staff).state == "late"
    assert look("23:59") == 0


def test_work_of_another_day_says_nothing_of_a_round(staff: Town, phone: Phone) -> None:
    says(phone, staff, "round.start", until=SIX)
    says(phone, staff, "round.finish")
    before = _watch(staff).last_contact_at
    at("11:00", 1)
    rings(phone, staff, 1)
    phone.sync()
    assert _watch(staff).last_contact_at == before


def test_who_begins_after_the_day_part_says_until_when(staff: Town, phone: Phone) -> None:
    at("18:40")
    assert says(phone, staff, "round.start", until="19:40") == "applied"
    assert look("20:09") == 0
    assert look("20:10") == 1


def test_a_start_that_is_taken_back_is_none_unless_a_door_was_done(
    staff: Town, phone: Phone, desk: Desk
) -> None:
    says(phone, staff, "round.start", until=SIX)
    assert says(phone, staff, "round.take_back", what="start", until="") == "applied"
    line = desk.line()
    assert (line["watch"], line["checked_in"], line["started_at"]) == ("waiting", False, None)
    assert "watch" not in phone.body(staff.round.id)
    assert look("23:00") == 0
    at("15:00")
    says(phone, staff, "round.start", until=SIX)
    rings(phone, staff)
    says(phone, staff, "round.take_back", what="start", until="")
    assert desk.line()["watch"] == "out"
    assert look("18:30") == 1


def test_a_finish_that_is_taken_back_is_none(staff: Town, phone: Phone, desk: Desk) -> None:
    says(phone, staff, "round.start", until=SIX)
    says(phone, staff, "round.finish")
    assert says(phone, staff, "round.take_back", what="finish", until="") == "applied"
    assert desk.line()["watch"] == "out"
    assert look("18:30") == 1


def test_more_time_that_is_taken_back_is_none(staff: Town, phone: Phone) -> None:
    says(phone, staff, "round.start", until=SIX)
    says(phone, staff, "round.extend", until="20:00")
    says(phone, staff, "round.take_back", what="extend", until=SIX)
    assert look("18:30") == 1


def test_saying_it_again_after_a_lost_answer_changes_nothing(
    staff: Town, phone: Phone, desk: Desk
) -> None:
    phone.write(staff.round.id, "round.finish")
    phone.post()
    at("15:00")
    phone.sync()
    assert desk.line()["finished_at"].startswith("2026-03-03T13:30")


def test_who_does_not_walk_it_cannot_say_that_they_are_out(
    client: object, staff: Town, desk: Desk
) -> None:
    other = Phone(client, staff.person("other_volunteer"))  # type: ignore[arg-type]
    other.sync()
    assert says(other, staff, "round.start", until=SIX) == "quarantined"
    assert desk.line()["watch"] == "waiting"


@pytest.mark.parametrize("until", ["", "25:00", "18:0", "zes uur", "18:00\n"])
def test_an_hour_that_is_none_is_put_aside(staff: Town, phone: Phone, until: str) -> None:
    assert says(phone, staff, "round.start", until=until) == "quarantined"


def test_a_municipality_says_how_many_minutes(staff: Town, phone: Phone) -> None:
    staff.municipality.watch_minutes = 60
    db.session.commit()
    says(phone, staff, "round.start", until=SIX)
    assert look("18:59") == 0
    assert look("19:00") == 1


def test_a_round_of_tomorrow_is_waited_for_tomorrow(staff: Town, phone: Phone) -> None:
    staff.round.date = today() + timedelta(days=1)
    db.session.commit()
    phone.sync()
    says(phone, staff, "round.start", until=SIX)
    assert look("23:00") == 0
    clock.replay(3, at("18:30", 1))
    assert look("18:30") == 1

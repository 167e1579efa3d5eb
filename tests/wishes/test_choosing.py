"""What a resident chooses counts at once: for planning, on phones, and until they choose anew."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from outreach.audit.models import TrailEntry
from outreach.clock import new_id, now, today
from outreach.db import db
from outreach.territory.models import DoorHold
from outreach.visits.models import Appointment
from outreach.wishes.models import DoorWish
from tests.campaigns.desk import Desk
from tests.factories.town import Town
from tests.visits.phone import Phone
from tests.visits.planning import finish, make, numbers
from tests.wishes.resident import Resident


def _taken(desk: Desk, town: Town, **changes: Any) -> bool:
    """Whether a new round would take the resident's door; the round is taken away again."""
    status, draft = make(desk, town, **changes)
    assert status == 201, draft
    assert desk.delete(f"/rounds/{draft['id']}")[0] == 204
    return "10" in numbers(draft)


def test_who_would_rather_not_is_in_no_new_round(
    resident: Resident, desk: Desk, town: Town
) -> None:
    finish(town)
    resident.would_rather_not()
    assert not _taken(desk, town)


def test_a_phone_with_the_door_on_it_says_do_not_ring_and_never_why(
    resident: Resident, phone: Phone, town: Town
) -> None:
    before = phone.read(town.stops[0])
    resident.would_rather_not(reason="has_help")
    after = phone.read(town.stops[0])
    assert after == before | {"hold": "wants_no_visit"}


def test_a_round_at_another_day_part_leaves_the_door_out(
    resident: Resident, desk: Desk, town: Town
) -> None:
    finish(town)
    resident.wants_another_time("morning")
    assert not _taken(desk, town, day_part="evening")
    assert not _taken(desk, town, day_part="afternoon")
    assert _taken(desk, town, day_part="morning")


def test_a_round_at_the_day_part_they_asked_for_takes_it(
    resident: Resident, desk: Desk, town: Town
) -> None:
    finish(town)
    resident.wants_another_time("evening", "morning")
    assert _taken(desk, town, day_part="evening")


def test_before_the_first_and_after_the_last_day_nobody_comes(
    resident: Resident, desk: Desk, town: Town
) -> None:
    finish(town)
    day = today() + timedelta(days=3)
    resident.wants_another_time("evening", first_day=str(day), last_day=str(day))
    for days in (2, 4):
        assert not _taken(desk, town, date=str(today() + timedelta(days=days)))
    assert _taken(desk, town, date=str(day))


def test_a_phone_with_the_door_on_it_says_when_they_rather_have_somebody(
    resident: Resident, phone: Phone, town: Town
) -> None:
    before = phone.read(town.stops[0])
    day = str(today() + timedelta(days=3))
    resident.wants_another_time("evening", "morning", first_day=day)
    wish = {"day_parts": ["morning", "evening"], "first_day": day, "last_day": None}
    assert phone.read(town.stops[0]) == before | {"wish": wish}


def test_a_draft_that_no_longer_fits_is_not_published(
    resident: Resident, desk: Desk, town: Town
) -> None:
    finish(town)
    draft = make(desk, town)[1]
    resident.wants_another_time("morning")
    status, problem = desk.post(f"/rounds/{draft['id']}/publication")
    assert (status, problem["code"]) == (409, "round-no-longer-fits")
    assert [fault["code"] for fault in problem["errors"]] == ["door-does-not-fit"]


def test_who_chose_a_day_part_that_was_tried_in_vain_is_rung_then_again(
    resident: Resident, phone: Phone, desk: Desk, town: Town
) -> None:
    yesterday = today() - timedelta(days=1)
    phone.record(town.stops[0], "not_home", on=yesterday, at="evening")
    finish(town)
    assert not _taken(desk, town, day_part="evening")
    resident.wants_another_time("evening")
    assert _taken(desk, town, day_part="evening")


def _later(days: int) -> Any:
    return today() + timedelta(days=days)


def test_a_later_choice_outranks_an_appointment_made_at_the_door(
    resident: Resident, phone: Phone, desk: Desk, town: Town
) -> None:
    phone.record(town.stops[0], "later", date=str(_later(5)), day_part="evening")
    finish(town)
    resident.wants_another_time("morning")
    assert phone.read(town.stops[0])["appointment"] is None
    assert desk.get(f"/campaigns/{town.campaign.id}/wishes")[1]["items"] == []
    assert not _taken(desk, town, date=str(_later(5)), day_part="evening")


def test_an_appointment_made_since_outranks_what_was_chosen(
    resident: Resident, phone: Phone, desk: Desk, town: Town
) -> None:
    resident.wants_another_time("morning")
    phone.record(town.stops[0], "later", date=str(_later(5)), day_part="evening")
    finish(town)
    assert phone.read(town.stops[0])["appointment"]["day_part"] == "evening"
    assert _taken(desk, town, date=str(_later(5)), day_part="evening")


def test_who_is_welcoming_after_all_is_visited_as_if_nothing_was_chosen(
    resident: Resident, phone: Phone, desk: Desk, town: Town
) -> None:
    before = phone.read(town.stops[0])
    resident.would_rather_not()
    resident.is_welcoming()
    assert phone.read(town.stops[0]) == before
    assert (db.session.query(DoorWish).count(), db.session.query(DoorHold).count()) == (0, 0)
    finish(town)
    assert _taken(desk, town)


def test_a_hold_of_somebody_else_is_not_lifted_from_the_page(
    resident: Resident, phone: Phone, town: Town
) -> None:
    phone.record(town.stops[0], "refused", scope="always")
    town_hold = db.session.query(DoorHold).one()
    resident.would_rather_not()
    resident.wants_another_time("evening")
    resident.is_welcoming()
    assert db.session.query(DoorHold).all() == [town_hold]
    assert phone.read(town.stops[0])["hold"] == "wants_no_visit"


def test_an_earlier_choice_is_kept_nowhere(resident: Resident) -> None:
    resident.would_rather_not(reason="no_time")
    resident.wants_another_time("evening")
    wish = db.session.query(DoorWish).one()
    assert (wish.choice, wish.reason, wish.day_parts) == ("another_time", "", ["evening"])
    resident.would_rather_not()
    db.session.refresh(wish)
    assert (wish.choice, wish.reason, wish.day_parts) == ("rather_not", "not_saying", [])
    assert (wish.first_day, wish.last_day) == (None, None)


def test_the_trail_says_that_somebody_chose_and_not_which_door(
    resident: Resident, town: Town
) -> None:
    resident.would_rather_not(reason="has_help")
    entry = db.session.scalars(select(TrailEntry).order_by(TrailEntry.number.desc())).first()
    assert entry is not None
    said = (entry.action, entry.object_kind, entry.object_id, entry.actor_id, entry.reason)
    assert said == ("wish.choose", "campaign", town.campaign.id, None, "")
    assert entry.result == "done"


@pytest.mark.parametrize(
    ("said", "faults"),
    [
        ({"choice": "another_time"}, {("/day_parts", "missing")}),
        ({"choice": "another_time", "day_parts": ["night"]}, {("/day_parts/0", "does-not-fit")}),
        ({"choice": "never"}, {("/choice", "does-not-fit")}),
        ({"choice": "rather_not", "reason": "Mijn man"}, {("/reason", "does-not-fit")}),
        (
            {"choice": "another_time", "day_parts": [], "last_day": "2001-01-01"},
            {("/day_parts", "missing"), ("/last_day", "in-the-past")},
        ),
        (
            {"choice": "another_time", "day_parts": ["evening"], "first_day": "2999-01-01"},
            {("/first_day", "after-campaign")},
        ),
        ({"choice": "welcome", "words": "hoi"}, {("/words", "unknown-field")}),
    ],
)
def test_what_does_not_fit_is_told_all_at_once_and_nothing_is_kept(
    resident: Resident, said: dict[str, Any], faults: set[tuple[str, str]]
) -> None:
    status, problem = resident.posts("choice", **resident.code, **said)
    assert status == 400
    assert {(fault["pointer"], fault["code"]) for fault in problem["errors"]} == faults
    assert db.session.query(DoorWish).count() == 0


def test_days_in_the_wrong_order_are_told(resident: Resident) -> None:
    days = {"first_day": str(_later(5)), "last_day": str(_later(4))}
    status, problem = resident.chooses("another_time", day_parts=["evening"], **days)
    assert status == 400
    assert [fault["code"] for fault in problem["errors"]] == ["before-start"]


def test_once_their_days_are_past_only_the_day_part_counts(
    resident: Resident, phone: Phone, town: Town
) -> None:
    resident.wants_another_time("evening", last_day=str(today()))
    wish = db.session.query(DoorWish).one()
    wish.last_day = today() - timedelta(days=1)
    db.session.flush()
    said = phone.read(town.stops[0])["wish"]
    assert said == {"day_parts": ["evening"], "first_day": None, "last_day": None}


def test_the_choice_of_one_door_says_nothing_about_the_next(
    resident: Resident, phone: Phone, town: Town
) -> None:
    before = phone.read(town.stops[1])
    resident.would_rather_not()
    resident.wants_another_time("evening")
    assert phone.read(town.stops[1]) == before


def test_a_choice_in_one_campaign_says_nothing_in_the_next(
    resident: Resident, phone: Phone, town: Town
) -> None:
    resident.would_rather_not()
    hold = db.session.query(DoorHold).one()
    assert hold.campaign_id == town.campaign.id
    assert hold.set_by is None


def test_an_appointment_of_another_kind_is_not_touched(resident: Resident, town: Town) -> None:
    db.session.add(
        Appointment(
            id=new_id(),
            municipality_id=town.municipality.id,
            campaign_id=town.campaign.id,
            address_id=town.addresses[0].id,
            kind="aftercare",
            date=today(),
            day_part="evening",
        )
    )
    db.session.commit()
    resident.would_rather_not()
    kept = db.session.query(Appointment).one()
    assert (kept.cancelled_at, kept.date <= now().date()) == (None, True)

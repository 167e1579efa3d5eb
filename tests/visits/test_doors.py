"""Other things volunteers say at doors: look out, two households, and closing their round."""

import pytest
from marshmallow import ValidationError

from outreach.access.intents import CannotApply
from outreach.clock import new_id
from outreach.db import db
from outreach.visits.dossiers import round_dossiers
from outreach.visits.models import DoorNotice, Stop
from tests.factories.town import Town
from tests.visits.phone import Phone


def ids() -> dict[str, str]:
    names = ("stop_id", "attempt_id", "household_id", "conversation_id", "plan_id")
    return {name: new_id() for name in names}


def test_what_to_look_out_for_is_there_for_both_until_it_is_taken_off(
    town: Town, mine: Phone, partners: Phone
) -> None:
    stop = town.stops[0]
    assert mine.say("door.notice", stop.id, notice="stairs", on=True) == "applied"
    assert partners.say("door.notice", stop.id, notice="stairs", on=True) == "merged"
    assert partners.say("door.notice", stop.id, notice="dog", on=True) == "applied"
    assert mine.read(stop)["notices"] == ["dog", "stairs"]
    assert partners.say("door.notice", stop.id, notice="stairs", on=False) == "applied"
    assert mine.say("door.notice", stop.id, notice="stairs", on=False) == "merged"
    assert mine.read(stop)["notices"] == ["dog"]
    assert db.session.query(DoorNotice).count() == 1


def test_a_notice_comes_from_the_list(town: Town, mine: Phone) -> None:
    with pytest.raises(ValidationError):
        mine.say("door.notice", town.stops[0].id, notice="rude man", on=True)


def test_a_second_household_has_a_stop_of_its_own_at_the_same_place(
    town: Town, mine: Phone, partners: Phone
) -> None:
    first, made = town.stops[2], ids()
    assert mine.say("door.split", first.id, **made) == "applied"
    second = db.session.get_one(Stop, made["stop_id"])
    body = partners.read(second)
    assert body["split_of"] == first.id
    assert body["position"] == first.position
    assert body["address"] == partners.read(first)["address"]
    assert body["reserved"] == {name: made[name] for name in made if name != "stop_id"}
    listed = round_dossiers(mine.actor, [town.round.id])[town.round.id]["stops"]
    assert {"id": second.id, "position": first.position} in listed
    assert listed == sorted(listed, key=lambda stop: (stop["position"], stop["id"]))
    assert mine.record(second, "conversation") == "applied"
    assert partners.read(first)["attempt"] is None


def test_one_households_refusal_is_not_the_others(town: Town, mine: Phone) -> None:
    first, made = town.stops[2], ids()
    mine.say("door.split", first.id, **made)
    second = db.session.get_one(Stop, made["stop_id"])
    mine.record(first, "refused", scope="always")
    both = [mine.read(first)["hold"], mine.read(second)["hold"]]
    assert both == ["wants_no_visit", None]
    mine.record(first, "unsafe", "refused")
    assert mine.read(second)["hold"] == "unsafe"


def test_a_split_of_a_split_belongs_to_the_first_stop(town: Town, mine: Phone) -> None:
    second, third = ids(), ids()
    mine.say("door.split", town.stops[0].id, **second)
    mine.say("door.split", second["stop_id"], **third)
    assert db.session.get_one(Stop, third["stop_id"]).split_of == town.stops[0].id


def test_the_same_split_twice_is_one_and_a_taken_id_is_none(
    town: Town, mine: Phone, partners: Phone
) -> None:
    made = ids()
    mine.say("door.split", town.stops[0].id, **made)
    assert partners.say("door.split", town.stops[0].id, **made) == "merged"
    with pytest.raises(CannotApply, match="id-taken"):
        mine.say("door.split", town.stops[1].id, **made)
    taken = ids() | {"household_id": town.stops[3].household_id}
    with pytest.raises(CannotApply, match="id-taken"):
        mine.say("door.split", town.stops[0].id, **taken)


def test_ids_of_a_split_are_ids(town: Town, mine: Phone) -> None:
    with pytest.raises(ValidationError):
        mine.say("door.split", town.stops[0].id, **(ids() | {"plan_id": "Jansen"}))


def test_leaving_a_door_says_nothing_about_why(town: Town, mine: Phone, partners: Phone) -> None:
    before = mine.read(town.stops[0])
    mine.say("door.leave", town.stops[0].id, on=True)
    assert partners.read(town.stops[0]) == before | {"left": True}
    with pytest.raises(ValidationError):
        mine.say("door.leave", town.stops[1].id, on=True, why="my aunt")


def test_the_pair_closes_its_round_once(town: Town, mine: Phone, partners: Phone) -> None:
    assert mine.may("round.close", town.round.id)
    assert not Phone(town.person("mentor")).may("round.close", town.round.id)
    assert mine.say("round.close", town.round.id) == "applied"
    assert partners.say("round.close", town.round.id) == "merged"
    assert town.round.state == "closed"
    body = round_dossiers(mine.actor, [town.round.id])[town.round.id]
    assert body["state"] == "closed"


def test_what_does_not_exist_cannot_be_closed(town: Town, mine: Phone) -> None:
    with pytest.raises(CannotApply, match="no-such-round"):
        mine.say("round.close", new_id())

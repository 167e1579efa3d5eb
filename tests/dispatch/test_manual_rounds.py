"""A round by hand waits for the letter too, unless the desk says why not."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from outreach.audit.models import TrailEntry
from outreach.clock import today
from outreach.db import db
from outreach.visits.models import Round
from tests.campaigns.desk import Desk
from tests.dispatch.district import District, codes, tomorrow


def _round(desk: Desk, district: District, **said: object) -> tuple[int, Any]:
    body = district.shift("ann", "bob") | {
        "streets": [{"city": "Wilgendam", "street": "Elzenpad"}],
        "most_doors": 5,
    }
    return desk.post(f"/campaigns/{district.town.campaign.id}/rounds", body | said)


def _letter_went(district: District, days_ago: int | None) -> None:
    on = None if days_ago is None else today() - timedelta(days=days_ago)
    district.town.campaign.letter_on = on
    db.session.commit()


def test_before_the_waiting_days_are_over_it_needs_a_reason(desk: Desk, district: District) -> None:
    _letter_went(district, 5)
    status, problem = _round(desk, district)
    assert status == 400
    assert codes(problem) == {("/letter_reason", "letter-waits")}
    status, made = _round(desk, district, letter_reason="Wateroverlast in de straat")
    assert status == 201
    rows = select(TrailEntry.reason).where(TrailEntry.action == "round.before_letter")
    assert db.session.scalars(rows).all() == ["Wateroverlast in de straat"]
    assert desk.post(f"/rounds/{made['id']}/publication")[0] == 200


def test_on_the_first_day_after_them_it_needs_none(desk: Desk, district: District) -> None:
    _letter_went(district, 6)
    status, made = _round(desk, district)
    assert (status, made["date"]) == (201, tomorrow().isoformat())


def test_a_draft_from_before_is_not_published_while_the_letter_waits(
    desk: Desk, district: District
) -> None:
    made = _round(desk, district)[1]
    _letter_went(district, None)
    status, problem = desk.post(f"/rounds/{made['id']}/publication")
    assert (status, problem["code"]) == (409, "round-no-longer-fits")
    assert codes(problem) == {("/letter_reason", "letter-not-sent")}
    change = {
        "date": made["date"],
        "day_part": made["day_part"],
        "pair": [one["id"] for one in made["pair"]],
        "stop_ids": [one["id"] for one in made["stops"]],
    }
    assert desk.put(f"/rounds/{made['id']}", change)[0] == 400
    assert desk.put(f"/rounds/{made['id']}", change | {"letter_reason": "Overlast"})[0] == 200
    assert desk.post(f"/rounds/{made['id']}/publication")[0] == 200
    assert db.session.get_one(Round, made["id"]).before_letter


def test_a_reason_that_nobody_needed_is_not_kept(desk: Desk, district: District) -> None:
    made = _round(desk, district, letter_reason="Zomaar")[1]
    assert not db.session.get_one(Round, made["id"]).before_letter

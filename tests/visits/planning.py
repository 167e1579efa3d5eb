"""Making rounds in tests."""

from datetime import timedelta
from typing import Any

from outreach.access.models import Account
from outreach.access.roles import Role
from outreach.clock import now, today
from outreach.db import db
from outreach.visits.models import Stop
from tests.campaigns.desk import Desk
from tests.factories.town import Town, make_account
from tests.visits.phone import Phone

STREET = {"city": "Wilgendam", "street": "Wilgenhof"}


def tomorrow() -> str:
    """A day on which nobody walks yet."""
    return (today() + timedelta(days=1)).isoformat()


def wanted(town: Town, **changes: Any) -> dict[str, Any]:
    """The body of a new round."""
    body = {
        "date": tomorrow(),
        "day_part": "evening",
        "pair": [town.person("volunteer").id, town.person("mentor").id],
        "streets": [STREET],
        "most_doors": 50,
    }
    return body | changes


def finish(town: Town) -> None:
    """Close the round the town came with, so that its doors are free."""
    town.round.state, town.round.closed_at = "closed", now()
    db.session.commit()


def make(desk: Desk, town: Town, **changes: Any) -> tuple[int, Any]:
    """Make a round of the town's campaign."""
    return desk.post(f"/campaigns/{town.campaign.id}/rounds", wanted(town, **changes))


def numbers(round_: dict[str, Any]) -> list[str]:
    """House numbers of a round, in order."""
    return [stop["number"] for stop in round_["stops"]]


def faults(problem: dict[str, Any]) -> set[tuple[str, str]]:
    """Pointers and codes of a problem."""
    return {(fault["pointer"], fault["code"]) for fault in problem["errors"]}


def record_and_finish(town: Town, stop: Stop, outcome: str, **details: Any) -> None:
    """The pair of the town's round records one door (in the afternoon), then it is closed."""
    Phone(town.person("volunteer")).record(stop, outcome, **details)
    finish(town)


def someone_else(town: Town) -> Account:
    """One more volunteer of the district."""
    extra = make_account(town.municipality.id, "extra", Role.VOLUNTEER, town.district, town.team)
    db.session.commit()
    return extra

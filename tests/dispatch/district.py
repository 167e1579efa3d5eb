"""A district with more doors and people than the town comes with, and plans made in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from outreach.access.models import Account
from outreach.access.roles import Role
from outreach.campaigns.areas import addresses_in
from outreach.clock import new_id, now, today
from outreach.db import db
from outreach.jobs import running
from outreach.jobs.models import Job
from outreach.territory.models import Address, AreaAddress
from outreach.visits.models import Round, Stop
from tests.campaigns.desk import Desk
from tests.factories.town import Town, make_account
from tests.factories.volunteers import walks_on

Board = dict[str, Any]
ELZENPAD = 10


@dataclass
class District:
    """The town with its walkers, by name: ann, bob, cid, dee, eve and fay."""

    town: Town
    walkers: dict[str, Account]

    def id(self, name: str) -> str:
        """The account of a walker."""
        return self.walkers[name].id

    def shift(self, *pair: str, on: date | None = None, day_part: str = "afternoon") -> Any:
        """A pair that goes out, tomorrow afternoon unless told otherwise."""
        day = (on or tomorrow()).isoformat()
        return {"date": day, "day_part": day_part, "pair": [self.id(name) for name in pair]}

    def asked(self, *shifts: Any, **changes: Any) -> dict[str, Any]:
        """The body of a plan for tomorrow: two pairs in the afternoon unless told otherwise."""
        usual = [self.shift("ann", "bob"), self.shift("cid", "dee")]
        body = {
            "first_day": tomorrow().isoformat(),
            "last_day": (tomorrow() + timedelta(days=1)).isoformat(),
            "shifts": list(shifts) or usual,
            "seconds": 1,
        }
        return body | changes

    @property
    def doors(self) -> list[str]:
        """Every door, street by street."""
        area = self.town.campaign.area_id
        rows = addresses_in(area).order_by(Address.street, Address.house_number)
        return list(db.session.scalars(rows.with_only_columns(Address.id)))

    @property
    def address_ids(self) -> set[str]:
        """Every door."""
        area = self.town.campaign.area_id
        rows = select(AreaAddress.address_id).where(AreaAddress.area_id == area)
        return set(db.session.scalars(rows))


def tomorrow() -> date:
    """A day on which nobody walks yet."""
    return today() + timedelta(days=1)


def build_district(town: Town) -> District:
    """Close the town's round, add a street and people, and commit."""
    town.round.state, town.round.closed_at = "closed", now()
    here, campaign = town.municipality.id, town.campaign
    addresses = [
        Address(
            id=new_id(),
            municipality_id=here,
            street="Elzenpad",
            house_number=1 + number,
            postcode="9991SB",
            city="Wilgendam",
            lat=52.4005 + number / 10_000,
            lon=5.2008,
            use="woonfunctie",
        )
        for number in range(ELZENPAD)
    ]
    db.session.add_all(addresses)
    db.session.flush()
    db.session.add_all(
        AreaAddress(
            id=new_id(), municipality_id=here, area_id=campaign.area_id, address_id=address.id
        )
        for address in addresses
    )
    walkers = {}
    for name in ("ann", "bob", "cid", "dee", "eve", "fay"):
        walkers[name] = make_account(here, name, Role.VOLUNTEER, town.district, town.team)
        walks_on(walkers[name])
    town.people["second_supervisor"] = make_account(
        here, "second_supervisor", Role.SUPERVISOR, town.district, town.team
    )
    db.session.commit()
    return District(town, walkers)


def plan(desk: Desk, district: District, *shifts: Any, **changes: Any) -> Board:
    """Start a plan, wait for its search, and read the board."""
    body = district.asked(*shifts, **changes)
    status, board = desk.post(f"/campaigns/{district.town.campaign.id}/round-plans", body)
    assert status == 201, board
    return searched(desk, board)


def searched(desk: Desk, board: Board) -> Board:
    """The board once nobody searches any more."""
    running.runner().wait_until_idle()
    db.session.rollback()
    db.session.expire_all()
    job = db.session.get_one(Job, board["search"]["job_id"])
    assert job.state in {"done", "cancelled"}, job.result
    return read(desk, board)


def read(desk: Desk, board: Board) -> Board:
    """The board as it is now."""
    status, found = desk.get(f"/round-plans/{board['id']}")
    assert status == 200, found
    return dict(found)


def act(desk: Desk, board: Board, what: str, **body: Any) -> tuple[int, Any]:
    """Do something to the version of this board."""
    said = {"version": board["version"]} | body
    return desk.post(f"/round-plans/{board['id']}/{what}", said)


def done(answer: tuple[int, Any]) -> Board:
    """The board that came of it."""
    status, board = answer
    assert status == 200, board
    return dict(board)


def moves(desk: Desk, board: Board, *asked: Any) -> tuple[int, Any]:
    """Change it by hand."""
    return act(desk, board, "moves", moves=list(asked))


def publish(desk: Desk, board: Board, *round_ids: str) -> Board:
    """Give it to the phones."""
    return done(act(desk, board, "publication", round_ids=list(round_ids)))


def doors_of(round_: Any) -> list[str]:
    """The doors of a round of a plan, in order."""
    return [visit["address_id"] for leg in round_["legs"] for visit in leg["visits"]]


def left_out(board: Board) -> dict[str, str]:
    """Doors in no round, with the reason."""
    return {one["address_id"]: one["reason"] for one in board["left_out"]}


def round_of(board: Board, district: District, name: str) -> Any:
    """The round that somebody walks."""
    account_id = district.id(name)
    return next(one for one in board["rounds"] if account_id in {who["id"] for who in one["pair"]})


def codes(problem: Any) -> set[tuple[str, str]]:
    """Pointers and codes of a problem."""
    return {(fault["pointer"], fault["code"]) for fault in problem["errors"]}


def stops_of(round_id: str) -> list[Stop]:
    """What the phones have of a published round, in order."""
    rows = select(Stop).where(Stop.round_id == round_id, Stop.taken_at.is_(None))
    return list(db.session.scalars(rows.order_by(Stop.position)))


def published_rounds(town: Town) -> Sequence[Round]:
    """Rounds on the phones."""
    rows = select(Round).where(Round.campaign_id == town.campaign.id, Round.state == "published")
    return db.session.scalars(rows).all()

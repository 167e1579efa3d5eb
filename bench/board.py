"""The live board of forty rounds, against an empty authenticated request to the same server.

The peer is an address of the same app that checks session, account and permission, and answers 204:
nothing can be asked for less by who is signed in. Ours is a poll of the board: one to which nothing
changed, and one after the word of one door of one round came in. Both sides go through the
whole app, one after the other, in one process; the work of the phone that brings that word is in
neither. The answer is packed as a browser asks for it.
"""

import itertools
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from measuring import Promise, Result, compared, in_turns
from sqlalchemy import bindparam, select

from outreach.access.actor import actor_of
from outreach.access.models import Account
from outreach.access.roles import Permission, Role
from outreach.app import create_app
from outreach.clock import new_id, now, today
from outreach.config import Settings
from outreach.db import METADATA, db
from outreach.territory.models import Address
from outreach.visits.models import ContactAttempt, Round, RoundMember, Stop
from outreach.watch import contact
from outreach.web.routing import Routes
from tests.factories.town import Town, build_town, headers_for, make_account, make_walk

# Of one side in one turn: a single request is too short to tell.
POLLS = 16
CAMPAIGN = select(Round.campaign_id).where(Round.id == bindparam("round_id"))
PACKED = {"Accept-Encoding": "gzip, br"}

nothing = Routes("bench", "What the board is measured against")


@nothing.get("/bench/nothing", permission=Permission.OWN_ACCOUNT, status=204)
def answer_nothing() -> str:
    """Signed in and permitted, and that is all."""
    return ""


def measure(*, rounds: int = 40, doors: int = 20, turns: int = 15) -> list[Result]:
    """A poll that finds nothing new, and one after a door was done, in empty requests."""
    with tempfile.TemporaryDirectory() as folder:
        app = _app(Path(folder))
        with app.app_context():
            METADATA.create_all(db.engine)
            town = build_town()
            stops = _rounds(town, rounds, doors)
            asks = Asks(app.test_client(), headers_for(town.person("supervisor")))
            volunteers = _by_round(stops)
            asks.changed()
            same = in_turns(lambda: _cost(asks.same), lambda: _cost(asks.nothing), turns)
            to_do = itertools.cycle(stops)

            def one_door_later() -> None:
                """One more door is done, and after the last one the first is done again."""
                _done(volunteers, next(to_do))

            changed = in_turns(
                lambda: _cost(asks.changed, one_door_later),
                lambda: _cost(asks.nothing, one_door_later),
                turns,
            )
            db.session.remove()
            db.engine.dispose()
    note = f"{rounds} rounds of {doors} doors; {POLLS} polls a turn"
    return [
        compared("board", changed, "ms", f"{note}, each after one door", Promise(2)),
        compared("board.same", same, "ms", f"{note}, nothing new: 304", Promise(2)),
    ]


class Asks:
    """Somebody who looks at the board, and remembers its tag as a browser does."""

    def __init__(self, client: FlaskClient, headers: dict[str, str]) -> None:
        self._client, self._headers, self._tag = client, headers | PACKED, ""

    def nothing(self) -> None:
        """The empty request."""
        answer = self._client.get("/v1/bench/nothing", headers=self._headers)
        _must_be(answer.status_code, HTTPStatus.NO_CONTENT)

    def changed(self) -> None:
        """A poll that must find something new."""
        _must_be(self._polls(), HTTPStatus.OK)

    def same(self) -> None:
        """A poll that must find nothing new."""
        _must_be(self._polls(), HTTPStatus.NOT_MODIFIED)

    def _polls(self) -> int:
        known = {"If-None-Match": self._tag}
        answer = self._client.get("/v1/watch/board", headers=self._headers | known)
        self._tag = answer.headers["ETag"]
        return answer.status_code


def _must_be(status: int, wanted: HTTPStatus) -> None:
    """What is measured must be what is meant."""
    if status != wanted:
        raise RuntimeError(f"answered {status}, not {wanted}")


def _cost(ask: Callable[[], None], before: Callable[[], None] = lambda: None) -> float:
    """The median of some requests in milliseconds of a core; what is done before is not counted."""
    took = []
    for _ in range(POLLS):
        before()
        begun = time.thread_time()
        ask()
        took.append((time.thread_time() - begun) * 1000)
    return statistics.median(took)


def _app(folder: Path) -> Flask:
    url = f"sqlite:///{folder / 'board.sqlite3'}"
    app = create_app(Settings(url, "k" * 40, folder, demo=False, secure_cookies=False))
    app.config["TESTING"] = True  # the clock of the watch does not look meanwhile
    app.register_blueprint(nothing)
    return app


def _rounds(town: Town, rounds: int, doors: int) -> list[Stop]:
    """All rounds of today with a third of their doors done; gives the doors that are still to do.

    In such an order that each change is in another round than the one before.
    """
    to_do: list[list[Stop]] = []
    for number in range(rounds):
        pair = [
            make_account(
                town.municipality.id, f"{who}{number}", Role.VOLUNTEER, town.district, town.team
            )
            for who in ("anna", "samir")
        ]
        _, stops = make_walk(town.campaign, _doors(town, number, doors), pair)
        db.session.flush()
        done = [
            _done({stop.round_id: pair[0] for stop in stops}, stop) for stop in stops[: doors // 3]
        ]
        to_do.append(stops[len(done) :])
    town.round.date = today() + timedelta(days=1)
    db.session.commit()
    return [stop for at in range(doors - doors // 3) for stop in (line[at] for line in to_do)]


def _doors(town: Town, number: int, doors: int) -> list[Address]:
    found = [
        Address(
            id=new_id(),
            municipality_id=town.municipality.id,
            street=f"Straat {number}",
            house_number=at + 1,
            postcode=f"{1000 + number}AB",
            city="Wilgendam",
            lat=52.4,
            lon=5.2,
            entrance="",
        )
        for at in range(doors)
    ]
    db.session.add_all(found)
    db.session.flush()
    return found


def _by_round(stops: list[Stop]) -> dict[str, Account]:
    rows = select(RoundMember.round_id, Account).join(Account, Account.id == RoundMember.account_id)
    found = {row[0]: row[1] for row in db.session.execute(rows)}
    return {stop.round_id: found[stop.round_id] for stop in stops}


def _done(volunteers: dict[str, Account], stop: Stop) -> ContactAttempt:
    """Nobody is home at a door, as the exchange with a phone leaves it."""
    by = volunteers[stop.round_id]
    attempt = ContactAttempt(
        id=stop.attempt_id,
        municipality_id=stop.municipality_id,
        campaign_id=db.session.execute(CAMPAIGN, {"round_id": stop.round_id}).scalar_one(),
        address_id=stop.address_id,
        stop_id=stop.id,
        outcome="not_home",
        details={},
        kept_details={},
        reached=False,
        date=today(),
        day_part="afternoon",
        recorded_by=by.id,
        made_at=now(),
        received_at=now(),
    )
    db.session.merge(attempt)
    contact.heard(actor_of(by), [("visit.record", stop.id)], now())
    db.session.commit()
    return attempt

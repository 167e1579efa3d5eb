"""What a pair says by phone, what a supervisor sees and does, and the clock that somebody moves."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select

from outreach import clock
from outreach.access.models import Account
from outreach.clock import AMSTERDAM, now
from outreach.db import db
from outreach.messages.models import Message
from outreach.watch import looking
from tests.factories.phone import Phone
from tests.factories.town import Town, headers_for


def at(wall: str, days: int = 0) -> datetime:
    """Let it be this time in Amsterdam, so many days further on."""
    hours, minutes = map(int, wall.split(":"))
    day = now().astimezone(AMSTERDAM) + timedelta(days=days)
    moment = day.replace(hour=hours, minute=minutes, second=0, microsecond=0)
    clock.replay(int(moment.timestamp()), moment)
    return moment


def look(wall: str) -> int:
    """It is this time, and the clock of the watch looks; how many it told."""
    at(wall)
    return looking.look()


def says(phone: Phone, town: Town, kind: str, **body: Any) -> str:
    """Something about the round, sent at once; gives the outcome."""
    said = phone.write(town.round.id, kind, **body)
    phone.sync()
    return phone.outcome(said)


def rings(phone: Phone, town: Town, door: int = 0, outcome: str = "not_home") -> None:
    """Write down what came of a door; it is not sent yet."""
    phone.write(
        town.stops[door].id,
        "visit.record",
        outcome=outcome,
        from_="",
        details={},
        date=town.round.date.isoformat(),
        day_part="afternoon",
    )


def told() -> list[tuple[str, str]]:
    """Who was told of what, by kind and account."""
    rows = db.session.execute(select(Message.kind, Message.account_id, Message.channel))
    found = sorted({(kind, who) for kind, who, _ in rows})
    db.session.commit()
    return found


@dataclass
class Desk:
    """Somebody who watches."""

    client: FlaskClient
    account: Account
    tag: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.headers = headers_for(self.account)

    def polls(self) -> Any:
        """Ask for the board as a screen does; None when nothing changed."""
        known = {"If-None-Match": self.tag}
        answer = self.client.get("/v1/watch/board", headers=self.headers | known)
        self.tag = answer.headers["ETag"]
        return None if answer.status_code == 304 else answer.get_json()

    def board(self) -> Any:
        """The whole board."""
        return self.client.get("/v1/watch/board", headers=self.headers).get_json()

    def line(self) -> Any:
        """The only round's line."""
        (line,) = self.board()["rounds"]
        return line

    def alerts(self) -> Any:
        """What is open."""
        return self.client.get("/v1/watch/alerts", headers=self.headers).get_json()["alerts"]

    def takes(self, alert_id: str) -> int:
        """*Ik bel ze*."""
        return self._post(f"{alert_id}/taking", None)

    def closes(self, alert_id: str, outcome: str) -> int:
        """With a word."""
        return self._post(f"{alert_id}/closing", {"outcome": outcome})

    def _post(self, path: str, body: Any) -> int:
        address = f"/v1/watch/alerts/{path}"
        return self.client.post(address, json=body, headers=self.headers).status_code

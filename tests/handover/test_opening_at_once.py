"""Colleagues who open or take on one hand-over at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from flask import Flask

from outreach.db import db
from outreach.handover.models import HandoverEvent
from tests.factories.talks import Talk
from tests.factories.town import headers_for

LOOKS = 6


def _at_once(app: Flask, talk: Talk, method: str, path: str) -> list[int]:
    """The same request by a coach and the lead in turn, all let go together; their statuses."""
    people = [talk.town.person(who) for who in ("wijkcoach", "team_lead")]
    headers = [headers_for(account) for account in people]
    db.session.remove()
    start = Barrier(LOOKS)

    def request(number: int) -> int:
        start.wait()
        client = app.test_client()
        return client.open(path, method=method, headers=headers[number % 2]).status_code

    with ThreadPoolExecutor(LOOKS) as threads:
        return sorted(threads.map(request, range(LOOKS)))


def _events(state: str) -> int:
    rows = db.select(HandoverEvent).where(HandoverEvent.state == state)
    return len(db.session.scalars(rows).all())


def test_all_of_them_see_it_and_one_was_first(app: Flask, talk: Talk) -> None:
    path = f"/v1/handovers/{talk.offer()}"
    assert _at_once(app, talk, "GET", path) == [200] * LOOKS
    assert _events("seen") == 1


def test_one_of_them_takes_it_on(app: Flask, talk: Talk) -> None:
    path = f"/v1/handovers/{talk.offer()}"
    _at_once(app, talk, "GET", path)
    assert _at_once(app, talk, "POST", f"{path}/acceptance") == [200] + [409] * (LOOKS - 1)
    assert _events("accepted") == 1

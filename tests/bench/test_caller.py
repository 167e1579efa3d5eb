"""The phone without a screen does what docs/sync.md asks of a phone."""

from collections.abc import Iterator
from threading import Thread
from typing import Any

import pytest
from caller import Answer, Caller, mutation
from flask import Flask
from sqlalchemy import delete
from werkzeug.serving import make_server

from outreach.access.sessions import open_session
from outreach.db import db
from outreach.sync import answering
from outreach.sync.models import Receipt
from tests.factories.town import Town


@pytest.fixture
def caller(app: Flask, town: Town) -> Iterator[Caller]:
    """A new phone of a volunteer, over real HTTP."""
    token, _refresh = open_session(town.person("volunteer"))
    db.session.commit()
    server = make_server("127.0.0.1", 0, app)
    serving = Thread(target=server.serve_forever)
    serving.start()
    yield Caller(server.port, token)
    server.shutdown()
    serving.join()


def _notices_a_dog(caller: Caller, town: Town) -> dict[str, Any]:
    said = mutation(town.stops[0].id, "door.notice", notice="dog", on=True)
    caller.waiting.append(said)
    return said


def test_it_goes_on_while_there_is_more(caller: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answering, "PART_BYTES", 1)
    heard: list[Answer] = []
    assert caller.asks(heard.append)
    assert [one.came for one in heard] == [1] * len(caller.dossiers)
    assert [one.goes_on for one in heard] == [True] * (len(heard) - 1) + [False]
    assert len(heard) > 1
    assert caller.broken() == []


def test_asked_what_it_holds_it_says_so_and_sends_what_waits_again(
    caller: Caller, town: Town
) -> None:
    caller.asks(lambda _answer: None)
    said = _notices_a_dog(caller, town)
    db.session.execute(delete(Receipt))
    db.session.commit()
    heard: list[Answer] = []
    assert caller.asks(heard.append)
    assert [one.goes_on for one in heard] == [True, False]
    assert (caller.outcomes[said["id"]], caller.waiting) == ("applied", [])


def test_it_is_quiet_only_once_the_server_confirmed_what_it_holds(
    caller: Caller, town: Town
) -> None:
    _notices_a_dog(caller, town)
    heard: list[Answer] = []
    assert caller.asks(heard.append, until_quiet=True)
    assert [one.quiet for one in heard] == [False, True]


def test_an_answer_for_another_phone_does_not_count(
    caller: Caller, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = _notices_a_dog(caller, town)
    reply = answering._reply  # noqa: SLF001 - an answer like it, for another
    monkeypatch.setattr(answering, "_reply", lambda *told: reply(*told) | {"device_id": "another"})
    assert not caller.asks(lambda _answer: None)
    assert (caller.waiting, caller.receipt, caller.dossiers) == ([said], None, {})


def test_nobody_answering_leaves_everything_waiting(town: Town) -> None:
    caller = Caller(1, "no token")
    said = _notices_a_dog(caller, town)
    assert not caller.asks(lambda _answer: None)
    assert caller.waiting == [said]

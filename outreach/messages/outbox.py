"""The outbox: who is to hear of what. Written in the transaction of what caused it, sent after it.

Each person hears of each thing once per way to them, however often it is told.
"""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from flask import Response, after_this_request, has_request_context
from sqlalchemy.dialects import postgresql, sqlite

from outreach.clock import new_id, now
from outreach.db import db
from outreach.messages.channels import Channel, Channels, channels
from outreach.messages.choices import browsers_of, choices_of, wish_of
from outreach.messages.kinds import URGENT, Kind
from outreach.messages.models import Message
from outreach.messages.timing import first_moment


def tell(municipality_id: str, account_ids: Collection[str], kind: Kind, cause_id: str) -> None:
    """Let these people know that there is something new, at once where it is urgent."""
    ways = channels()
    if not (ways.any and account_ids):
        return
    at = now()
    shared = {
        "municipality_id": municipality_id,
        "kind": kind,
        "cause_id": cause_id,
        "urgent": kind in URGENT,
        "state": "waiting",
        "tries": 0,
        "made_at": at,
    }
    rows = [
        shared | {"id": new_id(), "channel": channel, "target_id": target} | told
        for channel, target, told in _targets(ways, municipality_id, account_ids, kind, at)
    ]
    if rows:
        _add(rows)
        _wake_after_this_request(ways)


def _targets(
    ways: Channels, municipality_id: str, account_ids: Collection[str], kind: Kind, at: datetime
) -> Iterator[tuple[Channel, str, dict[str, Any]]]:
    choices = choices_of(municipality_id, account_ids)
    moments = {
        id_: first_moment(at, wish_of(choice), urgent=kind in URGENT)
        for id_, choice in choices.items()
    }
    if ways.mail:
        for id_, choice in choices.items():
            if choice.mail:
                yield Channel.MAIL, id_, {"account_id": id_, "next_try_at": moments[id_]}
    if ways.push:
        for browser in browsers_of(municipality_id, account_ids):
            id_ = browser.account_id
            yield Channel.PUSH, browser.id, {"account_id": id_, "next_try_at": moments[id_]}


def _add(rows: list[dict[str, Any]]) -> None:
    """What was told before stays as it is; so does what another request tells at this moment."""
    is_postgresql = db.session.get_bind().dialect.name == "postgresql"
    insert = postgresql.insert(Message) if is_postgresql else sqlite.insert(Message)
    db.session.execute(insert.on_conflict_do_nothing(), rows)


def _wake_after_this_request(ways: Channels) -> None:
    if not has_request_context():
        return

    @after_this_request
    def _wake(response: Response) -> Response:
        ways.wanted.set()
        return response

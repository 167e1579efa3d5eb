"""Requests for debt help that came without a hand-over: who waits, who sees to the first talk.

The household agreed to pass on its name, how to reach it and the request; nothing else is read.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select

from outreach.access.actor import Actor
from outreach.access.roles import Role
from outreach.audit import trail
from outreach.clock import now, today
from outreach.conversations.models import Conversation, DebtHelpRequest
from outreach.db import db
from outreach.errors import Conflict, NotAllowed
from outreach.handover import scope
from outreach.handover.first_talk import first_talk
from outreach.handover.inbox import doors_of, first_names
from outreach.handover.reading import contact_of
from outreach.web.paging import first_or_404


class DebtRequestMovedOn(Conflict):
    """A colleague took it on first, or it ended."""

    code = "debt-request-moved-on"


def request_lines(requests: Sequence[DebtHelpRequest]) -> list[dict[str, Any]]:
    """One line each, in the order given; two queries for any number."""
    doors = doors_of({request.household_id for request in requests})
    names = first_names({request.taken_on_by for request in requests if request.taken_on_by})
    return [
        {
            "id": request.id,
            "crisis": request.crisis,
            "asked_on": request.asked_on,
            "address": doors.get(request.household_id),
            "taken_by": names.get(request.taken_on_by or ""),
            "taken_on_at": request.taken_on_at,
            "ending": request.ending,
        }
        | _clock(request)
        for request in requests
    ]


def _clock(request: DebtHelpRequest) -> dict[str, Any]:
    clock = first_talk(request.asked_on, crisis=request.crisis, on=today())
    left = clock.left if request.taken_on_at is None else None
    return {"first_talk_by": clock.by, "first_talk_left": left}


def open_request(actor: Actor, request_id: str) -> dict[str, Any]:
    """Name, contact and request; who looked is written down."""
    request = first_or_404(_named(actor, request_id))
    _note(actor, "open", request)
    return _whole(actor, request)


def take_on(actor: Actor, request_id: str) -> dict[str, Any]:
    """See to the first talk; raises DebtRequestMovedOn where a colleague does or it ended."""
    request = _at_hand(actor, request_id)
    if request.taken_on_by not in {None, actor.account_id}:
        raise DebtRequestMovedOn
    if request.taken_on_by is None:
        request.taken_on_by, request.taken_on_at = actor.account_id, now()
        _note(actor, "take_on", request)
    return _whole(actor, request)


def put_back(actor: Actor, request_id: str) -> dict[str, Any]:
    """Let it wait again; raises as close does."""
    request = _in_hand(actor, request_id)
    request.taken_on_by = request.taken_on_at = None
    _note(actor, "put_back", request)
    return _whole(actor, request)


def close(actor: Actor, request_id: str, ending: str) -> dict[str, Any]:
    """The first talk was held, or there will be none.

    Raises DebtRequestMovedOn for one that waits or ended, NotAllowed for a colleague's.
    """
    request = _in_hand(actor, request_id)
    request.ended_at, request.ending = now(), ending
    _note(actor, "close", request)
    return _whole(actor, request)


def _named(actor: Actor, request_id: str) -> Select[DebtHelpRequest]:
    return scope.visible_debt_requests(actor).where(DebtHelpRequest.id == request_id)


def _at_hand(actor: Actor, request_id: str) -> DebtHelpRequest:
    """Locked: of two colleagues who take it on at once, one is first."""
    return first_or_404(_named(actor, request_id).with_for_update(of=DebtHelpRequest))


def _in_hand(actor: Actor, request_id: str) -> DebtHelpRequest:
    request = _at_hand(actor, request_id)
    if request.taken_on_by is None or request.ended_at is not None:
        raise DebtRequestMovedOn
    if not _may_end(actor, request):
        raise NotAllowed
    return request


def _may_end(actor: Actor, request: DebtHelpRequest) -> bool:
    """Whoever took it on, and a lead."""
    return request.taken_on_by == actor.account_id or actor.role == Role.TEAM_LEAD


def _whole(actor: Actor, request: DebtHelpRequest) -> dict[str, Any]:
    conversation = db.session.get_one(Conversation, request.conversation_id)
    recorder = first_names([conversation.recorder_id])[conversation.recorder_id]
    (line,) = request_lines([request])
    may_end = request.taken_on_by is not None and request.ended_at is None
    return (
        line
        | contact_of(conversation)
        | {"asked_by": recorder, "may_end": may_end and _may_end(actor, request)}
    )


def _note(actor: Actor, deed: str, request: DebtHelpRequest) -> None:
    trail.note(
        actor.municipality_id,
        actor.account_id,
        f"debt_help.{deed}",
        "debt_help_request",
        request.id,
    )

"""Lines of a team's inbox: what waits, how urgent, at which door; nothing of the content."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import select

from outreach.access.models import Account
from outreach.clock import today
from outreach.conversations.models import DebtHelpRequest
from outreach.db import db
from outreach.handover.first_talk import first_talk
from outreach.handover.models import Handover
from outreach.handover.scope import still_shared
from outreach.handover.states import State
from outreach.territory.models import Address, Household

NO_CLOCK = {"debt_help_asked_on": None, "first_talk_by": None, "first_talk_left": None}


def inbox_lines(handovers: Sequence[Handover]) -> list[dict[str, Any]]:
    """One line each, in the order given; four queries for any number."""
    shared = shared_ids([handover.id for handover in handovers])
    doors = doors_of({handover.household_id for handover in handovers})
    coaches = first_names([handover.coach_id for handover in handovers if handover.coach_id])
    asked = _requests([h.conversation_id for h in handovers if h.id in shared])
    return [
        {
            "id": handover.id,
            "urgency": handover.urgency,
            "state": handover.state,
            "received_at": handover.received_at,
            "team_id": handover.team_id,
            "address": doors.get(handover.household_id)
            if handover.id in shared or handover.state in {State.REFUSED, State.CLOSED}
            else None,
            "coach": coaches.get(handover.coach_id or ""),
        }
        | _clock(handover, asked.get(handover.conversation_id) if handover.id in shared else None)
        for handover in handovers
    ]


def shared_ids(handover_ids: Collection[str]) -> set[str]:
    """Those of which the content may be shown now."""
    rows = select(Handover.id).where(Handover.id.in_(handover_ids), still_shared())
    return set(db.session.scalars(rows))


def first_names(account_ids: Collection[str]) -> dict[str, str]:
    """First names of colleagues, by id."""
    rows = select(Account.id, Account.first_name).where(Account.id.in_(account_ids))
    return dict(db.session.execute(rows).all())


def doors_of(household_ids: Collection[str]) -> dict[str, dict[str, str]]:
    """Street and number, by household; who moved has none."""
    rows = (
        select(Household.id, Address)
        .join(Address, Address.id == Household.address_id)
        .where(Household.id.in_(household_ids))
    )
    return {
        household_id: {"street": address.street, "number": address.number}
        for household_id, address in db.session.execute(rows)
    }


def _clock(handover: Handover, request: DebtHelpRequest | None) -> dict[str, Any]:
    """Crisis if either the hand-over or the request says so; the clock, if they asked."""
    crisis = handover.urgency == "crisis" or (request is not None and request.crisis)
    if request is None:
        return {"crisis": crisis} | NO_CLOCK
    clock = first_talk(request.asked_on, crisis=crisis, on=today())
    return {
        "crisis": crisis,
        "debt_help_asked_on": request.asked_on,
        "first_talk_by": clock.by,
        "first_talk_left": clock.left,
    }


def _requests(conversation_ids: Collection[str]) -> dict[str, DebtHelpRequest]:
    rows = select(DebtHelpRequest).where(
        DebtHelpRequest.conversation_id.in_(conversation_ids), DebtHelpRequest.pass_on
    )
    return {request.conversation_id: request for request in db.session.scalars(rows)}

"""Lines of a team's inbox: what waits, how urgent, at which door; nothing of the content."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from outreach.access.models import Account
from outreach.conversations.models import DebtHelpRequest
from outreach.db import db
from outreach.handover.models import Handover
from outreach.handover.scope import still_shared
from outreach.handover.states import State
from outreach.territory.models import Address, Household


def inbox_lines(handovers: Sequence[Handover]) -> list[dict[str, Any]]:
    """One line each, in the order given; four queries for any number."""
    shared = shared_ids([handover.id for handover in handovers])
    doors = _doors(handovers)
    coaches = first_names([handover.coach_id for handover in handovers if handover.coach_id])
    asked = _debt_help_days([h.conversation_id for h in handovers if h.id in shared])
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
            "debt_help_asked_on": asked.get(handover.conversation_id)
            if handover.id in shared
            else None,
            "coach": coaches.get(handover.coach_id or ""),
        }
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


def _doors(handovers: Sequence[Handover]) -> dict[str, dict[str, str]]:
    rows = (
        select(Household.id, Address)
        .join(Address, Address.id == Household.address_id)
        .where(Household.id.in_([handover.household_id for handover in handovers]))
    )
    return {
        household_id: {"street": address.street, "number": address.number}
        for household_id, address in db.session.execute(rows)
    }


def _debt_help_days(conversation_ids: Collection[str]) -> dict[str, date]:
    rows = select(DebtHelpRequest.conversation_id, DebtHelpRequest.asked_on).where(
        DebtHelpRequest.conversation_id.in_(conversation_ids), DebtHelpRequest.pass_on
    )
    return dict(db.session.execute(rows).all())

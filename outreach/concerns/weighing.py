"""The contact person reads a concern, with a reason, and decides; each deed is in the trail."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from sqlalchemy import select

from outreach.access.actor import Actor
from outreach.access.models import Account
from outreach.audit import trail
from outreach.clock import now
from outreach.concerns.models import Concern
from outreach.db import db
from outreach.errors import Problem
from outreach.territory.models import Address

ADVICE_ASKED = "advice_asked"
DISCUSSED, DECIDED = "discussed", "decided"


class ConcernDecided(Problem):
    """A decision stands; somebody who thinks otherwise talks about it."""

    code = "concern-decided"
    status = HTTPStatus.CONFLICT


def with_reporters(concerns: Sequence[Concern]) -> list[dict[str, Any]]:
    """A list without content."""
    rows = select(Account).where(Account.id.in_([concern.reporter_id for concern in concerns]))
    names = {account.id: account.first_name for account in db.session.scalars(rows)}
    return [
        {
            "id": concern.id,
            "reporter": names[concern.reporter_id],
            "received_at": concern.received_at,
            "state": concern.state,
            "decision": concern.decision,
        }
        for concern in concerns
    ]


def open_concern(actor: Actor, concern: Concern, reason: str) -> dict[str, Any]:
    """What it says; the reason goes into the trail."""
    _note(actor, concern, "concern.open", reason)
    reporter = db.session.get_one(Account, concern.reporter_id)
    address = db.session.get(Address, concern.address_id) if concern.address_id else None
    return {
        "facts": concern.facts,
        "address": address,
        "reporter": reporter.first_name,
        "phone": reporter.phone,
    }


def decide(actor: Actor, concern: Concern, decision: str, weighing: str) -> None:
    """Decide, with the weighing; asking advice leaves the last word open.

    Raises ConcernDecided when there was a last word.
    """
    if concern.state == DECIDED:
        raise ConcernDecided
    concern.state = DISCUSSED if decision == ADVICE_ASKED else DECIDED
    concern.decision = decision
    concern.weighing = f"{concern.weighing}\n\n{weighing}".strip()
    concern.decided_by = actor.account_id
    concern.decided_at = now()
    _note(actor, concern, "concern.decide")


def _note(actor: Actor, concern: Concern, action: str, reason: str = "") -> None:
    trail.note(
        actor.municipality_id, actor.account_id, action, "concern", concern.id, reason=reason
    )

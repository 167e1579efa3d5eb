"""What is said of several fields in one breath: the paper, the day to come back, what came of it.

Two people who differ on it are asked once. Each is a dict that fits JSON, under the name that its
difference carries: `print` of a plan, `agreed` and `result` of an aftercare.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from outreach.conversations.models import Conversation
from outreach.db import db
from outreach.plans.models import Aftercare, Plan
from outreach.territory.models import Household
from outreach.visits.models import Stop

PRINT, AGREED, RESULT = "print", "agreed", "result"
MOVED = "moved"

Values = dict[str, Any]


# What stands before anybody says a thing: from there an older app comes, which did not tell.
NO_WISH: Values = {"wanted": False, "bring_on": None, "bring_by": None}
NO_RESULT: Values = {"outcome": "", "more_help": False, "close": False}


def before(
    body: Values, read: Callable[[Values], Values], nothing: Values | None = None
) -> Values | None:
    """What the phone showed; `nothing` where it told of none."""
    return nothing if body["from"] is None else read(body["from"])


def wish(body: Values) -> Values:
    """The wish for paper, as a phone says it."""
    on = body["bring_on"]
    return {
        "wanted": body["wanted"],
        "bring_on": on.isoformat() if on else None,
        "bring_by": body["bring_by"],
    }


def wish_of(plan: Plan) -> Values:
    """The wish for paper, as it stands."""
    names = {"wanted": plan.print_wanted, "bring_on": plan.bring_on, "bring_by": plan.bring_by}
    return wish(names)


def let_wish_stand(plan: Plan, said: Values) -> None:
    """Asked anew, printed anew."""
    plan.print_wanted, plan.bring_by = said["wanted"], said["bring_by"]
    plan.bring_on = date.fromisoformat(said["bring_on"]) if said["bring_on"] else None
    plan.printed_at = None


def agreement(body: Values) -> Values:
    """When to come back and how, as a phone says it."""
    return {
        "due_on": body["due_on"].isoformat(),
        "day_part": body["day_part"],
        "kind": body["kind"],
    }


def agreement_of(aftercare: Aftercare) -> Values:
    """When to come back and how, as it stands."""
    return agreement({name: getattr(aftercare, name) for name in ("due_on", "day_part", "kind")})


def let_agreement_stand(aftercare: Aftercare, said: Values) -> None:
    """The day moves; who comes back stays."""
    aftercare.due_on = date.fromisoformat(said["due_on"])
    aftercare.day_part, aftercare.kind = said["day_part"], said["kind"]


def result(body: Values) -> Values:
    """What came of it, as a phone says it."""
    return {name: body[name] for name in ("outcome", "more_help", "close")}


def result_of(aftercare: Aftercare) -> Values:
    """What came of it, as it stands; the outcome is '' before."""
    return {
        "outcome": aftercare.outcome,
        "more_help": aftercare.more_help,
        "close": aftercare.closed_at is not None,
    }


def let_result_stand(aftercare: Aftercare, said: Values, at: datetime) -> None:
    """Who moved takes the dossier off this door; where that was not so, it comes back."""
    if MOVED in {aftercare.outcome, said["outcome"]}:
        _move(aftercare, gone=said["outcome"] == MOVED)
    aftercare.outcome, aftercare.more_help = said["outcome"], said["more_help"]
    aftercare.closed_at = (aftercare.closed_at or at) if said["close"] else None


def _move(aftercare: Aftercare, *, gone: bool) -> None:
    household = db.session.get_one(Household, aftercare.household_id)
    door = (
        select(Stop.address_id)
        .join(Conversation, Conversation.stop_id == Stop.id)
        .join(Plan, Plan.conversation_id == Conversation.id)
        .where(Plan.id == aftercare.plan_id)
    )
    household.address_id = None if gone else db.session.scalars(door).first()

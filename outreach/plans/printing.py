"""Plans on paper: which ones wait, and the page itself, large and without anybody's name."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from outreach.access.actor import Actor
from outreach.access.models import Account, Municipality
from outreach.audit import trail
from outreach.clock import now, today
from outreach.conversations.agreement import standing
from outreach.conversations.models import Conversation
from outreach.db import db
from outreach.documents.pdf import render_pdf
from outreach.errors import Conflict
from outreach.languages import LANGUAGES
from outreach.plans.dossiers import goals_of
from outreach.plans.models import Aftercare, Plan
from outreach.territory.models import Address, Household


class NothingToPrint(Conflict):
    """The plan holds no goal yet."""

    code = "nothing-to-print"


def print_list(plans: Sequence[Plan]) -> list[dict[str, Any]]:
    """For each plan its door, who brings it and when; no door once they moved."""
    doors = _doors([plan.household_id for plan in plans])
    bringing = select(Account.id, Account.first_name).where(
        Account.id.in_([plan.bring_by for plan in plans if plan.bring_by])
    )
    names = {row.id: row.first_name for row in db.session.execute(bringing)}
    return [
        {
            "plan_id": plan.id,
            **_door(doors.get(plan.household_id)),
            "bring_on": plan.bring_on,
            "bring_by": names.get(plan.bring_by or ""),
            "printed_at": plan.printed_at,
        }
        for plan in plans
    ]


def _doors(household_ids: Sequence[str]) -> dict[str, Address]:
    rows = (
        select(Household.id, Address)
        .join(Address, Address.id == Household.address_id)
        .where(Household.id.in_(household_ids))
    )
    return dict(db.session.execute(rows).all())


def _door(address: Address | None) -> dict[str, str]:
    return {
        "street": address.street if address else "",
        "number": address.number if address else "",
    }


def print_plan(actor: Actor, plan: Plan) -> bytes:
    """The plan as a PDF in the language they agreed in; marks it printed. Raises NothingToPrint."""
    goals = goals_of([plan.id]).get(plan.id, [])
    if not goals:
        raise NothingToPrint
    municipality = db.session.get_one(Municipality, plan.municipality_id)
    conversation = db.session.get_one(Conversation, plan.conversation_id)
    paper = render_pdf(
        "plan.html",
        _language(conversation),
        **_door(_doors([plan.household_id]).get(plan.household_id)),
        made_on=conversation.date,
        goals=goals,
        next=_next_aftercare(plan),
        municipality=municipality.name,
        phone=municipality.duty_phone,
    )
    plan.printed_at = now()
    trail.note(plan.municipality_id, actor.account_id, "plan.print", "plan", plan.id)
    return paper


def _language(conversation: Conversation) -> str:
    consent = standing(conversation.id, "note")
    return consent.language if consent and consent.language in LANGUAGES else LANGUAGES[0]


def _next_aftercare(plan: Plan) -> Aftercare | None:
    rows = select(Aftercare).where(
        Aftercare.plan_id == plan.id,
        Aftercare.closed_at.is_(None),
        Aftercare.due_on >= today(),
    )
    return db.session.scalars(rows.order_by(Aftercare.due_on, Aftercare.id)).first()

"""The trail, for the privacy officer: who did what, and whether it is still whole."""

from typing import Any

from marshmallow import fields
from sqlalchemy import select

from outreach.access.actor import current_actor
from outreach.access.models import Account
from outreach.access.roles import Permission
from outreach.access.scope import visible_trail
from outreach.audit import trail
from outreach.audit.models import TrailEntry
from outreach.clock import AMSTERDAM
from outreach.db import db
from outreach.web.paging import Page, page
from outreach.web.routing import Routes
from outreach.web.schemas import AfterQuery, Schema, page_of

routes = Routes("trail", "Who did what, and whether the trail is whole")


class TrailEntryOut(Schema):
    """One deed."""

    id = fields.UUID(required=True)
    number = fields.Integer(required=True)
    at = fields.AwareDateTime(required=True, default_timezone=AMSTERDAM)
    actor = fields.String(required=True, allow_none=True)
    action = fields.String(required=True)
    object_kind = fields.String(required=True)
    object_id = fields.UUID(required=True, allow_none=True)
    result = fields.String(required=True)
    origin = fields.String(required=True)
    reason = fields.String(required=True)


class WholeOut(Schema):
    """Whether every entry still seals the one before it."""

    broken_at = fields.Integer(required=True, allow_none=True)


@routes.get(
    "/trail",
    permission=Permission.TRAIL_READ,
    query=AfterQuery(),
    answer=page_of(TrailEntryOut, "TrailPage"),
)
def list_trail(query: dict[str, str]) -> Page[dict[str, Any]]:
    """Entries, the newest first: a trail is read from its end."""
    rows = visible_trail(current_actor())
    found = page(rows, [TrailEntry.number], query["after"], newest_first=True)
    actors = select(Account.id, Account.name).where(
        Account.id.in_({entry.actor_id for entry in found.items})
    )
    names = dict(db.session.execute(actors).all())
    fields_shown = [name for name in TrailEntryOut().fields if name != "actor"]
    items = [
        {name: getattr(entry, name) for name in fields_shown}
        | {"actor": names.get(entry.actor_id or "")}
        for entry in found.items
    ]
    return Page(items, found.next)


@routes.get("/trail/soundness", permission=Permission.TRAIL_READ, answer=WholeOut())
def check_trail() -> dict[str, int | None]:
    """The number of the first entry that was changed or taken out; null when all is whole."""
    return {"broken_at": trail.broken_at(current_actor().municipality_id)}

"""What of incidents and heavy talks goes back to the phone: who calls, and that they did."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import or_, select

from outreach.access.actor import Actor
from outreach.access.models import Account
from outreach.clock import now
from outreach.conversations.models import Debrief
from outreach.conversations.scope import own_calls
from outreach.db import db
from outreach.incidents.models import Incident
from outreach.incidents.scope import own_incidents

INCIDENT, HEAVY_TALK = "incident", "heavy_talk"
# Long enough to see that one was called, and no longer.
CALLED_STAYS = timedelta(days=2)
WAITING_STAYS = timedelta(days=14)


def call_back_dossiers(actor: Actor) -> dict[str, dict[str, Any]]:
    """By id, what this volunteer waits for or was called about since the day before yesterday.

    Never a word of what happened, nor of the talk.
    """
    incidents = list(db.session.scalars(own_incidents(actor).where(_is_of_now(Incident))))
    talks = list(db.session.scalars(own_calls(actor).where(_is_of_now(Debrief))))
    names = _names([*incidents, *talks])
    found = {one.id: _body(INCIDENT, one.kind, one, names) for one in incidents}
    return found | {one.id: _body(HEAVY_TALK, "", one, names) for one in talks}


def _is_of_now(table: type[Incident | Debrief]) -> Any:
    called, received = table.called_at, table.received_at
    waits = called.is_(None) & (received > now() - WAITING_STAYS)
    return or_(waits, called > now() - CALLED_STAYS)


def _names(rows: Sequence[Incident | Debrief]) -> dict[str, str]:
    ids = {id_ for one in rows for id_ in (one.taken_by, one.called_by) if id_}
    if not ids:
        return {}
    found = db.session.execute(select(Account.id, Account.first_name).where(Account.id.in_(ids)))
    return {row[0]: row[1] for row in found}


def _body(about: str, kind: str, one: Incident | Debrief, names: dict[str, str]) -> dict[str, Any]:
    by = names.get(one.called_by or "", "")
    return {
        "about": about,
        "kind": kind,
        "date": one.date.isoformat(),
        "taken_by": names.get(one.taken_by or ""),
        "called": {"by": by, "at": _instant(one.called_at)} if one.called_at else None,
    }


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

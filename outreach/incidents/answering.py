"""The desk answers: somebody says that they call, has called, and what came of it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from outreach.access.actor import Actor
from outreach.access.models import Account
from outreach.audit import trail
from outreach.clock import now
from outreach.db import db
from outreach.errors import Conflict
from outreach.incidents.models import Incident

BY = ("taken_by", "called_by", "closed_by")
PLAIN = (
    "id", "kind", "date", "day_part", "hurt", "call_now", "received_at", "called_at", "outcome",
    "closed_at", "facts", "note",
)  # fmt: skip


class IncidentClosed(Conflict):
    """What came of it was said; somebody who thinks otherwise talks about it."""

    code = "incident-closed"


class CallFirst(Conflict):
    """Nobody talked with the volunteer yet, so nobody knows what came of it."""

    code = "call-first"


def with_people(incidents: Sequence[Incident]) -> list[dict[str, Any]]:
    """Incidents with the names of who told and who answers; what they may say is the schema's."""
    ids = {getattr(one, by) for one in incidents for by in ("reporter_id", *BY)}
    rows = select(Account).where(Account.id.in_(ids - {None}))
    people = {account.id: account for account in db.session.scalars(rows)}
    found = []
    for one in incidents:
        reporter = people[one.reporter_id]
        line = {name: getattr(one, name) for name in PLAIN}
        line |= {"first_name": reporter.first_name, "phone": reporter.phone}
        for by in BY:
            person = people.get(getattr(one, by))
            line[by] = person.first_name if person else None
        found.append(line)
    return found


def take(actor: Actor, incident: Incident) -> None:
    """Say that one calls today; a colleague may take it over. Raises IncidentClosed."""
    _check_open(incident)
    incident.taken_by, incident.taken_at = actor.account_id, now()
    _note(actor, incident, "incident.take")


def call(actor: Actor, incident: Incident) -> None:
    """Say that the volunteer was called; the first call is the one that counts.

    Raises IncidentClosed.
    """
    _check_open(incident)
    if incident.called_at is None:
        incident.called_by, incident.called_at = actor.account_id, now()
        _note(actor, incident, "incident.call")


def close(actor: Actor, incident: Incident, outcome: str, note: str) -> None:
    """Say what came of it. Raises CallFirst and IncidentClosed."""
    _check_open(incident)
    if incident.called_at is None:
        raise CallFirst
    incident.outcome, incident.note = outcome, note
    incident.closed_by, incident.closed_at = actor.account_id, now()
    _note(actor, incident, "incident.close")


def _check_open(incident: Incident) -> None:
    if incident.closed_at:
        raise IncidentClosed


def _note(actor: Actor, incident: Incident, action: str) -> None:
    trail.note(actor.municipality_id, actor.account_id, action, "incident", incident.id)

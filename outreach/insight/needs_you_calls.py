"""Who waits for a call: volunteers who told of an incident, or that a talk was heavy."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from outreach.access.actor import Actor
from outreach.access.models import Account
from outreach.access.roles import Permission
from outreach.clock import AMSTERDAM, now
from outreach.conversations.models import Debrief
from outreach.conversations.scope import visible_calls
from outreach.db import db
from outreach.incidents.models import Incident
from outreach.incidents.scope import visible_incidents
from outreach.insight.needs_you_lines import Line, Reason

# From then on the day has little room left for a call.
END_OF_AFTERNOON = time(16)
LONGEST_WAIT = timedelta(hours=4)


def waiting_calls(actor: Actor) -> Iterator[Line]:
    """A line for everybody whom nobody called yet; urgent when it is, or when it gets late."""
    if actor.may(Permission.INCIDENT_READ):
        uncalled = visible_incidents(actor).where(Incident.called_at.is_(None))
        rows = uncalled.join(Account, Account.id == Incident.reporter_id).with_only_columns(
            Incident.id, Account.first_name, Incident.received_at, Incident.hurt | Incident.call_now
        )
        for id_, who, since, pressing in db.session.execute(rows):
            urgent = bool(pressing) or is_late(since, now())
            yield Line(Reason.INCIDENT, id_, who, since=since, urgent=urgent)
    if actor.may(Permission.DEBRIEF_READ):
        asked = visible_calls(actor).join(Account, Account.id == Debrief.account_id)
        talks = asked.with_only_columns(Debrief.id, Account.first_name, Debrief.received_at)
        for id_, who, since in db.session.execute(talks):
            yield Line(Reason.HEAVY_TALK, id_, who, since=since, urgent=is_late(since, now()))


def is_late(received: datetime, at: datetime) -> bool:
    """Whether somebody who asked then should have been called by now: the same day, soon enough."""
    local, asked = at.astimezone(AMSTERDAM), received.astimezone(AMSTERDAM)
    day_ends = local.date() > asked.date() or local.time() >= END_OF_AFTERNOON
    return day_ends or at - received >= LONGEST_WAIT

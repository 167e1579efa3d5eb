"""Whose rows these are: incidents that an actor may see at the desk."""

from sqlalchemy import Select, false, select

from outreach.access.actor import Actor
from outreach.access.roles import Role
from outreach.incidents.models import Incident


def visible_incidents(actor: Actor) -> Select[Incident]:
    """Coordinators: all; supervisors: of their own districts; others, and who told it: none."""
    rows = select(Incident).where(Incident.municipality_id == actor.municipality_id)
    if actor.role == Role.COORDINATOR:
        return rows
    if actor.role == Role.SUPERVISOR:
        return rows.where(Incident.district_id.in_(actor.district_ids or ()))
    return rows.where(false())


def own_incidents(actor: Actor) -> Select[Incident]:
    """What this volunteer told."""
    return select(Incident).where(
        Incident.municipality_id == actor.municipality_id,
        Incident.reporter_id == actor.account_id,
    )

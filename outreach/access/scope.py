"""Whose rows these are: accounts, districts and teams an actor may see."""

from sqlalchemy import Select, or_, select

from outreach.access.actor import Actor
from outreach.access.models import Account, AccountDistrict, Device, District, Team
from outreach.access.roles import Role
from outreach.audit.models import TrailEntry


def visible_districts(actor: Actor) -> Select[District]:
    """Districts of the actor's own work, within the municipality."""
    rows = select(District).where(District.municipality_id == actor.municipality_id)
    if actor.district_ids is None:
        return rows
    own_team = select(Team.district_id).where(Team.id == actor.team_id)
    return rows.where(or_(District.id.in_(actor.district_ids), District.id.in_(own_team)))


def visible_teams(actor: Actor) -> Select[Team]:
    """All teams of the municipality: a hand-over may go to any of them."""
    return select(Team).where(Team.municipality_id == actor.municipality_id)


def visible_accounts(actor: Actor) -> Select[Account]:
    """Accounts of the municipality; who guards accounts guards all of them."""
    return select(Account).where(Account.municipality_id == actor.municipality_id)


def volunteers_of(municipality_id: str) -> Select[Account]:
    """Active volunteers and mentors of a municipality."""
    return select(Account).where(
        Account.municipality_id == municipality_id,
        Account.role.in_([Role.VOLUNTEER, Role.MENTOR]),
        Account.active,
    )


def volunteers_in(actor: Actor, district_id: str) -> Select[Account]:
    """Active volunteers who may walk a round in a district of the actor's municipality."""
    there = select(AccountDistrict.account_id).where(AccountDistrict.district_id == district_id)
    return volunteers_of(actor.municipality_id).where(Account.id.in_(there))


def visible_trail(actor: Actor) -> Select[TrailEntry]:
    """The municipality's trail."""
    return select(TrailEntry).where(TrailEntry.municipality_id == actor.municipality_id)


def visible_devices(actor: Actor) -> Select[Device]:
    """Devices of everyone in the municipality."""
    return select(Device).where(Device.municipality_id == actor.municipality_id)


def own_devices(actor: Actor) -> Select[Device]:
    """The devices on which this actor signed in."""
    return visible_devices(actor).where(Device.account_id == actor.account_id)

"""What happens at the desk while phones are away: losing, reassigning, erasing, new keys."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from outreach.access import devices, sessions
from outreach.access.actor import actor_of
from outreach.access.models import Account, Device
from outreach.access.roles import Role
from outreach.clock import new_id
from outreach.db import db
from outreach.privacy.erasing import UnknownHousehold, erase_household
from outreach.sync import escrow
from outreach.visits.models import Round, RoundMember

Line = dict[str, Any]


def sign_in(said: Line) -> Line:
    """A new session of somebody; an account that was closed is opened again."""
    account = db.session.get_one(Account, said["account"])
    account.active = True
    access, _ = sessions.open_session(account)
    db.session.commit()
    return {"token": access}


def close_account(said: Line) -> Line:
    """Somebody may do nothing any more."""
    db.session.get_one(Account, said["account"]).active = False
    db.session.commit()
    return {}


def revoke(said: Line) -> Line:
    """Report a phone lost; one that never had contact is not known."""
    device = db.session.get(Device, said["device"])
    if device is None:
        return {"done": False}
    coordinator = select(Account).where(
        Account.municipality_id == device.municipality_id, Account.role == Role.COORDINATOR
    )
    devices.revoke(actor_of(db.session.scalars(coordinator).one()), device)
    db.session.commit()
    return {"done": True}


def reassign(said: Line) -> Line:
    """Another pair walks the round from now on."""
    round_ = db.session.get_one(Round, said["round"])
    for member in db.session.scalars(select(RoundMember).where(RoundMember.round_id == round_.id)):
        db.session.delete(member)
    db.session.flush()
    db.session.add_all(
        RoundMember(
            id=new_id(),
            municipality_id=round_.municipality_id,
            round_id=round_.id,
            account_id=account,
        )
        for account in said["pair"]
    )
    db.session.commit()
    return {}


def erase(said: Line) -> Line:
    """A household asks the town hall to throw everything away."""
    try:
        done = erase_household(said["municipality"], said["household"])
    except UnknownHousehold:
        return {"done": False}
    db.session.commit()
    return {"done": done}


def rotate(said: Line) -> Line:
    """A new key to which phones seal."""
    key = escrow.rotate(said["municipality"])
    db.session.commit()
    return {"key": key.id}


DEEDS: dict[str, Callable[[Line], Line]] = {
    "sign_in": sign_in,
    "close_account": close_account,
    "revoke": revoke,
    "reassign": reassign,
    "erase": erase,
    "rotate": rotate,
}

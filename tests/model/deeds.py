"""What happens at the desk while phones are away: losing, reassigning, erasing, asking, keys."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from outreach.access import devices, sessions
from outreach.access.actor import actor_of
from outreach.access.models import Account, Device
from outreach.access.roles import Role
from outreach.clock import new_id
from outreach.db import db
from outreach.errors import NotFound
from outreach.handover import answering
from outreach.handover.models import Handover
from outreach.handover.states import HandoverMovedOn, State
from outreach.plans.models import Aftercare
from outreach.privacy.erasing import UnknownHousehold, erase_household
from outreach.sync import escrow
from outreach.visits.models import Round, RoundMember
from tests.model import restoring

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


def comes_back(said: Line) -> Line:
    """Somebody else will do the aftercare of a household; says of which."""
    rows = select(Aftercare).where(Aftercare.closed_at.is_(None)).order_by(Aftercare.id)
    aftercare = db.session.scalars(rows).first()
    if aftercare is None:
        return {"household": None}
    aftercare.account_id = said["account"]
    db.session.commit()
    return {"household": aftercare.household_id}


def asks(said: Line) -> Line:
    """A team reads a hand-over and sends it back with a question."""
    coach = select(Account).where(Account.team_id == said["team"], Account.role == Role.WIJKCOACH)
    actor = actor_of(db.session.scalars(coach).one())
    waits = select(Handover.id).where(Handover.state.in_((State.OFFERED, State.SEEN)))
    id_ = db.session.scalars(waits.order_by(Handover.id)).first()
    try:
        if id_ is not None:
            answering.open_dossier(actor, id_)
            answering.ask(actor, id_, said["words"])
    except (NotFound, HandoverMovedOn):
        db.session.rollback()
        return {"done": False}
    db.session.commit()
    return {"done": id_ is not None}


DEEDS: dict[str, Callable[[Line], Line]] = {
    "sign_in": sign_in,
    "close_account": close_account,
    "revoke": revoke,
    "reassign": reassign,
    "erase": erase,
    "rotate": rotate,
    "comes_back": comes_back,
    "asks": asks,
    "copy": restoring.copy,
    "restore": restoring.restore,
    "known": restoring.known,
}

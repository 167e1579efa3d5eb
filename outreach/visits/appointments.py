"""`Later` appointments: taken by the stop that will keep them, free again when it does not."""

from collections.abc import Collection, Mapping

from sqlalchemy import Select, delete, exists, or_, select, update

from outreach.clock import new_id
from outreach.db import db
from outreach.visits.models import Appointment, ContactAttempt, Round, Stop
from outreach.visits.words import AFTERCARE, LATER, moment


def waiting_appointments(campaign_id: str, but_rounds: Collection[str] = ()) -> Select[Appointment]:
    """Those that no round has taken; what `but_rounds` have taken counts as free."""
    own = select(Stop.id).where(Stop.round_id.in_(but_rounds))
    return select(Appointment).where(
        Appointment.campaign_id == campaign_id,
        Appointment.kind == LATER,
        Appointment.cancelled_at.is_(None),
        or_(Appointment.stop_id.is_(None), Appointment.stop_id.in_(own)),
    )


def take(round_: Round, stops: Mapping[str, Stop]) -> None:
    """The stops (by address) keep what was promised there for this moment or before."""
    rows = waiting_appointments(round_.campaign_id).where(Appointment.address_id.in_(stops))
    until = moment(round_.date, round_.day_part)
    for appointment in db.session.scalars(rows):
        if moment(appointment.date, appointment.day_part) <= until:
            appointment.stop_id = stops[appointment.address_id].id


def promise_aftercare(round_: Round, stops: Mapping[str, Stop], who: Mapping[str, str]) -> None:
    """At these doors (by address) somebody is expected who comes back to a plan."""
    db.session.add_all(
        Appointment(
            id=new_id(),
            municipality_id=round_.municipality_id,
            campaign_id=round_.campaign_id,
            address_id=address_id,
            kind=AFTERCARE,
            date=round_.date,
            day_part=round_.day_part,
            account_id=account_id,
            stop_id=stops[address_id].id,
        )
        for address_id, account_id in who.items()
    )


def release(stop_ids: Collection[str]) -> None:
    """These stops will not be walked: what they had taken waits for planning again.

    When to come back to a plan is kept with the plan.
    """
    theirs = Appointment.stop_id.in_(stop_ids)
    db.session.execute(delete(Appointment).where(theirs, Appointment.kind == AFTERCARE))
    db.session.execute(update(Appointment).where(theirs).values(stop_id=None))


def release_unrung(round_id: str) -> None:
    """A round was closed: promises at doors where nobody rang wait for planning again."""
    was_rung = exists().where(ContactAttempt.stop_id == Stop.id, ContactAttempt.outcome != "")
    unrung = select(Stop.id).where(Stop.round_id == round_id, ~was_rung)
    release(list(db.session.scalars(unrung)))

"""What was taken out is told to every phone that had a part in it, until that phone has heard.

A phone that holds a household drops it as soon as it gets it no more. This is about what else lies
on a phone: copies of what it sent, what the server put aside, forms half filled in. Who is told
wrote in that dossier or was given it: nobody learns that an id exists which they never had.
"""

from collections.abc import Iterable

from sqlalchemy import Select, or_, select, update

from outreach.access.intents import Intent
from outreach.access.models import Device
from outreach.clock import new_id, now
from outreach.conversations import consenting, noting
from outreach.db import db
from outreach.sync import moving
from outreach.sync.models import IssuedDossier, Mutation, ToForget

# A phone comes every minute: what does not fit an answer is in the next.
MOST_TOLD = 200
HOUSEHOLD, NOTE, NOTING, HEALTH, CONTACT = "household", "note", "noting", "health", "contact"


def tell(municipality_id: str, dossier_id: str, what: str, object_id: str) -> None:
    """Let every phone that had a part in this dossier hear what of it is gone.

    Who hearing it just now hears it once more: they may have written since.
    """
    same = {"dossier_id": dossier_id, "what": what, "object_id": object_id}
    db.session.execute(update(ToForget).filter_by(**same).values(told_with=None))
    known = select(ToForget.device_id).filter_by(**same)
    rows = _with_a_part_in(municipality_id, dossier_id).where(Device.id.not_in(known))
    _keep(municipality_id, db.session.scalars(rows).all(), same)


def tell_phone(intent: Intent, what: str) -> None:
    """Let this one phone hear it of its dossier: what went waited for it."""
    tell_devices(intent.actor.municipality_id, [intent.device_id], intent.dossier_id, what)


def tell_devices(
    municipality_id: str, device_ids: Iterable[str], dossier_id: str, what: str
) -> None:
    """As tell, for these phones alone."""
    same = {"dossier_id": dossier_id, "what": what, "object_id": dossier_id}
    for device_id in device_ids:
        own = {"device_id": device_id, **same}
        known = db.session.scalars(select(ToForget).filter_by(**own)).first()
        if known is None:
            _keep(municipality_id, [device_id], same)
        else:
            known.told_with = None


def _keep(municipality_id: str, device_ids: Iterable[str], same: dict[str, str]) -> None:
    db.session.add_all(
        ToForget(
            id=new_id(),
            municipality_id=municipality_id,
            device_id=device_id,
            since=now(),
            **same,
        )
        for device_id in device_ids
    )


def _with_a_part_in(municipality_id: str, dossier_id: str) -> Select[str]:
    """A phone that was reported lost takes everything off itself at its next contact."""
    wrote = select(Mutation.device_id).where(Mutation.dossier_id == dossier_id)
    got = select(IssuedDossier.account_id).where(IssuedDossier.dossier_id == dossier_id)
    return (
        select(Device.id)
        .where(
            Device.municipality_id == municipality_id,
            Device.revoked_at.is_(None),
            or_(Device.id.in_(wrote), Device.account_id.in_(got)),
        )
        .order_by(Device.id)
    )


def untold(device: Device, receipt_id: str | None) -> list[ToForget]:
    """What this phone must still hear; what it heard with the receipt that it names is done."""
    rows = select(ToForget).where(ToForget.device_id == device.id)
    left = []
    for one in db.session.scalars(rows.order_by(ToForget.since, ToForget.id)).all():
        if receipt_id is not None and one.told_with == receipt_id:
            db.session.delete(one)
        else:
            left.append(one)
    return left[:MOST_TOLD]


def _note_taken_out(note_id: str, intent: Intent) -> None:
    here = intent.actor.municipality_id
    for name in (intent.dossier_id, *moving.first_names(here, intent.dossier_id)):
        tell(here, name, NOTE, note_id)


def _tell_each_name(household_id: str, intent: Intent, what: str) -> None:
    """What was let in here lies on its author's phone under the name that phone knows."""
    here = intent.actor.municipality_id
    tell(here, household_id, what, household_id)
    for first in moving.first_names(here, household_id):
        if moving.is_only_a_name(here, first, household_id):
            tell(here, first, what, first)
        elif what in {NOTING, HEALTH}:
            # Others may have said of that household what stays: only these notes go.
            for note_id in moving.said_elsewhere(here, first, household_id, "note.add", "note_id"):
                tell(here, first, NOTE, note_id)


def _noting_withdrawn(household_id: str, intent: Intent) -> None:
    _tell_each_name(household_id, intent, NOTING)


def _contact_withdrawn(household_id: str, intent: Intent) -> None:
    _tell_each_name(household_id, intent, CONTACT)


def _health_withdrawn(household_id: str, intent: Intent, _note_ids: object) -> None:
    _tell_each_name(household_id, intent, HEALTH)


noting.ON_NOTE_REMOVED.append(_note_taken_out)
consenting.ON_NOTE_WITHDRAWN.append(_noting_withdrawn)
consenting.ON_CONTACT_WITHDRAWN.append(_contact_withdrawn)
consenting.ON_HEALTH_WITHDRAWN.append(_health_withdrawn)

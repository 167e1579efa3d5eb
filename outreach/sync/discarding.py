"""*Alles weggooien*: everything about a household goes, and never comes back."""

from collections.abc import Collection, Iterable
from typing import Any

from marshmallow import fields
from sqlalchemy import delete, exists, select

from outreach.access.intents import AlreadyErased, CannotApply, Intent, Mutation
from outreach.access.roles import Permission
from outreach.audit import endings, trail
from outreach.audit.differences import Effect
from outreach.audit.models import Difference
from outreach.clock import new_id, now
from outreach.conversations import consenting, discarding, noting
from outreach.conversations.agreement import HEALTH
from outreach.conversations.models import Consent
from outreach.conversations.scope import may_write_household
from outreach.db import db
from outreach.handover import forgetting as handover
from outreach.plans import forgetting as plans
from outreach.plans.models import Goal, Plan
from outreach.sync import forms, telling
from outreach.sync.models import ErasedDossier, Quarantined
from outreach.territory.models import Household
from outreach.visits.models import Stop
from outreach.visits.recording import stop_of_household
from outreach.visits.schemas import UUID4
from outreach.web.schemas import Schema

# Of household, conversation and plan.
NewIds = tuple[str, str, str]


class DiscardBody(Schema):
    """The dossier is the household; a newer phone also says under which ids a new talk may begin.

    An older one says nothing: then the server chooses, and the phone hears it later.
    """

    stop_id = fields.String(validate=UUID4)
    household_id = fields.String(validate=UUID4)
    conversation_id = fields.String(validate=UUID4)
    plan_id = fields.String(validate=UUID4)


def discard(intent: Intent) -> Effect:
    """Erase a household: rows, differences and quarantine; its id is refused from now on."""
    household_id = intent.dossier_id
    if db.session.scalar(select(exists().where(ErasedDossier.id == household_id))):
        raise AlreadyErased
    _check_own(intent)
    erase(intent.actor.municipality_id, household_id, _new_ids(intent.body))
    trail.note(
        intent.actor.municipality_id,
        intent.actor.account_id,
        "household.discard",
        "household",
        household_id,
    )
    return Effect.APPLIED


def _check_own(intent: Intent) -> None:
    """Raises CannotApply for a household of another municipality, whoever asks."""
    for rows in (
        select(Household.municipality_id).where(Household.id == intent.dossier_id),
        select(Stop.municipality_id).where(Stop.household_id == intent.dossier_id),
    ):
        if set(db.session.scalars(rows)) - {intent.actor.municipality_id}:
            raise CannotApply("no-right")


def _new_ids(body: dict[str, str]) -> NewIds | None:
    """The phone's own new ids, unless one of them was used for something before."""
    ids = [body.get(name) for name in ("household_id", "conversation_id", "plan_id")]
    if not all(ids) or len(set(ids)) < len(ids):
        return None
    household_id, conversation_id, plan_id = (str(id_) for id_ in ids)
    used = (
        select(Household.id).where(Household.id == household_id),
        select(ErasedDossier.id).where(ErasedDossier.id == household_id),
        select(Stop.id).where(Stop.household_id == household_id),
        select(Stop.id).where(Stop.conversation_id == conversation_id),
        select(Stop.id).where(Stop.plan_id == plan_id),
    )
    if any(db.session.scalar(select(rows.exists())) for rows in used):
        return None
    return household_id, conversation_id, plan_id


def erase(municipality_id: str, household_id: str, anew: NewIds | None = None) -> None:
    """Take every trace of a household's words out of the database, from the top floor down.

    `anew` are the ids that the stop reserves from now on; without them new ones are made.
    """
    db.session.execute(delete(Quarantined).where(Quarantined.dossier_id == household_id))
    db.session.execute(delete(Difference).where(Difference.dossier_id == household_id))
    handover.discard(household_id)
    plans.discard(household_id)
    discarding.discard(household_id)
    _reserve_anew(household_id, anew or (new_id(), new_id(), new_id()))
    db.session.add(ErasedDossier(id=household_id, municipality_id=municipality_id, erased_at=now()))
    db.session.flush()
    telling.tell(municipality_id, household_id, telling.HOUSEHOLD, household_id)
    endings.write_down(
        endings.Kind.HOUSEHOLD, municipality_id, [household_id], dossier_id=household_id
    )


def _reserve_anew(household_id: str, anew: NewIds) -> None:
    """Erased ids are never used again: a later talk at this door gets a dossier of its own."""
    stop = stop_of_household(household_id)
    if stop:
        stop.household_id, stop.conversation_id, stop.plan_id = anew


def _forget_quarantined(household_id: str, intent: Intent) -> None:
    """What waits was written under the consent that is now gone: destroyed, not kept."""
    own = Quarantined.municipality_id == intent.actor.municipality_id
    db.session.execute(delete(Quarantined).where(own, Quarantined.dossier_id == household_id))


def _forget_quarantined_of_phone(household_id: str, intent: Intent) -> None:
    """What waits of this phone: it was said before the phone said that the consent is gone."""
    rows = delete(Quarantined).where(
        Quarantined.municipality_id == intent.actor.municipality_id,
        Quarantined.dossier_id == household_id,
        Quarantined.device_id == intent.device_id,
    )
    db.session.execute(rows)


def _forget_quarantined_health(
    household_id: str, intent: Intent, note_ids: Collection[str]
) -> None:
    """Of what waits all that is about health goes, with changes to notes and goals that were.

    A step for a goal that is nowhere (any more) may have been about health: it goes too.
    """
    rows = select(Quarantined).where(
        Quarantined.municipality_id == intent.actor.municipality_id,
        Quarantined.dossier_id == household_id,
    )
    said = {kept.id: kept.body.get("body", {}) for kept in db.session.scalars(rows)}
    about = {id_: body for id_, body in said.items() if body.get("domain") == HEALTH}
    notes = {*note_ids, *(str(body.get("note_id", "")) for body in about.values())}
    changed = {
        id_ for id_, body in said.items() if body.get("note_id") and str(body["note_id"]) in notes
    }
    steps = {
        id_: str(body["goal_id"])
        for id_, body in said.items()
        if body.get("goal_id") and "domain" not in body
    }
    elsewhere = _goals_about_other_things(household_id, said.values())
    lost = {id_ for id_, goal_id in steps.items() if goal_id not in elsewhere}
    gone = {*about, *changed, *lost}
    db.session.execute(delete(Quarantined).where(Quarantined.id.in_(gone)))


def _goals_about_other_things(household_id: str, waiting: Iterable[dict[str, Any]]) -> set[str]:
    rows = (
        select(Goal.id)
        .join(Plan, Plan.id == Goal.plan_id)
        .where(Plan.household_id == household_id, Goal.domain != HEALTH)
    )
    said = {str(body.get("goal_id")) for body in waiting if body.get("domain", HEALTH) != HEALTH}
    return {*db.session.scalars(rows), *said}


def _forget_quarantined_contact(household_id: str, intent: Intent) -> None:
    """How to reach them goes, also what waits of it."""
    own = Quarantined.municipality_id == intent.actor.municipality_id
    about = Quarantined.dossier_id == household_id, Quarantined.kind == "contact.set"
    db.session.execute(delete(Quarantined).where(own, *about))


def _forget_quarantined_note(note_id: str, intent: Intent) -> None:
    """*Haal dit weg*: what waits to become of the note goes with it."""
    rows = select(Quarantined).where(
        Quarantined.municipality_id == intent.actor.municipality_id,
        Quarantined.dossier_id == intent.dossier_id,
    )
    for kept in db.session.scalars(rows).all():
        # Compared here: what stands in an unchecked body need not be an id.
        if str(kept.body.get("body", {}).get("note_id")).lower() == note_id.lower():
            db.session.delete(kept)


def _forget_words_for(consent: Consent, intent: Intent) -> None:
    """What waits, whole or half, and was meant for the team with whom they share no more."""
    rows = select(Quarantined).where(
        Quarantined.municipality_id == intent.actor.municipality_id,
        Quarantined.dossier_id == consent.household_id,
        Quarantined.kind.in_((forms.OFFER, forms.HANDOVER, forms.ANSWER)),
    )
    for kept in db.session.scalars(rows).all():
        if consent.team_id in forms.receivers_of(kept.kind, kept.body.get("body", {})):
            db.session.delete(kept)


noting.ON_NOTE_REMOVED.append(_forget_quarantined_note)
consenting.ON_NOTE_WITHDRAWN.append(_forget_quarantined)
consenting.ON_NOTE_CAME_WITHDRAWN.append(_forget_quarantined_of_phone)
consenting.ON_CONTACT_WITHDRAWN.append(_forget_quarantined_contact)
consenting.ON_HEALTH_WITHDRAWN.append(_forget_quarantined_health)
consenting.ON_SHARE_WITHDRAWN.append(_forget_words_for)

MUTATIONS = (
    Mutation(
        kind="dossier.discard",
        body=DiscardBody(),
        permission=Permission.TALK_RECORD,
        may_write=may_write_household,
        act=discard,
    ),
)

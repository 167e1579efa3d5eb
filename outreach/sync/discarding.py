"""*Alles weggooien*: everything about a household goes, and never comes back."""

from marshmallow import fields
from sqlalchemy import delete, exists, select

from outreach.access.intents import About, AlreadyErased, CannotApply, Intent, Mutation
from outreach.access.roles import Permission
from outreach.audit import endings, trail
from outreach.audit.differences import Effect
from outreach.audit.models import Difference
from outreach.clock import new_id, now
from outreach.conversations import consenting, discarding, noting
from outreach.conversations.scope import writable_households
from outreach.db import db
from outreach.handover import forgetting as handover
from outreach.plans import forgetting as plans
from outreach.sync import forgetting, moving, quarantine, telling
from outreach.sync.models import ErasedDossier, Quarantined
from outreach.sync.upcasting import MUTATION
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
    moved_to = moving.moved_from(intent.actor.municipality_id, household_id)
    erase(intent.actor.municipality_id, household_id, _new_ids(intent.body))
    trail.note(
        intent.actor.municipality_id,
        intent.actor.account_id,
        "household.discard",
        "household",
        household_id,
    )
    for elsewhere in sorted(moved_to):
        _ask_about(intent, elsewhere)
    return Effect.APPLIED


def _ask_about(intent: Intent, household_id: str) -> None:
    """A coordinator let words of this household in at another door: a person looks there at once.

    It may hold what others heard, so it is not thrown away unseen.
    """
    envelope = {
        "id": new_id(),
        "dossier_id": household_id,
        "kind": intent.kind,
        "schema": MUTATION,
        "made_at": intent.made_at,
        "body": {},
    }
    quarantine.put_aside(intent.actor, intent.device_id, envelope, quarantine.MOVED_HERE)


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
    also = _erase_first_names(municipality_id, household_id)
    db.session.execute(
        delete(Quarantined).where(
            (Quarantined.dossier_id == household_id)
            | (Quarantined.first_dossier_id == household_id)
        )
    )
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
    for first in also:
        if db.session.get(ErasedDossier, first) is None:
            erase(municipality_id, first)


def _erase_first_names(municipality_id: str, household_id: str) -> list[str]:
    """What phones know these words by, where a coordinator let them in here: it goes too.

    Gives the names under which nothing else can be; of the others what was let in here alone goes.
    """
    only_names = []
    for first in moving.first_names(municipality_id, household_id):
        if moving.is_only_a_name(municipality_id, first, household_id):
            only_names.append(first)
        else:
            forgetting.forget_let_in(municipality_id, first, household_id)
    return only_names


def _reserve_anew(household_id: str, anew: NewIds) -> None:
    """Erased ids are never used again: a later talk at this door gets a dossier of its own."""
    stop = stop_of_household(household_id)
    if stop:
        stop.household_id, stop.conversation_id, stop.plan_id = anew


noting.ON_NOTE_REMOVED.append(forgetting.forget_note)
consenting.ON_NOTE_WITHDRAWN.append(forgetting.forget_noted)
consenting.ON_NOTE_CAME_WITHDRAWN.append(forgetting.forget_noted_by_phone)
consenting.ON_CONTACT_WITHDRAWN.append(forgetting.forget_contact)
consenting.ON_HEALTH_WITHDRAWN.append(forgetting.forget_health)
consenting.ON_SHARE_WITHDRAWN.append(forgetting.forget_shared)
consenting.ON_UNKNOWN_WITHDRAWN.append(forgetting.forget_under)

MUTATIONS = (
    Mutation(
        kind="dossier.discard",
        body=DiscardBody(),
        permission=Permission.TALK_RECORD,
        writable=writable_households,
        act=discard,
        content=Permission.TALK_OPEN,
        about=About.HOUSEHOLD,
    ),
)

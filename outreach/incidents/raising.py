"""A volunteer tells of an incident, or that a talk was heavy: who calls back hears it at once."""

from collections.abc import Collection

from sqlalchemy import select

from outreach.access.actor import Actor
from outreach.access.intents import CannotApply, Intent
from outreach.access.models import AccountDistrict
from outreach.access.reaching import colleagues_who_may
from outreach.access.roles import Permission
from outreach.audit import trail
from outreach.audit.differences import Effect
from outreach.campaigns.models import Campaign
from outreach.conversations import debriefing
from outreach.db import db
from outreach.incidents.models import Incident
from outreach.messages import outbox
from outreach.messages.kinds import Kind
from outreach.visits.models import Round
from outreach.visits.scope import walked_rounds


def own_dossiers(_actor: Actor, ids: Collection[str]) -> set[str]:
    """It is a dossier of its own: anybody who may tell of one may write to a new one."""
    return set(ids)


def raise_incident(intent: Intent) -> Effect:
    """Keep what happened. Told again in other words, by the same person, both are kept.

    Raises CannotApply where it is said of another dossier, or the id is somebody else's.
    """
    body = intent.body
    if intent.dossier_id != body["incident_id"]:
        raise CannotApply("no-right")
    incident = db.session.get(Incident, body["incident_id"])
    if incident is not None:
        return _told_again(incident, intent)
    round_id, district_id = _where(intent.actor, body["round_id"])
    db.session.add(
        Incident(
            id=body["incident_id"],
            municipality_id=intent.actor.municipality_id,
            reporter_id=intent.actor.account_id,
            round_id=round_id,
            district_id=district_id,
            made_at=intent.made_at,
            received_at=intent.received_at,
            **{name: body[name] for name in ("kind", "date", "day_part", "facts")},
            **{name: body[name] for name in ("hurt", "call_now")},
        )
    )
    _note(intent, "incident.raise")
    _tell(intent.actor, district_id, body["incident_id"])
    return Effect.APPLIED


def tell_of_heavy_talk(intent: Intent) -> Effect:
    """*Zwaar gesprek*, outside any talk: a debrief of no door, with a call asked for.

    Raises CannotApply where it is said of another dossier, or the id is somebody else's.
    """
    if intent.dossier_id != intent.body["debrief_id"]:
        raise CannotApply("no-right")
    return debriefing.keep(intent, stop_id=None, feeling="heavy", call_me=True)


def _where(actor: Actor, round_id: str | None) -> tuple[str | None, str | None]:
    """The round that was walked, and the district whose supervisors see it.

    A round of somebody else is not named: what happened counts, also where the phone is mistaken.
    """
    walked = select(Round.id, Campaign.district_id).join(Campaign, Campaign.id == Round.campaign_id)
    own = walked_rounds(actor).with_only_columns(Round.id)
    found = db.session.execute(walked.where(Round.id == round_id, Round.id.in_(own))).first()
    if found:
        return found[0], found[1]
    rows = select(AccountDistrict.district_id).where(AccountDistrict.account_id == actor.account_id)
    districts = list(db.session.scalars(rows.limit(2)))
    return None, districts[0] if len(districts) == 1 else None


def _tell(actor: Actor, district_id: str | None, incident_id: str) -> None:
    """At once, whatever it was: an incident reaches somebody the same day."""
    needed = {Permission.INCIDENT_READ}
    who = colleagues_who_may(actor.municipality_id, needed, in_district=district_id)
    outbox.tell(actor.municipality_id, who, Kind.CANNOT_WAIT, incident_id)


def _told_again(incident: Incident, intent: Intent) -> Effect:
    if incident.reporter_id != intent.actor.account_id:
        raise CannotApply("id-in-use")
    body = intent.body
    # Hurt, or in need of a call, counts until somebody called.
    incident.hurt = incident.hurt or body["hurt"]
    incident.call_now = incident.call_now or body["call_now"]
    if body["facts"] not in incident.facts.split("\n\n"):
        incident.facts = f"{incident.facts}\n\n{body['facts']}".strip()
        _note(intent, "incident.raise")
    return Effect.MERGED


def _note(intent: Intent, action: str) -> None:
    actor = intent.actor
    id_ = intent.body["incident_id"]
    trail.note(actor.municipality_id, actor.account_id, action, "incident", id_)

"""What one actor's phone should hold now: only what today needs."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy import and_, or_, select

from outreach.access.actor import Actor
from outreach.access.devices import live_devices
from outreach.access.models import Account, AccountDistrict, District, Municipality, Team
from outreach.access.roles import Role
from outreach.audit.differences import open_differences
from outreach.campaigns.models import Campaign
from outreach.clock import now
from outreach.conversations import dossiers as conversations
from outreach.conversations import scope as conversations_scope
from outreach.conversations.models import Conversation
from outreach.db import db
from outreach.guides import dossiers as guides
from outreach.handover import dossiers as handover
from outreach.handover import scope as handover_scope
from outreach.plans import dossiers as plans
from outreach.plans import scope as plans_scope
from outreach.plans.settling import KINDS as OF_PLANS
from outreach.sync import escrow
from outreach.sync.versions import Dossier
from outreach.visits import dossiers as visits
from outreach.visits import scope as visits_scope
from outreach.visits.models import Round, Stop

MOST_HOUSEHOLDS = 60


def holdings_of(actor: Actor) -> list[Dossier]:
    """Every dossier for this actor: what others need to be read comes first."""
    rounds = list(db.session.scalars(visits_scope.phone_rounds(actor)))
    round_ids = [round_.id for round_ in rounds]
    stops = select(Stop.id).where(Stop.round_id.in_(round_ids), visits_scope.stays_in_round())
    stop_ids = list(db.session.scalars(stops.order_by(Stop.id)))
    household_ids, left_out = _households(actor)
    return [
        Dossier(actor.account_id, "profile", _profile(actor, left_out)),
        *_texts(rounds, household_ids),
        *_as("round", visits.round_dossiers(actor, round_ids)),
        *_as("stop", visits.stop_dossiers(actor, stop_ids)),
        *_as("household", _household_bodies(actor, household_ids)),
    ]


def _as(kind: str, bodies: dict[str, dict[str, Any]]) -> Iterator[Dossier]:
    for id_ in sorted(bodies):
        yield Dossier(id_, kind, bodies[id_])


def _households(actor: Actor) -> tuple[list[str], int]:
    """At most 60, follow-ups nearest due first; talks of today are never left out."""
    own = list(db.session.scalars(conversations_scope.own_households(actor)))
    due = list(db.session.scalars(plans_scope.phone_households(actor)))
    handed = list(db.session.scalars(handover_scope.phone_households(actor)))
    wanted = list(dict.fromkeys([*own, *due, *handed]))
    most = max(MOST_HOUSEHOLDS, len(set(own)))
    return wanted[:most], len(wanted[most:])


def _household_bodies(actor: Actor, ids: list[str]) -> dict[str, dict[str, Any]]:
    if not ids:
        return {}  # most rounds begin so: a third of all statements would ask for nothing
    talks = conversations.household_parts(actor, ids)
    agreed = plans.plan_parts(ids)
    handed = handover.handover_parts(actor, ids)
    differences = open_differences(ids)
    asked_back = set(db.session.scalars(plans_scope.ever_asked_back(actor)))
    bodies = {}
    for id_ in talks:
        body = talks[id_] | agreed[id_] | {"handovers": handed[id_]}
        recorder = body["role"] == "recorder"
        if not recorder and id_ not in asked_back:
            # Of the pair, the one who did not record the talk may offer: that tells them no more.
            body |= {"contact": None, "plan": None, "aftercares": []}
        found = [
            one
            for one in differences.get(id_, [])
            if (recorder or one["object_kind"] in OF_PLANS) and _in_sight(one, body)
        ]
        bodies[id_] = body | {"differences": found}
    return bodies


def _in_sight(difference: dict[str, Any], body: dict[str, Any]) -> bool:
    """The values of what is kept out of sight, while a consent is in dispute, are kept so too."""
    kind = difference["object_kind"]
    if kind == "household":
        return body["contact"] is not None
    if kind == "assessment":
        return difference["field"] in body["assessments"]
    goals = body["plan"]["goals"] if body["plan"] else []
    rows = {
        "note": body["notes"],
        "goal": goals,
        "step": [step for goal in goals for step in goal["steps"]],
        "plan": [body["plan"]] if body["plan"] else [],
        "aftercare": body["aftercares"],
    }
    return kind not in rows or difference["object_id"] in {row["id"] for row in rows[kind]}


def _texts(rounds: list[Round], household_ids: list[str]) -> Iterator[Dossier]:
    """The guides and consent texts that a round or a talk on this phone names."""
    campaigns = {round_.campaign_id for round_ in rounds}
    named = [
        *db.session.execute(
            select(Campaign.guide_id, Campaign.consent_text_id).where(Campaign.id.in_(campaigns))
        ),
        *db.session.execute(
            select(Conversation.guide_id, Conversation.consent_text_id).where(
                Conversation.household_id.in_(household_ids)
            )
        ),
    ]
    yield from _as("guide", guides.guide_dossiers(sorted({row[0] for row in named})))
    yield from _as("consent_text", guides.consent_text_dossiers(sorted({row[1] for row in named})))


def _profile(actor: Actor, left_out: int) -> dict[str, Any]:
    account = db.session.get_one(Account, actor.account_id)
    municipality = db.session.get_one(Municipality, actor.municipality_id)
    return {
        "account": {
            name: getattr(account, name)
            for name in ("id", "name", "first_name", "role", "language")
        },
        "municipality": {
            name: getattr(municipality, name) for name in ("name", "privacy_contact", "duty_phone")
        },
        "teams": _teams(actor),
        **_to_call(actor),
        "lease_hours": municipality.lease_hours,
        "lock_minutes": {
            "untouched": municipality.lock_minutes,
            "talk": municipality.talk_lock_minutes,
            "cover": municipality.cover_minutes,
        },
        "devices": _readable_devices(actor, municipality.lease_hours),
        "left_out": left_out,
        "escrow_key": escrow.shown(escrow.current_key(actor.municipality_id)),
    }


def _readable_devices(actor: Actor, lease_hours: int) -> list[str]:
    """Those that may still be read: in contact within the lease.

    A phone that was made anew has another id, and must not be told that there are two of it.
    """
    since = now() - timedelta(hours=lease_hours)
    return live_devices([actor.account_id], since)[actor.account_id]


def _teams(actor: Actor) -> list[dict[str, Any]]:
    rows = (
        select(Team, District.name)
        .join(District, District.id == Team.district_id)
        .where(Team.municipality_id == actor.municipality_id)
        .order_by(Team.name, Team.id)
    )
    return [
        {"id": team.id, "name": team.name, "district": district, "duty_phone": team.duty_phone}
        for team, district in db.session.execute(rows)
    ]


def _to_call(actor: Actor) -> dict[str, list[dict[str, Any]]]:
    """Whom to call: supervisors of the volunteer's own districts, and the coordinators."""
    shared = select(AccountDistrict.account_id).where(
        AccountDistrict.district_id.in_(actor.district_ids or ())
    )
    called = or_(
        Account.role == Role.COORDINATOR,
        and_(Account.role == Role.SUPERVISOR, Account.id.in_(shared)),
    )
    rows = select(Account).where(
        Account.municipality_id == actor.municipality_id, Account.active, called
    )
    found = list(db.session.scalars(rows.order_by(Account.name, Account.id)))
    return {
        name: [
            {"first_name": account.first_name, "phone": account.phone}
            for account in found
            if account.role == role
        ]
        for name, role in (("supervisors", Role.SUPERVISOR), ("coordinators", Role.COORDINATOR))
    }

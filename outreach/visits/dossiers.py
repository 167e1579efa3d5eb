"""What of rounds and stops a phone gets, read in batches."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import select

from outreach.access.actor import Actor
from outreach.access.models import Account
from outreach.audit.differences import open_differences
from outreach.campaigns.models import BaseLocation, Campaign
from outreach.db import db
from outreach.territory.models import Address
from outreach.visits.doors import RESERVED
from outreach.visits.models import Appointment, ContactAttempt, Round, RoundMember, Stop
from outreach.visits.scope import stays_in_round, walked_rounds
from outreach.visits.surroundings import Surroundings, look_around

OF_CAMPAIGN = (
    "id",
    "name",
    "letter_on",
    "ends_on",
    "aftercare_weeks",
    "guide_id",
    "consent_text_id",
)


def round_dossiers(actor: Actor, ids: Collection[str]) -> dict[str, dict[str, Any]]:
    """Bodies of the rounds among `ids` that this person walks, by id."""
    rows = (
        walked_rounds(actor)
        .where(Round.id.in_(ids))
        .join(Campaign, Campaign.id == Round.campaign_id)
        .join(BaseLocation, BaseLocation.id == Round.base_location_id)
        .with_only_columns(Round, Campaign, BaseLocation)
    )
    found = db.session.execute(rows).all()
    pairs = pairs_of([row[0].id for row in found])
    stops = _stops_of([row[0].id for row in found])
    return {
        round_.id: {
            "date": round_.date.isoformat(),
            "day_part": round_.day_part,
            "state": round_.state,
            "campaign": _campaign(campaign),
            "base": {
                "name": base.name,
                "address": base.address,
                "opening_hours": base.opening_hours,
            },
            "pair": pairs.get(round_.id, []),
            "stops": stops.get(round_.id, []),
            **_changed(round_),
        }
        for round_, campaign, base in found
    }


def _changed(round_: Round) -> dict[str, Any]:
    """That the desk changed it after it went out, and by how many doors; else nothing at all."""
    if round_.changed_at is None:
        return {}
    at = round_.changed_at.isoformat()
    return {"changed": {"at": at, "gone": round_.went, "added": round_.came}}


def _campaign(campaign: Campaign) -> dict[str, Any]:
    body = {name: getattr(campaign, name) for name in OF_CAMPAIGN}
    letter_on = campaign.letter_on.isoformat() if campaign.letter_on else None
    return body | {"letter_on": letter_on, "ends_on": campaign.ends_on.isoformat()}


def pairs_of(round_ids: Collection[str]) -> dict[str, list[dict[str, str]]]:
    """Who walks each round, by first name."""
    rows = (
        select(RoundMember.round_id, Account.id, Account.first_name)
        .join(Account, Account.id == RoundMember.account_id)
        .where(RoundMember.round_id.in_(round_ids))
        .order_by(Account.first_name, Account.id)
    )
    found: dict[str, list[dict[str, str]]] = {}
    for round_id, account_id, first_name in db.session.execute(rows):
        found.setdefault(round_id, []).append({"id": account_id, "first_name": first_name})
    return found


def _stops_of(round_ids: Collection[str]) -> dict[str, list[dict[str, Any]]]:
    rows = select(Stop.round_id, Stop.id, Stop.position).where(
        Stop.round_id.in_(round_ids), stays_in_round()
    )
    found: dict[str, list[dict[str, Any]]] = {}
    for round_id, stop_id, position in db.session.execute(rows.order_by(Stop.position, Stop.id)):
        found.setdefault(round_id, []).append({"id": stop_id, "position": position})
    return found


def stop_dossiers(actor: Actor, ids: Collection[str]) -> dict[str, dict[str, Any]]:
    """Bodies of the stops among `ids` in rounds this person walks, by id."""
    rows = (
        select(Stop, Round, Address)
        .join(Round, Round.id == Stop.round_id)
        .join(Address, Address.id == Stop.address_id)
        .where(Stop.id.in_(ids), Round.id.in_(walked_rounds(actor).with_only_columns(Round.id)))
    )
    found = [(stop, round_, address) for stop, round_, address in db.session.execute(rows)]
    around = look_around([(stop, round_) for stop, round_, _ in found])
    differences = open_differences([stop.id for stop, _, _ in found])
    return {
        stop.id: _stop(stop, round_, around)
        | {"address": address_body(address), "differences": differences.get(stop.id, [])}
        for stop, round_, address in found
    }


def address_body(address: Address) -> dict[str, str]:
    """An address as phones read it."""
    return {
        "id": address.id,
        "street": address.street,
        "number": address.number,
        "postcode": address.postcode,
        "city": address.city,
        "entrance": address.entrance,
    }


def _stop(stop: Stop, round_: Round, around: Surroundings) -> dict[str, Any]:
    attempt, appointment = around.attempt(stop), around.appointment(stop)
    return {
        "round_id": stop.round_id,
        "position": stop.position,
        "reserved": {name: getattr(stop, name) for name in RESERVED},
        "split_of": stop.split_of,
        "attempt": _attempt(attempt) if attempt else None,
        "earlier": [
            {"date": a.date.isoformat(), "day_part": a.day_part, "outcome": a.outcome}
            for a in around.earlier(stop, round_)
        ],
        "notices": around.notices.get((round_.campaign_id, stop.address_id), []),
        "hold": around.hold(stop, round_.campaign_id),
        "appointment": _appointment(appointment) if appointment else None,
        "left": stop.left_at is not None,
    }


def _attempt(attempt: ContactAttempt) -> dict[str, Any]:
    return {
        "outcome": attempt.outcome,
        "details": attempt.details,
        "date": attempt.date.isoformat(),
        "day_part": attempt.day_part,
        "by": attempt.recorded_by,
    }


def _appointment(appointment: Appointment) -> dict[str, str]:
    return {"date": appointment.date.isoformat(), "day_part": appointment.day_part}

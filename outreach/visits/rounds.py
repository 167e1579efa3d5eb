"""Planning rounds: doors still to do, in a sensible order, for a pair that is free."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import delete, select

from outreach.access.actor import Actor
from outreach.audit import trail
from outreach.campaigns.models import Campaign
from outreach.campaigns.planning import CampaignNotPublished, lock
from outreach.clock import new_id, now, today
from outreach.db import db
from outreach.errors import Conflict, InputError, InvalidInput
from outreach.territory.models import Address
from outreach.territory.ordering import walking_order
from outreach.territory.street_names import Street
from outreach.visits import appointments
from outreach.visits.dossiers import pairs_of
from outreach.visits.histories import Asked, read_doors
from outreach.visits.letter_wait import letter_faults, note_reason
from outreach.visits.models import Round, RoundMember, Stop
from outreach.visits.round_faults import Wanted, faults_of, street_faults
from outreach.visits.scope import DRAFT, PUBLISHED
from outreach.visits.selection import is_promised, is_to_do, may_go


class RoundNotDraft(Conflict):
    """What was published is no longer changed."""

    code = "round-not-draft"


class RoundNoLongerFits(Conflict):
    """Since the draft was made something changed; the errors say what."""

    code = "round-no-longer-fits"


def make_round(actor: Actor, campaign: Campaign, body: dict[str, Any]) -> Round:
    """Make a draft of doors still to do; raises InvalidInput with all faults."""
    lock_published(campaign)
    pair = [str(account_id) for account_id in body["pair"]]
    wanted = Wanted(campaign, body["date"], body["day_part"], pair, _streets(body))
    faults = [
        *faults_of(actor, wanted),
        *street_faults(campaign, body),
        *letter_faults(campaign, body["date"], body["letter_reason"]),
    ]
    if faults:
        raise InvalidInput(*faults)
    addresses = _pick(wanted, body)
    if not addresses:
        raise InvalidInput(InputError("/streets", "no-doors-left"))
    round_ = Round(
        id=new_id(),
        municipality_id=campaign.municipality_id,
        campaign_id=campaign.id,
        base_location_id=campaign.base_location_id,
        date=body["date"],
        day_part=body["day_part"],
        state=DRAFT,
    )
    db.session.add(round_)
    db.session.flush()
    set_pair(round_, pair)
    stops = make_stops(round_, addresses)
    db.session.flush()
    appointments.take(round_, stops)
    trail.note(actor.municipality_id, actor.account_id, "round.create", "round", round_.id)
    note_reason(actor, campaign, round_, body["letter_reason"])
    return round_


def lock_published(campaign: Campaign) -> None:
    """One planner at a time, so that a door is not in two rounds."""
    lock(campaign)
    if campaign.state != PUBLISHED:
        raise CampaignNotPublished


def preview_round(campaign: Campaign, body: dict[str, Any]) -> dict[str, int]:
    """How many doors of these streets are `to_do`, and how many a draft could take: `fits`.

    What is not chosen yet is no reason to leave a door out.
    """
    on, day_part = body["date"] or today(), body["day_part"]
    pair = [str(account_id) for account_id in body["pair"]]
    doors = read_doors(Asked(campaign, on, streets=_streets(body), pair=pair))
    to_do = [door for _, door in doors if is_to_do(door)]
    fits = [door for door in to_do if not day_part or may_go(door, on, day_part)]
    return {"to_do": len(to_do), "fits": len(fits)}


def _streets(body: dict[str, Any]) -> list[Street]:
    return [Street(street["city"], street["street"]) for street in body["streets"]]


def _pick(wanted: Wanted, body: dict[str, Any]) -> list[Address]:
    """At most `most_doors`: who expects somebody first, the rest in the order of walking."""
    on, day_part = body["date"], body["day_part"]
    doors = read_doors(Asked(wanted.campaign, on, streets=_streets(body), pair=wanted.pair))
    fits = [(address, door) for address, door in doors if may_go(door, on, day_part)]
    promised = [address for address, door in fits if is_promised(door, on, day_part)]
    others = [address for address, door in fits if not is_promised(door, on, day_part)]
    first = [*walking_order(promised), *walking_order(others)][: body["most_doors"]]
    return walking_order(first)


def set_pair(round_: Round, pair: Sequence[str]) -> None:
    """Let these two walk it, whoever did before."""
    db.session.execute(delete(RoundMember).where(RoundMember.round_id == round_.id))
    db.session.add_all(
        RoundMember(
            id=new_id(),
            municipality_id=round_.municipality_id,
            round_id=round_.id,
            account_id=account_id,
        )
        for account_id in pair
    )


def make_stops(round_: Round, addresses: Sequence[Address]) -> dict[str, Stop]:
    """Stops at these doors in this order, by address, with the ids that phones will use."""
    stops = {
        address.id: Stop(
            id=new_id(),
            municipality_id=round_.municipality_id,
            round_id=round_.id,
            address_id=address.id,
            position=position,
            attempt_id=new_id(),
            household_id=new_id(),
            conversation_id=new_id(),
            plan_id=new_id(),
        )
        for position, address in enumerate(addresses)
    }
    db.session.add_all(stops.values())
    return stops


def change_round(actor: Actor, round_: Round, body: dict[str, Any]) -> Round:
    """Replace a draft's moment, pair and order; stops left out are removed."""
    campaign = _draft_with_campaign(round_)
    pair = [str(account_id) for account_id in body["pair"]]
    stops = {stop.id: stop for stop in _stops(round_)}
    order = [str(stop_id) for stop_id in body["stop_ids"]]
    kept = [stops[stop_id] for stop_id in order if stop_id in stops]
    streets = _streets_of(kept)
    wanted = Wanted(campaign, body["date"], body["day_part"], pair, streets, round_.id)
    reason = body["letter_reason"] or ("noted before" if round_.before_letter else None)
    faults = [
        *faults_of(actor, wanted),
        *_order_faults(order, stops),
        *letter_faults(campaign, body["date"], reason),
    ]
    if not faults:
        faults = _door_faults(wanted, kept, "/stop_ids")
    if faults:
        raise InvalidInput(*faults)
    appointments.release(list(stops))
    round_.date, round_.day_part = body["date"], body["day_part"]
    set_pair(round_, pair)
    for position, stop_id in enumerate(order):
        stops[stop_id].position = position
    for stop_id in set(stops) - set(order):
        db.session.delete(stops.pop(stop_id))
    db.session.flush()
    appointments.take(round_, {stop.address_id: stop for stop in stops.values()})
    trail.note(actor.municipality_id, actor.account_id, "round.change", "round", round_.id)
    note_reason(actor, campaign, round_, body["letter_reason"])
    return round_


def delete_round(actor: Actor, round_: Round) -> None:
    """Take a draft away; its doors are free for other rounds."""
    _refresh_draft(round_)
    stop_ids = [stop.id for stop in _stops(round_)]
    appointments.release(stop_ids)
    db.session.execute(delete(Stop).where(Stop.id.in_(stop_ids)))
    db.session.execute(delete(RoundMember).where(RoundMember.round_id == round_.id))
    db.session.delete(round_)
    db.session.flush()
    trail.note(actor.municipality_id, actor.account_id, "round.delete", "round", round_.id)


def publish_round(actor: Actor, round_: Round) -> Round:
    """Give a draft to its pair's phones; raises RoundNoLongerFits with what has changed since."""
    campaign = _draft_with_campaign(round_)
    # In the order in which the desk shows them, so that a fault stands beside who it is about.
    pair = [member["id"] for member in pairs_of([round_.id]).get(round_.id, [])]
    stops = _stops(round_)
    wanted = Wanted(campaign, round_.date, round_.day_part, pair, _streets_of(stops), round_.id)
    # A street that one of them avoids is one thing to read, not each of its doors.
    faults = faults_of(actor, wanted) or _door_faults(wanted, stops, "/stops")
    if not round_.before_letter:
        faults += letter_faults(campaign, round_.date, None)
    if faults:
        raise RoundNoLongerFits(*faults)
    round_.state, round_.published_at = PUBLISHED, now()
    db.session.flush()
    trail.note(actor.municipality_id, actor.account_id, "round.publish", "round", round_.id)
    return round_


def _draft_with_campaign(round_: Round) -> Campaign:
    campaign = db.session.get_one(Campaign, round_.campaign_id)
    lock_published(campaign)
    _refresh_draft(round_)
    return campaign


def _refresh_draft(round_: Round) -> None:
    db.session.refresh(round_, with_for_update={"key_share": True})
    if round_.state != DRAFT:
        raise RoundNotDraft


def _stops(round_: Round) -> list[Stop]:
    rows = select(Stop).where(Stop.round_id == round_.id)
    return list(db.session.scalars(rows.order_by(Stop.position, Stop.id)))


def _streets_of(stops: Sequence[Stop]) -> set[Street]:
    ids = [stop.address_id for stop in stops]
    rows = select(Address.city, Address.street).where(Address.id.in_(ids)).distinct()
    return {Street(*row) for row in db.session.execute(rows)}


def _order_faults(order: Sequence[str], stops: dict[str, Stop]) -> Iterator[InputError]:
    if not order:
        yield InputError("/stop_ids", "no-stops")
    seen: set[str] = set()
    for place, stop_id in enumerate(order):
        if stop_id not in stops:
            yield InputError(f"/stop_ids/{place}", "unknown-stop")
        elif stop_id in seen:
            yield InputError(f"/stop_ids/{place}", "stop-twice")
        seen.add(stop_id)


def _door_faults(wanted: Wanted, stops: Sequence[Stop], pointer: str) -> list[InputError]:
    """Doors that may not be rung at this moment or by this pair."""
    if wanted.on is None or wanted.day_part is None:
        return []
    addresses = [stop.address_id for stop in stops]
    asked = Asked(
        wanted.campaign,
        wanted.on,
        address_ids=addresses,
        pair=wanted.pair,
        but_round=wanted.round_id,
    )
    doors = {address.id: (address, door) for address, door in read_doors(asked)}
    faults = []
    for place, stop in enumerate(stops):
        address, door = doors[stop.address_id]
        if not may_go(door, wanted.on, wanted.day_part):
            params = {"street": address.street, "number": address.number}
            faults.append(InputError(f"{pointer}/{place}", "door-does-not-fit", params))
    return faults

"""Everything known about the doors of some stops, read once for all of them."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select

from outreach.clock import today
from outreach.db import db
from outreach.territory.holds import UNSAFE
from outreach.territory.models import DoorHold
from outreach.visits.models import Appointment, ContactAttempt, DoorNotice, Round, Stop
from outreach.visits.words import AFTERCARE, HOLDS, LATER, moment, when_rung

Door = tuple[str, str]  # campaign id, address id


@dataclass(frozen=True)
class Rung:
    """An attempt and when its round was planned."""

    attempt: ContactAttempt
    round_id: str
    planned: tuple[date, int]


@dataclass(frozen=True)
class Surroundings:
    """Attempts, notices, holds and appointments at the doors of some stops.

    `households` names, for doors that were split, the attempts of each household there.
    """

    attempts: dict[str, ContactAttempt]
    rung: dict[Door, list[Rung]]
    notices: dict[Door, list[str]]
    holds: dict[str, list[DoorHold]]
    appointments: dict[str, Appointment]
    households: dict[Door, set[str]]

    def attempt(self, stop: Stop) -> ContactAttempt | None:
        """What came of a stop; None when nothing did, or it was undone."""
        found = self.attempts.get(stop.attempt_id)
        return found if found and found.outcome else None

    def earlier(self, stop: Stop, round_: Round) -> list[ContactAttempt]:
        """What came of this door in rounds before this one, newest first."""
        until = moment(round_.date, round_.day_part)
        found = [
            rung.attempt
            for rung in self.rung.get((round_.campaign_id, stop.address_id), ())
            if rung.attempt.outcome and rung.round_id != round_.id and rung.planned <= until
        ]
        found.sort(key=lambda attempt: attempt.id)
        return sorted(found, key=when_rung, reverse=True)

    def hold(self, stop: Stop, campaign_id: str) -> str | None:
        """The hold on a stop. Where two households live, one's refusal is not the other's.

        So too in a later round, which comes for whoever has not answered yet.
        """
        others = self.households.get((campaign_id, stop.address_id), set()) - {stop.attempt_id}
        kinds = {
            hold.kind
            for hold in self.holds.get(stop.address_id, ())
            if hold.kind == UNSAFE
            or (hold.campaign_id in {None, campaign_id} and hold.id not in others)
        }
        return strongest(kinds)

    def appointment(self, stop: Stop) -> Appointment | None:
        """When to come back, said at this stop; else what was said before and this stop takes."""
        return self.appointments.get(stop.attempt_id) or self.appointments.get(stop.id)


def strongest(kinds: Collection[str]) -> str | None:
    """The hold that shows when a door has several."""
    return next((kind for kind in HOLDS if kind in kinds), None)


def look_around(stops: Collection[tuple[Stop, Round]]) -> Surroundings:
    """Read the doors of these stops; the number of queries does not grow with them."""
    addresses = {stop.address_id for stop, _ in stops}
    campaigns = {round_.campaign_id for _, round_ in stops}
    rung = list(_rung_at(campaigns, addresses))
    by_door: dict[Door, list[Rung]] = defaultdict(list)
    for one in rung:
        by_door[one.attempt.campaign_id, one.attempt.address_id].append(one)
    return Surroundings(
        attempts={one.attempt.id: one.attempt for one in rung},
        rung=by_door,
        notices=_notices_at(campaigns, addresses),
        holds=_holds_at(addresses),
        appointments=_appointments_of([stop for stop, _ in stops]),
        households=_households_at(campaigns, addresses),
    )


def _rung_at(campaigns: Collection[str], addresses: Collection[str]) -> Iterator[Rung]:
    rows = (
        select(ContactAttempt, Round)
        .join(Stop, Stop.id == ContactAttempt.stop_id)
        .join(Round, Round.id == Stop.round_id)
        .where(ContactAttempt.campaign_id.in_(campaigns), ContactAttempt.address_id.in_(addresses))
    )
    for attempt, round_ in db.session.execute(rows):
        yield Rung(attempt, round_.id, moment(round_.date, round_.day_part))


def _households_at(campaigns: Collection[str], addresses: Collection[str]) -> dict[Door, set[str]]:
    rows = (
        select(Round.campaign_id, Stop.address_id, Stop.round_id, Stop.attempt_id)
        .join(Round, Round.id == Stop.round_id)
        .where(Round.campaign_id.in_(campaigns), Stop.address_id.in_(addresses))
    )
    together: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for campaign_id, address_id, round_id, attempt_id in db.session.execute(rows):
        together[campaign_id, address_id, round_id].add(attempt_id)
    found: dict[Door, set[str]] = defaultdict(set)
    for (campaign_id, address_id, _), attempt_ids in together.items():
        if len(attempt_ids) > 1:
            found[campaign_id, address_id] |= attempt_ids
    return found


def _notices_at(campaigns: Collection[str], addresses: Collection[str]) -> dict[Door, list[str]]:
    rows = select(DoorNotice).where(
        DoorNotice.campaign_id.in_(campaigns), DoorNotice.address_id.in_(addresses)
    )
    found: dict[Door, list[str]] = defaultdict(list)
    for row in db.session.scalars(rows.order_by(DoorNotice.notice)):
        found[row.campaign_id, row.address_id].append(row.notice)
    return found


def _holds_at(addresses: Collection[str]) -> dict[str, list[DoorHold]]:
    rows = select(DoorHold).where(
        DoorHold.address_id.in_(addresses),
        DoorHold.lifted_at.is_(None),
        or_(DoorHold.ends_on.is_(None), DoorHold.ends_on >= today()),
    )
    found: dict[str, list[DoorHold]] = defaultdict(list)
    for row in db.session.scalars(rows):
        found[row.address_id].append(row)
    return found


def _appointments_of(stops: Collection[Stop]) -> dict[str, Appointment]:
    """By the attempt that caused them, and by the stop that takes them."""
    rows = select(Appointment).where(
        Appointment.kind.in_((LATER, AFTERCARE)),
        Appointment.cancelled_at.is_(None),
        or_(
            Appointment.id.in_([stop.attempt_id for stop in stops]),
            Appointment.stop_id.in_([stop.id for stop in stops]),
        ),
    )
    found: dict[str, Appointment] = {}
    for row in sorted(db.session.scalars(rows), key=lambda a: (moment(a.date, a.day_part), a.id)):
        found[row.id] = row
        if row.stop_id:
            found[row.stop_id] = row
    return found

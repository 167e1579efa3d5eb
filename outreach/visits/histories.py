"""Reads what planning must know of doors: a fixed number of queries for any number of doors."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select, tuple_

from outreach.campaigns.areas import addresses_in
from outreach.campaigns.models import Campaign
from outreach.db import db
from outreach.territory.holds import UNSAFE, holds_in_force
from outreach.territory.models import Address, DoorHold
from outreach.territory.street_names import Street
from outreach.visits.appointments import waiting_appointments
from outreach.visits.models import Appointment, ContactAttempt, Round, Stop
from outreach.visits.scope import open_stops
from outreach.visits.selection import DoorHistory, Tried
from outreach.visits.words import FINISHED
from outreach.volunteers.avoiding import avoided_addresses


@dataclass(frozen=True)
class Asked:
    """Which doors of a campaign, for when, and for whom.

    `everywhere`: all doors, whatever streets. `but_round`: a draft that is being changed, and
    `but_rounds`: all rounds of a plan; what they have taken themselves is free.
    """

    campaign: Campaign
    on: date
    streets: Collection[Street] = ()
    address_ids: Collection[str] | None = None
    pair: Collection[str] = ()
    but_round: str | None = None
    but_rounds: Collection[str] = ()
    everywhere: bool = False

    @property
    def own_rounds(self) -> list[str]:
        """The rounds whose doors count as free."""
        return [*self.but_rounds, *([self.but_round] if self.but_round else ())]


def read_doors(asked: Asked) -> list[tuple[Address, DoorHistory]]:
    """The doors that were asked for, each with its history."""
    addresses = list(db.session.scalars(_addresses(asked)))
    ids = _addresses(asked).with_only_columns(Address.id)
    attempts = _attempts(asked, ids)
    households = _households(asked, ids)
    held = _held(asked, ids, attempts, households)
    planned = _planned(asked, ids)
    excluded = _excluded(asked, ids)
    promised = _promised(asked, ids)
    return [
        (
            address,
            DoorHistory(
                address.id,
                households=households.get(address.id, 1),
                held=address.id in held,
                planned=address.id in planned,
                excluded=address.id in excluded,
                tried=[
                    Tried(row.date, row.day_part, row.outcome)
                    for row in attempts.get(address.id, ())
                ],
                promised=promised.get(address.id, ()),
            ),
        )
        for address in addresses
    ]


def _addresses(asked: Asked) -> Select[Address]:
    rows = addresses_in(asked.campaign.area_id)
    if asked.everywhere:
        return rows
    if asked.address_ids is not None:
        return rows.where(Address.id.in_(asked.address_ids))
    return rows.where(tuple_(Address.city, Address.street).in_(asked.streets))


def _ids(rows: Select[Any], name: str, among: Select[str]) -> set[str]:
    column = rows.selected_columns[name]
    return set(db.session.scalars(rows.where(column.in_(among)).with_only_columns(column)))


def _households(asked: Asked, among: Select[str]) -> dict[str, int]:
    """How many live behind a door: as many as one round of this campaign had stops there."""
    rows = (
        select(Stop.address_id, func.count())
        .join(Round, Round.id == Stop.round_id)
        .where(Round.campaign_id == asked.campaign.id, Stop.address_id.in_(among))
        .group_by(Stop.round_id, Stop.address_id)
        .having(func.count() > 1)
    )
    found: dict[str, int] = {}
    for address_id, count in db.session.execute(rows):
        found[address_id] = max(count, found.get(address_id, 1))
    return found


def _held(
    asked: Asked,
    among: Select[str],
    attempts: dict[str, list[ContactAttempt]],
    households: dict[str, int],
) -> set[str]:
    """Doors nobody may ring. One household's hold is not the other's, until all have answered.

    What is unsafe holds for all; so does a hold from elsewhere, for nobody knows whose it is.
    """
    rows = holds_in_force(asked.campaign.id, asked.on).where(DoorHold.address_id.in_(among))
    holds: dict[str, list[DoorHold]] = defaultdict(list)
    for hold in db.session.scalars(rows):
        holds[hold.address_id].append(hold)
    return {
        address_id
        for address_id, found in holds.items()
        if _closes(found, attempts.get(address_id, ()), households.get(address_id, 1))
    }


def _closes(
    holds: Collection[DoorHold], attempts: Collection[ContactAttempt], households: int
) -> bool:
    rung = {attempt.id for attempt in attempts}
    if any(hold.kind == UNSAFE or hold.id not in rung for hold in holds):
        return True
    answered = {attempt.id for attempt in attempts if attempt.outcome in FINISHED}
    return len(answered | {hold.id for hold in holds}) >= households


def _planned(asked: Asked, among: Select[str]) -> set[str]:
    rows = open_stops()
    if asked.own_rounds:
        rows = rows.where(Stop.round_id.not_in(asked.own_rounds))
    return _ids(rows, "address_id", among)


def _excluded(asked: Asked, among: Select[str]) -> set[str]:
    avoided = select(Address.id).where(Address.id.in_(avoided_addresses(asked.pair)))
    return _ids(avoided, "id", among)


def _attempts(asked: Asked, among: Select[str]) -> dict[str, list[ContactAttempt]]:
    rows = select(ContactAttempt).where(
        ContactAttempt.campaign_id == asked.campaign.id,
        ContactAttempt.outcome != "",
        ContactAttempt.address_id.in_(among),
    )
    found: dict[str, list[ContactAttempt]] = defaultdict(list)
    for row in db.session.scalars(rows.order_by(ContactAttempt.id)):
        found[row.address_id].append(row)
    return found


def _promised(asked: Asked, among: Select[str]) -> dict[str, list[tuple[date, str]]]:
    rows = waiting_appointments(asked.campaign.id, asked.own_rounds).where(
        Appointment.address_id.in_(among)
    )
    found: dict[str, list[tuple[date, str]]] = defaultdict(list)
    for row in db.session.scalars(rows.order_by(Appointment.id)):
        found[row.address_id].append((row.date, row.day_part))
    return found

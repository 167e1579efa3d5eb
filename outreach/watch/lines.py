"""The lines of the board, in tuples: whatever it costs is paid every quarter of a minute."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from functools import cache, reduce
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    String,
    bindparam,
    cast,
    func,
    literal_column,
    select,
)

from outreach.access.actor import Actor
from outreach.access.models import Account
from outreach.campaigns.models import BaseLocation, Campaign
from outreach.db import db
from outreach.visits.models import ContactAttempt, Round, RoundMember, Stop
from outreach.visits.scope import DRAFT
from outreach.visits.words import DAY_PARTS, REACHED, TALKS
from outreach.watch.keeping import WAITING
from outreach.watch.models import RoundWatch, WatchAlert

A_DAY = timedelta(days=1)
# Between fields, between people and between rounds: in no name, and in no number.
UNIT, RECORD, MARK = "\x1f", "\x1e", "\x1d"

# Written into the statement: what is bound costs as much as it brings, every quarter of a minute.
_UNIT: ColumnElement[str] = literal_column(f"'{UNIT}'", String)
_NOTHING: ColumnElement[str] = literal_column("''", String)


class Line(NamedTuple):
    """One round as one statement gives it; people and outcome words lie between UNIT and RECORD."""

    id: str
    campaign: str
    day_part: str
    state: str
    base: str
    watch: str | None
    checked_in: bool | None
    until: str | None
    started_at: datetime | None
    finished_at: datetime | None
    last_contact_at: datetime | None
    doors: int
    pair: str | None
    outcomes: str | None


class Glance(NamedTuple):
    """What one row says of a whole board: a mark per round, and two numbers."""

    marks: str | None
    tomorrow: int
    open_alerts: int


def _stops(*conditions: ColumnElement[bool]) -> ScalarSelect[int]:
    rows = select(func.count()).where(Stop.round_id == Round.id, *conditions)
    return rows.correlate(Round).scalar_subquery()


def pair_of(round_id: Any, correlated: Any) -> ScalarSelect[str]:
    """Names and numbers of a pair as one text; `people` reads it."""
    person = Account.name + _UNIT + Account.phone
    rows = (
        select(func.aggregate_strings(person, RECORD))
        .select_from(RoundMember)
        .join(Account, Account.id == RoundMember.account_id)
        .where(RoundMember.round_id == round_id)
    )
    return rows.correlate(correlated).scalar_subquery()


def _outcomes() -> ScalarSelect[str]:
    rows = (
        select(func.aggregate_strings(ContactAttempt.outcome, RECORD))
        .select_from(Stop)
        .join(ContactAttempt, ContactAttempt.stop_id == Stop.id)
        .where(Stop.round_id == Round.id, ContactAttempt.outcome != _NOTHING)
    )
    return rows.correlate(Round).scalar_subquery()


@cache
def _glance(*, everywhere: bool) -> Select[Any]:
    """Built once for each of the two: building it takes as long as asking.

    Stops are counted by their index alone. Those that left their pair count along: with each of
    these `changes` goes up.
    """
    said = (
        cast(Round.id, String),
        Round.state,
        func.coalesce(cast(RoundWatch.changes, String), _NOTHING),
        cast(_stops(), String),
        Campaign.name,
        BaseLocation.name,
        func.coalesce(pair_of(Round.id, Round), _NOTHING),
    )
    mark = reduce(lambda before, one: before + _UNIT + one, said)
    tomorrow = _in_scope(_joined(func.count()), "tomorrow", everywhere=everywhere)
    open_alerts = select(func.count()).where(
        WatchAlert.municipality_id == bindparam("municipality_id"), WatchAlert.closed_at.is_(None)
    )
    marks = _in_scope(
        _joined(func.aggregate_strings(mark, MARK)).outerjoin(
            RoundWatch, RoundWatch.round_id == Round.id
        ),
        "day",
        everywhere=everywhere,
    )
    return select(
        marks.scalar_subquery(), tomorrow.scalar_subquery(), open_alerts.scalar_subquery()
    )


@cache
def _lines() -> Select[Any]:
    return (
        _joined(
            Round.id,
            Campaign.name,
            Round.day_part,
            Round.state,
            BaseLocation.name,
            RoundWatch.state,
            RoundWatch.checked_in,
            RoundWatch.until,
            RoundWatch.started_at,
            RoundWatch.finished_at,
            RoundWatch.last_contact_at,
            _stops(Stop.left_at.is_(None)),
            pair_of(Round.id, Round),
            _outcomes(),
        )
        .outerjoin(RoundWatch, RoundWatch.round_id == Round.id)
        .where(Round.id.in_(bindparam("ids", expanding=True)))
    )


def _joined(*what: Any) -> Select[Any]:
    return (
        select(*what)
        .select_from(Round)
        .join(Campaign, Campaign.id == Round.campaign_id)
        .join(BaseLocation, BaseLocation.id == Round.base_location_id)
    )


def _in_scope(rows: Select[Any], day: str, *, everywhere: bool) -> Select[Any]:
    """As `scope.watched_rounds` says it, for one day."""
    found = rows.where(
        Round.municipality_id == bindparam("municipality_id"),
        Round.date == bindparam(day),
        Round.state != literal_column(f"'{DRAFT}'", String),
    )
    if everywhere:
        return found
    return found.where(Campaign.district_id.in_(bindparam("districts", expanding=True)))


def glance(actor: Actor, day: date) -> Glance:
    """All rounds of a day that somebody watches, in one row."""
    everywhere = actor.district_ids is None
    said: dict[str, Any] = {
        "municipality_id": actor.municipality_id,
        "day": day,
        "tomorrow": day + A_DAY,
    }
    if not everywhere:
        said["districts"] = sorted(actor.district_ids or ())
    return Glance(*db.session.connection().execute(_glance(everywhere=everywhere), said).one())


def lines_of(round_ids: Collection[str]) -> list[Line]:
    """These rounds, which somebody may see who was given their marks or their ids."""
    if not round_ids:
        return []
    return [
        Line(*row) for row in db.session.connection().execute(_lines(), {"ids": list(round_ids)})
    ]


def in_order(line: Line) -> tuple[int, str]:
    """By day part: never by the alphabet."""
    return DAY_PARTS.index(line.day_part), line.id


def people(pair: str | None) -> list[dict[str, str]]:
    """Who is out there, by name, and how to call them."""
    written = sorted(pair.split(RECORD)) if pair else []
    split = (one.split(UNIT) for one in written)
    return [{"name": name, "phone": phone} for name, phone in split]


def shown(line: Line) -> dict[str, Any]:
    """A line as the board answers it."""
    outcomes = line.outcomes.split(RECORD) if line.outcomes else []
    return {
        "id": line.id,
        "campaign": line.campaign,
        "day_part": line.day_part,
        "state": line.state,
        "base": line.base,
        "pair": people(line.pair),
        "doors": line.doors,
        "done": len(outcomes),
        "reached": sum(word in REACHED for word in outcomes),
        "talks": sum(word in TALKS for word in outcomes),
        "watch": line.watch or WAITING,
        "checked_in": bool(line.checked_in),
        "until": line.until or "",
        "started_at": line.started_at if line.watch != WAITING else None,
        "finished_at": line.finished_at,
        "last_contact_at": line.last_contact_at,
    }

"""The lines of the board, in tuples: whatever it costs is paid every quarter of a minute."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, case, func, select

from outreach.access.actor import Actor
from outreach.access.models import Account
from outreach.campaigns.models import BaseLocation, Campaign
from outreach.db import db
from outreach.visits.models import ContactAttempt, Round, RoundMember, Stop
from outreach.visits.scope import DRAFT
from outreach.visits.words import DAY_PARTS, REACHED, TALKS
from outreach.watch.keeping import WAITING
from outreach.watch.models import RoundWatch

A_DAY = timedelta(days=1)
# Between the fields of a person and between people: in no name, and in no number.
UNIT, RECORD = "\x1f", "\x1e"

Counts = tuple[int, int, int]  # done, reached, talks
NOTHING: Counts = (0, 0, 0)


class Line(NamedTuple):
    """One round as one statement gives it; `pair` is written with UNIT and RECORD."""

    id: str
    campaign: str
    day_part: str
    state: str
    base: str
    watch_id: str | None
    watch: str | None
    checked_in: bool | None
    until: str | None
    started_at: datetime | None
    finished_at: datetime | None
    last_contact_at: datetime | None
    changes: int | None
    doors: int
    pair: str | None
    tomorrow: int


@cache
def _statement(*, everywhere: bool) -> Select[Any]:
    """Built once for each of the two: building it takes as long as asking."""
    doors = (
        select(func.count())
        .where(Stop.round_id == Round.id, Stop.left_at.is_(None))
        .correlate(Round)
        .scalar_subquery()
    )
    person = Account.name + UNIT + Account.phone
    pair = (
        select(func.aggregate_strings(person, RECORD))
        .select_from(RoundMember)
        .join(Account, Account.id == RoundMember.account_id)
        .where(RoundMember.round_id == Round.id)
        .correlate(Round)
        .scalar_subquery()
    )
    rows = (
        select(
            Round.id,
            Campaign.name,
            Round.day_part,
            Round.state,
            BaseLocation.name,
            RoundWatch.id,
            RoundWatch.state,
            RoundWatch.checked_in,
            RoundWatch.until,
            RoundWatch.started_at,
            RoundWatch.finished_at,
            RoundWatch.last_contact_at,
            RoundWatch.changes,
            doors,
            pair,
            _tomorrows(everywhere=everywhere).scalar_subquery(),
        )
        .join(Campaign, Campaign.id == Round.campaign_id)
        .join(BaseLocation, BaseLocation.id == Round.base_location_id)
        .outerjoin(RoundWatch, RoundWatch.round_id == Round.id)
    )
    order = case({part: at for at, part in enumerate(DAY_PARTS)}, value=Round.day_part)
    return _in_scope(rows, "day", everywhere=everywhere).order_by(order, Round.id)


def _in_scope(rows: Select[Any], day: str, *, everywhere: bool) -> Select[Any]:
    """As `scope.watched_rounds` says it, for one day."""
    found = rows.where(
        Round.municipality_id == bindparam("municipality_id"),
        Round.date == bindparam(day),
        Round.state != DRAFT,
    )
    if everywhere:
        return found
    return found.where(Campaign.district_id.in_(bindparam("districts", expanding=True)))


@cache
def _tomorrows(*, everywhere: bool) -> Select[Any]:
    later = Round.__table__.alias("later")
    of_campaign = Campaign.__table__.alias("of_campaign")
    rows = (
        select(func.count())
        .select_from(later.join(of_campaign, of_campaign.c.id == later.c.campaign_id))
        .where(
            later.c.municipality_id == bindparam("municipality_id"),
            later.c.date == bindparam("tomorrow"),
            later.c.state != DRAFT,
        )
    )
    if everywhere:
        return rows
    return rows.where(of_campaign.c.district_id.in_(bindparam("districts", expanding=True)))


def _asked(actor: Actor, day: date) -> tuple[bool, dict[str, Any]]:
    everywhere = actor.district_ids is None
    said: dict[str, Any] = {
        "municipality_id": actor.municipality_id,
        "day": day,
        "tomorrow": day + A_DAY,
    }
    if not everywhere:
        said["districts"] = sorted(actor.district_ids or ())
    return everywhere, said


def lines_of(actor: Actor, day: date) -> list[Line]:
    """The rounds of a day that somebody watches, by day part."""
    everywhere, said = _asked(actor, day)
    rows = db.session.execute(_statement(everywhere=everywhere), said)
    return [Line(*row) for row in rows]


def tomorrow_of(actor: Actor, day: date, found: Sequence[Line]) -> int:
    """How many rounds there are the day after; the lines know, where there are any."""
    if found:
        return found[0].tomorrow
    everywhere, said = _asked(actor, day)
    return db.session.scalar(_tomorrows(everywhere=everywhere), said) or 0


def counts_of(round_ids: Collection[str]) -> dict[str, Counts]:
    """How far the doors of these rounds are."""
    if not round_ids:
        return {}
    rows = (
        select(Stop.round_id, ContactAttempt.outcome, func.count())
        .join(ContactAttempt, ContactAttempt.stop_id == Stop.id)
        .where(Stop.round_id.in_(round_ids), ContactAttempt.outcome != "")
        .group_by(Stop.round_id, ContactAttempt.outcome)
    )
    found: dict[str, Counts] = {}
    for round_id, outcome, count in db.session.execute(rows):
        done, reached, talks = found.get(round_id, NOTHING)
        found[round_id] = (
            done + count,
            reached + count * (outcome in REACHED),
            talks + count * (outcome in TALKS),
        )
    return found


def people(pair: str | None) -> list[dict[str, str]]:
    """Who is out there, by name, and how to call them."""
    written = sorted(pair.split(RECORD)) if pair else []
    split = (one.split(UNIT) for one in written)
    return [{"name": name, "phone": phone} for name, phone in split]


def shown(line: Line, counts: Counts) -> dict[str, Any]:
    """A line as the board answers it."""
    done, reached, talks = counts
    return {
        "id": line.id,
        "campaign": line.campaign,
        "day_part": line.day_part,
        "state": line.state,
        "base": line.base,
        "pair": people(line.pair),
        "doors": line.doors,
        "done": done,
        "reached": reached,
        "talks": talks,
        "watch": line.watch or WAITING,
        "checked_in": bool(line.checked_in),
        "until": line.until or "",
        "started_at": _said(line.started_at) if line.watch != WAITING else None,
        "finished_at": _said(line.finished_at),
        "last_contact_at": _said(line.last_contact_at),
    }


def _said(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant else None

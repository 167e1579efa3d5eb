"""Whatever a pair does, whenever somebody looks: one warning a spell, none once they are back.

The rule is told here in a few lines of its own: a pair that said it was out, or did a door, is
overdue half an hour after the end or after the last that was heard, once, until it is heard again.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from outreach import clock
from outreach.db import db
from outreach.visits.models import ContactAttempt
from outreach.watch import looking
from outreach.watch.models import RoundWatch, WatchAlert
from outreach.watch.retention import forget_door_times
from tests.factories.phone import Phone
from tests.factories.town import Town, build_town
from tests.messages.conftest import AFTERNOON
from tests.watch.watching import rings

HALF_AN_HOUR = timedelta(minutes=30)
# Ids are drawn from these: no story has those of another, which lies in the same database.
SEEDS = count(100_000)
# 18:00 in Amsterdam.
END = AFTERNOON.replace(hour=17, minute=0)

DEEDS = st.sampled_from(["start", "door", "finish", "not finished", "close", "look", "idle"])
STORY = st.lists(st.tuples(DEEDS, st.integers(min_value=1, max_value=90)), max_size=14)


@dataclass
class Told:
    """What should be: whether they are waited for, since when, and how many warnings there were."""

    state: str = "waiting"
    heard: datetime | None = None
    warned: bool = False
    warnings: int = 0

    @property
    def due(self) -> datetime | None:
        """When somebody must hear of it."""
        if self.state != "out" or self.heard is None or self.warned:
            return None
        return max(END, self.heard) + HALF_AN_HOUR

    def hears(self, at: datetime) -> None:
        """Of a start or a door."""
        if self.state == "waiting":
            self.state = "out" if at < END + HALF_AN_HOUR else "late"
        self.heard, self.warned = at, False

    def looks(self, at: datetime) -> None:
        """The clock."""
        if self.due is not None and self.due <= at:
            self.warned, self.warnings = True, self.warnings + 1


def _goes_on(minutes: int) -> datetime:
    at = clock.now() + timedelta(minutes=minutes)
    clock.replay(next(SEEDS), at)
    return at


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(story=STORY)
def test_one_warning_a_spell_and_none_for_who_is_back(
    app: Flask, story: list[tuple[str, int]]
) -> None:
    clock.replay(next(SEEDS), AFTERNOON)
    town = build_town()
    phone = Phone(app.test_client(), town.person("volunteer"))
    phone.sync()
    told, doors, closed = Told(), 0, False
    for deed, minutes in story:
        at = _goes_on(minutes)
        if deed == "look":
            looking.look()
            if not closed:
                told.looks(at)
        elif deed == "start":
            phone.write(town.round.id, "round.start", until="18:00")
            told.hears(at)
        elif deed == "door" and doors < len(town.stops) and not closed:
            rings(phone, town, doors)
            doors += 1
            told.hears(at)
        elif deed == "finish":
            phone.write(town.round.id, "round.finish")
            told.state = "done"
        elif deed == "not finished" and told.state == "done" and not closed:
            phone.write(town.round.id, "round.take_back", what="finish", until="")
            told.state, told.heard, told.warned = "out", at, False
        elif deed == "close" and not closed and told.state in {"out", "waiting"}:
            phone.write(town.round.id, "round.close")
            told.hears(at)
            told.state, closed = ("done" if told.state == "out" else told.state), True
        phone.sync()
        assert {one["outcome"] for one in phone.outcomes.values()} <= {"applied", "merged"}
        assert _warnings_of(town) == told.warnings
        assert _due_of(town) == (None if closed else told.due)
    open_ones = select(WatchAlert).where(
        WatchAlert.round_id == town.round.id, WatchAlert.closed_at.is_(None)
    )
    assert len(db.session.scalars(open_ones).all()) == (
        1 if told.warned and told.state == "out" else 0
    )
    db.session.commit()


def _warnings_of(town: Town) -> int:
    rows = select(func.count()).where(WatchAlert.round_id == town.round.id)
    count = db.session.scalar(rows) or 0
    db.session.commit()
    return count


def _due_of(town: Town) -> datetime | None:
    due = db.session.scalar(select(RoundWatch.due_at).where(RoundWatch.round_id == town.round.id))
    db.session.commit()
    return due


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(moments=st.lists(st.integers(min_value=0, max_value=20 * 24 * 60), min_size=1, max_size=6))
def test_a_time_of_a_door_is_gone_after_seven_days_and_not_before(
    app: Flask, moments: list[int]
) -> None:
    clock.replay(next(SEEDS), AFTERNOON)
    town = build_town()
    phone = Phone(app.test_client(), town.person("volunteer"))
    phone.sync()
    came: dict[str, datetime] = {}
    for door, minutes in enumerate(sorted(moments)):
        at = AFTERNOON + timedelta(minutes=minutes)
        clock.replay(next(SEEDS), at)
        rings(phone, town, door)
        phone.sync()
        came[town.stops[door].id] = at
    before = clock.now() - timedelta(days=7)
    forget_door_times(town.municipality.id, before)
    rows = select(ContactAttempt.stop_id, ContactAttempt.received_at, ContactAttempt.made_at).where(
        ContactAttempt.municipality_id == town.municipality.id
    )
    for stop_id, received, made in db.session.execute(rows):
        kept = came[stop_id] >= before
        assert (received == made == came[stop_id]) == kept
    db.session.commit()

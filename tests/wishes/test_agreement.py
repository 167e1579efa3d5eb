"""For any order of what residents, volunteers and supervisors say: the last choice counts.

No hold of somebody else is lifted by a resident, and planning and the phone agree on the door.
"""

from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from outreach.clock import new_id, now, today
from outreach.db import db
from outreach.letters.models import LetterCode
from outreach.territory.holds import holds_in_force
from outreach.territory.models import DoorHold
from outreach.visits.histories import Asked, read_doors
from outreach.visits.selection import DoorHistory, Tried, Wished, is_to_do, may_go
from outreach.visits.words import DAY_PARTS, OUTCOMES, moment
from outreach.wishes import choosing
from outreach.wishes.words import REASONS
from tests.factories.town import Town
from tests.visits.phone import Phone
from tests.wishes.resident import Resident

PARTS = st.lists(st.sampled_from(DAY_PARTS), min_size=1, unique=True)
EMPTY: dict[str, Any] = {"day_parts": [], "first_day": None, "last_day": None, "reason": ""}
CHOICES = st.one_of(
    st.builds(lambda parts: EMPTY | {"choice": "another_time", "day_parts": parts}, PARTS),
    st.builds(
        lambda reason: EMPTY | {"choice": "rather_not", "reason": reason},
        st.sampled_from(["", *REASONS]),
    ),
    st.just(EMPTY | {"choice": "welcome"}),
)
VOLUNTEERS = st.sampled_from(["refused", "not_a_home", "unsafe", "not_home", ""])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("resident"), CHOICES),
        st.tuples(st.just("volunteer"), VOLUNTEERS),
        st.tuples(st.just("supervisor"), st.just("closes")),
    ),
    min_size=1,
    max_size=8,
)


class _Door:
    """The first door of the town, and what everybody said about it."""

    def __init__(self, town: Town, phone: Phone, row: LetterCode) -> None:
        self.town, self.phone, self.row = town, phone, row
        self.choice: dict[str, Any] = EMPTY | {"choice": "welcome"}
        self.said = ""

    def plays(self, who: str, what: Any) -> None:
        """Somebody says something."""
        if who == "resident":
            others = self.holds_of_others()
            choosing.choose(self.row, what)
            assert self.holds_of_others() == others
            self.choice = what
        elif who == "volunteer":
            details: dict[str, Any] = {"scope": "campaign"} if what == "refused" else {}
            self.phone.record(self.town.stops[0], what, self.said, **details)
            self.said = what
        else:
            self._closes()

    def _closes(self) -> None:
        db.session.add(
            DoorHold(
                id=new_id(),
                municipality_id=self.town.municipality.id,
                address_id=self.row.address_id,
                kind="not_a_home",
                set_by=self.town.person("supervisor").id,
                set_at=now(),
            )
        )
        db.session.flush()

    def holds_of_others(self) -> set[tuple[str, str, Any]]:
        """Every hold that somebody with an account set."""
        rows = select(DoorHold).where(DoorHold.set_by.is_not(None))
        return {(hold.id, hold.kind, hold.lifted_at) for hold in db.session.scalars(rows)}

    def planned(self) -> DoorHistory:
        """As planning reads it."""
        asked = Asked(self.town.campaign, today(), address_ids=[self.row.address_id])
        return read_doors(asked)[0][1]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(STEPS)
def test_the_last_choice_counts_and_planning_and_the_phone_agree(
    town: Town, phone: Phone, resident: Resident, steps: list[tuple[str, Any]]
) -> None:
    door = _Door(town, phone, resident.row)
    for who, what in steps:
        door.plays(who, what)
    planned, shown = door.planned(), phone.read(town.stops[0])
    rather_not = door.choice["choice"] == "rather_not"
    assert planned.held == (rather_not or bool(door.holds_of_others()))
    assert planned.held == (shown["hold"] is not None)
    wished = set(planned.wished.day_parts) if planned.wished else set()
    assert wished == set(door.choice["day_parts"])
    assert wished == set(shown.get("wish", {"day_parts": []})["day_parts"])
    held = holds_in_force(town.campaign.id, today())
    assert sum(hold.set_by is None for hold in db.session.scalars(held)) == rather_not
    db.session.rollback()


DAY = date(2026, 3, 4)
DAYS = st.integers(-3, 3).map(lambda days: DAY + timedelta(days=days))
MOMENTS = st.tuples(DAYS, st.sampled_from(DAY_PARTS))
TRIED = st.builds(
    Tried, date=DAYS, day_part=st.sampled_from(DAY_PARTS), outcome=st.sampled_from(OUTCOMES)
)
WISHED = st.builds(
    Wished,
    day_parts=PARTS,
    said=MOMENTS.map(lambda said: moment(*said)),
    first_day=st.none() | DAYS,
    last_day=st.none() | DAYS,
)
DOORS = st.builds(
    DoorHistory,
    address_id=st.just("door"),
    tried=st.lists(TRIED, max_size=4),
    promised=st.lists(MOMENTS, max_size=2),
    wished=WISHED,
)


@given(DOORS, MOMENTS)
def test_nobody_comes_at_a_moment_that_was_not_asked_for_save_by_appointment(
    door: DoorHistory, on: tuple[date, str]
) -> None:
    assert door.wished is not None
    if may_go(door, *on) and on not in door.promised:
        assert door.wished.fits(*on)


@given(DOORS, MOMENTS)
def test_where_somebody_may_go_something_is_to_do(door: DoorHistory, on: tuple[date, str]) -> None:
    if may_go(door, *on):
        assert is_to_do(door)


@given(WISHED, MOMENTS)
def test_a_wish_that_was_not_tried_since_is_met(wished: Wished, on: tuple[date, str]) -> None:
    tried = [Tried(DAY - timedelta(days=30), part, "not_home") for part in DAY_PARTS]
    assert may_go(DoorHistory("door", tried=tried, wished=wished), *on) == wished.fits(*on)


@given(WISHED, st.sampled_from(DAY_PARTS))
def test_a_wish_is_tried_once_for_each_day_part_they_named(wished: Wished, part: str) -> None:
    since = DAY + timedelta(days=4)
    door = DoorHistory("door", tried=[Tried(since, part, "not_home")], wished=wished)
    assert not may_go(door, since, part)

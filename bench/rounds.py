"""Plans of a real district: how good they are after ten seconds, and how much walking they save.

The doors are those nearest to one door of a city. Pairs have two shifts of three hours, one in the
afternoon and one in the evening; one of each pair lives in a street of the district and does not
go there. A door takes four minutes; of the appointments, which take thirty, the bell rings within
an hour. The list of addresses is read from the folder in `OUTREACH_BENCH_DATA`; without one a
fictional city is made.
"""

import csv
import gzip
import math
import os
import random
import tempfile
import time
from datetime import date
from pathlib import Path

import addresses
from measuring import Promise, Result, beside

from outreach.clock import DayPart
from outreach.planning.distances import Walks
from outreach.planning.making import make_plan
from outreach.planning.moving import Draft
from outreach.planning.plan import lay_out
from outreach.planning.problem import (
    HOUR,
    MINUTE,
    Door,
    Kind,
    LegKey,
    Person,
    Place,
    Problem,
    Shift,
    Window,
)
from outreach.planning.solving import Effort

LISTED = "almere_adressen.csv.gz"
DAY = date(2026, 3, 3)
SHIFTS = ((DayPart.AFTERNOON, 14 * HOUR), (DayPart.EVENING, 18 * HOUR))
LONG = 3 * HOUR
APPOINTMENTS, AN_APPOINTMENT, ITS_WINDOW = 20, 30 * MINUTE, HOUR
SHORTEST_WINDOW_LEFT = 2 * HOUR  # opens while a pair that comes at its end can still be back
SEED = 20260303
# What a door that is left out counts for, in metres: more than walking past it from anywhere.
LEFT_OUT = 20_000.0
Row = dict[str, str]


def gap(*, doors: int = 400, pairs: int = 8, seconds: int = 10, long: int = 120) -> list[Result]:
    """What a search of some seconds is above a long one of the same model."""
    asked = district(doors, pairs)
    short, best = (_cost(make_plan(asked, Effort(most))) for most in (seconds, long))
    note = f"{doors} doors, {pairs} pairs; {seconds} s of search against {long} s"
    return [beside("routes.gap", short, best, "m", note, Promise(1.02))]


def walking(*, doors: int = 400, pairs: int = 8, seconds: int = 10) -> list[Result]:
    """Walking against the list by postcode, cut into as many equal parts as there are shifts."""
    asked = district(doors, pairs)
    draft = make_plan(asked, Effort(seconds))
    peer = by_postcode(asked, draft.walks)
    left = len(draft.plan.left_out)
    note = f"{doors} doors, {pairs} pairs, {left} left out; by postcode in equal parts"
    broken = len(draft.broken)
    return [
        beside("routes.walking", draft.plan.metres, peer, "m", note, Promise(0.75)),
        beside("routes.broken", broken, 0, "rules", "broken by that plan", Promise(0, "ours")),
        beside("routes.left-out", left, 0, "doors", "did not fit in that plan"),
    ]


def large(*, doors: int = 2000, pairs: int = 20, seconds: int = 60) -> list[Result]:
    """A plan of a large district: how long it takes from the question to the checked plan."""
    asked = district(doors, pairs)
    begun = time.monotonic()
    # Measuring before and mending after the search take their part of the minute.
    draft = make_plan(asked, Effort(seconds * 0.9))
    took = time.monotonic() - begun
    left, broken = len(draft.plan.left_out), len(draft.broken)
    what = f"{doors} doors, {pairs} pairs; {left} left out, {draft.plan.metres / 1000:.1f} km"
    return [
        beside("routes.large", took, 0, "s", what, Promise(seconds, "ours")),
        beside("routes.large.broken", broken, 0, "rules", what, Promise(0, "ours")),
    ]


def district(doors: int, pairs: int) -> Problem:
    """The problem that is planned; the same every time."""
    source = random.Random(SEED)  # noqa: S311 - the same district every time
    rows = _nearest(_listed(), doors, source)
    base = Place(
        sum(float(row["lat"]) for row in rows) / len(rows),
        sum(float(row["lon"]) for row in rows) / len(rows),
    )
    promised = set(source.sample(range(doors), min(APPOINTMENTS, doors)))
    streets = sorted({row["straat"] for row in rows})
    people = tuple(
        Person(
            f"{pair}-{which}",
            cleared_until=DAY,
            streets=frozenset({source.choice(streets)} if which == 0 else ()),
        )
        for pair in range(pairs)
        for which in (0, 1)
    )
    return Problem(
        base,
        tuple(_door(at, row, at in promised, source) for at, row in enumerate(rows)),
        people,
        tuple(_shift(pair, *when) for pair in range(pairs) for when in SHIFTS),
    )


def by_postcode(asked: Problem, walks: Walks) -> float:
    """Metres when the list, which is in order of postcode and number, is cut into equal parts."""
    legs = list(asked.legs)
    size = math.ceil(len(asked.doors) / len(legs))
    orders: dict[LegKey, list[str]] = {
        key: [door.address_id for door in asked.doors[at * size : (at + 1) * size]]
        for at, key in enumerate(legs)
    }
    return lay_out(asked, walks, orders).metres


def _cost(draft: Draft) -> float:
    return draft.plan.metres + LEFT_OUT * len(draft.plan.left_out)


def _door(at: int, row: Row, is_promised: bool, source: random.Random) -> Door:
    place = Place(float(row["lat"]), float(row["lon"]))
    if not is_promised:
        return Door(str(at), row["straat"], place)
    opens = source.choice(SHIFTS)[1] + source.randrange(0, SHORTEST_WINDOW_LEFT, 15 * MINUTE)
    window = Window(DAY, opens, opens + ITS_WINDOW)
    return Door(
        str(at), row["straat"], place, kind=Kind.AFTERCARE, service=AN_APPOINTMENT, window=window
    )


def _shift(pair: int, part: DayPart, begins: int) -> Shift:
    people = f"{pair}-0", f"{pair}-1"
    return Shift(f"{pair}-{part}", DAY, part, begins, begins + LONG, people)


def _listed() -> list[Row]:
    folder = os.environ.get("OUTREACH_BENCH_DATA")
    if folder and (Path(folder) / LISTED).exists():
        return _read(Path(folder) / LISTED)
    with tempfile.TemporaryDirectory() as made:
        return _read(addresses.fictional(Path(made) / "list.csv.gz"))


def _read(path: Path) -> list[Row]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = {_key(row): row for row in csv.DictReader(lines, delimiter=";")}
    return [rows[key] for key in sorted(rows)]


def _key(row: Row) -> tuple[str, int, str, str]:
    return row["postcode"], int(row["huisnummer"]), row["huisletter"], row["huisnummertoevoeging"]


def _nearest(rows: list[Row], doors: int, source: random.Random) -> list[Row]:
    """So many doors around one of them, still by postcode and number."""
    middle = source.choice(rows)
    lat, lon = float(middle["lat"]), float(middle["lon"])
    narrow = math.cos(math.radians(lat))

    def away(row: Row) -> float:
        return math.hypot(float(row["lat"]) - lat, (float(row["lon"]) - lon) * narrow)

    return sorted(sorted(rows, key=away)[:doors], key=_key)

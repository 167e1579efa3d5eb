"""Times of each day part and minutes at a door: as usual, or as the desk wants them."""

from collections.abc import Iterator, Mapping
from typing import Any

from outreach.clock import DayPart
from outreach.errors import InputError
from outreach.planning.faults import BOUNDS
from outreach.planning.problem import HOUR, MINUTE, Kind, Pause
from outreach.planning.work import SECONDS

Times = Mapping[str, Any]

USUAL_TIMES: dict[str, dict[str, Any]] = {
    DayPart.MORNING: {"begins": "09:30", "ends": "12:00", "pause": None},
    DayPart.AFTERNOON: {
        "begins": "13:00",
        "ends": "16:30",
        "pause": {"begins": "14:45", "ends": "15:00"},
    },
    DayPart.EVENING: {"begins": "18:00", "ends": "20:30", "pause": None},
}
USUAL_MINUTES = {Kind.FIRST: 8, Kind.AGAIN: 5, Kind.LATER: 30, Kind.AFTERCARE: 45}
USUAL_SECONDS = SECONDS
MOST_MINUTES, MOST_SECONDS = 180, 600


def clock_of(said: str) -> int:
    """Seconds after midnight of "HH:MM"."""
    hours, minutes = said.split(":")
    return int(hours) * HOUR + int(minutes) * MINUTE


def as_clock(seconds: int) -> str:
    """Seconds after midnight as "HH:MM"; the minute in which they fall."""
    return f"{seconds // HOUR:02}:{seconds % HOUR // MINUTE:02}"


def settled(body: Mapping[str, Any]) -> dict[str, Any]:
    """What was said, and as usual where nothing was; call `faults_of` first."""
    times = body.get("times") or {}
    minutes = body.get("minutes") or {}
    return {
        "times": {part: _times(part, times.get(part)) for part in USUAL_TIMES},
        "minutes": {
            kind.value: minutes.get(kind.value) or usual for kind, usual in USUAL_MINUTES.items()
        },
        "seconds": body.get("seconds") or USUAL_SECONDS,
    }


def _times(part: str, said: Times | None) -> dict[str, Any]:
    usual = USUAL_TIMES[part]
    if said is None:
        return dict(usual)
    pause = said.get("pause")
    return {
        "begins": said["begins"] or usual["begins"],
        "ends": said["ends"] or usual["ends"],
        "pause": dict(pause) if pause and pause["begins"] and pause["ends"] else None,
    }


def pause_of(times: Times) -> Pause | None:
    """The break at the base, if there is one."""
    said = times["pause"]
    return Pause(clock_of(said["begins"]), clock_of(said["ends"])) if said else None


def faults_of(body: Mapping[str, Any]) -> Iterator[InputError]:
    """Everything that is wrong with times, minutes and seconds."""
    for part, times in settled(body)["times"].items():
        yield from _wrong_times(f"/times/{part}", part, times)
    for kind in USUAL_MINUTES:
        given = (body.get("minutes") or {}).get(kind.value)
        yield from _out_of_range(f"/minutes/{kind.value}", given, MOST_MINUTES)
    yield from _out_of_range("/seconds", body.get("seconds"), MOST_SECONDS)


def _out_of_range(pointer: str, given: int | None, most: int) -> Iterator[InputError]:
    if given is not None and not 1 <= given <= most:
        yield InputError(pointer, "not-in-range", {"least": 1, "most": most})


def _wrong_times(pointer: str, part: str, times: Times) -> Iterator[InputError]:
    begins, ends = clock_of(times["begins"]), clock_of(times["ends"])
    first, last = BOUNDS[DayPart(part)]
    if ends <= begins:
        yield InputError(f"{pointer}/ends", "ends-before-it-begins")
    elif not first <= begins < last:
        yield InputError(f"{pointer}/begins", "outside-day-part")
    elif ends > last:
        yield InputError(f"{pointer}/ends", "outside-day-part")
    pause = pause_of(times)
    if pause and not begins < pause.begins <= pause.ends < ends:
        yield InputError(f"{pointer}/pause", "pause-outside-shift")

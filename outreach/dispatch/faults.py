"""Everything that can be wrong with a plan before it is searched for, told at once."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from outreach.campaigns.models import Campaign
from outreach.dispatch import settings
from outreach.dispatch.people import Walker
from outreach.dispatch.proposing import period_faults
from outreach.errors import Conflict, InputError
from outreach.letters.waiting import earliest_day
from outreach.visits.words import DAY_PARTS

PAIR = 2


class NoDoorsToPlan(Conflict):
    """Every door of the campaign was visited, is held, or is in an open round."""

    code = "no-doors-to-plan"


def faults_of(
    campaign: Campaign, people: Mapping[str, Walker], body: dict[str, Any]
) -> Iterator[InputError]:
    """Faults of period, shifts, times and minutes, and that the letter still waits."""
    yield from period_faults(campaign, body)
    if not body["shifts"]:
        yield InputError("/shifts", "no-pairs")
    for place, shift in enumerate(body["shifts"]):
        yield from _wrong_moment(f"/shifts/{place}", body, shift)
        yield from _wrong_pair(f"/shifts/{place}", people, shift)
    yield from _twice_at_once(body["shifts"])
    yield from settings.faults_of(body)
    yield from _letter_waits(campaign, body)


def _wrong_moment(
    pointer: str, body: dict[str, Any], shift: Mapping[str, Any]
) -> Iterator[InputError]:
    on = shift["date"]
    if on is None:
        yield InputError(f"{pointer}/date", "missing")
    elif body["first_day"] and body["last_day"]:
        first, last = body["first_day"], body["last_day"]
        if not first <= on <= last:
            period = {"first": first.isoformat(), "last": last.isoformat()}
            yield InputError(f"{pointer}/date", "outside-period", period)
    if not shift["day_part"]:
        yield InputError(f"{pointer}/day_part", "missing")
    elif shift["day_part"] not in DAY_PARTS:
        yield InputError(f"{pointer}/day_part", "not-a-choice")


def _wrong_pair(
    pointer: str, people: Mapping[str, Walker], shift: Mapping[str, Any]
) -> Iterator[InputError]:
    pair = [str(one) for one in shift["pair"]]
    if len(pair) != PAIR:
        yield InputError(f"{pointer}/pair", "two-people")
        return
    if pair[0] == pair[1]:
        yield InputError(f"{pointer}/pair/1", "same-person")
    for place, who in enumerate(pair):
        yield from _wrong_person(f"{pointer}/pair/{place}", people.get(who), shift)
    known = [people[who] for who in pair if who in people]
    if any(one.is_new for one in known) and not any(
        one.is_mentor and not one.is_new for one in known
    ):
        yield InputError(f"{pointer}/pair", "new-without-experienced")


def _wrong_person(
    pointer: str, person: Walker | None, shift: Mapping[str, Any]
) -> Iterator[InputError]:
    if person is None:
        yield InputError(pointer, "unknown-volunteer")
        return
    on, part = shift["date"], shift["day_part"]
    if on and not person.cleared_on(on):
        yield InputError(pointer, "not-cleared")
    if on and (on, part) in person.booked:
        yield InputError(pointer, "already-booked")


def _twice_at_once(shifts: list[dict[str, Any]]) -> Iterator[InputError]:
    """Somebody in two pairs of one day part: told at the later one."""
    seen: Counter[tuple[Any, Any, str]] = Counter()
    for place, shift in enumerate(shifts):
        pair = [str(one) for one in shift["pair"]]
        for at, who in enumerate(pair):
            slot = (shift["date"], shift["day_part"], who)
            if seen[slot] and who not in pair[:at]:
                yield InputError(f"/shifts/{place}/pair/{at}", "two-shifts-at-once")
            seen[slot] += 1


def _letter_waits(campaign: Campaign, body: dict[str, Any]) -> Iterator[InputError]:
    """Nobody rings before the waiting days are over, unless the desk says why."""
    days = [shift["date"] for shift in body["shifts"] if shift["date"]]
    if not days or (body["letter_reason"] or "").strip():
        return
    earliest = earliest_day(campaign)
    if earliest is None:
        yield InputError("/letter_reason", "letter-not-sent")
    elif min(days) < earliest:
        yield InputError("/letter_reason", "letter-waits", {"day": earliest.isoformat()})

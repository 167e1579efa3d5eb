"""What the desk needs to start a plan: people, pairs, doors to do, and the usual settings."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from outreach.access.actor import Actor
from outreach.campaigns.models import Campaign
from outreach.clock import DayPart, today
from outreach.dispatch import bases, settings
from outreach.dispatch.doors import Wanted, doors_to_do
from outreach.dispatch.pairing import Free, Slot, propose_pairs
from outreach.dispatch.people import Walker, walkers
from outreach.errors import InputError, InvalidInput
from outreach.letters.waiting import earliest_day
from outreach.planning.problem import Kind

USUAL_DAYS, MOST_DAYS = 7, 31


def period_faults(campaign: Campaign, body: dict[str, Any]) -> Iterator[InputError]:
    """What is wrong with the days of a plan."""
    first, last = body["first_day"], body["last_day"]
    for name, day in (("first_day", first), ("last_day", last)):
        if day is None:
            yield InputError(f"/{name}", "missing")
        elif day < today():
            yield InputError(f"/{name}", "in-the-past")
        elif not campaign.starts_on <= day <= campaign.ends_on:
            period = {"first": campaign.starts_on.isoformat(), "last": campaign.ends_on.isoformat()}
            yield InputError(f"/{name}", "outside-campaign", period)
    if first and last and last < first:
        yield InputError("/last_day", "before-start")
    elif first and last and (last - first).days >= MOST_DAYS:
        yield InputError("/last_day", "period-too-long", {"most": MOST_DAYS})


def proposal(_actor: Actor, campaign: Campaign, body: dict[str, Any]) -> dict[str, Any]:
    """For ProposalOut; raises InvalidInput on days that cannot be planned."""
    first, last = _period(campaign, body)
    faults = list(period_faults(campaign, {"first_day": first, "last_day": last}))
    if faults:
        raise InvalidInput(*faults)
    people = walkers(campaign)
    slots = list(_slots(people, first, last))
    usual = settings.settled({})
    found = doors_to_do(
        Wanted(campaign, [(one.on, one.day_part) for one in slots], last, usual["minutes"])
    )
    kinds = [door.kind for door in found.doors]
    earliest = earliest_day(campaign)
    return {
        "first_day": first,
        "last_day": last,
        "people": [one.shown() for one in people],
        "slots": _shown(slots),
        "to_do": len(found.doors),
        "appointments": kinds.count(Kind.LATER),
        "aftercare": kinds.count(Kind.AFTERCARE),
        "letter": {"earliest": earliest, "waits": earliest is None or first < earliest},
        "base": bases.base_of(campaign, found.addresses.values(), None),
        **usual,
    }


def _period(campaign: Campaign, body: dict[str, Any]) -> tuple[date, date]:
    """What was asked; else the next days of the campaign."""
    first = body["first_day"] or min(max(today(), campaign.starts_on), campaign.ends_on)
    last = body["last_day"] or min(first + timedelta(days=USUAL_DAYS - 1), campaign.ends_on)
    return first, last


def _slots(people: Sequence[Walker], first: date, last: date) -> Iterator[Slot]:
    """Day parts in which somebody can walk, in the order of time."""
    for number in range((last - first).days + 1):
        on = first + timedelta(days=number)
        for part in DayPart:
            free = [
                Free(one.account.id, one.is_new, one.is_mentor)
                for one in people
                if one.can_walk(on, part.value)
            ]
            if free:
                yield Slot(on, part.value, free)


def _shown(slots: Sequence[Slot]) -> list[dict[str, Any]]:
    return [
        {
            "date": slot.on,
            "day_part": slot.day_part,
            "available": [one.id for one in slot.free],
            "pairs": pairs,
        }
        for slot, pairs in zip(slots, propose_pairs(slots), strict=True)
    ]

"""The doors that a plan must answer, read anew each time: what is there to do, and when."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from outreach.campaigns.models import Campaign
from outreach.clock import DayPart, today
from outreach.db import db
from outreach.dispatch.people import street_key
from outreach.languages import SPOKEN
from outreach.planning.faults import BOUNDS
from outreach.planning.problem import DAY, MINUTE, Door, Kind, Place, Window
from outreach.plans.models import Aftercare
from outreach.territory.homes import is_home
from outreach.territory.models import Address, Household
from outreach.territory.street_names import Street
from outreach.visits.histories import Asked, read_doors
from outreach.visits.models import ContactAttempt
from outreach.visits.planned_rounds import is_free
from outreach.visits.selection import DoorHistory, is_to_do, may_go
from outreach.visits.wishes import waiting_wishes
from outreach.visits.words import moment

Slot = tuple[date, str]
BY_PHONE = "call"


@dataclass(frozen=True)
class Wanted:
    """Which doors, for which moments. `ids` None: all that are to do in the campaign."""

    campaign: Campaign
    slots: Collection[Slot]
    last_day: date
    minutes: Mapping[str, int]
    ids: Collection[str] | None = None
    but_rounds: Collection[str] = ()


@dataclass(frozen=True)
class Found:
    """Doors for the solver, and their addresses by id. `promised`: when they expect somebody."""

    doors: tuple[Door, ...]
    addresses: Mapping[str, Address]
    promised: Mapping[str, Slot]


def doors_to_do(wanted: Wanted) -> Found:
    """Homes that some round may take, and doors to which somebody comes back."""
    back = _aftercare(wanted)
    languages = _languages(wanted.campaign)
    doors, addresses, promised = [], {}, {}
    for address, history in _histories(wanted):
        due = back.get(address.id)
        if not (_comes_back(history, due) or is_to_do(history)):
            continue
        addresses[address.id] = address
        slot = _promise(history, due)
        if slot:
            promised[address.id] = slot
        language = languages.get(address.id, "")
        doors.append(_door(wanted, address, history, due, slot, language))
    return Found(tuple(doors), addresses, promised)


def _histories(wanted: Wanted) -> list[tuple[Address, DoorHistory]]:
    asked = Asked(
        wanted.campaign,
        today(),
        address_ids=wanted.ids,
        but_rounds=wanted.but_rounds,
        everywhere=wanted.ids is None,
    )
    found = read_doors(asked)
    if wanted.ids is not None:
        return found
    homes = set(
        db.session.scalars(
            select(Address.id).where(
                Address.municipality_id == wanted.campaign.municipality_id, is_home()
            )
        )
    )
    return [(address, history) for address, history in found if address.id in homes]


def _comes_back(history: DoorHistory, due: Aftercare | None) -> bool:
    return due is not None and is_free(history)


def _aftercare(wanted: Wanted) -> dict[str, Aftercare]:
    """Visits that are due by the last day, by address; the earliest where two households live."""
    rows = (
        select(Household.address_id, Aftercare)
        .join(Household, Household.id == Aftercare.household_id)
        .where(
            Aftercare.campaign_id == wanted.campaign.id,
            Aftercare.closed_at.is_(None),
            Aftercare.outcome == "",
            Aftercare.kind != BY_PHONE,
            Aftercare.due_on <= wanted.last_day,
            Household.address_id.is_not(None),
        )
        .order_by(Aftercare.due_on.desc(), Aftercare.id)
    )
    return {address_id: due for address_id, due in db.session.execute(rows) if address_id}


def _languages(campaign: Campaign) -> dict[str, str]:
    """Languages that were asked for at a door, as far as anybody here could speak them."""
    found: dict[str, str] = {}
    rows = waiting_wishes(campaign).order_by(ContactAttempt.received_at, ContactAttempt.id)
    for attempt in db.session.scalars(rows):
        language = attempt.details.get("language", "")
        if language in SPOKEN:
            found[attempt.address_id] = language
    return found


def _promise(history: DoorHistory, due: Aftercare | None) -> Slot | None:
    """The first moment from today on at which this household expects somebody."""
    if due is not None and is_free(history):
        return (due.due_on, due.day_part) if due.due_on >= today() else None
    ahead = [promise for promise in history.promised if promise[0] >= today()]
    return min(ahead, key=lambda promise: moment(*promise), default=None)


def _door(
    wanted: Wanted,
    address: Address,
    history: DoorHistory,
    due: Aftercare | None,
    slot: Slot | None,
    language: str,
) -> Door:
    comes_back = _comes_back(history, due)
    kind = _kind(history, comes_back=comes_back)
    return Door(
        address.id,
        street_key(Street(address.city, address.street)),
        _place(address),
        entrance=address.entrance,
        kind=kind,
        service=wanted.minutes[kind] * MINUTE,
        window=_window(slot) if slot else None,
        tried=frozenset() if comes_back or slot else _barred(wanted.slots, history),
        language=language,
        expects=due.account_id if comes_back and due else "",
    )


def _kind(history: DoorHistory, *, comes_back: bool) -> Kind:
    if comes_back:
        return Kind.AFTERCARE
    if history.promised:
        return Kind.LATER
    return Kind.AGAIN if history.tried else Kind.FIRST


def _place(address: Address) -> Place | None:
    if address.lat is None or address.lon is None:
        return None
    return Place(address.lat, address.lon)


def _window(slot: Slot) -> Window:
    """All of that day part; of the day when nobody said which part."""
    on, part = slot
    if not part:
        return Window(on, 0, DAY - 1)
    opens, closes = BOUNDS[DayPart(part)]
    return Window(on, opens, closes - 1)


def _barred(slots: Iterable[Slot], history: DoorHistory) -> frozenset[DayPart]:
    """Day parts of the plan in which no round may ring: one rule says so, in `visits`."""
    parts = {part for _, part in slots}
    open_parts = {part for on, part in slots if may_go(history, on, part)}
    return frozenset(DayPart(part) for part in parts - open_parts)

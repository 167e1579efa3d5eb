"""The coordinator's view of what could not be applied."""

from typing import Any

from sqlalchemy import select

from outreach.access.actor import Actor, current_actor
from outreach.access.models import Account
from outreach.access.roles import Permission
from outreach.db import db
from outreach.errors import Conflict, InputError, InvalidInput
from outreach.languages import text, texts
from outreach.sync import binding, mending, opening, quarantine, settlement
from outreach.sync import quarantine_schemas as schemas
from outreach.sync.mending import Repair
from outreach.sync.models import Quarantined
from outreach.sync.retrying import retried
from outreach.sync.scope import visible_quarantined
from outreach.sync.settlement import LetIn, StillInTheWay
from outreach.territory.models import Address
from outreach.visits.models import Round, Stop
from outreach.visits.scope import DRAFT, visible_rounds
from outreach.web.paging import Page, first_or_404, page
from outreach.web.problems import asked_language
from outreach.web.routing import Routes
from outreach.web.schemas import AfterQuery, page_of

routes = Routes("quarantine", "Mutations that wait for a person")


class StillDoesNotFit(Conflict):
    """Applying it now meets an obstacle, the same or the next; `reason` says which, in words."""

    code = "still-does-not-fit"


@routes.get(
    "/quarantine",
    permission=Permission.QUARANTINE_READ,
    query=AfterQuery(),
    answer=page_of(schemas.QuarantinedOut, "QuarantinePage"),
)
def list_quarantined(query: dict[str, str]) -> Page[dict[str, Any]]:
    """What waits, oldest first."""
    actor = current_actor()
    rows = visible_quarantined(actor).where(Quarantined.state == quarantine.WAITING)
    found = page(rows, [Quarantined.received_at, Quarantined.id], query["after"])
    return Page(_listed(actor, found.items), found.next)


def _listed(actor: Actor, found: list[Quarantined]) -> list[dict[str, Any]]:
    authors = select(Account.id, Account.first_name).where(
        Account.id.in_({kept.author_id for kept in found})
    )
    names = dict(db.session.execute(authors).all())
    doors = select(Address).where(Address.id.in_({kept.address_id for kept in found}))
    addresses = {address.id: address for address in db.session.scalars(doors)}
    return [
        {
            "id": kept.id,
            "author": names[kept.author_id],
            "address": _door(addresses.get(kept.address_id or "")),
            "kind": kept.kind,
            "reason": kept.reason,
            "received_at": kept.received_at,
            "state": kept.state,
            "urgent": kept.urgent,
            "may_open": opening.may_open(actor, kept.kind),
            "opened_by": opening.roles_that_open(kept.kind),
        }
        for kept in found
    ]


def _door(address: Address | None) -> dict[str, str] | None:
    return {"street": address.street, "number": address.number} if address else None


@routes.get("/quarantine/alert", permission=Permission.QUARANTINE_OPEN, answer=schemas.AlertOut())
def read_alert() -> dict[str, int]:
    """How many cannot wait; the desk asks again and again, so that nobody has to look."""
    return {"urgent": quarantine.urgent_for(current_actor(), opening.may_open)}


@routes.post(
    "/quarantine/door-searches",
    permission=Permission.QUARANTINE_OPEN,
    body=schemas.DoorSearchBody(),
    answer=schemas.FoundDoorsOut(),
)
def search_doors(body: dict[str, str]) -> dict[str, Any]:
    """Stops at a door, for what names one that is gone."""
    return {"items": binding.doors_like(current_actor(), body["street"], body["number"])}


@routes.post(
    "/quarantine/<uuid:kept_id>/opening",
    permission=Permission.QUARANTINE_OPEN,
    body=schemas.QuarantineReasonBody(),
    answer=schemas.ContentOut(),
)
def open_quarantined(body: dict[str, str], kept_id: Any) -> dict[str, Any]:
    """Read the content of one, with a reason that is logged."""
    kept = _kept(kept_id)
    return {
        "id": kept.id,
        "body": opening.opened(current_actor(), kept, body["reason"]),
        "fields": mending.fields_of(kept),
        "other_door": mending.can_be_bound(kept),
        "followers": len(settlement.followers_of(kept)),
    }


@routes.post(
    "/quarantine/<uuid:kept_id>/settlement",
    permission=Permission.QUARANTINE_OPEN,
    body=schemas.SettlementBody(),
    answer=schemas.SettledOut(),
)
def settle_quarantined(body: dict[str, Any], kept_id: Any) -> dict[str, Any]:
    """Let it in as its author meant it, repaired or not, or discard it; both with a reason."""
    return retried(lambda _last_try: _settle(body, kept_id))


def _settle(body: dict[str, Any], kept_id: Any) -> dict[str, Any]:
    """Who settles a moment later waits for the first, and hears that it is no longer here."""
    actor, kept = current_actor(), _kept(kept_id, lock=True)
    if body["decision"] == "discard":
        settlement.discard(actor, kept, body["reason"])
        return _kept_so(actor, kept, LetIn())
    repair = Repair(_stop(actor, body["stop_id"]), body["changes"], tuple(body["removed"]))
    followers = settlement.followers_of(kept, lock=True) if body["followers"] else []
    try:
        settlement.let_in(actor, kept, repair, body["reason"])
    except StillInTheWay as still:
        refused = mending.refused_in(kept)
        raise StillDoesNotFit(*refused, reason=_in_words(still.why)) from still
    after = settlement.let_in_followers(actor, followers, repair, body["reason"])
    return _kept_so(actor, kept, after)


def _kept_so(actor: Actor, kept: Quarantined, after: LetIn) -> dict[str, Any]:
    settled = _settled(actor, kept, after)
    db.session.commit()  # here, so that a clash with another request is tried again
    return settled


def _settled(actor: Actor, kept: Quarantined, after: LetIn) -> dict[str, Any]:
    return _listed(actor, [kept])[0] | {
        "followers": after.followers,
        "stopped_at": after.stopped_at.id if after.stopped_at else None,
        "stopped_why": after.why,
    }


def _in_words(why: str) -> str:
    key = f"desk_quarantine.reason.{why.replace('-', '_')}"
    return text(key, asked_language()) if key in texts("nl") else why.replace("-", " ")


def _stop(actor: Actor, stop_id: str | None) -> Stop | None:
    """Raises InvalidInput for a stop that this person cannot see."""
    if stop_id is None:
        return None
    rounds = visible_rounds(actor).where(Round.state != DRAFT).with_only_columns(Round.id)
    stop = db.session.scalar(select(Stop).where(Stop.id == stop_id, Stop.round_id.in_(rounds)))
    if stop is None:
        raise InvalidInput(InputError("/stop_id", "not-a-choice"))
    return stop


def _kept(kept_id: Any, *, lock: bool = False) -> Quarantined:
    rows = visible_quarantined(current_actor()).where(
        Quarantined.id == str(kept_id), Quarantined.state == quarantine.WAITING
    )
    return first_or_404(rows.with_for_update() if lock else rows)

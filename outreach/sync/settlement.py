"""A person decides what becomes of what waits: let in, repaired or as it is, or discarded."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError

from outreach.access.actor import Actor, actor_of
from outreach.access.intents import AlreadyErased, CannotApply
from outreach.access.models import Account
from outreach.audit import trail
from outreach.clock import now
from outreach.db import db
from outreach.errors import InputError, InvalidInput
from outreach.sync import mending, moving
from outreach.sync.binding import bound
from outreach.sync.forms import is_form
from outreach.sync.mending import Repair
from outreach.sync.models import Quarantined
from outreach.sync.opening import check_may_open, check_was_read, may_open
from outreach.sync.quarantine import APPLIED, DISCARDED, MOVED_HERE, SEALED, WAITING
from outreach.sync.receiving import UNFORESEEN, carried_out, understood
from outreach.sync.schemas import MutationIn
from outreach.sync.upcasting import MUTATION
from outreach.watch import contact

LONGEST_REASON = 200
log = logging.getLogger(__name__)


class StillInTheWay(Exception):  # noqa: N818 - it is a reason, not an error
    """Letting it in now meets an obstacle; `why` is its code."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class LetIn:
    """How many followers were let in, and at which it stopped, with the code of why."""

    followers: int = 0
    stopped_at: Quarantined | None = None
    why: str = ""


def discard(actor: Actor, kept: Quarantined, reason: str) -> None:
    """It counts no more; its content goes 90 days later."""
    check_may_open(actor, kept)
    _close(actor, kept, DISCARDED, reason)


def let_in(actor: Actor, kept: Quarantined, repair: Repair, reason: str) -> None:
    """Apply it under its author's name, with the repair in it, for who read it.

    Raises StillInTheWay, InvalidInput, AnotherRoleOpensIt and ReadItFirst; nothing is changed then.
    """
    check_may_open(actor, kept)
    if is_form(kept.kind) or kept.kind == SEALED:
        raise StillInTheWay("unknown-kind")
    check_was_read(actor, kept)
    _carry_in(actor, kept, repair, reason)


def _carry_in(actor: Actor, kept: Quarantined, repair: Repair, reason: str) -> None:
    envelope = _repaired(kept, repair)
    _apply(kept, envelope)
    if repair:
        _keep_both(kept, envelope, repair)
        _note(actor, kept, "quarantine.repair", ", ".join(repair.names)[:LONGEST_REASON])
    _close(actor, kept, APPLIED, reason)


def _repaired(kept: Quarantined, repair: Repair) -> dict[str, Any]:
    envelope: dict[str, Any] = dict(kept.body)
    if repair.stop and not mending.can_be_bound(kept):
        raise InvalidInput(InputError("/stop_id", "does-not-fit"))
    if mending.spoken(kept) is None:
        return envelope
    envelope |= {"body": mending.mended(kept, repair), "schema": MUTATION}
    return bound(kept.kind, envelope, repair.stop) if repair.stop else envelope


def _apply(kept: Quarantined, envelope: dict[str, Any]) -> None:
    author = actor_of(db.session.get_one(Account, kept.author_id))
    try:
        with db.session.begin_nested():
            intent = understood(author, kept.device_id, MutationIn().load(envelope))
            carried_out(replace(moving.where_it_stands(intent), decided=True))
            contact.touched(author.municipality_id, intent.dossier_id)
    except CannotApply as why:
        raise StillInTheWay(why.reason) from why
    except AlreadyErased as why:
        raise StillInTheWay("already-erased") from why
    except (DataError, IntegrityError) as why:
        raise StillInTheWay("does-not-fit-here") from why
    except DBAPIError:
        raise  # a lost line or a clash says nothing about what was said
    except UNFORESEEN as why:
        # The message may quote what somebody typed: only its kind is logged.
        log.error("%s broke on %s", kept.kind, type(why).__name__)  # noqa: TRY400
        raise StillInTheWay("does-not-fit-here") from why


def _keep_both(kept: Quarantined, envelope: dict[str, Any], repair: Repair) -> None:
    """What was let in beside what came: both go with the dossier they are about."""
    kept.original = kept.body
    kept.first_dossier_id = kept.dossier_id
    kept.body = envelope
    kept.dossier_id = envelope["dossier_id"]
    if repair.stop:
        kept.address_id = repair.stop.address_id
    if kept.dossier_id != kept.first_dossier_id:
        _ask_today_what_erases(kept)


def _ask_today_what_erases(moved: Quarantined) -> None:
    """What waits to take out words that went to another door cannot wait any more."""
    waiting = update(Quarantined).where(
        Quarantined.municipality_id == moved.municipality_id,
        Quarantined.dossier_id == moved.first_dossier_id,
        Quarantined.kind.in_(moving.ERASING),
        Quarantined.state == WAITING,
    )
    db.session.execute(waiting.values(urgent=True))


def _close(actor: Actor, kept: Quarantined, state: str, reason: str) -> None:
    kept.state = state
    kept.settled_at = now()
    kept.settled_by = actor.account_id
    kept.settled_why = reason
    _note(actor, kept, f"quarantine.{state}", reason)


def _note(actor: Actor, kept: Quarantined, action: str, reason: str) -> None:
    municipality_id, by = actor.municipality_id, actor.account_id
    trail.note(municipality_id, by, action, "quarantined", kept.id, reason=reason)


def followers_of(kept: Quarantined, *, lock: bool = False) -> list[Quarantined]:
    """What its author said of the same dossier after it and waits too, in the order it came.

    Locked when they will be let in, always in one order: two people may settle at once.
    """
    rows = select(Quarantined).where(
        Quarantined.municipality_id == kept.municipality_id,
        Quarantined.author_id == kept.author_id,
        Quarantined.dossier_id == kept.dossier_id,
        Quarantined.state == WAITING,
        Quarantined.kind != SEALED,
        Quarantined.reason != MOVED_HERE,
        Quarantined.id != kept.id,
    )
    if lock:
        rows = rows.order_by(Quarantined.id).with_for_update()
    later = [
        one
        for one in db.session.scalars(rows)
        if not is_form(one.kind) and _order(one) > _order(kept)
    ]
    return sorted(later, key=_order)


def _order(kept: Quarantined) -> tuple[Any, str, str]:
    """As it came; of what came in one moment the phone's own time of making says the order."""
    return kept.received_at, str(kept.body.get("made_at", "")), kept.id


def let_in_followers(
    actor: Actor, followers: Iterable[Quarantined], repair: Repair, reason: str
) -> LetIn:
    """Let in one after the other, each at the same door; the first that does not fit ends it.

    They come along with the one that was read. None is a form or a sealed box.
    """
    at_that_door = Repair(stop=repair.stop)
    done = 0
    for kept in followers:
        if kept not in db.session:
            continue  # one before it threw it away
        if not may_open(actor, kept.kind):
            return LetIn(done, kept, "another-role-opens-it")
        moves = at_that_door if mending.can_be_bound(kept) else Repair()
        try:
            _carry_in(actor, kept, moves, reason)
        except StillInTheWay as still:
            return LetIn(done, kept, still.why)
        except InvalidInput:
            return LetIn(done, kept, "does-not-fit")
        done += 1
    return LetIn(done)

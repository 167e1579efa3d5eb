"""Applying what phones send: each mutation once, in order, its outcome stored with its effect."""

import hashlib
import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from marshmallow import ValidationError
from sqlalchemy import func, or_, select
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, StatementError

from outreach.access.actor import Actor
from outreach.access.intents import AlreadyErased, CannotApply, Intent
from outreach.audit.differences import Effect
from outreach.clock import now
from outreach.db import db
from outreach.sync import alarming, moving, quarantine
from outreach.sync.catalogue import CATALOGUE
from outreach.sync.forms import is_form
from outreach.sync.known import Known
from outreach.sync.models import IssuedDossier, Mutation
from outreach.sync.moving import DISCARD, ERASING
from outreach.sync.quarantine import CANNOT_OPEN, SEALED
from outreach.sync.resting import may_be_kept
from outreach.sync.upcasting import NotUnderstood, lifted_body
from outreach.visits.models import Stop
from outreach.watch import contact

log = logging.getLogger(__name__)

RIGHT_TO_WRITE = timedelta(days=14)
# A no after a yes takes words out too, and so does settling for the no of two people.
MAY_ERASE = {*ERASING, "consent.record", "difference.settle"}
# What came in for the first time and counts: a sign that its pair is at work.
WORK = frozenset(Effect)
# A call for help waits behind nothing.
WAITS_FOR_NOTHING = {*ERASING, "help.call", "help.withdraw"}
# A mutation nobody thought of must not keep the good ones beside it from arriving.
UNFORESEEN = (ArithmeticError, AttributeError, LookupError, StatementError, TypeError, ValueError)


@dataclass(frozen=True)
class Outcome:
    """What came of one mutation; `code` says why it was not applied."""

    id: str
    outcome: str
    code: str = ""


class NeedsCare(Exception):  # noqa: N818 - it asks for another way, nothing is wrong
    """Something of a request that went in one go did not fit: roll back, and take care of each."""


@dataclass(frozen=True)
class Sender:
    """Whose phone sends. On the last try a clash with another phone is put aside, not raised.

    `in_one_go`: without a way back for each mutation alone, which is most of what they cost.
    """

    actor: Actor
    device_id: str
    last_try: bool = True
    in_one_go: bool = False


# What comes of one envelope.
Act = Callable[[Sender, Known, dict[str, Any]], Outcome]


def receive(sender: Sender, envelopes: Sequence[dict[str, Any]]) -> list[Outcome]:
    """Apply envelopes in order; one bad mutation never harms the good ones beside it.

    Raises IntegrityError before the last try: another phone made the same rows a moment ago, and
    a fresh snapshot will show them. Raises NeedsCare when it should go in one go and cannot.
    """
    outcomes = each_once(sender, envelopes, _apply)
    counted = zip(envelopes, outcomes, strict=True)
    work = [(said["kind"], said["dossier_id"]) for said, came in counted if came.outcome in WORK]
    contact.heard(sender.actor, work, now())
    return outcomes


def each_once(sender: Sender, envelopes: Sequence[dict[str, Any]], act: Act) -> list[Outcome]:
    """What `act` makes of each envelope, stored beside it; told again when one comes again."""
    if not envelopes:
        return []
    known = Known(sender.actor, envelopes)
    outcomes = [once(sender, known, envelope, act) for envelope in envelopes]
    _write_down(known)
    return outcomes


def _write_down(known: Known) -> None:
    """All that came at once: written between the acts, each would cost a statement of its own."""
    db.session.add_all(known.came.values())
    db.session.flush()


def once(sender: Sender, known: Known, envelope: dict[str, Any], act: Act) -> Outcome:
    """What `act` makes of one envelope, or what came of it before.

    What came before in a box that nobody could open had no effect yet: it is as new.
    """
    actor = sender.actor
    digest = _digest(envelope)
    before = known.came.get(envelope["id"])
    if before is not None and envelope["kind"] != SEALED and _was_unopened(before, actor):
        quarantine.drop_unopened(actor, before.id)
        db.session.delete(before)
        db.session.flush()
        known.look()
        before = None
    if before is not None:
        return _again(sender, known, before, digest)
    outcome = act(sender, known, envelope)
    known.came[envelope["id"]] = Mutation(
        id=envelope["id"],
        municipality_id=actor.municipality_id,
        account_id=actor.account_id,
        device_id=sender.device_id,
        dossier_id=envelope["dossier_id"],
        kind=envelope["kind"],
        schema=envelope["schema"],
        body_hash=digest,
        outcome=outcome.outcome,
        code=outcome.code,
        made_at=envelope["made_at"],
        received_at=now(),
    )
    return outcome


def _was_unopened(before: Mutation, actor: Actor) -> bool:
    return before.code == CANNOT_OPEN and before.account_id == actor.account_id


def _digest(envelope: dict[str, Any]) -> bytes:
    said = json.dumps([envelope["dossier_id"], envelope["kind"], envelope["body"]], sort_keys=True)
    return hashlib.sha256(said.encode()).digest()


def _again(sender: Sender, known: Known, before: Mutation, digest: bytes) -> Outcome:
    if before.account_id != sender.actor.account_id or before.body_hash != digest:
        return Outcome(before.id, "refused", "same-id-other-body")
    if before.kind != DISCARD and _was_erased(known, before.dossier_id):
        # Its answer was lost, and the household was thrown away since: the phone must hear that.
        return Outcome(before.id, "erased", "dossier-erased")
    outcome = "already_applied" if before.outcome == Effect.APPLIED else before.outcome
    return Outcome(before.id, outcome, before.code)


def _apply(sender: Sender, known: Known, envelope: dict[str, Any]) -> Outcome:
    if _was_erased(known, envelope["dossier_id"]):
        return Outcome(envelope["id"], "erased", "dossier-erased")
    reason = _put_aside_before(known, envelope)
    if not reason:
        try:
            said = understood(sender.actor, sender.device_id, envelope)
            intent = moving.where_it_stands(said)
            _check_right(known, said, moved=intent is not said)
            return Outcome(envelope["id"], str(_acted(sender, known, intent)))
        except AlreadyErased:
            return Outcome(envelope["id"], "erased", "entry-erased")
        except CannotApply as why:
            reason = why.reason
        except DBAPIError as fault:
            if not sender.last_try or not isinstance(fault, IntegrityError | DataError):
                raise
            reason = "does-not-fit-here"
        except UNFORESEEN as fault:
            # The message may quote what somebody typed: only its kind is logged.
            log.error("%s broke on %s", envelope["kind"], type(fault).__name__)  # noqa: TRY400
            reason = "does-not-fit-here"
    return set_aside(sender, known, envelope, reason)


def _acted(sender: Sender, known: Known, intent: Intent) -> Effect:
    """Act, with a way back to where it stood before; in one go there is only the whole way back."""
    if intent.kind in MAY_ERASE:
        _write_down(known)  # who wrote in a dossier must hear that it is gone
    if sender.in_one_go:
        try:
            effect = carried_out(intent)
        except (AlreadyErased, CannotApply, DBAPIError, *UNFORESEEN) as fault:
            raise NeedsCare from fault
    else:
        with db.session.begin_nested():
            effect = carried_out(intent)
    if intent.kind in ERASING:
        known.look()
    return effect


def set_aside(sender: Sender, known: Known, envelope: dict[str, Any], reason: str) -> Outcome:
    """Put an envelope in quarantine, unless the household lets nobody keep what it says."""
    if _was_erased(known, envelope["dossier_id"]):
        return Outcome(envelope["id"], "erased", "dossier-erased")
    if not may_be_kept(sender.actor, sender.device_id, envelope):
        return Outcome(envelope["id"], "erased", "entry-erased")
    alarming.tell_of(quarantine.put_aside(sender.actor, sender.device_id, envelope, reason))
    if not is_form(envelope["kind"]):
        known.waiting.add(envelope["dossier_id"])
    return Outcome(envelope["id"], "quarantined", reason)


def understood(actor: Actor, device_id: str, envelope: dict[str, Any]) -> Intent:
    """The intent in an envelope; raises CannotApply where this server does not understand it."""
    mutation = CATALOGUE.get(envelope["kind"])
    if mutation is None:
        raise CannotApply("unknown-kind")
    try:
        said = lifted_body(mutation.kind, envelope["schema"], envelope["body"])
        body = mutation.body.load(said)
    except NotUnderstood as fault:
        raise CannotApply("unknown-kind") from fault
    except ValidationError as fault:
        raise CannotApply("does-not-fit") from fault
    return Intent(
        id=envelope["id"],
        actor=actor,
        device_id=device_id,
        dossier_id=envelope["dossier_id"],
        kind=envelope["kind"],
        made_at=envelope["made_at"],
        received_at=now(),
        body=body,
    )


def carried_out(intent: Intent) -> Effect:
    """Act on an intent and write its effect through to the database."""
    effect = CATALOGUE[intent.kind].act(intent)
    db.session.flush()
    if intent.kind == DISCARD:
        alarming.tell_of_moved(intent)
    return effect


def _check_right(known: Known, intent: Intent, *, moved: bool) -> None:
    """The right to write outlives the right to read: 14 days after it was last issued.

    What was let in elsewhere its author may always take out.
    """
    mutation = CATALOGUE[intent.kind]
    if not intent.actor.may(mutation.permission):
        raise CannotApply("not-permitted")
    if moved or known.may_write(mutation.writable, intent.dossier_id):
        return
    # A door that was given reserves its household: a talk may have begun there without a line.
    doors = select(Stop.id).where(
        Stop.municipality_id == intent.actor.municipality_id,
        Stop.household_id == intent.dossier_id,
    )
    issued = select(func.max(IssuedDossier.last_at)).where(
        or_(IssuedDossier.dossier_id == intent.dossier_id, IssuedDossier.dossier_id.in_(doors)),
        IssuedDossier.account_id == intent.actor.account_id,
    )
    last_at = db.session.scalar(issued)
    if last_at is None or last_at + RIGHT_TO_WRITE < now():
        raise CannotApply("no-right")


def _was_erased(known: Known, dossier_id: str) -> bool:
    return dossier_id in known.erased


def _put_aside_before(known: Known, envelope: dict[str, Any]) -> str:
    """When one mutation of a dossier waits in quarantine its author's followers go with it.

    Only theirs: what one person sent never holds up what another has to say.
    """
    waits = envelope["dossier_id"] in known.waiting
    return "follows-another" if waits and envelope["kind"] not in WAITS_FOR_NOTHING else ""

"""Applying what phones send: each mutation once, in order, its outcome stored with its effect."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from marshmallow import ValidationError
from sqlalchemy import exists, select
from sqlalchemy.exc import IntegrityError

from outreach.access.actor import Actor
from outreach.access.intents import AlreadyErased, CannotApply, Intent
from outreach.audit.differences import Effect
from outreach.clock import now
from outreach.db import db
from outreach.sync import quarantine
from outreach.sync.catalogue import CATALOGUE, SCHEMA
from outreach.sync.models import ErasedDossier, IssuedDossier, Mutation, Quarantined

RIGHT_TO_WRITE = timedelta(days=14)
# Erasure waits for nothing: not even for what of the same dossier waits in quarantine.
ERASING = {"dossier.discard", "note.remove", "consent.withdraw"}


@dataclass(frozen=True)
class Outcome:
    """What came of one mutation; `code` says why it was not applied."""

    id: str
    outcome: str
    code: str = ""


@dataclass(frozen=True)
class Sender:
    """Whose phone sends. On the last try a clash with another phone is put aside, not raised."""

    actor: Actor
    device_id: str
    last_try: bool = True


def receive(sender: Sender, envelopes: Iterable[dict[str, Any]]) -> list[Outcome]:
    """Apply envelopes in order; one bad mutation never harms the good ones beside it.

    Raises IntegrityError before the last try: another phone made the same rows a moment ago, and
    a fresh snapshot will show them.
    """
    return [_receive_one(sender, envelope) for envelope in envelopes]


def _receive_one(sender: Sender, envelope: dict[str, Any]) -> Outcome:
    actor = sender.actor
    digest = _digest(envelope)
    before = db.session.get(Mutation, envelope["id"])
    if before is not None:
        return _again(before, actor, digest)
    outcome = _apply(sender, envelope)
    db.session.add(
        Mutation(
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
    )
    db.session.flush()
    return outcome


def _digest(envelope: dict[str, Any]) -> bytes:
    said = json.dumps([envelope["dossier_id"], envelope["kind"], envelope["body"]], sort_keys=True)
    return hashlib.sha256(said.encode()).digest()


def _again(before: Mutation, actor: Actor, digest: bytes) -> Outcome:
    if before.account_id != actor.account_id or before.body_hash != digest:
        return Outcome(before.id, "refused", "same-id-other-body")
    outcome = "already_applied" if before.outcome == Effect.APPLIED else before.outcome
    return Outcome(before.id, outcome, before.code)


def _apply(sender: Sender, envelope: dict[str, Any]) -> Outcome:
    if _was_erased(envelope["dossier_id"]):
        return Outcome(envelope["id"], "erased", "dossier-erased")
    reason = "" if envelope["kind"] in ERASING else _put_aside_before(envelope["dossier_id"])
    if not reason:
        try:
            intent = understood(sender.actor, sender.device_id, envelope)
            _check_right(intent)
            with db.session.begin_nested():
                return Outcome(envelope["id"], str(carried_out(intent)))
        except AlreadyErased:
            return Outcome(envelope["id"], "erased", "entry-erased")
        except CannotApply as why:
            reason = why.reason
        except IntegrityError:
            if not sender.last_try:
                raise
            reason = "does-not-fit-here"
    quarantine.put_aside(sender.actor, sender.device_id, envelope, reason)
    return Outcome(envelope["id"], "quarantined", reason)


def understood(actor: Actor, device_id: str, envelope: dict[str, Any]) -> Intent:
    """The intent in an envelope; raises CannotApply where this server does not understand it."""
    mutation = CATALOGUE.get(envelope["kind"])
    if mutation is None or envelope["schema"] != SCHEMA:
        raise CannotApply("unknown-kind")
    try:
        body = mutation.body.load(envelope["body"])
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
    return effect


def _check_right(intent: Intent) -> None:
    """The right to write outlives the right to read: 14 days after it was last issued."""
    mutation = CATALOGUE[intent.kind]
    if not intent.actor.may(mutation.permission):
        raise CannotApply("not-permitted")
    if mutation.may_write(intent):
        return
    issued = select(IssuedDossier.last_at).where(
        IssuedDossier.dossier_id == intent.dossier_id,
        IssuedDossier.account_id == intent.actor.account_id,
    )
    last_at = db.session.scalar(issued)
    if last_at is None or last_at + RIGHT_TO_WRITE < now():
        raise CannotApply("no-right")


def _was_erased(dossier_id: str) -> bool:
    return bool(db.session.scalar(select(exists().where(ErasedDossier.id == dossier_id))))


def _put_aside_before(dossier_id: str) -> str:
    """When one mutation of a dossier waits in quarantine its followers go with it."""
    waiting = exists().where(
        Quarantined.dossier_id == dossier_id, Quarantined.state == quarantine.WAITING
    )
    return "follows-another" if db.session.scalar(select(waiting)) else ""

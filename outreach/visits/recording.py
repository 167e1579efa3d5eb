"""What came of a door. Two phones may record the same one: then both words are kept."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import bindparam, select

from outreach.access.actor import Actor
from outreach.access.intents import CannotApply, Intent
from outreach.audit import differences
from outreach.audit.differences import Effect
from outreach.audit.models import Difference
from outreach.clock import now
from outreach.db import db
from outreach.territory.models import Address
from outreach.visits import consequences
from outreach.visits.models import ContactAttempt, Round, Stop
from outreach.visits.scope import CLOSED, DRAFT
from outreach.visits.words import REACHED

LATE_WORK = timedelta(days=14)
# Built once: a phone says this of every door of a round, and building costs as much as asking.
DOOR = (
    select(Stop, Round)
    .join(Round, Round.id == Stop.round_id)
    .join(Address, Address.id == Stop.address_id)
    .where(
        Stop.municipality_id == bindparam("municipality_id"),
        Stop.id == bindparam("stop_id"),
        Round.state != DRAFT,
    )
    .with_for_update(key_share=True, of=Address)
)
ATTEMPT = (
    select(ContactAttempt)
    .where(ContactAttempt.id == bindparam("attempt_id"))
    .execution_options(populate_existing=True)
)


@dataclass(frozen=True)
class Door:
    """A stop with its round, locked against the other phone of the pair."""

    stop: Stop
    round: Round

    @property
    def closed(self) -> bool:
        """Whether the round was closed."""
        return self.round.state == CLOSED


def door_of(intent: Intent) -> Door:
    """The stop an intent is about; raises CannotApply when there is none any more.

    The address is locked: whatever two phones do at one door happens one after the other.
    """
    which = {"municipality_id": intent.actor.municipality_id, "stop_id": intent.dossier_id}
    found = db.session.execute(DOOR, which).first()
    if found is None:
        raise CannotApply("no-such-stop")
    return Door(found[0], found[1])


def check_not_too_late(door: Door) -> None:
    """Work from before a closing may still arrive, for 14 days; raises CannotApply after that."""
    closed_at = door.round.closed_at
    if door.closed and closed_at is not None and closed_at + LATE_WORK < now():
        raise CannotApply("round-closed")


def record_visit(intent: Intent) -> Effect:
    """Record an outcome, correct it, or undo it with "".

    A closed round takes no corrections, yet loses no work that was done offline: what nobody
    recorded before is still taken, and what a person decided for after quarantine.
    """
    door = door_of(intent)
    attempt = _attempt_at(door.stop)
    if door.closed and not intent.decided:
        _check_late(door, attempt, intent)
    if attempt is None:
        return _first_word(door, intent)
    said = _details(intent.body)
    if attempt.outcome == intent.body["outcome"]:
        return _same_word(attempt, said, intent)
    return _other_word(attempt, said, intent)


def _attempt_at(stop: Stop) -> ContactAttempt | None:
    return db.session.scalars(ATTEMPT, {"attempt_id": stop.attempt_id}).first()


def _check_late(door: Door, attempt: ContactAttempt | None, intent: Intent) -> None:
    check_not_too_late(door)
    if attempt is None or attempt.outcome in {"", intent.body["outcome"]}:
        return
    closed_at = door.round.closed_at
    own_late_work = (
        closed_at is not None
        and attempt.received_at >= closed_at
        and attempt.recorded_by == intent.actor.account_id
    )
    if not own_late_work:
        raise CannotApply("round-closed")


def _details(body: dict[str, Any]) -> dict[str, str]:
    """The details as JSON keeps them."""
    found: dict[str, date | str] = body["details"]
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in found.items()
    }


def _first_word(door: Door, intent: Intent) -> Effect:
    body = intent.body
    if not body["outcome"]:
        return Effect.APPLIED  # undone before it ever arrived: nothing to keep
    attempt = ContactAttempt(
        id=door.stop.attempt_id,
        municipality_id=door.stop.municipality_id,
        campaign_id=door.round.campaign_id,
        address_id=door.stop.address_id,
        stop_id=door.stop.id,
        outcome=body["outcome"],
        details={},
        kept_details={},
    )
    _write(attempt, _details(body), intent)
    db.session.add(attempt)
    if attempt.outcome in consequences.MEANS_MORE:
        db.session.flush()
        consequences.follow(attempt, (), intent.actor.account_id)
    return Effect.APPLIED


def _write(attempt: ContactAttempt, details: dict[str, str], intent: Intent) -> None:
    """Everything that follows the outcome that shows."""
    attempt.reached = attempt.outcome in REACHED
    attempt.details = details
    attempt.date = intent.body["date"]
    attempt.day_part = intent.body["day_part"]
    attempt.recorded_by = intent.actor.account_id
    attempt.made_at = intent.made_at
    attempt.received_at = intent.received_at


def _same_word(attempt: ContactAttempt, said: dict[str, str], intent: Intent) -> Effect:
    """The same outcome again: a corrected detail, or the pair agreeing."""
    if attempt.details == said:
        return Effect.MERGED
    if intent.body["came_from"] == attempt.outcome:
        effect = Effect.APPLIED
        attempt.details = said
    else:
        always = attempt.details == consequences.ALWAYS
        effect = differences.change(
            attempt,
            "details",
            said,
            came_from=None,
            dossier_id=intent.dossier_id,
            by=intent.actor.account_id if always else attempt.recorded_by,
            mutation_id=intent.id,
            protects=consequences.ALWAYS,
        )
    _after(attempt, intent.actor.account_id, other_word=False)
    return effect


def _other_word(attempt: ContactAttempt, said: dict[str, str], intent: Intent) -> Effect:
    before, details_before = attempt.outcome, attempt.details
    effect = differences.change(
        attempt,
        "outcome",
        intent.body["outcome"],
        came_from=intent.body["came_from"],
        dossier_id=intent.dossier_id,
        by=attempt.recorded_by,
        mutation_id=intent.id,
    )
    if effect == Effect.CONFLICTED and details_before:
        attempt.kept_details = attempt.kept_details | {before: details_before}
    _write(attempt, said, intent)
    _after(attempt, intent.actor.account_id, other_word=True)
    return effect


def _after(attempt: ContactAttempt, by: str, *, other_word: bool) -> None:
    db.session.flush()
    disagreed = _still_disagreed(attempt, by, other_word=other_word)
    _forget_details(attempt, disagreed)
    consequences.follow(attempt, disagreed, by)


def _still_disagreed(attempt: ContactAttempt, by: str, *, other_word: bool) -> list[Difference]:
    """Open differences, their shown value up to date; who corrects to the other value agrees.

    Another word ends a difference about the details of the word before.
    """
    still = []
    for difference in consequences.open_differences_of(attempt):
        shows = getattr(attempt, difference.field)
        if difference.other["value"] == shows or (other_word and difference.field == "details"):
            difference.settled_at, difference.settled_by = now(), by
            continue
        if difference.shown["value"] != shows:
            difference.shown = {"value": shows}
        still.append(difference)
    return still


def _forget_details(attempt: ContactAttempt, disagreed: Collection[Difference]) -> None:
    waiting = {d.other["value"] for d in disagreed if d.field == "outcome"}
    kept = {word: said for word, said in attempt.kept_details.items() if word in waiting}
    if kept != attempt.kept_details:
        attempt.kept_details = kept


def settle(difference: Difference, keep: str, actor: Actor) -> None:
    """Let one of the two values stand (`keep`: shown or other); the caller marks it settled."""
    attempt = db.session.get(ContactAttempt, difference.object_id)
    if attempt is None:
        return  # forgotten with its campaign
    value = difference.shown["value"] if keep == "shown" else difference.other["value"]
    settle_attempt(attempt, difference, value, actor.account_id)


def settle_attempt(attempt: ContactAttempt, difference: Difference, value: Any, by: str) -> None:
    """Set the settled field and bring details, reached, hold and appointment in line with it."""
    other_word = difference.field == "outcome" and attempt.outcome != value
    if other_word:
        attempt.outcome = value
        attempt.details = attempt.kept_details.get(value, {})
        attempt.reached = value in REACHED
        attempt.recorded_by = difference.other_by
    elif difference.field == "details":
        attempt.details = value
    still = _still_disagreed(attempt, by, other_word=other_word)
    disagreed = [other for other in still if other.id != difference.id]
    _forget_details(attempt, disagreed)
    consequences.follow(attempt, disagreed, by)


def stop_of_household(household_id: str) -> Stop | None:
    """The stop that reserved this household's id."""
    return db.session.scalars(select(Stop).where(Stop.household_id == household_id)).first()

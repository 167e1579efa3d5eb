"""Planted bugs: what ends, what comes back with an old copy, what a server leaves half done."""

from collections import Counter
from collections.abc import Collection
from typing import Any

from sqlalchemy import select

from outreach.access.actor import Actor
from outreach.access.intents import Intent
from outreach.access.models import Device
from outreach.audit.differences import Effect
from outreach.conversations import consenting
from outreach.conversations import dossiers as talks
from outreach.conversations.models import Conversation
from outreach.db import db
from outreach.privacy import restoring
from outreach.sync import answering, discarding, receiving


def tells_before_it_knows() -> None:
    """What ends a dossier acts before what came beside it is known: its phone hears nothing."""
    real, write_down = vars(receiving)["_acted"], vars(receiving)["_write_down"]

    def acted(*said: Any) -> Effect:
        vars(receiving)["_write_down"] = lambda _: None
        try:
            effect: Effect = real(*said)
        finally:
            vars(receiving)["_write_down"] = write_down
        return effect

    vars(receiving)["_acted"] = acted


def restores_without_ending() -> None:
    """An old copy is put back, and what ended since is not ended again."""
    restoring.end_again = Counter


def commits_effects_early() -> None:
    """An effect is committed before its outcome: a server killed between the two forgets it."""
    real = receiving.carried_out

    def carried_out(intent: Intent) -> Effect:
        effect = real(intent)
        if not db.session().in_nested_transaction():
            db.session.commit()
        return effect

    receiving.carried_out = carried_out


def old_apps_lose_all() -> None:
    """An app that must be renewed is told to drop what it holds."""
    real = vars(answering)["_nothing_new"]

    def nothing_new(device: Device, said: dict[str, Any], known: dict[str, str]) -> dict[str, Any]:
        reply: dict[str, Any] = real(device, said, known)
        return reply | {"drops": sorted(known)}

    vars(answering)["_nothing_new"] = nothing_new


def who_comes_back_reads_the_talk() -> None:
    """The aftercare of a household brings its whole talk along."""

    def any_talk(_: Actor, household_ids: Collection[str]) -> dict[str, Conversation]:
        rows = select(Conversation).where(Conversation.household_id.in_(household_ids))
        return {talk.household_id: talk for talk in db.session.scalars(rows)}

    vars(talks)["_talks"] = any_talk


def withdrawing_spares_quarantine() -> None:
    """A consent that is taken back leaves what waits for a person."""
    consenting.ON_NOTE_WITHDRAWN.remove(vars(discarding)["_forget_quarantined"])

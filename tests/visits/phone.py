"""A phone in tests: it says things about doors as sync would pass them on."""

from datetime import date
from typing import Any

from outreach.access.actor import Actor, actor_of
from outreach.access.intents import Intent
from outreach.access.models import Account
from outreach.audit.differences import Effect
from outreach.clock import new_id, now, today
from outreach.db import db
from outreach.visits.dossiers import stop_dossiers
from outreach.visits.models import Stop
from outreach.visits.mutations import MUTATIONS

KINDS = {mutation.kind: mutation for mutation in MUTATIONS}


class Phone:
    """One volunteer's phone."""

    def __init__(self, account: Account) -> None:
        self.actor: Actor = actor_of(account)
        self.device_id = new_id()

    def intent(self, kind: str, dossier_id: str, body: dict[str, Any]) -> Intent:
        """The intent sync makes of a mutation; raises marshmallow's ValidationError."""
        loaded = KINDS[kind].body.load(body)
        return Intent(new_id(), self.actor, self.device_id, dossier_id, kind, now(), now(), loaded)

    def say(self, kind: str, dossier_id: str, **body: Any) -> Effect:
        """Apply a mutation."""
        effect = KINDS[kind].act(self.intent(kind, dossier_id, body))
        db.session.flush()
        return effect

    def may(self, kind: str, dossier_id: str, **body: Any) -> bool:
        """Whether this person holds the dossier now."""
        intent = self.intent(kind, dossier_id, body)
        return dossier_id in KINDS[kind].writable(intent.actor, {dossier_id})

    def record(
        self,
        stop: Stop,
        outcome: str,
        came_from: str = "",
        *,
        on: date | None = None,
        at: str = "afternoon",
        **details: Any,
    ) -> Effect:
        """Record what came of a door."""
        body = visit(outcome, came_from, on=on, at=at, **details)
        return self.say("visit.record", stop.id, **body)

    def read(self, stop: Stop) -> dict[str, Any]:
        """The stop as this phone gets it."""
        return stop_dossiers(self.actor, [stop.id])[stop.id]


def visit(
    outcome: str,
    came_from: str = "",
    *,
    on: date | None = None,
    at: str = "afternoon",
    **details: Any,
) -> dict[str, Any]:
    """The body of a visit.record."""
    day = (on or today()).isoformat()
    said = {"outcome": outcome, "from": came_from, "details": details}
    return said | {"date": day, "day_part": at}

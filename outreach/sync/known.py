"""What the database says of all that one request brings, asked once instead of for each of it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from outreach.access.actor import Actor
from outreach.access.intents import Writable
from outreach.db import db
from outreach.sync import quarantine
from outreach.sync.forms import is_form
from outreach.sync.models import ErasedDossier, Mutation, Quarantined


class Known:
    """`came`: the mutations of these ids, from before and of this request, by id.

    `erased`: which of their dossiers were thrown away; `waiting`: of which something of this author
    waits in quarantine that holds up what follows, as half a form does not. What acts change they
    must be told: `look` asks those two again.
    """

    def __init__(self, actor: Actor, envelopes: Sequence[dict[str, Any]]) -> None:
        self._actor = actor
        self._dossiers = {envelope["dossier_id"] for envelope in envelopes}
        ids = {envelope["id"] for envelope in envelopes}
        before = db.session.scalars(select(Mutation).where(Mutation.id.in_(ids)))
        self.came = {mutation.id: mutation for mutation in before}
        self._writable: dict[Writable, set[str]] = {}
        self.erased: set[str] = set()
        self.waiting: set[str] = set()
        self.look()

    def look(self) -> None:
        """Ask again what was thrown away, and what waits."""
        erased = select(ErasedDossier.id).where(ErasedDossier.id.in_(self._dossiers))
        waiting = select(Quarantined.dossier_id, Quarantined.kind).where(
            Quarantined.dossier_id.in_(self._dossiers),
            Quarantined.author_id == self._actor.account_id,
            Quarantined.state == quarantine.WAITING,
            # A question to a person, that nobody said of this dossier: it holds up nothing.
            Quarantined.reason != quarantine.MOVED_HERE,
        )
        self.erased = set(db.session.scalars(erased))
        self.waiting = {
            dossier_id for dossier_id, kind in db.session.execute(waiting) if not is_form(kind)
        }

    def may_write(self, writable: Writable, dossier_id: str) -> bool:
        """Whether the actor holds a dossier, or did when this request came; an act may add some."""
        held = self._writable.get(writable)
        if held is None:
            held = self._writable[writable] = writable(self._actor, self._dossiers)
        if dossier_id not in held:
            held |= writable(self._actor, {dossier_id})
        return dossier_id in held

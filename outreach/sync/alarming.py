"""Who may open what was put aside hears that there is something new, also with no desk open.

Once per thing put aside: what a phone sends again was told of before. Nothing of what it is goes
out; what cannot wait goes at once, the rest when it suits them.
"""

from sqlalchemy import select

from outreach.access.intents import Intent
from outreach.access.reaching import colleagues_who_may
from outreach.access.roles import Permission
from outreach.db import db
from outreach.messages import outbox
from outreach.messages.kinds import Kind
from outreach.sync.models import Quarantined
from outreach.sync.opening import needed_for
from outreach.sync.quarantine import MOVED_HERE, WAITING


def tell_of(kept: Quarantined) -> None:
    """In the transaction in which it was put aside."""
    needed = {Permission.QUARANTINE_OPEN, *needed_for(kept.kind)}
    who = colleagues_who_may(kept.municipality_id, needed)
    kind = Kind.CANNOT_WAIT if kept.urgent else Kind.WAITS
    outbox.tell(kept.municipality_id, who, kind, kept.id)


def tell_of_moved(intent: Intent) -> None:
    """What a household's words left at another door, where it was thrown away just now."""
    rows = select(Quarantined).where(
        Quarantined.municipality_id == intent.actor.municipality_id,
        Quarantined.author_id == intent.actor.account_id,
        Quarantined.reason == MOVED_HERE,
        Quarantined.state == WAITING,
        Quarantined.urgent,
    )
    for kept in db.session.scalars(rows):
        tell_of(kept)

"""What a phone should hold is worked out once until something is written that it may rest on.

Most of what the server does in a run is that, again and again for phones that hold all of it. What
stands at rest is worked out anew (looking.py): a phone that was told what was remembered wrongly
would not be equal to it.
"""

import re
from dataclasses import replace
from typing import Any

from sqlalchemy import Engine, event

from outreach.access.actor import Actor
from outreach.sync import answering
from outreach.sync.versions import Dossier

# Of who did what: no dossier says anything of it.
BESIDE = frozenset({"issued_dossier", "mutation", "receipt", "session", "to_forget", "trail_entry"})
# Every request writes when a phone was in contact; a profile says which phones come and go.
CONTACT = re.compile(r"\s*UPDATE\s+\"?device\"?\s+SET\s+last_contact_at=\S+\s+WHERE", re.IGNORECASE)
WRITES = re.compile(r"\s*(?:INSERT\b.*?\bINTO|UPDATE|DELETE FROM)\s+\"?(\w+)", re.IGNORECASE)


class _Remembered:
    """By who asks, whichever their session; all of it goes at once."""

    def __init__(self) -> None:
        self.holdings: dict[Actor, list[Dossier]] = {}


_remembered = _Remembered()


def forget(*_: Any) -> None:
    """Something may be otherwise now."""
    _remembered.holdings.clear()


def remember() -> None:
    """From here on answers come from what is remembered, where it still holds."""
    real = vars(answering)["holdings_of"]

    def holdings_of(actor: Actor) -> list[Dossier]:
        anybody = replace(actor, session_id=None)
        if anybody not in _remembered.holdings:
            found: list[Dossier] = real(actor)
            _remembered.holdings[anybody] = found
        return list(_remembered.holdings[anybody])

    vars(answering)["holdings_of"] = holdings_of
    event.listen(Engine, "rollback", forget)
    event.listen(Engine, "rollback_savepoint", forget)


@event.listens_for(Engine, "before_cursor_execute")
def _look_at(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
    written = WRITES.match(statement)
    if written and written[1].lower() not in BESIDE and not CONTACT.match(statement):
        forget()

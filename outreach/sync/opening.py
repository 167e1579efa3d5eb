"""Who may read what waits in quarantine: whoever might read it had it been let in."""

from collections.abc import Collection

from outreach.access.actor import Actor
from outreach.access.roles import ROLES, Permission, Role
from outreach.audit import trail
from outreach.errors import Conflict, NotAllowed
from outreach.sync import forms
from outreach.sync.catalogue import CATALOGUE
from outreach.sync.models import Quarantined
from outreach.sync.quarantine import SEALED

# The deed in the trail.
OPENED = "quarantine.open"
# A kind that only a newer app knows may be about anything.
OF_ANY_KIND = frozenset(mutation.content for mutation in CATALOGUE.values()) | frozenset(
    forms.CONTENT.values()
)


class AnotherRoleOpensIt(NotAllowed):
    """It may be seen that this waits, not what it says."""

    code = "another-role-opens-it"


class ReadItFirst(Conflict):
    """Nobody lets in words that they did not read."""

    code = "read-it-first"


def needed_for(kind: str) -> Collection[Permission]:
    """What reading this kind takes beside `quarantine.open`; nobody reads a box that is shut."""
    if kind == SEALED:
        return ()
    if kind in CATALOGUE:
        return (CATALOGUE[kind].content,)
    return (forms.CONTENT[kind],) if kind in forms.CONTENT else OF_ANY_KIND


def may_open(actor: Actor, kind: str) -> bool:
    """Whether this person may read, repair and settle what is of this kind."""
    needed = {Permission.QUARANTINE_OPEN, *needed_for(kind)}
    return all(actor.may(permission) for permission in needed)


def roles_that_open(kind: str) -> list[Role]:
    """Whom to ask when one may not oneself."""
    needed = {Permission.QUARANTINE_OPEN, *needed_for(kind)}
    return [role for role, may in ROLES.items() if needed <= may]


def check_may_open(actor: Actor, kept: Quarantined) -> None:
    """Raises AnotherRoleOpensIt."""
    if not may_open(actor, kept.kind):
        raise AnotherRoleOpensIt


def check_was_read(actor: Actor, kept: Quarantined) -> None:
    """Raises ReadItFirst, also when a colleague read it: who decides knows what it says."""
    if not trail.has_done(actor.municipality_id, actor.account_id, OPENED, kept.id):
        raise ReadItFirst


def opened(actor: Actor, kept: Quarantined, reason: str) -> dict[str, object]:
    """The content, for who has a reason; the reason goes into the trail."""
    check_may_open(actor, kept)
    trail.note(
        actor.municipality_id,
        actor.account_id,
        OPENED,
        "quarantined",
        kept.id,
        reason=reason,
    )
    said: dict[str, object] = kept.body["body"]
    return said

"""What a coordinator may put right in what waits: what its own schema refuses, and a few days.

Words that fit are never changed, ids only by naming another door (binding.py). The schema that
refused it decides again, so that what was repaired goes the road of all mutations.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from marshmallow import ValidationError

from outreach.access.intents import About, Mutation
from outreach.errors import InputError, InvalidInput
from outreach.sync import pointing
from outreach.sync.catalogue import CATALOGUE
from outreach.sync.models import Quarantined
from outreach.sync.pointing import Path
from outreach.sync.quarantine import MOVED_HERE, as_json
from outreach.sync.upcasting import NotUnderstood, lifted_body
from outreach.visits.models import Stop

# A choice, a day or a text can be put right; an id or a whole part cannot.
EVIDENCE = "evidence"
CANNOT_CHANGE = {"unknown", "id", "part", EVIDENCE}


@dataclass(frozen=True)
class Repair:
    """What a person puts right: the door it is about, values by pointer, and what goes.

    Pointers are into what the phone said, in today's words.
    """

    stop: Stop | None = None
    changes: Mapping[str, Any] = field(default_factory=dict)
    removed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything is put right at all."""
        return bool(self.stop or self.changes or self.removed)

    @property
    def names(self) -> list[str]:
        """What is put right, never how."""
        return [*(["stop"] if self.stop else []), *sorted({*self.changes, *self.removed})]


def spoken(kept: Quarantined) -> tuple[Mutation, dict[str, Any]] | None:
    """Its kind, and what it says in today's words; None where this server does not know them."""
    mutation = CATALOGUE.get(kept.kind)
    if mutation is None:
        return None
    try:
        return mutation, lifted_body(kept.kind, kept.body.get("schema", 0), kept.body["body"])
    except NotUnderstood:
        return None


def can_be_bound(kept: Quarantined) -> bool:
    """Whether it may be let in at another door than it names."""
    found = spoken(kept)
    if found is None or kept.reason == MOVED_HERE:
        return False
    return found[0].about != About.NO_DOOR


def fields_of(kept: Quarantined) -> list[dict[str, Any]]:
    """What can be put right in it: what its schema refuses, then what may be changed besides."""
    found = spoken(kept)
    if found is None:
        return []
    mutation, body = found
    refused = _faults(mutation, body)
    others = [
        (name,)
        for name in sorted(mutation.mendable)
        if not any(path[:1] == (name,) for path in refused)
    ]
    return [_shown(mutation, body, path, refused.get(path, "")) for path in [*refused, *others]]


def refused_in(kept: Quarantined) -> list[InputError]:
    """What its schema refuses as it is, as pointers into `changes`."""
    found = spoken(kept)
    return [_fault(path, code) for path, code in _faults(*found).items()] if found else []


def _shown(mutation: Mutation, body: dict[str, Any], path: Path, code: str) -> dict[str, Any]:
    place = _place(mutation, path)
    return {
        "pointer": pointing.pointer_of(path),
        "code": code,
        "kind": place.kind,
        "options": list(place.options),
        "nullable": place.nullable,
        "removable": _is_removable(body, path, place),
        "value": pointing.value_at(body, path),
    }


def _is_removable(body: dict[str, Any], path: Path, place: pointing.Place) -> bool:
    """What must be there stays, but for one of a list."""
    return not place.required or isinstance(pointing.value_at(body, path[:-1]), list)


def _faults(mutation: Mutation, body: dict[str, Any]) -> dict[Path, str]:
    try:
        mutation.body.load(body)
    except ValidationError as fault:
        # In one order always: fields must not change places on the screen.
        return dict(sorted(pointing.faults_in(fault.messages)))
    return {}


def mended(kept: Quarantined, repair: Repair) -> dict[str, Any]:
    """What it says with the repair in it, in today's words.

    Raises InvalidInput, with a pointer into `changes` for each fault that is left and for each
    change of what may not be changed.
    """
    found = spoken(kept)
    if found is None:
        return dict(kept.body["body"])
    mutation, body = found
    body, left = _put_right(mutation, body, repair)
    refused = [_fault(path, "not-to-be-changed") for path in left]
    refused += [_fault(path, code) for path, code in _faults(mutation, body).items()]
    if refused and repair:
        raise InvalidInput(*refused)
    return dict(as_json(body))


def _put_right(
    mutation: Mutation, body: dict[str, Any], repair: Repair
) -> tuple[dict[str, Any], list[Path]]:
    """The body with all in it that may be put right, and the places of what may not.

    One thing brings up the next: another outcome asks for a day, and nobody hears of that before
    the field is gone that no schema knows.
    """
    changes = {pointing.path_of(pointer): value for pointer, value in repair.changes.items()}
    # The last of a list goes first: the others keep their places.
    removed = sorted({pointing.path_of(one) for one in repair.removed}, key=_place_in_list)[::-1]
    while True:
        faults = _faults(mutation, body)
        open_ = {*faults, *((name,) for name in mutation.mendable)}
        now = [path for path in changes if path in open_ and _may_change(mutation, path)]
        gone = [path for path in removed if path in faults and _may_go(mutation, body, path)]
        if not now and not gone:
            return body, [*changes, *removed]
        for path in now:
            body = pointing.with_value(body, path, changes.pop(path))
        for path in gone:
            body = pointing.without(body, path)
        removed = [path for path in removed if path not in gone]


def _place_in_list(path: Path) -> list[tuple[bool, int, str]]:
    """The tenth of a list comes after the ninth."""
    return [
        (part.isdecimal(), int(part) if part.isdecimal() and part.isascii() else 0, part)
        for part in path
    ]


def _may_change(mutation: Mutation, path: Path) -> bool:
    return _place(mutation, path).kind not in CANNOT_CHANGE


def _place(mutation: Mutation, path: Path) -> pointing.Place:
    """What may stand there; of evidence only who heard it can say that."""
    place = pointing.place_of(mutation.body, path)
    if path[:1] and path[0] in mutation.never_mendable:
        return pointing.Place(EVIDENCE, (), place.nullable, required=True)
    return place


def _may_go(mutation: Mutation, body: dict[str, Any], path: Path) -> bool:
    return _is_removable(body, path, _place(mutation, path))


def _fault(path: Path, code: str) -> InputError:
    return InputError(pointing.pointer_of(("changes", pointing.pointer_of(path))), code)

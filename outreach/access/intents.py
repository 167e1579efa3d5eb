"""What a phone wants: intents, and the form in which a slice declares which it understands."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from marshmallow import Schema

from outreach.access.actor import Actor
from outreach.access.roles import Permission
from outreach.audit.differences import Effect


@dataclass(frozen=True)
class Intent:
    """One mutation of a phone. `body` has passed its schema; `made_at` is the phone's claim.

    `decided`: a person settled a quarantine in its favour, so a round that was closed meanwhile
    does not stand in its way.
    """

    id: str
    actor: Actor
    device_id: str
    dossier_id: str
    kind: str
    made_at: datetime
    received_at: datetime
    body: dict[str, Any]
    decided: bool = False


class CannotApply(Exception):  # noqa: N818 - it is a reason for quarantine, not an error
    """The intent fits its schema but not the state it meets: kept whole, for a person to decide."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class AlreadyErased(Exception):  # noqa: N818 - it is an outcome, not an error
    """The intent speaks of something that was thrown away: nothing of it is stored."""


# Which of some dossiers an actor holds now.
Writable = Callable[[Actor, Collection[str]], set[str]]


class About(StrEnum):
    """What a dossier id of this kind names, so that a person may say which door was meant instead.

    `NO_DOOR`: a round, a worry, or a thing that exists at one door only: it goes nowhere else.
    """

    STOP = "stop"
    HOUSEHOLD = "household"
    NO_DOOR = "no_door"


@dataclass(frozen=True)
class Mutation:
    """One kind of intent: its body's schema, who may, on which rows, and the act.

    `writable` is asked once for all that a request brings (the right to write outlives the right to
    read; sync knows about that). `act` applies the intent and never commits.

    `content`: what somebody at a desk must be permitted who reads what it says, when it waits in
    quarantine. `mendable`: fields that fit the schema and may not fit what they meet, which a
    person may put right there. `never_mendable`: what only the one who heard it may say, also where
    the schema refuses it; whoever asks is told to talk with them.
    """

    kind: str
    body: Schema
    permission: Permission
    writable: Writable
    act: Callable[[Intent], Effect]
    content: Permission
    about: About
    mendable: frozenset[str] = field(default_factory=frozenset)
    never_mendable: frozenset[str] = field(default_factory=frozenset)

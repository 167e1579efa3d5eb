"""From the code on a letter to its door; wrong codes of every kind are answered alike."""

from http import HTTPStatus
from typing import Any

from outreach.access import tries
from outreach.db import db
from outreach.errors import InputError, InvalidInput, Problem
from outreach.letters import codes
from outreach.letters.models import LetterCode

# Somebody may change their mind, not fill the trail.
FREE_CHOICES = 20


class LetterCodeUnknown(Problem):
    """No door has this code: mistyped, renewed, made up, or of a campaign that never began."""

    code = "letter-code-unknown"
    status = HTTPStatus.NOT_FOUND


class LetterCodeEnded(Problem):
    """The code is right and its campaign is over; what it opened is closed to everybody."""

    code = "letter-code-ended"
    status = HTTPStatus.GONE


def open_door(body: dict[str, Any], origin: str) -> LetterCode:
    """The door of the code in a body, whole or short with its house number.

    Raises InvalidInput when neither is there, TooManyTries, LetterCodeUnknown, LetterCodeEnded.
    """
    link, short, number = body["code"], body["short"], body["house_number"]
    if not link:
        _check_short(short, number)
    found = codes.behind_link(link, origin) if link else codes.behind_short(short, number, origin)
    if found is not None:
        return found
    ended = codes.ended_behind_link(link) if link else codes.ended_behind_short(short, number)
    db.session.commit()  # the count outlives the refusal
    raise LetterCodeEnded if ended else LetterCodeUnknown


def open_to_choose(body: dict[str, Any], origin: str) -> LetterCode:
    """The door, locked: what two people choose there happens one after the other."""
    door = open_door(body, origin)
    key = tries.key_of("letter-choice", door.id)
    tries.refuse_while_waiting(key)
    tries.count(key, FREE_CHOICES)
    db.session.refresh(door, with_for_update=True)
    return door


def _check_short(short: str, number: int | None) -> None:
    missing = [InputError("/short", "missing")] if not short.strip() else []
    if number is None:
        missing.append(InputError("/house_number", "missing"))
    if missing:
        raise InvalidInput(*missing)

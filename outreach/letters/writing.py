"""Writing the letter of a campaign: checked whole, so that every fault is told at once."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import select

from outreach.access.actor import Actor
from outreach.audit import trail
from outreach.campaigns.models import Campaign
from outreach.campaigns.planning import CLOSED, lock
from outreach.clock import new_id, now
from outreach.db import db
from outreach.errors import Conflict, InputError, InvalidInput
from outreach.guides.publishing import language_names
from outreach.letters import markdown
from outreach.letters.contents import Texts
from outreach.letters.models import Letter, LetterVersion
from outreach.letters.paper import DUTCH

READY = Path(__file__).parent / "content"
USUAL_WAITING_DAYS, MOST_WAITING_DAYS = 7, 60
LONGEST_WORD, LONGEST_TEXT = 40, 8000


class LetterClosed(Conflict):
    """The campaign is over; its letter stays as it went out."""

    code = "letter-closed"


class LetterChangedMeanwhile(Conflict):
    """Somebody else saved the letter after this one was read: neither may go unseen."""

    code = "letter-changed-meanwhile"


@cache
def ready_texts() -> Mapping[str, str]:
    """The letter that comes with the product, per language."""
    return {
        path.stem.removeprefix("letter-"): path.read_text(encoding="utf-8")
        for path in sorted(READY.glob("letter-*.md"))
    }


def languages() -> dict[str, str]:
    """The languages a letter can be in, Dutch first: code to name."""
    return {DUTCH: "Nederlands", **language_names()}


def letter_of(campaign: Campaign) -> Letter | None:
    """The letter of a campaign, once somebody saved one."""
    return db.session.scalars(select(Letter).where(Letter.campaign_id == campaign.id)).first()


def newest_version(letter: Letter) -> LetterVersion:
    """What the letter says now."""
    rows = select(LetterVersion).where(LetterVersion.letter_id == letter.id)
    return db.session.scalars(rows.order_by(LetterVersion.number.desc()).limit(1)).one()


def save_letter(actor: Actor, campaign: Campaign, body: dict[str, Any]) -> LetterVersion:
    """Keep the letter; after printing, what changes on paper becomes a new version.

    `seen_at` is when the letter that was changed had been saved. Raises LetterClosed,
    LetterChangedMeanwhile, or InvalidInput with all faults.
    """
    # Two who save at once come one after the other, so that the second hears of the first.
    lock(campaign)
    if campaign.state == CLOSED:
        raise LetterClosed
    check(body)
    letter, before = letter_of(campaign), None
    if body["seen_at"] != (letter.changed_at if letter else None):
        raise LetterChangedMeanwhile
    if letter is None:
        letter = Letter(
            id=new_id(), municipality_id=campaign.municipality_id, campaign_id=campaign.id
        )
        db.session.add(letter)
    else:
        before = newest_version(letter)
    word = body["recognition_word"].strip()
    same = before is not None and (letter.recognition_word, before.texts) == (word, body["texts"])
    letter.recognition_word, letter.waiting_days = word, body["waiting_days"]
    letter.changed_at = now()
    db.session.flush()
    version = before if before and same else _version(letter, before, body["texts"])
    trail.note(actor.municipality_id, actor.account_id, "letter.change", "letter", letter.id)
    return version


def _version(letter: Letter, before: LetterVersion | None, texts: Texts) -> LetterVersion:
    if before is not None and before.fixed_at is None:
        before.texts = texts
        db.session.flush()
        return before
    version = LetterVersion(
        id=new_id(),
        municipality_id=letter.municipality_id,
        letter_id=letter.id,
        number=before.number + 1 if before else 1,
        texts=texts,
        given={},
    )
    db.session.add(version)
    db.session.flush()
    return version


def check(body: dict[str, Any]) -> None:
    """Raise InvalidInput with all that is wrong with a letter."""
    faults = [*_wrong_word(body["recognition_word"]), *_wrong_days(body["waiting_days"])]
    faults += [fault for pair in body["texts"].items() for fault in _wrong_text(*pair)]
    if DUTCH not in body["texts"]:
        faults.append(InputError(f"/texts/{DUTCH}", "missing"))
    if faults:
        raise InvalidInput(*faults)


def _wrong_word(word: str) -> Iterator[InputError]:
    if not word.strip():
        yield InputError("/recognition_word", "missing")
    elif len(word.strip()) > LONGEST_WORD:
        yield InputError("/recognition_word", "too-long")


def _wrong_days(days: int | None) -> Iterator[InputError]:
    if days is None:
        yield InputError("/waiting_days", "missing")
    elif not 0 <= days <= MOST_WAITING_DAYS:
        bounds = {"least": 0, "most": MOST_WAITING_DAYS}
        yield InputError("/waiting_days", "not-in-range", bounds)


def _wrong_text(language: str, source: str) -> Iterator[InputError]:
    pointer = f"/texts/{language}"
    if language not in languages():
        yield InputError(pointer, "letter-unknown-language", {"what": language})
    if not source.strip():
        yield InputError(pointer, "missing")
    if len(source) > LONGEST_TEXT:
        yield InputError(pointer, "too-long")
    for fault in markdown.faults_of(source):
        params: dict[str, str | int] = {"line": fault.line, "what": fault.what}
        yield InputError(pointer, fault.code, params)

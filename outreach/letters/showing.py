"""A letter as the desk sees it: what it says, what it can say, and how it looks on paper."""

from typing import Any

from sqlalchemy import Select, func, select

from outreach.campaigns.models import Campaign
from outreach.campaigns.planning import CLOSED
from outreach.db import db
from outreach.documents.pictures import as_data, page_pictures
from outreach.errors import InputError, InvalidInput
from outreach.letters import doors, markdown, writing
from outreach.letters.addressing import address_lines
from outreach.letters.contents import content_now
from outreach.letters.fields import FIELDS, site
from outreach.letters.paper import DUTCH, Content, Stamp, letter_pdf
from outreach.letters.text_places import undrawn
from outreach.territory.models import Address
from outreach.territory.ordering import walking_order

MOST_PAGES = 8
DOTS_PER_INCH = 96
# On a preview, where nobody may take it for the code of a door.
NO_CODE = "0000-0000"


def shown(campaign: Campaign) -> dict[str, Any]:
    """The letter for LetterOut; where nobody saved one, the ready one."""
    letter = writing.letter_of(campaign)
    said: dict[str, Any] = {
        "recognition_word": "",
        "waiting_days": writing.USUAL_WAITING_DAYS,
        "texts": dict(writing.ready_texts()),
        "version": 0,
        "saved_at": None,
        "printed_at": None,
    }
    if letter is not None:
        version = writing.newest_version(letter)
        said = {
            "recognition_word": letter.recognition_word,
            "waiting_days": letter.waiting_days,
            "texts": version.texts,
            "version": version.number,
            "saved_at": letter.changed_at,
            "printed_at": version.fixed_at,
        }
    content = content_now(campaign, said["recognition_word"], said["texts"])
    values = content.values[DUTCH]
    return said | {
        "known_fields": [{"name": name, "value": values[name]} for name in FIELDS],
        "languages": [{"code": code, "name": name} for code, name in writing.languages().items()],
        "ready_texts": dict(writing.ready_texts()),
        "doors": _how_many(doors.doors_of(campaign)),
        "closed": campaign.state == CLOSED,
    }


def _how_many(rows: Select[Address]) -> int:
    return db.session.scalars(select(func.count()).select_from(rows.subquery())).one()


def preview(campaign: Campaign, body: dict[str, Any]) -> dict[str, Any]:
    """The pages as pictures, for a first door and no code; raises InvalidInput with all faults."""
    writing.check(body)
    content = content_now(campaign, body["recognition_word"].strip(), body["texts"])
    found = walking_order(db.session.scalars(doors.doors_of(campaign)))[:1]
    lines = address_lines(found[0]) if found else []
    paper = letter_pdf(content, Stamp(lines, NO_CODE, site()))
    pages = page_pictures(paper, dots_per_inch=DOTS_PER_INCH)
    return {
        "pages": [as_data(page) for page in pages],
        "empty_fields": empty_fields(content),
        "too_long": len(pages) > MOST_PAGES,
        "undrawn": "".join(undrawn(paper)),
    }


def empty_fields(content: Content) -> list[str]:
    """Fields that the texts name and that are not filled in, in the order of the list."""
    named = {
        name
        for language, source in content.texts.items()
        for _, name in markdown.fields_in(source)
        if not content.values[language].get(name, "").strip()
    }
    return [name for name in FIELDS if name in named]


def refuse_unready(content: Content) -> None:
    """Raise InvalidInput where something that the texts name would stay white on paper."""
    faults = [
        InputError(f"/texts/{language}", "letter-empty-field", {"line": line, "what": name})
        for language, source in content.texts.items()
        for line, name in markdown.fields_in(source)
        if not content.values[language].get(name, "").strip()
    ]
    if faults:
        raise InvalidInput(*faults)

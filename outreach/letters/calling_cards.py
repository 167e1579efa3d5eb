"""The card that is left where nobody was home: neutral, as a whole hall may read it.

It says no name, no door and no reason, and never the *herkenningswoord*: who finds one in a hall
must not learn by which word residents know who rings. The day is filled in by hand.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import select

from outreach.access.actor import Actor
from outreach.audit import trail
from outreach.campaigns.models import Campaign
from outreach.campaigns.planning import lock
from outreach.clock import new_id, now
from outreach.db import db
from outreach.errors import Conflict, InputError, InvalidInput
from outreach.letters import card_paper, markdown, writing
from outreach.letters.contents import Texts, content_now
from outreach.letters.fields import FIELDS
from outreach.letters.models import CallingCard
from outreach.letters.paper import DUTCH, Content
from outreach.letters.showing import refuse_unready
from outreach.letters.still_walked import refuse_ended
from outreach.letters.text_places import undrawn

CARDS_A_SHEET = 4
MOST_SHEETS = 250
LONGEST_TEXT = 2000
SECRET_FIELD = "herkenningswoord"  # noqa: S105 - it is the name of a field
# Drawn for a pen: a line to write on, and a box to tick.
BY_HAND = {"invullijn": "_" * 18, "vakje": "\N{BALLOT BOX}"}
CARD_FIELDS = (*(name for name in FIELDS if name != SECRET_FIELD), *BY_HAND)


class CardChangedMeanwhile(Conflict):
    """Somebody else printed other words after this card was read."""

    code = "card-changed-meanwhile"


@cache
def ready_texts() -> Mapping[str, str]:
    """The card that comes with the product, per language."""
    return {
        path.stem.removeprefix("card-"): path.read_text(encoding="utf-8").strip()
        for path in sorted(writing.READY.glob("card-*.md"))
    }


def shown(campaign: Campaign) -> dict[str, Any]:
    """The card for CallingCardOut: what it says now, and in which languages it can."""
    card, letter = _card_of(campaign), writing.letter_of(campaign)
    texts = dict(ready_texts()) | (card.texts if card else {})
    of_letter = writing.newest_version(letter).texts if letter else {}
    offered = {*texts, *of_letter}
    names = writing.languages()
    values = _content(campaign, {DUTCH: ""}).values[DUTCH]
    return {
        "texts": {code: texts.get(code, "") for code in offered},
        "languages": [{"code": code, "name": names[code]} for code in names if code in offered],
        "known_fields": [{"name": name, "value": values[name]} for name in CARD_FIELDS],
        "printed_at": card.printed_at if card else None,
    }


def print_cards(actor: Actor, campaign: Campaign, body: dict[str, Any]) -> bytes:
    """Sheets with four cards each, Dutch in front; what they say is kept for the next time.

    Raises CampaignEnded, CardChangedMeanwhile, or InvalidInput with all faults.
    """
    lock(campaign)
    refuse_ended(campaign)
    card = _card_of(campaign)
    _refuse_unseen(card, body["seen_at"])
    texts, back = body["texts"], body["back"]
    sides = [DUTCH, *([back] if back else [])]
    _check(texts, sides, body["sheets"])
    content = _content(campaign, {language: texts[language] for language in sides})
    refuse_unready(content)
    faces = {language: card_paper.face_pdf(content, language) for language in sides}
    _refuse_unprintable(faces)
    _keep(campaign, card, texts)
    here = campaign.municipality_id
    trail.note(here, actor.account_id, "card.print", "campaign", campaign.id)
    return card_paper.four_up(list(faces.values()), body["sheets"])


def _card_of(campaign: Campaign) -> CallingCard | None:
    rows = select(CallingCard).where(CallingCard.campaign_id == campaign.id)
    return db.session.scalars(rows).first()


def _refuse_unseen(card: CallingCard | None, seen_at: datetime | None) -> None:
    if seen_at != (card.printed_at if card else None):
        raise CardChangedMeanwhile


def _content(campaign: Campaign, texts: Texts) -> Content:
    content = content_now(campaign, "", texts)
    values = {
        language: {name: said for name, said in found.items() if name != SECRET_FIELD} | BY_HAND
        for language, found in content.values.items()
    }
    return Content(texts, values, content.municipality, content.sender, content.site, content.logo)


def _check(texts: Texts, sides: list[str], sheets: int | None) -> None:
    faults = [fault for language in sides for fault in _wrong_text(language, texts)]
    if sheets is None:
        faults.append(InputError("/sheets", "missing"))
    elif not 1 <= sheets <= MOST_SHEETS:
        faults.append(InputError("/sheets", "not-in-range", {"least": 1, "most": MOST_SHEETS}))
    if faults:
        raise InvalidInput(*faults)


def _wrong_text(language: str, texts: Texts) -> Iterator[InputError]:
    pointer, source = f"/texts/{language}", texts.get(language, "")
    if language not in writing.languages():
        yield InputError("/back", "letter-unknown-language", {"what": language})
    if not source.strip():
        yield InputError(pointer, "missing")
    if len(source) > LONGEST_TEXT:
        yield InputError(pointer, "too-long")
    for fault in markdown.faults_of(source, CARD_FIELDS):
        secret = fault.what == SECRET_FIELD
        code = "card-no-recognition-word" if secret else fault.code
        yield InputError(pointer, code, {"line": fault.line, "what": fault.what})


def _refuse_unprintable(faces: dict[str, bytes]) -> None:
    faults = []
    for language, face in faces.items():
        pointer = f"/texts/{language}"
        if card_paper.pages_in(face) > 1:
            faults.append(InputError(pointer, "card-too-long"))
        missing = "".join(undrawn(face))
        if missing:
            faults.append(InputError(pointer, "letter-undrawn", {"what": missing}))
    if faults:
        raise InvalidInput(*faults)


def _keep(campaign: Campaign, card: CallingCard | None, texts: Texts) -> None:
    """Also the languages that were not printed now; a ready text that nobody changed is no news."""
    if card is None:
        card = CallingCard(
            id=new_id(), municipality_id=campaign.municipality_id, campaign_id=campaign.id
        )
        db.session.add(card)
    known = writing.languages()
    card.texts = {code: said for code, said in texts.items() if code in known and said.strip()}
    card.printed_at = now()
    db.session.flush()

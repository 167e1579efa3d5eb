"""What is on the paper of a version: as it is now, or as it was when it was printed."""

import base64
from typing import Any

from outreach.access.models import Municipality
from outreach.campaigns.models import Campaign
from outreach.clock import now
from outreach.db import db
from outreach.letters.fields import Given, site, values_of
from outreach.letters.letterheads import letterhead_of
from outreach.letters.models import Letter, LetterVersion
from outreach.letters.paper import Content

Texts = dict[str, str]


def content_now(campaign: Campaign, recognition_word: str, texts: Texts) -> Content:
    """The letter as it would be if it were printed now."""
    letterhead = letterhead_of(campaign.municipality_id)
    given = Given(campaign, recognition_word, letterhead)
    return Content(
        texts=texts,
        values={language: values_of(given, language) for language in texts},
        municipality=db.session.get_one(Municipality, campaign.municipality_id).name,
        sender=letterhead.reply_address,
        site=site(),
        logo=letterhead.logo,
    )


def content_of(version: LetterVersion) -> Content:
    """What a version has on paper; once it was printed, what was printed."""
    if version.fixed_at is not None:
        return _as_printed(version)
    letter = db.session.get_one(Letter, version.letter_id)
    campaign = db.session.get_one(Campaign, letter.campaign_id)
    return content_now(campaign, letter.recognition_word, version.texts)


def fix(version: LetterVersion) -> Content:
    """From now on this version stays as it is; again is no fault."""
    content = content_of(version)
    if version.fixed_at is None:
        version.given = _as_kept(content)
        version.fixed_at = now()
        db.session.flush()
    return content


def _as_kept(content: Content) -> dict[str, Any]:
    return {
        "values": content.values,
        "municipality": content.municipality,
        "sender": content.sender,
        "site": content.site,
        "logo": base64.b64encode(content.logo).decode() if content.logo else None,
    }


def _as_printed(version: LetterVersion) -> Content:
    given = version.given
    logo = given["logo"]
    return Content(
        texts=version.texts,
        values=given["values"],
        municipality=given["municipality"],
        sender=given["sender"],
        site=given["site"],
        logo=base64.b64decode(logo) if logo else None,
    )

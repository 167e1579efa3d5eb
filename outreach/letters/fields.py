"""The fields that a letter may hold, such as {wijk}, and what they are for one campaign.

They have Dutch names: who writes a letter here writes Dutch.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from flask import current_app

from outreach.access.models import District, Municipality
from outreach.campaigns.models import BaseLocation, Campaign
from outreach.db import db
from outreach.documents.words import day_in_words
from outreach.languages import LANGUAGES
from outreach.letters.models import Letterhead

FIELDS = (
    "gemeente",
    "wijk",
    "eerste_dag",
    "laatste_dag",
    "herkenningswoord",
    "site",
    "telefoon",
    "basis",
    "basis_adres",
    "basis_open",
    "afzender",
)
# Where residents answer; what stands behind # never reaches a server's log.
RESIDENTS = "/b"
FIELD = re.compile(r"\{([^{}\n]*)\}")

Values = Mapping[str, str]


class Given(NamedTuple):
    """What a letter is made for: a campaign, and what its letter says for all languages."""

    campaign: Campaign
    recognition_word: str
    letterhead: Letterhead


def values_of(given: Given, language: str) -> dict[str, str]:
    """Every field in one language; '' where the municipality has not filled it in yet."""
    campaign, letterhead = given.campaign, given.letterhead
    base = db.session.get_one(BaseLocation, campaign.base_location_id)
    return {
        "gemeente": db.session.get_one(Municipality, campaign.municipality_id).name,
        "wijk": db.session.get_one(District, campaign.district_id).name,
        "eerste_dag": _day(campaign.starts_on, language),
        "laatste_dag": _day(campaign.ends_on, language),
        "herkenningswoord": given.recognition_word,
        "site": site(),
        "telefoon": letterhead.phone,
        "basis": base.name,
        "basis_adres": base.address,
        "basis_open": base.opening_hours,
        "afzender": letterhead.signed_by,
    }


def site() -> str:
    """Where a resident types the code, as people write an address."""
    public_url: str = current_app.config["PUBLIC_URL"]
    return public_url.split("://", 1)[-1] + RESIDENTS


def fill(text: str, values: Values) -> str:
    """The text with its fields filled in; a field that is not known stays as it was typed."""
    return FIELD.sub(lambda found: values.get(found[1], found[0]), text)


def _day(day: date, language: str) -> str:
    """In words where we have them, in figures everywhere else."""
    if language in LANGUAGES:
        return day_in_words(day, language)
    return f"{day:%d-%m-%Y}"

"""The next campaign takes over what worked: texts, base and terms, and the doors if wished."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from outreach.access.actor import Actor
from outreach.audit import trail
from outreach.campaigns import areas
from outreach.campaigns.models import Campaign
from outreach.campaigns.planning import CLOSED, DRAFT, LONGEST_NAME
from outreach.clock import new_id, now, today
from outreach.db import db
from outreach.errors import Conflict, InputError, InvalidInput
from outreach.letters.models import Letter, LetterVersion
from outreach.letters.writing import letter_of, newest_version
from outreach.territory.holds import holds_in_force
from outreach.territory.models import Address, Area, DoorHold
from outreach.visits.models import Round, Stop
from outreach.visits.scope import DRAFT as ROUND_DRAFT

TAKEN_OVER = (
    "municipality_id",
    "district_id",
    "guide_id",
    "consent_text_id",
    "base_location_id",
    "kind",
    "aftercare_weeks",
    "incentive",
)
# Rounds are forgotten 414 days after their campaign: further back nobody can look.
MOST_MONTHS = 12
DAYS_A_YEAR = 365


class CampaignStillRuns(Conflict):
    """What worked is known at the end."""

    code = "campaign-still-runs"


def copy_campaign(actor: Actor, before: Campaign, body: dict[str, Any]) -> Campaign:
    """A draft with the choices of a campaign that ended.

    `but_months`: leave out doors that a round had in so many months; doors where nobody should
    ring are left out always. Raises CampaignStillRuns, or InvalidInput with all faults.
    """
    if before.state != CLOSED:
        raise CampaignStillRuns
    faults = list(_faults(body))
    if faults:
        raise InvalidInput(*faults)
    name, starts_on = body["name"].strip(), body["starts_on"]
    area = areas.make_area(before.municipality_id, name)
    campaign = Campaign(
        id=new_id(),
        **{field: getattr(before, field) for field in TAKEN_OVER},
        area_id=area.id,
        name=name,
        state=DRAFT,
        starts_on=starts_on,
        ends_on=starts_on + (before.ends_on - before.starts_on),
        copied_from_id=before.id,
        created_at=now(),
    )
    db.session.add(campaign)
    db.session.flush()
    if body["same_doors"]:
        areas.add_doors(area, _doors(campaign, before, body["but_months"]))
        chosen = areas.choice_of(db.session.get_one(Area, before.area_id))
        area.choice = replace(chosen, visited_months=body["but_months"]).kept()
    _copy_letter(before, campaign)
    trail.note(actor.municipality_id, actor.account_id, "campaign.copy", "campaign", campaign.id)
    return campaign


def _faults(body: dict[str, Any]) -> Iterator[InputError]:
    name, starts_on, months = (body["name"] or "").strip(), body["starts_on"], body["but_months"]
    if not name:
        yield InputError("/name", "missing")
    if len(name) > LONGEST_NAME:
        yield InputError("/name", "too-long")
    if starts_on is None:
        yield InputError("/starts_on", "missing")
    elif starts_on < today():
        yield InputError("/starts_on", "in-the-past")
    if months is not None and not 1 <= months <= MOST_MONTHS:
        yield InputError("/but_months", "not-in-range", {"least": 1, "most": MOST_MONTHS})


def _doors(campaign: Campaign, before: Campaign, but_months: int | None) -> list[str]:
    """Ids of the doors of the campaign before, less those that rest or are closed."""
    held = holds_in_force(campaign.id, campaign.starts_on).where(
        DoorHold.municipality_id == campaign.municipality_id
    )
    rows = areas.addresses_in(before.area_id).where(
        Address.id.not_in(held.with_only_columns(DoorHold.address_id))
    )
    if but_months is not None:
        rows = rows.where(Address.id.not_in(_visited(campaign, but_months)))
    order = (Address.street, Address.postcode, Address.house_number, Address.id)
    return list(db.session.scalars(rows.with_only_columns(Address.id).order_by(*order)))


def _visited(campaign: Campaign, months: int) -> Any:
    """Doors that a round had; who was in is forgotten by then, that a pair went there is not."""
    since: date = today() - timedelta(days=months * DAYS_A_YEAR // 12)
    return (
        select(Stop.address_id)
        .join(Round, Round.id == Stop.round_id)
        .where(
            Round.municipality_id == campaign.municipality_id,
            Round.state != ROUND_DRAFT,
            Round.date >= since,
            Stop.left_at.is_(None),
        )
    )


def _copy_letter(before: Campaign, campaign: Campaign) -> None:
    """The texts and the waiting days; the word by which people know us is to be chosen anew."""
    letter = letter_of(before)
    if letter is None:
        return
    copied = Letter(
        id=new_id(),
        municipality_id=campaign.municipality_id,
        campaign_id=campaign.id,
        recognition_word=letter.recognition_word,
        waiting_days=letter.waiting_days,
        changed_at=now(),
    )
    db.session.add(copied)
    db.session.flush()
    db.session.add(
        LetterVersion(
            id=new_id(),
            municipality_id=campaign.municipality_id,
            letter_id=copied.id,
            number=1,
            texts=newest_version(letter).texts,
            given={},
        )
    )
    db.session.flush()

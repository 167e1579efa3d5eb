"""Making a campaign: checked whole, so that every fault is told at once."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import select

from outreach.access.actor import Actor
from outreach.access.models import District
from outreach.access.scope import visible_districts
from outreach.audit import trail
from outreach.campaigns import areas
from outreach.campaigns.models import BaseLocation, Campaign
from outreach.campaigns.scope import visible_bases
from outreach.clock import new_id, now, today
from outreach.db import db
from outreach.errors import Conflict, InputError, InvalidInput
from outreach.guides.models import ConsentText, Guide
from outreach.guides.scope import visible_consent_texts, visible_guides
from outreach.territory import choosing
from outreach.territory.choices import Choice
from outreach.territory.choosing import moved, within
from outreach.territory.models import Area
from outreach.territory.street_names import Street, unknown_streets

DRAFT, PUBLISHED, CLOSED = "draft", "published", "closed"
PREVENTIVE, EARLY_SIGNAL = "preventive", "early_signal"
KINDS = (PREVENTIVE, EARLY_SIGNAL)
MOST_WEEKS = 52
LONGEST_NAME = 200
PLAIN_FIELDS = (
    "name",
    "kind",
    "district_id",
    "starts_on",
    "ends_on",
    "letter_on",
    "aftercare_weeks",
    "guide_id",
    "consent_text_id",
    "base_location_id",
    "incentive",
)
REQUIRED = tuple(name for name in PLAIN_FIELDS if name not in {"letter_on", "incentive"})


class CampaignNotDraft(Conflict):
    """A published campaign is no longer changed."""

    code = "campaign-not-draft"


class CampaignNotPublished(Conflict):
    """Only a published campaign does this."""

    code = "campaign-not-published"


class CampaignOver(Conflict):
    """Its last day is past."""

    code = "campaign-over"


def lock(campaign: Campaign) -> None:
    """One desk at a time, as the campaign is now; phones that write at its doors go on."""
    db.session.refresh(campaign, with_for_update={"key_share": True})


class EarlySignalNotYet(Conflict):
    """Early signalling has its own law and its own people; its flow is not built yet."""

    code = "early-signal-not-yet"


def create_base(actor: Actor, body: dict[str, Any]) -> BaseLocation:
    """Make a base; raises InvalidInput on a missing name or a district that is not one's own."""
    faults = [InputError("/name", "missing")] if not body["name"].strip() else []
    faults += _unknown_district(actor, body["district_id"])
    if faults:
        raise InvalidInput(*faults)
    base = BaseLocation(
        id=new_id(),
        municipality_id=actor.municipality_id,
        district_id=body["district_id"],
        **_base_words(body),
    )
    db.session.add(base)
    db.session.flush()
    trail.note(actor.municipality_id, actor.account_id, "base.create", "base_location", base.id)
    return base


def change_base(actor: Actor, base: BaseLocation, body: dict[str, Any]) -> BaseLocation:
    """Say anew where it is and who is there; it stays in its district."""
    if not body["name"].strip():
        raise InvalidInput(InputError("/name", "missing"))
    for name, words in _base_words(body).items():
        setattr(base, name, words)
    db.session.flush()
    trail.note(actor.municipality_id, actor.account_id, "base.change", "base_location", base.id)
    return base


def _base_words(body: dict[str, Any]) -> dict[str, str]:
    names = ("name", "address", "opening_hours", "attended_by")
    return {name: body[name].strip() for name in names}


def create_campaign(actor: Actor, body: dict[str, Any]) -> Campaign:
    """Make a draft campaign with the doors of its streets; raises InvalidInput with all faults."""
    _check(actor, body)
    area = areas.make_area(actor.municipality_id, body["name"].strip())
    _set_doors(area, body)
    campaign = Campaign(
        id=new_id(),
        municipality_id=actor.municipality_id,
        area_id=area.id,
        state=DRAFT,
        created_at=now(),
    )
    _write(campaign, body)
    db.session.add(campaign)
    db.session.flush()
    trail.note(actor.municipality_id, actor.account_id, "campaign.create", "campaign", campaign.id)
    return campaign


def change_campaign(actor: Actor, campaign: Campaign, body: dict[str, Any]) -> Campaign:
    """Replace a draft; raises CampaignNotDraft, or InvalidInput with all faults."""
    if campaign.state != DRAFT:
        raise CampaignNotDraft
    _check(actor, body)
    area = db.session.get_one(Area, campaign.area_id)
    area.name = body["name"].strip()
    _set_doors(area, body)
    _write(campaign, body)
    db.session.flush()
    trail.note(actor.municipality_id, actor.account_id, "campaign.change", "campaign", campaign.id)
    return campaign


def publish_campaign(actor: Actor, campaign: Campaign) -> Campaign:
    """From now on rounds can be made; raises a Conflict that says why not."""
    if campaign.kind == EARLY_SIGNAL:
        raise EarlySignalNotYet
    if campaign.state != DRAFT:
        raise CampaignNotDraft
    if campaign.ends_on < today():
        raise CampaignOver
    campaign.state = PUBLISHED
    db.session.flush()
    trail.note(actor.municipality_id, actor.account_id, "campaign.publish", "campaign", campaign.id)
    return campaign


def close_campaign(actor: Actor, campaign: Campaign) -> Campaign:
    """No new rounds; what is kept about doors is counted from today when that is earlier."""
    if campaign.state != PUBLISHED:
        raise CampaignNotPublished
    campaign.state = CLOSED
    campaign.ends_on = min(campaign.ends_on, today())
    db.session.flush()
    trail.note(actor.municipality_id, actor.account_id, "campaign.close", "campaign", campaign.id)
    return campaign


def _write(campaign: Campaign, body: dict[str, Any]) -> None:
    for name in PLAIN_FIELDS:
        setattr(campaign, name, body[name])
    campaign.name = body["name"].strip()
    campaign.incentive = (body["incentive"] or "").strip()


def _streets(body: dict[str, Any]) -> list[Street]:
    return [Street(street["city"], street["street"]) for street in body["streets"]]


def _set_doors(area: Area, body: dict[str, Any]) -> None:
    if body["choice"] is None:
        areas.set_streets(area, _streets(body))
    else:
        with within("/choice"):
            areas.set_doors(area, Choice.read(body["choice"]), body["ends_on"])


def _choice_faults(actor: Actor, body: dict[str, Any]) -> Iterator[InputError]:
    if body["choice"] is None:
        return unknown_streets(actor.municipality_id, _streets(body))
    found = choosing.faults(Choice.read(body["choice"]), actor.municipality_id)
    return (moved(fault, "/choice") for fault in found)


def _check(actor: Actor, body: dict[str, Any]) -> None:
    faults = [
        *_missing(body),
        *_wrong_words(body),
        *_wrong_dates(body),
        *_unknown(actor, body),
        *_choice_faults(actor, body),
    ]
    if faults:
        raise InvalidInput(*faults)


def _missing(body: dict[str, Any]) -> Iterator[InputError]:
    for name in REQUIRED:
        value = body[name]
        if value is None or (isinstance(value, str) and not value.strip()):
            yield InputError(f"/{name}", "missing")
    if not body["streets"] and body["choice"] is None:
        yield InputError("/streets", "no-streets")


def _wrong_words(body: dict[str, Any]) -> Iterator[InputError]:
    if len((body["name"] or "").strip()) > LONGEST_NAME:
        yield InputError("/name", "too-long")
    if len((body["incentive"] or "").strip()) > LONGEST_NAME:
        yield InputError("/incentive", "too-long")
    if body["kind"] and body["kind"] not in KINDS:
        yield InputError("/kind", "not-a-choice")
    weeks = body["aftercare_weeks"]
    if weeks is not None and not 1 <= weeks <= MOST_WEEKS:
        yield InputError("/aftercare_weeks", "not-in-range", {"least": 1, "most": MOST_WEEKS})


def _wrong_dates(body: dict[str, Any]) -> Iterator[InputError]:
    starts_on: date | None = body["starts_on"]
    ends_on: date | None = body["ends_on"]
    letter_on: date | None = body["letter_on"]
    if starts_on and ends_on and ends_on < starts_on:
        yield InputError("/ends_on", "before-start")
    elif ends_on and ends_on < today():
        yield InputError("/ends_on", "in-the-past")
    if starts_on and letter_on and letter_on > starts_on:
        yield InputError("/letter_on", "after-start")


def _unknown(actor: Actor, body: dict[str, Any]) -> Iterator[InputError]:
    yield from _unknown_district(actor, body["district_id"])
    guides = visible_guides(actor).where(Guide.id == body["guide_id"])
    if body["guide_id"] and not _is_there(guides):
        yield InputError("/guide_id", "unknown-guide")
    texts = visible_consent_texts(actor).where(ConsentText.id == body["consent_text_id"])
    if body["consent_text_id"] and not _is_there(texts):
        yield InputError("/consent_text_id", "unknown-consent-text")
    bases = visible_bases(actor).where(BaseLocation.id == body["base_location_id"])
    if body["district_id"]:
        bases = bases.where(BaseLocation.district_id == body["district_id"])
    if body["base_location_id"] and not _is_there(bases):
        yield InputError("/base_location_id", "unknown-base")


def _unknown_district(actor: Actor, district_id: str | None) -> list[InputError]:
    rows = visible_districts(actor).where(District.id == district_id)
    if not district_id or _is_there(rows):
        return []
    return [InputError("/district_id", "unknown-district")]


def _is_there(rows: Any) -> bool:
    return bool(db.session.scalar(select(rows.exists())))

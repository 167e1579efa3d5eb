"""Badges for who walks in a campaign: only for who has a valid certificate (VOG), and no longer.

A badge is seen by everyone at every door: a first name, and no family name by which somebody finds
where a volunteer lives; not the *herkenningswoord*, which only a letter and a phone tell.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from outreach.access.actor import Actor
from outreach.access.models import Account, Municipality
from outreach.access.scope import volunteers_in
from outreach.audit import trail
from outreach.campaigns.models import Campaign
from outreach.clock import today
from outreach.db import db
from outreach.documents.pdf import render_html, to_pdf
from outreach.errors import InputError, InvalidInput
from outreach.letters.letterheads import letterhead_of
from outreach.letters.paper import DUTCH
from outreach.letters.still_walked import refuse_ended
from outreach.volunteers.clearance import Clearance, cleared_until, standing
from outreach.volunteers.models import VolunteerProfile

CLEARED = {Clearance.CLEARED, Clearance.ENDS_SOON}
MOST_BADGES = 200


def with_badges(accounts: Sequence[Account], campaign: Campaign) -> list[dict[str, Any]]:
    """For each volunteer until when a badge would count, or the reason why there is none.

    It counts until the campaign ends, or the certificate, whichever is first.
    """
    rows = select(VolunteerProfile).where(
        VolunteerProfile.account_id.in_([account.id for account in accounts])
    )
    profiles = {row.account_id: row for row in db.session.scalars(rows)}
    first_day = max(today(), campaign.starts_on)
    return [
        {
            "id": account.id,
            "name": account.name,
            "first_name": account.first_name,
            "role": account.role,
            **_standing(profiles.get(account.id), first_day, campaign.ends_on),
        }
        for account in accounts
    ]


def _standing(profile: VolunteerProfile | None, first_day: date, last_day: date) -> dict[str, Any]:
    stands, until = standing(profile, first_day), cleared_until(profile)
    if stands not in CLEARED or until is None:
        return {"valid_until": None, "reason": stands}
    return {"valid_until": min(until, last_day), "reason": None}


def print_badges(actor: Actor, campaign: Campaign, account_ids: Sequence[str]) -> bytes:
    """A badge for each of these, by first name, eight on a sheet.

    Raises CampaignEnded, or InvalidInput for who may have none.
    """
    refuse_ended(campaign)
    wanted = set(account_ids)
    if not wanted:
        raise InvalidInput(InputError("/account_ids", "missing"))
    rows = volunteers_in(actor, campaign.district_id).where(Account.id.in_(wanted))
    found = with_badges(db.session.scalars(rows).all(), campaign)
    badges = [one for one in found if one["valid_until"] is not None]
    if len(badges) < len(wanted):
        raise InvalidInput(InputError("/account_ids", "badge-without-certificate"))
    badges.sort(key=lambda one: (one["first_name"], one["id"]))
    here = campaign.municipality_id
    trail.note(here, actor.account_id, "badge.print", "campaign", campaign.id)
    return _paper(campaign, badges)


def _paper(campaign: Campaign, badges: Sequence[dict[str, Any]]) -> bytes:
    letterhead = letterhead_of(campaign.municipality_id)
    municipality = db.session.get_one(Municipality, campaign.municipality_id)
    page = render_html(
        "badges.html",
        DUTCH,
        municipality=municipality.name,
        logo=letterhead.logo is not None,
        phone=letterhead.phone or municipality.duty_phone,
        badges=badges,
    )
    return to_pdf(page, {"logo": letterhead.logo} if letterhead.logo else {})

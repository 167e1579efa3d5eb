"""The walk list on paper: for one pair and one round, large, and no more than they need.

On it stand doors and words about the visit, never a resident's name, a reason or a language. Where
nobody may ring, or something was recorded already, the door is not on it at all.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import select

from outreach.access.actor import Actor
from outreach.access.models import Account, AccountDistrict, Municipality
from outreach.access.roles import Role
from outreach.audit import trail
from outreach.campaigns.models import BaseLocation, Campaign
from outreach.db import db
from outreach.documents.pdf import render_pdf
from outreach.errors import Conflict
from outreach.languages import LANGUAGES
from outreach.letters.dossiers import word_of
from outreach.territory.models import Address
from outreach.visits.dossiers import pairs_of
from outreach.visits.models import Round, RoundMember, Stop
from outreach.visits.scope import PUBLISHED
from outreach.visits.surroundings import Surroundings, look_around

# In the order of the boxes behind each door.
BOXES = ("talk", "not_home", "later", "rather_not", "other")


class NoWalkList(Conflict):
    """A draft still changes, and a closed round is walked."""

    code = "walk-list-not-published"


class NothingToWalk(Conflict):
    """No door of this round is left to ring at."""

    code = "walk-list-empty"


def print_walk_list(actor: Actor, round_: Round) -> bytes:
    """The list as a tagged PDF, in the language of the pair; raises NoWalkList, NothingToWalk."""
    if round_.state != PUBLISHED:
        raise NoWalkList
    doors = list(_doors(round_))
    if not doors:
        raise NothingToWalk
    campaign = db.session.get_one(Campaign, round_.campaign_id)
    paper = render_pdf(
        "walk_list.html",
        _language(round_),
        round=round_,
        campaign=campaign.name,
        base=db.session.get_one(BaseLocation, round_.base_location_id),
        pair=[one["first_name"] for one in pairs_of([round_.id]).get(round_.id, [])],
        phones=_phones(campaign),
        word=word_of(campaign.id),
        streets=[(street, list(found)) for street, found in groupby(doors, _street_of)],
        count=len(doors),
        boxes=BOXES,
    )
    trail.note(round_.municipality_id, actor.account_id, "round.print", "round", round_.id)
    return paper


def _street_of(door: dict[str, Any]) -> str:
    street: str = door["street"]
    return street


def _doors(round_: Round) -> Iterator[dict[str, Any]]:
    """Doors to ring at, in the order of walking."""
    rows = (
        select(Stop, Address)
        .join(Address, Address.id == Stop.address_id)
        .where(Stop.round_id == round_.id, Stop.left_at.is_(None))
        .order_by(Stop.position, Stop.split_of.is_not(None), Stop.id)
    )
    found = [(stop, address) for stop, address in db.session.execute(rows)]
    around = look_around([(stop, round_) for stop, _ in found])
    for stop, address in found:
        if around.attempt(stop) is None and around.hold(stop, round_.campaign_id) is None:
            yield {
                "street": address.street,
                "number": address.number,
                "second": stop.split_of is not None,
                "visit": len(around.earlier(stop, round_)) + 1,
                "appointment": _appointment(stop, round_, around),
                "notices": around.notices.get((round_.campaign_id, stop.address_id), []),
            }


def _appointment(stop: Stop, round_: Round, around: Surroundings) -> str:
    """The day part in which somebody expects this round; "" when nobody does."""
    found = around.appointment(stop)
    return found.day_part if found and found.date == round_.date else ""


def _language(round_: Round) -> str:
    """English only where both of the pair chose it."""
    rows = (
        select(Account.language)
        .join(RoundMember, RoundMember.account_id == Account.id)
        .where(RoundMember.round_id == round_.id)
    )
    chosen = set(db.session.scalars(rows))
    return chosen.pop() if len(chosen) == 1 else LANGUAGES[0]


def _phones(campaign: Campaign) -> Sequence[tuple[str, str]]:
    """Supervisors of the district whom the pair can call; else the municipality's own number."""
    there = select(AccountDistrict.account_id).where(
        AccountDistrict.district_id == campaign.district_id
    )
    rows = select(Account).where(
        Account.municipality_id == campaign.municipality_id,
        Account.active,
        Account.role == Role.SUPERVISOR,
        Account.phone != "",
        Account.id.in_(there),
    )
    found = db.session.scalars(rows.order_by(Account.first_name, Account.id)).all()
    if found:
        return [(one.first_name, one.phone) for one in found]
    municipality = db.session.get_one(Municipality, campaign.municipality_id)
    return [(municipality.name, municipality.duty_phone)] if municipality.duty_phone else []

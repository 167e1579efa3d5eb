"""A plan of one round, as it was found, and what can be asked of it."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from outreach.access.roles import Role
from outreach.campaigns.models import Campaign
from outreach.clock import new_id, now, today
from outreach.db import db
from outreach.dispatch import settings, steps
from outreach.dispatch.layouts import Layout, PairShift, written
from outreach.dispatch.models import RoundPlan
from outreach.planning.problem import LegKey
from outreach.visits.models import RoundMember
from tests.contract.sweeping.ground import kept, make_campaign, make_round
from tests.contract.sweeping.places import Place

# States that an address asks for: somebody went back a step.
WENT_BACK = "went back"


def make_round_plan(place: Place, state: str, of: Campaign | None = None) -> str:
    """A plan of one door and one pair, in three days; `of` a campaign, or of a new one."""
    campaign, address = make_campaign(place, "published")
    campaign = of or campaign
    pair = tuple(place.somebody(Role.VOLUNTEER).id for _ in range(2))
    on = today() + timedelta(days=3)
    shift = PairShift(new_id(), on, "morning", pair)
    empty = Layout((shift,), {}, {}, (address.id,))
    found = empty.but(orders={LegKey(shift.id, 0): (address.id,)})
    base = {"name": place.base.name, "lat": 52.4, "lon": 5.2, "certain": True}
    is_back = state == WENT_BACK
    plan = RoundPlan(
        id=new_id(),
        municipality_id=place.municipality.id,
        campaign_id=campaign.id,
        first_day=on,
        last_day=on,
        state="proposed",
        settings=settings.settled({"seconds": 1}) | {"base": base, "before_letter": False},
        content=written(empty if is_back else found),
        rounds={},
        version=new_id(),
        step=0 if is_back else 1,
        made_by=place.people[Role.SUPERVISOR].id,
        changed_by=None,
        made_at=now(),
    )
    plan_id = kept(plan)
    for number, layout in enumerate((empty, found)):
        steps.remember(
            db.session.connection(), (plan.municipality_id, plan_id), number, written(layout)
        )
    return plan_id


def _plan(place: Place, thing_id: str) -> RoundPlan:
    plan = db.session.get(RoundPlan, thing_id or make_round_plan(place, ""))
    assert plan is not None
    return plan


def period_body(_place: Place, _thing_id: str) -> dict[str, Any]:
    """Days of a plan."""
    day = (today() + timedelta(days=3)).isoformat()
    return {"first_day": day, "last_day": day}


def plan_body(place: Place, thing_id: str) -> dict[str, Any]:
    """What a plan is asked for: one pair, one second."""
    period = period_body(place, thing_id)
    pair = [place.somebody(Role.VOLUNTEER).id for _ in range(2)]
    shift = {"date": period["first_day"], "day_part": "morning", "pair": pair}
    return period | {"shifts": [shift], "seconds": 1}


def version_body(place: Place, thing_id: str) -> dict[str, Any]:
    """The version of a plan."""
    return {"version": _plan(place, thing_id).version}


def moves_body(place: Place, thing_id: str) -> dict[str, Any]:
    """Leave the door of a plan out."""
    plan = _plan(place, thing_id)
    (door,) = plan.content["doors"]
    return {"version": plan.version, "moves": [{"act": "leave", "address_id": door}]}


def ill_body(place: Place, thing_id: str) -> dict[str, Any]:
    """Somebody of the pair of a round."""
    round_id = thing_id or make_round(place, "published").round.id
    rows = select(RoundMember.account_id).where(RoundMember.round_id == round_id)
    account_id = db.session.scalars(rows.order_by(RoundMember.id)).first()
    return {"account_id": account_id, "dry_run": True}

"""The plan as the desk sees it: rounds with times and figures, and what did not fit with why."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from outreach.access.actor import Actor
from outreach.access.models import Account
from outreach.db import db
from outreach.dispatch import layouts, steps
from outreach.dispatch.gathering import Gathered, gather
from outreach.dispatch.models import RoundPlan
from outreach.dispatch.people import named
from outreach.dispatch.settings import as_clock
from outreach.dispatch.states import SEARCHING, job_of, state_of
from outreach.dispatch.wording import in_words, reason
from outreach.jobs import running
from outreach.planning.moving import Draft
from outreach.planning.plan import PlannedRound
from outreach.planning.problem import Shift
from outreach.planning.rules import Broken
from outreach.planning.timing import Visit, WalkedLeg
from outreach.territory.models import Address

NO_LONGER = "no-longer-to-do"
PLAIN = ("id", "campaign_id", "version", "first_day", "last_day", "made_at", "published_at")


def in_a_list(plan: RoundPlan) -> dict[str, Any]:
    """For RoundPlanOut."""
    layout = layouts.read(plan.content)
    return {name: getattr(plan, name) for name in PLAIN if name != "version"} | {
        "state": state_of(plan),
        "doors": sum(len(order) for order in layout.orders.values()),
        "rounds": len(layout.shifts),
    }


def board(_actor: Actor, plan: RoundPlan, language: str) -> dict[str, Any]:
    """For PlanBoardOut: everything but who goes where is read anew."""
    gathered = gather(plan)
    draft = gathered.draft()
    back, forth = steps.reach(plan)
    state = state_of(plan)
    left_out = list(_left_out(gathered, draft, language))
    return {name: getattr(plan, name) for name in PLAIN} | {
        "state": state,
        "changed_by": _changed_by(plan),
        "search": _search(plan),
        "base": plan.settings["base"],
        "times": plan.settings["times"],
        "minutes": plan.settings["minutes"],
        "rounds": list(_rounds(gathered, draft, language)),
        "left_out": left_out,
        "people": [one.shown() for one in gathered.people],
        "totals": _totals(draft, len(left_out)),
        "can_undo": back and state != SEARCHING,
        "can_redo": forth and state != SEARCHING,
    }


def _changed_by(plan: RoundPlan) -> dict[str, Any] | None:
    account = db.session.get(Account, plan.changed_by) if plan.changed_by else None
    return named(account) if account else None


def _search(plan: RoundPlan) -> dict[str, Any] | None:
    job = job_of(plan)
    if job is None:
        return None
    figures = job.result.get("so_far") or job.result
    problem = job.result.get("problem") or {}
    state = running.seen_state(job)
    return {
        "job_id": job.id,
        "state": state,
        "done": job.done,
        "total": job.total,
        "doors": figures.get("doors", 0),
        "metres": figures.get("metres"),
        "problem": problem.get("code", "job-interrupted" if state == "failed" else ""),
    }


def _rounds(gathered: Gathered, draft: Draft, language: str) -> Iterator[dict[str, Any]]:
    broken: dict[str, list[Broken]] = defaultdict(list)
    for one in draft.broken:
        broken[one.shift_id].append(one)
    for planned in draft.plan.rounds:
        shift = draft.problem.shift[planned.shift_id]
        stands = gathered.stands.get(shift.id)
        yield _round(gathered, shift, planned) | {
            "round_id": gathered.plan.rounds.get(shift.id),
            "differs": differs(gathered, planned),
            "done": len({stop.address_id for stop in stands.begun}) if stands else 0,
            "broken": [
                {
                    "rule": one.rule.value,
                    "text": in_words(gathered, one, language),
                    "address_id": one.address_id or None,
                }
                for one in broken[shift.id]
            ],
        }


def differs(gathered: Gathered, planned: PlannedRound) -> bool:
    """Whether the phones have something else than the plan; before publishing they have nothing."""
    shift_id = planned.shift_id
    if shift_id in gathered.over:
        return False
    stands = gathered.stands.get(shift_id)
    if stands is None:
        return True
    shift = gathered.problem.shift[shift_id]
    walks = set(gathered.walk.get(shift_id, ()))
    return tuple(stands.open) != planned.address_ids or walks != set(shift.pair)


def _round(gathered: Gathered, shift: Shift, planned: PlannedRound) -> dict[str, Any]:
    accounts = gathered.accounts
    pause = shift.pause
    return {
        "id": shift.id,
        "date": shift.on,
        "day_part": shift.day_part.value,
        "begins": as_clock(shift.begins),
        "ends": as_clock(shift.ends),
        "pause": {"begins": as_clock(pause.begins), "ends": as_clock(pause.ends)}
        if pause
        else None,
        "pair": [named(accounts[who]) for who in shift.pair if who in accounts],
        "doors": len(planned.address_ids),
        "metres": round(planned.metres),
        "minutes": round(planned.walking / 60),
        "legs": [_leg(gathered, leg) for leg in planned.legs],
    }


def _leg(gathered: Gathered, leg: WalkedLeg) -> dict[str, Any]:
    return {
        "number": leg.key.number,
        "sets_out": as_clock(leg.sets_out),
        "back_at": as_clock(leg.back_at),
        "metres_back": round(leg.metres_back),
        "visits": [_visit(gathered, visit) for visit in leg.visits],
    }


def _visit(gathered: Gathered, visit: Visit) -> dict[str, Any]:
    return _door(gathered, visit.address_id) | {
        "rings": as_clock(visit.rings),
        "leaves": as_clock(visit.leaves),
        "metres": round(visit.metres),
    }


def _door(gathered: Gathered, address_id: str) -> dict[str, Any]:
    door = gathered.problem.door[address_id]
    address = gathered.addresses[address_id]
    promised = gathered.found.promised.get(address_id)
    expected = gathered.accounts.get(door.expects)
    return located(address) | {
        "kind": door.kind.value,
        "language": door.language,
        "window": {"date": promised[0], "day_part": promised[1]} if promised else None,
        "expects": named(expected) if expected else None,
        "locked": address_id in gathered.problem.locks,
    }


def located(address: Address) -> dict[str, Any]:
    """Which door it is."""
    return {
        "address_id": address.id,
        "street": address.street,
        "number": address.number,
        "postcode": address.postcode,
        "lat": address.lat,
        "lon": address.lon,
    }


def _left_out(gathered: Gathered, draft: Draft, language: str) -> Iterator[dict[str, Any]]:
    for left in draft.plan.left_out:
        yield _door(gathered, left.address_id) | _why(left.reason.value, language)
    for address in gathered.gone():
        yield (
            located(address)
            | {
                "kind": "first",
                "language": "",
                "window": None,
                "expects": None,
                "locked": False,
            }
            | _why(NO_LONGER, language)
        )


def _why(code: str, language: str) -> dict[str, str]:
    return {"reason": code, "text": reason(code, language)}


def _totals(draft: Draft, left_out: int) -> dict[str, int]:
    plan = draft.plan
    return {
        "rounds": len(plan.rounds),
        "doors": sum(len(one.address_ids) for one in plan.rounds),
        "left_out": left_out,
        "metres": round(plan.metres),
        "minutes": round(plan.walking / 60),
    }

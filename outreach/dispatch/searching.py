"""The search as a job: it reads the tables, and keeps what it finds beside what was published."""

from dataclasses import replace

from sqlalchemy import Connection, select, update

from outreach.clock import new_id, today
from outreach.db import db
from outreach.dispatch import steps
from outreach.dispatch.gathering import Gathered, gather
from outreach.dispatch.layouts import Layout, read, written
from outreach.dispatch.models import RoundPlan
from outreach.dispatch.states import PROPOSED, PUBLISHED, SEARCHING
from outreach.jobs.work import JobKind, Work
from outreach.planning.distances import Distances
from outreach.planning.moving import Draft
from outreach.planning.problem import Problem
from outreach.planning.work import planning_kind


def search_kind(distances: Distances) -> JobKind:
    """The kind of work that searches; after its worker died it begins anew."""
    return planning_kind(_gather, _keep, distances)


def settled_shifts(gathered: Gathered) -> set[str]:
    """Shifts that a search leaves alone: on the phones already, or past."""
    past = {one.id for one in gathered.layout.shifts if one.on < today()}
    return past | set(gathered.plan.rounds)


def _gather(work: Work) -> Problem:
    plan = db.session.get_one(RoundPlan, work.given["plan_id"])
    gathered = gather(plan)
    settled = settled_shifts(gathered)
    orders = gathered.layout.orders
    placed = {door for key, order in orders.items() if key.shift_id in settled for door in order}
    problem = gathered.problem
    locks = {door: shift for door, shift in problem.locks.items() if shift not in settled}
    # Nothing is held while it searches: on SQLite whoever reads outside a request holds the pen.
    db.session.rollback()
    return replace(
        problem,
        doors=tuple(door for door in problem.doors if door.address_id not in placed),
        shifts=tuple(shift for shift in problem.shifts if shift.id not in settled),
        locks=locks,
    )


def _keep(connection: Connection, work: Work, draft: Draft) -> None:
    """Write the plan down; one that was thrown away, or that another search has, stays so."""
    plan_id = work.given["plan_id"]
    rows = select(RoundPlan.content, RoundPlan.step, RoundPlan.rounds).where(
        RoundPlan.id == plan_id, RoundPlan.state == SEARCHING, RoundPlan.job_id == work.job_id
    )
    found = connection.execute(rows.with_for_update(key_share=True)).first()
    if found is None:
        return
    content = written(beside(read(found.content), draft))
    number = found.step + 1
    steps.remember(connection, (work.municipality_id, plan_id), number, content)
    connection.execute(
        update(RoundPlan)
        .where(RoundPlan.id == plan_id)
        .values(
            content=content,
            step=number,
            state=PUBLISHED if found.rounds else PROPOSED,
            version=new_id(),
            changed_by=None,
        )
    )


def beside(layout: Layout, draft: Draft) -> Layout:
    """What was found, beside the shifts that were left alone."""
    solved = draft.problem.shift
    alone = {key: order for key, order in layout.orders.items() if key.shift_id not in solved}
    return layout.but(orders=alone | dict(draft.plan.orders))

"""*Plan rounds* as a job: how good it is so far, and a stop that keeps the best.

What is planned is read, and what came of it is kept, by whoever knows the tables: this knows ids,
counts and metres. The result of the job names no door and nobody.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from outreach.db import db
from outreach.jobs.work import JobKind, Work
from outreach.planning.distances import Distances
from outreach.planning.moving import Draft
from outreach.planning.problem import Problem

if TYPE_CHECKING:
    from outreach.planning.solving import Effort, Progress

KIND = "planning"
SECONDS = 60

Gather = Callable[[Work], Problem]
Keep = Callable[[Connection, Work, Draft], None]


def planning_kind(gather: Gather, keep: Keep, distances: Distances) -> JobKind:
    """The kind of work that plans: `gather` reads the problem, `keep` writes the plan down.

    Cancelling such a job ends its search; the best so far is kept and the job is done. `seconds`,
    `iterations` and `seed` of the search may stand in what the job is given. It keeps nothing on
    the way, so that after its worker died it can begin anew.
    """

    def run(work: Work) -> None:
        # The solver is heavy: a server that plans nothing never loads it.
        from outreach.planning.making import make_plan  # noqa: PLC0415

        effort = _effort(work.given)

        def watch(progress: "Progress") -> bool:
            _tell(work, effort, progress)
            return work.cancelled()

        draft = make_plan(gather(work), effort, distances, watch)
        with db.engine.begin() as connection:
            keep(connection, work, draft)
            work.finish(connection, work.given | _figures(draft))

    return JobKind(KIND, run, lambda _job_id: None, resumes=True)


def _effort(given: dict[str, Any]) -> "Effort":
    from outreach.planning.solving import Effort  # noqa: PLC0415

    return Effort(given.get("seconds", SECONDS), given.get("iterations"), given.get("seed", 1))


def _tell(work: Work, effort: "Effort", progress: "Progress") -> None:
    """By the clock when that ends it, else by iterations; `metres` None: no plan obeys yet."""
    metres = None if progress.metres is None else round(progress.metres)
    so_far = {"doors": progress.doors, "metres": metres}
    if effort.seconds is None:
        work.progress(progress.iterations, effort.iterations or 0, so_far)
    else:
        work.progress(int(progress.seconds), int(effort.seconds), so_far)


def _figures(draft: Draft) -> dict[str, Any]:
    """What the screen says first of a plan: counts, metres and minutes."""
    plan = draft.plan
    reasons: dict[str, int] = {}
    for left in plan.left_out:
        reasons[left.reason] = reasons.get(left.reason, 0) + 1
    return {
        "doors": sum(len(one.address_ids) for one in plan.rounds),
        "metres": round(plan.metres),
        "minutes": round(plan.walking / 60),
        "left_out": reasons,
    }

"""What becomes of jobs whose worker died: taken up again, or marked as cut short."""

from sqlalchemy import Select, select

from outreach.clock import now
from outreach.db import db
from outreach.jobs.faults import JobInterrupted, written
from outreach.jobs.models import ACTIVE, Job
from outreach.jobs.runner import Runner

# One that has cost this many workers their life is not tried on another.
MOST_ATTEMPTS = 3


def may_go_on(runner: Runner, job: Job) -> bool:
    """Whether a lost job is begun again: one that only waited always is."""
    kind = runner.kinds.get(job.kind)
    if kind is None or job.state == "waiting":
        return kind is not None
    return kind.resumes and job.attempts < MOST_ATTEMPTS


def take_up(runner: Runner) -> None:
    """Look through all municipalities' jobs once, commit, and send what is taken up again."""
    taken: list[Job] = []
    try:
        for job in db.session.scalars(_active().with_for_update()):
            # A kind nobody here knows is another version's, whose workers may still come.
            if job.kind in runner.kinds and runner.take(job):
                taken.append(job)
                _begin_again_or_close(runner, job)
        db.session.commit()
    except Exception:
        for job in taken:
            runner.let_go(job.id)
        raise
    for job in taken:
        if job.state == "waiting":
            runner.send(job.id)


def _begin_again_or_close(runner: Runner, job: Job) -> None:
    if job.cancel_wanted:
        close(runner, job, "cancelled")
    elif may_go_on(runner, job):
        job.state, job.attempt = "waiting", None
    else:
        close(runner, job, "failed")


def settle_interrupted(runner: Runner, municipality_id: str) -> None:
    """Write down as failed what died with its process; until then it is only shown so."""
    rows = _active().where(Job.municipality_id == municipality_id)
    for job in db.session.scalars(rows.with_for_update()):
        if runner.is_lost(job) and not may_go_on(runner, job):
            close(runner, job, "failed")


def close(runner: Runner, job: Job, state: str) -> None:
    """End a job that nobody does, and throw away its files."""
    job.state, job.ended_at, job.expected_at = state, now(), None
    job.attempt = None
    if state == "failed":
        job.result = job.result | {"problem": written(JobInterrupted())}
    runner.let_go(job.id)
    if job.kind in runner.kinds:
        runner.kinds[job.kind].discard(job.id)


def _active() -> Select[Job]:
    return select(Job).where(Job.state.in_(ACTIVE)).order_by(Job.started_at, Job.id)

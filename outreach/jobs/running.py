"""The runner: one thread per process does the jobs that were started in it, one after the other."""

import logging
import queue
import threading
from collections.abc import Iterable
from typing import Any

from flask import Flask, Response, after_this_request, current_app
from sqlalchemy import select, update

from outreach.clock import now
from outreach.db import db
from outreach.errors import Conflict, Problem
from outreach.jobs.claims import Claims
from outreach.jobs.models import Job
from outreach.jobs.work import JobCancelled, JobKind, Work, end

log = logging.getLogger(__name__)

ACTIVE = ("waiting", "running")


class JobInterrupted(Problem):
    """The process that did this work died; what it had not finished was not kept."""

    code = "job-interrupted"


class JobNotReady(Conflict):
    """The job does not wait for a confirmation (any more)."""

    code = "job-not-ready"


class Runner:
    """The thread, its queue, and the kinds of work it knows."""

    def __init__(self, app: Flask, kinds: Iterable[JobKind]) -> None:
        self.claims = Claims(app.config["DATA_DIR"] / "jobs")
        self.kinds = {kind.name: kind for kind in kinds}
        self._app = app
        self._queue: queue.Queue[str] = queue.Queue()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None

    def wake(self, job_id: str) -> None:
        """Do this job when its turn comes; the thread starts with the first one."""
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="jobs", daemon=True)
                self._thread.start()
        self._queue.put(job_id)

    def wait_until_idle(self) -> None:
        """Return when every job that was woken has ended."""
        self._queue.join()

    def _work(self) -> None:
        while True:
            job_id = self._queue.get()
            try:
                with self._app.app_context():
                    self.do(job_id)
            finally:
                self._queue.task_done()

    def do(self, job_id: str) -> None:
        """Do one waiting job from its beginning to its end; needs an app context."""
        try:
            claimed = _claim(job_id)
            if claimed:
                self._attempt(self.kinds[claimed[0]], claimed[1])
        except Exception as fault:  # noqa: BLE001 - the thread outlives whatever goes wrong
            log.error("job ended by %s", type(fault).__name__)  # noqa: TRY400 - no typed text
        finally:
            self.claims.let_go(job_id)

    def _attempt(self, kind: JobKind, work: Work) -> None:
        state, result = "done", work.given
        try:
            kind.run(work)
        except JobCancelled:
            state = "cancelled"
        except Problem as problem:
            state, result = "failed", work.given | {"problem": written(problem)}
        except Exception as fault:  # noqa: BLE001 - told to the person who waits for it
            # The message may quote a row of the list: only its kind is logged.
            log.error("job %s failed: %s", kind.name, type(fault).__name__)  # noqa: TRY400
            state, result = "failed", work.given | {"problem": written(Problem())}
        with db.engine.begin() as connection:
            end(connection, work.job_id, state, result)
            found = select(Job.result).where(Job.id == work.job_id)
            awaits = "awaits" in (connection.execute(found).scalar() or {})
        if state != "done" or not awaits:
            kind.discard(work.job_id)


def register(app: Flask, kinds: Iterable[JobKind]) -> None:
    """Give the app a runner for these kinds of work."""
    app.extensions["jobs"] = Runner(app, kinds)


def runner() -> Runner:
    """This app's runner."""
    found: Runner = current_app.extensions["jobs"]
    return found


def start(job: Job) -> Job:
    """Add a job, or take up one that awaited something; it runs once this request committed."""
    settle_interrupted(job.municipality_id)
    job.state = "waiting"
    job.ended_at = None
    db.session.add(job)
    db.session.flush()
    runner().claims.hold(job.id)

    @after_this_request
    def _wake(response: Response) -> Response:
        runner().wake(job.id)
        return response

    return job


def confirm(job: Job, given: dict[str, Any]) -> Job:
    """Go on with a job that awaits it; raises JobNotReady."""
    if job.state != "done" or "awaits" not in job.result:
        raise JobNotReady
    job.done = job.total = 0
    job.cancel_wanted = False  # asked too late of the part that is done; not of what begins now
    job.result = given
    return start(job)


def cancel(job: Job) -> Job:
    """Ask a job to stop; one that does not run stops at once, one that ended stays as it is."""
    settle_interrupted(job.municipality_id)
    if job.state == "running":
        job.cancel_wanted = True
    elif job.state == "waiting" or (job.state == "done" and "awaits" in job.result):
        job.state, job.ended_at = "cancelled", now()
        runner().kinds[job.kind].discard(job.id)
    return job


def is_interrupted(job: Job) -> bool:
    """Whether the process that should be doing this job is gone.

    A job ends before its process lets go of it, so a second look tells one that just ended.
    """
    claims = runner().claims
    if job.state not in ACTIVE or claims.is_held(job.id):
        return False
    with db.engine.connect() as connection:
        state = connection.execute(select(Job.state).where(Job.id == job.id)).scalar()
    return state in ACTIVE and not claims.is_held(job.id)


def settle_interrupted(municipality_id: str) -> None:
    """Write down as failed what died with its process; until then it is only shown so."""
    rows = select(Job).where(Job.municipality_id == municipality_id, Job.state.in_(ACTIVE))
    for job in db.session.scalars(rows.with_for_update()):
        if not runner().claims.is_held(job.id):
            job.state, job.ended_at = "failed", now()
            job.result = job.result | {"problem": written(JobInterrupted())}
            runner().kinds[job.kind].discard(job.id)


def written(problem: Problem) -> dict[str, Any]:
    """A problem as it is kept with the job: codes and parameters; texts come when it is shown."""
    faults = [
        {"pointer": fault.pointer, "code": fault.code, "params": dict(fault.params)}
        for fault in problem.errors
    ]
    return {
        "code": problem.code,
        "status": int(problem.status),
        "params": problem.params,
        "errors": faults,
    }


def _claim(job_id: str) -> tuple[str, Work] | None:
    """Take a waiting job; None where its request was undone or somebody cancelled it."""
    waiting = update(Job).where(Job.id == job_id, Job.state == "waiting").values(state="running")
    told = waiting.returning(Job.kind, Job.id, Job.municipality_id, Job.started_by, Job.result)
    with db.engine.begin() as connection:
        row = connection.execute(told).first()
    return (row[0], Work(*row[1:])) if row else None

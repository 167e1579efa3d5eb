"""What every runner does alike: take one waiting job, do it, write down what came of it."""

import logging
from abc import ABC, abstractmethod
from collections.abc import Iterable
from contextlib import AbstractContextManager
from typing import Any

from sqlalchemy import select, update

from outreach.clock import new_id
from outreach.db import db
from outreach.errors import Problem
from outreach.jobs.faults import written
from outreach.jobs.models import Job
from outreach.jobs.turns import NotItsTurn, wait_for_turn
from outreach.jobs.work import JobCancelled, JobKind, JobLost, Work

log = logging.getLogger(__name__)


class NoWorkers(SystemExit):
    """Somebody starts a worker where the server does all the work itself."""


class Runner(ABC):
    """Who does jobs, and how it is known that somebody does. The table is the truth."""

    def __init__(self, kinds: Iterable[JobKind]) -> None:
        self.kinds = {kind.name: kind for kind in kinds}

    @abstractmethod
    def hold(self, job_id: str) -> None:
        """Called before a waiting job is committed: from now on it is not lost."""

    @abstractmethod
    def send(self, job_id: str) -> None:
        """Called after a waiting job was committed: do it when its turn comes."""

    @abstractmethod
    def is_lost(self, job: Job) -> bool:
        """Whether whoever should be doing this waiting or running job is gone."""

    @abstractmethod
    def take(self, job: Job) -> bool:
        """Take over a job that is lost; False when it is not, or somebody else was first."""

    @abstractmethod
    def let_go(self, job_id: str) -> None:
        """What was held or taken is not going to be done after all."""

    @abstractmethod
    def look_around(self) -> None:
        """See soon, and apart from this request, whether there are lost jobs to take up."""

    @abstractmethod
    def wait_until_idle(self) -> None:
        """Return when every job that was sent has ended."""

    @abstractmethod
    def holding(self, attempt: str) -> AbstractContextManager[None]:
        """Show, as long as this lasts, that somebody is alive who makes this attempt."""

    def work(self) -> None:
        """Be a worker until somebody ends this process; raises NoWorkers."""
        raise NoWorkers("Set OUTREACH_REDIS_URL first: without it the server does its own jobs.")

    def do(self, job_id: str) -> None:
        """Do one waiting job from its beginning to its end; needs an app context.

        Raises NotItsTurn; whatever else goes wrong ends the job, never its worker.
        """
        attempt = new_id()
        try:
            with self.holding(attempt):
                claimed = self._claim(job_id, attempt)
                if claimed:
                    self._make_attempt(self.kinds[claimed[0]], claimed[1])
        except NotItsTurn:
            raise
        except Exception as fault:  # noqa: BLE001 - the worker outlives whatever goes wrong
            log.error("job ended by %s", type(fault).__name__)  # noqa: TRY400 - no typed text
        self.let_go(job_id)

    def _claim(self, job_id: str, attempt: str) -> tuple[str, Work] | None:
        """Take a waiting job; None where its request was undone or somebody cancelled it."""
        waiting = Job.id == job_id, Job.state == "waiting"
        told = (
            update(Job)
            .where(*waiting)
            .values(state="running", attempt=attempt, attempts=Job.attempts + 1)
            .returning(Job.kind, Job.id, Job.municipality_id, Job.started_by, Job.result)
        )
        with db.engine.begin() as connection:
            found = connection.execute(select(Job.municipality_id, Job.kind).where(*waiting))
            for municipality_id, kind in found.all():
                if self.kinds[kind].in_turn:
                    wait_for_turn(connection, municipality_id, kind, job_id)
            row = connection.execute(told).first()
        return (row[0], Work(*row[1:], attempt)) if row else None

    def _make_attempt(self, kind: JobKind, work: Work) -> None:
        state, problem = "done", None
        try:
            kind.run(work)
        except JobCancelled:
            state = "cancelled"
        except JobLost:
            log.warning("job %s is somebody else's by now", kind.name)
            return
        except Problem as fault:
            state, problem = "failed", written(fault)
        except Exception as fault:  # noqa: BLE001 - told to the person who waits for it
            # The message may quote a row of the list: only its kind is logged.
            log.error("job %s failed: %s", kind.name, type(fault).__name__)  # noqa: TRY400
            state, problem = "failed", written(Problem())
        result: dict[str, Any] = work.given | ({"problem": problem} if problem else {})
        with db.engine.begin() as connection:
            work.end(connection, state, result)
            row = select(Job.result).where(Job.id == work.job_id, Job.attempt == work.attempt)
            ended_with = connection.execute(row).scalar()
        # Somebody else's by now: then so are the files.
        if ended_with is not None and (state != "done" or "awaits" not in ended_with):
            kind.discard(work.job_id)

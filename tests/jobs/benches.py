"""A runner with one kind of work, that a test decides on."""

import queue
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from flask.testing import FlaskClient

from outreach.access.models import Account
from outreach.clock import new_id, now
from outreach.db import db
from outreach.jobs.in_process import InProcess
from outreach.jobs.models import Job
from outreach.jobs.on_celery import OnCelery
from outreach.jobs.work import JobKind, Work
from tests.factories.town import headers_for

Act = Callable[[Work], None]
PATIENCE = 30


class InThread(InProcess):
    """Says which job it did."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.did: queue.Queue[str] = queue.Queue()

    def do(self, job_id: str) -> None:
        """Do it, and say so; not when it has to wait for its turn."""
        super().do(job_id)
        self.did.put(job_id)


class ByCelery(OnCelery):
    """Says which job it did; its worker is a thread of the tests, on a real Redis."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.did: queue.Queue[str] = queue.Queue()

    def do(self, job_id: str) -> None:
        """Do it, and say so; not when it has to wait for its turn."""
        super().do(job_id)
        self.did.put(job_id)


class Bench:
    """What a test does with its runner."""

    def __init__(self, runner: InThread | ByCelery, starter: Account) -> None:
        self.runner = runner
        self.act: Act = lambda _work: None
        self.discarded: list[str] = []
        self.starter = starter
        self._lives: dict[str, ExitStack] = {}
        self.be()

    def be(self, *, resumes: bool = False, in_turn: bool = False) -> None:
        """What kind of work it is."""
        kind = JobKind("test", self._act, self.discarded.append, resumes, in_turn)
        self.runner.kinds = {"test": kind}

    def _act(self, work: Work) -> None:
        self.act(work)

    def job(self, state: str = "waiting", *, attempts: int = 0, **result: Any) -> str:
        """A committed job; one that runs is held by somebody who lives."""
        job = Job(
            id=new_id(),
            municipality_id=self.starter.municipality_id,
            kind="test",
            state=state,
            attempt=new_id() if state == "running" else None,
            attempts=attempts,
            result=result,
            started_by=self.starter.id,
            started_at=now(),
        )
        db.session.add(job)
        db.session.commit()
        life = self._lives[job.id] = ExitStack()
        self.runner.hold(job.id)
        if job.attempt:
            life.enter_context(self.runner.holding(job.attempt))
        return job.id

    def die(self, job_id: str) -> None:
        """Whoever held this job is gone."""
        self._lives.pop(job_id).close()
        self.runner.let_go(job_id)

    def run(self, job_id: str) -> Job:
        """Have it done; gives what the database has then."""
        self.runner.send(job_id)
        self.until_done(job_id)
        return self.read(job_id)

    def until_done(self, job_id: str) -> None:
        """Wait for the runner to have done this job; Redis may bring others more than once."""
        while self.runner.did.get(timeout=PATIENCE) != job_id:
            pass

    def read(self, job_id: str) -> Job:
        """The job as the database has it now."""
        db.session.expire_all()
        job = db.session.get_one(Job, job_id)
        db.session.commit()
        return job

    def shown(self, client: FlaskClient, job_id: str) -> dict[str, Any]:
        """The job as its starter sees it."""
        answer = client.get(f"/v1/jobs/{job_id}", headers=headers_for(self.starter))
        assert answer.status_code == 200
        body: dict[str, Any] = answer.get_json()
        return body

    def close(self) -> None:
        """Let go of all that was held."""
        for job_id in list(self._lives):
            self.die(job_id)

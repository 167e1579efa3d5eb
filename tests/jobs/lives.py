"""Processes that do jobs and may be killed, on both ways of doing them."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask

from outreach.access.models import Account
from outreach.clock import new_id, now
from outreach.db import db
from outreach.jobs.models import Job

SECRET = "a secret only these tests know, longer than thirty-two"
LEASE = 1.0  # seconds; the real one would have every test of a death wait for half a minute
PATIENCE = 60
ROOT = Path(__file__).parents[2]


def eventually(holds: Callable[[], bool]) -> None:
    """Wait until it holds, and not for ever."""
    until = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < until, holds
        time.sleep(0.05)


@dataclass
class Lives:
    """The processes of one test, their folder, and the jobs they do."""

    app: Flask
    starter: Account
    folder: Path
    redis_url: str
    _processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def begin(self) -> subprocess.Popen[bytes]:
        """Start one; it looks for jobs by itself."""
        url = db.engine.url.render_as_string(hide_password=False)
        told = [url, str(self.folder), *([self.redis_url] if self.redis_url else [])]
        running = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-m", "tests.jobs.worker", *told], cwd=ROOT
        )
        self._processes.append(running)
        return running

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """Nobody is told, nothing is written."""
        process.send_signal(signal.SIGKILL)
        process.wait()

    def close(self) -> None:
        """None of them stays."""
        for process in self._processes:
            self.kill(process)

    def job(self, kind: str) -> str:
        """A job that waits, committed; nobody was told."""
        job = Job(
            id=new_id(),
            municipality_id=self.starter.municipality_id,
            kind=kind,
            result={"resumes": kind == "lasting"},
            started_by=self.starter.id,
            started_at=now(),
        )
        db.session.add(job)
        db.session.commit()
        return job.id

    def read(self, job_id: str) -> Job:
        """The job as the database has it now."""
        db.session.expire_all()
        job = db.session.get_one(Job, job_id)
        db.session.commit()
        return job

    def until_begun(self, job_id: str, step: int = 1) -> None:
        """Wait for an attempt."""
        eventually((self.folder / f"{job_id}.{step}").exists)

    def go(self, job_id: str) -> None:
        """What it waits for."""
        (self.folder / f"{job_id}.go").touch()

    def until(self, job_id: str, state: str) -> Job:
        """Wait for a state; gives the job."""
        eventually(lambda: self.read(job_id).state == state)
        return self.read(job_id)

"""The default: one thread per process does the jobs that were started in it, one after another."""

import logging
import queue
import threading
import time
from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext

from flask import Flask

from outreach.jobs.claims import Claims
from outreach.jobs.models import Job
from outreach.jobs.runner import Runner
from outreach.jobs.taking_up import take_up
from outreach.jobs.turns import NotItsTurn
from outreach.jobs.work import JobKind

log = logging.getLogger(__name__)

LOOK_AROUND = ""
SECONDS_UNTIL_ITS_TURN = 0.5


class InProcess(Runner):
    """The thread and its queue. A job is held by a locked file for as long as its process lives.

    The first request that a process gets makes it look for what others left when they died.
    """

    def __init__(self, app: Flask, kinds: Iterable[JobKind]) -> None:
        super().__init__(kinds)
        self.claims = Claims(app.config["DATA_DIR"] / "jobs")
        self._app = app
        self._queue: queue.Queue[str] = queue.Queue()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None

    def hold(self, job_id: str) -> None:
        """By its file."""
        self.claims.take(job_id)

    def send(self, job_id: str) -> None:
        """To the thread, which starts with the first one."""
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="jobs", daemon=True)
                self._thread.start()
        self._queue.put(job_id)

    def is_lost(self, job: Job) -> bool:
        """No living process holds it."""
        return not self.claims.is_held(job.id)

    def take(self, job: Job) -> bool:
        """Hold it, unless somebody does: this process too is somebody."""
        return self.is_lost(job) and self.claims.take(job.id)

    def let_go(self, job_id: str) -> None:
        """Of its file."""
        self.claims.let_go(job_id)

    def look_around(self) -> None:
        """The thread looks when it has done what came before."""
        self.send(LOOK_AROUND)

    def wait_until_idle(self) -> None:
        """Return when the thread has done all it was sent."""
        self._queue.join()

    def holding(self, attempt: str) -> AbstractContextManager[None]:
        """The file holds already."""
        return nullcontext()

    def _work(self) -> None:
        while True:
            job_id = self._queue.get()
            try:
                with self._app.app_context():
                    if job_id == LOOK_AROUND:
                        self._look()
                    else:
                        self.do(job_id)
            except NotItsTurn:
                time.sleep(SECONDS_UNTIL_ITS_TURN)
                self.look_around()  # who goes first may be dead
                self._queue.put(job_id)
            finally:
                self._queue.task_done()

    def _look(self) -> None:
        try:
            take_up(self)
        except Exception as fault:  # noqa: BLE001 - a database that is away, or without tables yet
            log.warning("looked for lost jobs in vain: %s", type(fault).__name__)

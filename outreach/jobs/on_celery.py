"""Where one machine is not enough: Celery brings jobs from Redis to workers of their own.

A message carries a job's id and nothing else. It may come twice, late or never: the table says
what waits, a worker that has nothing to do looks there, and only one attempt can take a job.
"""

import logging
import threading
import time
from collections.abc import Iterable
from contextlib import AbstractContextManager

from celery import Celery
from flask import Flask
from kombu.exceptions import OperationalError
from sqlalchemy import func, select

from outreach.db import db
from outreach.jobs.leases import Leases
from outreach.jobs.models import ACTIVE, Job
from outreach.jobs.runner import Runner
from outreach.jobs.taking_up import take_up
from outreach.jobs.turns import NotItsTurn, next_in_turn
from outreach.jobs.work import JobKind

log = logging.getLogger(__name__)

# Together with a lease the longest time in which a dead worker's job is taken up or marked.
SECONDS_BETWEEN_LOOKS = 5.0
SECONDS_BETWEEN_GLANCES = 0.05
PATIENCE = 3
SETTINGS = {
    "broker_connection_retry_on_startup": True,
    "broker_connection_max_retries": None,
    "broker_transport_options": {
        # Kept until it is done; by then the table has long put a dead worker's job back in line.
        "visibility_timeout": 3600,
        "socket_timeout": PATIENCE,
        "socket_connect_timeout": PATIENCE,
    },
    "task_acks_late": True,
    "task_default_queue": "voordeur-jobs",
    "task_ignore_result": True,
    # A connection that Redis closed meanwhile; more patience a person who waits has not.
    "task_publish_retry_policy": {"max_retries": 1, "interval_start": 0, "interval_max": 0},
    "task_serializer": "json",
    "accept_content": ["json"],
    "worker_hijack_root_logger": False,
    "worker_prefetch_multiplier": 1,
}
# One job at a time in each process, and no process that is forked off with open connections:
# who wants more at once starts more workers.
WORKER = ("--pool=solo", "--without-gossip", "--without-mingle", "--without-heartbeat")


class OnCelery(Runner):
    """The sending side in the server, and the doing side in a worker."""

    def __init__(self, app: Flask, kinds: Iterable[JobKind], url: str) -> None:
        super().__init__(kinds)
        self._app = app
        self._leases = Leases(url)
        self._busy = threading.Event()
        self._is_worker = False
        self.celery = Celery("voordeur", broker=url, set_as_current=False)
        self.celery.conf.update(SETTINGS)

        @self.celery.task(name="voordeur.do-job", shared=False)  # type: ignore[untyped-decorator]
        def do_job(job_id: str) -> None:
            self._do_sent(job_id)

        self._task = do_job

    def hold(self, job_id: str) -> None:
        """Nothing to hold: what waits in the table is never lost."""

    def send(self, job_id: str) -> None:
        """To Redis. While that is away the job waits in the table, where workers find it."""
        try:
            self._task.apply_async((job_id,))
        except OperationalError as fault:
            log.warning("a job waits in the table only: %s", type(fault).__name__)

    def is_lost(self, job: Job) -> bool:
        """The attempt's lease ran out."""
        if job.state != "running":
            return False
        return job.attempt is None or self._leases.is_gone(job.attempt)

    def take(self, job: Job) -> bool:
        """What is lost; and what waits while this worker has nothing to do."""
        if job.state == "waiting":
            return self._is_worker and not self._busy.is_set()
        return self.is_lost(job)

    def let_go(self, job_id: str) -> None:
        """Nothing was held."""

    def look_around(self) -> None:
        """Workers do, all the time."""

    def wait_until_idle(self) -> None:
        """Return when no job waits or runs, whoever does it."""
        active = select(func.count()).select_from(Job).where(Job.state.in_(ACTIVE))
        while True:
            with db.engine.connect() as connection:
                if connection.execute(active).scalar() == 0:
                    return
            time.sleep(SECONDS_BETWEEN_GLANCES)

    def holding(self, attempt: str) -> AbstractContextManager[None]:
        """By its lease."""
        return self._leases.held(attempt)

    def work(self) -> None:
        """Be a worker until somebody ends this process."""
        self.start_looking()
        self.celery.worker_main(["worker", "--loglevel=WARNING", *WORKER])

    def start_looking(self) -> None:
        """Look for what is lost or was never brought, beside the work, as long as this lives."""
        self._is_worker = True
        threading.Thread(target=self._look, name="lost jobs", daemon=True).start()

    def _look(self) -> None:
        while True:
            try:
                with self._app.app_context():
                    take_up(self)
            except Exception as fault:  # noqa: BLE001 - a database that is away comes back
                log.warning("looked for lost jobs in vain: %s", type(fault).__name__)
            time.sleep(SECONDS_BETWEEN_LOOKS)

    def _do_sent(self, job_id: str) -> None:
        self._busy.set()
        try:
            with self._app.app_context():
                self.do(job_id)
                waiting = next_in_turn(self.kinds, job_id)
            if waiting:
                self.send(waiting)
        except NotItsTurn:
            pass  # whoever ends the one before sends it
        finally:
            self._busy.clear()

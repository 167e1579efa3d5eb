"""A process that does jobs, to be killed: `python -m tests.jobs.worker URL FOLDER [REDIS]`.

Without Redis it is a server, whose own thread does the jobs; with it a worker of Celery's. Each
attempt leaves a file `<job>.<number>`, and goes on when there is a file `<job>.go`.
"""

import sys
import time
from pathlib import Path

from outreach.app import create_app
from outreach.config import Settings
from outreach.db import db
from outreach.jobs import leases, on_celery, running
from outreach.jobs.work import JobKind, Work
from tests.jobs.lives import LEASE, SECRET

GLANCE = 0.02


def kinds(folder: Path) -> list[JobKind]:
    """One that resumes and one that does not; both do the same."""

    def run(work: Work) -> None:
        step = work.given.get("step", 0) + 1
        if work.given.get("resumes"):
            with db.engine.begin() as connection:
                work.save(connection, work.given | {"step": step})
        (folder / f"{work.job_id}.{step}").touch()
        while not (folder / f"{work.job_id}.go").exists():
            time.sleep(GLANCE)
        with db.engine.begin() as connection:
            work.finish(connection, work.given | {"finished": step})

    def discard(job_id: str) -> None:
        (folder / f"{job_id}.discarded").touch()

    return [JobKind("lasting", run, discard, resumes=True), JobKind("brittle", run, discard)]


def main(database_url: str, folder: str, redis_url: str = "") -> None:
    """Until somebody kills it."""
    leases.LEASE_SECONDS = LEASE
    on_celery.SECONDS_BETWEEN_LOOKS = 0.2
    data_dir = Path(folder)
    app = create_app(Settings(database_url, SECRET, data_dir, demo=False))
    app.extensions["jobs"] = running.made(app, kinds(data_dir), redis_url)
    if redis_url:
        with app.app_context():
            running.runner().work()
        return
    app.test_client().get("/healthz")  # whoever watches the server asks this all the time
    while True:
        time.sleep(1)


if __name__ == "__main__":
    main(*sys.argv[1:])

"""Starting long work, going on with it, and stopping it."""

import threading
from collections.abc import Iterable
from typing import Any

from flask import Flask, Response, after_this_request, current_app
from sqlalchemy import select

from outreach.db import db
from outreach.jobs.faults import JobNotReady
from outreach.jobs.in_process import InProcess
from outreach.jobs.models import ACTIVE, Job
from outreach.jobs.runner import Runner
from outreach.jobs.taking_up import close, may_go_on, settle_interrupted
from outreach.jobs.work import JobKind


class QueueMissing(SystemExit):
    """Redis is configured, but what speaks with it is not installed."""


def register(app: Flask, kinds: Iterable[JobKind], redis_url: str = "") -> None:
    """Give the app a runner for these kinds of work.

    With its first request each process of the server looks for jobs that others left.
    """
    app.extensions["jobs"] = made(app, kinds, redis_url)
    looked = threading.Event()

    @app.before_request
    def _look_once() -> None:
        if not looked.is_set():
            looked.set()
            runner().look_around()


def made(app: Flask, kinds: Iterable[JobKind], redis_url: str) -> Runner:
    """A runner: Celery's where there is a Redis, else the process's own; raises QueueMissing."""
    if not redis_url:
        return InProcess(app, kinds)
    try:
        # Only who configured Redis has installed what it needs.
        from outreach.jobs.on_celery import OnCelery  # noqa: PLC0415
    except ImportError as missing:
        raise QueueMissing(
            f"OUTREACH_REDIS_URL is set, but {missing.name} is not installed: "
            "pip install 'voordeur[queue]'"
        ) from missing
    return OnCelery(app, kinds, redis_url)


def runner() -> Runner:
    """This app's runner."""
    found: Runner = current_app.extensions["jobs"]
    return found


def start(job: Job) -> Job:
    """Add a job, or take up one that awaited something; it runs once this request committed."""
    settle_interrupted(runner(), job.municipality_id)
    job.state = "waiting"
    job.attempt, job.attempts = None, 0
    job.ended_at = None
    db.session.add(job)
    db.session.flush()
    runner().hold(job.id)

    @after_this_request
    def _send(response: Response) -> Response:
        runner().send(job.id)
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
    settle_interrupted(runner(), job.municipality_id)
    if job.state == "running" and not runner().is_lost(job):
        job.cancel_wanted = True
    elif job.state in ACTIVE or (job.state == "done" and "awaits" in job.result):
        close(runner(), job, "cancelled")
    return job


def seen_state(job: Job) -> str:
    """The job's state as people see it: what died with its process failed, or waits once more.

    A job ends before its process lets go of it, so a second look tells one that just ended.
    """
    if job.state not in ACTIVE or not runner().is_lost(job):
        return job.state
    with db.engine.connect() as connection:
        now_there = select(Job.state, Job.attempt).where(Job.id == job.id)
        there = connection.execute(now_there).first()
    if there is None or tuple(there) != (job.state, job.attempt) or not runner().is_lost(job):
        return job.state
    return "waiting" if may_go_on(runner(), job) else "failed"

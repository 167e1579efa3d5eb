"""Workers that are killed, and a Redis that forgets: in real processes, on both runners."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from outreach.db import db
from outreach.jobs import running
from outreach.jobs.models import Job
from tests.factories.redis import RedisServer
from tests.factories.town import Town, headers_for
from tests.jobs.lives import LEASE, PATIENCE, Lives, eventually
from tests.jobs.worker import kinds


@pytest.fixture(params=["in-process", "celery"])
def lives(
    request: pytest.FixtureRequest, app: Flask, town: Town, tmp_path: Path
) -> Iterator[Lives]:
    """The tests' own app looks at the same jobs, in the same folder."""
    redis_url = ""
    if request.param == "celery":
        redis: RedisServer = request.getfixturevalue("redis_server")
        redis_url = redis.url(1)
    own, data_dir = app.extensions["jobs"], app.config["DATA_DIR"]
    app.config["DATA_DIR"] = tmp_path
    app.extensions["jobs"] = running.made(app, kinds(tmp_path), redis_url)
    found = Lives(app, town.person("supervisor"), tmp_path, redis_url)
    yield found
    found.close()
    app.extensions["jobs"], app.config["DATA_DIR"] = own, data_dir


def test_a_job_that_resumes_goes_on_in_the_next_process(lives: Lives) -> None:
    job_id = lives.job("lasting")
    first = lives.begin()
    lives.until_begun(job_id)
    lives.kill(first)
    lives.begin()
    lives.until_begun(job_id, step=2)
    lives.go(job_id)
    assert lives.until(job_id, "done").result["finished"] == 2


def test_a_job_that_does_not_resume_is_marked_and_its_files_go(
    lives: Lives, client: FlaskClient
) -> None:
    job_id = lives.job("brittle")
    first = lives.begin()
    lives.until_begun(job_id)
    lives.kill(first)
    lives.begin()
    assert lives.until(job_id, "failed").result["problem"]["code"] == "job-interrupted"
    assert (lives.folder / f"{job_id}.discarded").exists()
    shown = client.get(f"/v1/jobs/{job_id}", headers=headers_for(lives.starter)).get_json()
    assert shown["problem"]["title"] == "Het werk is afgebroken"


def test_a_death_is_shown_though_no_other_worker_comes(lives: Lives, client: FlaskClient) -> None:
    job_id = lives.job("brittle")
    only = lives.begin()
    lives.until_begun(job_id)
    lives.kill(only)
    headers = headers_for(lives.starter)

    def seen() -> str:
        body: dict[str, str] = client.get(f"/v1/jobs/{job_id}", headers=headers).get_json()
        return body["state"]

    eventually(lambda: seen() != "running")
    assert (seen(), lives.read(job_id).state) == ("failed", "running")


@pytest.mark.parametrize("lives", ["celery"], indirect=True)
def test_a_redis_that_forgot_everything_loses_no_job(
    lives: Lives, redis_server: RedisServer
) -> None:
    lives.begin()
    at_work = lives.job("brittle")
    lives.until_begun(at_work)
    redis_server.kill()
    waiting = lives.job("lasting")
    with lives.app.test_request_context():
        running.start(db.session.get_one(Job, waiting))
        db.session.commit()
        lives.app.process_response(lives.app.make_response(""))
    redis_server.start()
    redis_server.wait_until_up_for(LEASE * 2)
    lives.go(at_work)
    lives.go(waiting)
    assert lives.until(at_work, "done").attempts == 1
    assert lives.until(waiting, "done").result["finished"] == 1


@pytest.mark.parametrize("lives", ["celery"], indirect=True)
def test_a_worker_that_is_asked_to_end_ends_its_job_first(lives: Lives) -> None:
    job_id = lives.job("brittle")
    worker = lives.begin()
    lives.until_begun(job_id)
    worker.send_signal(signal.SIGTERM)
    lives.go(job_id)
    assert lives.until(job_id, "done").result["finished"] == 1
    assert worker.wait(PATIENCE) == 0

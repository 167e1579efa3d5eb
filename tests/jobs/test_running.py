"""Long work: it shows how far it is, stops when asked, and never pretends after a crash."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection

from outreach.access.models import Account
from outreach.clock import new_id, now
from outreach.db import db
from outreach.errors import TooLarge
from outreach.jobs import running
from outreach.jobs import work as working
from outreach.jobs.claims import Claims
from outreach.jobs.models import Job
from outreach.jobs.work import JobCancelled, JobKind, Work
from tests.factories.town import Town, headers_for

Act = Callable[[Work], None]


class Bench:
    """A runner with one kind of work, that a test decides on."""

    def __init__(self, app: Flask, starter: Account) -> None:
        self.runner = running.Runner(app, [JobKind("test", self._act, self._discard)])
        self.act: Act = lambda _work: None
        self.discarded: list[str] = []
        self.starter = starter

    def _act(self, work: Work) -> None:
        self.act(work)

    def _discard(self, job_id: str) -> None:
        self.discarded.append(job_id)

    def job(self, state: str = "waiting", **result: Any) -> str:
        """A committed job that this process holds."""
        job = Job(
            id=new_id(),
            municipality_id=self.starter.municipality_id,
            kind="test",
            state=state,
            result=result,
            started_by=self.starter.id,
            started_at=now(),
        )
        db.session.add(job)
        db.session.commit()
        self.runner.claims.hold(job.id)
        return job.id

    def read(self, job_id: str) -> Job:
        """The job as the database has it now."""
        db.session.expire_all()
        job = db.session.get_one(Job, job_id)
        db.session.commit()
        return job


@pytest.fixture
def bench(app: Flask, town: Town) -> Iterator[Bench]:
    """In the place of the app's own runner."""
    own = app.extensions["jobs"]
    found = Bench(app, town.person("supervisor"))
    app.extensions["jobs"] = found.runner
    yield found
    app.extensions["jobs"] = own


def read(client: FlaskClient, bench: Bench, job_id: str) -> dict[str, Any]:
    answer = client.get(f"/v1/jobs/{job_id}", headers=headers_for(bench.starter))
    assert answer.status_code == 200
    body: dict[str, Any] = answer.get_json()
    return body


def test_work_that_finishes_leaves_its_result(bench: Bench) -> None:
    def act(work: Work) -> None:
        with db.engine.begin() as connection:
            work.finish(connection, {"counted": 3})

    bench.act = act
    job_id = bench.job()
    bench.runner.do(job_id)
    job = bench.read(job_id)
    assert (job.state, job.result) == ("done", {"counted": 3})
    assert job.ended_at
    assert bench.discarded == [job_id]
    assert not bench.runner.claims.is_held(job_id)


def test_a_result_that_awaits_something_keeps_its_files(bench: Bench) -> None:
    def act(work: Work) -> None:
        with db.engine.begin() as connection:
            work.finish(connection, {"awaits": "confirmation"})

    bench.act = act
    bench.runner.do(bench.job())
    assert bench.discarded == []


def test_a_problem_is_kept_and_told_in_the_readers_language(
    bench: Bench, client: FlaskClient
) -> None:
    def act(_work: Work) -> None:
        raise TooLarge

    bench.act = act
    job_id = bench.job()
    bench.runner.do(job_id)
    assert bench.discarded == [job_id]
    shown = read(client, bench, job_id)
    assert (shown["state"], shown["problem"]["code"]) == ("failed", "too-large")
    assert shown["problem"]["title"] == "Te groot"


def test_what_goes_wrong_inside_reaches_no_log(
    bench: Bench, client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    def act(_work: Work) -> None:
        raise ValueError("marked-string")

    bench.act = act
    job_id = bench.job()
    bench.runner.do(job_id)
    assert read(client, bench, job_id)["problem"]["code"] == "unexpected"
    assert "ValueError" in caplog.text
    assert "marked-string" not in caplog.text


def test_progress_is_seen_while_the_work_goes_on(bench: Bench, client: FlaskClient) -> None:
    reported, looked = threading.Event(), threading.Event()

    def act(work: Work) -> None:
        work.progress(40, 100)
        work.progress(41, 100)  # too soon after the last one to be written
        reported.set()
        looked.wait(10)

    bench.act = act
    job_id = bench.job()
    bench.runner.wake(job_id)
    assert reported.wait(10)
    shown = read(client, bench, job_id)
    looked.set()
    bench.runner.wait_until_idle()
    assert (shown["state"], shown["done"], shown["total"]) == ("running", 40, 100)
    assert read(client, bench, job_id)["state"] == "done"


def test_work_hears_the_wish_to_stop(
    bench: Bench, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(working, "SECONDS_BETWEEN_REPORTS", 0)
    begun, asked = threading.Event(), threading.Event()

    def act(work: Work) -> None:
        begun.set()
        asked.wait(10)
        work.progress(1, 2)
        if work.cancelled():
            raise JobCancelled

    bench.act = act
    job_id = bench.job()
    bench.runner.wake(job_id)
    assert begun.wait(10)
    answer = client.post(f"/v1/jobs/{job_id}/cancellation", headers=headers_for(bench.starter))
    asked.set()
    bench.runner.wait_until_idle()
    assert answer.status_code == 200
    assert bench.read(job_id).state == "cancelled"
    assert bench.discarded == [job_id]


@pytest.mark.parametrize(
    ("state", "result", "after"),
    [
        ("waiting", {}, "cancelled"),
        ("done", {"awaits": "confirmation"}, "cancelled"),
        ("done", {}, "done"),
        ("failed", {}, "failed"),
    ],
)
def test_cancelling_stops_what_has_not_ended(
    bench: Bench, client: FlaskClient, state: str, result: dict[str, str], after: str
) -> None:
    job_id = bench.job(state, **result)
    client.post(f"/v1/jobs/{job_id}/cancellation", headers=headers_for(bench.starter))
    assert bench.read(job_id).state == after
    assert bench.discarded == ([job_id] if after == "cancelled" else [])
    bench.runner.do(job_id)
    assert bench.read(job_id).state == after


def test_a_job_whose_process_died_shows_as_failed_and_is_settled_by_the_next_start(
    bench: Bench, client: FlaskClient
) -> None:
    job_id = bench.job("running")
    assert read(client, bench, job_id)["state"] == "running"
    bench.runner.claims.let_go(job_id)
    shown = read(client, bench, job_id)
    assert (shown["state"], shown["problem"]["code"]) == ("failed", "job-interrupted")
    assert bench.read(job_id).state == "running"
    running.settle_interrupted(bench.starter.municipality_id)
    db.session.commit()
    assert bench.read(job_id).state == "failed"
    assert bench.discarded == [job_id]


def test_a_job_that_its_sibling_process_holds_is_left_alone(bench: Bench, app: Flask) -> None:
    job_id = bench.job("running")
    bench.runner.claims.let_go(job_id)
    sibling = Claims(app.config["DATA_DIR"] / "jobs")
    sibling.hold(job_id)
    running.settle_interrupted(bench.starter.municipality_id)
    db.session.commit()
    assert bench.read(job_id).state == "running"
    sibling.let_go(job_id)


def test_somebody_elses_job_is_not_found(bench: Bench, town: Town, client: FlaskClient) -> None:
    job_id = bench.job("done")
    for method, path in (("GET", ""), ("POST", "/cancellation")):
        headers = headers_for(town.person("admin"))
        answer = client.open(f"/v1/jobs/{job_id}{path}", method=method, headers=headers)
        assert answer.status_code == 404


def test_only_what_awaits_it_is_confirmed(bench: Bench) -> None:
    job = bench.read(bench.job("done"))
    with pytest.raises(running.JobNotReady):
        running.confirm(job, {})


def test_a_cancellation_that_came_too_late_does_not_cancel_what_is_confirmed(
    app: Flask, bench: Bench
) -> None:
    job_id = bench.job("done", awaits="confirmation")
    job = bench.read(job_id)
    job.cancel_wanted = True
    with app.test_request_context():
        running.confirm(job, {})
        db.session.commit()
    assert bench.read(job_id).cancel_wanted is False


def test_a_result_and_its_effect_happen_together_or_not_at_all(bench: Bench) -> None:
    def act(work: Work) -> None:
        with db.engine.begin() as connection:
            work.finish(connection, {"counted": 3})
            _break(connection)

    bench.act = act
    job_id = bench.job()
    bench.runner.do(job_id)
    assert bench.read(job_id).state == "failed"


def _break(_connection: Connection) -> None:
    raise RuntimeError

"""Long work: it shows how far it is, stops when asked, and never pretends after a crash."""

import threading
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection, update

from outreach.clock import new_id
from outreach.db import db
from outreach.errors import TooLarge
from outreach.jobs import running
from outreach.jobs import work as working
from outreach.jobs.faults import JobNotReady
from outreach.jobs.models import Job
from outreach.jobs.taking_up import settle_interrupted
from outreach.jobs.turns import NotItsTurn, wait_for_turn
from outreach.jobs.work import JobCancelled, JobLost, Work
from tests.factories.town import Town, headers_for
from tests.jobs.benches import PATIENCE, Bench


def test_work_that_finishes_leaves_its_result(bench: Bench) -> None:
    def act(work: Work) -> None:
        with db.engine.begin() as connection:
            work.finish(connection, {"counted": 3})

    bench.act = act
    job = bench.run(bench.job())
    assert (job.state, job.result) == ("done", {"counted": 3})
    assert job.ended_at
    assert bench.discarded == [job.id]


def test_a_result_that_awaits_something_keeps_its_files(bench: Bench) -> None:
    def act(work: Work) -> None:
        with db.engine.begin() as connection:
            work.finish(connection, {"awaits": "confirmation"})

    bench.act = act
    bench.run(bench.job())
    assert bench.discarded == []


def test_a_problem_is_kept_and_told_in_the_readers_language(
    bench: Bench, client: FlaskClient
) -> None:
    def act(_work: Work) -> None:
        raise TooLarge

    bench.act = act
    job = bench.run(bench.job())
    assert bench.discarded == [job.id]
    shown = bench.shown(client, job.id)
    assert (shown["state"], shown["problem"]["code"]) == ("failed", "too-large")
    assert shown["problem"]["title"] == "Te groot"


def test_what_goes_wrong_inside_reaches_no_log(
    bench: Bench, client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    def act(_work: Work) -> None:
        raise ValueError("marked-string")

    bench.act = act
    job = bench.run(bench.job())
    assert bench.shown(client, job.id)["problem"]["code"] == "unexpected"
    assert "ValueError" in caplog.text
    assert "marked-string" not in caplog.text


def test_progress_is_seen_while_the_work_goes_on(bench: Bench, client: FlaskClient) -> None:
    reported, looked = threading.Event(), threading.Event()

    def act(work: Work) -> None:
        work.progress(40, 100)
        work.progress(41, 100)  # too soon after the last one to be written
        reported.set()
        looked.wait(PATIENCE)

    bench.act = act
    job_id = bench.job()
    bench.runner.send(job_id)
    assert reported.wait(PATIENCE)
    shown = bench.shown(client, job_id)
    looked.set()
    bench.until_done(job_id)
    assert (shown["state"], shown["done"], shown["total"]) == ("running", 40, 100)
    assert bench.shown(client, job_id)["state"] == "done"


def test_work_hears_the_wish_to_stop(
    bench: Bench, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(working, "SECONDS_BETWEEN_REPORTS", 0)
    begun, asked = threading.Event(), threading.Event()

    def act(work: Work) -> None:
        begun.set()
        asked.wait(PATIENCE)
        work.progress(1, 2)
        if work.cancelled():
            raise JobCancelled

    bench.act = act
    job_id = bench.job()
    bench.runner.send(job_id)
    assert begun.wait(PATIENCE)
    answer = client.post(f"/v1/jobs/{job_id}/cancellation", headers=headers_for(bench.starter))
    asked.set()
    bench.until_done(job_id)
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
    bench: Bench, client: FlaskClient, state: str, result: dict[str, Any], after: str
) -> None:
    job_id = bench.job(state, **result)
    client.post(f"/v1/jobs/{job_id}/cancellation", headers=headers_for(bench.starter))
    assert bench.read(job_id).state == after
    assert bench.discarded == ([job_id] if after == "cancelled" else [])
    assert bench.run(job_id).state == after


def test_a_job_whose_process_died_shows_as_failed_and_is_settled_by_the_next_start(
    bench: Bench, client: FlaskClient
) -> None:
    job_id = bench.job("running")
    assert bench.shown(client, job_id)["state"] == "running"
    bench.die(job_id)
    shown = bench.shown(client, job_id)
    assert (shown["state"], shown["problem"]["code"]) == ("failed", "job-interrupted")
    assert bench.read(job_id).state == "running"
    settle_interrupted(bench.runner, bench.starter.municipality_id)
    db.session.commit()
    assert bench.read(job_id).state == "failed"
    assert bench.discarded == [job_id]


def test_a_job_that_resumes_shows_as_waiting_after_its_process_died(
    bench: Bench, client: FlaskClient
) -> None:
    bench.be(resumes=True)
    job_id = bench.job("running", attempts=1)
    bench.die(job_id)
    shown = bench.shown(client, job_id)
    assert (shown["state"], shown["problem"]) == ("waiting", None)


def test_a_job_whose_process_died_can_be_cancelled_at_once(
    bench: Bench, client: FlaskClient
) -> None:
    bench.be(resumes=True)
    job_id = bench.job("running", attempts=1)
    bench.die(job_id)
    client.post(f"/v1/jobs/{job_id}/cancellation", headers=headers_for(bench.starter))
    assert bench.read(job_id).state == "cancelled"
    assert bench.discarded == [job_id]


def test_somebody_elses_job_is_not_found(bench: Bench, town: Town, client: FlaskClient) -> None:
    job_id = bench.job("done")
    for method, path in (("GET", ""), ("POST", "/cancellation")):
        headers = headers_for(town.person("admin"))
        answer = client.open(f"/v1/jobs/{job_id}{path}", method=method, headers=headers)
        assert answer.status_code == 404


def test_only_what_awaits_it_is_confirmed(bench: Bench) -> None:
    job = bench.read(bench.job("done"))
    with pytest.raises(JobNotReady):
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
    assert bench.run(bench.job()).state == "failed"


def _break(_connection: Connection) -> None:
    raise RuntimeError


def test_what_was_taken_for_dead_writes_nothing_when_somebody_else_does_its_job(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(working, "SECONDS_BETWEEN_REPORTS", 0)
    heard = []

    def act(work: Work) -> None:
        another = update(Job).where(Job.id == work.job_id).values(attempt=new_id())
        with db.engine.begin() as connection:
            connection.execute(another)
        for writing in (work.save, work.finish):
            with pytest.raises(JobLost), db.engine.begin() as connection:
                writing(connection, {"counted": 3})
            heard.append(writing.__name__)
        work.progress(1, 2)

    bench.act = act
    job = bench.run(bench.job())
    assert heard == ["save", "finish"]
    assert (job.state, job.result) == ("running", {})
    assert bench.discarded == []


def test_of_what_goes_in_turn_a_municipality_has_one_at_a_time_oldest_first(bench: Bench) -> None:
    begun, looked = threading.Event(), threading.Event()
    order = []

    def act(work: Work) -> None:
        order.append(work.job_id)
        begun.set()
        looked.wait(PATIENCE)

    bench.be(in_turn=True)
    bench.act = act
    first, second = bench.job(), bench.job()
    with pytest.raises(NotItsTurn):
        bench.runner.do(second)
    bench.runner.send(first)
    assert begun.wait(PATIENCE)
    with pytest.raises(NotItsTurn):
        bench.runner.do(second)
    bench.runner.send(second)
    looked.set()
    bench.until_done(first)
    bench.until_done(second)
    assert order == [first, second]


def test_what_does_not_go_in_turn_waits_for_nobody(bench: Bench) -> None:
    bench.job("running")
    assert bench.run(bench.job()).state == "done"


def test_what_was_cancelled_while_it_asked_for_its_turn_waits_for_nobody(bench: Bench) -> None:
    job_id = bench.job("cancelled")
    with db.engine.begin() as connection:
        wait_for_turn(connection, bench.starter.municipality_id, "test", job_id)


def test_a_job_that_is_brought_twice_is_done_once(bench: Bench) -> None:
    done = []
    bench.act = lambda work: done.append(work.job_id)
    job_id = bench.job()
    bench.runner.send(job_id)
    bench.runner.send(job_id)
    bench.until_done(job_id)
    bench.until_done(job_id)
    assert done == [job_id]

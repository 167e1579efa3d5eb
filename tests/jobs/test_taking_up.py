"""What a worker left when it died is taken up again where that may be, and else marked."""

import pytest
from flask import Flask

from outreach.db import db
from outreach.jobs.claims import Claims
from outreach.jobs.models import Job
from outreach.jobs.taking_up import MOST_ATTEMPTS, take_up
from outreach.jobs.work import Work
from tests.jobs.benches import Bench


def test_a_lost_job_of_a_kind_that_resumes_goes_on_with_what_it_had_saved(bench: Bench) -> None:
    given = []

    def act(work: Work) -> None:
        given.append(work.given)
        with db.engine.begin() as connection:
            work.save(connection, {"printed": 7})
        assert bench.read(work.job_id).result == {"printed": 7}

    bench.be(resumes=True)
    bench.act = act
    job_id = bench.job("running", attempts=1, printed=3)
    bench.die(job_id)
    take_up(bench.runner)
    bench.until_done(job_id)
    assert given == [{"printed": 3}]
    job = bench.read(job_id)
    assert (job.state, job.result, job.attempts) == ("done", {"printed": 7}, 1)


def test_a_lost_job_of_another_kind_is_marked(bench: Bench) -> None:
    job_id = bench.job("running", attempts=1)
    bench.die(job_id)
    take_up(bench.runner)
    job = bench.read(job_id)
    assert (job.state, job.result["problem"]["code"]) == ("failed", "job-interrupted")
    assert bench.discarded == [job_id]


def test_a_job_that_cost_enough_workers_their_life_is_not_tried_on_another(bench: Bench) -> None:
    bench.be(resumes=True)
    job_id = bench.job("running", attempts=MOST_ATTEMPTS)
    bench.die(job_id)
    take_up(bench.runner)
    assert bench.read(job_id).state == "failed"


def test_a_job_somebody_still_does_is_left_alone(bench: Bench) -> None:
    bench.be(resumes=True)
    job_id = bench.job("running", attempts=1)
    take_up(bench.runner)
    assert bench.read(job_id).state == "running"


def test_a_lost_job_that_was_to_stop_is_not_begun_again(bench: Bench) -> None:
    bench.be(resumes=True)
    job_id = bench.job("running", attempts=1)
    db.session.get_one(Job, job_id).cancel_wanted = True
    db.session.commit()
    bench.die(job_id)
    take_up(bench.runner)
    assert bench.read(job_id).state == "cancelled"
    assert bench.discarded == [job_id]


def test_a_job_of_a_kind_nobody_here_knows_is_left_for_who_does(bench: Bench) -> None:
    job_id = bench.job("running", attempts=1)
    bench.die(job_id)
    bench.runner.kinds = {}
    take_up(bench.runner)
    assert bench.read(job_id).state == "running"


def test_what_could_not_be_written_down_is_left_for_who_looks_next(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.be(resumes=True)
    job_id = bench.job("running", attempts=1)
    bench.die(job_id)

    def breaks() -> None:
        raise ConnectionError

    with monkeypatch.context() as broken:
        broken.setattr(db.session, "commit", breaks)
        with pytest.raises(ConnectionError):
            take_up(bench.runner)
    db.session.rollback()
    take_up(bench.runner)
    bench.until_done(job_id)
    assert bench.read(job_id).state == "done"


@pytest.mark.parametrize("bench", ["in-process"], indirect=True)
def test_a_job_that_its_sibling_process_holds_is_left_alone(bench: Bench, app: Flask) -> None:
    job_id = bench.job("running")
    bench.die(job_id)
    sibling = Claims(app.config["DATA_DIR"] / "jobs")
    assert sibling.take(job_id)
    take_up(bench.runner)
    assert bench.read(job_id).state == "running"
    sibling.let_go(job_id)


@pytest.mark.parametrize("bench", ["in-process"], indirect=True)
def test_what_waited_when_the_process_before_died_is_done_by_the_one_that_looks(
    bench: Bench, app: Flask
) -> None:
    job_id = bench.job()
    bench.die(job_id)
    bench.runner.look_around()
    bench.until_done(job_id)
    assert bench.read(job_id).state == "done"

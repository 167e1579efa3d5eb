"""Planning as a job: it tells how good it is so far, and a stop keeps the best."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Connection, select, update

from outreach.clock import new_id, now
from outreach.db import db
from outreach.jobs import work as working
from outreach.jobs.in_process import InProcess
from outreach.jobs.models import Job
from outreach.jobs.work import Work
from outreach.planning.distances import StraightLine
from outreach.planning.moving import Draft
from outreach.planning.problem import Problem
from outreach.planning.work import KIND, planning_kind
from tests.factories.town import Town
from tests.planning.districts import door, problem, with_person

QUICK = {"seconds": None, "iterations": 5}


class Desk:
    """A runner that plans one problem, and the plans that were kept."""

    def __init__(self, app: Flask, town: Town, asked: Problem) -> None:
        self.kept: list[Draft] = []
        self.gathering: Callable[[Work], None] = lambda _work: None
        self.breaking = False
        self.last_shown: Any = None
        self._asked = asked
        self._starter = town.person("supervisor")
        kind = planning_kind(self._gather, self._keep, StraightLine())
        self._runner = InProcess(app, [kind])

    def _gather(self, work: Work) -> Problem:
        self.gathering(work)
        return self._asked

    def _keep(self, connection: Connection, work: Work, draft: Draft) -> None:
        self.kept.append(draft)
        shown = select(Job.done, Job.total, Job.result).where(Job.id == work.job_id)
        self.last_shown = connection.execute(shown).one()
        if self.breaking:
            raise RuntimeError

    def plan(self, **given: Any) -> Job:
        """Do the job, and read what became of it."""
        job = Job(
            id=new_id(),
            municipality_id=self._starter.municipality_id,
            kind=KIND,
            state="waiting",
            result=given,
            started_by=self._starter.id,
            started_at=now(),
        )
        db.session.add(job)
        db.session.commit()
        self._runner.hold(job.id)
        self._runner.do(job.id)
        db.session.expire_all()
        return db.session.get_one(Job, job.id)


@pytest.fixture
def every_report(monkeypatch: pytest.MonkeyPatch) -> None:
    """Progress is written each time it is told."""
    monkeypatch.setattr(working, "SECONDS_BETWEEN_REPORTS", 0)


def test_a_plan_is_kept_and_its_figures_name_no_door_and_nobody(app: Flask, town: Town) -> None:
    desk = Desk(app, town, problem(door(1), door(2), door(3, place=None), door(4, language="tr")))
    job = desk.plan(campaign_id="of-a-test", **QUICK)
    (draft,) = desk.kept
    assert job.state == "done"
    assert job.result == {
        "campaign_id": "of-a-test",
        **QUICK,
        "doors": 2,
        "metres": round(draft.plan.metres),
        "minutes": round(draft.plan.walking / 60),
        "left_out": {"no-place": 1, "nobody-speaks": 1},
    }


def test_a_stop_keeps_the_best_so_far(app: Flask, town: Town, every_report: None) -> None:
    desk = Desk(app, town, problem(*(door(number) for number in range(1, 20))))

    def stop(work: Work) -> None:
        with db.engine.begin() as connection:
            mine = update(Job).where(Job.id == work.job_id)
            connection.execute(mine.values(cancel_wanted=True))

    desk.gathering = stop
    job = desk.plan(seconds=None, iterations=100_000)
    assert job.state == "done"
    assert job.result["doors"] == 19
    assert (job.done, job.total) == (0, 100_000)
    assert desk.kept[0].broken == []


def test_how_good_it_is_so_far_is_seen_while_it_goes_on(
    app: Flask, town: Town, every_report: None
) -> None:
    desk = Desk(app, town, problem(*(door(number) for number in range(1, 20))))
    desk.plan(**QUICK)
    done, total, result = desk.last_shown
    assert (done, total) == (5, 5)
    assert result["so_far"]["doors"] == 19
    assert result["so_far"]["metres"] == pytest.approx(desk.kept[0].plan.metres, rel=0.01)


def test_what_cannot_be_planned_fails_with_its_faults(app: Flask, town: Town) -> None:
    desk = Desk(app, town, with_person(problem(door(1)), "ann", cleared_until=None))
    job = desk.plan(**QUICK)
    assert job.state == "failed"
    assert job.result["problem"]["code"] == "cannot-plan"
    assert job.result["problem"]["errors"][0]["code"] == "no-certificate"
    assert desk.kept == []


def test_a_plan_that_could_not_be_kept_is_not_done(app: Flask, town: Town) -> None:
    desk = Desk(app, town, problem(door(1)))
    desk.breaking = True
    assert desk.plan(**QUICK).state == "failed"

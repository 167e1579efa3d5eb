"""Who waits for a job hears when it will be done, and pays little for asking."""

from datetime import datetime

import pytest
from flask.testing import FlaskClient

from outreach.clock import now
from outreach.db import db
from outreach.jobs import work as working
from outreach.jobs.models import Job
from outreach.jobs.work import Work
from tests.factories.town import headers_for
from tests.jobs.benches import Bench


def test_who_names_what_still_holds_gets_an_empty_answer(bench: Bench, client: FlaskClient) -> None:
    job_id = bench.job("running")
    headers = headers_for(bench.starter)
    first = client.get(f"/v1/jobs/{job_id}", headers=headers)
    asked = headers | {"If-None-Match": first.headers["ETag"]}
    again = client.get(f"/v1/jobs/{job_id}", headers=asked)
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["Cache-Control"] == "no-store"
    db.session.get_one(Job, job_id).done = 5
    db.session.commit()
    changed = client.get(f"/v1/jobs/{job_id}", headers=asked)
    assert (changed.status_code, changed.get_json()["done"]) == (200, 5)


def test_what_holds_in_one_language_is_not_what_holds_in_another(
    bench: Bench, client: FlaskClient
) -> None:
    job_id = bench.job("running")
    bench.die(job_id)
    headers = headers_for(bench.starter)
    dutch = client.get(f"/v1/jobs/{job_id}", headers=headers | {"Accept-Language": "nl"})
    asked = headers | {"Accept-Language": "en", "If-None-Match": dutch.headers["ETag"]}
    assert client.get(f"/v1/jobs/{job_id}", headers=asked).status_code == 200


def test_a_job_says_when_it_will_be_done_once_its_speed_is_known(
    bench: Bench, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(working, "SECONDS_BETWEEN_REPORTS", 0)
    told = []

    def act(work: Work) -> None:
        for done, total in ((0, 0), (10, 100), (55, 100), (3, 30)):
            work.progress(done, total)
            told.append(bench.shown(client, work.job_id)["expected_at"])

    bench.act = act
    began = now().replace(microsecond=0)
    job_id = bench.run(bench.job()).id
    unknown, first, known, another_total = told
    assert (unknown, first, another_total) == (None, None, None)
    assert began <= datetime.fromisoformat(known) <= now()
    assert bench.shown(client, job_id)["expected_at"] is None

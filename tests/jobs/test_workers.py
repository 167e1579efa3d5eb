"""What an administrator starts: `outreach jobs work`, beside a server that knows a Redis."""

import io
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from outreach.cli import main
from outreach.db import db
from outreach.jobs import running
from outreach.territory import import_jobs
from tests.factories.redis import RedisServer
from tests.factories.town import Town, headers_for
from tests.jobs.lives import PATIENCE, SECRET, eventually
from tests.territory.lists import door, written

LIST = written([door(901), door(902)]).encode()


@pytest.fixture
def redis_url(app: Flask, redis_server: RedisServer) -> Iterator[str]:
    """The server knows it too."""
    url, own = redis_server.url(2), app.extensions["jobs"]
    app.extensions["jobs"] = running.made(app, import_jobs.JOBS, url)
    yield url
    app.extensions["jobs"] = own


@contextmanager
def worker(app: Flask, redis_url: str, data_dir: Path) -> Iterator[None]:
    """As systemd would start and end it."""
    settings = {
        "OUTREACH_SECRET_KEY": SECRET,
        "OUTREACH_DATABASE_URL": db.engine.url.render_as_string(hide_password=False),
        "OUTREACH_DATA_DIR": str(data_dir),
        "OUTREACH_REDIS_URL": redis_url,
    }
    command = [sys.executable, "-m", "outreach.cli", "jobs", "work"]
    process = subprocess.Popen(command, env=os.environ | settings)  # noqa: S603 - our own
    try:
        yield
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
    finally:
        process.kill()
        process.wait()


class Desk:
    """A supervisor who sends a list, and looks until the preview is there."""

    def __init__(self, client: FlaskClient, town: Town) -> None:
        self._client = client
        self._headers = headers_for(town.person("supervisor")) | {"Accept-Language": "en"}

    def send(self) -> str:
        """The id of the job."""
        files = {"file": (io.BytesIO(LIST), "lijst.csv")}
        answer = self._client.post("/v1/address-imports", data=files, headers=self._headers)
        assert answer.status_code == 202
        job_id: str = answer.get_json()["id"]
        return job_id

    def seen(self, job_id: str) -> dict[str, object]:
        """The job as it is now."""
        answer = self._client.get(f"/v1/jobs/{job_id}", headers=self._headers)
        body: dict[str, object] = answer.get_json()
        return body

    def until_ended(self, job_id: str) -> dict[str, object]:
        """The job as it ended."""
        eventually(lambda: self.seen(job_id)["state"] not in {"waiting", "running"})
        return self.seen(job_id)


def test_an_import_is_done_by_a_worker_of_its_own(
    app: Flask, town: Town, client: FlaskClient, redis_url: str
) -> None:
    desk = Desk(client, town)
    early = desk.send()
    assert desk.seen(early)["state"] == "waiting"
    with worker(app, redis_url, app.config["DATA_DIR"]):
        assert desk.until_ended(early)["awaits"] == "confirmation"
        assert desk.until_ended(desk.send())["awaits"] == "confirmation"


def test_a_worker_that_does_not_share_the_folder_says_so(
    app: Flask, town: Town, client: FlaskClient, redis_url: str, tmp_path: Path
) -> None:
    desk = Desk(client, town)
    with worker(app, redis_url, tmp_path):
        ended = desk.until_ended(desk.send())
    assert ended["state"] == "failed"
    assert ended["problem"]["code"] == "job-files-missing"  # type: ignore[index]


def test_without_redis_there_are_no_workers(app: Flask) -> None:
    answer = app.test_cli_runner().invoke(main, ["jobs", "work"])
    assert answer.exit_code != 0


def test_a_redis_without_what_speaks_with_it_is_refused_with_what_to_install(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "outreach.jobs.on_celery", None)
    with pytest.raises(running.QueueMissing, match=r"voordeur\[queue\]"):
        running.made(app, [], "redis://127.0.0.1:1")

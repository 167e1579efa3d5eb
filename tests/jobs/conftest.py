"""Both runners, Celery's on a real Redis."""

from collections.abc import Iterator

import pytest
from celery.contrib.testing.worker import start_worker
from flask import Flask

from outreach.jobs import leases
from tests.factories.redis import RedisServer, temporary_redis
from tests.factories.town import Town
from tests.jobs.benches import Bench, ByCelery, InThread
from tests.jobs.lives import LEASE


@pytest.fixture(scope="session")
def redis_server() -> Iterator[RedisServer]:
    """Up for the run, and no longer; leases are short."""
    with pytest.MonkeyPatch.context() as patch, temporary_redis() as server:
        patch.setattr(leases, "LEASE_SECONDS", LEASE)
        server.wait_until_up_for(LEASE)  # a younger one is not believed when it knows no lease
        yield server


@pytest.fixture(scope="session")
def celery_runner(_app: Flask, redis_server: RedisServer) -> Iterator[ByCelery]:
    """With a worker at work."""
    runner = ByCelery(_app, [], redis_server.url())
    with start_worker(runner.celery, perform_ping_check=False, pool="solo", shutdown_timeout=30):
        yield runner


@pytest.fixture(params=["in-process", "celery"])
def bench(request: pytest.FixtureRequest, app: Flask, town: Town) -> Iterator[Bench]:
    """In the place of the app's own runner; every test that asks for it runs on both."""
    runner: InThread | ByCelery = (
        InThread(app, [])
        if request.param == "in-process"
        else request.getfixturevalue("celery_runner")
    )
    own = app.extensions["jobs"]
    found = Bench(runner, town.person("supervisor"))
    app.extensions["jobs"] = found.runner
    yield found
    found.close()
    app.extensions["jobs"] = own

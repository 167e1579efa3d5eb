"""What only holds with Redis: leases, and who is told when a turn comes."""

import threading

import pytest
from redis import Redis

from outreach.jobs import leases
from outreach.jobs.leases import Leases
from outreach.jobs.turns import NotItsTurn
from outreach.jobs.work import Work
from tests.factories.redis import RedisServer, temporary_redis
from tests.jobs.benches import PATIENCE, Bench
from tests.jobs.lives import LEASE, eventually

ATTEMPT = "3a9f3c6e-0000-4000-8000-000000000001"


def test_a_lease_is_renewed_for_as_long_as_the_work_goes_on(redis_server: RedisServer) -> None:
    url = redis_server.url(3)
    with Redis.from_url(url) as looking, Leases(url).held(ATTEMPT):
        [key] = looking.keys()
        left = int(looking.pttl(key))
        assert 0 < left <= LEASE * 1000

        def renewed() -> bool:
            nonlocal left
            before, left = left, int(looking.pttl(key))
            return left > before

        eventually(renewed)
        assert not Leases(url).is_gone(ATTEMPT)
    assert Leases(url).is_gone(ATTEMPT)


def test_a_redis_that_was_just_started_does_not_know_who_is_dead(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with temporary_redis() as young:
        monkeypatch.setattr(leases, "LEASE_SECONDS", 3600)
        assert not Leases(young.url()).is_gone(ATTEMPT)
        monkeypatch.setattr(leases, "LEASE_SECONDS", -1)
        assert Leases(young.url()).is_gone(ATTEMPT)


def test_a_redis_that_is_away_does_not_know_who_is_dead() -> None:
    with temporary_redis() as server:
        asking = Leases(server.url())
        server.kill()
        assert not asking.is_gone(ATTEMPT)


@pytest.mark.parametrize("bench", ["celery"], indirect=True)
def test_who_had_to_wait_for_its_turn_is_sent_by_who_went_before(bench: Bench) -> None:
    begun, tried = threading.Event(), threading.Event()

    def act(_work: Work) -> None:
        begun.set()
        tried.wait(PATIENCE)

    bench.be(in_turn=True)
    bench.act = act
    first, second = bench.job(), bench.job()
    bench.runner.send(first)
    assert begun.wait(PATIENCE)
    with pytest.raises(NotItsTurn):
        bench.runner.do(second)
    tried.set()
    bench.until_done(second)
    assert bench.read(second).state == "done"

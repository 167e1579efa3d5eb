"""Which attempt is alive, across machines: a key in Redis that its worker keeps alive."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

log = logging.getLogger(__name__)

# A worker that is killed is known to be dead after this long; one that is slow renews in time.
LEASE_SECONDS = 30.0
PATIENCE = 3


class Leases:
    """Redis's own clock counts, so workers' clocks need not agree."""

    def __init__(self, url: str) -> None:
        # Once more for a connection that was closed meanwhile: people wait for the answer.
        self._redis = Redis.from_url(
            url,
            socket_timeout=PATIENCE,
            socket_connect_timeout=PATIENCE,
            retry=Retry(NoBackoff(), 1),
        )

    @contextmanager
    def held(self, attempt: str) -> Iterator[None]:
        """Hold the lease of an attempt from before it begins until it has ended."""
        self._renew(attempt)
        ended = threading.Event()
        keeping = threading.Thread(target=self._keep, args=(attempt, ended), daemon=True)
        keeping.start()
        try:
            yield
        finally:
            ended.set()
            keeping.join()
            with suppress(RedisError):  # then it runs out by itself
                self._redis.delete(_key(attempt))

    def is_gone(self, attempt: str) -> bool:
        """Whether nobody makes this attempt any more; False while that cannot be known.

        A Redis that was started anew has forgotten all leases: those who live renew them first.
        """
        try:
            if self._redis.exists(_key(attempt)):
                return False
            up_for: int = self._redis.info("server")["uptime_in_seconds"]
        except RedisError:
            return False
        return up_for > LEASE_SECONDS

    def _keep(self, attempt: str, ended: threading.Event) -> None:
        while not ended.wait(LEASE_SECONDS / 4):
            try:
                self._renew(attempt)
            except RedisError as fault:
                log.warning("a lease could not be renewed: %s", type(fault).__name__)

    def _renew(self, attempt: str) -> None:
        self._redis.set(_key(attempt), "", px=int(LEASE_SECONDS * 1000))


def _key(attempt: str) -> str:
    return f"voordeur:attempt:{attempt}"

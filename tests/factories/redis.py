"""A real Redis of one's own on this machine, that may be killed and remembers nothing."""

import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from redis import Redis, RedisError

STARTING_TRIES = 200


def _free_port() -> int:
    with socket.socket() as looking:
        looking.bind(("127.0.0.1", 0))
        port: int = looking.getsockname()[1]
        return port


class RedisServer:
    """Answers on 127.0.0.1 only; keeps its port when it is started again."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="voordeur-redis-"))
        self._port = _free_port()
        self._process: subprocess.Popen[bytes] | None = None

    def url(self, number: int = 0) -> str:
        """One of its sixteen databases."""
        return f"redis://127.0.0.1:{self._port}/{number}"

    def start(self) -> None:
        """Returns when it answers; whatever it knew before a kill is gone."""
        binary = shutil.which("redis-server") or "/usr/bin/redis-server"
        where = ["--bind", "127.0.0.1", "--port", str(self._port), "--dir", str(self._folder)]
        self._process = subprocess.Popen(  # noqa: S603 - its own command
            [binary, *where, "--save", "", "--appendonly", "no"], stdout=subprocess.DEVNULL
        )
        asking = Redis.from_url(self.url())
        for _ in range(STARTING_TRIES):
            with suppress(RedisError):
                asking.ping()
                asking.close()
                return
            time.sleep(0.05)
        raise RuntimeError("redis-server does not answer")

    def wait_until_up_for(self, seconds: float) -> None:
        """Longer than this, by its own clock."""
        asking = Redis.from_url(self.url())
        while asking.info("server")["uptime_in_seconds"] <= seconds:
            time.sleep(0.05)
        asking.close()

    def kill(self) -> None:
        """As a machine does that runs out of memory."""
        if self._process:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()
            self._process = None

    def stop(self) -> None:
        """End it, and leave nothing."""
        self.kill()
        shutil.rmtree(self._folder, ignore_errors=True)


@contextmanager
def temporary_redis() -> Iterator[RedisServer]:
    """Started, and stopped afterwards."""
    server = RedisServer()
    try:
        server.start()
        yield server
    finally:
        server.stop()

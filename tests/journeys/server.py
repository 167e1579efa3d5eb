"""The real server on a database of its own, which can be cut off and brought back."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

BIN = Path(sys.executable).parent
ROOT = Path(__file__).parents[2]
STARTING_TRIES = 300


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Server:
    """gunicorn on 127.0.0.1 with the demo of one fixed day."""

    data_dir: Path
    port: int = field(default_factory=_free_port)
    prefix: str = ""
    app: str = "outreach.app:create_app()"
    workers: int = 1
    threads: int = 8
    settings: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Opened as localhost: browsers trust that name without TLS."""
        return f"{self.origin}{self.prefix}"

    @property
    def origin(self) -> str:
        """The address without the path that the app may live under."""
        return f"http://localhost:{self.port}"

    @property
    def log(self) -> Path:
        """Everything the server printed."""
        return self.data_dir / "server.log"

    @property
    def environment(self) -> dict[str, str]:
        """The settings of this server, for the command line too."""
        own = {
            "OUTREACH_DEMO": "1",
            "OUTREACH_DATA_DIR": str(self.data_dir),
            "OUTREACH_PUBLIC_URL": self.origin,
            "OUTREACH_PATH_PREFIX": self.prefix,
        }
        return os.environ | own | self.settings

    def outreach(self, *arguments: str) -> str:
        """Run the project's own command line against this server's database."""
        done = subprocess.run(  # noqa: S603 - our own command
            [str(BIN / "outreach"), *arguments],
            env=self.environment,
            cwd=ROOT,
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout

    def start(self) -> None:
        """Bring the line up; returns when `/healthz` answers."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603 - our own server
                [
                    str(BIN / "gunicorn"),
                    "--bind",
                    f"127.0.0.1:{self.port}",
                    "--workers",
                    str(self.workers),
                    "--threads",
                    str(self.threads),
                    "--access-logfile",
                    "-",
                    self.app,
                ],
                env=self.environment,
                cwd=ROOT,
                stdout=log,
                stderr=log,
            )
        for _ in range(STARTING_TRIES):
            try:
                with urllib.request.urlopen(f"{self.url}/healthz", timeout=5):
                    return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError(self.log.read_text())

    def stop(self) -> None:
        """Cut the line: nothing listens any more."""
        if self.process:
            self.process.terminate()
            self.process.wait(timeout=20)
            self.process = None

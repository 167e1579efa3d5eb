"""A phone as a Node process: a line of JSON asks, a line of JSON answers."""

import asyncio
import json
import os
import subprocess
from asyncio.subprocess import PIPE, Process
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
# An account of everything that a phone said and holds is one line.
LONGEST_LINE = 16 * 1024 * 1024


def bundle(folder: Path) -> Path:
    """Build the phone once, for all processes; gives its script."""
    subprocess.run(
        ["npx", "vite", "build", "-c", "test/faults/vite.config.ts", "--logLevel", "error"],  # noqa: S607 - found as make finds it
        cwd=ROOT / "frontend",
        env=os.environ | {"FAULTS_OUT": str(folder)},
        check=True,
        capture_output=True,
    )
    return folder / "phone.mjs"


@dataclass
class PhoneProcess:
    """One running phone."""

    name: str
    process: Process

    @classmethod
    async def start(cls, script: Path, told: dict[str, Any]) -> "PhoneProcess":
        """`told` as frontend/test/faults/phone.ts reads it."""
        started = await asyncio.create_subprocess_exec(
            "node", str(script), json.dumps(told), stdin=PIPE, stdout=PIPE, limit=LONGEST_LINE
        )
        return cls(str(told["name"]), started)

    async def ask(self, what: str, **more: Any) -> dict[str, Any]:
        """Ask for `begin`, `work` or `rest`; gives the answer, however long it takes."""
        talk = self.process
        if talk.stdin is None or talk.stdout is None:
            raise RuntimeError(f"{self.name} has no ears")
        talk.stdin.write(json.dumps({"do": what} | more).encode() + b"\n")
        await talk.stdin.drain()
        line = await talk.stdout.readline()
        if not line:
            raise RuntimeError(f"{self.name} stopped with {await talk.wait()}")
        answer: dict[str, Any] = json.loads(line)
        return answer

    async def end(self) -> None:
        """Leave nothing running."""
        if self.process.returncode is None:
            self.process.kill()
        await self.process.wait()

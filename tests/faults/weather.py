"""What goes wrong in a run, all drawn from its seed: kills, stops, and lines that fail."""

import asyncio
import random
import signal
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.faults.house import House, send
from tests.faults.lines import Line, Way

WAYS: tuple[tuple[Way, ...], ...] = (("in",), ("out",), ("in", "out"))
# Seconds there and back, and of a hundred pieces.
SLOWEST, WORST = 5.0, 50


@dataclass
class Weather:
    """Over one house and the lines of its phones. `seen` counts what came, `kills` what died."""

    house: House
    lines: list[Line]
    dice: random.Random
    seen: Counter[str] = field(default_factory=Counter)
    kills: Counter[str] = field(default_factory=Counter)
    _stopped: set[int] = field(default_factory=set)
    _database: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def kill(self, what: str) -> None:
        """Kill -9 of a worker, of one of the database's processes, or of the database."""
        if what == "database":
            async with self._database:
                self._go_on()
                await asyncio.to_thread(self.house.kill_database)
            self.kills[what] += 1
            return
        while True:
            running = self.house.workers() if what == "worker" else await self._backends()
            if running and send(self.dice.choice(running), signal.SIGKILL):
                self.kills[what] += 1
                return
            await asyncio.sleep(0.2)

    async def _backends(self) -> list[int]:
        async with self._database:
            return await asyncio.to_thread(self.house.backends)

    async def blow(self) -> None:
        """Until it is cancelled: one thing after the other, some of them at once."""
        things: list[asyncio.Task[None]] = []
        try:
            while True:
                await asyncio.sleep(self.dice.uniform(0.3, 1.2))
                what = self.dice.choices(
                    [self._cut_off, self._slow, self._lossy, self._stop], [4, 3, 3, 2]
                )
                things.append(asyncio.create_task(what[0]()))
        finally:
            for thing in things:
                thing.cancel()
            await asyncio.gather(*things, return_exceptions=True)

    def clear(self) -> None:
        """All is well again: whatever stood still goes on, every line is whole."""
        self._go_on()
        for line in self.lines:
            line.heal()

    def _some(self) -> list[Line]:
        """One phone in a cellar, a street without a mast, or everybody."""
        many = self.dice.choice((1, 1, 2, len(self.lines)))
        return self.dice.sample(self.lines, min(many, len(self.lines)))

    async def _for_a_while(self, name: str, begin: Callable[[Line], None]) -> None:
        lines = self._some()
        self.seen[name] += 1
        for line in lines:
            begin(line)
        await asyncio.sleep(self.dice.uniform(1, 5))
        for line in lines:
            line.heal()

    async def _cut_off(self) -> None:
        ways = self.dice.choice(WAYS)
        for_good = self.dice.randrange(2)

        def begin(line: Line) -> None:
            line.block(*ways)
            if for_good:
                line.cut()

        await self._for_a_while(f"partition {'+'.join(ways)}", begin)

    async def _slow(self) -> None:
        latency = self.dice.uniform(0.1, SLOWEST)

        def begin(line: Line) -> None:
            line.latency = latency

        await self._for_a_while("latency", begin)

    async def _lossy(self) -> None:
        loss = self.dice.randint(5, WORST)

        def begin(line: Line) -> None:
            line.loss = loss

        await self._for_a_while("loss", begin)

    async def _stop(self) -> None:
        """Somebody stands still in the midst of its work, and goes on later as if nothing was."""
        of_database = self.dice.randrange(2)
        running = await self._backends() if of_database else self.house.workers()
        if not running:
            return
        pid = self.dice.choice(running)
        if not send(pid, signal.SIGSTOP):
            return
        self._stopped.add(pid)
        self.seen["stop"] += 1
        await asyncio.sleep(self.dice.uniform(0.5, 4))
        self._stopped.discard(pid)
        send(pid, signal.SIGCONT)

    def _go_on(self) -> None:
        """A database's process that stands still would keep the database from starting again."""
        for pid in self._stopped:
            send(pid, signal.SIGCONT)
        self._stopped.clear()

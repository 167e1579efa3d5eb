"""The line of one phone: an own TCP proxy that is slow, loses, or goes nowhere."""

import asyncio
import random
from dataclasses import dataclass, field
from typing import Literal

CHUNK = 16 * 1024
# Towards the server, and towards the phone.
Way = Literal["in", "out"]


@dataclass
class Line:
    """Between a phone and `port` on this machine; healed unless something says otherwise.

    `latency` in seconds for there and back; `loss`: of a hundred pieces, how many end their
    connection, half of them after the first half went through. What is blocked arrives when the
    line heals, late, as TCP would have it, unless the connection is cut.
    """

    port: int
    dice: random.Random
    latency: float = 0
    loss: int = 0
    cuts: int = 0
    _open: dict[Way, asyncio.Event] = field(default_factory=dict)
    _server: asyncio.Server | None = None
    _pipes: set[asyncio.Task[None]] = field(default_factory=set)

    async def begin(self) -> str:
        """Listen; gives the address for the phone."""
        self._open = {"in": asyncio.Event(), "out": asyncio.Event()}
        self.heal()
        self._server = await asyncio.start_server(self._join, "127.0.0.1", 0)
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    def block(self, *ways: Way) -> None:
        """Let nothing arrive on these ways."""
        for way in ways:
            self._open[way].clear()

    def heal(self) -> None:
        """All is well again."""
        self.latency, self.loss = 0, 0
        for way in self._open.values():
            way.set()

    def cut(self) -> None:
        """End every connection that is open now."""
        for pipe in self._pipes:
            pipe.cancel()

    async def end(self) -> None:
        """Nobody listens any more."""
        self.cut()
        if self._server:
            self._server.close()
        await asyncio.gather(*self._pipes, return_exceptions=True)

    async def _join(self, phone: asyncio.StreamReader, answer: asyncio.StreamWriter) -> None:
        try:
            server, ask = await asyncio.open_connection("127.0.0.1", self.port)
        except OSError:
            answer.transport.abort()
            return
        both = asyncio.gather(self._pump(phone, ask, "in"), self._pump(server, answer, "out"))
        pipe = asyncio.ensure_future(self._until_cut(both, ask, answer))
        self._pipes.add(pipe)
        pipe.add_done_callback(self._pipes.discard)

    async def _until_cut(
        self, both: "asyncio.Future[tuple[None, None]]", *ends: asyncio.StreamWriter
    ) -> None:
        try:
            await both
        except (OSError, asyncio.CancelledError):
            self.cuts += 1
        finally:
            for end in ends:
                end.transport.abort()

    async def _pump(
        self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, way: Way
    ) -> None:
        while piece := await source.read(CHUNK):
            await asyncio.sleep(self.latency / 2)
            await self._open[way].wait()
            if self.dice.randrange(100) < self.loss:
                if self.dice.randrange(2):
                    sink.write(piece[: len(piece) // 2])
                    await sink.drain()
                raise ConnectionResetError
            sink.write(piece)
            await sink.drain()
        sink.write_eof()

"""A phone on slow 3G with a slow processor: Chromium's throttles, and what went over the line."""

from dataclasses import dataclass, field
from typing import Self

from playwright.sync_api import CDPSession, Page, Request

SLOWED = 4
# Slow 3G: milliseconds to the first byte, bits a second both ways.
LATENCY, BITS = 400, 400_000
FREE: dict[str, float] = {
    "offline": False,
    "latency": 0,
    "downloadThroughput": -1,
    "uploadThroughput": -1,
}
THIN = FREE | {
    "latency": LATENCY,
    "downloadThroughput": BITS / 8,
    "uploadThroughput": BITS / 8,
}


@dataclass(frozen=True)
class Moved:
    """Bytes up and down as they were packed: bodies, and with their headers."""

    up: int
    down: int
    all_up: int
    all_down: int


@dataclass
class Line:
    """One page's line, thin while it is used as a context; notes every request meanwhile."""

    page: Page
    requests: list[Request] = field(default_factory=list)
    _session: CDPSession | None = None

    def __post_init__(self) -> None:
        self._session = self.page.context.new_cdp_session(self.page)
        self._session.send("Network.enable")

    def __enter__(self) -> Self:
        self.requests.clear()
        self.page.on("requestfinished", self._note)
        self._set(THIN, SLOWED)
        return self

    def __exit__(self, *_fault: object) -> None:
        self.page.remove_listener("requestfinished", self._note)
        self._set(FREE, 1)

    def _note(self, request: Request) -> None:
        self.requests.append(request)

    def _set(self, conditions: dict[str, float], slowed: int) -> None:
        if self._session:
            self._session.send("Network.emulateNetworkConditions", conditions)
            self._session.send("Emulation.setCPUThrottlingRate", {"rate": slowed})

    def moved(self) -> Moved:
        """What went over the line."""
        sizes = [request.sizes() for request in self.requests]
        up = sum(one["requestBodySize"] for one in sizes)
        down = sum(one["responseBodySize"] for one in sizes)
        headers_up = sum(one["requestHeadersSize"] for one in sizes)
        headers_down = sum(one["responseHeadersSize"] for one in sizes)
        return Moved(up, down, up + headers_up, down + headers_down)

    def least(self) -> float:
        """The milliseconds this line needs for what moved and for one round trip."""
        moved = self.moved()
        return (moved.all_up + moved.all_down) * 8 * 1000 / BITS + LATENCY

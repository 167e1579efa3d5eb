"""What can stand between a phone and the server: half answers, portals, refusals of size."""

import gzip
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Error, Page, Request, Route

SYNC = "**/v1/sync"
PORTAL = "<!doctype html><title>Gratis wifi</title><p>Log in met uw kamernummer.</p>"


def mutations_of(request: Request) -> list[dict[str, Any]]:
    """The mutations in the body of a sync."""
    body = request.post_data_buffer or b"{}"
    packed = request.headers.get("content-encoding") == "gzip"
    said = json.loads(gzip.decompress(body) if packed else body)
    mutations: list[dict[str, Any]] = said["mutations"]
    return mutations


@dataclass
class Listener:
    """Which mutations went out, request by request; it loses the first answers when told to."""

    lost_answers: int = 0
    sent: list[list[str]] = field(default_factory=list)

    def __call__(self, route: Route) -> None:
        """Let the server do its work; then give the answer, or drop it on the way back."""
        ids = [str(mutation["id"]) for mutation in mutations_of(route.request)]
        self.sent.append(ids)
        answer = route.fetch()
        if ids and self.lost_answers > 0:
            self.lost_answers -= 1
            route.abort("connectionreset")
        else:
            route.fulfill(response=answer)

    @property
    def repeated(self) -> set[str]:
        """Mutations that went out more than once."""
        every = [one for ids in self.sent for one in ids]
        return {one for one in every if every.count(one) > 1}


def _portal(route: Route) -> None:
    route.fulfill(status=200, content_type="text/html", body=PORTAL)


def _nothing(route: Route) -> None:
    route.fulfill(status=204)


def _too_large(route: Route) -> None:
    route.fulfill(status=413, content_type="text/html", body="<h1>413</h1>")


def _half(route: Route) -> None:
    whole = route.fetch().text()
    route.fulfill(status=200, content_type="application/json", body=whole[: len(whole) // 2])


def _of_another(route: Route) -> None:
    said = route.fetch().json() | {"ids": ["00000000-0000-4000-8000-000000000000"]}
    route.fulfill(status=200, content_type="application/json", body=json.dumps(said))


NOT_AN_ANSWER: dict[str, Callable[[Route], None]] = {
    "a portal's page": _portal,
    "no content": _nothing,
    "too large": _too_large,
    "half an answer": _half,
    "an answer to somebody else": _of_another,
}


@dataclass
class Visited:
    """Every address and every title that a page ever had, and what it asked for."""

    seen: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        """From now on, on this page."""
        page.context.on("request", lambda request: self.seen.append(request.url))
        page.on("framenavigated", lambda frame: self.seen.append(frame.url))

    def look(self, page: Page) -> None:
        """Note address, title and history of the screen that shows now."""
        with suppress(Error):
            self.seen += [page.url, page.title()]

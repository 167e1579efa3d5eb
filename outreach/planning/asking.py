"""Asking a routing service of the municipality: JSON over HTTP, nothing else and nowhere else.

Which service is a setting, never something that came with a request. What it answers is checked
before it is believed. It is told points on the map and nothing that belongs to them.
"""

import json
import math
from collections.abc import Callable, Iterator, Sequence
from http import HTTPStatus
from typing import Any, NoReturn
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import (
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPSHandler,
    OpenerDirector,
    Request,
)

import numpy as np
from numpy.typing import NDArray

from outreach.errors import Problem
from outreach.planning.distances import FAR_METRES, FAR_SECONDS, Table
from outreach.planning.problem import Place

MOST_BYTES = 8_000_000
TIMEOUT = 30.0  # seconds for one block
# 50 from and 50 to: what both services take in one question as they are shipped.
BLOCK = 50

Block = tuple[Any, Any]  # metres and seconds as they came, row by row: not believed yet


class RoutingFailed(Problem):
    """The routing service does not answer, or not as its documentation says."""

    code = "routing-failed"
    status = HTTPStatus.BAD_GATEWAY


def service_url(url: str) -> str:
    """The address without a slash at its end; raises ValueError when it is not http(s)."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError(f"a routing service has an http or https address, not {url!r}")
    if parts.query or parts.fragment:
        raise ValueError("the address of a routing service ends before any ? or #")
    return url.rstrip("/")


def ask(request: Request) -> dict[str, Any]:
    """The JSON object it answers; raises RoutingFailed. Redirects are not followed."""
    try:
        with _opener().open(request, timeout=TIMEOUT) as answer:
            body = answer.read(MOST_BYTES + 1)
    except (HTTPError, URLError, OSError):
        raise RoutingFailed from None
    if len(body) > MOST_BYTES:
        raise RoutingFailed
    try:
        found = json.loads(body)
    except ValueError:
        raise RoutingFailed from None
    return found if isinstance(found, dict) else refuse()


def in_blocks(
    places: Sequence[Place], ask_block: Callable[[Sequence[Place], Sequence[Place]], Block]
) -> Table:
    """The whole table, asked for in blocks; no way on foot is farther than anybody walks."""
    size = len(places)
    metres, seconds = np.zeros((size, size)), np.zeros((size, size), dtype=np.int64)
    for rows in _spans(size):
        for columns in _spans(size):
            block = ask_block(places[rows], places[columns])
            shape = (rows.stop - rows.start, columns.stop - columns.start)
            metres[rows, columns] = _numbers(block[0], shape, FAR_METRES)
            seconds[rows, columns] = np.ceil(_numbers(block[1], shape, FAR_SECONDS))
    np.fill_diagonal(metres, 0.0)
    np.fill_diagonal(seconds, 0)
    return Table(metres, seconds)


def refuse() -> NoReturn:
    """The answer is not what the service's documentation says."""
    raise RoutingFailed


def _opener() -> OpenerDirector:
    """Knows http and https, and neither files nor redirects."""
    opener = OpenerDirector()
    for handler in (HTTPHandler(), HTTPSHandler(), _OnlyGood()):
        opener.add_handler(handler)
    return opener


class _OnlyGood(HTTPErrorProcessor):
    """Any other status than 200 is a failure; a redirect would lead to a host nobody chose."""

    def http_response(self, request: Request, response: Any) -> Any:
        """Let 200 through."""
        if response.status != HTTPStatus.OK:
            response.close()
            raise URLError(f"status {response.status}")
        return response

    https_response = http_response


def _spans(size: int) -> Iterator[slice]:
    return (slice(at, min(at + BLOCK, size)) for at in range(0, size, BLOCK))


def _numbers(rows: Any, shape: tuple[int, int], missing: float) -> NDArray[np.float64]:
    if not isinstance(rows, list) or len(rows) != shape[0]:
        refuse()
    filled = np.empty(shape)
    for at, row in enumerate(rows):
        if not isinstance(row, list) or len(row) != shape[1]:
            refuse()
        filled[at] = [_number(value, missing) for value in row]
    return filled


def _number(value: object, missing: float) -> float:
    if value is None:
        return missing
    if isinstance(value, bool) or not isinstance(value, int | float):
        refuse()
    if not math.isfinite(value) or value < 0:
        refuse()
    return min(float(value), missing)

"""A routing service on this machine that answers as the documentation of the real one says."""

import json
import math
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

METRES_IN_DEGREE = 111_195.0
PACE = 1.25
MOST_LOCATIONS, MOST_PAIRS = 100, 2500
Answer = tuple[int, Any]


def osrm(path: str, _body: bytes) -> Answer:
    """`GET /table/v1/{profile}/{lon},{lat};…?sources=…&destinations=…&annotations=…`."""
    parts = urlsplit(path)
    _, service, version, profile, listed = parts.path.split("/")
    points = [tuple(map(float, point.split(","))) for point in listed.split(";")]
    asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
    if (service, version, profile) != ("table", "v1", "foot"):
        return 400, {"code": "InvalidService", "message": "Service not found."}
    if len(points) > MOST_LOCATIONS:
        return 400, {"code": "TooBig", "message": "Too many table coordinates"}
    starts = [points[int(at)] for at in asked["sources"].split(";")]
    ends = [points[int(at)] for at in asked["destinations"].split(";")]
    metres = [[_metres(*start[::-1], *end[::-1]) for end in ends] for start in starts]
    found: dict[str, Any] = {"code": "Ok", "sources": [], "destinations": []}
    if "duration" in asked["annotations"].split(","):
        found["durations"] = [[round(one / PACE, 1) for one in row] for row in metres]
    if "distance" in asked["annotations"].split(","):
        found["distances"] = [[round(one, 1) for one in row] for row in metres]
    return 200, found


def valhalla(path: str, body: bytes) -> Answer:
    """`POST /sources_to_targets` with JSON."""
    if path != "/sources_to_targets":
        return 404, {"error_code": 106, "error": "Try any of: '/sources_to_targets'"}
    asked = json.loads(body)
    sources, targets = asked["sources"], asked["targets"]
    if len(sources) * len(targets) > MOST_PAIRS:
        return 400, {"error_code": 150, "error": "Exceeded max locations"}
    if asked["costing"] != "pedestrian":
        return 400, {"error_code": 125, "error": "No costing method found"}
    rows = [
        [_cell(start, end, at, to) for to, end in enumerate(targets)]
        for at, start in enumerate(sources)
    ]
    return 200, {"sources_to_targets": rows, "units": asked["units"], "algorithm": "costmatrix"}


def _cell(start: Any, end: Any, at: int, to: int) -> dict[str, Any]:
    metres = _metres(start["lat"], start["lon"], end["lat"], end["lon"])
    kilometres, seconds = round(metres / 1000, 3), round(metres / PACE)
    return {"distance": kilometres, "time": seconds, "from_index": at, "to_index": to}


def _metres(lat: float, lon: float, to_lat: float, to_lon: float) -> float:
    east = (to_lon - lon) * math.cos(math.radians(lat))
    return math.hypot(to_lat - lat, east) * METRES_IN_DEGREE


@contextmanager
def serving(answer: Callable[[str, bytes], Answer]) -> Iterator[tuple[str, list[str]]]:
    """Its address, and the list of paths it was asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(b"")

        def do_POST(self) -> None:
            self._answer(self.rfile.read(int(self.headers["Content-Length"])))

        def _answer(self, body: bytes) -> None:
            asked.append(self.path)
            status, found = answer(self.path, body)
            said = found if isinstance(found, bytes) else json.dumps(found).encode()
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("Location", said.decode())
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

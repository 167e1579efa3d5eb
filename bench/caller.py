"""A phone without a screen: it says what a phone says, over HTTP, and holds what it is given."""

import gzip
import json
import time
from contextlib import closing
from dataclasses import dataclass, field
from http import HTTPStatus
from http.client import HTTPConnection
from typing import Any

from outreach.clock import new_id, now, today
from outreach.sync.versions import holdings_hash

PATIENCE = 60
NO_ANSWER = 0


@dataclass
class Caller:
    """One device of one account that is signed in."""

    port: int
    token: str
    device_id: str = field(default_factory=new_id)
    receipt: str | None = None
    dossiers: dict[str, dict[str, Any]] = field(default_factory=dict)
    outcomes: dict[str, str] = field(default_factory=dict)

    def exchange(self, mutations: list[dict[str, Any]]) -> tuple[float, int, int]:
        """One request and what it brings: seconds, status, and how many dossiers came."""
        said = {
            "schema": 2,
            "app": {"version": "bench", "built_on": today().isoformat()},
            "device_id": self.device_id,
            "receipt": self.receipt,
            "holdings_hash": holdings_hash(
                {id_: one["version"] for id_, one in self.dossiers.items()}
            ),
            "mutations": mutations,
            "more": False,
        }
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/json",
            "Content-Encoding": "gzip",
            "Accept-Encoding": "gzip",
        }
        body = gzip.compress(json.dumps(said).encode())
        begun = time.perf_counter()
        try:
            status, packed = self._post(body, headers)
        except OSError:  # as on a phone: nobody answered in time, it is sent again
            return time.perf_counter() - begun, NO_ANSWER, 0
        took = time.perf_counter() - begun
        return took, status, self._take(json.loads(packed)) if status == HTTPStatus.OK else 0

    def _post(self, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)) as connection:
            connection.request("POST", "/v1/sync", body, headers)
            reply = connection.getresponse()
            said = reply.read()
            packed = reply.headers["Content-Encoding"] == "gzip"
            return reply.status, gzip.decompress(said) if packed else said

    def _take(self, answer: dict[str, Any]) -> int:
        self.outcomes |= {one["id"]: one["outcome"] for one in answer["outcomes"]}
        self.dossiers |= {one["id"]: one for one in answer["dossiers"]}
        for id_ in answer["drops"]:
            self.dossiers.pop(id_, None)
        self.receipt = answer["receipt"]
        return len(answer["dossiers"])


def signed_in(port: int, email: str, password: str) -> Caller:
    """A new device of this account."""
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    said = json.dumps({"email": email, "password": password})
    connection.request("POST", "/v1/sessions", said, {"Content-Type": "application/json"})
    token = str(json.loads(connection.getresponse().read())["access_token"])
    connection.close()
    return Caller(port, token)


def mutation(dossier_id: str, kind: str, /, **body: Any) -> dict[str, Any]:
    """An intent in its envelope; a body field `from_` means `from`."""
    if "from_" in body:
        body["from"] = body.pop("from_")
    made_at = now().isoformat().replace("+00:00", "Z")
    envelope = {"id": new_id(), "dossier_id": dossier_id, "kind": kind, "schema": 3}
    return envelope | {"made_at": made_at, "body": body}

"""A phone without a screen: it says what a phone says, over HTTP, and holds what it is given.

It does what docs/sync.md asks of a phone whose store is not sealed: what waits is sent until an
answer that counts names its outcome, `need_holdings` is met with what it holds (there are no boxes
to copy), and it goes on while there is `more`.
"""

import gzip
import json
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass, field
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from typing import Any

from outreach.clock import new_id, now, today
from outreach.sync.versions import Dossier, holdings_hash

PATIENCE = 60
NO_ANSWER = 0
MOST_PARTS = 50
# What an answer must name to count, beside the phone it is for and what that sent.
SHAPE = {
    "device_id",
    "ids",
    "receipt",
    "outcomes",
    "dossiers",
    "as_expected",
    "drops",
    "erased",
    "need_holdings",
    "more",
}


@dataclass(frozen=True)
class Answer:
    """What one request brought: seconds, status, how many dossiers came, and what stays to do.

    `counts`: it was an answer for this phone. `goes_on`: the phone asks again at once. `quiet`: the
    server knew the receipt and the hash, took all that waited before and had nothing to give.
    """

    took: float
    status: int
    came: int = 0
    counts: bool = False
    goes_on: bool = False
    quiet: bool = False


@dataclass
class Caller:
    """One device of one account that is signed in; `waiting` is what it has to say."""

    port: int
    token: str
    device_id: str = field(default_factory=new_id)
    receipt: str | None = None
    dossiers: dict[str, dict[str, Any]] = field(default_factory=dict)
    waiting: list[dict[str, Any]] = field(default_factory=list)
    outcomes: dict[str, str] = field(default_factory=dict)
    # What the last answer asked for.
    tells_holdings: bool = False

    @property
    def versions(self) -> dict[str, str]:
        """What it holds, as the contract counts it."""
        return {id_: one["version"] for id_, one in self.dossiers.items()}

    def exchange(self) -> Answer:
        """One request with all that waits, and what it brings."""
        said = self._says()
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
        except (OSError, HTTPException):  # as on a phone: no answer, it is sent again
            return Answer(time.perf_counter() - begun, NO_ANSWER)
        took = time.perf_counter() - begun
        if status != HTTPStatus.OK:
            return Answer(took, status)
        answer = json.loads(packed)
        return self._take(said, answer, took) if _counts(said, answer) else Answer(took, status)

    def asks(self, heard: Callable[[Answer], None], *, until_quiet: bool = False) -> bool:
        """Go on while an answer says so, or until one is quiet; False when one did not count."""
        for _ in range(MOST_PARTS):
            answer = self.exchange()
            heard(answer)
            if not answer.counts:
                return False
            if answer.quiet or not (answer.goes_on or until_quiet):
                return True
        raise RuntimeError("the exchange does not end")

    def broken(self) -> list[str]:
        """Dossiers whose content is not what their version says: the hash is over versions."""
        return [
            id_
            for id_, one in self.dossiers.items()
            if Dossier(id_, one["kind"], one["body"]).version != one["version"]
        ]

    def _says(self) -> dict[str, Any]:
        said = {
            "schema": 2,
            "app": {"version": "bench", "built_on": today().isoformat()},
            "device_id": self.device_id,
            "receipt": self.receipt,
            "holdings_hash": holdings_hash(self.versions),
            "mutations": list(self.waiting),
            "more": False,
        }
        return said | ({"holdings": self.versions} if self.tells_holdings else {})

    def _post(self, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)) as connection:
            connection.request("POST", "/v1/sync", body, headers)
            reply = connection.getresponse()
            said = reply.read()
            packed = reply.headers["Content-Encoding"] == "gzip"
            return reply.status, gzip.decompress(said) if packed else said

    def _take(self, said: dict[str, Any], answer: dict[str, Any], took: float) -> Answer:
        self.outcomes |= {one["id"]: one["outcome"] for one in answer["outcomes"]}
        self._let_go_of(one["id"] for one in answer["outcomes"])
        self.tells_holdings = answer["need_holdings"]
        if not answer["need_holdings"]:
            self.dossiers |= {one["id"]: one for one in answer["dossiers"]}
            gone = [one["dossier_id"] for one in answer["erased"] if one["what"] == "household"]
            self._let_go_of(one["id"] for one in self.waiting if one["dossier_id"] in gone)
            for id_ in (*answer["drops"], *gone):
                self.dossiers.pop(id_, None)
            self.receipt = answer["receipt"]
        goes_on = bool(answer["need_holdings"] or answer["more"])
        news = answer["dossiers"] or answer["drops"] or answer["erased"] or said["mutations"]
        known = said["receipt"] is not None and answer["receipt"] == said["receipt"]
        quiet = known and not (goes_on or news or self.waiting)
        return Answer(took, HTTPStatus.OK, len(answer["dossiers"]), True, goes_on, quiet)

    def _let_go_of(self, ids: Iterable[str]) -> None:
        done = set(ids)
        self.waiting = [one for one in self.waiting if one["id"] not in done]


def _counts(said: dict[str, Any], answer: dict[str, Any]) -> bool:
    """Whether an answer is for this phone and what it sent; nothing is expected, so none stands."""
    sent = [one["id"] for one in said["mutations"]]
    told = [one["id"] for one in answer.get("outcomes", ())]
    return bool(
        answer.keys() >= SHAPE
        and answer["device_id"] == said["device_id"]
        and answer["ids"] == sent
        and len(set(told)) == len(told)
        and set(told) <= set(sent)
        and not answer["as_expected"]
    )


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

"""A phone as docs/sync.md describes it: it holds dossiers, an outbox, and its last receipt."""

import hashlib
from dataclasses import dataclass, field
from typing import Any

from flask.testing import FlaskClient

from outreach.access.models import Account
from outreach.clock import new_id, now, today
from outreach.sync.upcasting import EXCHANGE, MUTATION
from tests.factories.town import headers_for


def holdings_hash(versions: dict[str, str]) -> str:
    """As the contract says it, not as the server computes it."""
    lines = [f"{id_} {version}\n" for id_, version in sorted(versions.items())]
    return hashlib.sha256("".join(lines).encode()).hexdigest()


@dataclass
class Phone:
    """One device of one account."""

    client: FlaskClient
    account: Account
    device_id: str = field(default_factory=new_id)
    receipt: str | None = None
    dossiers: dict[str, dict[str, Any]] = field(default_factory=dict)
    outbox: list[dict[str, Any]] = field(default_factory=list)
    outcomes: dict[str, dict[str, Any]] = field(default_factory=dict)
    erased: list[dict[str, str]] = field(default_factory=list)
    requests: int = 0
    # Dossiers beyond those of schema 2: an app of today names them, one of before none.
    kinds: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.headers = headers_for(self.account)

    def write(self, dossier_id: str, kind: str, /, **body: Any) -> str:
        """Put a mutation in the outbox; gives its id. A body field `from_` means `from`."""
        if "from_" in body:
            body["from"] = body.pop("from_")
        mutation = {
            "id": new_id(),
            "dossier_id": dossier_id,
            "kind": kind,
            "schema": MUTATION,
            "made_at": now().isoformat().replace("+00:00", "Z"),
            "body": body,
        }
        self.outbox.append(mutation)
        return str(mutation["id"])

    def request(self, **changes: Any) -> dict[str, Any]:
        """The body of the next request."""
        versions = {id_: d["version"] for id_, d in self.dossiers.items()}
        said = {
            "schema": EXCHANGE,
            "app": {"version": "test", "built_on": today().isoformat()},
            "device_id": self.device_id,
            "receipt": self.receipt,
            "holdings_hash": holdings_hash(versions),
            "mutations": self.outbox,
            "more": False,
            "kinds": self.kinds,
        }
        return said | changes

    def post(self, **changes: Any) -> Any:
        """Send, and read nothing of the answer: what a dropped line does."""
        self.requests += 1
        return self.client.post("/v1/sync", json=self.request(**changes), headers=self.headers)

    def apply(self, answer: dict[str, Any]) -> None:
        """Apply one part of an answer."""
        for outcome in answer["outcomes"]:
            self.outcomes[outcome["id"]] = outcome
        self.outbox = [m for m in self.outbox if m["id"] not in self.outcomes]
        for dossier in answer["dossiers"]:
            self.dossiers[dossier["id"]] = dossier
        for id_ in answer["drops"]:
            self.dossiers.pop(id_, None)
        self.erased += answer.get("erased", [])
        self.receipt = answer["receipt"]

    def sync(self) -> None:
        """Exchange until nothing is left to say."""
        for _ in range(50):
            reply = self.post()
            assert reply.status_code == 200, reply.get_json()
            answer = reply.get_json()
            if answer["need_holdings"]:
                versions = {id_: d["version"] for id_, d in self.dossiers.items()}
                answer = self.post(holdings=versions).get_json()
            self.apply(answer)
            if not answer["more"]:
                return
        raise AssertionError("the exchange does not end")

    def outcome(self, mutation_id: str) -> str:
        """What came of a mutation."""
        return str(self.outcomes[mutation_id]["outcome"])

    def of_kind(self, kind: str) -> list[dict[str, Any]]:
        """Bodies of all dossiers of a kind."""
        return [d["body"] for d in self.dossiers.values() if d["kind"] == kind]

    def body(self, dossier_id: str) -> dict[str, Any]:
        """The body of one dossier."""
        found: dict[str, Any] = self.dossiers[dossier_id]["body"]
        return found

"""What came from the field and waits at the desk: sent as a phone sends it, without a browser."""

import json
import urllib.request
from dataclasses import dataclass, field
from typing import Any

from outreach.clock import new_id, now, today
from outreach.demo.people import PASSWORD
from tests.factories.phone import holdings_hash
from tests.journeys.server import Server

FACTS = "In de keuken was het koud en er brandde geen licht."
WORDS = "Dit paste niet bij wat er al stond."


@dataclass
class Field:
    """One volunteer's phone, as the server knows it."""

    server: Server
    who: str = "anna"
    device_id: str = field(default_factory=new_id)
    token: str = ""
    mutations: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Sign in, and see which doors there are today."""
        email = f"{self.who}@wilgendam.example"
        session = self._posts("/v1/sessions", {"email": email, "password": PASSWORD})
        self.token = session["access_token"]
        dossiers = self.sends()["dossiers"]
        self.stops = [one for one in dossiers if one["kind"] == "stop"]

    def wants_a_call(self) -> None:
        """*Zwaar gesprek: bel mij vandaag.*"""
        told = {"debrief_id": new_id(), "feeling": "heavy", "call_me": True}
        self._writes(self.stops[0]["id"], "debrief.record", told | {"date": today().isoformat()})

    def is_worried(self) -> None:
        """A concern without an address."""
        id_ = new_id()
        told = {"concern_id": id_, "address_id": None, "facts": FACTS}
        self._writes(id_, "concern.raise", told)

    def sends_what_does_not_fit(self) -> None:
        """Of a kind that this server does not know: it goes to quarantine."""
        household_id = self.stops[0]["body"]["reserved"]["household_id"]
        self._writes(household_id, "note.sing", {"text": WORDS})

    def walks_away(self) -> None:
        """*Niet veilig*, at the last door: closed for all until the supervisor decides."""
        told = {"outcome": "unsafe", "from": "", "details": {}, "day_part": "afternoon"}
        self._writes(self.stops[-1]["id"], "visit.record", told | {"date": today().isoformat()})

    def sends(self) -> dict[str, Any]:
        """Everything written so far, in one request."""
        mutations, self.mutations = self.mutations, []
        said = {
            "schema": 1,
            "device_id": self.device_id,
            "receipt": None,
            "holdings_hash": holdings_hash({}),
            "mutations": mutations,
            "more": False,
        }
        return self._posts("/v1/sync", said)

    def _writes(self, dossier_id: str, kind: str, body: dict[str, Any]) -> None:
        made_at = now().isoformat().replace("+00:00", "Z")
        told = {"id": new_id(), "dossier_id": dossier_id, "kind": kind, "schema": 1}
        self.mutations.append(told | {"made_at": made_at, "body": body})

    def _posts(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        request = urllib.request.Request(
            f"{self.server.url}{path}",
            data=json.dumps(body).encode(),
            headers={
                "Content-Type": "application/json",
                "Authorization": f"Bearer {self.token}",
            },
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            said: dict[str, Any] = json.load(answer)
        return said


def everything_waits(server: Server) -> None:
    """A call, a concern, a message that did not fit and an unsafe door."""
    anna = Field(server)
    anna.wants_a_call()
    anna.is_worried()
    anna.sends_what_does_not_fit()
    anna.walks_away()
    outcomes = [one["outcome"] for one in anna.sends()["outcomes"]]
    assert outcomes == ["applied", "applied", "quarantined", "applied"], outcomes

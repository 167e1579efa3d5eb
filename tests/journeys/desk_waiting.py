"""What came from the field and waits at the desk: sent as a phone sends it, without a browser."""

import json
import urllib.request
from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec

from outreach.clock import new_id, now, today
from outreach.demo.people import PASSWORD
from tests.factories.phone import holdings_hash
from tests.factories.sealing import box_of, signed, spki
from tests.journeys.server import Server

FACTS = "In de keuken was het koud en er brandde geen licht."
GOAL = "Overzicht over de post van de woningcorporatie"
WORDS = "Dit paste niet bij wat er al stond."


@dataclass
class Line:
    """Somebody signed in without a browser."""

    server: Server
    who: str
    token: str = ""

    def __post_init__(self) -> None:
        """Sign in with the demo's password."""
        email = f"{self.who}@wilgendam.example"
        session = self.posts("/sessions", {"email": email, "password": PASSWORD})
        self.token = session["access_token"]

    def gets(self, path: str) -> dict[str, Any]:
        """Read."""
        return self._asks(path, None)

    def posts(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Write."""
        return self._asks(path, json.dumps(body).encode())

    def puts(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Replace."""
        return self._asks(path, json.dumps(body).encode(), "PUT")

    def _asks(self, path: str, body: bytes | None, method: str | None = None) -> dict[str, Any]:
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self.token}"}
        request = urllib.request.Request(
            f"{self.server.url}/v1{path}", body, headers, method=method
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            said: dict[str, Any] = json.load(answer)
        return said


class Field:
    """Anna's phone, as the server knows it."""

    def __init__(self, server: Server) -> None:
        self.line = Line(server, "anna")
        self.device_id = new_id()
        self.signing = ec.generate_private_key(ec.SECP256R1())
        self.mutations: list[dict[str, Any]] = []
        dossiers = self.sends()["dossiers"]
        [walked] = [one for one in dossiers if one["kind"] == "round"]
        self.round_id: str = walked["id"]
        self.campaign: dict[str, Any] = walked["body"]["campaign"]
        self.stops = [one for one in dossiers if one["kind"] == "stop"]

    def wants_a_call(self) -> None:
        """*Zwaar gesprek: bel mij vandaag*."""
        told = {"debrief_id": new_id(), "feeling": "heavy", "call_me": True}
        self._writes(self.stops[0]["id"], "debrief.record", told | {"date": today().isoformat()})

    def is_worried(self) -> None:
        """A concern without an address."""
        id_ = new_id()
        told = {"concern_id": id_, "address_id": None, "facts": FACTS}
        self._writes(id_, "concern.raise", told)

    def is_worried_at_a_door_nobody_knows(self) -> None:
        """A concern that goes to quarantine: it cannot wait."""
        id_ = new_id()
        told = {"concern_id": id_, "address_id": new_id(), "facts": FACTS}
        self._writes(id_, "concern.raise", told)

    def sends_what_does_not_fit(self) -> None:
        """Of a kind that this server does not know: it goes to quarantine."""
        household_id = self.stops[0]["body"]["reserved"]["household_id"]
        self._writes(household_id, "note.sing", {"text": WORDS})

    def tells_of_a_door_that_is_gone(self) -> None:
        """A talk with a note, under ids that no stop reserves."""
        household_id, talk = new_id(), {"conversation_id": new_id()}
        text = {"consent_text_id": self.campaign["consent_text_id"]}
        opened = {"stop_id": new_id(), "guide_id": self.campaign["guide_id"], "noted": True}
        given = {"consent_id": new_id(), "purpose": "note", "given": True, "team_id": None}
        note = {"note_id": new_id(), "domain": "", "position": 0, "text": WORDS}
        for kind, body in (
            ("conversation.open", talk | text | opened | {"date": today().isoformat()}),
            ("consent.record", talk | text | given | {"language": "nl", "how": "spoken"}),
            ("note.add", talk | note),
        ):
            self._writes(household_id, kind, body)

    def says_it_in_old_words(self) -> None:
        """An outcome that is no longer on the list, with a field that nobody knows."""
        told = {"outcome": "nobody", "from": "", "details": {}, "day_part": "afternoon"}
        told |= {"date": today().isoformat(), "weather": "rain"}
        self._writes(self.stops[1]["id"], "visit.record", told)

    def walks_away(self) -> None:
        """*Niet veilig*, at the last door: closed for all until the supervisor decides."""
        told = {"outcome": "unsafe", "from": "", "details": {}, "day_part": "afternoon"}
        told["date"] = today().isoformat()
        self._writes(self.stops[-1]["id"], "visit.record", told)

    def wants_a_plan_on_paper(self) -> None:
        """A talk with a goal, and the plan on paper; nobody brings it yet."""
        stop = self.stops[0]
        reserved = stop["body"]["reserved"]
        talk = {"conversation_id": reserved["conversation_id"]}
        plan = {"plan_id": reserved["plan_id"]}
        text = {"consent_text_id": self.campaign["consent_text_id"]}
        opened = {"stop_id": stop["id"], "guide_id": self.campaign["guide_id"], "noted": True}
        given = {"consent_id": new_id(), "purpose": "note", "given": True, "team_id": None}
        goal = {"goal_id": new_id(), "position": 0, "domain": "", "text": GOAL, "from": None}
        paper = {"wanted": False, "bring_on": None, "bring_by": None}
        for kind, body in (
            ("conversation.open", talk | text | opened | {"date": today().isoformat()}),
            ("consent.record", talk | text | given | {"language": "nl", "how": "spoken"}),
            ("goal.set", talk | plan | goal),
            ("plan.print", plan | paper | {"wanted": True, "from": paper}),
        ):
            self._writes(reserved["household_id"], kind, body)

    def exports(self, path: Path) -> None:
        """*Reddingsbestand*: what is unsent, sealed by this phone, in a file."""
        key = self._seals()
        boxes = [box_of(mutation, key, self.device_id) for mutation in self.mutations]
        path.write_text(json.dumps(signed(self.signing, self.device_id, "rescue", boxes)))

    def hands_over(self) -> None:
        """What is unsent, sealed, by a phone whose words are forgotten."""
        key = self._seals()
        boxes = [box_of(mutation, key, self.device_id) for mutation in self.mutations]
        self.line.posts("/sealed-boxes", signed(self.signing, self.device_id, "forgotten", boxes))

    def hands_over_what_nobody_opens(self) -> None:
        """A box that was damaged on the phone."""
        self._seals()
        boxes = [{"id": new_id(), "box": b64encode(b"damaged").decode()}]
        self.line.posts("/sealed-boxes", signed(self.signing, self.device_id, "forgotten", boxes))

    def sends(self) -> dict[str, Any]:
        """Everything written so far, in one request."""
        mutations, self.mutations = self.mutations, []
        said = {
            "schema": 2,
            "app": {"version": "test", "built_on": today().isoformat()},
            "device_id": self.device_id,
            "receipt": None,
            "holdings_hash": holdings_hash({}),
            "mutations": mutations,
            "more": False,
        }
        return self.line.posts("/sync", said)

    def _seals(self) -> dict[str, str]:
        told = {"device_id": self.device_id, "signing_key": spki(self.signing)}
        key: dict[str, str] = self.line.posts("/devices", told)["escrow_key"]
        return key

    def _writes(self, dossier_id: str, kind: str, body: dict[str, Any]) -> None:
        made_at = now().isoformat().replace("+00:00", "Z")
        told = {"id": new_id(), "dossier_id": dossier_id, "kind": kind, "schema": 3}
        self.mutations.append(told | {"made_at": made_at, "body": body})


def everything_waits(server: Server) -> str:
    """A call, a concern, a message that did not fit, an unsafe door and a plan for paper.

    Gives the id of the round on which all this was.
    """
    anna = Field(server)
    anna.wants_a_plan_on_paper()
    anna.wants_a_call()
    anna.is_worried()
    anna.sends_what_does_not_fit()
    anna.walks_away()
    outcomes = [one["outcome"] for one in anna.sends()["outcomes"]]
    applied = ["applied"] * 6
    assert outcomes == [*applied, "quarantined", "applied"], outcomes
    return anna.round_id


CAMPAIGN = (
    "kind", "district_id", "starts_on", "ends_on", "letter_on", "aftercare_weeks",
    "guide_id", "consent_text_id", "base_location_id",
)  # fmt: skip
PLACE = ("city", "street")


@dataclass(frozen=True)
class Planned:
    """Ids of what a supervisor has: the demo's campaign, drafts, and rounds in each state."""

    campaign: str
    draft_campaign: str
    draft_round: str
    published_round: str
    closed_round: str


def drafts_stand_ready(server: Server) -> Planned:
    """A draft of a campaign and one of a round, beside what the demo has."""
    sofie = Line(server, "sofie")
    [first] = sofie.gets("/campaigns")["items"]
    campaign = sofie.gets(f"/campaigns/{first['id']}")
    told = {name: campaign[name] for name in CAMPAIGN}
    told["streets"] = [{name: one[name] for name in PLACE} for one in campaign["streets"]]
    draft = sofie.posts("/campaigns", told | {"name": "De Wilgen, nog eens"})
    here = f"/campaigns/{first['id']}"
    pair = [one["id"] for one in sofie.gets(f"{here}/volunteers")["items"][-2:]]
    streets = sofie.gets(f"{here}/streets")["items"]
    open_ = [{name: one[name] for name in PLACE} for one in streets if one["to_do"]]
    told = {"date": today().isoformat(), "day_part": "evening", "pair": pair, "most_doors": 5}
    round_ = sofie.posts(f"{here}/rounds", told | {"streets": open_})
    rounds = {one["state"]: one["id"] for one in sofie.gets(f"{here}/rounds")["items"]}
    return Planned(first["id"], draft["id"], round_["id"], rounds["published"], rounds["closed"])

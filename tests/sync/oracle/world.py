"""Everything there is: doors, households, what differs, what waits, and what phones were told."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Body = dict[str, Any]
HEALTH = "health_and_care"
CONTACT = ("called_name", "contact_channel", "contact_value", "contact_when", "voicemail_ok")
NO_CONTACT: Body = dict(zip(CONTACT, ("", "", "", "", False), strict=True))
RECEIPTS_KEPT = 4
# The schema of a mutation that this server knows best.
NEWEST = 3


def is_about_health(body: Body) -> bool:
    """Whether words are, or were before they moved to another subject."""
    was = body.get("from")
    return HEALTH in (body.get("domain"), was.get("domain") if isinstance(was, dict) else None)


class Aside(Exception):  # noqa: N818 - it is an outcome
    """It cannot be applied: it waits for a person, for this reason."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Gone(Exception):  # noqa: N818 - it is an outcome
    """It speaks of what was thrown away."""


@dataclass
class Said:
    """One mutation, by whom, from which phone."""

    author: str
    device: str
    envelope: Body

    @property
    def id(self) -> str:
        """The mutation's id."""
        return str(self.envelope["id"])

    @property
    def dossier(self) -> str:
        """What it is about."""
        return str(self.envelope["dossier_id"])

    @property
    def kind(self) -> str:
        """What it wants."""
        return str(self.envelope["kind"])

    @property
    def made_at(self) -> datetime:
        """When its phone says it was said."""
        return datetime.fromisoformat(self.envelope["made_at"])

    @property
    def body(self) -> Body:
        """What it says."""
        found: Body = self.envelope["body"]
        return found


@dataclass
class Attempt:
    """What came of a door."""

    outcome: str
    details: Body
    by: str
    kept_details: dict[str, Body] = field(default_factory=dict)


@dataclass
class Stop:
    """A door and the ids it reserves; `learns`: the server chose new ones by itself."""

    id: str
    attempt_id: str
    household: str
    conversation: str
    plan: str
    attempt: Attempt | None = None
    notices: set[str] = field(default_factory=set)
    left: bool = False
    learns: bool = False


@dataclass
class Consent:
    """One answer to one purpose."""

    id: str
    purpose: str
    given: bool
    team: str | None
    asked_by: str
    withdrawn: bool = False
    superseded: bool = False

    @property
    def counts(self) -> bool:
        """A yes that nobody took back."""
        return self.given and not self.withdrawn


@dataclass
class Note:
    """A note with all it said before."""

    domain: str
    position: int
    text: str
    originals: list[str] = field(default_factory=list)


@dataclass
class Talk:
    """The talk of a household."""

    id: str
    stop: str
    recorder: str
    noted: bool
    state: str = "open"
    notes: dict[str, Note] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)


@dataclass
class Goal:
    """A goal and its steps: each a dict of position, text, who, who_name, by and status."""

    position: int
    domain: str
    text: str
    steps: dict[str, Body] = field(default_factory=dict)


@dataclass
class Household:
    """What a household let us keep. `plan`: the id of its plan."""

    id: str
    talk: Talk
    at_door: bool = True
    contact: Body = field(default_factory=lambda: dict(NO_CONTACT))
    consents: list[Consent] = field(default_factory=list)
    plan: str | None = None
    goals: dict[str, Goal] = field(default_factory=dict)
    aftercares: dict[str, Body] = field(default_factory=dict)
    handovers: dict[str, Body] = field(default_factory=dict)


@dataclass
class Concern:
    """A worry, by whom; who raised it may tell it again in other words."""

    by: str
    facts: list[str]


@dataclass
class Difference:
    """Two values of one field; the id is the server's, learned when it is seen."""

    dossier: str
    about: tuple[str, str]
    field: str
    shown: Any
    other: Any
    by: str
    mutation: str
    settled: bool = False
    id: str | None = None


@dataclass
class Kept:
    """What waits, or waited, for a person."""

    said: Said
    reason: str
    state: str = "waiting"


@dataclass
class Device:
    """A phone as the server knows it: its last receipts, and what it must still hear is gone."""

    account: str
    revoked: bool = False
    receipts: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    to_forget: dict[tuple[str, str, str], str | None] = field(default_factory=dict)

    def gave(self, receipt: str, held: dict[str, str]) -> None:
        """Remember a receipt; only the last few are."""
        if receipt not in dict(self.receipts):
            self.receipts = [*self.receipts, (receipt, dict(held))][-RECEIPTS_KEPT:]


@dataclass
class World:
    """All of it. `wrote`: which phone said what about which dossier."""

    stops: dict[str, Stop]
    members: set[str]
    round: str
    texts: frozenset[str]
    escrow_key: str
    households: dict[str, Household] = field(default_factory=dict)
    concerns: dict[str, Concern] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)
    erased: set[str] = field(default_factory=set)
    forgotten: set[tuple[str, str, str]] = field(default_factory=set)
    issued: set[tuple[str, str]] = field(default_factory=set)
    wrote: set[tuple[str, str]] = field(default_factory=set)
    devices: dict[str, Device] = field(default_factory=dict)
    ids_used: set[tuple[str, str, str]] = field(default_factory=set)

    def stop_of(self, household: str) -> Stop | None:
        """The door that reserves this household's id."""
        return next((s for s in self.stops.values() if s.household == household), None)

    def talk_of(self, said: Said) -> Talk:
        """The talk a mutation names; raises Aside when it is not this household's."""
        household = self.households.get(said.dossier)
        if household is None or household.talk.id != said.body["conversation_id"]:
            raise Aside("unknown-conversation")
        return household.talk

    def only_talk(self, said: Said) -> Talk:
        """The talk of the dossier, where the mutation names none."""
        household = self.households.get(said.dossier)
        if household is None:
            raise Aside("unknown-conversation")
        return household.talk

    def comes_back(self, account: str, household: Household) -> bool:
        """Whether they still have to, or two people differ on the end of it."""
        return any(
            a["by"] == account and (not a["close"] or self.open_differences(("aftercare", id_)))
            for id_, a in household.aftercares.items()
        )

    def open_differences(self, about: tuple[str, str]) -> list[Difference]:
        """What is not settled about one row."""
        return [d for d in self.differences if d.about == about and not d.settled]

    def forget_differences(self, about: Iterable[tuple[str, str]]) -> None:
        """The values beside these rows go with them, settled or not."""
        gone = set(about)
        self.differences = [d for d in self.differences if d.about not in gone]

    def forget_kept(self, gone: Iterable[Kept]) -> None:
        """What waited is destroyed."""
        ids = {id(one) for one in gone}
        self.kept = [one for one in self.kept if id(one) not in ids]

    def tell(self, dossier: str, what: str, thing: str) -> None:
        """Every phone that had a part in the dossier must hear it, and once more if it had."""
        line = (dossier, what, thing)
        for id_, device in self.devices.items():
            had_part = (id_, dossier) in self.wrote or (device.account, dossier) in self.issued
            if line in device.to_forget or (had_part and not device.revoked):
                device.to_forget[line] = None

    def tell_phone(self, device: str, dossier: str, what: str) -> None:
        """This one phone must hear it: what went waited for it."""
        self.devices[device].to_forget[dossier, what, dossier] = None

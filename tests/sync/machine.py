"""Volunteers, their phones and a bad line: the first half of the state machine.

A phone here is what docs/sync.md says a phone is; the server is the real one, over HTTP. What
comes of each request is compared with the oracle at once.
"""

import json
from dataclasses import dataclass, field
from typing import Any

import hypothesis.strategies as st
from hypothesis import note
from hypothesis.stateful import RuleBasedStateMachine, initialize

from outreach.access.models import Account
from outreach.clock import new_id, now
from outreach.db import db
from tests.factories.phone import holdings_hash
from tests.factories.sealing import SealedPhone
from tests.sync import deeds
from tests.sync.ground import Ground, holdings
from tests.sync.oracle import answering
from tests.sync.oracle.seeing import read, wanted
from tests.sync.oracle.taking import Told
from tests.sync.oracle.world import Body, World

Ids = tuple[str, str, str]
# Whose the phones are: one of the pair has two.
OWNERS = (0, 0, 1, 2)
# It costs as much as an exchange.
LETTER_BY_LETTER = 3
LINES = ("until_the_end",) * 5 + (
    "waits",
    "answer_is_lost",
    "half_goes",
    "half_goes_unanswered",
    "goes_backwards",
    "goes_twice",
    "goes_one_by_one",
)
TROUBLES = (
    "sent_again",
    "sent_otherwise",
    "sent_by_another",
    "rests_on_an_older_answer",
    "is_at_odds_with_itself",
    "rests_on_a_foreign_answer",
)


@dataclass
class Hand:
    """A phone in a hand: what it holds, what it sent before, and the doors as it knows them."""

    phone: SealedPhone
    owner: str
    doors: dict[str, Ids]
    sent: list[Body] = field(default_factory=list)
    receipts: list[tuple[str | None, dict[str, str]]] = field(default_factory=list)
    had: set[str] = field(default_factory=set)
    lost: bool = False

    @property
    def versions(self) -> dict[str, str]:
        """What it holds."""
        return {id_: dossier["version"] for id_, dossier in self.phone.dossiers.items()}


class OnTheLine(RuleBasedStateMachine):
    """What people do and what the line does with it. `ground` is set by who runs it."""

    ground: Ground
    # Stories begun, of all machines of this class: how soon a planted bug was found.
    stories = 0

    def __init__(self) -> None:
        super().__init__()
        type(self).stories += 1
        self.world: World = self.ground.lay()
        self.told: dict[str, Told] = {}
        self.texts: dict[str, str] = {}
        self.closed: set[str] = set()
        self.touched = True
        self.arrivals = 0
        self.desk = deeds.Desk(
            self.world, (self.ground.guide, self.ground.consent_text), self.ground.teams
        )
        self.hands = [self.new_hand(self.ground.people[owner]) for owner in OWNERS]

    def learn(self) -> None:
        """Hear from the server which ids it chose; the other half of the machine looks there."""

    def new_hand(self, owner: str) -> Hand:
        """A phone that was just taken out of its box."""
        phone = SealedPhone(self.ground.app.test_client(), db.session.get_one(Account, owner))
        stops = self.world.stops.values()
        return Hand(phone, owner, {s.id: (s.household, s.conversation, s.plan) for s in stops})

    def teardown(self) -> None:
        """Nothing of a story is left open for the next."""
        db.session.remove()

    # What people do: it waits on their phone.

    def write(self, hand: Hand, name: str, door: int, a: int, b: int) -> None:
        """Do one thing; nobody writes of what their phone never had, but for a bug in an app."""
        stop = list(self.world.stops)[door]
        if stop not in hand.had and b != deeds.RARELY:
            return
        at = deeds.Door(self.desk, stop, hand.doors[stop], hand.owner, a, b)
        made_at = now().isoformat().replace("+00:00", "Z")
        for dossier, kind, body, schema in deeds.written(at, name):
            envelope = {"id": new_id(), "dossier_id": dossier, "kind": kind, "schema": schema}
            hand.phone.outbox.append(envelope | {"made_at": made_at, "body": body})

    @initialize(health=st.booleans())
    def a_day_begins(self, health: bool) -> None:
        """The pair has the round, and one of them a talk at the first door."""
        for hand in (self.hands[0], self.hands[2]):
            self.until_the_end(hand)
        for name in (*deeds.TALK, *(("yes to health",) if health else ())):
            self.write(self.hands[0], name, 0, 0, 0)
        self.until_the_end(self.hands[0])

    # The line.

    def exchange(self, hand: Hand, mutations: list[Body], **how: Any) -> Body | None:
        """One request; gives its answer, or None where nobody is answered."""
        arrives, more, telling = how.get("arrives", True), how.get("more", False), how.get("held")
        receipt, held = how.get("rests_on", (hand.phone.receipt, hand.versions))
        said = {
            "mutations": mutations,
            "receipt": receipt,
            "holdings_hash": holdings_hash(held),
            "more": more,
            "holdings": held if telling else None,
        }
        device = hand.phone.device_id
        reply = hand.phone.post(**said)
        self.touched = True
        if hand.owner in self.closed or hand.lost:
            assert reply.status_code == (401 if hand.owner in self.closed else 403)
            assert set(reply.get_json()) == {"type", "status", "title", "detail", "code", "errors"}
            return None
        assert reply.status_code == 200, reply.get_json()
        answer: Body = reply.get_json()
        said |= {"device_id": device, "held": held}
        heard = answering.hear(self.world, self.told, hand.owner, said)
        for one, came in zip(mutations, answer["outcomes"], strict=False):
            note(f"phone of {hand.owner[:4]}: {one['kind']} {one['body']}: {came}")
        self.learn()
        assert answer["ids"] == [one["id"] for one in mutations]
        faults = answering.faults(self.world, hand.owner, said, heard, answer)
        assert faults == [], faults
        self._compare_versions(answer)
        if arrives:
            self._apply(hand, answer, in_full=not more)
        return answer

    def _apply(self, hand: Hand, answer: Body, *, in_full: bool) -> None:
        known = {one["id"] for one in answer["outcomes"]}
        hand.sent += [one for one in hand.phone.outbox if one["id"] in known]
        if not answer["need_holdings"]:
            hand.receipts.append((hand.phone.receipt, hand.versions))
        hand.phone.apply(answer)
        for id_ in hand.doors:
            if id_ in hand.phone.dossiers:
                hand.had.add(id_)
                reserved = hand.phone.body(id_)["reserved"]
                names = ("household_id", "conversation_id", "plan_id")
                hand.doors[id_] = (reserved[names[0]], reserved[names[1]], reserved[names[2]])
        if in_full and not answer["need_holdings"] and not answer["more"]:
            self._holds_what_it_should(hand)

    def _holds_what_it_should(self, hand: Hand) -> None:
        """To the letter what the server says, and what the oracle says in short."""
        should = wanted(self.world, hand.owner)
        assert {id_: read(d) for id_, d in hand.phone.dossiers.items()} == should
        self.arrivals += 1
        if self.arrivals % LETTER_BY_LETTER == 0:
            assert hand.versions == holdings(hand.owner)

    def _compare_versions(self, answer: Body) -> None:
        """Equal content has an equal version, other content another."""
        for dossier in answer["dossiers"]:
            text = json.dumps([dossier["kind"], dossier["body"]], sort_keys=True)
            assert self.texts.setdefault(dossier["version"], text) == text
            assert self.texts.setdefault(text, dossier["version"]) == dossier["version"]

    def until_the_end(self, hand: Hand) -> None:
        """Exchange until nothing is left to say."""
        for _ in range(30):
            answer = self.exchange(hand, hand.phone.outbox)
            if answer and answer["need_holdings"]:
                answer = self.exchange(hand, hand.phone.outbox, held=True)
            if answer is None or not answer["more"]:
                return
        raise AssertionError("the exchange does not end")

    # How work ends.

    def waits(self, hand: Hand) -> None:
        """No line, or no time."""

    def answer_is_lost(self, hand: Hand) -> None:
        """All is sent; what the server answers never arrives."""
        self.exchange(hand, hand.phone.outbox, arrives=False)

    def half_goes(self, hand: Hand) -> None:
        """The first of what waits; further parts would follow, and perhaps never do."""
        self.exchange(hand, hand.phone.outbox[: len(hand.phone.outbox) // 2], more=True)

    def half_goes_unanswered(self, hand: Hand) -> None:
        """As before, and its answer is lost."""
        half = hand.phone.outbox[: len(hand.phone.outbox) // 2]
        self.exchange(hand, half, more=True, arrives=False)

    def goes_backwards(self, hand: Hand) -> None:
        """In the wrong order, in one request."""
        self.exchange(hand, hand.phone.outbox[::-1])

    def goes_twice(self, hand: Hand) -> None:
        """The line delivers one request two times."""
        self.exchange(hand, hand.phone.outbox, arrives=False)
        self.exchange(hand, hand.phone.outbox)

    def goes_one_by_one(self, hand: Hand) -> None:
        """A request for each thing."""
        for one in list(hand.phone.outbox):
            self.exchange(hand, [one], more=True)

    # Trouble.

    def sent_again(self, hand: Hand, _other: Hand, a: int) -> None:
        """What arrived before comes once more."""
        self.exchange(hand, hand.sent[a::3][:4])

    def sent_otherwise(self, hand: Hand, _other: Hand, a: int) -> None:
        """Under an id that came before comes another body."""
        again = hand.sent[a::3][:2]
        self.exchange(hand, [one | {"body": one["body"] | {"by": "hand"}} for one in again])

    def sent_by_another(self, hand: Hand, other: Hand, _a: int) -> None:
        """Another phone says what this one said; under another name it is refused."""
        self.exchange(other, hand.sent[-2:])

    def rests_on_an_older_answer(self, hand: Hand, _other: Hand, a: int) -> None:
        """As a phone does that never got the last answers."""
        if hand.receipts:
            rests_on = hand.receipts[-1 - a % min(5, len(hand.receipts))]
            self.exchange(hand, hand.phone.outbox, rests_on=rests_on, arrives=False)

    def is_at_odds_with_itself(self, hand: Hand, _other: Hand, a: int) -> None:
        """An older receipt, and a hash over what it holds today."""
        if hand.receipts:
            receipt = hand.receipts[-1 - a % min(5, len(hand.receipts))][0]
            self.exchange(hand, hand.phone.outbox, rests_on=(receipt, hand.versions))

    def rests_on_a_foreign_answer(self, hand: Hand, other: Hand, _a: int) -> None:
        """It names what another phone was given, and holds just that."""
        if hand is not other:
            rests_on = (other.phone.receipt, other.versions)
            self.exchange(hand, hand.phone.outbox, rests_on=rests_on, arrives=False)

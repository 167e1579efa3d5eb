"""The desk, and what must hold after each step: the second half of the state machine."""

import random
from base64 import b64decode
from dataclasses import dataclass

import hypothesis.strategies as st
from hypothesis.stateful import invariant, rule
from sqlalchemy import select

from outreach.access.actor import actor_of
from outreach.access.models import Account, Device
from outreach.db import db
from outreach.sync import escrow, quarantine, settlement
from outreach.sync.models import Quarantined
from tests.factories.sealing import spki
from tests.factories.town import headers_for
from tests.model import deeds as desk
from tests.sync.deeds import WEIGHED
from tests.sync.ground import look, table_faults
from tests.sync.machine import LINES, OWNERS, TROUBLES, Hand, OnTheLine
from tests.sync.oracle import answering, consents
from tests.sync.oracle.seeing import alive
from tests.sync.oracle.taking import decide

# Who may walk the round: a pair, the other two pairs there are, and one alone.
PAIRS = ((0, 1), (0, 2), (1, 2), (2,))
AT_THE_DESK = (
    "a_coordinator_decides",
    "a_coordinator_decides",
    "a_coordinator_throws_out_what_waits",
    "a_coordinator_throws_out_what_waits",
    "a_coordinator_throws_out_what_waits",
    "a_phone_is_lost",
    "words_are_forgotten",
    "an_account_is_closed",
    "accounts_are_opened",
    "accounts_are_opened",
    "the_round_is_given_to_others",
    "the_round_is_given_to_others",
    "a_household_asks_the_town_hall",
    "new_escrow_keys",
)


@dataclass(frozen=True)
class Step:
    """One step of a story: who does what, and then what happens. Numbers choose where it says a."""

    then: str
    phone: int
    other: int
    a: int
    deeds: tuple[tuple[str, int, int, int], ...] = ()


def a_step(dice: random.Random) -> Step:
    """Mostly people at work; now and then the line, or the desk.

    Drawn from one seed: Hypothesis may leave steps out of a story, but not make them all alike.
    """
    phone, other = dice.randrange(len(OWNERS)), dice.randrange(len(OWNERS))
    chance, a = dice.randrange(10), dice.randrange(8)
    if chance == 9:
        return Step(dice.choice(TROUBLES), phone, other, a)
    if chance >= 7:
        return Step(dice.choice(AT_THE_DESK), phone, other, a)
    deeds = tuple(
        (dice.choice(WEIGHED), dice.randrange(2), dice.randrange(8), dice.randrange(8))
        for _ in range(dice.randint(1, 6))
    )
    return Step(dice.choice(LINES), phone, other, a, deeds)


class Story(OnTheLine):
    """One story: people, line and desk in any order."""

    @rule(step=st.randoms(use_true_random=True).map(a_step))
    def comes(self, step: Step) -> None:
        """The next thing in the story."""
        hand, other = self.hands[step.phone], self.hands[step.other]
        for name, door, a, b in step.deeds:
            self.write(hand, name, door, a, b)
        if step.then in AT_THE_DESK:
            getattr(self, step.then)(step.phone, step.a)
        elif step.then in TROUBLES:
            getattr(self, step.then)(hand, other, step.a)
        else:
            getattr(self, step.then)(hand)

    def a_phone_is_lost(self, phone: int, a: int) -> None:
        """Reported lost; found again it only hands over, and its owner begins anew."""
        hand = self.hands[phone]
        if hand.phone.device_id not in self.world.devices or hand.owner in self.closed:
            return
        desk.revoke({"device": hand.phone.device_id})
        self.world.devices[hand.phone.device_id].revoked = hand.lost = True
        self.exchange(hand, hand.phone.outbox)
        if a % 2:
            self._hand_over(hand, "revoked")
        self.hands[phone] = self.new_hand(hand.owner)

    def words_are_forgotten(self, phone: int, _a: int) -> None:
        """What waited is handed over sealed, and the phone holds nothing any more."""
        hand = self.hands[phone]
        if hand.phone.device_id in self.world.devices:
            self._hand_over(hand, "forgotten")
            hand.phone.dossiers, hand.phone.receipt = {}, None

    def _hand_over(self, hand: Hand, why: str) -> None:
        device = db.session.get_one(Device, hand.phone.device_id)
        device.signing_key = b64decode(spki(hand.phone.signing))
        hand.phone.escrow_key = escrow.shown(escrow.current_key(self.ground.municipality))
        db.session.commit()
        waits = hand.phone.outbox
        reply = hand.phone.hand_over(hand.phone.boxes(why))
        assert reply.status_code == 200, reply.get_json()
        whose = (hand.owner, hand.phone.device_id)
        expected = answering.hear_boxes(self.world, self.told, whose, waits, why)
        came = [(one["id"], one["outcome"], one["code"]) for one in reply.get_json()["outcomes"]]
        assert came == expected
        hand.sent += waits
        hand.phone.outbox = []
        self.touched = True

    def an_account_is_closed(self, phone: int, _a: int) -> None:
        """Its phones are answered nothing, until it is opened again."""
        account = self.hands[phone].owner
        desk.close_account({"account": account})
        self.closed.add(account)

    def accounts_are_opened(self, _phone: int, _a: int) -> None:
        """Everybody who was shut out may go on."""
        for account in sorted(self.closed):
            desk.sign_in({"account": account})
        self.closed.clear()

    def the_round_is_given_to_others(self, _phone: int, a: int) -> None:
        """The supervisor sends others."""
        members = [self.ground.people[person] for person in PAIRS[a % len(PAIRS)]]
        desk.reassign({"round": self.ground.round, "pair": members})
        self.world.members = set(members)

    def a_household_asks_the_town_hall(self, _phone: int, a: int) -> None:
        """Thrown away from the desk."""
        stop = list(self.world.stops.values())[a % 2]
        said = {"municipality": self.ground.municipality, "household": stop.household}
        assert desk.erase(said) == {"done": True}
        assert desk.erase(said) == {"done": False}
        consents.erase(self.world, stop.household, None)
        self.touched = True
        self.learn()

    def new_escrow_keys(self, _phone: int, _a: int) -> None:
        """Phones seal to another key from now on."""
        rotated = desk.rotate({"municipality": self.ground.municipality})
        self.world.escrow_key = rotated["key"]

    def a_coordinator_decides(self, phone: int, a: int) -> None:
        """What waits is applied after all, or thrown out."""
        waiting = [kept for kept in self.world.kept if kept.state == "waiting"]
        if not waiting:
            return
        kept = waiting[a % len(waiting)]
        applies = phone % 2 == 0
        row = self.seen.row_of[kept.said.id]
        coordinator = db.session.get_one(Account, self.ground.coordinator)
        client, headers = self.ground.app.test_client(), headers_for(coordinator)
        if applies:
            read = {"json": {"reason": "nagaan"}, "headers": headers}
            assert client.post(f"/v1/quarantine/{row}/opening", **read).status_code == 200
        reply = client.post(
            f"/v1/quarantine/{row}/settlement",
            json={"decision": "apply" if applies else "discard", "reason": "nagevraagd"},
            headers=headers,
        )
        decided = decide(self.world, kept, applies=applies)
        assert reply.status_code == (200 if decided else 409), reply.get_json()
        self.touched = True

    def a_coordinator_throws_out_what_waits(self, _phone: int, _a: int) -> None:
        """Nothing of it holds up what comes after it any more; kept it is for ninety days."""
        coordinator = actor_of(db.session.get_one(Account, self.ground.coordinator))
        waiting = select(Quarantined).where(Quarantined.state == quarantine.WAITING)
        for row in db.session.scalars(waiting.order_by(Quarantined.id)).all():
            settlement.discard(coordinator, row, "nagevraagd")
        db.session.commit()
        for kept in self.world.kept:
            if kept.state == "waiting":
                decide(self.world, kept, applies=False)
        self.touched = True

    def learn(self) -> None:
        """Look into the tables: nothing lost, nothing twice, all readable, gone is gone.

        The ids that the server chose are known from then on.
        """
        self.seen = look()
        told = [(id_, one.outcome, one.code) for id_, one in self.told.items()]
        faults = table_faults(self.world, told, self.seen)
        assert not faults, faults
        should = alive(self.world)
        back, lost = self.seen.marks - should, should - self.seen.marks
        assert not back, f"thrown away, and still there: {back}"
        assert not lost, f"nowhere to be found: {lost}"
        self.touched = False

    @invariant()
    def what_stands_is_what_should(self) -> None:
        """After every step, whoever took it."""
        if self.touched:
            self.learn()

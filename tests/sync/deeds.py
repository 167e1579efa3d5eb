"""What volunteers do, as their phones say it: good, stale, of a newer app, or of a wrong shape.

A deed is drawn as a name and three small numbers, so that a failing story is short to read. Each
text is typed once.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from outreach.clock import new_id
from tests.sync.oracle.plans import GOAL, RESULT, STEP
from tests.sync.oracle.world import HEALTH, NEWEST, Body, Household, Stop, World

DAY = "2026-02-03"
DOMAINS = ("money_and_schemes", HEALTH)
OUTCOMES: tuple[tuple[str, Body], ...] = (
    ("not_home", {}),
    ("conversation", {}),
    ("refused", {"scope": "campaign"}),
    ("refused", {"scope": "always"}),
    ("later", {"date": "2026-02-10", "day_part": "evening"}),
    ("unsafe", {}),
    ("", {}),
)
# Of the numbers that choose, 0 to 7.
RARELY = 7
# Envelopes in the making: dossier, kind, body, and the schema it is written in.
Draft = tuple[str, str, Body, int]


@dataclass
class Desk:
    """What there is to write about. `made` are the ids that phones made, by household and kind."""

    world: World
    texts: tuple[str, str]
    teams: tuple[str, str]
    made: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    # Of a consent to share.
    receivers: dict[str, str] = field(default_factory=dict)
    words: int = 0

    def word(self) -> str:
        """A text that nobody typed before."""
        self.words += 1
        return f"merk-{self.words}"


@dataclass
class Door:
    """One door as a phone knows it, and the numbers that choose."""

    desk: Desk
    stop: str
    ids: tuple[str, str, str]
    account: str
    a: int
    b: int

    @property
    def household(self) -> str:
        """The id under which this phone knows the household."""
        return self.ids[0]

    @property
    def now(self) -> Household | None:
        """What the server has of it."""
        return self.desk.world.households.get(self.household)

    @property
    def here(self) -> Stop:
        """What the server has of the door."""
        return self.desk.world.stops[self.stop]

    def new(self, kind: str) -> str:
        """The id of something new."""
        self.desk.made[self.household, kind].append(new_id())
        return self.desk.made[self.household, kind][-1]

    def some(self, kind: str) -> str:
        """The id of something that was made before by anybody, sent or not; else a new one."""
        known = self.desk.made[self.household, kind]
        return known[self.a % len(known)] if known else self.new(kind)

    @property
    def domain(self) -> str:
        """A life domain; health mostly where they were asked about that."""
        asked = self.desk.made[self.household, "consent health"] or self.b == RARELY
        return ("", DOMAINS[0], HEALTH if asked else "")[self.a % 3]

    def about(self, kind: str, /, **body: Any) -> Draft:
        """A mutation of the household. A body field `from_` means `from`."""
        if "from_" in body:
            body["from"] = body.pop("from_")
        return self.household, kind, body, NEWEST


def _visit(door: Door) -> Draft:
    outcome, details = OUTCOMES[door.a % len(OUTCOMES)]
    shows = door.here.attempt.outcome if door.here.attempt else ""
    stale = OUTCOMES[door.b % len(OUTCOMES)][0]
    body = {"outcome": outcome, "from": shows if door.b % 2 else stale, "details": details}
    return door.stop, "visit.record", body | {"date": DAY, "day_part": "afternoon"}, NEWEST


def _notice(door: Door) -> Draft:
    return door.stop, "door.notice", {"notice": "dog", "on": door.a % 2 == 0}, NEWEST


def _leave(door: Door) -> Draft:
    return door.stop, "door.leave", {"on": door.a % 2 == 0}, NEWEST


def _worry(door: Door) -> Draft:
    id_ = door.some("concern") if door.b % 3 == 0 else door.new("concern")
    address = new_id() if door.b == RARELY else None
    body = {"concern_id": id_, "address_id": address, "facts": door.desk.word()}
    return door.household if door.a == RARELY else id_, "concern.raise", body, NEWEST


def _open(door: Door) -> Draft:
    guide, consent_text = door.desk.texts
    return door.about(
        "conversation.open",
        conversation_id=door.ids[1],
        stop_id=door.stop,
        guide_id=guide,
        consent_text_id=consent_text,
        noted=door.b % 4 != 3,
        date=DAY,
    )


def _close(door: Door) -> Draft:
    return door.about("conversation.close", conversation_id=door.ids[1])


def _consent(purpose: str, *, given: bool = True) -> Callable[[Door], Draft]:
    def say(door: Door) -> Draft:
        team = door.desk.teams[door.a % 2] if purpose == "share" else None
        consent = door.new(f"consent {purpose}")
        if team:
            door.desk.receivers[consent] = team
        return door.about(
            "consent.record",
            consent_id=consent,
            conversation_id=door.ids[1],
            purpose=purpose,
            given=given,
            consent_text_id=door.desk.texts[1],
            language="nl",
            how="spoken",
            team_id=team,
        )

    return say


def _withdraw(door: Door) -> Draft:
    purpose = ("note", "health", "contact", "share")[door.b % 4]
    return door.about("consent.withdraw", consent_id=door.some(f"consent {purpose}"))


def _contact(door: Door) -> Draft:
    return door.about(
        "contact.set",
        called_name=door.desk.word(),
        channel=("phone", "mail")[door.a % 2],
        value=door.desk.word(),
        when="",
        voicemail_ok=door.b % 2 == 0,
    )


def _assess(door: Door) -> Draft:
    domain = door.domain or DOMAINS[0]
    shows = door.now.talk.answers.get(domain) if door.now else None
    answers = ("goes_well", "could_be_better", "help_wanted")
    return door.about(
        "domain.assess",
        conversation_id=door.ids[1],
        domain=domain,
        answer=answers[door.b % 3],
        from_=shows if door.a % 3 else answers[door.a % 3],
    )


def _note(door: Door) -> Draft:
    return door.about(
        "note.add",
        note_id=door.some("note") if door.b == RARELY else door.new("note"),
        conversation_id=door.ids[1],
        domain=door.domain,
        position=door.b,
        text=door.desk.word(),
    )


def _amend(door: Door) -> Draft:
    id_ = door.some("note")
    note = door.now.talk.notes.get(id_) if door.now else None
    shows = [*note.originals, note.text] if note else ["iets anders"]
    from_ = shows[0] if door.b % 3 == 0 else shows[-1]
    return door.about("note.amend", note_id=id_, text=door.desk.word(), from_=from_)


def _take_out(door: Door) -> Draft:
    return door.about("note.remove", note_id=door.some("note"))


def _goal(door: Door) -> Draft:
    again = door.b % 3 == 0
    id_ = door.some("goal") if again else door.new("goal")
    goal = door.now.goals.get(id_) if door.now else None
    before = {name: getattr(goal, name) for name in GOAL} if goal else None
    if before and not door.a % 2:
        before["text"] = "iets anders"
    return door.about(
        "goal.set",
        goal_id=id_,
        plan_id=door.ids[2],
        conversation_id=door.ids[1],
        position=door.b,
        domain=door.domain,
        text=door.desk.word(),
        from_=before,
    )


def _step(door: Door) -> Draft:
    again = door.b % 3 == 0
    id_ = door.some("step") if again else door.new("step")
    goals = door.now.goals.values() if door.now else ()
    step = next((goal.steps[id_] for goal in goals if id_ in goal.steps), None)
    before = {name: step[name] for name in STEP} if step else None
    if before and door.a % 2:
        before["text"] = "iets anders"
    return door.about(
        "step.set",
        step_id=id_,
        goal_id=door.some("goal"),
        position=door.b,
        text=door.desk.word(),
        who="resident",
        who_name="",
        by="vrijdag",
        from_=before,
    )


def _status(door: Door) -> Draft:
    statuses = ("open", "done", "partly")
    said = {"status": statuses[door.b % 3], "from_": statuses[door.a % 3]}
    return door.about("step.set_status", step_id=door.some("step"), **said)


def _known(door: Door, id_: str, names: tuple[str, ...]) -> Body | None:
    """What a phone may have seen of an aftercare: as it stands, or nothing at all."""
    found = door.now.aftercares.get(id_) if door.now else None
    return {name: found[name] for name in names} if found and door.a % 2 else None


def _aftercare(door: Door) -> Draft:
    id_ = door.some("aftercare") if door.b % 2 else door.new("aftercare")
    return door.about(
        "aftercare.plan",
        aftercare_id=id_,
        from_=_known(door, id_, ("due_on", "day_part", "kind")),
        plan_id=door.ids[2],
        due_on=f"2026-03-{10 + door.a}",
        day_part="morning",
        kind=("visit", "call")[door.a % 2],
    )


def _come_back(door: Door) -> Draft:
    id_ = door.some("aftercare")
    return door.about(
        "aftercare.record",
        aftercare_id=id_,
        from_=_known(door, id_, RESULT),
        outcome=("spoken", "no_answer", "moved")[door.b % 3],
        more_help=door.a % 2 == 0,
        close=door.b % 2 == 0,
    )


def _offer(door: Door) -> Draft:
    consent = door.some("consent share")
    agreed = door.desk.receivers.get(consent, door.desk.teams[0])
    return door.about(
        "handover.offer",
        handover_id=door.some("handover") if door.a % 2 else door.new("handover"),
        conversation_id=door.ids[1],
        consent_id=consent,
        team_id=door.desk.teams[door.b % 2] if door.a == RARELY else agreed,
        why=door.desk.word(),
        urgency=("ordinary", "soon", "crisis")[door.a % 3],
        domains=[*DOMAINS][: 1 + door.b % 2],
        company_wanted=door.b % 3 == 0,
        called_at=None,
    )


def _settle(door: Door) -> Draft:
    mine = (door.stop, door.household)
    known = [d for d in door.desk.world.differences if d.dossier in mine and d.id]
    if not known:
        return door.about("difference.settle", difference_id=new_id(), keep="shown")
    difference = known[door.a % len(known)]
    body = {"difference_id": difference.id, "keep": ("shown", "other")[door.b % 2]}
    return difference.dossier, "difference.settle", body, NEWEST


def _throw_away(door: Door) -> Draft:
    anew = {name: new_id() for name in ("household_id", "conversation_id", "plan_id")}
    body = {"stop_id": door.stop} | anew if door.b % 3 else {}
    return door.household, "dossier.discard", body, NEWEST


def _newer_kind(door: Door) -> Draft:
    return door.about("note.colour", note_id=door.some("note"), text=door.desk.word())


def _newer_words(door: Door) -> Draft:
    dossier, kind, body, _ = _note(door)
    return dossier, kind, body, 9


def _wrong_shape(door: Door) -> Draft:
    makers = (_note, _goal, _assess, _contact, _visit, _step)
    dossier, kind, body, schema = makers[door.a % len(makers)](door)
    if door.b % 2:
        return dossier, kind, body | {"colour": door.desk.word()}, schema
    del body[sorted(body)[door.b % len(body)]]
    return dossier, kind, body, schema


DEEDS: dict[str, Callable[[Door], Draft]] = {
    "visit": _visit,
    "notice": _notice,
    "leave": _leave,
    "worry": _worry,
    "open": _open,
    "close": _close,
    "yes to notes": _consent("note"),
    "no to notes": _consent("note", given=False),
    "yes to health": _consent("health"),
    "no to health": _consent("health", given=False),
    "yes to contact": _consent("contact"),
    "yes to sharing": _consent("share"),
    "no to sharing": _consent("share", given=False),
    "withdraw": _withdraw,
    "contact": _contact,
    "assess": _assess,
    "note": _note,
    "amend": _amend,
    "take out": _take_out,
    "goal": _goal,
    "remove goal": lambda door: door.about("goal.remove", goal_id=door.some("goal")),
    "step": _step,
    "remove step": lambda door: door.about("step.remove", step_id=door.some("step")),
    "status": _status,
    "aftercare": _aftercare,
    "come back": _come_back,
    "offer": _offer,
    "withdraw offer": lambda door: door.about(
        "handover.withdraw", handover_id=door.some("handover")
    ),
    "settle": _settle,
    "throw away": _throw_away,
    "newer kind": _newer_kind,
    "newer words": _newer_words,
    "wrong shape": _wrong_shape,
}
# A talk as it mostly goes, so that the rest has something to be about.
TALK = ("open", "yes to notes", "note", "assess")
AT_THE_DOOR = {"visit", "notice", "leave", "worry", "settle", "open"}
SELDOM = (
    "leave",
    "open",
    "close",
    "no to health",
    "no to sharing",
    "no to notes",
    "withdraw",
    "newer kind",
    "newer words",
    "wrong shape",
    "throw away",
)
OFTEN = tuple(name for name in DEEDS if name not in SELDOM)
# By how often people do it.
WEIGHED = (*SELDOM, *OFTEN * 5)
# What is mostly done first, and what it leaves behind.
NEEDS = {
    "contact": ("yes to contact", "consent contact"),
    "offer": ("yes to sharing", "consent share"),
    "withdraw offer": ("offer", "handover"),
    "amend": ("note", "note"),
    "take out": ("note", "note"),
    "remove goal": ("goal", "goal"),
    "step": ("goal", "goal"),
    "remove step": ("step", "step"),
    "status": ("step", "step"),
    "come back": ("aftercare", "aftercare"),
}


def written(door: Door, name: str) -> list[Draft]:
    """What a deed comes to; mostly with what must be there first."""
    made = door.desk.made
    if name == "settle" and not any(d.id and not d.settled for d in door.desk.world.differences):
        name = "visit"
    drafts = []
    if door.a != RARELY:
        if name not in AT_THE_DOOR and not made[door.household, "talk"]:
            drafts = [draft for one in TALK for draft in written(door, one)]
        elif name in NEEDS and not made[door.household, NEEDS[name][1]]:
            drafts = written(door, NEEDS[name][0])
    if name == "open":
        made[door.household, "talk"].append(door.ids[1])
    return [*drafts, DEEDS[name](door)]

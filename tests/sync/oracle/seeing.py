"""Who may see what: the dossiers that an account's phone should hold, in short.

`wanted` says it from the oracle's world, `read` from a dossier as the server gave it; the two must
be equal. What is fixed (an address, a guide's text) is left out on both sides.
"""

import re
from collections.abc import Iterable
from typing import Any

from tests.sync.oracle import consents
from tests.sync.oracle.world import HEALTH, Body, Difference, Household, Stop, World

# Every text that anybody types is one of these, and each is typed once.
MARK = re.compile(r"merk-\d+")
OFFERED = ("team_id", "state", "urgency", "why", "company_wanted")
REACHED = ("called_name", "channel", "value", "when", "voicemail_ok")
EMPTY: Body = {
    "stop": None,
    "talk": None,
    "consents": [],
    "answers": {},
    "notes": [],
    "differences": [],
}


def marks_in(said: Any) -> set[str]:
    """Every text in whatever this is."""
    return set(MARK.findall(repr(said)))


def alive(world: World) -> set[str]:
    """Every text that must be readable somewhere on the server, and no other may be."""
    kept = [k.said.envelope for k in world.kept]
    return marks_in([world.households, world.concerns, world.differences, kept])


def _in_order(found: Iterable[Any]) -> list[Any]:
    return sorted(found, key=repr)


def wanted(world: World, account: str) -> dict[str, Any]:
    """What this account's phone holds, by dossier id."""
    held: dict[str, Any] = {account: ("profile", world.escrow_key)}
    walks = account in world.members
    if walks:
        held[world.round] = ("round", sorted(world.members), sorted(world.stops))
        held |= {id_: _stop(world, stop) for id_, stop in world.stops.items()}
    own = {id_: _household(world, h, account) for id_, h in _households(world, account)}
    if walks or own:
        held |= dict.fromkeys(world.texts, ("text",))
    return held | own


def _households(world: World, account: str) -> Iterable[tuple[str, Household]]:
    """Own talks of today, where they come back, and what they offered and waits for an answer."""
    for id_, household in world.households.items():
        comes_back = world.comes_back(account, household)
        offered = any(
            h["author"] == account and h["state"] == "offered" for h in household.handovers.values()
        )
        if household.talk.recorder == account or comes_back or offered:
            yield id_, household


def _stop(world: World, stop: Stop) -> Any:
    attempt = stop.attempt if stop.attempt and stop.attempt.outcome else None
    open_ones = world.open_differences(("contact_attempt", stop.attempt_id))
    return (
        "stop",
        [stop.attempt_id, stop.household, stop.conversation, stop.plan],
        [attempt.outcome, attempt.details, attempt.by] if attempt else None,
        sorted(stop.notices),
        stop.left,
        _in_order([d.field, d.shown, d.other] for d in open_ones),
    )


def _household(world: World, household: Household, account: str) -> Body:
    """Its recorder reads the talk; who comes or came back only the plan and how to reach them."""
    recorder = household.talk.recorder == account
    near = recorder or any(a["by"] == account for a in household.aftercares.values())
    contact = household.contact if near and consents.agreed(household, "contact") else {}
    return {
        "role": "recorder" if recorder else "aftercare",
        "at_door": household.at_door,
        "contact": list(contact.values()) if contact.get("contact_channel") else None,
        "plan": _plan(household) if near else None,
        "aftercares": _in_order(
            [id_, a["by"], a["due_on"], a["outcome"], a["more_help"], a["close"]]
            for id_, a in household.aftercares.items()
            if near
        ),
        "handovers": _in_order(
            [id_, *(h[name] for name in OFFERED), sorted(h["domains"])]
            for id_, h in household.handovers.items()
            if h["author"] == account
        ),
    } | (_talk(world, household) if recorder else EMPTY | _of_plan(world, household, near=near))


def _of_plan(world: World, household: Household, *, near: bool) -> Body:
    """Who comes back sees what is differed on about the plan, and nothing else of that."""
    kinds = ("goal", "step", "aftercare") if near else ()
    found = [d for d in _differences(world, household) if d.about[0] in kinds]
    return {"differences": _in_order([d.about[0], d.field, d.shown, d.other] for d in found)}


def _differences(world: World, household: Household) -> list[Difference]:
    return [
        d
        for d in world.differences
        if d.dossier == household.id and not d.settled and _in_sight(household, d)
    ]


def _talk(world: World, household: Household) -> Body:
    """Out of sight while consent to it is gone or in dispute."""
    talk = household.talk
    noted = consents.agreed(household, "note")
    asked = {(c.purpose, c.team) for c in household.consents}
    standing = [consents.standing(household, *question) for question in asked]
    return {
        "stop": talk.stop,
        "talk": [talk.id, talk.noted, talk.state],
        "consents": _in_order(
            [c.id, c.purpose, c.given, c.team, c.withdrawn] for c in standing if c
        ),
        "answers": {d: a for d, a in talk.answers.items() if noted and _sees(household, d)},
        "notes": [
            [id_, n.domain, n.text]
            for id_, n in sorted(talk.notes.items(), key=lambda one: (one[1].position, one[0]))
            if noted and _sees(household, n.domain)
        ],
        "differences": _in_order(
            [d.about[0], d.field, d.shown, d.other] for d in _differences(world, household)
        ),
    }


def _in_sight(household: Household, difference: Difference) -> bool:
    """What two people differ about is in sight as long as what it is about is."""
    kind, id_ = difference.about
    if kind == "household":
        return consents.agreed(household, "contact")
    goals = {g: goal.domain for g, goal in household.goals.items()}
    steps = {s: goal.domain for goal in household.goals.values() for s in goal.steps}
    notes = {n: note.domain for n, note in household.talk.notes.items()}
    domains = {
        "note": notes.get(id_),
        "assessment": difference.field,
        "goal": goals.get(id_),
        "step": steps.get(id_),
    }
    domain = domains.get(kind)
    return domain is None or (consents.agreed(household, "note") and _sees(household, domain))


def _sees(household: Household, domain: str) -> bool:
    return domain != HEALTH or consents.agreed(household, "health")


def _plan(household: Household) -> Any:
    if household.plan is None or not household.talk.noted:
        return None
    goals = [
        (g.position, id_, g) for id_, g in household.goals.items() if _sees(household, g.domain)
    ]
    return [
        household.plan,
        [
            [id_, g.domain, g.text, [list(s.values()) for s in _steps(g.steps)]]
            for _, id_, g in sorted(goals, key=lambda one: one[:2])
        ],
    ]


def _steps(steps: dict[str, Body]) -> list[Body]:
    return [s for _, s in sorted(steps.items(), key=lambda one: (one[1]["position"], one[0]))]


def read(dossier: Body) -> Any:
    """A dossier of the server, in the same short form."""
    kind, body = dossier["kind"], dossier["body"]
    if kind == "profile":
        return ("profile", body["escrow_key"]["id"])
    if kind == "round":
        stops = sorted(stop["id"] for stop in body["stops"])
        return ("round", sorted(one["id"] for one in body["pair"]), stops)
    if kind == "stop":
        attempt = body["attempt"]
        names = ("attempt_id", "household_id", "conversation_id", "plan_id")
        return (
            "stop",
            [body["reserved"][name] for name in names],
            [attempt["outcome"], attempt["details"], attempt["by"]] if attempt else None,
            body["notices"],
            body["left"],
            _in_order([d["field"], d["shown"], d["other"]] for d in body["differences"]),
        )
    return _read_household(body) if kind == "household" else ("text",)


def _read_household(body: Body) -> Body:
    talk, plan, contact = body["conversation"], body["plan"], body["contact"]
    step = ("position", "text", "who", "who_name", "by", "status")
    return {
        "role": body["role"],
        "at_door": body["address"] is not None,
        "contact": [contact[name] for name in REACHED] if contact else None,
        "plan": plan
        and [
            plan["id"],
            [
                [g["id"], g["domain"], g["text"], [[s[n] for n in step] for s in g["steps"]]]
                for g in plan["goals"]
            ],
        ],
        "aftercares": _in_order(
            [a["id"], a["account_id"], a["due_on"], a["outcome"], a["more_help"], a["closed"]]
            for a in body["aftercares"]
        ),
        "handovers": _in_order(
            [h["id"], *(h[name] for name in OFFERED), h["domains"]] for h in body["handovers"]
        ),
        "stop": body["stop_id"],
        "talk": talk and [talk["id"], talk["noted"], talk["state"]],
        "consents": _in_order(
            [c["id"], c["purpose"], c["given"], c["team_id"], c["withdrawn_at"] is not None]
            for c in body["consents"]
        ),
        "answers": body["assessments"],
        "notes": [[n["id"], n["domain"], n["text"]] for n in body["notes"]],
        "differences": _in_order(
            [d["object_kind"], d["field"], d["shown"], d["other"]] for d in body["differences"]
        ),
    }

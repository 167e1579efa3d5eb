"""What comes of each mutation: once, in order, and for ever the same."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from tests.sync.oracle import consents, doors, plans, settling, talks, worries
from tests.sync.oracle.world import (
    NEWEST,
    Aside,
    Body,
    Gone,
    Kept,
    Said,
    World,
    is_about_health,
)

Outcome = tuple[str, str]
OFFER = (
    "handover_id conversation_id consent_id team_id why urgency domains company_wanted called_at"
)
ACTS: dict[str, tuple[Callable[[World, Said], str], str]] = {
    "visit.record": (doors.record_visit, "outcome from details date day_part"),
    "door.notice": (doors.notice, "notice on"),
    "door.leave": (doors.leave, "on"),
    "conversation.open": (
        talks.open_talk,
        "conversation_id stop_id guide_id consent_text_id noted date",
    ),
    "conversation.close": (talks.close_talk, "conversation_id"),
    "consent.record": (
        consents.record,
        "consent_id conversation_id purpose given consent_text_id language how team_id",
    ),
    "consent.withdraw": (consents.withdraw, "consent_id"),
    "contact.set": (talks.set_contact, "called_name channel value when voicemail_ok"),
    "domain.assess": (talks.assess, "conversation_id domain answer from"),
    "note.add": (talks.add_note, "note_id conversation_id domain position text"),
    "note.amend": (talks.amend_note, "note_id text from"),
    "note.remove": (talks.remove_note, "note_id"),
    "goal.set": (plans.set_goal, "goal_id plan_id conversation_id position domain text from"),
    "goal.remove": (plans.remove_goal, "goal_id"),
    "step.set": (plans.set_step, "step_id goal_id position text who who_name by from"),
    "step.remove": (plans.remove_step, "step_id"),
    "step.set_status": (plans.set_status, "step_id status from"),
    "aftercare.plan": (plans.plan_aftercare, "aftercare_id plan_id due_on day_part kind from"),
    "aftercare.record": (plans.record_aftercare, "aftercare_id outcome more_help close from"),
    "handover.offer": (plans.offer, OFFER),
    "handover.withdraw": (plans.withdraw_offer, "handover_id"),
    "concern.raise": (worries.raise_concern, "concern_id address_id facts"),
    "difference.settle": (settling.settle, "difference_id keep"),
}
DISCARD = "dossier.discard"
ERASING = {DISCARD, "note.remove", "consent.withdraw"}
AT_THE_DOOR = {"visit.record", "door.notice", "door.leave"}
OF_THE_PLAN = {
    *("goal.set", "goal.remove", "step.set", "step.remove", "step.set_status"),
    *("aftercare.plan", "aftercare.record", "handover.offer", "handover.withdraw"),
}
# What people typed, by the consent that lets us keep it.
RESTS_ON_NOTE = {
    *("note.add", "note.amend", "domain.assess", "goal.set", "step.set", "step.set_status"),
}
# The newest words that this server knows.


@dataclass(frozen=True)
class Told:
    """What came of a mutation, and of which: the same again is told the same."""

    author: str
    said: str
    kind: str
    dossier: str
    outcome: str
    code: str


def _words(said: Said) -> str:
    return json.dumps([said.dossier, said.kind, said.body], sort_keys=True)


def take(world: World, told: dict[str, Told], said: Said, sealed: str = "") -> Outcome:
    """The outcome of one mutation and its code; `sealed` says why it came in a box."""
    before = told.get(said.id)
    if before is not None:
        return _again(world, before, said)
    outcome, code = _waits(world, said, sealed) if sealed else _first(world, said)
    told[said.id] = Told(said.author, _words(said), said.kind, said.dossier, outcome, code)
    world.wrote.add((said.device, said.dossier))
    return outcome, code


def _again(world: World, before: Told, said: Said) -> Outcome:
    if (before.author, before.said) != (said.author, _words(said)):
        return "refused", "same-id-other-body"
    if before.kind != DISCARD and before.dossier in world.erased:
        return "erased", "dossier-erased"
    outcome = "already_applied" if before.outcome == "applied" else before.outcome
    return outcome, before.code


def _first(world: World, said: Said) -> Outcome:
    if said.dossier in world.erased:
        return "erased", "dossier-erased"
    waits = any(
        (k.said.dossier, k.said.author, k.state) == (said.dossier, said.author, "waiting")
        for k in world.kept
    )
    if waits and said.kind not in ERASING:
        return _waits(world, said, "follows-another")
    try:
        _understand(said)
        _check_right(world, said)
        return act(world, said), ""
    except Gone:
        return "erased", "entry-erased"
    except Aside as why:
        return _waits(world, said, why.reason)


def act(world: World, said: Said) -> str:
    """The effect of what is understood and may be; raises Aside or Gone."""
    if said.kind == DISCARD:
        body = said.body
        names = ("household_id", "conversation_id", "plan_id")
        anew = (body[names[0]], body[names[1]], body[names[2]]) if body else None
        consents.erase(world, said.dossier, anew)
        return "applied"
    return ACTS[said.kind][0](world, said)


def decide(world: World, kept: Kept, *, applies: bool) -> bool:
    """A person applies what waits, or throws it out; False where it still does not fit."""
    if applies:
        try:
            _understand(kept.said)
            act(world, kept.said)
        except (Aside, Gone):
            return False
    kept.state = "applied" if applies else "discarded"
    return True


def _understand(said: Said) -> None:
    """A newer app says what nobody knows here; whatever is not of its shape does not fit."""
    if said.kind not in {*ACTS, DISCARD} or said.envelope["schema"] > NEWEST:
        raise Aside("unknown-kind")
    if said.kind != DISCARD and set(said.body) != set(ACTS[said.kind][1].split()):
        raise Aside("does-not-fit")


def _check_right(world: World, said: Said) -> None:
    if said.kind == "concern.raise":
        return  # whoever may raise one may raise any
    # A door that was given reserves the household's id: a talk there was theirs to begin.
    door = world.stop_of(said.dossier)
    given = {said.dossier, door.id} if door else {said.dossier}
    if not _holds(world, said) and not any((said.author, id_) in world.issued for id_ in given):
        raise Aside("no-right")


def _holds(world: World, said: Said) -> bool:
    """The pair of a round its doors and what those reserve; else recorder, or who comes back."""
    walks = said.author in world.members
    if said.dossier in world.stops:
        return walks and (said.kind in AT_THE_DOOR or said.kind == "difference.settle")
    if said.kind in AT_THE_DOOR:
        return False
    household = world.households.get(said.dossier)
    if walks and world.stop_of(said.dossier) is not None:
        return True
    if household is None:
        return False
    if household.talk.recorder == said.author:
        return True
    comes_back = world.comes_back(said.author, household)
    offered = any(h["author"] == said.author for h in household.handovers.values())
    settles = said.kind == "difference.settle"
    return ((said.kind in OF_THE_PLAN or settles) and comes_back) or (
        said.kind == "handover.withdraw" and offered
    )


def _waits(world: World, said: Said, reason: str) -> Outcome:
    """Put aside whole, unless the household lets nobody keep such words: erasure comes first."""
    if said.dossier in world.erased:
        return "erased", "dossier-erased"
    if not _may_wait(world, said):
        return "erased", "entry-erased"
    world.kept.append(Kept(said, reason))
    return "quarantined", reason


def _may_wait(world: World, said: Said) -> bool:
    body: Body = said.body
    taken_out = (said.dossier, "note", body.get("note_id")) in world.forgotten
    if said.kind in {"note.add", "note.amend"} and taken_out:
        return False
    asked: set[tuple[str, str | None]] = set()
    if said.kind in RESTS_ON_NOTE:
        asked.add(("note", None))
    if said.kind == "contact.set":
        asked.add(("contact", None))
    if is_about_health(body):
        asked.add(("health", None))
    if said.kind == "handover.offer" and body.get("team_id"):
        asked.add(("share", body["team_id"]))
    return all(consents.may_wait(world, purpose, said, team) for purpose, team in asked)

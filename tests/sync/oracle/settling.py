"""A person says which of two values stands."""

from tests.sync.oracle import consents, doors, plans
from tests.sync.oracle.differing import agree
from tests.sync.oracle.world import (
    Aside,
    Difference,
    Household,
    Said,
    World,
)

OF_PLANS = frozenset({"goal", "step", "aftercare"})


def settle(world: World, said: Said) -> str:
    """One value stands; the first choice stays."""
    found = [d for d in world.differences if d.id == said.body["difference_id"]]
    if not found or found[0].dossier != said.dossier:
        raise Aside("unknown-difference")
    difference, keep = found[0], said.body["keep"]
    if difference.settled:
        return "merged"
    kind, id_ = difference.about
    if kind not in OF_PLANS and not _was_there(world, said):
        raise Aside("no-right")
    if kind == "contact_attempt":
        doors.settle_attempt(world, difference, keep)
    elif kind == "consent":
        _consent(world, said, id_, keep)
    elif keep == "other":
        _other(world.households[said.dossier], kind, id_, difference)
    difference.settled = True
    if kind not in {"contact_attempt", "consent"}:
        stands = difference.shown if keep == "shown" else difference.other
        agree(world, (difference.about, difference.field), stands)
    return "applied"


def _was_there(world: World, said: Said) -> bool:
    """Of the pair at this door, or who heard the talk; others decide about the plan alone."""
    household = world.households.get(said.dossier)
    if household is not None and household.talk.recorder == said.author:
        return True
    at_door = said.dossier in world.stops or world.stop_of(said.dossier) is not None
    return said.author in world.members and at_door


def _other(household: Household, kind: str, id_: str, difference: Difference) -> None:
    """What is not shown stands from now on."""
    value = difference.other
    if kind == "note":
        note = household.talk.notes[id_]
        note.originals.append(note.text)
        note.text = value
    elif kind == "assessment":
        household.talk.answers[difference.field] = value
    elif kind == "household":
        household.contact[difference.field] = value
    elif kind == "goal":
        setattr(household.goals[id_], difference.field, value)
    elif kind == "step":
        steps = next(g.steps for g in household.goals.values() if id_ in g.steps)
        steps[id_][difference.field] = value
    elif kind == "aftercare":
        before = household.aftercares[id_]["outcome"]
        household.aftercares[id_] |= value
        plans.moved(household, before, household.aftercares[id_]["outcome"])
    else:
        household.handovers[id_][difference.field] = value


def _consent(world: World, said: Said, id_: str, keep: str) -> None:
    """A no that stands takes what the yes brought; a yes that stands puts the no aside."""
    household = world.households[said.dossier]
    no = next(c for c in household.consents if c.id == id_)
    if no.superseded:
        return
    asked = consents.answers(household, no.purpose, no.team)
    yeses = [c for c in asked if c.counts]
    if keep == "shown":
        for yes in yeses:
            consents.take_back(world, household, yes, said)
    elif yeses:
        for consent in asked:
            consent.superseded = consent.superseded or not consent.counts
        if no.purpose == "note":
            consents.begin_noting(household, household.talk)

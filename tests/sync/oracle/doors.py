"""What comes of a door. Two phones may record the same one: then both words are kept."""

from typing import Any

from tests.sync.oracle.differing import change
from tests.sync.oracle.world import (
    Aside,
    Attempt,
    Body,
    Difference,
    Said,
    Stop,
    World,
)

ALWAYS = {"scope": "always"}


def _stop(world: World, said: Said) -> Stop:
    if said.dossier not in world.stops:
        raise Aside("no-such-stop")
    return world.stops[said.dossier]


def record_visit(world: World, said: Said) -> str:
    """An outcome, a correction, or with "" nothing after all."""
    stop, body = _stop(world, said), said.body
    attempt = stop.attempt
    if attempt is None:
        if body["outcome"]:
            stop.attempt = Attempt(body["outcome"], body["details"], said.author)
        return "applied"
    about = ("contact_attempt", stop.attempt_id)
    if attempt.outcome == body["outcome"]:
        return _same_word(world, said, attempt, about)
    return _other_word(world, said, attempt, about)


def _same_word(world: World, said: Said, attempt: Attempt, about: tuple[str, str]) -> str:
    details = said.body["details"]
    if attempt.details == details:
        return "merged"
    effect = "applied"
    if said.body["from"] == attempt.outcome:
        attempt.details = details
    else:
        # Who wants to be left alone for ever is, until somebody settles it.
        by = said.author if attempt.details == ALWAYS else attempt.by
        attempt.details, effect = change(
            world, said, attempt.details, (about, "details"), details, None, ALWAYS, by
        )
    _agree(world, attempt, about, other_word=False)
    return effect


def _other_word(world: World, said: Said, attempt: Attempt, about: tuple[str, str]) -> str:
    before, details = attempt.outcome, attempt.details
    attempt.outcome, effect = change(
        world,
        said,
        before,
        (about, "outcome"),
        said.body["outcome"],
        said.body["from"],
        by=attempt.by,
    )
    if effect == "conflicted" and details:
        attempt.kept_details[before] = details
    attempt.details, attempt.by = said.body["details"], said.author
    _agree(world, attempt, about, other_word=True)
    return effect


def _agree(world: World, attempt: Attempt, about: tuple[str, str], *, other_word: bool) -> None:
    """Who corrects to the other's value agrees; another word ends what differed in details."""
    shows: Body = {"outcome": attempt.outcome, "details": attempt.details}
    for difference in world.open_differences(about):
        stale = other_word and difference.field == "details"
        if difference.other == shows[difference.field] or stale:
            difference.settled = True
        else:
            difference.shown = shows[difference.field]
    _forget_details(attempt, world.open_differences(about))


def _forget_details(attempt: Attempt, disagreed: list[Difference]) -> None:
    """Details of a word go with the last who said it."""
    words: set[Any] = {d.other for d in disagreed if d.field == "outcome"}
    attempt.kept_details = {w: d for w, d in attempt.kept_details.items() if w in words}


def settle_attempt(world: World, difference: Difference, keep: str) -> None:
    """One of the two values stands."""
    stop = next(s for s in world.stops.values() if s.attempt_id == difference.about[1])
    attempt, value = stop.attempt, difference.shown if keep == "shown" else difference.other
    if attempt is None:
        return
    if difference.field == "details":
        attempt.details = value
        _settled_on(world, attempt, difference, other_word=False)
    elif attempt.outcome != value:
        attempt.outcome, attempt.by = value, difference.by
        attempt.details = attempt.kept_details.get(value, {})
        _settled_on(world, attempt, difference, other_word=True)
    else:
        _settled_on(world, attempt, difference, other_word=False)


def _settled_on(
    world: World, attempt: Attempt, difference: Difference, *, other_word: bool
) -> None:
    difference.settled = True
    _agree(world, attempt, difference.about, other_word=other_word)


def leave(world: World, said: Said) -> str:
    """They know these people, or they do not after all."""
    stop = _stop(world, said)
    if stop.left == said.body["on"]:
        return "merged"
    stop.left = said.body["on"]
    return "applied"


def notice(world: World, said: Said) -> str:
    """A *Let op*, on or off."""
    notices, word = _stop(world, said).notices, said.body["notice"]
    if (word in notices) == said.body["on"]:
        return "merged"
    (notices.add if said.body["on"] else notices.discard)(word)
    return "applied"

"""Any story of volunteers, desk and line comes to what the oracle says, step for step."""

from collections.abc import Iterator

import pytest
from flask import Flask

from outreach.audit import differences
from outreach.conversations import scope
from outreach.sync import answering, discarding, quarantine, receiving, routes, telling
from tests.model import mutants
from tests.sync.ground import Ground
from tests.sync.machine_running import PART_BYTES, stories_on, tell
from tests.sync.story import Story

STORIES = 12
# What planted bugs reach into; put back as it was after each.
WITHIN = (answering, differences, discarding, quarantine, receiving, routes, scope, telling)


@pytest.fixture
def stories(app: Flask, monkeypatch: pytest.MonkeyPatch) -> type[Story]:
    """The machine on this database."""
    monkeypatch.setattr(answering, "PART_BYTES", PART_BYTES)
    return stories_on(Ground(app))


@pytest.fixture
def unplanted() -> Iterator[None]:
    """Whatever is planted is taken out again."""
    before = [dict(vars(module)) for module in WITHIN]
    yield
    for module, names in zip(WITHIN, before, strict=True):
        vars(module).update(names)


def test_every_story_ends_as_the_oracle_says(stories: type[Story]) -> None:
    tell(stories, 1, STORIES)
    assert stories.stories >= STORIES


# Found soonest of all; the long run looks for every one.
@pytest.mark.parametrize("name", ["missing-idempotency", "wrong-merge", "pair-sees-talks"])
def test_a_planted_bug_is_found(stories: type[Story], unplanted: None, name: str) -> None:
    mutants.plant(name)
    with pytest.raises(AssertionError):
        tell(stories, 1, STORIES, shrinks=False)

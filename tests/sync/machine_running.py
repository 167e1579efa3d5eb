"""How stories are told: a few in every test run, thousands in the long one, and to planted bugs."""

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import get_state_machine_test

from tests.sync.ground import Ground
from tests.sync.story import Story

# Small, so that a talk comes in parts.
PART_BYTES = 6_000
STEPS = 25


def stories_on(ground: Ground) -> type[Story]:
    """The machine in one town, its count of stories at nought."""
    return type("Story", (Story,), {"ground": ground})


def tell(stories: type[Story], first: int, most: int, *, shrinks: bool = True) -> None:
    """Tell `most` stories that follow from the seed `first`; raises what a story ran into.

    A fault is told again with as few steps as it takes, unless only the finding matters.
    """
    phases = [Phase.generate, *([Phase.shrink] if shrinks else [])]
    how = settings(
        max_examples=most,
        stateful_step_count=STEPS,
        phases=phases,
        database=None,
        deadline=None,
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )
    seed(first)(get_state_machine_test(stories, settings=how))()

"""*Plan rounds*: from a problem to a plan that obeys every rule."""

from outreach.planning.distances import Distances, StraightLine, measure
from outreach.planning.faults import check
from outreach.planning.mending import mend
from outreach.planning.moving import Draft
from outreach.planning.plan import lay_out
from outreach.planning.problem import Problem
from outreach.planning.reasons import Choices
from outreach.planning.solving import Effort, Watch, propose, watch_nothing

DEFAULT_DISTANCES = StraightLine()


def make_plan(
    problem: Problem,
    effort: Effort,
    distances: Distances = DEFAULT_DISTANCES,
    watch: Watch = watch_nothing,
) -> Draft:
    """Plan these rounds; raises CannotPlan when the pairs or what is asked are at fault.

    `watch` hears how far it is; what it answers stops the search, and the best so far is kept.
    """
    check(problem)
    walks = measure(problem, distances)
    choices = Choices(problem, walks)
    proposed = propose(problem, walks, choices, effort, watch)
    room = mend(problem, walks, choices, proposed)
    return Draft(problem, walks, lay_out(problem, walks, room.orders, choices))

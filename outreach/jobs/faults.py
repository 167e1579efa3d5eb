"""What can go wrong with long work, and how it is kept with the job."""

from typing import Any

from outreach.errors import Conflict, Problem


class JobInterrupted(Problem):
    """The process that did this work died; what it had not finished was not kept."""

    code = "job-interrupted"


class JobNotReady(Conflict):
    """The job does not wait for a confirmation (any more)."""

    code = "job-not-ready"


class JobFilesMissing(Problem):
    """What the job needs does not lie in the data folder of who does it."""

    code = "job-files-missing"


def written(problem: Problem) -> dict[str, Any]:
    """A problem as it is kept with the job: codes and parameters; texts come when it is shown."""
    faults = [
        {"pointer": fault.pointer, "code": fault.code, "params": dict(fault.params)}
        for fault in problem.errors
    ]
    return {
        "code": problem.code,
        "status": int(problem.status),
        "params": problem.params,
        "errors": faults,
    }

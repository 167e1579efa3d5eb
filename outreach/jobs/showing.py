"""A job as somebody sees it, with the texts of what went wrong in their language."""

from typing import Any

from outreach.jobs.faults import JobInterrupted, written
from outreach.jobs.models import Job
from outreach.jobs.running import seen_state
from outreach.languages import text


def shown(job: Job, language: str) -> dict[str, Any]:
    """The job for JobOut; one whose process died shows as failed, or as waiting again."""
    state, result = seen_state(job), dict(job.result)
    if state == "failed" and job.state != "failed":
        result["problem"] = written(JobInterrupted())
    problem = result.pop("problem", None)
    awaits = result.pop("awaits", "")
    return {
        "id": job.id,
        "kind": job.kind,
        "state": state,
        "done": job.done,
        "total": job.total,
        "expected_at": job.expected_at if state == "running" else None,
        "awaits": awaits if state == "done" else "",
        "result": result,
        "problem": problem and _told(problem, language),
        "started_at": job.started_at,
        "ended_at": job.ended_at,
    }


def _told(problem: dict[str, Any], language: str) -> dict[str, Any]:
    code = problem["code"]
    return {
        "type": "about:blank",
        "status": problem["status"],
        "title": text(f"errors.{code}.title", language),
        "detail": text(f"errors.{code}.detail", language, **problem["params"]),
        "code": code,
        "errors": [
            {
                "pointer": fault["pointer"],
                "code": fault["code"],
                "detail": text(f"errors.input.{fault['code']}", language, **fault["params"]),
            }
            for fault in problem["errors"]
        ],
    }

"""A job as somebody sees it, with the texts of what went wrong in their language."""

from typing import Any

from outreach.jobs.models import Job
from outreach.jobs.running import JobInterrupted, is_interrupted, written
from outreach.languages import text


def shown(job: Job, language: str) -> dict[str, Any]:
    """The job for JobOut; one whose process died shows as failed."""
    state, result = job.state, dict(job.result)
    if is_interrupted(job):
        state, result["problem"] = "failed", written(JobInterrupted())
    problem = result.pop("problem", None)
    awaits = result.pop("awaits", "")
    return {
        "id": job.id,
        "kind": job.kind,
        "state": state,
        "done": job.done,
        "total": job.total,
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

"""Looking at a job, and stopping it."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from flask import Response, after_this_request, request

from outreach.jobs import running
from outreach.jobs.models import Job
from outreach.jobs.schemas import JobOut
from outreach.jobs.scope import Starter, visible_jobs
from outreach.jobs.showing import shown
from outreach.web.paging import first_or_404
from outreach.web.problems import asked_language
from outreach.web.routing import Routes


def job_routes(permission: str, current_starter: Callable[[], Starter]) -> Routes:
    """The routes, for whoever the floor above says is signed in."""
    routes = Routes("jobs", "Long work: how far it is, and stopping it")

    def own_job(job_id: Any) -> Job:
        return first_or_404(visible_jobs(current_starter()).where(Job.id == str(job_id)))

    @routes.get("/jobs/<uuid:job_id>", permission=permission, answer=JobOut())
    def read_job(job_id: Any) -> dict[str, Any]:
        """How far a job is, or what came of it; 304 for who names the ETag of what still holds."""
        after_this_request(_tagged)
        return shown(own_job(job_id), asked_language())

    @routes.post("/jobs/<uuid:job_id>/cancellation", permission=permission, answer=JobOut())
    def cancel_job(job_id: Any) -> dict[str, Any]:
        """Stop a job; what it had not finished is not kept."""
        return shown(running.cancel(own_job(job_id)), asked_language())

    return routes


def _tagged(response: Response) -> Response:
    """Who waits for a job asks again and again, mostly to hear that nothing changed."""
    if response.status_code == HTTPStatus.OK:
        response.add_etag(weak=True)  # it is packed later, in more than one way
        response.make_conditional(request)
    return response

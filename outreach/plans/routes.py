"""Plans that wait to be printed, and their paper."""

from typing import Any

from flask import Response

from outreach.access.actor import current_actor
from outreach.access.roles import Permission
from outreach.plans import printing, scope
from outreach.plans.models import Plan
from outreach.plans.schemas import PlanPrintOut
from outreach.web.paging import Page, first_or_404, page
from outreach.web.routing import Routes
from outreach.web.schemas import AfterQuery, page_of

routes = Routes("plans", "Plans that a household wants on paper")


@routes.get(
    "/plan-prints",
    permission=Permission.PLAN_PRINT,
    query=AfterQuery(),
    answer=page_of(PlanPrintOut, "PlanPrintPage"),
)
def list_plan_prints(query: dict[str, str]) -> Page[dict[str, Any]]:
    """Doors that want their plan on paper, who brings it and when; in order of arrival."""
    rows = scope.printable_plans(current_actor())
    found = page(rows, [Plan.received_at, Plan.id], query["after"])
    return Page(printing.print_list(found.items), found.next)


@routes.post(
    "/plan-prints/<uuid:plan_id>/pdf",
    permission=Permission.PLAN_PRINT,
    content_type="application/pdf",
)
def print_plan(plan_id: Any) -> Response:
    """The plan on paper: A4, large print, tagged, no names. It is marked printed."""
    actor = current_actor()
    plan = first_or_404(scope.printable_plans(actor).where(Plan.id == str(plan_id)))
    return Response(printing.print_plan(actor, plan), mimetype="application/pdf")

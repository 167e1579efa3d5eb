"""Letters on paper: runs, their files, one letter once more, and the day they went out."""

from typing import Any

from flask import Response, send_file

from outreach.access.actor import current_actor
from outreach.access.roles import Permission
from outreach.campaigns.scope import visible_campaign
from outreach.errors import NotFound
from outreach.letters import again, print_files, print_jobs, printing, runs, schemas, scope
from outreach.letters.doors import doors_of
from outreach.letters.models import PrintRun
from outreach.letters.print_files import PDF, ZIP
from outreach.web.paging import Page, first_or_404, page
from outreach.web.routing import Routes
from outreach.web.schemas import AfterQuery, page_of

routes = Routes("letter-printing", "Letters on paper: print runs, single letters, what went out")


@routes.get(
    "/campaigns/<uuid:campaign_id>/print-runs",
    permission=Permission.LETTER_READ,
    query=AfterQuery(),
    answer=page_of(schemas.PrintRunOut, "PrintRunPage"),
)
def list_print_runs(query: dict[str, str], campaign_id: Any) -> Page[dict[str, Any]]:
    """What was printed for a campaign, the newest first."""
    rows = scope.visible_runs(current_actor()).where(
        PrintRun.campaign_id == visible_campaign(campaign_id).id
    )
    found = page(rows, [PrintRun.made_at, PrintRun.id], query["after"], newest_first=True)
    return Page(runs.shown(found.items), found.next)


@routes.post(
    "/campaigns/<uuid:campaign_id>/print-runs",
    permission=Permission.LETTER_WRITE,
    body=schemas.PrintRunBody(),
    answer=schemas.PrintRunOut(),
    status=202,
)
def start_print_run(body: dict[str, Any], campaign_id: Any) -> dict[str, Any]:
    """Print the letters of a campaign; the job in the answer tells how far it is."""
    actor = current_actor()
    run = printing.make_run(actor, visible_campaign(campaign_id), body)
    print_jobs.start(actor, run)
    return runs.shown([run])[0]


@routes.get(
    "/print-runs/<uuid:run_id>", permission=Permission.LETTER_READ, answer=schemas.PrintRunOut()
)
def read_print_run(run_id: Any) -> dict[str, Any]:
    """A run, and how far it is."""
    return runs.shown([_run(run_id)])[0]


@routes.post(
    "/print-runs/<uuid:run_id>/resumption",
    permission=Permission.LETTER_WRITE,
    answer=schemas.PrintRunOut(),
    status=202,
)
def resume_print_run(run_id: Any) -> dict[str, Any]:
    """Go on with a run that stopped, or make its file again: the same letters."""
    run = _run(run_id)
    print_jobs.resume(current_actor(), run)
    return runs.shown([run])[0]


@routes.get(
    "/print-runs/<uuid:run_id>/file",
    permission=Permission.LETTER_WRITE,
    content_type="application/pdf",
)
def read_print_file(run_id: Any) -> Response:
    """The letters: one PDF, or a zip with a PDF a street."""
    run = _run(run_id)
    path = print_files.whole_of(run.id, per_street=run.per_street)
    if not path.exists():
        raise NotFound
    return send_file(path, mimetype=ZIP if run.per_street else PDF)


@routes.post(
    "/print-runs/<uuid:run_id>/pages",
    permission=Permission.LETTER_WRITE,
    body=schemas.PageBody(),
    content_type="application/pdf",
)
def print_page_again(body: dict[str, Any], run_id: Any) -> Response:
    """The letter that a page of a run belongs to, once more and the same."""
    paper = again.page_again(current_actor(), _run(run_id), body["page"], body["part"])
    return Response(paper, mimetype=PDF)


@routes.put(
    "/print-runs/<uuid:run_id>/sending",
    permission=Permission.LETTER_WRITE,
    body=schemas.SentBody(),
    answer=schemas.PrintRunOut(),
)
def set_sent(body: dict[str, Any], run_id: Any) -> dict[str, Any]:
    """Write down on which day the letters went out."""
    run = printing.set_sent(current_actor(), _run(run_id), body["sent_on"])
    return runs.shown([run])[0]


@routes.post(
    "/campaigns/<uuid:campaign_id>/letter-door-searches",
    permission=Permission.LETTER_READ,
    body=schemas.LetterDoorSearch(),
    answer=schemas.LetterDoorsOut(),
)
def search_letter_doors(body: dict[str, str], campaign_id: Any) -> dict[str, Any]:
    """Doors of a campaign that get a letter, by street and number."""
    return runs.search_doors(doors_of(visible_campaign(campaign_id)), body["text"])


@routes.post(
    "/campaigns/<uuid:campaign_id>/letters",
    permission=Permission.LETTER_WRITE,
    body=schemas.SingleBody(),
    content_type="application/pdf",
)
def print_single_letter(body: dict[str, Any], campaign_id: Any) -> Response:
    """The letter of one door, tagged; it is on record as a run of one."""
    campaign = visible_campaign(campaign_id)
    run = printing.make_single(current_actor(), campaign, str(body["address_id"]))
    return Response(again.single_pdf(run), mimetype=PDF)


def _run(run_id: Any) -> PrintRun:
    return first_or_404(scope.visible_runs(current_actor()).where(PrintRun.id == str(run_id)))

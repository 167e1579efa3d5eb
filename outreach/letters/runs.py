"""Print runs and doors as the desk sees them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, select

from outreach.db import db
from outreach.jobs.models import Job
from outreach.jobs.showing import shown as shown_job
from outreach.letters import print_files
from outreach.letters.models import LetterVersion, PrintRun
from outreach.territory.models import Address
from outreach.territory.ordering import walking_order
from outreach.web.problems import asked_language

LIKE_THE_RUN = (
    "id",
    "campaign_id",
    "ordering",
    "per_street",
    "both_sides",
    "pages",
    "letters",
    "made_at",
    "finished_at",
    "sent_on",
)
MOST_DOORS = 20


def shown(runs: Sequence[PrintRun]) -> list[dict[str, Any]]:
    """Runs for PrintRunOut."""
    wanted = {run.letter_version_id for run in runs}
    versions = select(LetterVersion.id, LetterVersion.number).where(LetterVersion.id.in_(wanted))
    numbers = dict(db.session.execute(versions).all())
    kept = select(Job).where(Job.id.in_([run.job_id for run in runs if run.job_id]))
    jobs = {job.id: shown_job(job, asked_language()) for job in db.session.scalars(kept)}
    return [
        {name: getattr(run, name) for name in LIKE_THE_RUN}
        | {
            "version": numbers[run.letter_version_id],
            "ready": print_files.whole_of(run.id, per_street=run.per_street).exists(),
            "job": jobs.get(run.job_id or ""),
        }
        for run in runs
    ]


def search_doors(among: Select[Address], text: str) -> dict[str, Any]:
    """The first of these doors whose street and number hold this text, in walking order."""
    wanted = " ".join(text.lower().split())
    found = [
        door
        for door in walking_order(db.session.scalars(among))
        if wanted in f"{door.street} {door.number}".lower()
    ]
    items = [
        {
            "address_id": door.id,
            "street": door.street,
            "number": door.number,
            "postcode": door.postcode,
            "city": door.city,
        }
        for door in found[:MOST_DOORS]
    ]
    return {"items": items, "more": len(found) > MOST_DOORS}

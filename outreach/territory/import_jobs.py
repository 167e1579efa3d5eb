"""The import at the desk: a preview first, and the real thing when somebody confirms it."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection
from werkzeug.datastructures import FileStorage

from outreach.access.actor import Actor
from outreach.audit import trail
from outreach.clock import new_id, now
from outreach.db import db
from outreach.jobs import running
from outreach.jobs.faults import JobFilesMissing, JobNotReady
from outreach.jobs.models import Job
from outreach.jobs.work import JobCancelled, JobKind, Work
from outreach.territory import refused_rows, uploads
from outreach.territory.importing import ImportResult, import_addresses
from outreach.territory.problems import ImportCancelled
from outreach.territory.watching import Watch

KIND = "address_import"
PREVIEW, IMPORT = "preview", "import"


def preview(actor: Actor, upload: FileStorage) -> Job:
    """Store an upload and start reading it; raises UnreadableList when it is no list at all."""
    job = Job(
        id=new_id(),
        municipality_id=actor.municipality_id,
        kind=KIND,
        state="waiting",
        result={"step": PREVIEW},
        started_by=actor.account_id,
        started_at=now(),
    )
    uploads.keep(upload, job.id)
    return running.start(job)


def confirm(actor: Actor, job: Job) -> Job:
    """Import what the preview showed; raises JobNotReady when there is nothing to confirm."""
    if not uploads.upload_of(job.id).exists():
        raise JobNotReady
    running.confirm(job, {"step": IMPORT})
    trail.note(actor.municipality_id, actor.account_id, "address.import", "job", job.id)
    return job


def _run(work: Work) -> None:
    if not uploads.upload_of(work.job_id).exists():
        raise JobFilesMissing
    is_preview = work.given["step"] == PREVIEW

    def finish(connection: Connection, result: ImportResult) -> None:
        awaits = {"awaits": "confirmation"} if is_preview else {}
        work.finish(connection, work.given | awaits | _told(result))

    try:
        with (
            db.engine.connect() as connection,
            refused_rows.writing(uploads.refused_rows_of(work.job_id)) as refuse,
        ):
            import_addresses(
                connection,
                work.municipality_id,
                uploads.upload_of(work.job_id),
                dry_run=is_preview,
                watch=Watch(work.progress, work.cancelled, refuse),
                finish=finish,
            )
    except ImportCancelled as wish:
        raise JobCancelled from wish


def _told(result: ImportResult) -> dict[str, Any]:
    shown = {"sample": result.sample, "refusals": result.refusals}
    return result.counts | asdict(result.understood) | shown


JOBS = (JobKind(KIND, _run, uploads.discard, in_turn=True),)

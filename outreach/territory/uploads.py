"""Files of an import: the upload until it is used, the list of refused rows for a month."""

from pathlib import Path

from flask import current_app
from werkzeug.datastructures import FileStorage

from outreach.clock import now
from outreach.territory import formats
from outreach.territory.problems import UnreadableList

DAY = 24 * 60 * 60
UPLOADS_STAY = 1 * DAY  # an upload nobody confirms
REFUSED_ROWS_STAY = 30 * DAY


def upload_of(job_id: str) -> Path:
    """Where the upload of a job lies."""
    return _folder("uploads") / f"{job_id}.upload"


def refused_rows_of(job_id: str) -> Path:
    """Where the rows lie that a job did not take."""
    return _folder("jobs") / f"{job_id}.refused"


def keep(upload: FileStorage, job_id: str) -> None:
    """Store an upload under the job's random id; raises UnreadableList when it is no list."""
    _sweep()
    path = upload_of(job_id)
    upload.save(path)
    try:
        with path.open("rb") as stream:
            formats.format_of(stream)
    except UnreadableList:
        discard(job_id)
        raise


def discard(job_id: str) -> None:
    """Throw away an upload; the list of refused rows stays for who wants to mend them."""
    upload_of(job_id).unlink(missing_ok=True)


def _folder(name: str) -> Path:
    folder: Path = current_app.config["DATA_DIR"] / name
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _sweep() -> None:
    kept = {"uploads/*.upload": UPLOADS_STAY, "jobs/*.refused": REFUSED_ROWS_STAY}
    for pattern, seconds in kept.items():
        for path in current_app.config["DATA_DIR"].glob(pattern):
            if path.stat().st_mtime < now().timestamp() - seconds:
                path.unlink(missing_ok=True)

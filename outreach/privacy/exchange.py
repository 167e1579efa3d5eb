"""What the server remembers of phones and of long work."""

from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from outreach.access.models import Device
from outreach.clock import now
from outreach.jobs.models import Job
from outreach.letters import print_files
from outreach.privacy.deleting import delete_rows
from outreach.sync.models import IssuedDossier, Mutation, Quarantined, Receipt, ToForget
from outreach.sync.quarantine import WAITING
from outreach.territory import uploads

ENDED = ("done", "failed", "cancelled")


def forget_mutations(municipality_id: str, before: datetime) -> int:
    """Delete outcomes; a mutation that comes again later than this is taken for a new one."""
    return delete_rows(Mutation, municipality_id, Mutation.received_at < before)


def forget_receipts(municipality_id: str, before: datetime) -> int:
    """Delete receipts of devices without contact; such a phone sends its whole list."""
    silent = select(Device.id).where(Device.last_contact_at < before)
    return delete_rows(Receipt, municipality_id, Receipt.device_id.in_(silent))


def forget_untold(municipality_id: str, before: datetime) -> int:
    """Delete what a phone should have heard that does not come any more."""
    silent = select(Device.id).where(Device.last_contact_at < before)
    return delete_rows(ToForget, municipality_id, ToForget.device_id.in_(silent))


def forget_quarantined(municipality_id: str, before: datetime) -> int:
    """Delete what a person settled; what waits for a person stays."""
    return delete_rows(
        Quarantined,
        municipality_id,
        Quarantined.state != WAITING,
        Quarantined.settled_at < before,
    )


def forget_issued(municipality_id: str, before: datetime) -> int:
    """Delete which dossiers went to whom, once that gives no right to write any more."""
    return delete_rows(IssuedDossier, municipality_id, IssuedDossier.last_at < before)


def forget_jobs(municipality_id: str, before: datetime) -> int:
    """Delete jobs that ended; their files go with `remove_old_files`."""
    return delete_rows(Job, municipality_id, Job.state.in_(ENDED), Job.ended_at < before)


def remove_old_files() -> int:
    """Remove uploads nobody confirmed in a day, printed letters and old lists of refused rows.

    Files know no rollback: call it after the commit. Says how many went.
    """
    gone = 0
    for sample, seconds in (
        (uploads.upload_of("*"), uploads.UPLOADS_STAY),
        (uploads.refused_rows_of("*"), uploads.REFUSED_ROWS_STAY),
    ):
        gone += sum(_remove(path, seconds) for path in sample.parent.glob(sample.name))
    return gone + print_files.sweep()


def _remove(path: Path, seconds: int) -> bool:
    try:
        if path.stat().st_mtime >= now().timestamp() - seconds:
            return False
        path.unlink()
    except FileNotFoundError:  # another process was first
        return False
    return True

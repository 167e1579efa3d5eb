"""One piece of long work: what it is told, how it says how far it is, and how it ends."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select, update
from sqlalchemy.exc import OperationalError

from outreach.clock import now
from outreach.db import db
from outreach.jobs.models import Job

SECONDS_BETWEEN_REPORTS = 0.5


class JobCancelled(Exception):  # noqa: N818 - somebody wanted this
    """The work stopped because somebody asked; it left nothing behind."""


@dataclass
class Work:
    """A running job, as the code that does it sees it.

    Progress goes to the job's row in short transactions of their own, at most twice a second,
    so every worker of the server can show it; work reports only while it holds no write lock.
    """

    job_id: str
    municipality_id: str
    started_by: str
    given: dict[str, Any]
    _last_report: float = field(default=0.0, init=False)
    _cancel_wanted: bool = field(default=False, init=False)

    def progress(self, done: int, total: int) -> None:
        """Say how far it is, and hear whether somebody wants it to stop."""
        if time.monotonic() - self._last_report < SECONDS_BETWEEN_REPORTS:
            return
        try:
            with db.engine.begin() as connection:
                mine = Job.id == self.job_id
                connection.execute(update(Job).where(mine).values(done=done, total=total))
                wanted = connection.execute(select(Job.cancel_wanted).where(mine)).scalar()
                self._cancel_wanted = bool(wanted)
        except OperationalError:
            pass  # somebody writes for a long time: the next report will tell
        self._last_report = time.monotonic()

    def cancelled(self) -> bool:
        """Whether somebody asked to stop, as of the last report."""
        return self._cancel_wanted

    def finish(self, connection: Connection, result: dict[str, Any]) -> None:
        """Write down the result in the transaction of the work itself: both happen or neither."""
        end(connection, self.job_id, "done", result)


def end(connection: Connection, job_id: str, state: str, result: dict[str, Any]) -> None:
    """Close a running job."""
    row = update(Job).where(Job.id == job_id, Job.state == "running")
    connection.execute(row.values(state=state, result=result, ended_at=now()))


@dataclass(frozen=True)
class JobKind:
    """A kind of long work: what does it, and what throws away the files it kept.

    `run` calls `work.finish` in its last transaction; a result that `awaits` something keeps
    its files until somebody confirms or cancels.
    """

    name: str
    run: Callable[[Work], None]
    discard: Callable[[str], None]

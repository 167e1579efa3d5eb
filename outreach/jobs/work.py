"""One piece of long work: what it is told, how it says how far it is, and how it ends."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, update
from sqlalchemy.exc import OperationalError

from outreach.clock import now
from outreach.db import db
from outreach.jobs.models import Job

SECONDS_BETWEEN_REPORTS = 0.5


class JobCancelled(Exception):  # noqa: N818 - somebody wanted this
    """The work stopped because somebody asked; it left nothing behind."""


class JobLost(Exception):  # noqa: N818 - the work itself did nothing wrong
    """Somebody else does this job now, or it ended: what this attempt still writes must not count.

    Happens to who was silent for so long that it was taken for dead.
    """


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
    attempt: str
    _last_report: float = field(default=0.0, init=False)
    _cancel_wanted: bool = field(default=False, init=False)
    _measured_from: tuple[float, int, int] | None = field(default=None, init=False)

    def progress(self, done: int, total: int, so_far: Mapping[str, Any] | None = None) -> None:
        """Say how far it is, and hear whether somebody wants it to stop; raises JobLost.

        `so_far` shows in the result as `so_far` until there is one; never anything personal.
        """
        if time.monotonic() - self._last_report < SECONDS_BETWEEN_REPORTS:
            return
        values: dict[str, Any] = {
            "done": done,
            "total": total,
            "expected_at": self._expected_at(done, total),
        }
        if so_far is not None:
            values["result"] = self.given | {"so_far": dict(so_far)}
        told = update(Job).where(self._mine()).values(values).returning(Job.cancel_wanted)
        try:
            with db.engine.begin() as connection:
                wanted = connection.execute(told).scalar()
        except OperationalError:
            pass  # somebody writes for a long time: the next report will tell
        else:
            if wanted is None:
                raise JobLost
            self._cancel_wanted = wanted
        self._last_report = time.monotonic()

    def cancelled(self) -> bool:
        """Whether somebody asked to stop, as of the last report."""
        return self._cancel_wanted

    def save(self, connection: Connection, so_far: dict[str, Any]) -> None:
        """Write down how far it got, in the transaction of the work itself; raises JobLost.

        Only for kinds that resume: the next attempt is given this. One that gets further is not
        the cause of its worker's death: its attempts are counted anew.
        """
        row = update(Job).where(self._mine()).values(result=so_far, attempts=1)
        if connection.execute(row).rowcount == 0:
            raise JobLost
        self.given = so_far

    def finish(self, connection: Connection, result: dict[str, Any]) -> None:
        """Write down the result in the transaction of the work itself: both happen or neither.

        Raises JobLost, so that work which somebody else does now is undone.
        """
        if not self.end(connection, "done", result):
            raise JobLost

    def end(self, connection: Connection, state: str, result: dict[str, Any]) -> bool:
        """Close the job if this attempt is still what does it; says whether it was."""
        row = update(Job).where(self._mine())
        ended = row.values(state=state, result=result, ended_at=now(), expected_at=None)
        return connection.execute(ended).rowcount > 0

    def _mine(self) -> ColumnElement[bool]:
        mine: ColumnElement[bool] = Job.id == self.job_id
        return mine & (Job.attempt == self.attempt) & (Job.state == "running")

    def _expected_at(self, done: int, total: int) -> Any:
        """When it will be done at the speed since the first report of this total; None: unknown."""
        here = time.monotonic()
        if self._measured_from is None or self._measured_from[2] != total:
            self._measured_from = (here, done, total)
        since, begun_with, _ = self._measured_from
        if done <= begun_with or total <= 0:
            return None
        seconds = (here - since) / (done - begun_with) * max(0, total - done)
        return (now() + timedelta(seconds=seconds)).replace(microsecond=0)


@dataclass(frozen=True)
class JobKind:
    """A kind of long work: what does it, and what throws away the files it kept.

    `run` calls `work.finish` in its last transaction; a result that `awaits` something keeps
    its files until somebody confirms or cancels. What `resumes` can be begun again with what it
    last saved after its worker died; of what goes `in_turn` a municipality has one at a time,
    oldest first.
    """

    name: str
    run: Callable[[Work], None]
    discard: Callable[[str], None]
    resumes: bool = False
    in_turn: bool = False

"""Putting a run on paper, part after part: it can be stopped, and goes on where it stopped."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import select, update

from outreach.access.actor import Actor
from outreach.clock import new_id, now
from outreach.db import db
from outreach.errors import Conflict
from outreach.jobs import running
from outreach.jobs.models import ACTIVE, Job
from outreach.jobs.work import JobCancelled, JobKind, Work
from outreach.letters import print_files
from outreach.letters.contents import content_of
from outreach.letters.models import LetterVersion, PrintedLetter, PrintRun
from outreach.letters.paper import Content, Stamp
from outreach.letters.printing import envelopes
from outreach.letters.stamping import Press, make_press
from outreach.territory.models import Address

KIND = "letter_print"


class PrintGoesOn(Conflict):
    """The run is being printed, or it is ready: there is nothing to take up."""

    code = "print-goes-on"


class LettersForgotten(Conflict):
    """Which doors got a letter was kept as long as it may be."""

    code = "letters-forgotten"


@dataclass(frozen=True)
class _Part:
    """Letters that make one file, and the street of the first of them."""

    number: int
    street: str
    stamps: Sequence[Stamp]


@dataclass(frozen=True)
class _Order:
    """All that a run needs from the database; nothing is read while it prints."""

    run_id: str
    per_street: bool
    both_sides: bool
    content: Content
    parts: Sequence[_Part]


def start(actor: Actor, run: PrintRun) -> Job:
    """Print a run once this request committed."""
    print_files.sweep()
    job = Job(
        id=new_id(),
        municipality_id=run.municipality_id,
        kind=KIND,
        state="waiting",
        total=run.letters,
        result={"run_id": run.id},
        started_by=actor.account_id,
        started_at=now(),
    )
    run.job_id = job.id
    return running.start(job)


def resume(actor: Actor, run: PrintRun) -> Job:
    """Go on with a run that was stopped or broken off, or whose files are gone.

    Raises PrintGoesOn, or LettersForgotten once nobody knows any more which doors it had.
    """
    # Two who go on with it at once come one after the other.
    db.session.refresh(run, with_for_update={"key_share": True})
    job = db.session.get(Job, run.job_id) if run.job_id else None
    if job and running.seen_state(job) in ACTIVE:
        raise PrintGoesOn
    if print_files.whole_of(run.id, per_street=run.per_street).exists():
        raise PrintGoesOn
    kept = select(PrintedLetter.id).where(PrintedLetter.print_run_id == run.id).limit(1)
    if db.session.scalar(kept) is None:
        raise LettersForgotten
    return start(actor, run)


def order_of(run: PrintRun) -> _Order:
    """What a run prints, read anew from what was settled."""
    version = db.session.get_one(LetterVersion, run.letter_version_id)
    rows = (
        select(PrintedLetter.part, Address)
        .join(Address, Address.id == PrintedLetter.address_id)
        .where(PrintedLetter.print_run_id == run.id)
        .order_by(PrintedLetter.place)
    )
    found = [(part, address) for part, address in db.session.execute(rows)]
    written = envelopes(version, run.campaign_id, [address for _, address in found])
    stamped = zip((part for part, _ in found), written, strict=True)
    parts = []
    for number, among in groupby(stamped, key=lambda pair: pair[0]):
        letters = [envelope for _, envelope in among]
        street = letters[0].address.street
        parts.append(_Part(number, street, [letter.stamp for letter in letters]))
    return _Order(run.id, run.per_street, run.both_sides, content_of(version), parts)


def press_for(order: _Order) -> Press:
    """The letter of a run, laid out."""
    letters = {
        text
        for part in order.parts
        for stamp in part.stamps
        for text in (*stamp.lines, stamp.short)
    }
    return make_press(order.content, letters, both_sides=order.both_sides)


def _run(work: Work) -> None:
    order = order_of(db.session.get_one(PrintRun, work.given["run_id"]))
    # Nothing is held while it prints: on SQLite whoever reads outside a request holds the pen.
    db.session.rollback()
    _print(work, order)
    if order.per_street:
        print_files.pack(order.run_id, [part.street for part in order.parts], work.attempt)
    else:
        print_files.bind(order.run_id, len(order.parts), work.attempt)
    with db.engine.begin() as connection:
        done = update(PrintRun).where(PrintRun.id == order.run_id, PrintRun.finished_at.is_(None))
        connection.execute(done.values(finished_at=now()))
        work.finish(connection, work.given)


def _print(work: Work, order: _Order) -> None:
    press = press_for(order)
    total = sum(len(part.stamps) for part in order.parts)
    done = 0
    for part in order.parts:
        work.progress(done, total)
        if work.cancelled():
            raise JobCancelled
        path = print_files.part_of(order.run_id, part.number)
        if not path.exists():
            half = path.with_suffix(f".{work.attempt}.half")
            press.print(part.stamps, half)
            half.replace(path)
            with db.engine.begin() as connection:
                work.save(connection, work.given)  # a part further: it may be taken up once more
        done += len(part.stamps)


def _keep(job_id: str) -> None:
    """What is printed belongs to the run: the next job goes on with it."""


JOBS = (JobKind(KIND, _run, _keep, resumes=True),)

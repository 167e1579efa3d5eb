"""A letter once more: the printer asks for page 312, or somebody for the letter of one door."""

from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import func, select

from outreach.access.actor import Actor
from outreach.audit import trail
from outreach.db import db
from outreach.errors import InputError, InvalidInput
from outreach.letters.contents import content_of
from outreach.letters.models import LetterVersion, PrintedLetter, PrintRun
from outreach.letters.paper import letter_pdf
from outreach.letters.printing import envelopes
from outreach.letters.stamping import make_press
from outreach.territory.models import Address


def page_again(actor: Actor, run: PrintRun, page: int, part: int | None) -> bytes:
    """The whole letter that a page of a run belongs to, the same as it was.

    Pages count from 1, in the file of a street (`part`, as its name begins) where there is one a
    street. Raises InvalidInput for a page or part that the run does not have.
    """
    first, letters = _in_file(run, part)
    if not 1 <= page <= run.pages * letters:
        bounds = {"least": 1, "most": run.pages * letters}
        raise InvalidInput(InputError("/page", "not-in-range", bounds))
    version, address = _letter(run, first + (page - 1) // run.pages)
    stamp = next(envelopes(version, run.campaign_id, [address])).stamp
    press = make_press(content_of(version), [*stamp.lines, stamp.short], both_sides=run.both_sides)
    trail.note(actor.municipality_id, actor.account_id, "letter.again", "print_run", run.id)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "letter.pdf"
        press.print([stamp], path)
        return path.read_bytes()


def single_pdf(run: PrintRun) -> bytes:
    """The letter of a run of one, tagged."""
    version, address = _letter(run, 1)
    stamp = next(envelopes(version, run.campaign_id, [address])).stamp
    return letter_pdf(content_of(version), stamp)


def _in_file(run: PrintRun, part: int | None) -> tuple[int, int]:
    """The first letter of a file, and how many are in it."""
    if not run.per_street:
        return 1, run.letters
    rows = select(func.min(PrintedLetter.place), func.count()).where(
        PrintedLetter.print_run_id == run.id, PrintedLetter.part == part
    )
    first, letters = db.session.execute(rows).one()
    if first is None:
        raise InvalidInput(InputError("/part", "missing" if part is None else "no-such-file"))
    return first, letters


def _letter(run: PrintRun, place: int) -> tuple[LetterVersion, Address]:
    rows = (
        select(Address)
        .join(PrintedLetter, PrintedLetter.address_id == Address.id)
        .where(PrintedLetter.print_run_id == run.id, PrintedLetter.place == place)
    )
    found = db.session.scalars(rows).first()
    if found is None:
        raise InvalidInput(InputError("/page", "letter-forgotten"))
    return db.session.get_one(LetterVersion, run.letter_version_id), found

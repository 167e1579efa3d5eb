"""A print run: which doors, in which order, in which file; and what went out when."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import insert, select

from outreach.access.actor import Actor
from outreach.audit import trail
from outreach.campaigns.models import Campaign
from outreach.campaigns.planning import PUBLISHED, CampaignNotPublished, lock
from outreach.clock import new_id, now, today
from outreach.db import db
from outreach.errors import Conflict, InputError, InvalidInput
from outreach.letters import doors, picturing, writing
from outreach.letters.addressing import address_lines
from outreach.letters.codes import Codes, codes_in, give_codes, link_to
from outreach.letters.contents import content_of, fix
from outreach.letters.models import LetterVersion, PrintedLetter, PrintRun
from outreach.letters.paper import Stamp
from outreach.letters.showing import MOST_PAGES, refuse_unready
from outreach.letters.stamping import Press, make_press
from outreach.letters.text_places import undrawn
from outreach.territory.models import Address

MOST_LETTERS = 20_000
# A job looks up and can stop after each part; a resumed one begins at the first that misses.
LETTERS_A_PART = 250


class NoLetter(Conflict):
    """Nobody wrote the letter yet."""

    code = "no-letter"


class NoDoors(Conflict):
    """There is no door to write to; or, with `only_changed`, none that needs another letter."""

    code = "no-doors-to-write"


class TooManyLetters(Conflict):
    """More than one run holds."""

    code = "too-many-letters"


class NotFinished(Conflict):
    """The run is not on paper yet."""

    code = "print-run-not-finished"


class Envelope(NamedTuple):
    """A door with what is written on its letter."""

    address: Address
    stamp: Stamp
    digest: str


def make_run(actor: Actor, campaign: Campaign, body: dict[str, Any]) -> PrintRun:
    """Settle what a run prints; from now on this version of the letter stays as it is.

    Raises a Conflict that says why not, or InvalidInput with every field that is still empty.
    """
    version = _ready_version(campaign)
    found = db.session.scalars(doors.doors_of(campaign))
    among = doors.ORDERS[body["ordering"]](found)
    return _settle(actor, campaign, version, among, body)


def make_single(actor: Actor, campaign: Campaign, address_id: str) -> PrintRun:
    """The run of one letter, to one door of the campaign; raises as `make_run`."""
    version = _ready_version(campaign)
    its_door = doors.doors_of(campaign).where(Address.id == address_id)
    among = db.session.scalars(its_door).all()
    if not among:
        raise InvalidInput(InputError("/address_id", "unknown-door"))
    body = {"ordering": doors.WALKING, "per_street": False, "both_sides": False}
    run = _settle(actor, campaign, version, among, body | {"only_changed": False})
    run.finished_at = run.made_at
    db.session.flush()
    return run


def envelopes(
    version: LetterVersion, campaign_id: str, addresses: Sequence[Address]
) -> Iterator[Envelope]:
    """What is written for each of these doors, in their order; each must have a code."""
    codes = codes_in(campaign_id, [address.id for address in addresses])
    for address in addresses:
        stamp = _stamp(address, codes[address.id])
        said = "\n".join([version.id, stamp.link, *stamp.lines])
        yield Envelope(address, stamp, hashlib.sha256(said.encode()).hexdigest())


def set_sent(actor: Actor, run: PrintRun, sent_on: date) -> PrintRun:
    """The day on which the letters of a run went out; the first one is the campaign's."""
    if run.finished_at is None:
        raise NotFinished
    if sent_on > today():
        raise InvalidInput(InputError("/sent_on", "in-the-future"))
    run.sent_on = sent_on
    campaign = db.session.get_one(Campaign, run.campaign_id)
    campaign.letter_on = min(campaign.letter_on or sent_on, sent_on)
    db.session.flush()
    trail.note(actor.municipality_id, actor.account_id, "letter.sent", "print_run", run.id)
    return run


def _ready_version(campaign: Campaign) -> LetterVersion:
    # Who saves meanwhile waits, so that what is fixed is what was looked at; and two who print at
    # once would each give the same door its first code.
    lock(campaign)
    if campaign.state != PUBLISHED:
        raise CampaignNotPublished
    letter = writing.letter_of(campaign)
    if letter is None:
        raise NoLetter
    return writing.newest_version(letter)


def _settle(
    actor: Actor,
    campaign: Campaign,
    version: LetterVersion,
    addresses: Sequence[Address],
    body: dict[str, Any],
) -> PrintRun:
    if len(addresses) > MOST_LETTERS:
        raise TooManyLetters(most=MOST_LETTERS)
    give_codes(campaign, [address.id for address in addresses])
    found = list(envelopes(version, campaign.id, addresses))
    if body["only_changed"]:
        had = _printed_before(campaign)
        found = [envelope for envelope in found if envelope.digest not in had]
    if not found:
        raise NoDoors
    content = content_of(version)
    refuse_unready(content)
    press = make_press(content, (), both_sides=body["both_sides"])
    _refuse_unprintable(press)
    fix(version)
    picturing.draw(version, press.bare)
    run = PrintRun(
        id=new_id(),
        municipality_id=campaign.municipality_id,
        campaign_id=campaign.id,
        letter_version_id=version.id,
        ordering=body["ordering"],
        per_street=body["per_street"],
        both_sides=body["both_sides"],
        pages=press.pages,
        letters=len(found),
        made_at=now(),
    )
    db.session.add(run)
    db.session.flush()
    db.session.execute(insert(PrintedLetter), list(_rows(run, found)))
    trail.note(actor.municipality_id, actor.account_id, "letter.print", "print_run", run.id)
    return run


def _refuse_unprintable(press: Press) -> None:
    faults = []
    if press.pages > MOST_PAGES:
        faults.append(InputError("/texts", "letter-too-long", {"most": MOST_PAGES}))
    missing = "".join(undrawn(press.bare))
    if missing:
        faults.append(InputError("/texts", "letter-undrawn", {"what": missing}))
    if faults:
        raise InvalidInput(*faults)


def _rows(run: PrintRun, found: Sequence[Envelope]) -> Iterator[dict[str, Any]]:
    place = 0
    for part, among in enumerate(_parts(run, found), 1):
        for envelope in among:
            place += 1
            yield {
                "id": new_id(),
                "municipality_id": run.municipality_id,
                "print_run_id": run.id,
                "address_id": envelope.address.id,
                "place": place,
                "part": part,
                "digest": envelope.digest,
            }


def _parts(run: PrintRun, found: Sequence[Envelope]) -> Iterator[Sequence[Envelope]]:
    if not run.per_street:
        for at in range(0, len(found), LETTERS_A_PART):
            yield found[at : at + LETTERS_A_PART]
        return
    streets: dict[tuple[str, str], list[Envelope]] = {}
    for envelope in found:
        street = envelope.address.city, envelope.address.street
        streets.setdefault(street, []).append(envelope)
    yield from streets.values()


def _printed_before(campaign: Campaign) -> set[str]:
    """All that lies ready or went out, by what is on it."""
    rows = (
        select(PrintedLetter.digest)
        .join(PrintRun, PrintRun.id == PrintedLetter.print_run_id)
        .where(PrintRun.campaign_id == campaign.id, PrintRun.finished_at.is_not(None))
    )
    return set(db.session.scalars(rows))


def _stamp(address: Address, codes: Codes) -> Stamp:
    return Stamp(address_lines(address), codes.shown, link_to(codes))

"""What somebody chose about their messages, and the browsers that hear there is something new."""

import hashlib
from collections.abc import Collection, Sequence
from datetime import time

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from outreach.clock import new_id, now
from outreach.db import db
from outreach.errors import Conflict, InputError, InvalidInput
from outreach.messages import push
from outreach.messages.channels import channels
from outreach.messages.models import MessageChoice, PushSubscription
from outreach.messages.people import Person
from outreach.messages.timing import MORNING, Wish

# One person does not look at more desks than this; the oldest makes room.
MOST_BROWSERS = 10


class PushNotSetUp(Conflict):
    """This server sends no push."""

    code = "push-not-set-up"


def digest_of(address: str) -> str:
    """A name for an address of mail or push that does not say it."""
    return hashlib.sha256(address.strip().encode()).hexdigest()


def is_refused(choice: MessageChoice) -> bool:
    """Whether the address somebody has now took no mail."""
    to = channels().directory(choice.municipality_id, choice.account_id)
    return to is not None and choice.refused_mail == digest_of(to.address)


def choices_of(municipality_id: str, account_ids: Collection[str]) -> dict[str, MessageChoice]:
    """What these people chose; who chose nothing gets what stands for everybody."""
    rows = select(MessageChoice).where(
        MessageChoice.municipality_id == municipality_id,
        MessageChoice.account_id.in_(account_ids),
    )
    found = {row.account_id: row for row in db.session.scalars(rows)}
    return {id_: found.get(id_) or _nothing_chosen(municipality_id, id_) for id_ in account_ids}


def _nothing_chosen(municipality_id: str, account_id: str) -> MessageChoice:
    return MessageChoice(
        id=new_id(),
        municipality_id=municipality_id,
        account_id=account_id,
        mail=True,
        quiet_from="",
        quiet_until="",
        daily_at=written(MORNING),
        refused_mail="",
    )


def wish_of(choice: MessageChoice) -> Wish:
    """The times of a choice, for who reckons with them."""
    quiet = None
    if choice.quiet_from:
        quiet = (time.fromisoformat(choice.quiet_from), time.fromisoformat(choice.quiet_until))
    return Wish(quiet, time.fromisoformat(choice.daily_at) if choice.daily_at else None)


def written(wall: time) -> str:
    """A wall-clock time as it is kept: "08:30"."""
    return wall.isoformat("minutes")


def choose(
    person: Person, *, mail: bool, quiet_from: str, quiet_until: str, daily_at: str
) -> MessageChoice:
    """Keep a choice; mail switched on again is tried again. Raises InvalidInput with every fault.

    Quiet hours that begin when they end would be none, or the whole day: nobody can tell.
    """
    faults = [
        InputError(pointer, "missing")
        for pointer, value, other in (
            ("/quiet_from", quiet_from, quiet_until),
            ("/quiet_until", quiet_until, quiet_from),
        )
        if other and not value
    ]
    if quiet_from and quiet_from == quiet_until:
        faults.append(InputError("/quiet_until", "same-time"))
    if faults:
        raise InvalidInput(*faults)
    choice = choices_of(person.municipality_id, [person.account_id])[person.account_id]
    choice.mail, choice.daily_at = mail, daily_at
    choice.quiet_from, choice.quiet_until = quiet_from, quiet_until
    choice.refused_mail = ""
    db.session.add(choice)
    return choice


def browsers_of(municipality_id: str, account_ids: Collection[str]) -> Sequence[PushSubscription]:
    """The browsers of these people, oldest first."""
    rows = select(PushSubscription).where(
        PushSubscription.municipality_id == municipality_id,
        PushSubscription.account_id.in_(account_ids),
    )
    ordered = rows.order_by(PushSubscription.made_at, PushSubscription.id)
    return db.session.scalars(ordered).all()


def subscribe(person: Person, endpoint: str) -> PushSubscription:
    """Push to this browser from now on; it is of one person, the last who asked.

    Raises PushNotSetUp, or InvalidInput for an address that is of no push service we know.
    """
    settings = channels().push
    if settings is None:
        raise PushNotSetUp
    if not push.is_of_a_push_service(endpoint, settings):
        raise InvalidInput(InputError("/endpoint", "no-push-service"))
    unsubscribe(endpoint)
    before = browsers_of(person.municipality_id, [person.account_id])
    for oldest in before[: max(0, len(before) - MOST_BROWSERS + 1)]:
        db.session.delete(oldest)
    browser = PushSubscription(
        id=new_id(),
        municipality_id=person.municipality_id,
        account_id=person.account_id,
        endpoint=endpoint,
        digest=digest_of(endpoint),
        made_at=now(),
    )
    db.session.add(browser)
    try:
        db.session.flush()
    except IntegrityError as twice:
        raise Conflict from twice
    return browser


def unsubscribe(endpoint: str) -> None:
    """No more push to this browser, whoever asked for it: only it knows this address."""
    same = PushSubscription.digest == digest_of(endpoint)
    db.session.execute(delete(PushSubscription).where(same))

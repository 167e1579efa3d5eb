"""After an old copy was put back: what ended since ends again, and nobody stays signed in."""

from base64 import b64decode
from collections import Counter
from collections.abc import Callable, Iterator

from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError

from outreach.access import devices
from outreach.access.actor import actor_of
from outreach.access.intents import Intent
from outreach.access.models import Account, Device, Invitation, Municipality, Session
from outreach.audit import endings, trail
from outreach.audit.endings import NOTHING, Ending, Kind
from outreach.clock import new_id, now
from outreach.conversations import consenting, forgetting
from outreach.conversations.models import Consent, Conversation, Forgotten, Note
from outreach.db import db
from outreach.sync import telling
from outreach.sync.discarding import erase
from outreach.sync.models import ErasedDossier, Receipt


def complete_list() -> int:
    """Add to the list what the database knows and the list does not; says how many lines.

    A crash may have lost a line, and an older version wrote none.
    """
    known: set[tuple[Kind, str]] = set()
    for ending in endings.read_all():
        known.add(ending.key)
        # Of an account the last line counts: opened again, its closing is no longer so.
        if ending.kind == Kind.ACCOUNT_OPENED:
            known.discard((Kind.ACCOUNT_CLOSED, ending.id))
    missing = [ending for ending in _in_database() if ending.key not in known]
    endings.add(missing)
    return len(missing)


def complete_list_if_readable() -> int:
    """As complete_list, where the database may be empty, damaged or of another version."""
    try:
        return complete_list()
    except DBAPIError:
        db.session.rollback()
        return 0


def _in_database() -> Iterator[Ending]:
    for gone in db.session.scalars(select(ErasedDossier)):
        yield Ending(Kind.HOUSEHOLD, gone.municipality_id, gone.id, gone.id, gone.erased_at)
    for word in db.session.scalars(select(Forgotten)):
        kind = Kind.NOTE if word.kind == forgetting.NOTE else Kind.CONSENT
        yield Ending(kind, word.municipality_id, word.id, word.dossier_id, word.at)
    withdrawn = select(Consent).where(Consent.withdrawn_at.is_not(None))
    for consent in db.session.scalars(withdrawn):
        yield consenting.taken_back(consent, consent.withdrawn_at or now())
    for device in db.session.scalars(select(Device).where(Device.signing_key.is_not(None))):
        if device.signing_key and not devices.keeps_nothing(device.id):
            yield devices.sealed(device, device.signing_key)
    for device in db.session.scalars(select(Device).where(Device.revoked_at.is_not(None))):
        yield devices.lost(device, device.revoked_at or now())
    for account in db.session.scalars(select(Account).where(~Account.active)):
        closed = Kind.ACCOUNT_CLOSED
        yield Ending(closed, account.municipality_id, account.id, endings.NO_DOSSIER, now())


def end_again() -> Counter[Kind]:
    """Carry out the whole list; says how much of it was not so any more in the old copy."""
    here = set(db.session.scalars(select(Municipality.id)))
    done: Counter[Kind] = Counter()
    for ending in _known_best(list(endings.read_all())):
        if ending.municipality_id in here and _ENDS[ending.kind](ending):
            done[ending.kind] += 1
            db.session.flush()
    return done


def _known_best(lines: list[Ending]) -> Iterator[Ending]:
    """Of a consent that was taken back before it came, the line that was written when it came."""
    whole = {one.key: one for one in lines if one.purpose != NOTHING}
    return (whole.get(one.key, one) for one in lines)


def begin_afresh(reason: str) -> None:
    """No sign-in, link or receipt of before counts: people sign in, phones tell what they hold."""
    at = now()
    db.session.execute(update(Session).where(Session.revoked_at.is_(None)).values(revoked_at=at))
    db.session.execute(delete(Invitation))
    db.session.execute(delete(Receipt))
    for municipality_id in db.session.scalars(select(Municipality.id).order_by(Municipality.id)):
        trail.note(
            municipality_id,
            None,
            "backup.restore",
            "municipality",
            municipality_id,
            reason=reason,
        )


def _household(ending: Ending) -> bool:
    if db.session.get(ErasedDossier, ending.id):
        return False
    erase(ending.municipality_id, ending.id)
    return True


def _note(ending: Ending) -> bool:
    if db.session.get(Forgotten, ending.id):
        return False
    telling.tell(ending.municipality_id, ending.dossier_id, telling.NOTE, ending.id)
    note = db.session.get(Note, ending.id)
    if note is None:
        _remember(ending, forgetting.NOTE)
        return True
    conversation = db.session.get_one(Conversation, note.conversation_id)
    recorder = db.session.get_one(Account, conversation.recorder_id)
    forgetting.erase_notes(_as_said_by(recorder, ending), [ending.id])
    return True


def _consent(ending: Ending) -> bool:
    consent = db.session.get(Consent, ending.id)
    if consent is None:
        if db.session.get(Forgotten, ending.id):
            return False
        _remember(ending, forgetting.CONSENT)
        _take_effect(ending)
        return True
    if consent.withdrawn_at is not None:
        return False
    asker = db.session.get_one(Account, consent.asked_by)
    consenting.take_back(consent, _as_said_by(asker, ending))
    return True


def _take_effect(ending: Ending) -> None:
    """Given and taken back since the copy was made: what others had said before went with it."""
    if ending.conversation_id == NOTHING:
        return
    conversation = db.session.get(Conversation, ending.conversation_id)
    if conversation is None or conversation.household_id != ending.dossier_id:
        return
    recorder = db.session.get_one(Account, conversation.recorder_id)
    team_id = None if ending.team_id == NOTHING else ending.team_id
    said = _as_said_by(recorder, ending)
    consenting.take_back_unknown(conversation, ending.purpose, team_id, said)


def _device(ending: Ending) -> bool:
    """A phone that the copy never knew would come as a new one, and read."""
    device = db.session.get(Device, ending.id) or _enrolled(ending)
    if device is None or device.revoked_at is not None:
        return False
    device.revoked_at = ending.at
    return True


def _device_sealed(ending: Ending) -> bool:
    """Reported lost before it comes back, its key lets it hand over what waits in it."""
    device = db.session.get(Device, ending.id)
    if device is None:
        return _enrolled(ending) is not None
    if device.signing_key is not None:
        return False
    device.signing_key, device.sealed = b64decode(ending.signing_key), True
    return True


def _enrolled(ending: Ending) -> Device | None:
    account = db.session.get(Account, ending.account_id) if ending.account_id != NOTHING else None
    if account is None or account.municipality_id != ending.municipality_id:
        return None
    key = None if ending.signing_key == NOTHING else b64decode(ending.signing_key)
    device = Device(
        id=ending.id,
        municipality_id=ending.municipality_id,
        account_id=account.id,
        enrolled_at=ending.at,
        last_contact_at=ending.at,
        signing_key=key,
        sealed=key is not None,
    )
    db.session.add(device)
    return device


def _close_account(ending: Ending) -> bool:
    return _set_active(ending, active=False)


def _open_account(ending: Ending) -> bool:
    return _set_active(ending, active=True)


def _set_active(ending: Ending, *, active: bool) -> bool:
    account = db.session.get(Account, ending.id)
    if account is None or account.active == active:
        return False
    account.active = active
    return True


def _remember(ending: Ending, kind: str) -> None:
    db.session.add(
        Forgotten(
            id=ending.id,
            municipality_id=ending.municipality_id,
            dossier_id=ending.dossier_id,
            kind=kind,
            at=ending.at,
        )
    )


def _as_said_by(account: Account, ending: Ending) -> Intent:
    """What was said then, in the name of who took it down: acts ask for an intent."""
    return Intent(
        id=new_id(),
        actor=actor_of(account),
        device_id="",
        dossier_id=ending.dossier_id,
        kind="backup.restore",
        made_at=ending.at,
        received_at=now(),
        body={},
    )


_ENDS: dict[Kind, Callable[[Ending], bool]] = {
    Kind.HOUSEHOLD: _household,
    Kind.NOTE: _note,
    Kind.CONSENT: _consent,
    Kind.DEVICE: _device,
    Kind.DEVICE_SEALED: _device_sealed,
    Kind.ACCOUNT_CLOSED: _close_account,
    Kind.ACCOUNT_OPENED: _open_account,
}

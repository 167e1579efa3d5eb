"""Planted bugs, one at a time, put in at run time: the simulation must find each of them."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from outreach.access.devices import DeviceRevoked
from outreach.access.models import Device
from outreach.audit import differences
from outreach.conversations import scope as talks
from outreach.conversations.models import Conversation
from outreach.db import db
from outreach.sync import answering, discarding, quarantine, receiving, routes, telling
from outreach.sync.models import Quarantined, Receipt, ToForget
from outreach.sync.versions import Dossier
from tests.model import mutants_of_endings as endings
from tests.model import mutants_of_rights as rights


def ack_before_commit() -> None:
    """The answer goes out, and every third time the server dies before it committed."""
    count = 0

    class DyingSession:
        def __getattr__(self, name: str) -> Any:
            return getattr(db.session, name)

        def commit(self) -> None:
            nonlocal count
            count += 1
            (db.session.rollback if count % 3 == 0 else db.session.commit)()

    class DyingDatabase:
        session = DyingSession()

    vars(routes)["db"] = DyingDatabase()


def forgets_what_came() -> None:
    """Missing idempotency: what comes again is done again."""
    real = receiving.once

    def again(sender: Any, known: Any, envelope: dict[str, Any], act: Any) -> Any:
        before = known.came.pop(envelope["id"], None)
        if before is not None:
            db.session.delete(before)
            db.session.flush()
        return real(sender, known, envelope, act)

    receiving.once = again


def last_writer_wins() -> None:
    """A wrong merge: the value that was overwritten is kept nowhere."""
    vars(differences)["_keep"] = lambda *_: None


def versions_in_order() -> None:
    """Versions are compared as if they had an order."""

    class Ordered(str):
        __slots__ = ()
        __hash__ = str.__hash__

        def __eq__(self, other: object) -> bool:
            return not self != other

        def __ne__(self, other: object) -> bool:
            return not isinstance(other, str) or str(other) < str(self)

    class Sorted(Dossier):
        @property
        def version(self) -> str:
            return Ordered(super().version)

    real = vars(answering)["holdings_of"]
    vars(answering)["holdings_of"] = lambda actor: [
        Sorted(d.id, d.kind, d.body) for d in real(actor)
    ]


def keeps_erased_words() -> None:
    """What comes for an erased household is put in quarantine."""
    vars(receiving)["_was_erased"] = lambda *_: False


def erasing_spares_quarantine() -> None:
    """Throwing a household away leaves what waits for a person."""
    real = discarding.erase

    def erase(municipality_id: str, household_id: str, anew: Any = None) -> None:
        rows = db.session.scalars(
            select(Quarantined).where(Quarantined.dossier_id == household_id)
        ).all()
        kept = [{c.name: getattr(r, c.name) for c in Quarantined.__table__.c} for r in rows]
        real(municipality_id, household_id, anew)
        db.session.expunge_all()
        db.session.add_all(Quarantined(**row) for row in kept)
        db.session.flush()

    discarding.erase = erase


def trusts_its_last_answer() -> None:
    """A cursor: the server believes that its last answer arrived, whatever the phone says."""
    real = answering._known  # noqa: SLF001 - a planted bug reaches inside

    def known(device: Device, said: dict[str, Any]) -> dict[str, str] | None:
        rows = select(Receipt).where(Receipt.device_id == device.id)
        last = db.session.scalars(rows.order_by(Receipt.number.desc())).first()
        held: dict[str, str] | None = last.holdings if last else None
        return real(device, said) if held is None else held

    vars(answering)["_known"] = known


def shows_the_pair_each_others_talks() -> None:
    """Who walks the round gets every talk of it."""

    def all_talks(_: Any) -> Any:
        return select(Conversation.household_id)

    vars(talks)["own_households"] = all_talks


def lost_phones_read_on() -> None:
    """A phone that was reported lost is answered all the same."""
    real = vars(routes)["device_in_contact"]

    def in_contact(actor: Any, device_id: str) -> Device:
        try:
            known: Device = real(actor, device_id)
        except DeviceRevoked:
            return db.session.get_one(Device, device_id)
        return known

    vars(routes)["device_in_contact"] = in_contact


def loses_what_does_not_fit() -> None:
    """What cannot be applied is acknowledged and thrown away."""
    vars(quarantine)["put_aside"] = lambda *_: None


def tells_erasure_once() -> None:
    """What a phone must hear counts as heard once it was said, whether or not it arrived."""
    real = telling.untold

    def untold(device: Device, receipt_id: str | None) -> list[ToForget]:
        left = real(device, receipt_id)
        said = [one for one in left if one.told_with is None]
        for one in left:
            if one.told_with is not None:
                db.session.delete(one)
        return said

    telling.untold = untold


MUTANTS: dict[str, Callable[[], None]] = {
    "ack-before-commit": ack_before_commit,
    "missing-idempotency": forgets_what_came,
    "wrong-merge": last_writer_wins,
    "version-order": versions_in_order,
    "erased-in-quarantine": keeps_erased_words,
    "erasing-spares-quarantine": erasing_spares_quarantine,
    "receipt-is-a-cursor": trusts_its_last_answer,
    "pair-sees-talks": shows_the_pair_each_others_talks,
    "revoked-reads": lost_phones_read_on,
    "quarantine-loses": loses_what_does_not_fit,
    "erasure-told-once": tells_erasure_once,
    "told-before-known": endings.tells_before_it_knows,
    "erasure-not-replayed": endings.restores_without_ending,
    "effect-without-outcome": endings.commits_effects_early,
    "old-app-loses-all": endings.old_apps_lose_all,
    "aftercare-reads-talk": endings.who_comes_back_reads_the_talk,
    "withdrawal-spares-quarantine": endings.withdrawing_spares_quarantine,
    "reassigned-keeps-round": rights.keeps_the_round,
    "reassigned-may-not-write": rights.forbids_writing_at_once,
    "no-for-ever": rights.takes_no_for_ever,
    "contact-takes-notes": rights.takes_notes_with_contact,
}


def plant(name: str) -> None:
    """Put one bug in this process; a name of the phone's side changes nothing here."""
    MUTANTS.get(name, lambda: None)()

"""What waits in quarantine goes with the consent that it was said under: destroyed, not kept."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from outreach.access.actor import Actor
from outreach.access.intents import Intent
from outreach.audit import endings
from outreach.clock import now
from outreach.conversations.agreement import HEALTH
from outreach.conversations.forgetting import CONSENT, NOTE, remember
from outreach.conversations.models import Consent, Forgotten
from outreach.db import db
from outreach.plans.models import Goal, Plan
from outreach.sync import forms, moving, quarantine, telling
from outreach.sync.models import Quarantined
from outreach.sync.resting import is_about_health, is_yes_to


def _waiting(household_id: str, intent: Intent) -> Sequence[Quarantined]:
    rows = select(Quarantined).where(
        Quarantined.municipality_id == intent.actor.municipality_id,
        (Quarantined.dossier_id == household_id) | (Quarantined.first_dossier_id == household_id),
    )
    return db.session.scalars(rows).all()


def _said(kept: Quarantined) -> dict[str, Any]:
    said: dict[str, Any] = kept.body.get("body", {})
    return said


def _made_at(kept: Quarantined) -> datetime:
    return datetime.fromisoformat(kept.body["made_at"])


def _destroy(rows: Iterable[Quarantined]) -> None:
    ids = [kept.id for kept in rows]
    db.session.execute(delete(Quarantined).where(Quarantined.id.in_(ids)))


def forget_noted(household_id: str, intent: Intent) -> None:
    """All of a household goes, but for what this phone says after a yes that came later."""
    waiting = _waiting(household_id, intent)
    stays = _said_anew(waiting, intent, "note")
    _destroy(kept for kept in waiting if kept.id not in stays)


def forget_noted_by_phone(household_id: str, intent: Intent) -> None:
    """As forget_noted, of this phone alone: others said nothing under the consent that is gone."""
    waiting = _waiting(household_id, intent)
    stays = _said_anew(waiting, intent, "note")
    own = [kept for kept in waiting if kept.device_id == intent.device_id]
    _destroy(kept for kept in own if kept.id not in stays)


def _said_anew(
    waiting: Iterable[Quarantined], intent: Intent, purpose: str, team_id: str | None = None
) -> set[str]:
    """What this phone says from the first yes that it heard after they took theirs back.

    A withdrawal that itself waited for a person is carried out when more waits behind it.
    """
    later = [
        kept
        for kept in waiting
        if kept.device_id == intent.device_id and _made_at(kept) > intent.made_at
    ]
    yeses = [kept for kept in later if is_yes_to(kept, purpose, team_id)]
    if not yeses:
        return set()
    anew = min(map(_made_at, yeses))
    return {kept.id for kept in later if _made_at(kept) >= anew}


def _take_back(
    waiting: Iterable[Quarantined], intent: Intent, purpose: str, team_id: str | None = None
) -> list[Quarantined]:
    """What a withdrawal reaches: all but what was said anew.

    Who takes a yes back means all that they gave: those that wait will come withdrawn.
    """
    stays = _said_anew(waiting, intent, purpose, team_id)
    reached = [kept for kept in waiting if kept.id not in stays]
    taken = [
        consent_id
        for kept in reached
        if kept.author_id == intent.actor.account_id
        and kept.state == quarantine.WAITING
        and is_yes_to(kept, purpose, team_id)
        and forms.is_id(consent_id := str(_said(kept).get("consent_id")).lower())
    ]
    remember(intent, CONSENT, taken)
    return reached


def forget_health(household_id: str, intent: Intent, note_ids: Collection[str]) -> None:
    """All that is about health goes, with changes to notes and goals that were.

    A step for a goal that is nowhere (any more) may have been about health: it goes too.
    """
    waiting = _waiting(household_id, intent)
    said = {kept.id: _said(kept) for kept in waiting}
    about = {id_: body for id_, body in said.items() if is_about_health(body)}
    notes = {*note_ids, *(str(body.get("note_id", "")) for body in about.values())}
    changed = {
        id_ for id_, body in said.items() if body.get("note_id") and str(body["note_id"]) in notes
    }
    steps = {
        id_: str(body["goal_id"])
        for id_, body in said.items()
        if body.get("goal_id") and "domain" not in body
    }
    elsewhere = _goals_about_other_things(household_id, said.values())
    lost = {id_ for id_, goal_id in steps.items() if goal_id not in elsewhere}
    gone = {*about, *changed, *lost}
    _destroy(kept for kept in _take_back(waiting, intent, "health") if kept.id in gone)


def _goals_about_other_things(household_id: str, waiting: Iterable[dict[str, Any]]) -> set[str]:
    rows = (
        select(Goal.id)
        .join(Plan, Plan.id == Goal.plan_id)
        .where(Plan.household_id == household_id, Goal.domain != HEALTH)
    )
    others = (body for body in waiting if "domain" in body and not is_about_health(body))
    said = {str(body.get("goal_id")) for body in others}
    return {*db.session.scalars(rows), *said}


def forget_contact(household_id: str, intent: Intent) -> None:
    """How to reach them goes, but for what this phone says after a yes that came later."""
    reached = _take_back(_waiting(household_id, intent), intent, "contact")
    _destroy(kept for kept in reached if kept.kind == "contact.set")


def forget_note(note_id: str, intent: Intent) -> None:
    """*Haal dit weg*: what waits to become of the note goes with it."""
    _destroy(
        kept
        for kept in _waiting(intent.dossier_id, intent)
        # Compared here: what stands in an unchecked body need not be an id.
        if str(_said(kept).get("note_id")).lower() == note_id.lower()
    )


def forget_shared(consent: Consent, intent: Intent) -> None:
    """What was meant for the team with whom they share no more goes, whole or half."""
    _forget_for_team(consent.household_id, str(consent.team_id), intent)


def _forget_for_team(household_id: str, team_id: str, intent: Intent) -> None:
    meant_for_a_team = (forms.OFFER, forms.HANDOVER, forms.ANSWER)
    _destroy(
        kept
        for kept in _take_back(_waiting(household_id, intent), intent, "share", team_id)
        if kept.kind in meant_for_a_team and team_id in forms.receivers_of(kept.kind, _said(kept))
    )


def forget_under(consent_id: str, intent: Intent) -> None:
    """A yes that waits itself is taken back: what waits under it goes, as if it had been let in."""
    household_id = intent.dossier_id
    for kept in _waiting(household_id, intent):
        said = _said(kept)
        # Compared here: what stands in an unchecked body need not be an id.
        if kept.kind != "consent.record" or str(said.get("consent_id")).lower() != consent_id:
            continue
        # Its words lie on the phone that said it, whichever takes it back.
        by_phone = replace(intent, device_id=kept.device_id)
        match said.get("purpose"):
            case "note":
                forget_noted_by_phone(household_id, by_phone)
                telling.tell_phone(by_phone, telling.NOTING)
            case "health":
                forget_health(household_id, by_phone, [])
                telling.tell_phone(by_phone, telling.HEALTH)
            case "contact":
                forget_contact(household_id, by_phone)
                telling.tell_phone(by_phone, telling.CONTACT)
            case "share":
                _forget_for_team(household_id, str(said.get("team_id")).lower(), intent)


def forget_let_in(municipality_id: str, first: str, household_id: str) -> None:
    """What was said of one dossier and let in at another is gone: its notes and yeses, under both.

    For where others may say of the first dossier what stays. Until somebody did, all that its
    author's phone has of it is what was let in elsewhere: that phone drops it whole.
    """
    at = now()
    if not moving.is_known(first):
        devices = moving.devices_that_named(municipality_id, first, household_id)
        telling.tell_devices(municipality_id, devices, first, telling.HOUSEHOLD)
    for kind, said, field, ending in (
        (NOTE, "note.add", "note_id", endings.Kind.NOTE),
        (CONSENT, "consent.record", "consent_id", endings.Kind.CONSENT),
    ):
        ids = moving.said_elsewhere(municipality_id, first, household_id, said, field)
        known = set(db.session.scalars(select(Forgotten.id).where(Forgotten.id.in_(ids))))
        new = sorted(ids - known)
        whose = {"municipality_id": municipality_id, "dossier_id": first}
        db.session.add_all(Forgotten(id=id_, kind=kind, at=at, **whose) for id_ in new)
        endings.write_down(ending, municipality_id, new, dossier_id=first)
        if kind == NOTE:
            for note_id in sorted(ids):
                telling.tell(municipality_id, first, telling.NOTE, note_id)
    db.session.flush()


def forget_under_known(actor: Actor, device_id: str, dossier_ids: Collection[str]) -> None:
    """Of what a phone handed over: a yes that is known to be taken back takes its words along.

    The withdrawal came in before an old copy was put back; the list of what ended has it still,
    of the dossier where a coordinator had let it in.
    """
    waiting = select(Quarantined).where(
        Quarantined.municipality_id == actor.municipality_id,
        Quarantined.dossier_id.in_(dossier_ids),
        Quarantined.kind == "consent.record",
    )
    yeses = {
        consent_id: kept.dossier_id
        for kept in db.session.scalars(waiting)
        if forms.is_id(consent_id := str(_said(kept).get("consent_id")).lower())
    }
    rows = select(Forgotten).where(
        Forgotten.municipality_id == actor.municipality_id,
        Forgotten.dossier_id.in_(dossier_ids) | Forgotten.id.in_(yeses),
        Forgotten.kind == CONSENT,
    )
    for gone in db.session.scalars(rows).all():
        said = Intent(
            id=gone.id,
            actor=actor,
            device_id=device_id,
            dossier_id=yeses.get(gone.id, gone.dossier_id),
            kind="consent.withdraw",
            made_at=gone.at,
            received_at=now(),
            body={"consent_id": gone.id},
        )
        forget_under(gone.id, said)

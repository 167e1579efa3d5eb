"""A phone in a test: it says things as a phone does, through the schemas and acts of the slices."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from outreach.access.actor import actor_of
from outreach.access.intents import Intent
from outreach.access.models import Account
from outreach.audit.differences import Effect
from outreach.clock import new_id, now
from outreach.concerns.mutations import MUTATIONS as CONCERNS
from outreach.conversations.dossiers import household_parts
from outreach.conversations.mutations import MUTATIONS as TALKS
from outreach.db import db
from outreach.incidents.mutations import MUTATIONS as INCIDENTS
from outreach.visits.models import Stop
from tests.factories.town import Town

KINDS = {mutation.kind: mutation for mutation in (*TALKS, *CONCERNS, *INCIDENTS)}


@dataclass
class Phone:
    """One person's phone at one stop of the town's round."""

    town: Town
    account: Account
    stop: Stop
    device_id: str = field(default_factory=new_id)
    last_effect: Effect | None = None

    def intent(
        self, kind: str, body: Mapping[str, Any], dossier_id: str = "", at: datetime | None = None
    ) -> Intent:
        """The intent as sync would make it from an envelope."""
        return Intent(
            id=new_id(),
            actor=actor_of(self.account),
            device_id=self.device_id,
            dossier_id=dossier_id or self.stop.household_id,
            kind=kind,
            made_at=at or now(),
            received_at=now(),
            body=KINDS[kind].body.load(body),
        )

    def says(self, kind: str, /, *, dossier_id: str = "", **body: Any) -> Effect:
        """Send one intent and apply it, within a savepoint as sync does."""
        if "was" in body:
            body["from"] = body.pop("was")
        intent = self.intent(kind, body, dossier_id)
        with db.session.begin_nested():
            effect = KINDS[kind].act(intent)
            db.session.flush()
        return effect

    def may(self, kind: str, /, *, dossier_id: str = "", **body: Any) -> bool:
        """Whether this person may write what the intent is about."""
        intent = self.intent(kind, body, dossier_id)
        return intent.dossier_id in KINDS[kind].writable(intent.actor, {intent.dossier_id})

    def about_talk(self, kind: str, **body: Any) -> Effect:
        """As says, about the talk the stop reserves."""
        return self.says(kind, conversation_id=self.stop.conversation_id, **body)

    def opens(self, *, noted: bool = True, on: str = "2026-03-04") -> Effect:
        """Open the talk."""
        return self.about_talk(
            "conversation.open",
            stop_id=self.stop.id,
            guide_id=self.town.guide.id,
            consent_text_id=self.town.consent_text.id,
            noted=noted,
            date=on,
        )

    def hears(
        self,
        purpose: str,
        *,
        given: bool = True,
        consent_id: str = "",
        team_id: str | None = None,
        text_id: str = "",
    ) -> str:
        """Record the answer to one purpose; gives the consent's id."""
        consent_id = consent_id or new_id()
        self.last_effect = self.about_talk(
            "consent.record",
            consent_id=consent_id,
            purpose=purpose,
            given=given,
            consent_text_id=text_id or self.town.consent_text.id,
            language="nl",
            how="spoken",
            team_id=team_id,
        )
        return consent_id

    def notes(self, text: str, *, note_id: str = "", position: int = 0, domain: str = "") -> str:
        """Write a note; gives its id."""
        note_id = note_id or new_id()
        self.last_effect = self.about_talk(
            "note.add", note_id=note_id, domain=domain, position=position, text=text
        )
        return note_id

    def asks_debt_help(
        self, asked_on: str, *, pass_on: bool = True, crisis: bool = False
    ) -> Effect:
        """Record that they ask for debt help."""
        return self.about_talk("debt_help.ask", asked_on=asked_on, pass_on=pass_on, crisis=crisis)

    def tells_contact(self, called_name: str = "Mevrouw Els", value: str = "0612345678") -> Effect:
        """Record how to reach them."""
        return self.says(
            "contact.set",
            called_name=called_name,
            channel="phone",
            value=value,
            when="na zessen",
            voicemail_ok=False,
        )

    def withdraws(self, consent_id: str) -> Effect:
        """They take a consent back."""
        return self.says("consent.withdraw", consent_id=consent_id)

    def part(self) -> dict[str, Any]:
        """What this person's phone gets of the household."""
        parts = household_parts(actor_of(self.account), [self.stop.household_id])
        return parts[self.stop.household_id]


def talking(town: Town, person: str = "volunteer") -> Phone:
    """A phone at the first stop, with a talk opened and consent to note given."""
    phone = Phone(town, town.person(person), town.stops[0])
    phone.opens()
    phone.hears("note")
    return phone

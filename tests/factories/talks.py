"""A household that agreed to a talk, with what they let us do; and what its phones say of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from outreach.access.actor import actor_of
from outreach.access.intents import Intent
from outreach.access.models import Account, Team
from outreach.audit.differences import Effect
from outreach.audit.models import Difference
from outreach.clock import new_id, now, today
from outreach.conversations.models import (
    Advice,
    Assessment,
    Consent,
    Conversation,
    DebtHelpRequest,
    Note,
)
from outreach.conversations.mutations import MUTATIONS as TALKS
from outreach.db import db
from outreach.handover.mutations import MUTATIONS as HANDOVERS
from outreach.plans import together
from outreach.plans.models import Aftercare, Plan
from outreach.plans.mutations import MUTATIONS as PLANS
from outreach.territory.models import Household
from outreach.visits.models import Stop
from tests.factories.town import Town

KINDS = {mutation.kind: mutation for mutation in (*TALKS, *PLANS, *HANDOVERS)}
Stands = Callable[[str, dict[str, Any]], dict[str, Any] | None]
CALLED_NAME, PHONE_NUMBER = "Mevrouw Els", "0612345678"


def _wish(household_id: str, _body: dict[str, Any]) -> dict[str, Any]:
    plan = db.session.scalars(db.select(Plan).filter_by(household_id=household_id)).first()
    nothing = {"wanted": False, "bring_on": None, "bring_by": None}
    return together.wish_of(plan) if plan else nothing


def _stands(read: Callable[[Aftercare], dict[str, Any]]) -> Stands:
    def find(_household_id: str, body: dict[str, Any]) -> dict[str, Any] | None:
        aftercare = db.session.get(Aftercare, body["aftercare_id"])
        return read(aftercare) if aftercare else None

    return find


# What a phone that is up to date shows where it says this.
STANDS: dict[str, Stands] = {
    "plan.print": _wish,
    "aftercare.plan": _stands(together.agreement_of),
    "aftercare.record": _stands(together.result_of),
}


@dataclass
class Talk:
    """A household, its talk, and the consents that were given, by purpose."""

    town: Town
    stop: Stop
    household: Household
    conversation: Conversation
    recorder: Account
    consents: dict[str, Consent] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The dossier's id."""
        return self.household.id

    @property
    def plan_id(self) -> str:
        """The id that the stop reserved for the plan."""
        return self.stop.plan_id

    def agrees(self, purpose: str, team: Team | None = None, *, given: bool = True) -> Consent:
        """The household answers one purpose."""
        consent = Consent(
            id=new_id(),
            municipality_id=self.household.municipality_id,
            household_id=self.household.id,
            conversation_id=self.conversation.id,
            consent_text_id=self.town.consent_text.id,
            purpose=purpose,
            given=given,
            language="nl",
            how="spoken",
            team_id=team.id if team else None,
            asked_by=self.recorder.id,
            made_at=now(),
            received_at=now(),
        )
        db.session.add(consent)
        db.session.commit()
        self.consents[purpose] = consent
        return consent

    def yes_to(self, purpose: str, consent_id: str, team_id: str | None = None) -> dict[str, Any]:
        """What a phone says when the household says yes: the body of `consent.record`."""
        return {
            "consent_id": consent_id,
            "conversation_id": self.conversation.id,
            "purpose": purpose,
            "given": True,
            "consent_text_id": self.town.consent_text.id,
            "language": "nl",
            "how": "spoken",
            "team_id": team_id,
        }

    def tells(self, domain: str, answer: str, *notes: str, advice: str = "") -> None:
        """What they say about one domain."""
        own = {
            "municipality_id": self.household.municipality_id,
            "conversation_id": self.conversation.id,
            "domain": domain,
        }
        db.session.add(Assessment(id=new_id(), answer=answer, **own))
        for place, text in enumerate(notes):
            db.session.add(
                Note(
                    id=new_id(),
                    position=place,
                    text=text,
                    written_by=self.recorder.id,
                    made_at=now(),
                    received_at=now(),
                    **own,
                )
            )
        if advice:
            db.session.add(Advice(id=new_id(), key=advice, **own))
        db.session.commit()

    def tells_contact(self) -> None:
        """What we may call them, and their number; whether that may be kept is another matter."""
        self.household.called_name = CALLED_NAME
        self.household.contact_channel = "phone"
        self.household.contact_value = PHONE_NUMBER
        self.household.contact_when = "na zessen"
        db.session.commit()

    def asks_debt_help(
        self, *, pass_on: bool = True, crisis: bool = False, days_ago: int = 0
    ) -> None:
        """They ask for debt help."""
        db.session.add(
            DebtHelpRequest(
                id=new_id(),
                municipality_id=self.household.municipality_id,
                household_id=self.household.id,
                conversation_id=self.conversation.id,
                recorded_by=self.recorder.id,
                asked_on=today() - DAY * days_ago,
                pass_on=pass_on,
                crisis=crisis,
                received_at=now(),
            )
        )
        db.session.commit()

    def intent(self, kind: str, body: dict[str, Any], speaker: Account | None = None) -> Intent:
        """What a phone wants, after its schema. A body field `from_` means `from`."""
        if "from_" in body:
            body["from"] = body.pop("from_")
        elif kind in STANDS:
            body["from"] = STANDS[kind](self.id, body)
        return Intent(
            id=new_id(),
            actor=actor_of(speaker or self.recorder),
            device_id=new_id(),
            dossier_id=self.household.id,
            kind=kind,
            made_at=now(),
            received_at=now(),
            body=KINDS[kind].body.load(body),
        )

    def says(self, kind: str, /, *, speaker: Account | None = None, **body: Any) -> Effect:
        """One intent of a phone, applied within a savepoint as sync does, and committed."""
        intent = self.intent(kind, body, speaker)
        with db.session.begin_nested():
            effect = KINDS[kind].act(intent)
            db.session.flush()
        db.session.commit()
        return effect

    def may(self, kind: str, speaker: Account, /, **body: Any) -> bool:
        """Whether somebody may write what an intent is about."""
        intent = self.intent(kind, body, speaker)
        return intent.dossier_id in KINDS[kind].writable(intent.actor, {intent.dossier_id})

    def goal(self, text: str = "Overzicht over de post", *, domain: str = "") -> str:
        """A goal; gives its id."""
        goal_id = new_id()
        self.says("goal.set", **self.goal_body(goal_id, text, domain=domain))
        return goal_id

    def goal_body(
        self, goal_id: str, text: str, *, domain: str = "", **more: Any
    ) -> dict[str, Any]:
        """The body of a `goal.set`."""
        body = {
            "goal_id": goal_id,
            "plan_id": self.plan_id,
            "conversation_id": self.conversation.id,
            "position": 0,
            "domain": domain,
            "text": text,
            "from_": None,
        }
        return body | more

    def step(self, goal_id: str, text: str = "Elke dag de post openen", **more: Any) -> str:
        """A step; gives its id."""
        step_id = new_id()
        self.says("step.set", step_id=step_id, goal_id=goal_id, **(step_fields(text) | more))
        return step_id

    def aftercare(
        self, speaker: Account | None = None, *, days: int = 42, kind: str = "visit"
    ) -> str:
        """Aftercare by somebody, some days ahead; gives its id."""
        aftercare_id = new_id()
        self.says(
            "aftercare.plan",
            speaker=speaker,
            aftercare_id=aftercare_id,
            plan_id=self.plan_id,
            due_on=(today() + DAY * days).isoformat(),
            day_part="morning",
            kind=kind,
        )
        return aftercare_id

    def offer(self, **more: Any) -> str:
        """A hand-over to the team they agreed to; gives its id."""
        body = self.offer_body(**more)
        self.says("handover.offer", **body)
        return str(body["handover_id"])

    def offer_body(self, **more: Any) -> dict[str, Any]:
        """The body of a `handover.offer`."""
        consent = self.consents["share"]
        body = {
            "handover_id": new_id(),
            "conversation_id": self.conversation.id,
            "consent_id": consent.id,
            "team_id": consent.team_id,
            "why": "Ze komen er samen niet meer uit.",
            "urgency": "ordinary",
            "domains": ["money_and_schemes"],
            "company_wanted": True,
            "called_at": None,
        }
        return body | more

    def differences(self) -> list[Difference]:
        """What waits to be settled."""
        rows = db.select(Difference).filter_by(dossier_id=self.household.id, settled_at=None)
        return list(db.session.scalars(rows.order_by(Difference.field)))


DAY = today().resolution


def step_fields(text: str, **more: Any) -> dict[str, Any]:
    """The five fields of a step, with `from_` null."""
    fields = {"position": 0, "text": text, "who": "resident", "who_name": "", "by": "vrijdag"}
    return fields | {"from_": None} | more


def five(text: str, **more: Any) -> dict[str, Any]:
    """The five fields of a step alone, as `from` carries them."""
    fields = step_fields(text, **more)
    del fields["from_"]
    return fields


def make_talk(
    town: Town, place: int = 0, *, recorder: str = "volunteer", noted: bool = True
) -> Talk:
    """A household at one of the town's stops; with `noted` it agreed to notes."""
    stop, account = town.stops[place], town.person(recorder)
    household = Household(
        id=stop.household_id,
        municipality_id=town.municipality.id,
        address_id=stop.address_id,
        created_at=now(),
    )
    db.session.add(household)
    db.session.flush()
    conversation = Conversation(
        id=stop.conversation_id,
        municipality_id=town.municipality.id,
        household_id=household.id,
        campaign_id=town.campaign.id,
        stop_id=stop.id,
        recorder_id=account.id,
        guide_id=town.guide.id,
        consent_text_id=town.consent_text.id,
        noted=noted,
        date=today(),
        made_at=now(),
        received_at=now(),
    )
    db.session.add(conversation)
    db.session.commit()
    talk = Talk(town, stop, household, conversation, account)
    if noted:
        talk.agrees("note")
    return talk

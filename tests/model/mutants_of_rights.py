"""Planted bugs: who may read and write what, after a round changed hands or a consent was taken."""

from datetime import timedelta

from sqlalchemy import Select, or_, select

from outreach.access.actor import Actor
from outreach.access.intents import AlreadyErased, Intent
from outreach.conversations import agreement, consenting, forgetting
from outreach.conversations.models import Consent, Conversation
from outreach.db import db
from outreach.sync import receiving
from outreach.sync.models import IssuedDossier
from outreach.visits import dossiers, scope
from outreach.visits.models import Round, RoundMember


def keeps_the_round() -> None:
    """Who was given a round once walks it for ever."""

    def walked(actor: Actor) -> Select[Round]:
        own = select(RoundMember.round_id).where(RoundMember.account_id == actor.account_id)
        given = select(IssuedDossier.dossier_id).where(IssuedDossier.account_id == actor.account_id)
        return select(Round).where(
            Round.municipality_id == actor.municipality_id,
            or_(Round.id.in_(own), Round.id.in_(given)),
            Round.state != scope.DRAFT,
        )

    for module in (scope, dossiers):
        vars(module)["walked_rounds"] = walked


def forbids_writing_at_once() -> None:
    """Who may read a dossier no more may not bring what they said of it before."""
    vars(receiving)["RIGHT_TO_WRITE"] = timedelta(days=-1)


def takes_no_for_ever() -> None:
    """Once they took a consent back, a new yes lets nobody write."""
    real = vars(agreement)["_require"]

    def require(consent: Consent, intent: Intent) -> None:
        taken_back = select(Consent.id).where(
            Consent.conversation_id == consent.conversation_id,
            Consent.purpose == consent.purpose,
            Consent.withdrawn_at.is_not(None),
        )
        if db.session.scalars(taken_back).first() is not None:
            raise AlreadyErased
        real(consent, intent)

    vars(agreement)["_require"] = require


def takes_notes_with_contact() -> None:
    """Who takes back how to reach them loses what was noted, too."""

    def forget(household_id: str, intent: Intent) -> None:
        talks = select(Conversation).where(Conversation.household_id == household_id)
        for talk in db.session.scalars(talks).all():
            forgetting.erase_content(talk, intent)

    consenting.ON_CONTACT_WITHDRAWN.append(forget)

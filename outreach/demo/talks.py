"""The talks behind the past: consent, words, a plan, aftercare."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from outreach.access.models import Account
from outreach.campaigns.models import Campaign
from outreach.clock import new_id
from outreach.conversations.agreement import HEALTH
from outreach.conversations.models import (
    Assessment,
    Consent,
    Conversation,
    DebtHelpRequest,
    Note,
)
from outreach.db import db
from outreach.demo.past import WEEKS, moment
from outreach.demo.stories import Story
from outreach.demo.town import Place
from outreach.plans.models import Aftercare, Goal, Plan, Step
from outreach.territory.models import Household
from outreach.visits.models import Round, Stop


@dataclass(frozen=True)
class Talk:
    """A talk as it was held: where, when, by whom, and what was told."""

    campaign: Campaign
    place: Place
    stop: Stop
    round: Round
    recorder: Account
    story: Story
    handed_over: bool

    @property
    def at(self) -> datetime:
        """When it was written down."""
        return moment(self.round.date, self.round.day_part) + timedelta(minutes=40)

    @property
    def tenant(self) -> str:
        """The municipality."""
        return self.campaign.municipality_id

    @property
    def due_on(self) -> date:
        """When the aftercare is due."""
        return self.round.date + timedelta(weeks=self.campaign.aftercare_weeks)

    @property
    def is_followed_up(self) -> bool:
        """Whether the day of the aftercare is behind us."""
        return self.due_on < self.campaign.starts_on + timedelta(weeks=WEEKS + 1)


def hold_talk(talk: Talk) -> Consent | None:
    """Write the whole talk down; gives the consent to share when it is handed over."""
    _household(talk)
    _conversation(talk)
    for purpose in ("note", "contact"):
        _consent(talk, purpose)
    if HEALTH in {*talk.story.answers, *talk.story.notes, talk.story.goal_domain}:
        _consent(talk, "health")
    _consent(talk, "feedback", given=talk.stop.position % 3 != 0)
    share = _consent(talk, "share", team_id=talk.place.teams[0].id) if talk.handed_over else None
    db.session.flush()
    _words(talk)
    _plan(talk)
    _aftercare(talk)
    return share


def _household(talk: Talk) -> None:
    db.session.add(
        Household(
            id=talk.stop.household_id,
            municipality_id=talk.tenant,
            address_id=talk.stop.address_id,
            called_name=talk.story.called_name,
            contact_channel="phone",
            contact_value=f"099-55502{talk.stop.position:02d}",
            contact_when="overdag",
            voicemail_ok=talk.stop.position % 2 == 0,
            created_at=talk.at,
        )
    )
    db.session.flush()


def _conversation(talk: Talk) -> None:
    db.session.add(
        Conversation(
            id=talk.stop.conversation_id,
            municipality_id=talk.tenant,
            household_id=talk.stop.household_id,
            campaign_id=talk.campaign.id,
            stop_id=talk.stop.id,
            recorder_id=talk.recorder.id,
            guide_id=talk.campaign.guide_id,
            consent_text_id=talk.campaign.consent_text_id,
            noted=True,
            state="closed",
            date=talk.round.date,
            made_at=talk.at,
            received_at=talk.at,
        )
    )
    db.session.flush()


def _consent(
    talk: Talk, purpose: str, *, given: bool = True, team_id: str | None = None
) -> Consent:
    consent = Consent(
        id=new_id(),
        municipality_id=talk.tenant,
        household_id=talk.stop.household_id,
        conversation_id=talk.stop.conversation_id,
        consent_text_id=talk.campaign.consent_text_id,
        purpose=purpose,
        given=given,
        language="nl",
        how="spoken",
        team_id=team_id,
        asked_by=talk.recorder.id,
        made_at=talk.at,
        received_at=talk.at,
    )
    db.session.add(consent)
    return consent


def _words(talk: Talk) -> None:
    own = {"municipality_id": talk.tenant, "conversation_id": talk.stop.conversation_id}
    db.session.add_all(
        Assessment(id=new_id(), domain=domain, answer=answer, **own)
        for domain, answer in talk.story.answers.items()
    )
    db.session.add_all(
        Note(
            id=new_id(),
            domain=domain,
            position=position,
            text=text,
            written_by=talk.recorder.id,
            made_at=talk.at,
            received_at=talk.at,
            **own,
        )
        for position, (domain, text) in enumerate(talk.story.notes.items())
    )
    if talk.story.asks_debt_help:
        db.session.add(
            DebtHelpRequest(
                id=new_id(),
                household_id=talk.stop.household_id,
                asked_on=talk.round.date,
                pass_on=True,
                received_at=talk.at,
                **own,
            )
        )


def _plan(talk: Talk) -> None:
    tenant, story = talk.tenant, talk.story
    db.session.add(
        Plan(
            id=talk.stop.plan_id,
            municipality_id=tenant,
            household_id=talk.stop.household_id,
            conversation_id=talk.stop.conversation_id,
            made_at=talk.at,
            received_at=talk.at,
        )
    )
    db.session.flush()
    goal = Goal(
        id=new_id(),
        municipality_id=tenant,
        plan_id=talk.stop.plan_id,
        position=0,
        domain=story.goal_domain,
        text=story.goal,
    )
    db.session.add(goal)
    db.session.flush()
    db.session.add_all(
        Step(
            id=new_id(),
            municipality_id=tenant,
            goal_id=goal.id,
            position=position,
            text=text,
            who=who,
            by=by,
            status=("done", "partly", "not_done")[position % 3] if talk.is_followed_up else "open",
        )
        for position, (text, who, by) in enumerate(story.steps)
    )


def _aftercare(talk: Talk) -> None:
    db.session.add(
        Aftercare(
            id=new_id(),
            municipality_id=talk.tenant,
            household_id=talk.stop.household_id,
            plan_id=talk.stop.plan_id,
            campaign_id=talk.campaign.id,
            account_id=talk.recorder.id,
            due_on=talk.due_on,
            day_part="afternoon",
            kind="visit" if talk.stop.position % 2 else "call",
            outcome="spoken" if talk.is_followed_up else "",
            closed_at=moment(talk.due_on, "afternoon") if talk.is_followed_up else None,
            received_at=talk.at,
        )
    )

"""What is kept of people at the door and behind it: talks, plans, hand-overs, holds, worries."""

from outreach.access.models import Account
from outreach.access.roles import Role
from outreach.clock import new_id, now, today
from outreach.concerns.models import Concern
from outreach.conversations.models import Consent, Conversation, Debrief, DebtHelpRequest
from outreach.handover.models import Handover
from outreach.plans.models import Goal, Plan
from outreach.sync.models import Quarantined
from outreach.territory.models import DoorHold, Household
from outreach.visits.models import ContactAttempt
from outreach.wishes.models import CallRequest
from tests.contract.sweeping.ground import Walk, kept, make_address, make_campaign, make_round
from tests.contract.sweeping.places import Place


def make_talk(place: Place) -> Conversation:
    """A talk that was noted, at a door of this district."""
    walk, here = make_round(place, "published"), place.municipality.id
    household = Household(
        id=walk.stop.household_id,
        municipality_id=here,
        address_id=walk.stop.address_id,
        created_at=now(),
    )
    kept(household)
    talk = Conversation(
        id=walk.stop.conversation_id,
        municipality_id=here,
        household_id=household.id,
        campaign_id=walk.campaign.id,
        stop_id=walk.stop.id,
        recorder_id=place.people[Role.VOLUNTEER].id,
        guide_id=place.guide.id,
        consent_text_id=place.consent_text.id,
        noted=True,
        date=today(),
        made_at=now(),
        received_at=now(),
    )
    kept(talk)
    return talk


def make_handover(place: Place, _person: Account, state: str) -> str:
    """A hand-over to this district's team; accepted, it is its coach's."""
    talk, author = make_talk(place), place.people[Role.VOLUNTEER]
    consent = Consent(
        id=new_id(),
        municipality_id=talk.municipality_id,
        household_id=talk.household_id,
        conversation_id=talk.id,
        consent_text_id=place.consent_text.id,
        purpose="share",
        given=True,
        language="nl",
        how="spoken",
        team_id=place.team.id,
        asked_by=author.id,
        made_at=now(),
        received_at=now(),
    )
    kept(consent)
    return kept(
        Handover(
            id=new_id(),
            municipality_id=talk.municipality_id,
            household_id=talk.household_id,
            conversation_id=talk.id,
            consent_id=consent.id,
            team_id=place.team.id,
            author_id=author.id,
            coach_id=place.people[Role.WIJKCOACH].id if state == "accepted" else None,
            state=state or "offered",
            urgency="ordinary",
            why=f"Waarom {place.mark}",
            domains=[],
            made_at=now(),
            received_at=now(),
        )
    )


def make_debt_request(place: Place, _person: Account, state: str) -> str:
    """A request for debt help without a hand-over; taken, it is the lead's."""
    talk, taken = make_talk(place), state == "taken"
    return kept(
        DebtHelpRequest(
            id=new_id(),
            municipality_id=talk.municipality_id,
            household_id=talk.household_id,
            conversation_id=talk.id,
            recorded_by=talk.recorder_id,
            asked_on=today(),
            pass_on=True,
            received_at=now(),
            taken_on_at=now() if taken else None,
            taken_on_by=place.people[Role.TEAM_LEAD].id if taken else None,
        )
    )


def make_plan(place: Place, _person: Account, _state: str) -> str:
    """A plan with a goal that they want on paper."""
    talk = make_talk(place)
    plan = Plan(
        id=new_id(),
        municipality_id=talk.municipality_id,
        household_id=talk.household_id,
        conversation_id=talk.id,
        print_wanted=True,
        made_at=now(),
        received_at=now(),
    )
    kept(plan)
    goal = Goal(
        id=new_id(), municipality_id=talk.municipality_id, plan_id=plan.id, position=0, text="Rust"
    )
    kept(goal)
    return plan.id


def make_hold(place: Place, _person: Account, _state: str) -> str:
    """A door that somebody found unsafe."""
    campaign, address = make_campaign(place, "published")
    return kept(
        DoorHold(
            id=new_id(),
            municipality_id=place.municipality.id,
            address_id=address.id,
            campaign_id=campaign.id,
            kind="unsafe",
            set_by=place.people[Role.VOLUNTEER].id,
            set_at=now(),
        )
    )


def make_call(place: Place, _person: Account, _state: str) -> str:
    """A resident who asks to be called."""
    campaign, address = make_campaign(place, "published")
    campaign.name = place.mark
    return kept(
        CallRequest(
            id=new_id(),
            municipality_id=place.municipality.id,
            campaign_id=campaign.id,
            address_id=address.id,
            phone="0612345678",
            language="nl",
            consent_version="1",
            asked_at=now(),
        )
    )


def make_wish(place: Place, walk: Walk) -> str:
    """Somebody at this door who asks for another language."""
    return kept(
        ContactAttempt(
            id=walk.stop.attempt_id,
            municipality_id=place.municipality.id,
            campaign_id=walk.campaign.id,
            address_id=walk.stop.address_id,
            stop_id=walk.stop.id,
            reached=True,
            date=today(),
            day_part="morning",
            outcome="other_language",
            details={"language": "pl"},
            recorded_by=place.people[Role.VOLUNTEER].id,
            made_at=now(),
            received_at=now(),
        )
    )


def make_concern(place: Place, _person: Account, _state: str) -> str:
    """A worry about a door."""
    return kept(
        Concern(
            id=new_id(),
            municipality_id=place.municipality.id,
            address_id=make_address(place).id,
            reporter_id=place.people[Role.VOLUNTEER].id,
            facts=f"Feiten {place.mark}",
            made_at=now(),
            received_at=now(),
        )
    )


def make_debrief(place: Place, _person: Account, _state: str) -> str:
    """A volunteer who wants to be called."""
    return kept(
        Debrief(
            id=new_id(),
            municipality_id=place.municipality.id,
            account_id=place.people[Role.VOLUNTEER].id,
            stop_id=new_id(),
            feeling="heavy",
            call_me=True,
            date=today(),
            received_at=now(),
        )
    )


def make_quarantined(place: Place, _person: Account, _state: str) -> str:
    """A goal that could not be applied."""
    envelope = {"id": new_id(), "kind": "goal.set", "body": {"text": place.mark}}
    return kept(
        Quarantined(
            id=new_id(),
            municipality_id=place.municipality.id,
            author_id=place.people[Role.VOLUNTEER].id,
            device_id=new_id(),
            dossier_id=new_id(),
            kind="goal.set",
            reason="unknown-plan",
            body=envelope,
            received_at=now(),
        )
    )

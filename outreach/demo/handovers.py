"""Hand-overs in every state, so that a coach sees an inbox as it is on a Tuesday."""

from datetime import date, timedelta

from sqlalchemy import select

from outreach.clock import new_id
from outreach.conversations.models import Consent, DebtHelpRequest
from outreach.db import db
from outreach.demo.people import People
from outreach.demo.talks import Talk
from outreach.handover.models import Handover, HandoverEvent

# The oldest first: most are answered, the last ones wait.
STATES = (
    "closed", "closed", "refused", "closed", "accepted", "closed", "accepted",
    "closed", "refused", "accepted", "accepted", "closed", "accepted", "accepted", "returned",
    "accepted", "offered", "offered", "offered", "offered",
)  # fmt: skip
SEEN_TO_WITHIN = timedelta(days=10)
WORDS = {
    "accepted": ("", "Ik bel deze week en kom langs.", ""),
    "refused": ("already_known", "Dit gezin heeft al een vaste begeleider bij ons.", ""),
    "returned": ("", "Weet je of er al contact is met de woningcorporatie?", ""),
    "closed": ("helped", "Traject afgerond, alles loopt.", "Er is een regeling en rust."),
}


def hand_over(talk: Talk, consent: Consent, people: People, number: int) -> None:
    """Offer a talk to the first team, and let a coach answer as the list above says."""
    state = STATES[number % len(STATES)]
    waits_last = state == "offered" and number % len(STATES) == len(STATES) - 1
    coach = people.staff["nadia" if number % 2 else "tom"]
    row = Handover(
        id=new_id(),
        municipality_id=talk.tenant,
        household_id=talk.stop.household_id,
        conversation_id=talk.stop.conversation_id,
        consent_id=consent.id,
        team_id=talk.place.teams[0].id,
        author_id=talk.recorder.id,
        coach_id=coach.id if state in {"accepted", "closed"} else None,
        state=state,
        urgency="crisis" if waits_last else ("soon" if number % 3 == 0 else "ordinary"),
        why=talk.story.why,
        domains=sorted(talk.story.notes),
        company_wanted=number % 4 == 0,
        called_at=talk.at if waits_last else None,
        made_at=talk.at,
        received_at=talk.at + timedelta(hours=1),
    )
    db.session.add(row)
    db.session.flush()
    if state in WORDS:
        reason, words, feedback = WORDS[state]
        _event(row, coach.id, state, 3, (reason, words, feedback))


def see_to_debts(people: People, today: date) -> None:
    """Whoever asked for debt help without a hand-over long ago is being seen to; the last waits."""
    handed_over = select(Handover.conversation_id)
    asked = select(DebtHelpRequest).where(DebtHelpRequest.conversation_id.not_in(handed_over))
    newest_last = asked.order_by(DebtHelpRequest.asked_on, DebtHelpRequest.id)
    for request in db.session.scalars(newest_last).all()[:-1]:
        if request.asked_on < today - SEEN_TO_WITHIN:
            request.taken_on_by = people.staff["lieke"].id
            request.taken_on_at = request.received_at + timedelta(days=1)


def _event(row: Handover, actor_id: str, state: str, days: int, said: tuple[str, str, str]) -> None:
    reason, words, feedback = said
    db.session.add(
        HandoverEvent(
            id=new_id(),
            municipality_id=row.municipality_id,
            handover_id=row.id,
            actor_id=actor_id,
            state=state,
            reason=reason,
            words=words,
            feedback=feedback,
            at=row.received_at + timedelta(days=days),
        )
    )

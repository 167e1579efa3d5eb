"""What one volunteer's phone has to say at 17:00: 40 mutations of an afternoon at 20 doors."""

from datetime import timedelta
from typing import Any

from caller import mutation

from outreach.clock import new_id, today

DOMAINS = (
    "money_and_schemes",
    "social_contacts",
    "daily_life_and_paperwork",
)
Beginning = dict[str, Any]


def afternoon(beginning: Beginning) -> list[dict[str, Any]]:
    """Nobody home at most doors, one talk with a plan; in the order in which it was made."""
    *others, met = beginning["stops"]
    silent = [_rings(stop["id"], "not_home") for stop in others]
    dogs = [mutation(stop["id"], "door.notice", notice="dog", on=True) for stop in others[:4]]
    return [*silent, *dogs, _rings(met["id"], "conversation"), *_talk(beginning, met)]


def _rings(stop_id: str, outcome: str) -> dict[str, Any]:
    day = today().isoformat()
    said: dict[str, Any] = {"outcome": outcome, "details": {}, "date": day}
    return mutation(stop_id, "visit.record", from_="", day_part="afternoon", **said)


def _talk(beginning: Beginning, stop: dict[str, str]) -> list[dict[str, Any]]:
    """16 mutations about one household."""
    household, talk = stop["household_id"], {"conversation_id": stop["conversation_id"]}
    text = {"consent_text_id": beginning["consent_text_id"]}
    answered = {"language": "nl", "how": "spoken", "team_id": None, "given": True, **text, **talk}
    purposes = [
        mutation(household, "consent.record", consent_id=new_id(), purpose=purpose, **answered)
        for purpose in ("note", "contact")
    ]
    opened = {"stop_id": stop["id"], "guide_id": beginning["guide_id"], "noted": True, **text}
    return [
        mutation(household, "conversation.open", date=today().isoformat(), **opened, **talk),
        *purposes,
        _contact(household),
        *_words(household, talk),
        *_plan(household, {"plan_id": stop["plan_id"]}, talk),
        mutation(household, "conversation.close", **talk),
    ]


def _contact(household: str) -> dict[str, Any]:
    how = {"channel": "phone", "value": "099-5550299", "when": "overdag", "voicemail_ok": True}
    return mutation(household, "contact.set", called_name="mevrouw B.", **how)


def _words(household: str, talk: dict[str, str]) -> list[dict[str, Any]]:
    answers = [
        mutation(household, "domain.assess", domain=one, answer="help_wanted", from_=None, **talk)
        for one in DOMAINS
    ]
    notes = [
        mutation(
            household,
            "note.add",
            note_id=new_id(),
            domain=domain,
            position=position,
            text="De energierekening ligt al drie maanden in de la.",
            **talk,
        )
        for position, domain in enumerate(DOMAINS)
    ]
    return [*answers, *notes]


def _plan(household: str, plan: dict[str, str], talk: dict[str, str]) -> list[dict[str, Any]]:
    goal = {"goal_id": new_id()}
    words = {"position": 0, "from_": None}
    due = (today() + timedelta(weeks=6)).isoformat()
    whole = {"domain": DOMAINS[0], "text": "Weer weten wat er binnenkomt", **plan, **talk}
    steps = [
        mutation(
            household,
            "step.set",
            step_id=new_id(),
            text="Alle post op één stapel leggen",
            who="resident",
            who_name="",
            by="deze week",
            **goal,
            **words,
        )
        for _ in range(3)
    ]
    return [
        mutation(household, "goal.set", **goal, **whole, **words),
        *steps,
        mutation(
            household,
            "aftercare.plan",
            aftercare_id=new_id(),
            due_on=due,
            day_part="afternoon",
            kind="call",
            from_=None,
            **plan,
        ),
    ]

"""What phones do between two exchanges: the sequences on which both overlays must agree."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from outreach.clock import new_id, today
from tests.factories.phone import Phone
from tests.factories.town import Town


@dataclass(frozen=True)
class Scenario:
    """`before` is sent first; `write` is then laid over what the phone holds."""

    name: str
    kind: str
    write: Callable[[Phone, Town, dict[str, str]], str]
    before: Callable[[Phone, Town, dict[str, str]], object] | None = None


def _record(phone: Phone, town: Town, outcome: str, place: int = 0, **details: str) -> str:
    stop_id = town.stops[place].id
    held = phone.dossiers[stop_id]["body"]["attempt"]
    phone.write(
        stop_id,
        "visit.record",
        outcome=outcome,
        from_=held["outcome"] if held else "",
        details=details,
        date=today().isoformat(),
        day_part="afternoon",
    )
    return stop_id


def _open(phone: Phone, town: Town, ids: dict[str, str]) -> str:
    stop = town.stops[0]
    ids["note_consent"] = new_id()
    phone.write(
        stop.household_id,
        "conversation.open",
        conversation_id=stop.conversation_id,
        stop_id=stop.id,
        guide_id=town.guide.id,
        consent_text_id=town.consent_text.id,
        noted=True,
        date=today().isoformat(),
    )
    _consent(phone, town, "note", ids["note_consent"])
    return stop.household_id


def _consent(phone: Phone, town: Town, purpose: str, consent_id: str, **changes: object) -> None:
    stop = town.stops[0]
    body: dict[str, object] = {
        "consent_id": consent_id,
        "conversation_id": stop.conversation_id,
        "purpose": purpose,
        "given": True,
        "consent_text_id": town.consent_text.id,
        "language": "nl",
        "how": "spoken",
        "team_id": None,
    }
    phone.write(stop.household_id, "consent.record", **(body | changes))


def _talk(phone: Phone, town: Town, ids: dict[str, str]) -> str:
    household_id = _open(phone, town, ids)
    conversation_id = town.stops[0].conversation_id
    ids |= {"health_consent": new_id(), "first": new_id(), "second": new_id()}
    _consent(phone, town, "health", ids["health_consent"])
    phone.write(
        household_id,
        "domain.assess",
        conversation_id=conversation_id,
        domain="money_and_schemes",
        answer="help_wanted",
        from_=None,
    )
    phone.write(
        household_id,
        "note.add",
        note_id=ids["first"],
        conversation_id=conversation_id,
        domain="money_and_schemes",
        position=0,
        text="De post ligt in de la. שלום 🌱",
    )
    phone.write(
        household_id,
        "note.add",
        note_id=ids["second"],
        conversation_id=conversation_id,
        domain="health_and_care",
        position=1,
        text='Ze zegt: "het gaat wel".',
    )
    phone.write(
        household_id,
        "advice.set",
        conversation_id=conversation_id,
        domain="money_and_schemes",
        key="healthcare_benefit",
        on=True,
    )
    return household_id


def _change_talk(phone: Phone, town: Town, ids: dict[str, str]) -> str:
    household_id = town.stops[0].household_id
    conversation_id = town.stops[0].conversation_id
    phone.write(
        household_id,
        "domain.assess",
        conversation_id=conversation_id,
        domain="money_and_schemes",
        answer="could_be_better",
        from_="help_wanted",
    )
    phone.write(
        household_id,
        "note.amend",
        note_id=ids["first"],
        text="De post is geopend.",
        from_="De post ligt in de la. שלום 🌱",
    )
    phone.write(household_id, "note.remove", note_id=ids["second"])
    phone.write(
        household_id,
        "advice.set",
        conversation_id=conversation_id,
        domain="money_and_schemes",
        key="healthcare_benefit",
        on=False,
    )
    phone.write(
        household_id,
        "debt_help.ask",
        conversation_id=conversation_id,
        asked_on=today().isoformat(),
        pass_on=True,
        crisis=False,
    )
    return household_id


def _talk_about_health(phone: Phone, town: Town, ids: dict[str, str]) -> None:
    household_id = _talk(phone, town, ids)
    about = {
        "conversation_id": town.stops[0].conversation_id,
        "domain": "health_and_care",
    }
    phone.write(household_id, "domain.assess", answer="could_be_better", from_=None, **about)
    phone.write(household_id, "advice.set", key="family_doctor", on=True, **about)
    _plan(phone, town, ids)
    ids |= {"health_goal": new_id(), "health_step": new_id()}
    phone.write(
        household_id,
        "goal.set",
        goal_id=ids["health_goal"],
        plan_id=town.stops[0].plan_id,
        position=1,
        text="De knie laten nakijken",
        from_=None,
        **about,
    )
    phone.write(
        household_id,
        "step.set",
        step_id=ids["health_step"],
        goal_id=ids["health_goal"],
        position=0,
        text="De huisarts bellen",
        who="resident",
        who_name="",
        by="vrijdag",
        from_=None,
    )


def _withdraw_health(phone: Phone, town: Town, ids: dict[str, str]) -> str:
    phone.write(town.stops[0].household_id, "consent.withdraw", consent_id=ids["health_consent"])
    return town.stops[0].household_id


def _no_to_health(phone: Phone, town: Town, ids: dict[str, str]) -> str:
    _consent(phone, town, "health", new_id(), given=False)
    return town.stops[0].household_id


def _contact(phone: Phone, town: Town, ids: dict[str, str]) -> str:
    ids["contact_consent"] = new_id()
    _consent(phone, town, "contact", ids["contact_consent"])
    phone.write(
        town.stops[0].household_id,
        "contact.set",
        called_name="mevrouw B.",
        channel="phone",
        value="099-5550199",
        when="overdag",
        voicemail_ok=False,
    )
    return town.stops[0].household_id


def _withdraw_note(phone: Phone, town: Town, ids: dict[str, str]) -> str:
    phone.write(town.stops[0].household_id, "consent.withdraw", consent_id=ids["note_consent"])
    return town.stops[0].household_id


def _withdraw_contact(phone: Phone, town: Town, ids: dict[str, str]) -> str:
    phone.write(town.stops[0].household_id, "consent.withdraw", consent_id=ids["contact_consent"])
    return town.stops[0].household_id


def _talk_and_contact(phone: Phone, town: Town, ids: dict[str, str]) -> None:
    _talk(phone, town, ids)
    _contact(phone, town, ids)


def _plan(phone: Phone, town: Town, ids: dict[str, str]) -> str:
    stop = town.stops[0]
    ids |= {"goal": new_id(), "step": new_id(), "other_step": new_id(), "aftercare": new_id()}
    phone.write(
        stop.household_id,
        "goal.set",
        goal_id=ids["goal"],
        plan_id=stop.plan_id,
        conversation_id=stop.conversation_id,
        position=0,
        domain="money_and_schemes",
        text="Overzicht over de post",
        from_=None,
    )
    for position, name in ((1, "other_step"), (0, "step")):
        phone.write(
            stop.household_id,
            "step.set",
            step_id=ids[name],
            goal_id=ids["goal"],
            position=position,
            text=f"Stap {position}",
            who="resident",
            who_name="",
            by="vrijdag",
            from_=None,
        )
    phone.write(
        stop.household_id,
        "aftercare.plan",
        aftercare_id=ids["aftercare"],
        plan_id=stop.plan_id,
        due_on=(today() + timedelta(weeks=6)).isoformat(),
        day_part="afternoon",
        kind="visit",
        from_=None,
    )
    return stop.household_id


def talk_and_plan(phone: Phone, town: Town, ids: dict[str, str]) -> None:
    """A talk with consent, notes and a plan with aftercare."""
    _talk(phone, town, ids)
    _plan(phone, town, ids)


def _change_plan(phone: Phone, town: Town, ids: dict[str, str]) -> str:
    stop = town.stops[0]
    was = {"position": 0, "text": "Stap 0", "who": "resident", "who_name": "", "by": "vrijdag"}
    now = was | {"who": "someone", "who_name": "Zus", "text": "Samen bellen"}
    phone.write(
        stop.household_id, "step.set", step_id=ids["step"], goal_id=ids["goal"], from_=was, **now
    )
    phone.write(
        stop.household_id, "step.set_status", step_id=ids["step"], status="done", from_="open"
    )
    phone.write(stop.household_id, "step.remove", step_id=ids["other_step"])
    phone.write(
        stop.household_id,
        "plan.print",
        plan_id=stop.plan_id,
        wanted=True,
        bring_on=today().isoformat(),
        bring_by=phone.account.id,
        from_={"wanted": False, "bring_on": None, "bring_by": None},
    )
    phone.write(
        stop.household_id,
        "aftercare.record",
        aftercare_id=ids["aftercare"],
        outcome="spoken",
        more_help=True,
        close=True,
        from_={"outcome": "", "more_help": False, "close": False},
    )
    return stop.household_id


def _remove_goal(phone: Phone, town: Town, ids: dict[str, str]) -> str:
    phone.write(town.stops[0].household_id, "goal.remove", goal_id=ids["goal"])
    return town.stops[0].household_id


def _offer(phone: Phone, town: Town, ids: dict[str, str]) -> str:
    stop = town.stops[0]
    ids |= {"share": new_id(), "handover": new_id()}
    _consent(phone, town, "share", ids["share"], team_id=town.team.id)
    phone.write(
        stop.household_id,
        "handover.offer",
        handover_id=ids["handover"],
        conversation_id=stop.conversation_id,
        consent_id=ids["share"],
        team_id=town.team.id,
        why="Drie brieven van een incassobureau.",
        urgency="soon",
        domains=["money_and_schemes", "daily_life_and_paperwork"],
        company_wanted=True,
        called_at=None,
    )
    return stop.household_id


def _talk_and_offer(phone: Phone, town: Town, ids: dict[str, str]) -> None:
    _talk(phone, town, ids)
    _offer(phone, town, ids)


def _withdraw_share(phone: Phone, town: Town, ids: dict[str, str]) -> str:
    phone.write(town.stops[0].household_id, "consent.withdraw", consent_id=ids["share"])
    return town.stops[0].household_id


def _notices(phone: Phone, town: Town, ids: dict[str, str]) -> str:
    for notice, on in (("stairs", True), ("dog", True), ("stairs", False)):
        phone.write(town.stops[0].id, "door.notice", notice=notice, on=on)
    return town.stops[0].id


def _leave(phone: Phone, town: Town, ids: dict[str, str]) -> str:
    phone.write(town.stops[0].id, "door.leave", on=True)
    return town.stops[0].id


def _leave_and_come_back(phone: Phone, town: Town, ids: dict[str, str]) -> str:
    _leave(phone, town, ids)
    phone.write(town.stops[0].id, "door.leave", on=False)
    return town.stops[0].id


def _split(phone: Phone, town: Town, ids: dict[str, str]) -> str:
    second = new_id()
    phone.write(
        town.stops[0].id,
        "door.split",
        stop_id=second,
        attempt_id=new_id(),
        household_id=new_id(),
        conversation_id=new_id(),
        plan_id=new_id(),
    )
    return second


def _close_round(phone: Phone, town: Town, ids: dict[str, str]) -> str:
    phone.write(town.round.id, "round.close")
    return town.round.id


SCENARIOS = (
    Scenario("nobody home", "stop", lambda p, t, _: _record(p, t, "not_home")),
    Scenario(
        "nobody home, undone", "stop",
        lambda p, t, _: _record(p, t, ""), before=lambda p, t, _: _record(p, t, "not_home"),
    ),
    Scenario(
        "later", "stop",
        lambda p, t, _: _record(p, t, "later", date=today().isoformat(), day_part="evening"),
    ),
    Scenario("refused for ever", "stop", lambda p, t, _: _record(p, t, "refused", scope="always")),
    Scenario(
        "another language", "stop",
        lambda p, t, _: _record(p, t, "other_language", language="pl"),
    ),
    Scenario("not safe", "stop", lambda p, t, _: _record(p, t, "unsafe")),
    Scenario("not a home", "stop", lambda p, t, _: _record(p, t, "not_a_home")),
    Scenario(
        "corrected from later to refused", "stop",
        lambda p, t, _: _record(p, t, "refused", scope="campaign"),
        before=lambda p, t, _: _record(
            p, t, "later", date=today().isoformat(), day_part="evening"
        ),
    ),
    Scenario("notices", "stop", _notices),
    Scenario("the door leaves this pair", "stop", _leave),
    Scenario("the door comes back to this pair", "stop", _leave_and_come_back),
    Scenario("two households here", "stop", _split),
    Scenario("round closed", "round", _close_round),
    Scenario("a talk", "household", _talk),
    Scenario("a talk changed", "household", _change_talk, before=_talk),
    Scenario("how to reach them", "household", _contact, before=_talk),
    Scenario("writing withdrawn", "household", _withdraw_note, before=talk_and_plan),
    Scenario("health withdrawn", "household", _withdraw_health, before=_talk_about_health),
    Scenario("a no to health", "household", _no_to_health, before=_talk_about_health),
    Scenario("reaching withdrawn", "household", _withdraw_contact, before=_talk_and_contact),
    Scenario("a plan", "household", _plan, before=_talk),
    Scenario("a plan changed", "household", _change_plan, before=talk_and_plan),
    Scenario("a goal removed", "household", _remove_goal, before=talk_and_plan),
    Scenario("a hand-over", "household", _offer, before=_talk),
    Scenario("sharing withdrawn", "household", _withdraw_share, before=_talk_and_offer),
)  # fmt: skip

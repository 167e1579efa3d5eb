"""A dossier goes two years after the last word in it, and never while work in it is open."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from outreach.clock import new_id, now
from outreach.concerns.models import Concern
from outreach.conversations.models import Forgotten, Note
from outreach.db import METADATA, db
from outreach.handover.models import Handover, HandoverEvent
from outreach.plans.models import Plan
from outreach.sync.models import ErasedDossier, Mutation, Quarantined
from outreach.territory.models import Household
from tests.factories.phone import Phone
from tests.factories.talks import CALLED_NAME, Talk, make_talk
from tests.factories.town import Town, build_town
from tests.privacy.travel import Journey

SAID = "De post ligt in de la"


@pytest.fixture
def talk(town: Town) -> Talk:
    """A dossier with something in every table, and every piece of work in it finished."""
    talk = make_talk(town)
    talk.agrees("share", town.team)
    talk.agrees("contact")
    talk.tells("money_and_schemes", "help_wanted", SAID, advice="healthcare_benefit")
    talk.tells_contact()
    talk.asks_debt_help(pass_on=True)
    talk.step(talk.goal(SAID), SAID)
    handed, coming = talk.offer(), talk.aftercare()
    talk.says("conversation.close", conversation_id=talk.conversation.id)
    talk.says(
        "aftercare.record", aftercare_id=coming, outcome="spoken", more_help=False, close=True
    )
    talk.says("handover.withdraw", handover_id=handed)
    return talk


def _stored() -> str:
    rows = [db.session.execute(select(table)).all() for table in METADATA.sorted_tables]
    return json.dumps(rows, default=str)


def _households() -> int:
    return db.session.query(Household).count()


def test_two_years_after_the_last_word_everything_goes(
    town: Town, talk: Talk, journey: Journey
) -> None:
    assert SAID in _stored()
    assert CALLED_NAME in _stored()
    journey.tidied(town, 729)
    assert SAID in _stored()
    tidied = journey.tidied(town, 731)
    assert (tidied.counts["dossiers"], tidied.held_up) == (1, 0)
    assert SAID not in _stored()
    assert CALLED_NAME not in _stored()
    assert _households() == 0


def test_what_went_never_comes_back(
    client: FlaskClient, town: Town, talk: Talk, journey: Journey
) -> None:
    journey.tidied(town, 731)
    phone = Phone(client, town.person("volunteer"))
    late = phone.write(
        talk.id,
        "note.add",
        note_id=new_id(),
        conversation_id=talk.conversation.id,
        domain="money_and_schemes",
        position=0,
        text=SAID,
    )
    phone.sync()
    assert phone.outcome(late) == "erased"
    assert SAID not in _stored()


def test_another_municipality_is_left_alone(town: Town, talk: Talk, journey: Journey) -> None:
    elsewhere = build_town("Elders")
    tidied = journey.tidied(elsewhere, 2000)
    assert (tidied.counts["dossiers"], tidied.held_up) == (0, 0)
    assert _households() == 1


def _open_talk(talk: Talk) -> None:
    talk.conversation.state = "open"


def _open_aftercare(talk: Talk) -> None:
    talk.aftercare()


def _open_handover(talk: Talk) -> None:
    db.session.query(Handover).one().state = "accepted"


def _plan_to_print(talk: Talk) -> None:
    db.session.get_one(Plan, talk.plan_id).print_wanted = True


def _quarantine(talk: Talk) -> None:
    _put_aside(talk, "waiting")


@pytest.mark.parametrize(
    "leave_open", [_open_talk, _open_aftercare, _open_handover, _plan_to_print, _quarantine]
)
def test_open_work_keeps_a_dossier_and_is_told(
    town: Town, talk: Talk, journey: Journey, leave_open: Callable[[Talk], None]
) -> None:
    leave_open(talk)
    db.session.commit()
    tidied = journey.tidied(town, 4000)
    assert (tidied.counts["dossiers"], tidied.held_up) == (0, 1)
    assert SAID in _stored()


def test_a_settled_quarantine_keeps_nothing(town: Town, talk: Talk, journey: Journey) -> None:
    _put_aside(talk, "discarded")
    db.session.commit()
    assert journey.tidied(town, 731).counts["dossiers"] == 1


def _put_aside(talk: Talk, state: str) -> None:
    db.session.add(
        Quarantined(
            id=new_id(),
            municipality_id=talk.household.municipality_id,
            author_id=talk.recorder.id,
            device_id=new_id(),
            dossier_id=talk.id,
            kind="note.add",
            reason="does-not-fit",
            body={},
            received_at=now(),
            state=state,
            settled_at=None if state == "waiting" else now(),
        )
    )


def _a_note(talk: Talk) -> None:
    talk.tells("health_and_care", "goes_well", "Later gezegd")


def _a_plan_printed(talk: Talk) -> None:
    db.session.get_one(Plan, talk.plan_id).printed_at = now()


def _a_consent(talk: Talk) -> None:
    talk.agrees("feedback")


def _a_word_of_the_coach(talk: Talk) -> None:
    db.session.add(
        HandoverEvent(
            id=new_id(),
            municipality_id=talk.household.municipality_id,
            handover_id=db.session.query(Handover).one().id,
            actor_id=talk.town.person("wijkcoach").id,
            state="closed",
            at=now(),
        )
    )


def _a_mutation(talk: Talk) -> None:
    db.session.add(_mutation(talk))


def _mutation(talk: Talk) -> Mutation:
    return Mutation(
        id=new_id(),
        municipality_id=talk.household.municipality_id,
        account_id=talk.recorder.id,
        device_id=new_id(),
        dossier_id=talk.id,
        kind="step.set_status",
        schema=1,
        body_hash=b"0" * 32,
        outcome="applied",
        received_at=now(),
    )


@pytest.mark.parametrize(
    "live_on", [_a_note, _a_plan_printed, _a_consent, _a_word_of_the_coach, _a_mutation]
)
def test_the_term_runs_from_the_last_sign_of_life(
    town: Town, talk: Talk, journey: Journey, live_on: Callable[[Talk], None]
) -> None:
    journey.to(300)
    live_on(talk)
    db.session.commit()
    assert journey.tidied(town, 1029).counts["dossiers"] == 0
    assert journey.tidied(town, 1031).counts["dossiers"] == 1


def test_the_id_of_an_erased_note_stays_as_long_as_its_note_may_come_again(
    town: Town, journey: Journey
) -> None:
    talk = make_talk(town)
    talk.tells("money_and_schemes", "help_wanted", SAID)
    note_id = db.session.query(Note.id).scalar()
    journey.to(10)
    talk.says("note.remove", note_id=note_id)
    journey.tidied(town, 809)
    assert db.session.query(Forgotten).count() == 1
    journey.tidied(town, 811)
    assert db.session.query(Forgotten).count() == 0


@pytest.mark.parametrize("clock_is_off_by", [-9000, 9000])
def test_a_phone_with_a_wrong_clock_neither_hastens_nor_stops_that(
    town: Town, journey: Journey, clock_is_off_by: int
) -> None:
    talk = make_talk(town)
    claimed = now() + timedelta(days=clock_is_off_by)
    gone = Forgotten(
        id=new_id(),
        municipality_id=town.municipality.id,
        dossier_id=talk.id,
        kind="note",
        at=claimed,
    )
    db.session.add_all([gone, _mutation(talk)])
    db.session.commit()
    journey.tidied(town, 799)
    assert db.session.query(Forgotten).count() == 1
    journey.tidied(town, 801)
    assert db.session.query(Forgotten).count() == 0


def test_a_concern_stays_until_two_years_after_its_decision(town: Town, journey: Journey) -> None:
    for state in ("new", "discussed", "decided"):
        db.session.add(
            Concern(
                id=new_id(),
                municipality_id=town.municipality.id,
                reporter_id=town.person("volunteer").id,
                facts="Een kind deed open.",
                made_at=now(),
                received_at=now(),
                state=state,
                decided_at=None if state == "new" else now(),
            )
        )
    db.session.commit()
    journey.tidied(town, 729)
    assert db.session.query(Concern).count() == 3
    journey.tidied(town, 731)
    assert {row.state for row in db.session.query(Concern)} == {"new", "discussed"}


def test_an_erased_id_is_remembered_for_good(town: Town, talk: Talk, journey: Journey) -> None:
    journey.tidied(town, 731)
    journey.tidied(town, 9000)
    assert [row.id for row in db.session.query(ErasedDossier)] == [talk.id]

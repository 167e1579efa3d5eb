"""Who was in when goes a month after the campaign; who walked where when nobody needs it more."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from outreach.access.actor import actor_of
from outreach.clock import new_id, now, today
from outreach.conversations.models import Debrief
from outreach.db import db
from outreach.letters.models import LetterCode, PrintedLetter, PrintRun
from outreach.letters.printing import make_run
from outreach.letters.writing import save_letter
from outreach.sync.models import Quarantined
from outreach.territory.models import DoorHold
from outreach.visits.models import CampaignCount, ContactAttempt, Round, RoundMember, Stop
from outreach.volunteers.models import VolunteerAbsence
from tests.factories.talks import make_talk
from tests.factories.town import Town, build_town
from tests.factories.volunteers import is_away
from tests.privacy.travel import Journey
from tests.visits.phone import Phone


@pytest.fixture
def ended(town: Town) -> Town:
    """The town on the last day of its campaign, with one door rung."""
    Phone(town.person("volunteer")).record(town.stops[0], "not_home")
    town.campaign.ends_on = today()
    db.session.commit()
    return town


def test_attempts_go_a_month_after_the_campaign_and_counts_stay(
    ended: Town, journey: Journey
) -> None:
    assert journey.tidied(ended, 30).counts["doors"] == 0
    assert db.session.query(ContactAttempt).count() == 1
    assert journey.tidied(ended, 31).counts["doors"] == 1
    assert db.session.query(ContactAttempt).count() == 0
    assert [(row.outcome, row.count) for row in db.session.query(CampaignCount)] == [
        ("not_home", 1)
    ]


def test_the_doors_of_another_municipality_wait_for_their_own_tidying(
    ended: Town, journey: Journey
) -> None:
    journey.tidied(build_town("Elders"), 31)
    assert db.session.query(ContactAttempt).count() == 1


def test_days_away_go_a_month_after_the_last_of_them(town: Town, journey: Journey) -> None:
    is_away(town.person("volunteer"), today() - timedelta(days=3), today())
    db.session.commit()
    assert journey.tidied(town, 30).counts["absences"] == 0
    assert journey.tidied(town, 31).counts["absences"] == 1
    assert db.session.query(VolunteerAbsence).count() == 0


def _hold(town: Town, place: int, **more: object) -> None:
    db.session.add(
        DoorHold(
            id=new_id(),
            municipality_id=town.municipality.id,
            address_id=town.addresses[place].id,
            set_by=town.person("volunteer").id,
            set_at=now(),
            **({"kind": "wants_no_visit"} | more),
        )
    )


def test_a_hold_stays_as_long_as_it_stands(town: Town, journey: Journey) -> None:
    _hold(town, 0)
    _hold(town, 1, lifted_at=now())
    _hold(town, 2, kind="unsafe", ends_on=today())
    _hold(town, 3, kind="unsafe")
    db.session.commit()
    assert journey.tidied(town, 29).counts["holds"] == 0
    assert journey.tidied(town, 32).counts["holds"] == 2
    journey.tidied(town, 4000)
    kept = {row.address_id for row in db.session.query(DoorHold)}
    assert kept == {town.addresses[0].id, town.addresses[3].id}


def test_rounds_stay_until_the_longest_silence_of_a_phone_is_over(
    ended: Town, journey: Journey
) -> None:
    assert journey.tidied(ended, 414).counts["rounds"] == 0
    assert db.session.query(Stop).count() == 6
    assert journey.tidied(ended, 415).counts["rounds"] == 1
    for table in (Round, RoundMember, Stop):
        assert db.session.query(table).count() == 0


def test_a_round_stays_while_a_household_of_it_has_a_dossier(ended: Town, journey: Journey) -> None:
    talk = make_talk(ended)
    assert journey.tidied(ended, 3000).counts["rounds"] == 0
    talk.conversation.state = "closed"
    db.session.commit()
    journey.tidied(ended, 3001)
    journey.tidied(ended, 3002)
    assert db.session.query(Round).count() == 0


@pytest.mark.parametrize("about", ["stop", "household", "round"])
def test_a_round_stays_while_a_mutation_about_it_waits(
    ended: Town, journey: Journey, about: str
) -> None:
    stop = ended.stops[0]
    ids = {"stop": stop.id, "household": stop.household_id, "round": ended.round.id}
    waiting = Quarantined(
        id=new_id(),
        municipality_id=ended.municipality.id,
        author_id=ended.person("volunteer").id,
        device_id=new_id(),
        dossier_id=ids[about],
        kind="visit.record",
        reason="does-not-fit",
        body={},
        received_at=now(),
    )
    db.session.add(waiting)
    db.session.commit()
    assert journey.tidied(ended, 3000).counts["rounds"] == 0
    waiting.state, waiting.settled_at = "discarded", now()
    db.session.commit()
    assert journey.tidied(ended, 3001).counts["rounds"] == 1


def _debrief(town: Town, **more: object) -> None:
    db.session.add(
        Debrief(
            id=new_id(),
            municipality_id=town.municipality.id,
            account_id=town.person("volunteer").id,
            stop_id=town.stops[0].id,
            feeling="heavy",
            date=today(),
            received_at=now(),
            **more,
        )
    )
    db.session.commit()


def test_a_debrief_goes_a_month_after_the_call(town: Town, journey: Journey) -> None:
    _debrief(town, call_me=True, called_at=now())
    assert journey.tidied(town, 29).counts["debriefs"] == 0
    assert journey.tidied(town, 31).counts["debriefs"] == 1


def test_who_waits_for_a_call_is_not_forgotten(town: Town, journey: Journey) -> None:
    _debrief(town, call_me=True)
    assert journey.tidied(town, 4000).counts["debriefs"] == 0


def test_a_debrief_without_a_call_goes_a_month_after_the_campaign(
    town: Town, journey: Journey
) -> None:
    town.campaign.ends_on = today() + timedelta(days=60)
    _debrief(town)
    assert journey.tidied(town, 90).counts["debriefs"] == 0
    assert journey.tidied(town, 91).counts["debriefs"] == 1


def test_which_door_got_which_letter_goes_a_month_after_the_campaign(
    ended: Town, journey: Journey
) -> None:
    actor = actor_of(ended.person("supervisor"))
    letter = {"recognition_word": "zon", "waiting_days": 7, "texts": {"nl": "Beste bewoner"}}
    save_letter(actor, ended.campaign, letter | {"seen_at": None})
    wanted = {"ordering": "walking", "per_street": False, "both_sides": False}
    run = make_run(actor, ended.campaign, wanted | {"only_changed": False})
    db.session.commit()
    assert journey.tidied(ended, 30).counts["letters"] == 0
    doors = len(ended.addresses)
    assert journey.tidied(ended, 32).counts["letters"] == 2 * doors
    assert db.session.get_one(PrintRun, run.id).letters == doors
    assert db.session.scalars(select(LetterCode)).all() == []
    assert db.session.scalars(select(PrintedLetter)).all() == []

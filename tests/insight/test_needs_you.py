"""*Needs you*: each line appears when somebody is needed, and goes when they are not."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from outreach.access.actor import actor_of
from outreach.access.models import Account, Device
from outreach.access.roles import Role
from outreach.clock import new_id, now, today
from outreach.conversations.models import Conversation, Debrief
from outreach.db import db
from outreach.incidents.models import Incident
from outreach.insight.needs_you import MOST_LINES
from outreach.insight.needs_you_calls import is_late
from outreach.insight.needs_you_people import people_to_ring
from outreach.plans.models import Aftercare, Plan
from outreach.territory.models import Household
from outreach.visits.models import ContactAttempt
from outreach.visits.voucher_models import (
    VoucherCode,
    VoucherGift,
    VoucherGiftCode,
    VoucherScheme,
)
from tests.factories.phone import Phone
from tests.factories.statements import statements
from tests.factories.town import Town, build_town, headers_for, make_account, make_walk
from tests.factories.volunteers import is_away, profile_of

Keys = Callable[..., list[str]]
DAY = timedelta(days=1)


@pytest.fixture
def quiet_town(town: Town) -> Town:
    """A town in which everybody's phone was heard today: nobody is needed."""
    for account in town.people.values():
        if account.role in {Role.VOLUNTEER, Role.MENTOR}:
            _device(account)
    db.session.commit()
    return town


def _device(account: Account, ago: timedelta = timedelta(), **other: Any) -> Device:
    device = Device(
        id=new_id(),
        municipality_id=account.municipality_id,
        account_id=account.id,
        enrolled_at=now() - ago,
        last_contact_at=now() - ago,
        synced_at=now() - ago,
        **other,
    )
    db.session.add(device)
    db.session.commit()
    return device


def _heard(account: Account, ago: timedelta, **values: Any) -> None:
    for device in db.session.query(Device).filter_by(account_id=account.id):
        device.synced_at = device.last_contact_at = now() - ago
        for name, value in values.items():
            setattr(device, name, value)
    db.session.commit()


@pytest.fixture
def keys(client: FlaskClient, quiet_town: Town) -> Keys:
    def read(person: str = "supervisor", town: Town = quiet_town) -> list[str]:
        answer = client.get("/v1/needs-you", headers=headers_for(town.person(person)))
        assert answer.status_code == 200, answer.get_json()
        return [line["key"] for line in answer.get_json()["lines"]]

    return read


def _incident(town: Town, **other: Any) -> Incident:
    incident = Incident(
        id=new_id(),
        municipality_id=town.municipality.id,
        reporter_id=town.person("volunteer").id,
        district_id=town.district.id,
        kind="dog",
        date=today(),
        day_part="morning",
        facts="Beet",
        made_at=now(),
        received_at=now(),
        **other,
    )
    db.session.add(incident)
    db.session.commit()
    return incident


def test_where_all_is_well_the_list_is_empty(keys: Keys) -> None:
    assert keys() == keys("coordinator") == []


def test_an_incident_stands_there_until_somebody_called(keys: Keys, quiet_town: Town) -> None:
    incident = _incident(quiet_town)
    key = f"incident:{incident.id}"
    assert keys() == keys("coordinator") == [key]
    assert keys("other_supervisor") == []
    incident.called_at, incident.called_by = now(), quiet_town.person("coordinator").id
    db.session.commit()
    assert keys() == []


def test_a_heavy_talk_is_the_coordinators_alone_and_goes_with_the_call(
    keys: Keys, quiet_town: Town
) -> None:
    debrief = Debrief(
        id=new_id(),
        municipality_id=quiet_town.municipality.id,
        account_id=quiet_town.person("volunteer").id,
        feeling="heavy",
        call_me=True,
        date=today(),
        received_at=now(),
    )
    db.session.add(debrief)
    db.session.commit()
    assert keys("coordinator") == [f"heavy_talk:{debrief.id}"]
    assert keys("supervisor") == []
    debrief.called_at = now()
    db.session.commit()
    assert keys("coordinator") == []


@pytest.mark.parametrize(
    ("asked", "at", "late"),
    [
        ("10:00", "11:00", False),
        ("10:00", "14:00", True),
        ("14:30", "14:59", False),
        ("14:30", "15:00", True),
    ],
)
def test_a_call_is_late_after_four_hours_and_from_four_o_clock(
    asked: str, at: str, *, late: bool
) -> None:
    # In winter Amsterdam is an hour ahead.
    def instant(hour: str) -> datetime:
        return datetime.fromisoformat(f"2026-02-03T{hour}:00").replace(tzinfo=UTC)

    assert is_late(instant(asked), instant(at)) == late


def test_a_volunteer_with_a_round_is_missed_after_days_unless_they_are_away(
    keys: Keys, quiet_town: Town
) -> None:
    volunteer = quiet_town.person("volunteer")
    _heard(volunteer, 3 * DAY)
    assert keys() == []
    _heard(volunteer, 5 * DAY)
    assert keys() == [f"quiet:{volunteer.id}"]
    is_away(volunteer, today(), today())
    db.session.commit()
    assert keys() == []


def test_who_has_no_work_to_do_is_not_missed(keys: Keys, quiet_town: Town) -> None:
    _heard(quiet_town.person("mentor"), 30 * DAY)
    assert keys() == []


def test_a_phone_that_was_not_heard_since_its_round_is_said_once(
    keys: Keys, quiet_town: Town
) -> None:
    volunteer, partner = quiet_town.person("volunteer"), quiet_town.person("partner_of_pair")
    make_walk(quiet_town.campaign, [], [volunteer, partner], today() - 5 * DAY)
    _heard(volunteer, 6 * DAY)
    assert keys() == [f"silent_round:{volunteer.id}"]
    _heard(volunteer, 1 * DAY)
    assert keys() == []


def test_work_that_stays_on_a_phone_for_two_days_is_told_by_the_phone_itself(
    client: FlaskClient, keys: Keys, quiet_town: Town
) -> None:
    phone = Phone(client, quiet_town.person("volunteer"))
    for hours, expected in ((40, []), (50, [f"unsent:{phone.account.id}"])):
        oldest = (now() - timedelta(hours=hours)).isoformat()
        phone.apply(phone.post(unsent={"count": 3, "oldest": oldest}).get_json())
        assert keys() == expected
    phone.apply(phone.post(unsent={"count": 0, "oldest": None}).get_json())
    assert keys() == []


def test_an_app_that_does_not_tell_what_stays_changes_nothing(
    client: FlaskClient, quiet_town: Town
) -> None:
    phone = Phone(client, quiet_town.person("volunteer"))
    phone.apply(phone.post(unsent={"count": 3, "oldest": now().isoformat()}).get_json())
    phone.sync()
    assert db.session.get_one(Device, phone.device_id).unsent_count == 3


def _aftercare(town: Town, due: timedelta) -> Aftercare:
    here, stop = town.municipality.id, town.stops[0]
    volunteer = town.person("volunteer")
    of_talk = {"municipality_id": here, "household_id": stop.household_id}
    db.session.add(Household(id=stop.household_id, municipality_id=here, created_at=now()))
    db.session.flush()
    db.session.add(
        Conversation(
            id=stop.conversation_id,
            campaign_id=town.campaign.id,
            stop_id=stop.id,
            recorder_id=volunteer.id,
            guide_id=town.guide.id,
            consent_text_id=town.consent_text.id,
            noted=True,
            date=today(),
            made_at=now(),
            received_at=now(),
            **of_talk,
        )
    )
    db.session.flush()
    made = {"made_at": now(), "received_at": now()}
    talk = stop.conversation_id
    db.session.add(Plan(id=stop.plan_id, conversation_id=talk, **made, **of_talk))
    db.session.flush()
    aftercare = Aftercare(
        id=new_id(),
        plan_id=stop.plan_id,
        campaign_id=town.campaign.id,
        account_id=volunteer.id,
        due_on=today() - due,
        kind="call",
        received_at=now(),
        **of_talk,
    )
    db.session.add(aftercare)
    db.session.commit()
    return aftercare


def test_aftercare_is_late_after_two_days_and_is_counted_per_volunteer(
    keys: Keys, quiet_town: Town
) -> None:
    aftercare = _aftercare(quiet_town, 2 * DAY)
    assert keys() == []
    aftercare.due_on = today() - 3 * DAY
    db.session.commit()
    assert keys() == [f"aftercare:{aftercare.account_id}"]
    aftercare.closed_at = now()
    db.session.commit()
    assert keys() == []


def _fall_off(town: Town, times: int) -> None:
    pair = [town.person("volunteer"), town.person("partner_of_pair")]
    for ago in range(times):
        round_, _ = make_walk(town.campaign, town.addresses[:1], pair, today() - ago * DAY)
        round_.state, round_.closed_at = "closed", now()
    db.session.commit()


def test_a_door_that_fell_off_three_rounds_stands_there_until_somebody_rings(
    keys: Keys, quiet_town: Town
) -> None:
    _fall_off(quiet_town, 2)
    assert keys() == []
    _fall_off(quiet_town, 1)
    assert keys() == keys("coordinator") == [f"falling_doors:{quiet_town.campaign.id}"]
    stop = quiet_town.stops[0]
    db.session.add(
        ContactAttempt(
            id=stop.attempt_id,
            municipality_id=quiet_town.municipality.id,
            campaign_id=quiet_town.campaign.id,
            address_id=stop.address_id,
            stop_id=stop.id,
            reached=False,
            date=today(),
            day_part="morning",
            outcome="not_home",
            recorded_by=quiet_town.person("volunteer").id,
            made_at=now(),
            received_at=now(),
        )
    )
    db.session.commit()
    assert keys() == []


def test_a_certificate_that_ended_or_ends_within_eight_weeks_stands_there(
    keys: Keys, quiet_town: Town
) -> None:
    volunteer = quiet_town.person("volunteer")
    profile = profile_of(volunteer)
    for days, expected in ((57, []), (56, [f"certificate:{volunteer.id}"])):
        profile.certificate_expires_on = today() + days * DAY
        db.session.commit()
        assert keys() == expected


def test_a_code_that_was_given_twice_stands_there(keys: Keys, quiet_town: Town) -> None:
    here = quiet_town.municipality.id
    scheme = VoucherScheme(
        id=new_id(), municipality_id=here, campaign_id=quiet_town.campaign.id, name="Bon"
    )
    db.session.add(scheme)
    db.session.flush()
    db.session.add(VoucherCode(id=new_id(), municipality_id=here, scheme_id=scheme.id, code="VD-1"))
    for _ in range(2):
        gift = VoucherGift(
            id=new_id(),
            municipality_id=here,
            scheme_id=scheme.id,
            round_id=quiet_town.round.id,
            account_id=quiet_town.person("volunteer").id,
            date=today(),
            adults=1,
            children=0,
            made_at=now(),
            received_at=now(),
        )
        db.session.add(gift)
        db.session.flush()
        db.session.add(
            VoucherGiftCode(id=new_id(), municipality_id=here, gift_id=gift.id, code="VD-1")
        )
    db.session.commit()
    assert keys() == [f"voucher_codes:{quiet_town.campaign.id}"]
    gift.taken_back_at = now()
    db.session.commit()
    assert keys() == []


def test_a_second_phone_that_is_quiet_for_a_week_is_the_coordinators_to_look_for(
    keys: Keys, quiet_town: Town
) -> None:
    phone = _device(quiet_town.person("volunteer"), 8 * DAY, sealed=True)
    assert keys("coordinator") == [f"quiet_phone:{phone.id}"]
    assert keys("supervisor") == []
    phone.revoked_at = now()
    db.session.commit()
    assert keys("coordinator") == []


def test_nothing_of_another_municipality_or_district_is_on_the_list(
    keys: Keys, quiet_town: Town
) -> None:
    elsewhere = build_town("Elders")
    _incident(elsewhere)
    _heard(quiet_town.person("volunteer"), 9 * DAY)
    assert keys("other_supervisor") == []
    assert f"quiet:{elsewhere.person('volunteer').id}" not in keys("coordinator")


@pytest.mark.parametrize("role", [one for one in Role if one not in {"supervisor", "coordinator"}])
def test_nobody_else_has_such_a_list(client: FlaskClient, town: Town, role: Role) -> None:
    answer = client.get("/v1/needs-you", headers=headers_for(town.person(role)))
    assert answer.status_code == 403


def test_a_line_is_put_off_for_this_person_alone_until_they_show_it_again(
    client: FlaskClient, keys: Keys, quiet_town: Town
) -> None:
    volunteer = quiet_town.person("volunteer")
    _heard(volunteer, 5 * DAY)
    key = f"quiet:{volunteer.id}"
    headers = headers_for(quiet_town.person("supervisor"))
    said = client.post("/v1/needs-you/snoozes", json={"key": key, "days": 1}, headers=headers)
    assert said.status_code == 204
    answer = client.get("/v1/needs-you", headers=headers).get_json()
    assert (answer["lines"], answer["put_off"]) == ([], 1)
    assert keys("coordinator") == [key]
    assert client.delete("/v1/needs-you/snoozes", headers=headers).status_code == 204
    assert keys() == [key]


def test_a_call_cannot_be_put_off_nor_what_is_not_on_the_list(
    client: FlaskClient, quiet_town: Town
) -> None:
    incident = _incident(quiet_town)
    headers = headers_for(quiet_town.person("supervisor"))
    for key, status in ((f"incident:{incident.id}", 409), (f"quiet:{new_id()}", 400)):
        said = client.post("/v1/needs-you/snoozes", json={"key": key, "days": 7}, headers=headers)
        assert said.status_code == status


def test_urgent_comes_first_and_what_does_not_fit_is_counted(
    client: FlaskClient, quiet_town: Town
) -> None:
    for _ in range(MOST_LINES + 2):
        _incident(quiet_town)
    hurt = _incident(quiet_town, hurt=True)
    headers = headers_for(quiet_town.person("supervisor"))
    answer = client.get("/v1/needs-you", headers=headers).get_json()
    assert len(answer["lines"]) == MOST_LINES
    assert answer["more"] == 3
    urgent = [line["key"] for line in answer["lines"] if line["urgent"]]
    assert f"incident:{hurt.id}" in urgent


def test_a_hundred_quiet_volunteers_cost_no_more_statements_than_one(quiet_town: Town) -> None:
    actor = actor_of(quiet_town.person("supervisor"))
    pair = [quiet_town.person("volunteer"), quiet_town.person("partner_of_pair")]
    for account in pair:
        _heard(account, 9 * DAY)
    with statements() as few:
        assert len(list(people_to_ring(actor))) == 2
    here = quiet_town.municipality.id
    more = [
        make_account(here, f"v{at}", Role.VOLUNTEER, quiet_town.district, quiet_town.team)
        for at in range(20)
    ]
    make_walk(quiet_town.campaign, [], more)
    db.session.commit()
    with statements() as many:
        assert len(list(people_to_ring(actor))) == 22
    assert len(many) == len(few)

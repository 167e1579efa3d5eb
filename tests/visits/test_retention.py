"""30 days after a campaign nobody can read who was in when; how often each word fell stays."""

from datetime import timedelta

import pytest

from outreach.audit.models import Difference
from outreach.clock import new_id, now, today
from outreach.db import db
from outreach.territory.models import DoorHold
from outreach.visits.models import Appointment, CampaignCount, ContactAttempt, DoorNotice
from outreach.visits.retention import campaigns_to_forget, forget_doors
from tests.factories.town import Town
from tests.visits.phone import Phone


@pytest.fixture
def past(town: Town) -> Town:
    """The town, 31 days after its campaign, with something known of every door."""
    mine, partners = Phone(town.person("volunteer")), Phone(town.person("partner_of_pair"))
    mine.record(town.stops[0], "refused", scope="campaign")
    mine.record(town.stops[1], "refused", scope="always")
    mine.record(town.stops[2], "later", date="2026-03-04", day_part="evening")
    mine.record(town.stops[3], "unsafe")
    mine.record(town.stops[4], "not_home")
    partners.record(town.stops[4], "conversation")
    mine.record(town.stops[5], "not_home")
    mine.record(town.stops[5], "", "not_home")
    mine.say("door.notice", town.stops[0].id, notice="dog", on=True)
    mine.say("door.leave", town.stops[0].id, on=True)
    town.campaign.ends_on = today() - timedelta(days=31)
    db.session.flush()
    return town


def counts() -> dict[str, int]:
    return {row.outcome: row.count for row in db.session.query(CampaignCount)}


def test_the_doors_are_forgotten_and_the_counts_stay(past: Town) -> None:
    assert list(db.session.scalars(campaigns_to_forget())) == [past.campaign]
    assert forget_doors(past.campaign) == 5
    for table in (ContactAttempt, DoorNotice, Appointment, Difference):
        assert db.session.query(table).count() == 0
    assert counts() == {"refused": 2, "later": 1, "unsafe": 1, "conversation": 1}
    db.session.expire_all()
    assert past.stops[0].left_at is None


def test_a_household_that_never_wants_a_visit_is_not_forgotten(past: Town) -> None:
    forget_doors(past.campaign)
    kept = {(hold.kind, hold.address_id) for hold in db.session.query(DoorHold)}
    assert kept == {
        ("wants_no_visit", past.addresses[1].id),
        ("unsafe", past.addresses[3].id),
    }


def test_an_unsafe_door_goes_once_it_was_lifted(past: Town) -> None:
    db.session.get_one(DoorHold, past.stops[3].attempt_id).lifted_at = now()
    db.session.flush()
    forget_doors(past.campaign)
    assert [hold.kind for hold in db.session.query(DoorHold)] == ["wants_no_visit"]


def test_before_its_time_nothing_is_forgotten(past: Town) -> None:
    past.campaign.ends_on = today() - timedelta(days=30)
    db.session.flush()
    assert forget_doors(past.campaign) == 0
    assert list(db.session.scalars(campaigns_to_forget())) == []
    assert db.session.query(ContactAttempt).count() == 6


def test_forgetting_again_only_adds_what_came_in_late(past: Town) -> None:
    forget_doors(past.campaign)
    assert forget_doors(past.campaign) == 0
    before = counts()
    db.session.expire_all()
    Phone(past.person("volunteer")).record(past.stops[5], "refused", scope="campaign")
    assert forget_doors(past.campaign) == 1
    assert counts() == before | {"refused": 3}


def test_another_campaigns_holds_stay(past: Town) -> None:
    hold = DoorHold(
        id=new_id(),
        municipality_id=past.municipality.id,
        address_id=past.addresses[0].id,
        campaign_id=new_id(),
        kind="wants_no_visit",
        set_by=past.person("volunteer").id,
        set_at=now(),
    )
    db.session.add(hold)
    db.session.flush()
    forget_doors(past.campaign)
    assert db.session.get(DoorHold, hold.id) is not None

"""Without a valid certificate of conduct nobody goes to a door, whatever the day."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outreach.clock import today
from outreach.db import db
from outreach.volunteers.clearance import Clearance, cleared, is_cleared, standing
from outreach.volunteers.models import VolunteerProfile
from tests.factories.town import Town
from tests.factories.volunteers import make_profile

DAY = date(2026, 3, 4)
DAYS = st.integers(-100, 100).map(lambda days: DAY + timedelta(days=days))
MAY_GO = {Clearance.ENDS_SOON, Clearance.CLEARED}


def profile(made: date | None, ends: date | None, *, seen: bool = True) -> VolunteerProfile:
    return VolunteerProfile(
        certificate_seen=seen, certificate_date=made, certificate_expires_on=ends
    )


@pytest.mark.parametrize(
    ("days_left", "said"),
    [
        (-1, Clearance.EXPIRED),
        (0, Clearance.ENDS_SOON),
        (56, Clearance.ENDS_SOON),
        (57, Clearance.CLEARED),
    ],
)
def test_the_last_day_of_a_certificate_counts(days_left: int, said: Clearance) -> None:
    ends = DAY + timedelta(days=days_left)
    assert standing(profile(DAY - timedelta(days=900), ends), DAY) == said


@given(DAYS, DAYS, DAYS)
def test_what_nobody_saw_clears_nobody(made: date, ends: date, on: date) -> None:
    assert standing(profile(made, ends, seen=False), on) == Clearance.NONE
    assert standing(None, on) == Clearance.NONE


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(seen=st.booleans(), made=DAYS, ends=DAYS, on=DAYS)
def test_the_database_clears_on_the_days_on_which_the_rule_does(
    town: Town, seen: bool, made: date, ends: date, on: date
) -> None:
    account = town.person("wijkcoach")
    with db.session.begin_nested() as only_here:
        row = make_profile(
            account,
            certificate_seen=seen,
            certificate_date=made,
            certificate_expires_on=ends,
        )
        assert is_cleared(account.id, on) == (standing(row, on) in MAY_GO)
        only_here.rollback()


def test_who_has_no_profile_is_not_cleared(town: Town) -> None:
    both = [town.person("volunteer").id, town.person("supervisor").id]
    assert cleared(both, today()) == {town.person("volunteer").id}
    assert not is_cleared(town.person("supervisor").id, today())

"""The first rounds are walked with somebody experienced."""

from outreach.clock import new_id
from outreach.db import db
from outreach.volunteers.mentoring import lacking_a_mentor
from outreach.volunteers.models import VolunteerProfile
from tests.factories.town import Town


def becomes(town: Town, who: str, **said: bool) -> str:
    """Change somebody's profile; gives their id."""
    account = town.person(who)
    profile = db.session.query(VolunteerProfile).filter_by(account_id=account.id).one()
    for name, value in said.items():
        setattr(profile, name, value)
    db.session.flush()
    return account.id


def test_who_is_new_walks_with_a_mentor_only(town: Town) -> None:
    new = becomes(town, "volunteer", starts_with_mentor=True)
    other, mentor = town.person("partner_of_pair").id, town.person("mentor").id
    assert lacking_a_mentor([new, other]) == {new}
    assert lacking_a_mentor([new, mentor]) == set()
    becomes(town, "partner_of_pair", experienced=True)
    assert lacking_a_mentor([new, other]) == set()


def test_two_who_are_new_both_lack_a_mentor(town: Town) -> None:
    both = {becomes(town, who, starts_with_mentor=True) for who in ("volunteer", "partner_of_pair")}
    assert lacking_a_mentor(both) == both


def test_who_has_no_profile_yet_is_new(town: Town) -> None:
    profiles = db.session.query(VolunteerProfile)
    other, mentor = town.person("partner_of_pair").id, town.person("mentor").id
    for account in (town.person("volunteer"), town.person("mentor")):
        profiles.filter_by(account_id=account.id).delete()
    assert lacking_a_mentor([town.person("volunteer").id, other, new_id()]) == {
        town.person("volunteer").id
    }
    assert lacking_a_mentor([mentor, other]) == set()

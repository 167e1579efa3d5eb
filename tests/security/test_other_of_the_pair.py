"""The recorder's phone alone holds a talk, whatever the other of the pair makes up."""

import pytest
from flask.testing import FlaskClient

from outreach.clock import new_id
from outreach.visits.doors import RESERVED
from tests.factories.phone import Phone
from tests.factories.talks import PHONE_NUMBER, make_talk
from tests.factories.town import Town


def _split_ids(**chosen: str) -> dict[str, str]:
    return {name: new_id() for name in ("stop_id", *RESERVED)} | chosen


def test_a_door_under_a_households_id_shows_nothing_of_that_household(
    client: FlaskClient, town: Town
) -> None:
    talk = make_talk(town)
    talk.agrees("contact")
    talk.tells_contact()
    talk.tells("money_and_schemes", "help_wanted")
    other = Phone(client, town.person("partner_of_pair"))
    other.sync()
    made = other.write(town.stops[1].id, "door.split", **_split_ids(stop_id=talk.id))
    other.write(
        talk.id,
        "contact.set",
        called_name="x",
        channel="mail",
        value="x",
        when="x",
        voicemail_ok=True,
    )
    other.write(
        talk.id,
        "domain.assess",
        conversation_id=talk.conversation.id,
        domain="money_and_schemes",
        answer="goes_well",
        from_=None,
    )
    other.sync()
    assert PHONE_NUMBER not in str(other.dossiers)
    assert "help_wanted" not in str(other.dossiers)
    assert other.outcomes[made]["code"] == "id-taken"


@pytest.mark.parametrize("name", ["stop_id", *RESERVED])
def test_a_second_household_takes_no_id_that_any_door_has(
    client: FlaskClient, town: Town, name: str
) -> None:
    phone = Phone(client, town.person("volunteer"))
    phone.sync()
    stop = town.stops[2]
    for taken in (stop.id, *(getattr(stop, reserved) for reserved in RESERVED)):
        made = phone.write(town.stops[1].id, "door.split", **_split_ids(**{name: taken}))
        phone.sync()
        assert phone.outcome(made) == "quarantined"

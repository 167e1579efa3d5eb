"""While a consent is in dispute its words are out of sight, also those of two that differ."""

from typing import Any

from flask.testing import FlaskClient

from outreach.clock import new_id
from tests.factories.phone import Phone
from tests.factories.talks import Talk, make_talk
from tests.factories.town import Town

WORDS = ("De huur staat open.", "De huur is betaald.", "0612345678", "0687654321")


def _answers(talk: Talk, town: Town, purpose: str, who: str, *, given: bool) -> None:
    talk.says(
        "consent.record",
        speaker=town.person(who),
        consent_id=new_id(),
        conversation_id=talk.conversation.id,
        purpose=purpose,
        given=given,
        consent_text_id=town.consent_text.id,
        language="nl",
        how="spoken",
        team_id=None,
    )


def _reach(talk: Talk, town: Town, who: str, number: str) -> None:
    talk.says(
        "contact.set",
        speaker=town.person(who),
        called_name="Els",
        channel="phone",
        value=number,
        when="",
        voicemail_ok=False,
    )


def _differing(town: Town, domain: str) -> Talk:
    """A note and a number of which the pair wrote different things."""
    talk = make_talk(town)
    talk.agrees("health")
    talk.agrees("contact")
    note: dict[str, Any] = {"note_id": new_id(), "conversation_id": talk.conversation.id}
    talk.says("note.add", **note, domain=domain, position=0, text=WORDS[0])
    partner = town.person("partner_of_pair")
    talk.says("note.add", speaker=partner, **note, domain=domain, position=0, text=WORDS[1])
    _reach(talk, town, "volunteer", WORDS[2])
    _reach(talk, town, "partner_of_pair", WORDS[3])
    return talk


def _seen(client: FlaskClient, town: Town, talk: Talk) -> tuple[set[str], set[str]]:
    """What differs by field, and which of the words the recorder's phone holds."""
    phone = Phone(client, town.person("volunteer"))
    phone.sync()
    body = phone.body(talk.id)
    fields = {difference["field"] for difference in body["differences"]}
    return fields, {word for word in WORDS if word in repr(body)}


def test_what_differs_is_in_sight_while_nobody_disputes_it(client: FlaskClient, town: Town) -> None:
    talk = _differing(town, "health_and_care")
    assert _seen(client, town, talk) == ({"text", "contact_value"}, set(WORDS))


def test_a_disputed_consent_to_note_hides_what_differs_in_notes(
    client: FlaskClient, town: Town
) -> None:
    talk = _differing(town, "money_and_schemes")
    _answers(talk, town, "note", "partner_of_pair", given=False)
    assert _seen(client, town, talk) == ({"given", "contact_value"}, set(WORDS[2:]))


def test_a_disputed_consent_to_health_hides_what_differs_about_it(
    client: FlaskClient, town: Town
) -> None:
    talk = _differing(town, "health_and_care")
    _answers(talk, town, "health", "partner_of_pair", given=False)
    assert _seen(client, town, talk) == ({"given", "contact_value"}, set(WORDS[2:]))


def test_a_disputed_consent_to_contact_hides_what_differs_in_a_number(
    client: FlaskClient, town: Town
) -> None:
    talk = _differing(town, "money_and_schemes")
    _answers(talk, town, "contact", "partner_of_pair", given=False)
    assert _seen(client, town, talk) == ({"given", "text"}, set(WORDS[:2]))

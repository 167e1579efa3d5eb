"""Half a form that a phone hands over waits for a person, and goes with a household's words."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from outreach.access.roles import Role
from outreach.audit.models import TrailEntry
from outreach.clock import new_id
from outreach.concerns.models import Concern
from outreach.db import db
from outreach.handover.models import Handover
from outreach.sync.models import Quarantined
from tests.factories.phone import Phone
from tests.factories.sealing import SealedPhone, sealed_phone
from tests.factories.talks import Talk, make_talk
from tests.factories.town import Town, headers_for

MARK = "Ze komen er samen"
BSN = "123456782"


@pytest.fixture
def phone(client: FlaskClient, town: Town) -> SealedPhone:
    """A phone that sealed its store and has the round."""
    return sealed_phone(client, town.person("volunteer"))


@pytest.fixture
def talk(town: Town) -> Talk:
    """A household that agreed to share with both teams."""
    made = make_talk(town)
    made.consents["other"] = made.agrees("share", town.other_team)
    made.agrees("share", town.team)
    return made


def _handover(phone: SealedPhone, talk: Talk, **more: Any) -> str:
    body = {
        "team_ids": [talk.consents["share"].team_id],
        "why": MARK,
        "urgency": None,
        "called_at": None,
        "company_wanted": False,
        "domains": None,
    }
    return phone.write(talk.id, "draft.handover", **(body | more))


def _answer(phone: SealedPhone, talk: Talk) -> str:
    asked = [talk.consents["share"].team_id]
    return phone.write(talk.id, "draft.answer", team_ids=asked, words=MARK)


def _worry(phone: SealedPhone, address_id: str | None = None) -> str:
    own = new_id()
    body = {"facts": MARK, "address_id": address_id}
    form = {"id": own, "dossier_id": own, "kind": "draft.worry", "schema": 2, "body": body}
    phone.outbox.append(form | {"made_at": "2026-02-03T14:30:00Z"})
    return own


def _kept() -> list[Quarantined]:
    return list(db.session.scalars(select(Quarantined).order_by(Quarantined.kind)))


def _listed(client: FlaskClient, town: Town) -> list[dict[str, Any]]:
    coordinator = headers_for(town.person("coordinator"))
    items: list[dict[str, Any]] = client.get("/v1/quarantine", headers=coordinator).get_json()[
        "items"
    ]
    return items


@pytest.mark.parametrize("why", ["forgotten", "lapsed", "revoked", "rescue"])
def test_it_waits_with_author_door_kind_and_reason_but_no_content(
    client: FlaskClient, phone: SealedPhone, town: Town, talk: Talk, why: str
) -> None:
    written = _handover(phone, talk)
    phone.hand_over(phone.boxes(why))
    code = f"sent-sealed-{why}"
    assert phone.outcomes[written] == {"id": written, "outcome": "quarantined", "code": code}
    [listed] = _listed(client, town)
    assert listed["address"] == {"street": "Wilgenhof", "number": "10"}
    assert listed["author"] == town.person("volunteer").first_name
    assert (listed["kind"], listed["reason"]) == ("draft.handover", code)
    assert MARK not in str(listed)


def test_its_content_takes_a_reason_that_is_logged(
    client: FlaskClient, phone: SealedPhone, town: Town, talk: Talk
) -> None:
    _handover(phone, talk, why=f"{MARK} {BSN}")
    phone.hand_over()
    where = f"/v1/quarantine/{_kept()[0].id}/opening"
    coordinator = headers_for(town.person("coordinator"))
    assert client.post(where, json={"reason": " "}, headers=coordinator).status_code == 400
    opened = client.post(where, json={"reason": "Anna belde"}, headers=coordinator).get_json()
    assert opened["body"]["why"].startswith(MARK)
    assert BSN not in opened["body"]["why"]
    entry = select(TrailEntry).where(TrailEntry.action == "quarantine.open")
    assert db.session.scalars(entry).one().reason == "Anna belde"


def test_it_can_be_discarded_and_never_applied(
    client: FlaskClient, phone: SealedPhone, town: Town, talk: Talk
) -> None:
    _handover(phone, talk, urgency="soon", domains=["money_and_schemes"])
    _worry(phone)
    phone.hand_over()
    coordinator = headers_for(town.person("coordinator"))
    for kept_id in [kept.id for kept in _kept()]:
        statuses = [
            client.post(
                f"/v1/quarantine/{kept_id}/settlement",
                headers=coordinator,
                json={"decision": decision, "reason": "gebeld"},
            ).status_code
            for decision in ("apply", "discard")
        ]
        assert statuses == [409, 200]
    assert (db.session.query(Handover).count(), db.session.query(Concern).count()) == (0, 0)


def test_it_holds_up_nothing_else_of_its_dossier(
    client: FlaskClient, phone: SealedPhone, town: Town, talk: Talk
) -> None:
    def note(who: Phone) -> str:
        body = {"note_id": new_id(), "conversation_id": talk.conversation.id, "domain": ""}
        return who.write(talk.id, "note.add", **(body | {"position": 0, "text": "brieven"}))

    _handover(phone, talk)
    phone.hand_over(phone.boxes("rescue"))
    again = Phone(client, phone.account)
    written = note(again)
    again.sync()
    assert again.outcome(written) == "applied"
    # A mutation that waits does hold up what follows it, also with half a form beside it.
    again.write(talk.id, "note.sing", text="la")
    late = note(again)
    again.sync()
    assert again.outcomes[late]["code"] == "follows-another"


def test_a_form_that_was_filled_in_further_waits_beside_its_first_half(
    phone: SealedPhone, talk: Talk
) -> None:
    first = _handover(phone, talk)
    phone.hand_over(phone.boxes("rescue"))
    phone.outbox.clear()
    second = _handover(phone, talk, why=f"{MARK} niet uit")
    phone.hand_over()
    assert [phone.outcomes[one]["outcome"] for one in (first, second)] == ["quarantined"] * 2
    assert {kept.body["body"]["why"] for kept in _kept()} == {MARK, f"{MARK} niet uit"}


def test_a_worry_is_of_no_door_cannot_wait_and_outlives_the_household(
    client: FlaskClient, phone: SealedPhone, town: Town, talk: Talk
) -> None:
    _worry(phone, town.stops[0].address_id)
    phone.hand_over()
    [listed] = _listed(client, town)
    assert (listed["kind"], listed["urgent"], listed["address"]) == ("draft.worry", True, None)
    other = Phone(client, phone.account)
    other.write(talk.id, "dossier.discard")
    other.sync()
    assert [kept.kind for kept in _kept()] == ["draft.worry"]


@pytest.mark.parametrize("role", list(Role))
def test_half_a_worry_is_read_by_whom_a_worry_in_quarantine_is_read(
    client: FlaskClient, phone: SealedPhone, town: Town, role: Role
) -> None:
    _worry(phone)
    phone.write(new_id(), "concern.raise", facts=MARK)
    phone.hand_over()
    headers = headers_for(town.person(role.value))
    statuses = {
        client.post(
            f"/v1/quarantine/{kept_id}/opening", json={"reason": "gebeld"}, headers=headers
        ).status_code
        for kept_id in [kept.id for kept in _kept()]
    }
    assert statuses == {200 if role is Role.COORDINATOR else 403}


@pytest.mark.parametrize(("urgency", "urgent"), [("crisis", True), ("soon", False), (None, False)])
def test_half_a_hand_over_in_a_crisis_cannot_wait(
    client: FlaskClient, phone: SealedPhone, town: Town, talk: Talk, urgency: str, *, urgent: bool
) -> None:
    _handover(phone, talk, urgency=urgency)
    phone.hand_over()
    assert [listed["urgent"] for listed in _listed(client, town)] == [urgent]


@pytest.mark.parametrize("first", ["form", "discard"])
def test_it_goes_with_the_household_whichever_comes_first(
    client: FlaskClient, phone: SealedPhone, talk: Talk, first: str
) -> None:
    written = [_handover(phone, talk), _answer(phone, talk)]
    if first == "form":
        phone.hand_over()
    other = Phone(client, phone.account)
    other.write(talk.id, "dossier.discard")
    other.sync()
    phone.hand_over()
    assert {phone.outcomes[one]["code"] for one in written} == {"dossier-erased"}
    assert _kept() == []


@pytest.mark.parametrize("first", ["form", "withdrawal"])
@pytest.mark.parametrize("purpose", ["note", "share"])
def test_it_goes_with_the_consent_it_rests_on_whichever_comes_first(
    client: FlaskClient, phone: SealedPhone, talk: Talk, purpose: str, first: str
) -> None:
    written = [_handover(phone, talk), _answer(phone, talk)]
    if first == "form":
        phone.hand_over()
    other = Phone(client, phone.account)
    other.write(talk.id, "consent.withdraw", consent_id=talk.consents[purpose].id)
    other.sync()
    assert _kept() == []
    if first == "withdrawal":
        phone.hand_over()
        assert {phone.outcomes[one]["code"] for one in written} == {"entry-erased"}
        assert _kept() == []


@pytest.mark.parametrize("first", ["offer", "withdrawal"])
def test_a_whole_hand_over_that_waits_goes_with_the_yes_to_its_team(
    client: FlaskClient, phone: SealedPhone, talk: Talk, first: str
) -> None:
    written = phone.write(talk.id, "handover.offer", **talk.offer_body(why=MARK))
    kept = phone.write(
        talk.id,
        "handover.offer",
        **talk.offer_body(
            team_id=talk.consents["other"].team_id, consent_id=talk.consents["other"].id
        ),
    )
    if first == "offer":
        phone.hand_over()
    other = Phone(client, phone.account)
    other.write(talk.id, "consent.withdraw", consent_id=talk.consents["share"].id)
    other.sync()
    if first == "withdrawal":
        phone.hand_over()
        assert phone.outcomes[written]["code"] == "entry-erased"
    assert [one.body["id"] for one in _kept()] == [kept]


@pytest.mark.parametrize("first", ["form", "withdrawal"])
def test_it_stays_when_another_team_loses_their_yes(
    client: FlaskClient, phone: SealedPhone, talk: Talk, first: str
) -> None:
    _handover(phone, talk)
    _answer(phone, talk)
    if first == "form":
        phone.hand_over()
    other = Phone(client, phone.account)
    other.write(talk.id, "consent.withdraw", consent_id=talk.consents["other"].id)
    other.sync()
    phone.hand_over()
    assert [kept.kind for kept in _kept()] == ["draft.answer", "draft.handover"]


@pytest.mark.parametrize(
    "odd",
    [{"team_ids": 7}, {"team_ids": [{}, None]}, {"team_ids": ["nobody"]}, {"urgency": {}}],
)
def test_what_is_no_form_waits_all_the_same(
    phone: SealedPhone, talk: Talk, odd: dict[str, Any]
) -> None:
    _handover(phone, talk, **odd)
    phone.write(talk.id, "draft.answer", **({"words": MARK} | odd))
    phone.hand_over()
    assert len(_kept()) == 2

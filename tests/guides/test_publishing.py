"""Guides and consent texts: published once, never changed, read by who makes campaigns."""

import pytest
from flask.testing import FlaskClient

from outreach.db import db
from outreach.guides.dossiers import consent_text_dossiers, guide_dossiers
from outreach.guides.models import ConsentText, FixedText, Guide
from outreach.guides.publishing import card_languages, publish_packaged
from tests.factories.town import Town, build_town, headers_for


def test_a_municipality_gets_the_packaged_guide_and_texts(town: Town) -> None:
    guide, text = publish_packaged(town.municipality.id)
    body = guide_dossiers([guide.id])[guide.id]
    assert (body["key"], body["version"]) == ("achter-de-voordeur", "2026.1")
    assert len(body["content"]["domains"]) == 8
    content = consent_text_dossiers([text.id])[text.id]["content"]
    assert set(content["purposes"]) == {"note", "health", "contact", "share", "feedback"}
    assert {language["code"] for language in content["language_card"]["languages"]} == set(
        card_languages()
    )


def test_publishing_again_changes_nothing(town: Town) -> None:
    first = publish_packaged(town.municipality.id)
    again = publish_packaged(town.municipality.id)
    db.session.commit()
    assert [text.id for text in first] == [text.id for text in again]
    # the town came with a guide and a text of its own
    assert db.session.query(Guide).count() == db.session.query(ConsentText).count() == 2


def test_each_municipality_has_its_own_copy(town: Town) -> None:
    other = build_town("Oeverdam")
    ours = publish_packaged(town.municipality.id)
    theirs = publish_packaged(other.municipality.id)
    assert ours.guide.id != theirs.guide.id


@pytest.mark.parametrize("kind", ["guide", "consent_text"])
def test_a_published_text_cannot_be_changed(town: Town, kind: str) -> None:
    text = getattr(publish_packaged(town.municipality.id), kind)
    text.content = text.content | {"key": "other words"}
    with pytest.raises(FixedText):
        db.session.flush()


@pytest.mark.parametrize("kind", ["guide", "consent_text"])
def test_a_published_text_cannot_be_deleted(town: Town, kind: str) -> None:
    db.session.delete(getattr(publish_packaged(town.municipality.id), kind))
    with pytest.raises(FixedText):
        db.session.flush()


def test_a_supervisor_reads_guides_and_consent_texts(client: FlaskClient, town: Town) -> None:
    guide, text = publish_packaged(town.municipality.id)
    headers = headers_for(town.person("supervisor"))
    listed = client.get("/v1/guides", headers=headers).get_json()["items"]
    assert {item["id"] for item in listed} == {guide.id, town.guide.id}
    assert set(listed[0]) == {"id", "key", "version", "title"}
    whole = client.get(f"/v1/guides/{guide.id}", headers=headers).get_json()
    assert whole["content"] == guide.content
    texts = client.get("/v1/consent-texts", headers=headers).get_json()["items"]
    assert {item["id"] for item in texts} == {text.id, town.consent_text.id}


def test_the_guide_of_another_municipality_does_not_exist(client: FlaskClient, town: Town) -> None:
    other = build_town("Oeverdam")
    headers = headers_for(town.person("supervisor"))
    assert client.get(f"/v1/guides/{other.guide.id}", headers=headers).status_code == 404
    listed = client.get("/v1/guides", headers=headers).get_json()["items"]
    assert [item["id"] for item in listed] == [town.guide.id]


def test_a_volunteer_has_no_desk_for_guides(client: FlaskClient, town: Town) -> None:
    headers = headers_for(town.person("volunteer"))
    assert client.get("/v1/guides", headers=headers).status_code == 403

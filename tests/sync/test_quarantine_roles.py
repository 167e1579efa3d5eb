"""Who may open what waits: whoever might read it had it been let in; the others see that it is."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from outreach.access import actor
from outreach.access.roles import ROLES, Permission, Role
from outreach.audit.models import TrailEntry
from outreach.clock import new_id, now
from outreach.db import db
from outreach.sync import forms, opening
from outreach.sync.catalogue import CATALOGUE
from outreach.sync.models import Quarantined
from outreach.sync.quarantine import SEALED
from tests.factories.town import Town, headers_for

MARK = "wat de bewoner zei"
CONTENT = {
    "visit.record": Permission.ROUND_READ,
    "debrief.record": Permission.DEBRIEF_READ,
    "note.add": Permission.TALK_OPEN,
    "step.set": Permission.TALK_OPEN,
    "dossier.discard": Permission.TALK_OPEN,
    "handover.offer": Permission.HANDOVER_OPEN,
    "draft.handover": Permission.HANDOVER_OPEN,
    "draft.answer": Permission.HANDOVER_OPEN,
    "concern.raise": Permission.CONCERN_READ,
    "draft.worry": Permission.CONCERN_READ,
    "draft.loose": Permission.TALK_OPEN,
}


def _waits(town: Town, kind: str) -> str:
    envelope = {
        "id": new_id(),
        "dossier_id": new_id(),
        "kind": kind,
        "schema": 2,
        "made_at": now().isoformat(),
        "body": {"text": MARK},
    }
    kept = Quarantined(
        id=new_id(),
        municipality_id=town.municipality.id,
        author_id=town.person("volunteer").id,
        device_id=new_id(),
        dossier_id=envelope["dossier_id"],
        kind=kind,
        urgent=kind in {"concern.raise", "draft.worry"},
        reason="does-not-fit",
        body=envelope,
        received_at=now(),
    )
    db.session.add(kept)
    db.session.commit()
    return kept.id


def _ask(client: FlaskClient, town: Town, where: str, **body: Any) -> Any:
    headers = headers_for(town.person("coordinator"))
    return client.post(f"/v1/quarantine/{where}", headers=headers, json=body)


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Take a permission from the coordinators; others keep it."""

    def take(permission: Permission) -> None:
        monkeypatch.setitem(ROLES, Role.COORDINATOR, ROLES[Role.COORDINATOR] - {permission})

    return take


@pytest.mark.parametrize("kind", sorted(CATALOGUE))
def test_every_kind_says_what_reading_it_takes(kind: str) -> None:
    [needed] = opening.needed_for(kind)
    assert needed == CONTENT.get(kind, CATALOGUE[kind].content)
    assert needed not in {Permission.QUARANTINE_OPEN, Permission.OWN_ACCOUNT, Permission.SYNC}


def test_every_kind_of_form_says_it_too() -> None:
    named = {forms.HANDOVER, forms.ANSWER, forms.WORRY, forms.INCIDENT, forms.LOOSE}
    assert named == set(forms.CONTENT)
    assert all(forms.is_form(kind) for kind in named)


def test_a_kind_that_nobody_here_knows_takes_all_of_it() -> None:
    everything = {mutation.content for mutation in CATALOGUE.values()}
    assert everything <= set(opening.needed_for("note.sing"))
    assert everything <= set(opening.needed_for("draft.newer"))


@pytest.mark.parametrize("kind", [*CONTENT, "note.sing", SEALED])
@pytest.mark.parametrize("role", list(Role))
def test_only_a_role_with_both_permissions_opens_it(
    client: FlaskClient, town: Town, kind: str, role: Role
) -> None:
    kept = _waits(town, kind)
    needed = {Permission.QUARANTINE_OPEN, *opening.needed_for(kind)}
    reply = client.post(
        f"/v1/quarantine/{kept}/opening",
        headers=headers_for(town.person(role.value)),
        json={"reason": "nagaan"},
    )
    assert reply.status_code == (200 if needed <= ROLES[role] else 403)


@pytest.mark.parametrize(("kind", "permission"), CONTENT.items())
def test_who_may_not_read_such_content_sees_the_row_and_no_more(
    client: FlaskClient, town: Town, without: Any, kind: str, permission: Permission
) -> None:
    kept = _waits(town, kind)
    other = _waits(town, SEALED)
    without(permission)
    headers = headers_for(town.person("coordinator"))
    listed = client.get("/v1/quarantine", headers=headers).get_json()["items"]
    assert {row["id"]: row["may_open"] for row in listed} == {kept: False, other: True}
    assert MARK not in str(listed)
    for where, body in (
        ("opening", {"reason": "nagaan"}),
        ("settlement", {"reason": "nagaan", "decision": "apply"}),
        ("settlement", {"reason": "nagaan", "decision": "discard"}),
    ):
        reply = _ask(client, town, f"{kept}/{where}", **body)
        assert (reply.status_code, reply.get_json()["code"]) == (403, "another-role-opens-it")
    assert db.session.get_one(Quarantined, kept).state == "waiting"
    assert not db.session.scalars(
        select(TrailEntry).where(TrailEntry.action.startswith("quarantine."))
    ).all()


def test_the_row_names_the_roles_that_open_it(
    client: FlaskClient, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    _waits(town, "concern.raise")
    officer = Role.SAFEGUARDING_OFFICER
    monkeypatch.setitem(ROLES, officer, ROLES[officer] | {Permission.QUARANTINE_OPEN})
    monkeypatch.setitem(
        ROLES, Role.COORDINATOR, ROLES[Role.COORDINATOR] - {Permission.CONCERN_READ}
    )
    headers = headers_for(town.person("coordinator"))
    [row] = client.get("/v1/quarantine", headers=headers).get_json()["items"]
    assert row["opened_by"] == [officer]
    assert actor.actor_of(town.person("coordinator")).may(Permission.QUARANTINE_OPEN)


def test_a_box_that_is_shut_can_be_discarded_by_who_may_open_none(
    client: FlaskClient, town: Town, without: Any
) -> None:
    kept = _waits(town, SEALED)
    without(Permission.CONCERN_READ)
    body = {"reason": "sleutel is weg", "decision": "discard"}
    assert _ask(client, town, f"{kept}/settlement", **body).status_code == 200


def test_the_alert_counts_what_this_person_can_act_on(
    client: FlaskClient, town: Town, without: Any
) -> None:
    _waits(town, "concern.raise")
    _waits(town, "draft.worry")
    _waits(town, "note.add")

    def count() -> int:
        headers = headers_for(town.person("coordinator"))
        urgent: int = client.get("/v1/quarantine/alert", headers=headers).get_json()["urgent"]
        return urgent

    assert count() == 2
    without(Permission.CONCERN_READ)
    assert count() == 0


def test_what_was_settled_alerts_nobody(client: FlaskClient, town: Town) -> None:
    kept = _waits(town, "concern.raise")
    _ask(client, town, f"{kept}/settlement", decision="discard", reason="gebeld")
    headers = headers_for(town.person("coordinator"))
    assert client.get("/v1/quarantine/alert", headers=headers).get_json() == {"urgent": 0}


def test_a_supervisor_is_not_alerted(client: FlaskClient, town: Town) -> None:
    headers = headers_for(town.person("supervisor"))
    assert client.get("/v1/quarantine/alert", headers=headers).status_code == 403

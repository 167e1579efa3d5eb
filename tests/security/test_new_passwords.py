"""Nobody gains a coach's dossiers by making a new password for the coach."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from outreach.access.models import Account
from outreach.audit.models import TrailEntry
from outreach.db import db
from tests.factories.town import Town, headers_for

COACHES = ("wijkcoach", "team_lead", "safeguarding_officer")


def _signed_up(town: Town, person: str) -> Account:
    account = town.person(person)
    account.password_hash = "chosen"
    db.session.commit()
    return account


def _links(client: FlaskClient, account: Account, maker: Account) -> int:
    headers = headers_for(maker)
    return client.post(f"/v1/accounts/{account.id}/invitation", headers=headers).status_code


@pytest.mark.parametrize("role", COACHES)
def test_only_an_admin_makes_a_new_password_for_who_reads_dossiers(
    client: FlaskClient, town: Town, role: str
) -> None:
    account = _signed_up(town, role)
    assert _links(client, account, town.person("coordinator")) == 403
    assert _links(client, account, town.person("admin")) == 201
    made = select(TrailEntry).filter_by(action="account.invite", object_id=account.id)
    assert [entry.actor_id for entry in db.session.scalars(made)] == [town.person("admin").id]


def test_a_coordinator_still_invites_a_coach_and_helps_a_volunteer(
    client: FlaskClient, town: Town
) -> None:
    coordinator = town.person("coordinator")
    assert _links(client, town.person("wijkcoach"), coordinator) == 201
    assert _links(client, _signed_up(town, "volunteer"), coordinator) == 201


def test_a_coordinator_does_not_get_there_by_way_of_another_role(
    client: FlaskClient, town: Town
) -> None:
    coach = _signed_up(town, "wijkcoach")
    where = f"/v1/accounts/{coach.id}"
    coordinator, admin = (headers_for(town.person(who)) for who in ("coordinator", "admin"))
    assert client.patch(where, json={"role": "volunteer"}, headers=coordinator).status_code == 200
    assert _links(client, coach, town.person("coordinator")) == 201
    back = {"role": "wijkcoach"}
    assert client.patch(where, json=back, headers=coordinator).status_code == 403
    assert client.patch(where, json=back, headers=admin).status_code == 200


def test_a_coordinator_changes_other_things_of_a_coach(client: FlaskClient, town: Town) -> None:
    coach = _signed_up(town, "wijkcoach")
    body = {"role": "wijkcoach", "phone": "099-5550199"}
    changed = client.patch(
        f"/v1/accounts/{coach.id}", json=body, headers=headers_for(town.person("coordinator"))
    )
    assert (changed.status_code, changed.get_json()["phone"]) == (200, "099-5550199")

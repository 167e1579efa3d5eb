"""Lists page by key: every row once, whatever the key is made of."""

import base64

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from outreach.access.models import Account, AccountDistrict, District
from outreach.clock import new_id, now
from outreach.db import db
from outreach.web import paging
from outreach.web.paging import page
from tests.factories.town import Town, headers_for


@pytest.fixture
def _many(app: Flask, town: Town) -> None:
    db.session.add_all(
        District(id=new_id(), municipality_id=town.municipality.id, name=f"Wijk {n % 3} {n:03}")
        for n in range(250)
    )
    db.session.commit()


@pytest.mark.usefixtures("_many")
@pytest.mark.parametrize("by", [[District.id], [District.name, District.id]])
def test_every_row_comes_once(by: list[object]) -> None:
    seen: list[str] = []
    after = ""
    for _ in range(10):
        found = page(select(District), by, after)  # type: ignore[arg-type]
        seen += [row.id for row in found.items]
        after = found.next
        if not after:
            break
    assert len(seen) == len(set(seen)) == 252


@pytest.mark.usefixtures("_many")
def test_a_row_that_appears_meanwhile_shifts_no_page(town: Town) -> None:
    first = page(select(District), [District.name, District.id], "")
    db.session.add(District(id=new_id(), municipality_id=town.municipality.id, name="AAA"))
    db.session.commit()
    second = page(select(District), [District.name, District.id], first.next)
    assert not {row.id for row in first.items} & {row.id for row in second.items}
    assert len(second.items) == paging.PAGE_SIZE


def _in_clear(cursor: str) -> bytes:
    return base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)) + cursor.encode()


@pytest.mark.parametrize(
    ("path", "who"), [("accounts", "coordinator"), ("campaigns/{}/volunteers", "supervisor")]
)
def test_no_name_can_be_read_from_a_cursor(
    client: FlaskClient, town: Town, path: str, who: str
) -> None:
    _many_people(town)
    headers = headers_for(town.person(who))
    path = f"/v1/{path.format(town.campaign.id)}"
    first = client.get(path, headers=headers).get_json()
    name = first["items"][-1].get("first_name", "Persoon")
    assert "Persoon" in name
    for word in (b"Persoon", b"Voorbeeld", first["items"][-1]["id"].encode()):
        assert word not in _in_clear(first["next"])
    second = client.get(f"{path}?after={first['next']}", headers=headers).get_json()
    assert second["items"]
    assert not {p["id"] for p in first["items"]} & {p["id"] for p in second["items"]}


def _many_people(town: Town) -> None:
    for n in range(130):
        account = Account(
            id=new_id(),
            municipality_id=town.municipality.id,
            email=f"persoon{n}@example.org",
            name=f"Persoon {n:03} Voorbeeld",
            first_name=f"Persoon {n:03}",
            role="volunteer",
            created_at=now(),
        )
        db.session.add(account)
        db.session.flush()
        db.session.add(
            AccountDistrict(
                id=new_id(),
                municipality_id=town.municipality.id,
                account_id=account.id,
                district_id=town.district.id,
            )
        )
    db.session.commit()


def test_a_cursor_of_one_list_is_none_of_another(client: FlaskClient, town: Town) -> None:
    _many_people(town)
    headers = headers_for(town.person("admin"))
    next_ = client.get("/v1/accounts", headers=headers).get_json()["next"]
    assert client.get(f"/v1/districts?after={next_}", headers=headers).status_code == 400


@pytest.mark.parametrize("after", ["x", "W10", "bm90aGluZw", "WyJhIiwgImIiXQ", "WzEsIDJd"])
def test_a_page_that_never_was_is_an_input_error(
    client: FlaskClient, town: Town, after: str
) -> None:
    answer = client.get(f"/v1/districts?after={after}", headers=headers_for(town.person("admin")))
    assert (answer.status_code, answer.get_json()["errors"][0]["pointer"]) == (400, "/after")

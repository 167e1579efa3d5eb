"""Lists page by key: every row once, whatever the key is made of."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from outreach.access.models import District
from outreach.clock import new_id
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


@pytest.mark.parametrize("after", ["x", "W10", "bm90aGluZw", "WyJhIiwgImIiXQ", "WzEsIDJd"])
def test_a_page_that_never_was_is_an_input_error(
    client: FlaskClient, town: Town, after: str
) -> None:
    answer = client.get(f"/v1/districts?after={after}", headers=headers_for(town.person("admin")))
    assert (answer.status_code, answer.get_json()["errors"][0]["pointer"]) == (400, "/after")

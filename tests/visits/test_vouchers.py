"""Vouchers are counted for a campaign; what two phones say of one code stays, for a person."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from outreach.clock import new_id, now, today
from outreach.db import db
from outreach.errors import InvalidInput
from outreach.privacy.doors import forget_vouchers
from outreach.visits.voucher_codes import as_printed, is_code, read_codes
from outreach.visits.voucher_models import VoucherCode, VoucherGift, VoucherScheme
from tests.factories.phone import Phone
from tests.factories.town import Town, build_town, headers_for

KINDS = ["call_back", "voucher"]


@pytest.fixture
def supervisor(town: Town) -> dict[str, str]:
    return headers_for(town.person("supervisor"))


@pytest.fixture
def path(client: FlaskClient, town: Town, supervisor: dict[str, str]) -> str:
    """The vouchers of the town's campaign, with ten codes."""
    here = f"/v1/campaigns/{town.campaign.id}/vouchers"
    named = {"name": "Tegoedbon", "with_codes": True}
    assert client.put(here, json=named, headers=supervisor).status_code == 200
    added = client.post(f"{here}/codes", json={"lines": ["VD-01, VD-10"]}, headers=supervisor)
    assert added.get_json() == {"added": 10, "known": 0}
    return here


def _phone(client: FlaskClient, town: Town, person: str = "volunteer") -> Phone:
    phone = Phone(client, town.person(person), kinds=KINDS)
    phone.sync()
    return phone


def _scheme_of(phone: Phone) -> str:
    [id_] = [id_ for id_, one in phone.dossiers.items() if one["kind"] == "voucher"]
    return id_


def _give(phone: Phone, town: Town, *codes: str, adults: int = 1, children: int = 0) -> str:
    gift_id = new_id()
    said = phone.write(
        _scheme_of(phone),
        "voucher.give",
        gift_id=gift_id,
        round_id=town.round.id,
        adults=adults,
        children=children,
        codes=list(codes),
        date=today().isoformat(),
    )
    phone.sync()
    assert phone.outcome(said) == "applied"
    return gift_id


def _standing(client: FlaskClient, path: str, headers: dict[str, str]) -> dict[str, Any]:
    answer = client.get(path, headers=headers)
    assert answer.status_code == 200
    found: dict[str, Any] = answer.get_json()
    return found


def test_what_was_given_is_counted_and_its_codes_leave_the_stock(
    client: FlaskClient, town: Town, path: str, supervisor: dict[str, str]
) -> None:
    phone = _phone(client, town)
    _give(phone, town, "VD-01", "vd - 02", adults=2, children=1)
    standing = _standing(client, path, supervisor)
    assert standing["given"] == {"gifts": 1, "adults": 2, "children": 1, "codes": 2}
    assert (standing["stock"], standing["void"], standing["odd"]) == (8, 0, [])
    [own] = phone.of_kind("voucher")
    assert own["given"][0]["codes"] == ["VD-01", "VD-02"]


def test_the_other_of_the_pair_does_not_see_what_this_one_gave(
    client: FlaskClient, town: Town, path: str
) -> None:
    _give(_phone(client, town), town, "VD-01")
    [others] = _phone(client, town, "partner_of_pair").of_kind("voucher")
    assert others["given"] == []


def test_nothing_is_kept_of_the_door(client: FlaskClient, town: Town, path: str) -> None:
    _give(_phone(client, town), town, "VD-01")
    columns = {column.name for column in VoucherGift.__table__.columns}
    assert columns.isdisjoint({"address_id", "stop_id", "household_id"})


def test_a_code_given_by_two_phones_stays_with_both_and_is_named(
    client: FlaskClient, town: Town, path: str, supervisor: dict[str, str]
) -> None:
    _give(_phone(client, town), town, "VD-01", adults=1)
    second = _phone(client, town, "partner_of_pair")
    gift_id = _give(second, town, "VD-01", adults=2)
    standing = _standing(client, path, supervisor)
    assert standing["given"]["adults"] == 3
    [odd] = standing["odd"]
    assert (odd["code"], odd["why"]) == ("VD-01", "twice")
    assert {one["first_name"] for one in odd["handed"]} == {"Volunteer", "Partner Of Pair"}
    second.write(_scheme_of(second), "voucher.take_back", gift_id=gift_id)
    second.sync()
    standing = _standing(client, path, supervisor)
    assert (standing["odd"], standing["given"]["adults"]) == ([], 1)


def test_a_code_that_is_void_or_unknown_is_named_and_counts(
    client: FlaskClient, town: Town, path: str, supervisor: dict[str, str]
) -> None:
    voided = client.post(
        f"{path}/voided-codes", json={"lines": ["VD-03", "XX-99"]}, headers=supervisor
    )
    assert voided.get_json() == {"voided": 1, "not_in_stock": 1}
    _give(_phone(client, town), town, "VD-03", "ZZ-1", adults=2)
    standing = _standing(client, path, supervisor)
    assert [(odd["code"], odd["why"]) for odd in standing["odd"]] == [
        ("VD-03", "void"),
        ("ZZ-1", "unknown"),
    ]
    assert (standing["given"]["adults"], standing["void"]) == (2, 1)


def test_a_gift_said_again_counts_once_and_another_under_its_id_is_kept_aside(
    client: FlaskClient, town: Town, path: str, supervisor: dict[str, str]
) -> None:
    phone = _phone(client, town)
    gift_id = _give(phone, town, "VD-01")
    body = {"gift_id": gift_id, "round_id": town.round.id, "children": 0, "codes": ["VD-01"]}
    on = today().isoformat()
    again = phone.write(_scheme_of(phone), "voucher.give", **body, adults=1, date=on)
    other = phone.write(_scheme_of(phone), "voucher.give", **body, adults=4, date=on)
    phone.sync()
    assert (phone.outcome(again), phone.outcome(other)) == ("merged", "quarantined")
    assert _standing(client, path, supervisor)["given"]["adults"] == 1


def test_who_did_not_walk_there_gives_nothing(client: FlaskClient, town: Town, path: str) -> None:
    stranger = _phone(client, town, "other_volunteer")
    assert stranger.of_kind("voucher") == []
    scheme = db.session.query(VoucherScheme).one()
    body = {"gift_id": new_id(), "round_id": town.round.id, "adults": 1, "children": 0}
    said = stranger.write(scheme.id, "voucher.give", **body, codes=[], date=today().isoformat())
    stranger.sync()
    assert stranger.outcome(said) == "quarantined"


def test_nobody_takes_back_what_somebody_else_gave(
    client: FlaskClient, town: Town, path: str, supervisor: dict[str, str]
) -> None:
    gift_id = _give(_phone(client, town), town, "VD-01")
    other = _phone(client, town, "partner_of_pair")
    said = other.write(_scheme_of(other), "voucher.take_back", gift_id=gift_id)
    other.sync()
    assert other.outcome(said) == "quarantined"
    assert _standing(client, path, supervisor)["given"]["gifts"] == 1


def test_vouchers_of_another_municipality_or_district_are_not_found(
    client: FlaskClient, town: Town, path: str
) -> None:
    for headers in (
        headers_for(build_town("Elders").person("supervisor")),
        headers_for(town.person("other_supervisor")),
    ):
        assert client.get(path, headers=headers).status_code == 404


def test_lines_that_are_no_codes_are_all_named_and_nothing_is_added(
    client: FlaskClient, path: str, supervisor: dict[str, str]
) -> None:
    lines = ["VD-11", "é", "VD-30, VD-20", "A1, B2", ""]
    refused = client.post(f"{path}/codes", json={"lines": lines}, headers=supervisor)
    assert refused.status_code == 400
    errors = {one["pointer"]: one["code"] for one in refused.get_json()["errors"]}
    assert errors == {
        "/lines/1": "not-a-code",
        "/lines/2": "not-a-series",
        "/lines/3": "not-a-series",
    }
    assert db.session.query(VoucherCode).count() == 10


def test_codes_wait_for_a_name(client: FlaskClient, town: Town, supervisor: dict[str, str]) -> None:
    here = f"/v1/campaigns/{town.campaign.id}/vouchers/codes"
    answer = client.post(here, json={"lines": ["VD-01"]}, headers=supervisor)
    assert (answer.status_code, answer.get_json()["code"]) == (409, "no-vouchers")


def test_a_month_after_the_campaign_the_sums_stay_and_the_gifts_go(
    client: FlaskClient, town: Town, path: str, supervisor: dict[str, str]
) -> None:
    _give(_phone(client, town), town, "VD-01", adults=2, children=3)
    before = _standing(client, path, supervisor)["given"]
    town.campaign.ends_on = today().replace(year=today().year - 1)
    db.session.commit()
    assert forget_vouchers(town.municipality.id, now()) == 1
    assert forget_vouchers(town.municipality.id, now()) == 0
    db.session.commit()
    assert _standing(client, path, supervisor)["given"] == before | {"codes": 0}
    assert db.session.query(VoucherCode).count() == 0


@given(
    before=st.text("ABC-", max_size=5),
    first=st.integers(0, 900),
    count=st.integers(1, 60),
    width=st.integers(3, 6),
)
def test_a_series_holds_every_number_once_in_the_width_it_was_written(
    before: str, first: int, count: int, width: int
) -> None:
    prefix = f"A{before}"
    numbers = [f"{prefix}{number:0{width}}" for number in range(first, first + count)]
    assert read_codes([f"{numbers[0]} , {numbers[-1]}"]) == numbers


@given(st.text(max_size=50))
def test_whatever_is_typed_is_a_code_or_is_refused(line: str) -> None:
    try:
        found = read_codes([line])
    except InvalidInput:
        return
    assert all(is_code(code) and as_printed(code) == code for code in found)

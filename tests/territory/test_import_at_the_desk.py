"""The desk's import: send, look, confirm, and fetch the rows that were not taken."""

import csv
import io
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from outreach.audit.models import TrailEntry
from outreach.db import db
from outreach.jobs import running
from outreach.territory import uploads
from outreach.territory.models import Address
from tests.factories.extract import Extract, number, number_id, place, zipped
from tests.factories.extract import doors as extract_of
from tests.factories.town import Town, build_town, headers_for
from tests.territory.lists import HEADER, door, written

Answer = dict[str, Any]
LIST = written(
    [
        door(901),
        door(902, straat="🏠 שדרה"),
        door(903, postcode="onjuist"),
        door(901),
        door(904, woonplaats="=1+1", postcode="x"),
    ]
)


class Desk:
    """A supervisor at work."""

    def __init__(self, client: FlaskClient, town: Town, role: str = "supervisor") -> None:
        self._client = client
        self._town = town
        self._role = role

    def call(self, method: str, path: str, **options: Any) -> Any:
        """Ask, and wait until the jobs that started are done."""
        headers = headers_for(self._town.person(self._role)) | {"Accept-Language": "en"}
        answer = self._client.open(f"/v1{path}", method=method, headers=headers, **options)
        running.runner().wait_until_idle()
        return answer

    def send(self, content: bytes) -> Answer:
        """Upload a list; gives the job after it ran."""
        files = {"file": (io.BytesIO(content), "lijst.csv")}
        answer = self.call("POST", "/address-imports", data=files)
        assert answer.status_code == 202, answer.get_json()
        return self.job(answer.get_json()["id"])

    def job(self, job_id: str) -> Answer:
        """The job as it is now."""
        body: Answer = self.call("GET", f"/jobs/{job_id}").get_json()
        return body


@pytest.fixture
def desk(client: FlaskClient, town: Town) -> Iterator[Desk]:
    """Signed in as the town's supervisor."""
    yield Desk(client, town)
    running.runner().wait_until_idle()


def doors() -> int:
    found = db.session.scalar(select(func.count()).select_from(Address))
    db.session.rollback()
    return found or 0


def test_a_preview_tells_everything_and_stores_nothing(desk: Desk) -> None:
    before = doors()
    job = desk.send(LIST.encode("utf-16"))
    assert (job["state"], job["awaits"], job["problem"]) == ("done", "confirmation", None)
    result = job["result"]
    assert result["step"] == "preview"
    assert [result[name] for name in ("read", "imported", "doubles", "refused")] == [5, 2, 1, 2]
    assert (result["encoding"], result["separator"]) == ("utf-16", ";")
    assert result["columns"]["house_number"] == "huisnummer"
    assert result["sample"][1]["street"] == "🏠 שדרה"
    assert result["refusals"][0] == {"line": 4, "reasons": ["postcode"]}
    assert doors() == before


def test_after_confirmation_the_addresses_are_there_and_the_upload_is_gone(desk: Desk) -> None:
    before = doors()
    job = desk.send(LIST.encode())
    assert uploads.upload_of(job["id"]).exists()
    assert desk.call("POST", f"/address-imports/{job['id']}/confirmation").status_code == 202
    after = desk.job(job["id"])
    assert (after["state"], after["awaits"]) == ("done", "")
    assert (after["result"]["step"], after["result"]["imported"]) == ("import", 2)
    assert doors() == before + 2
    assert not uploads.upload_of(job["id"]).exists()
    actions = list(db.session.scalars(select(TrailEntry.action)))
    db.session.rollback()
    assert "address.import" in actions


def test_a_list_is_confirmed_once(desk: Desk) -> None:
    job = desk.send(LIST.encode())
    path = f"/address-imports/{job['id']}/confirmation"
    assert desk.call("POST", path).status_code == 202
    again = desk.call("POST", path)
    assert (again.status_code, again.get_json()["code"]) == (409, "job-not-ready")


def test_refused_rows_come_back_as_a_list_a_spreadsheet_opens_without_harm(desk: Desk) -> None:
    job = desk.send(LIST.encode())
    answer = desk.call("GET", f"/address-imports/{job['id']}/refused-rows")
    assert answer.mimetype == "text/csv"
    rows = list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig")), delimiter=";"))
    assert rows[0] == ["line", "reason", "explanation", *HEADER]
    assert [row[:2] for row in rows[1:]] == [["4", "postcode"], ["5", "double"], ["6", "postcode"]]
    assert rows[1][2] == "The postcode is not right: four digits and two letters."
    assert rows[1][3:5] == ["Wilgenhof", "903"]
    assert rows[3][8] == "'=1+1"


def test_columns_we_do_not_read_are_not_kept(desk: Desk) -> None:
    named = written([[*door("x"), "Jansen"]], header=[*HEADER, "bewoner"])
    job = desk.send(named.encode())
    assert job["result"]["ignored"] == ["bewoner"]
    assert "Jansen" not in str(job)
    kept = uploads.refused_rows_of(job["id"]).read_text(encoding="utf-8")
    assert "Jansen" not in kept
    desk.call("POST", f"/jobs/{job['id']}/cancellation")
    assert not uploads.upload_of(job["id"]).exists()


def test_a_file_that_is_no_list_is_refused_at_once_at_its_field(desk: Desk) -> None:
    for content, code, words in (
        (zipped({"lijst.csv": b"straat"}), "file-is-zip", "unpack it"),
        (extract_of(1).packed()[:-10], "file-is-damaged", "Fetch it again"),
        (b"PK\x03\x04...", "file-is-damaged", "incomplete"),
    ):
        files = {"file": (io.BytesIO(content), "lijst.zip")}
        answer = desk.call("POST", "/address-imports", data=files)
        assert answer.status_code == 400
        [fault] = answer.get_json()["errors"]
        assert (fault["pointer"], fault["code"]) == ("/file", code)
        assert words in fault["detail"]


def test_a_bag_extract_goes_the_same_way(desk: Desk) -> None:
    before = doors()
    homes = [*map(place, (901, 902)), place(903, status="Verblijfsobject gevormd")]
    job = desk.send(Extract([*map(number, (901, 902, 903))], homes).packed())
    result = job["result"]
    assert (job["awaits"], result["step"], result["format"]) == (
        "confirmation",
        "preview",
        "bag-extract",
    )
    assert (result["as_of"], result["past"], result["imported"]) == ("2025-09-15", 0, 2)
    assert [(one["bag_id"], one["reasons"]) for one in result["refusals"]] == [
        (number_id(903), ["not-built"])
    ]
    assert doors() == before
    path = f"/address-imports/{job['id']}"
    assert desk.call("POST", f"{path}/confirmation").status_code == 202
    assert desk.job(job["id"])["result"]["imported"] == 2
    assert doors() == before + 2
    listed = desk.call("GET", f"{path}/refused-rows").get_data().decode("utf-8-sig")
    [_, row] = csv.reader(io.StringIO(listed), delimiter=";")
    assert row[1:5] == [
        "not-built",
        "According to the BAG nothing has been built here yet.",
        number_id(903),
        "Wilgenhof",
    ]


def test_refused_rows_of_an_extract_go_in_as_a_list_once_they_are_mended(desk: Desk) -> None:
    before = doors()
    job = desk.send(
        Extract([number(901), number(902, postcode="")], [*map(place, (901, 902))]).packed()
    )
    kept = desk.call("GET", f"/address-imports/{job['id']}/refused-rows").get_data()
    mended = kept.decode("utf-8-sig").replace(";902;;;;", ";902;;;1355AB;")
    assert desk.send(mended.encode())["result"]["imported"] == 1
    assert doors() == before


def test_an_extract_with_a_part_missing_fails_with_its_name(desk: Desk) -> None:
    job = desk.send(Extract([number(901)], [place(901)], without=["WPL"]).packed())
    assert (job["state"], job["problem"]["code"]) == ("failed", "unreadable-list")
    assert job["problem"]["errors"][0]["detail"] == (
        "This BAG extract is not complete. Missing: woonplaatsen (WPL)."
    )
    assert not uploads.upload_of(job["id"]).exists()


def test_an_extract_may_be_larger_than_other_files(desk: Desk, app: Flask) -> None:
    app.config["MAX_CONTENT_LENGTH"] = 1000
    assert desk.send(extract_of(901).packed())["state"] == "done"


def test_a_request_without_a_file_says_so(desk: Desk) -> None:
    answer = desk.call("POST", "/address-imports", data={})
    [fault] = answer.get_json()["errors"]
    assert (answer.status_code, fault["pointer"], fault["code"]) == (400, "/file", "missing")


def test_a_list_with_missing_columns_fails_with_their_names(desk: Desk) -> None:
    job = desk.send(b"straat;postcode\nWilgenhof;1355AB\n")
    assert (job["state"], job["problem"]["code"]) == ("failed", "unreadable-list")
    assert job["problem"]["errors"][0]["detail"] == (
        "These columns are missing: huisnummer, woonplaats."
    )
    assert not uploads.upload_of(job["id"]).exists()


def test_an_upload_nobody_confirmed_goes_after_a_day(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = desk.send(LIST.encode())
    monkeypatch.setattr(uploads, "UPLOADS_STAY", -1)
    desk.send(LIST.encode())
    assert not uploads.upload_of(job["id"]).exists()
    confirmed = desk.call("POST", f"/address-imports/{job['id']}/confirmation")
    assert (confirmed.status_code, confirmed.get_json()["code"]) == (409, "job-not-ready")


def test_a_colleagues_import_is_not_found(desk: Desk, client: FlaskClient, town: Town) -> None:
    job = desk.send(LIST.encode())
    stranger = Desk(client, build_town("Elzendam"))
    for someone in (Desk(client, town, "admin"), stranger):
        for method, path in (("GET", "refused-rows"), ("POST", "confirmation")):
            answer = someone.call(method, f"/address-imports/{job['id']}/{path}")
            assert answer.status_code == 404


def test_uploads_lie_where_nobody_else_can_read_them(desk: Desk, app: Flask) -> None:
    desk.send(LIST.encode())
    for folder in ("uploads", "jobs"):
        assert (app.config["DATA_DIR"] / folder).stat().st_mode & 0o077 == 0

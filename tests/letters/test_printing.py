"""Print runs: every door once, in order, the same as its single letter, resumable, on record."""

import io
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops
from pypdf import PdfReader
from sqlalchemy import select

from outreach import clock
from outreach.clock import new_id, now, today
from outreach.db import db
from outreach.documents.pictures import page_pictures
from outreach.jobs import running
from outreach.jobs.models import Job
from outreach.jobs.taking_up import may_go_on
from outreach.jobs.work import JobCancelled
from outreach.letters import doors, print_files, print_jobs, printing
from outreach.letters.codes import renew
from outreach.letters.models import LetterCode, PrintedLetter, PrintRun
from outreach.letters.stamping import Press
from outreach.territory.models import Address, AreaAddress, DoorHold
from tests.factories.town import Town
from tests.letters.desk import LetterDesk, pages_of
from tests.letters.test_paper import embedded

DOORS = st.builds(
    Address,
    id=st.uuids(version=4).map(str),
    city=st.sampled_from(["Wilgendam", "Oever"]),
    street=st.sampled_from(["Wilgenhof", "Kade"]),
    house_number=st.integers(1, 30),
    house_letter=st.sampled_from(["", "A"]),
    house_suffix=st.sampled_from(["", "bis"]),
    postcode=st.sampled_from(["9991WH", "9991WJ"]),
)


def _file(desk: LetterDesk, run: dict[str, Any]) -> bytes:
    return desk.paper("GET", f"/print-runs/{run['id']}/file")


def _numbers(pages: list[str]) -> list[str]:
    """The house numbers on first pages, in order."""
    found = [line for page in pages for line in page.splitlines() if line.startswith("Wilgenhof ")]
    return [line.removeprefix("Wilgenhof ") for line in found if line != "Wilgenhof 1"]


def _more_doors(town: Town, count: int, street: str = "Wilgenhof") -> None:
    rows = [
        Address(
            id=new_id(),
            municipality_id=town.municipality.id,
            street=street,
            house_number=100 + number,
            postcode="9991SA",
            city="Wilgendam",
        )
        for number in range(count)
    ]
    db.session.add_all(rows)
    db.session.flush()
    db.session.add_all(
        AreaAddress(
            id=new_id(),
            municipality_id=town.municipality.id,
            area_id=town.campaign.area_id,
            address_id=row.id,
        )
        for row in rows
    )
    db.session.commit()


def test_every_door_gets_its_letter_in_walking_order(ready: LetterDesk) -> None:
    run = ready.prints()
    assert (run["letters"], run["pages"], run["ready"]) == (6, 2, True)
    assert run["job"]["state"] == "done"
    pages = pages_of(_file(ready, run))
    assert len(pages) == run["letters"] * run["pages"]
    assert _numbers(pages[::2]) == ["11", "13", "15", "14", "12", "10"]


def test_letters_lie_by_postcode_where_the_post_wants_that(ready: LetterDesk) -> None:
    pages = pages_of(_file(ready, ready.prints(ordering="postcode")))
    assert _numbers(pages[::2]) == ["10", "11", "12", "13", "14", "15"]


@pytest.mark.parametrize("ordering", sorted(doors.ORDERS))
@given(found=st.lists(DOORS, unique_by=lambda door: door.id))
def test_there_are_as_many_letters_as_doors(ordering: str, found: list[Address]) -> None:
    ordered = doors.ORDERS[ordering](found)
    assert sorted(door.id for door in ordered) == sorted(door.id for door in found)


@pytest.mark.parametrize("kind", ["wants_no_visit", "not_a_home", "unsafe"])
def test_a_door_where_nobody_rings_gets_no_letter(ready: LetterDesk, town: Town, kind: str) -> None:
    hold = DoorHold(
        id=new_id(),
        municipality_id=town.municipality.id,
        address_id=town.addresses[0].id,
        kind=kind,
        set_by=town.person("supervisor").id,
        set_at=now(),
    )
    db.session.add(hold)
    db.session.commit()
    assert "10" not in _numbers(pages_of(_file(ready, ready.prints())))
    hold.lifted_at = now()
    db.session.commit()
    assert "10" in _numbers(pages_of(_file(ready, ready.prints())))


def test_a_page_of_a_run_looks_like_the_single_letter(ready: LetterDesk, town: Town) -> None:
    run = page_pictures(_file(ready, ready.prints(ordering="postcode")), dots_per_inch=96)
    for place, door in enumerate(town.addresses[:3]):
        body = {"address_id": door.id}
        single = page_pictures(
            ready.paper("POST", f"{ready.campaign}/letters", body), dots_per_inch=96
        )
        for page in (0, 1):
            assert _difference(run[2 * place + page], single[page]) <= 12
        assert _difference(run[2 * place], run[2 * place + 2]) > 100


def _difference(one: bytes, other: bytes) -> int:
    """How far the two pixels lie apart that differ most, of 255."""
    pictures = [Image.open(io.BytesIO(picture)).convert("L") for picture in (one, other)]
    histogram = ImageChops.difference(*pictures).histogram()
    return max(step for step, pixels in enumerate(histogram) if pixels)


def test_the_fonts_of_a_run_are_in_it_and_once(ready: LetterDesk) -> None:
    paper = _file(ready, ready.prints())
    assert embedded(paper) == {True}
    names = [
        str(found.get_object()["/BaseFont"])
        for page in PdfReader(io.BytesIO(paper)).pages[::2]
        for found in page["/Resources"]["/Font"].values()  # type: ignore[index]
    ]
    assert len(set(names)) == 1


def test_a_run_has_a_file_a_street_where_that_was_asked(ready: LetterDesk, town: Town) -> None:
    _more_doors(town, 2, "Kade / Oever")
    run = ready.prints(per_street=True)
    packed = zipfile.ZipFile(io.BytesIO(_file(ready, run)))
    assert sorted(packed.namelist()) == ["001 Kade _ Oever.pdf", "002 Wilgenhof.pdf"]
    sizes = {name: len(pages_of(packed.read(name))) for name in packed.namelist()}
    assert sizes == {"001 Kade _ Oever.pdf": 4, "002 Wilgenhof.pdf": 12}


def test_a_letter_of_one_page_still_begins_on_a_fresh_sheet(ready: LetterDesk) -> None:
    ready.writes(texts={"nl": "Kort"})
    assert ready.prints(both_sides=True)["pages"] == 2
    assert ready.prints(both_sides=False)["pages"] == 1


def test_only_doors_that_need_another_letter_get_one(ready: LetterDesk, town: Town) -> None:
    ready.prints()
    status, problem = ready.call("POST", f"{ready.campaign}/print-runs", {"only_changed": True})
    assert (status, problem["code"]) == (409, "no-doors-to-write")
    town.addresses[2].house_letter = "B"
    _more_doors(town, 1)
    again = ready.prints(only_changed=True)
    assert _numbers(pages_of(_file(ready, again))) == ["100", "12 B"]
    ready.writes(texts={"nl": "Nieuw"})
    assert ready.prints(only_changed=True)["letters"] == 7


def test_a_door_with_another_code_needs_another_letter(ready: LetterDesk, town: Town) -> None:
    ready.prints()
    row = db.session.scalars(
        select(LetterCode).where(LetterCode.address_id == town.addresses[1].id)
    ).one()
    renew(row)
    db.session.commit()
    assert ready.prints(only_changed=True)["letters"] == 1


def test_what_was_never_finished_does_not_count_as_printed(ready: LetterDesk) -> None:
    run = ready.prints()
    db.session.get_one(PrintRun, run["id"]).finished_at = None
    db.session.commit()
    assert ready.prints(only_changed=True)["letters"] == 6


class Broken:
    """A press that stops after a number of parts, as a server that goes down does."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, after: int, fault: BaseException) -> None:
        self.printed: list[str] = []
        own = Press.print

        def print_some(press: Press, stamps: Any, path: Path) -> None:
            if len(self.printed) == after:
                raise fault
            own(press, stamps, path)
            self.printed.append(path.name.partition(".")[0])

        monkeypatch.setattr(Press, "print", print_some)


def test_a_run_that_was_stopped_goes_on_where_it_was(
    ready: LetterDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "LETTERS_A_PART", 2)
    broken = Broken(monkeypatch, 2, JobCancelled())
    run = ready.prints()
    assert (run["job"]["state"], run["ready"], run["finished_at"]) == ("cancelled", False, None)
    assert ready.call("GET", f"/print-runs/{run['id']}/file")[0] == 404
    monkeypatch.undo()
    broken_again = Broken(monkeypatch, 9, JobCancelled())
    assert ready.call("POST", f"/print-runs/{run['id']}/resumption")[0] == 202
    assert (broken.printed, broken_again.printed) == (
        ["part-00001", "part-00002"],
        ["part-00003"],
    )
    assert ready.run(run["id"])["ready"] is True
    assert _numbers(pages_of(_file(ready, run))) == ["11", "13", "15", "14", "12", "10"]
    assert ready.call("POST", f"/print-runs/{run['id']}/resumption")[1]["code"] == "print-goes-on"


def test_a_half_written_part_does_not_count(
    ready: LetterDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def print_half(_press: Press, _stamps: Any, path: Path) -> None:
        path.write_bytes(b"%PDF-1.7 half")
        raise OSError

    monkeypatch.setattr(Press, "print", print_half)
    run = ready.prints()
    assert run["job"]["state"] == "failed"
    monkeypatch.undo()
    ready.call("POST", f"/print-runs/{run['id']}/resumption")
    assert len(pages_of(_file(ready, run))) == 12


class Died(BaseException):
    """The worker is gone: nobody catches this."""


def test_a_run_that_gets_further_each_time_is_taken_up_however_often_its_worker_dies(
    ready: LetterDesk, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "LETTERS_A_PART", 1)
    stopped = Broken(monkeypatch, 0, JobCancelled())
    run = db.session.get_one(PrintRun, ready.prints()["id"])
    assert stopped.printed == []
    job = _waiting_job(run, town)
    for lives in range(5):
        monkeypatch.undo()
        Broken(monkeypatch, 1, Died())
        with pytest.raises(Died):
            running.runner().do(job.id)
        db.session.expire_all()
        assert may_go_on(running.runner(), job), lives
        job.state, job.attempt = "waiting", None
        db.session.commit()
    monkeypatch.undo()
    running.runner().do(job.id)
    db.session.expire_all()
    assert job.state == "done"


def _waiting_job(run: PrintRun, town: Town, **values: Any) -> Job:
    job = Job(
        id=new_id(),
        municipality_id=run.municipality_id,
        kind=print_jobs.KIND,
        state="waiting",
        result={"run_id": run.id},
        started_by=town.person("supervisor").id,
        started_at=now(),
        **values,
    )
    db.session.add(job)
    db.session.commit()
    return job


def test_a_wish_to_stop_is_heard_before_the_next_part(ready: LetterDesk, town: Town) -> None:
    run = db.session.get_one(PrintRun, ready.prints()["id"])
    print_files.whole_of(run.id, per_street=False).unlink()
    job = _waiting_job(run, town, cancel_wanted=True)
    running.runner().do(job.id)
    db.session.expire_all()
    assert db.session.get_one(Job, job.id).state == "cancelled"
    assert not print_files.part_of(run.id, 1).exists()


def test_a_run_whose_file_is_gone_is_made_again_the_same(ready: LetterDesk) -> None:
    run = ready.prints()
    before = pages_of(_file(ready, run))
    ready.writes(texts={"nl": "Een nieuwe brief"})
    path = print_files.whole_of(run["id"], per_street=False)
    path.unlink()
    assert ready.run(run["id"])["ready"] is False
    ready.call("POST", f"/print-runs/{run['id']}/resumption")
    assert pages_of(_file(ready, run)) == before


def test_files_do_not_outstay_the_printing(ready: LetterDesk) -> None:
    run = ready.prints()
    path = print_files.whole_of(run["id"], per_street=False)
    assert (print_files.sweep(), path.exists()) == (0, True)
    clock.replay(1, now() + timedelta(days=15))
    assert (print_files.sweep(), path.exists()) == (1, False)


@pytest.mark.parametrize("page", [7, 8])
def test_the_printer_gets_a_page_again_with_the_rest_of_its_letter(
    ready: LetterDesk, page: int
) -> None:
    run = ready.prints()
    whole = pages_of(_file(ready, run))
    ready.writes(texts={"nl": "Een nieuwe brief"})
    again = ready.paper("POST", f"/print-runs/{run['id']}/pages", {"page": page})
    assert pages_of(again) == whole[6:8]


def test_a_page_of_a_street_counts_in_its_own_file(ready: LetterDesk, town: Town) -> None:
    _more_doors(town, 2, "Kade")
    run = ready.prints(per_street=True)
    body = {"page": 3, "part": 2}
    again = ready.paper("POST", f"/print-runs/{run['id']}/pages", body)
    assert _numbers(pages_of(again)) == ["13"]


@pytest.mark.parametrize(
    ("per_street", "body", "fault"),
    [
        (False, {"page": 0}, ("/page", "not-in-range")),
        (False, {"page": 13}, ("/page", "not-in-range")),
        (True, {"page": 1}, ("/part", "missing")),
        (True, {"page": 1, "part": 2}, ("/part", "no-such-file")),
        (True, {"page": 13, "part": 1}, ("/page", "not-in-range")),
    ],
)
def test_a_page_that_is_not_there_is_not_printed_again(
    ready: LetterDesk, per_street: bool, body: dict[str, int], fault: tuple[str, str]
) -> None:
    run = ready.prints(per_street=per_street)
    status, problem = ready.call("POST", f"/print-runs/{run['id']}/pages", body)
    assert status == 400
    assert [(f["pointer"], f["code"]) for f in problem["errors"]] == [fault]


def test_it_is_on_record_when_the_letters_went_out(ready: LetterDesk, town: Town) -> None:
    town.campaign.letter_on = None
    run = ready.prints()
    yesterday = (today() - timedelta(days=1)).isoformat()
    path = f"/print-runs/{run['id']}/sending"
    assert ready.call("PUT", path, {"sent_on": yesterday})[1]["sent_on"] == yesterday
    assert ready.call("GET", ready.campaign)[1]["letter_on"] == yesterday
    listed = ready.call("GET", f"{ready.campaign}/print-runs")[1]["items"]
    assert [(line["id"], line["sent_on"]) for line in listed] == [(run["id"], yesterday)]
    # A letter that went out again later does not move the day on which the doors first had one.
    now_too = today().isoformat()
    assert ready.call("PUT", path, {"sent_on": now_too})[1]["sent_on"] == now_too
    assert ready.call("GET", ready.campaign)[1]["letter_on"] == yesterday
    later = (today() + timedelta(days=1)).isoformat()
    assert ready.call("PUT", path, {"sent_on": later})[1]["errors"][0]["code"] == "in-the-future"


def test_letters_that_are_not_made_did_not_go_out(
    ready: LetterDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    Broken(monkeypatch, 0, JobCancelled())
    run = ready.prints()
    body = {"sent_on": today().isoformat()}
    status, problem = ready.call("PUT", f"/print-runs/{run['id']}/sending", body)
    assert (status, problem["code"]) == (409, "print-run-not-finished")


def test_without_a_letter_nothing_is_printed(desk: LetterDesk) -> None:
    assert desk.call("POST", f"{desk.campaign}/print-runs", {})[1]["code"] == "no-letter"


def test_a_draft_campaign_prints_nothing(ready: LetterDesk, town: Town) -> None:
    town.campaign.state = "draft"
    db.session.commit()
    status, problem = ready.call("POST", f"{ready.campaign}/print-runs", {})
    assert (status, problem["code"]) == (409, "campaign-not-published")


def test_a_campaign_without_doors_prints_nothing(ready: LetterDesk, town: Town) -> None:
    rows = select(AreaAddress).where(AreaAddress.area_id == town.campaign.area_id)
    for row in db.session.scalars(rows):
        db.session.delete(row)
    db.session.commit()
    assert ready.call("POST", f"{ready.campaign}/print-runs", {})[1]["code"] == "no-doors-to-write"


def test_a_whole_town_is_not_printed_at_once(
    ready: LetterDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "MOST_LETTERS", 5)
    status, problem = ready.call("POST", f"{ready.campaign}/print-runs", {})
    assert (status, problem["code"]) == (409, "too-many-letters")
    assert "5" in problem["detail"]
    assert db.session.scalars(select(PrintedLetter)).all() == []


def test_doors_are_found_by_street_and_number(ready: LetterDesk, town: Town) -> None:
    _more_doors(town, 30)
    path = f"{ready.campaign}/letter-door-searches"
    found = ready.call("POST", path, {"text": " wilgenhof  13 "})[1]
    assert [door["number"] for door in found["items"]] == ["13"]
    many = ready.call("POST", path, {"text": "wilgen"})[1]
    assert (len(many["items"]), many["more"]) == (20, True)


def test_another_districts_runs_do_not_exist(ready: LetterDesk, client: Any, town: Town) -> None:
    run = ready.prints()
    stranger = LetterDesk(client, town, "other_supervisor")
    answers = [
        stranger.call("GET", f"/print-runs/{run['id']}"),
        stranger.call("GET", f"/print-runs/{run['id']}/file"),
        stranger.call("POST", f"/print-runs/{run['id']}/pages", {"page": 1}),
        stranger.call("GET", f"{ready.campaign}/letter"),
    ]
    assert [status for status, _ in answers] == [404] * 4

"""What keeps a print run whole: others at the same moment, what is forgotten, what lies about."""

import io
from concurrent.futures import ThreadPoolExecutor, wait
from threading import Barrier
from typing import Any

import pytest
from flask import Flask

from outreach.clock import new_id, now
from outreach.db import db
from outreach.jobs.work import JobCancelled
from outreach.letters import doors, print_files, routes
from outreach.letters.models import PrintedLetter, PrintRun
from outreach.letters.stamping import Press
from outreach.territory.models import DoorHold
from tests.factories.town import Town
from tests.letters.desk import LetterDesk, pages_of


def _file(desk: LetterDesk, run_id: str) -> bytes:
    return desk.paper("GET", f"/print-runs/{run_id}/file")


def _cancels(monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: Any) -> None:
        raise JobCancelled

    monkeypatch.setattr(Press, "print", stop)


def test_a_door_that_another_campaign_found_unsafe_gets_no_letter(
    ready: LetterDesk, town: Town
) -> None:
    before = ready.prints()["letters"]
    hold = DoorHold(
        id=new_id(),
        municipality_id=town.municipality.id,
        address_id=town.addresses[0].id,
        campaign_id=new_id(),
        kind="unsafe",
        set_by=town.person("supervisor").id,
        set_at=now(),
    )
    db.session.add(hold)
    db.session.commit()
    assert ready.prints()["letters"] == before - 1
    assert ready.call("GET", f"{ready.campaign}/letter")[1]["doors"] == before - 1
    hold.kind = "wants_no_visit"
    db.session.commit()
    assert ready.prints()["letters"] == before


def test_two_who_go_on_with_a_run_at_once_begin_it_once(
    app: Flask, ready: LetterDesk, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    _cancels(monkeypatch)
    run = ready.prints()
    desks = [LetterDesk(app.test_client(), town) for _ in range(2)]
    start = Barrier(len(desks))

    def go_on(desk: LetterDesk) -> int:
        with app.app_context():
            start.wait()
            return desk.call("POST", f"/print-runs/{run['id']}/resumption")[0]

    with ThreadPoolExecutor() as both:
        answers = sorted(both.map(go_on, desks))
    assert answers == [202, 409]


def test_who_saves_while_somebody_prints_changes_nothing_of_what_is_printed(
    app: Flask, ready: LetterDesk, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = ready.ready()
    other = LetterDesk(app.test_client(), town)
    letter = ready.call("GET", f"{ready.campaign}/letter")[1]
    real = doors.doors_of
    answers = []

    def save() -> None:
        body = {"recognition_word": "roos", "waiting_days": 7, "seen_at": letter["saved_at"]}
        more = body | {"texts": texts | {"de": "Hallo {wijk}"}}
        with app.app_context():
            answers.append(other.call("PUT", f"{ready.campaign}/letter", more)[0])

    with ThreadPoolExecutor() as beside:

        def meanwhile(*given: Any) -> Any:
            monkeypatch.undo()
            # It has all the time it needs, unless it must wait for us.
            wait([beside.submit(save)], timeout=1)
            return real(*given)

        monkeypatch.setattr(doors, "doors_of", meanwhile)
        run = ready.prints()
    assert answers == [200]
    assert (run["job"]["state"], run["version"]) == ("done", 1)
    assert "Hallo" not in "".join(pages_of(_file(ready, run["id"])))
    assert ready.prints()["version"] == 2


def test_a_run_whose_doors_were_forgotten_cannot_be_made_again(ready: LetterDesk) -> None:
    run = db.session.get_one(PrintRun, ready.prints()["id"])
    print_files.whole_of(run.id, per_street=False).unlink()
    db.session.execute(db.delete(PrintedLetter))
    db.session.commit()
    status, problem = ready.call("POST", f"/print-runs/{run.id}/resumption")
    assert (status, problem["code"]) == (409, "letters-forgotten")
    assert ready.run(run.id)["ready"] is False


def test_looking_at_runs_leaves_nothing_on_the_disk(ready: LetterDesk) -> None:
    run = ready.prints()
    folder = print_files.whole_of(run["id"], per_street=False).parent
    print_files.whole_of(run["id"], per_street=False).unlink()
    folder.rmdir()
    assert ready.run(run["id"])["ready"] is False
    assert not folder.exists()


def test_what_another_attempt_has_half_made_is_left_alone(
    ready: LetterDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    _cancels(monkeypatch)
    run = ready.prints()
    part = print_files.part_of(run["id"], 1)
    half = part.with_name("letters.another.half")
    half.write_bytes(b"half")
    monkeypatch.undo()
    ready.call("POST", f"/print-runs/{run['id']}/resumption")
    assert len(pages_of(_file(ready, run["id"]))) == run["pages"] * run["letters"]
    assert half.read_bytes() == b"half"


def test_a_logo_is_no_larger_than_paper_needs(ready: LetterDesk) -> None:
    large = io.BytesIO(b"\x89PNG\r\n\x1a\n" + b"\0" * routes.LARGEST_LOGO)
    sent = {"data": {"file": (large, "logo.png")}}
    assert ready.call("POST", "/letterhead/logo", **sent)[0] == 413

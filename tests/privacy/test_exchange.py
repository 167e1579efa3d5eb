"""What the server remembers of phones, people at their desks and long work goes in its time."""

import os
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from outreach.access.models import Device, FailedTry, Invitation, Session
from outreach.clock import new_id, now
from outreach.db import db
from outreach.jobs.models import Job
from outreach.privacy.exchange import remove_old_files
from outreach.sync.models import IssuedDossier, Mutation, Quarantined, Receipt
from outreach.territory import uploads
from tests.factories.phone import Phone
from tests.factories.sealing import SealedPhone
from tests.factories.town import Town, headers_for
from tests.privacy.travel import Journey


def _count(table: type[Any]) -> int:
    return int(db.session.query(table).count())


@pytest.fixture
def synced(client: FlaskClient, town: Town) -> Town:
    """A phone that said one thing that was applied and one that was not."""
    phone = Phone(client, town.person("volunteer"))
    phone.write(town.stops[0].id, "door.notice", notice="dog", on=True)
    phone.write(town.stops[1].household_id, "note.sing", text="la")
    phone.sync()
    return town


@pytest.mark.parametrize(
    ("table", "days"), [(IssuedDossier, 15), (Receipt, 414), (Device, 800), (Mutation, 800)]
)
def test_traces_of_a_phone_go_in_their_time(
    synced: Town, journey: Journey, table: type[Any], days: int
) -> None:
    before = _count(table)
    assert before > 0
    journey.tidied(synced, days - 1)
    assert _count(table) == before
    journey.tidied(synced, days + 1)
    assert _count(table) == 0


def test_half_a_form_goes_ninety_days_after_its_settling_and_never_before(
    client: FlaskClient, town: Town, journey: Journey
) -> None:
    phone = SealedPhone(client, town.person("volunteer"))
    phone.seal()
    phone.write(town.stops[0].household_id, "draft.handover", why="Ze komen er")
    phone.hand_over()
    journey.tidied(town, 200)
    kept = db.session.query(Quarantined).one()
    kept.state, kept.settled_at = "discarded", now()
    db.session.commit()
    journey.tidied(town, 289)
    assert _count(Quarantined) == 1
    journey.tidied(town, 291)
    assert _count(Quarantined) == 0


def test_a_phone_that_keeps_contact_keeps_its_receipt(synced: Town, journey: Journey) -> None:
    journey.to(400)
    db.session.query(Device).one().last_contact_at = now()
    db.session.commit()
    before = _count(Receipt)
    journey.tidied(synced, 800)
    assert _count(Receipt) == before > 0


def test_a_revoked_phone_stays_refused(synced: Town, journey: Journey) -> None:
    db.session.query(Device).one().revoked_at = now()
    db.session.commit()
    journey.tidied(synced, 4000)
    assert _count(Device) == 1


def test_what_waits_for_a_person_stays_and_what_was_settled_goes(
    synced: Town, journey: Journey
) -> None:
    journey.tidied(synced, 4000)
    kept = db.session.query(Quarantined).one()
    kept.state, kept.settled_at = "discarded", now()
    db.session.commit()
    journey.tidied(synced, 4089)
    assert _count(Quarantined) == 1
    journey.tidied(synced, 4091)
    assert _count(Quarantined) == 0


def test_a_session_goes_a_month_after_its_last_use_or_its_end(town: Town, journey: Journey) -> None:
    headers_for(town.person("volunteer"))
    headers_for(town.person("coordinator"))
    revoked = db.session.query(Session).first()
    assert revoked is not None
    revoked.revoked_at = now()
    db.session.commit()
    journey.to(20)
    for session in db.session.query(Session):
        session.last_seen_at = now()
    db.session.commit()
    journey.tidied(town, 29)
    assert _count(Session) == 2
    journey.tidied(town, 31)
    assert [row.revoked_at for row in db.session.query(Session)] == [None]
    journey.tidied(town, 51)
    assert _count(Session) == 0


def test_only_a_link_that_still_opens_something_stays(town: Town, journey: Journey) -> None:
    journey.to(7)
    week_on = now()
    journey.to(0)
    for used_at, expires_at in ((None, week_on), (now(), week_on), (None, now())):
        db.session.add(
            Invitation(
                id=new_id(),
                municipality_id=town.municipality.id,
                account_id=town.person("admin").id,
                token_hash=new_id(),
                expires_at=expires_at,
                used_at=used_at,
            )
        )
    db.session.commit()
    journey.tidied(town, 1)
    assert [row.expires_at for row in db.session.query(Invitation)] == [week_on]
    journey.tidied(town, 8)
    assert _count(Invitation) == 0


def test_failed_tries_count_for_a_day_after_the_wait(town: Town, journey: Journey) -> None:
    db.session.add(FailedTry(key="k", count=9, until=now()))
    db.session.commit()
    journey.tidied(town, 0.5)
    assert _count(FailedTry) == 1
    journey.tidied(town, 1.5)
    assert _count(FailedTry) == 0


def test_jobs_that_ended_go_and_others_stay(town: Town, journey: Journey) -> None:
    for state in ("waiting", "running", "done", "failed", "cancelled"):
        db.session.add(
            Job(
                id=new_id(),
                municipality_id=town.municipality.id,
                kind="address_import",
                state=state,
                started_by=town.person("admin").id,
                started_at=now(),
                ended_at=None if state in {"waiting", "running"} else now(),
            )
        )
    db.session.commit()
    journey.tidied(town, 29)
    assert _count(Job) == 5
    journey.tidied(town, 31)
    assert {row.state for row in db.session.query(Job)} == {"waiting", "running"}


def test_uploads_go_after_a_day_and_refused_rows_after_a_month(
    app: Flask, journey: Journey
) -> None:
    job_id = new_id()
    files = [uploads.upload_of(job_id), uploads.refused_rows_of(job_id)]
    for path in files:
        path.write_text("Wilgenhof;12")
        os.utime(path, (now().timestamp(), now().timestamp()))
    left = []
    for days in (0.9, 1.1, 29, 31):
        journey.to(days)
        remove_old_files()
        left.append([path.exists() for path in files])
    assert left == [[True, True], [False, True], [False, True], [False, False]]

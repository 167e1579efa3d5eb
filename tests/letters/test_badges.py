"""Badges: only for who has a valid certificate, never longer than that, and not a word too much."""

import io
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import select

from outreach.access.models import Account
from outreach.access.roles import Role
from outreach.audit.models import TrailEntry
from outreach.clock import new_id, today
from outreach.db import db
from outreach.documents.words import day_in_words
from outreach.volunteers.models import VolunteerProfile
from tests.factories.town import Town, make_account
from tests.letters.desk import WORD, LetterDesk, pages_of
from tests.letters.test_paper import embedded


def _listed(desk: LetterDesk) -> dict[str, dict[str, Any]]:
    status, page = desk.call("GET", f"{desk.campaign}/badges")
    assert (status, page["next"]) == (200, "")
    return {one["id"]: one for one in page["items"]}


def _prints(desk: LetterDesk, *accounts: Account) -> bytes:
    ids = [account.id for account in accounts]
    return desk.paper("POST", f"{desk.campaign}/badge-sheets", {"account_ids": ids})


def _profile(account: Account, **changes: Any) -> None:
    rows = select(VolunteerProfile).where(VolunteerProfile.account_id == account.id)
    for profile in db.session.scalars(rows):
        for name, value in changes.items():
            setattr(profile, name, value)
    db.session.commit()


def test_a_badge_counts_until_the_campaign_or_the_certificate_ends(
    ready: LetterDesk, town: Town
) -> None:
    anna, kees = town.person("volunteer"), town.person("partner_of_pair")
    soon = today() + timedelta(days=20)
    _profile(anna, certificate_expires_on=soon)
    listed = _listed(ready)
    assert listed[anna.id]["valid_until"] == soon.isoformat()
    assert listed[kees.id]["valid_until"] == town.campaign.ends_on.isoformat()
    words = " ".join(" ".join(pages_of(_prints(ready, anna, kees))).split())
    for day in (soon, town.campaign.ends_on):
        assert day_in_words(day, "nl").split(" ", 1)[1] in words


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"certificate_seen": False}, "none"),
        ({"certificate_expires_on": today() - timedelta(days=1)}, "expired"),
        ({"certificate_date": today() + timedelta(days=1)}, "none"),
    ],
)
def test_who_has_no_valid_certificate_is_left_out_with_the_reason(
    ready: LetterDesk, town: Town, changes: dict[str, Any], reason: str
) -> None:
    anna = town.person("volunteer")
    _profile(anna, **changes)
    listed = _listed(ready)[anna.id]
    assert (listed["valid_until"], listed["reason"]) == (None, reason)
    path, body = f"{ready.campaign}/badge-sheets", {"account_ids": [anna.id]}
    status, problem = ready.call("POST", path, body)
    assert status == 400
    assert [fault["code"] for fault in problem["errors"]] == ["badge-without-certificate"]


def test_a_certificate_that_ends_before_the_first_day_gives_no_badge(
    ready: LetterDesk, town: Town
) -> None:
    anna = town.person("volunteer")
    town.campaign.starts_on = today() + timedelta(days=10)
    _profile(anna, certificate_expires_on=today() + timedelta(days=5))
    assert _listed(ready)[anna.id]["reason"] == "expired"


def test_on_a_badge_stand_a_first_name_a_role_and_whom_to_call(
    ready: LetterDesk, town: Town
) -> None:
    anna = town.person("volunteer")
    anna.first_name, anna.name, anna.phone = "Anna", "Anna Verhulst", "06-12345678"
    db.session.commit()
    words = " ".join(" ".join(pages_of(_prints(ready, anna))).split())
    for said in ("Anna", "vrijwilliger", "pasfoto", "Twijfelt u? Bel 036-5550100."):
        assert said in words
    for secret in ("Verhulst", anna.phone, anna.email, WORD, town.campaign.name, "Wilgenhof"):
        assert secret not in words


def test_eight_badges_fill_a_sheet_and_it_is_tagged(ready: LetterDesk, town: Town) -> None:
    here, place = town.municipality.id, (town.district, town.team)
    people = [make_account(here, f"v{number}", Role.VOLUNTEER, *place) for number in range(9)]
    db.session.commit()
    paper = _prints(ready, *people[:8])
    assert len(pages_of(paper)) == 1
    assert len(pages_of(_prints(ready, *people))) == 2
    root: Any = PdfReader(io.BytesIO(paper)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "nl"
    assert embedded(paper) == {True}


def test_a_volunteer_of_another_district_gets_no_badge_here(ready: LetterDesk, town: Town) -> None:
    other = make_account(
        town.municipality.id, "elders", Role.VOLUNTEER, town.other_district, town.other_team
    )
    db.session.commit()
    assert other.id not in _listed(ready)
    for unknown in (other.id, new_id()):
        body = {"account_ids": [unknown]}
        assert ready.call("POST", f"{ready.campaign}/badge-sheets", body)[0] == 400
    assert ready.call("POST", f"{ready.campaign}/badge-sheets", {"account_ids": []})[0] == 400


def test_nobody_prints_badges_of_a_closed_campaign(ready: LetterDesk, town: Town) -> None:
    town.campaign.state = "closed"
    db.session.commit()
    body = {"account_ids": [town.person("volunteer").id]}
    status, problem = ready.call("POST", f"{ready.campaign}/badge-sheets", body)
    assert (status, problem["code"]) == (409, "campaign-ended")


def test_who_printed_badges_is_in_the_trail_and_a_volunteer_may_not(
    ready: LetterDesk, client: FlaskClient, town: Town
) -> None:
    _prints(ready, town.person("volunteer"))
    rows = select(TrailEntry).where(TrailEntry.action == "badge.print")
    (entry,) = db.session.scalars(rows)
    assert entry.actor_id == town.person("supervisor").id
    volunteer = LetterDesk(client, town, "volunteer")
    assert volunteer.call("GET", f"{volunteer.campaign}/badges")[0] == 403

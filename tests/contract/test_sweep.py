"""Every address x every role x one's own, another district's, another municipality's things."""

import pytest
from flask import Flask

from outreach.access.roles import Role
from outreach.config import PushSettings
from outreach.jobs.running import runner
from outreach.messages.push import make_key
from tests.contract.sweeping.expectations import LISTS, NO_ROWS, REACH
from tests.contract.sweeping.lists import Listing
from tests.contract.sweeping.sweep import Sweep, guarded_routes
from tests.contract.sweeping.things import MAKERS


@pytest.fixture(autouse=True)
def push_is_set_up(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else nobody reaches a browser; nothing is sent, as no process serves."""
    ways = app.extensions["messages"]
    make_key(ways.key_file)
    monkeypatch.setattr(ways, "push", PushSettings("beheer@wilgendam.example"))


def test_the_sweep_knows_how_to_make_what_every_address_names(app: Flask) -> None:
    named = {route.id_name for route in guarded_routes(app)} - {""}
    assert named == set(MAKERS) == set(REACH)


@pytest.mark.parametrize("role", list(Role))
def test_a_role_reaches_what_is_its_own_and_nothing_else(app: Flask, role: Role) -> None:
    sweep = Sweep(app, role)
    wrong = list(sweep.wrong_answers())
    runner().wait_until_idle()
    assert wrong == []


@pytest.mark.parametrize("role", list(Role))
def test_a_body_cannot_name_what_is_out_of_reach(app: Flask, role: Role) -> None:
    assert list(Sweep(app, role).wrong_fields()) == []


def test_the_sweep_knows_how_far_every_list_reaches(app: Flask) -> None:
    pages = {
        route.endpoint
        for route in guarded_routes(app)
        if route.method == "GET" and ".list_" in route.endpoint
    }
    assert pages - set(NO_ROWS) <= set(LISTS)


@pytest.mark.parametrize("role", list(Role))
def test_a_list_holds_what_is_in_reach_and_nothing_from_beyond(app: Flask, role: Role) -> None:
    listing = Listing(app, role)
    assert list(listing.leaks()) == []
    assert list(listing.gaps()) == []

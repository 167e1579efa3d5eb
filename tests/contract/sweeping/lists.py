"""What lists return: something of everywhere they reach, and nothing from beyond."""

from collections.abc import Iterator

from flask import Flask
from werkzeug.test import TestResponse

from outreach.access.models import Account
from outreach.access.roles import ROLES, Role
from outreach.db import db
from outreach.insight.figures import keep_figures
from tests.contract.sweeping.bodies import request_of
from tests.contract.sweeping.dossiers import make_wish
from tests.contract.sweeping.expectations import LISTS, NO_ROWS, reaches
from tests.contract.sweeping.ground import make_round
from tests.contract.sweeping.incidents import make_answered_debrief
from tests.contract.sweeping.letters import make_print_run
from tests.contract.sweeping.places import Place, Where
from tests.contract.sweeping.round_plans import make_round_plan
from tests.contract.sweeping.sweep import Route, Sweep
from tests.contract.sweeping.things import MAKERS, note_in_trail


class Listing:
    """One role's look at every list, after things were planted in every place."""

    def __init__(self, app: Flask, role: Role) -> None:
        self.sweep = Sweep(app, role)
        self.role = role
        self.campaigns: dict[Where, str] = {}
        self.planted = {
            where: self._plant(where, place) for where, place in self.sweep.places.items()
        }
        db.session.commit()

    def _plant(self, where: Where, place: Place) -> set[str]:
        """One thing of every kind; gives the texts by which an answer gives them away."""
        person: Account = place.people[self.role]
        ids = {make(place, person, "") for make in MAKERS.values()}
        walk = make_round(place, "published", f"{place.mark}straat")
        walk.campaign.name = place.mark
        keep_figures(walk.campaign)
        self.campaigns[where] = walk.campaign.id
        ids |= {make_print_run(walk.campaign, ""), make_answered_debrief(place)}
        ids |= {make_round_plan(place, "", walk.campaign)}
        ids |= {make_wish(place, walk), note_in_trail(place), walk.round.id, walk.campaign.id}
        ids |= {place.district.id, place.team.id}
        ids |= {place.base.id, place.guide.id, place.consent_text.id}
        return ids | {account.id for account in place.people.values()} | {place.mark}

    def readable(self) -> Iterator[Route]:
        """Everything this role reads that is about no single thing but a campaign."""
        for route in self.sweep.routes:
            is_read = route.method == "GET" or route.endpoint in LISTS
            if route.permission in ROLES[self.role] and is_read and route.endpoint not in NO_ROWS:
                yield route

    def leaks(self) -> Iterator[str]:
        """Answers that hold anything from a place the list does not reach."""
        for route in self.readable():
            answer = self._answer(route)
            for where in Where:
                found = self._seen(answer, where)
                if found and not self._reaches(route, where):
                    yield f"{route.method} {route.rule} tells of {where}: {found}"

    def gaps(self) -> Iterator[str]:
        """Lists that lack what was planted within their reach."""
        for route in self.readable():
            if route.endpoint not in LISTS:
                continue
            answer = self._answer(route)
            for where in Where:
                if self._reaches(route, where) and not self._seen(answer, where):
                    yield f"{route.method} {route.rule} lacks {where}"

    def _reaches(self, route: Route, where: Where) -> bool:
        """What is not a list is about one's own thing, and tells of no other place."""
        reach = LISTS.get(route.endpoint)
        return reaches(self.role, reach, where) if reach else where == Where.OWN

    def _answer(self, route: Route) -> TestResponse:
        thing_id = ""
        if route.id_name == "campaign_id":
            thing_id = self.campaigns[Where.OWN]
        elif route.id_name:
            thing_id = self.sweep.thing(route.id_name, Where.OWN)
        sent = request_of(route.endpoint, self.sweep.client, self.sweep.places[Where.OWN])
        answer = self.sweep.call(route, thing_id, **sent)
        assert answer.status_code in {200, 202}, (route.rule, answer.get_json())
        return answer

    def _seen(self, answer: TestResponse, where: Where) -> list[str]:
        text = answer.get_data(as_text=True)
        return sorted(sign for sign in self.planted[where] if sign in text)

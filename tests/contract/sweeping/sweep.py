"""Somebody of one role, who calls every address for things of every place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from outreach.access.guarding import required_permission
from outreach.access.roles import ROLES, Role
from outreach.db import db
from outreach.web.routing import PUBLIC
from tests.contract.sweeping.bodies import STATES, request_of
from tests.contract.sweeping.expectations import (
    FIELD_REACH,
    NEW_IDS,
    UNCHECKED,
    reach_of,
    reaches,
    refusal,
)
from tests.contract.sweeping.ground import make_address
from tests.contract.sweeping.places import Where, build_places
from tests.contract.sweeping.things import MAKERS
from tests.factories.town import headers_for

AN_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4")


@dataclass(frozen=True)
class Route:
    """An address that asks for a permission; `id_name` is '' where it names nothing."""

    method: str
    rule: str
    endpoint: str
    permission: str
    id_name: str

    def path(self, thing_id: str) -> str:
        """The address of one thing."""
        return re.sub(r"<[^>]+>", thing_id, self.rule)


def guarded_routes(app: Flask) -> list[Route]:
    """Every one, each method by itself; raises on an address that names two things."""
    found = []
    for rule in app.url_map.iter_rules():
        permission = required_permission(rule.endpoint)
        if permission == PUBLIC:
            continue
        (id_name,) = rule.arguments or {""}
        found += [
            Route(method, rule.rule, rule.endpoint, permission or "", id_name)
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
        ]
    return found


def is_done(status: int) -> bool:
    """Whether an answer says that it was done."""
    return HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES


class Sweep:
    """One role's calls. What may succeed gets a thing made for it; what must not shares one."""

    def __init__(self, app: Flask, role: Role) -> None:
        self.routes = guarded_routes(app)
        self.role = role
        self.places = build_places()
        for place in self.places.values():
            make_address(place)  # so that the street exists that bodies name
        self.client = app.test_client()
        self._headers = headers_for(self.places[Where.OWN].people[role])
        self._shared: dict[tuple[str, Where], str] = {}

    def thing(self, id_name: str, where: Where, state: str = "") -> str:
        """A new thing there; where things are somebody's, that of who has this role there."""
        place = self.places[where]
        thing_id = MAKERS[id_name](place, place.people[self.role], state)
        db.session.commit()
        return thing_id

    def call(self, route: Route, thing_id: str, **sent: Any) -> TestResponse:
        """Call an address; signed in afresh where this may end the session."""
        own = self.places[Where.OWN].people[self.role]
        headers = headers_for(own) if route.method == "DELETE" else self._headers
        path = route.path(thing_id)
        return self.client.open(path, method=route.method, headers=headers, **sent)

    def wrong_answers(self) -> Iterator[str]:
        """Calls for things of each place that did not answer as the rules say."""
        for route in self.routes:
            for where in Where if route.id_name else [Where.OWN]:
                status, expected = self._answer(route, where)
                if status != expected if expected else not is_done(status):
                    named = f"{route.method} {route.rule} for {where}"
                    yield f"{named}: {status}, not {expected or 'done'}"

    def _answer(self, route: Route, where: Where) -> tuple[int, int | None]:
        place, thing_id, expected = self.places[where], "", None
        if route.permission not in ROLES[self.role]:
            expected = int(HTTPStatus.FORBIDDEN)
        if route.id_name:
            reach = reach_of(route.endpoint, route.id_name)
            expected = refusal(self.role, route.permission, reach, where)
            thing_id = self._thing_for(route, where, expected)
        sent = request_of(route.endpoint, self.client, place, thing_id)
        db.session.commit()
        return self.call(route, thing_id, **sent).status_code, expected

    def _thing_for(self, route: Route, where: Where, expected: int | None) -> str:
        if expected is None:
            return self.thing(route.id_name, where, STATES.get(route.endpoint, ""))
        key = (route.id_name, where)
        if key not in self._shared:
            self._shared[key] = self.thing(*key)
        return self._shared[key]

    def wrong_fields(self) -> Iterator[str]:
        """Bodies for one's own things that name a thing of another place, field by field."""
        for route in self.routes:
            if route.permission in ROLES[self.role]:
                for where in (Where.OTHER_DISTRICT, Where.OTHER_MUNICIPALITY):
                    yield from self._wrong_fields(route, where)

    def _wrong_fields(self, route: Route, where: Where) -> Iterator[str]:
        theirs = request_of(route.endpoint, self.client, self.places[where]).get("json", {})
        for field in sorted(set(theirs) - NEW_IDS):
            names_something = AN_ID.search(str(theirs[field]))
            if not names_something or (route.endpoint, field) in UNCHECKED:
                continue
            thing_id = ""
            if route.id_name:
                thing_id = self.thing(route.id_name, Where.OWN, STATES.get(route.endpoint, ""))
            own = request_of(route.endpoint, self.client, self.places[Where.OWN], thing_id)
            body = own["json"] | {field: theirs[field]}
            db.session.commit()
            answer = self.call(route, thing_id, json=body)
            if not self._fits(answer, field, where):
                said = f"{answer.status_code} {answer.get_json()}"
                yield f"{route.method} {route.rule} with {field} of {where}: {said}"

    def _fits(self, answer: TestResponse, field: str, where: Where) -> bool:
        """In reach it is done; out of reach exactly this field is what does not fit."""
        if reaches(self.role, FIELD_REACH[field], where):
            return is_done(answer.status_code)
        pointers = [fault["pointer"] for fault in answer.get_json().get("errors", [])]
        return answer.status_code == HTTPStatus.BAD_REQUEST and any(
            pointer.startswith(f"/{field}") for pointer in pointers
        )

"""How far it is: a straight line by default, a municipality's own service when it has one."""

import socket
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from outreach.planning import asking
from outreach.planning.asking import RoutingFailed, service_url
from outreach.planning.distances import FAR_METRES, Distances, StraightLine, measure
from outreach.planning.making import make_plan
from outreach.planning.osrm import Osrm
from outreach.planning.problem import Place
from outreach.planning.valhalla import Valhalla
from outreach.planning.words import Reason
from tests.planning import services
from tests.planning.districts import BASE, QUICK, door, north, problem
from tests.planning.services import Answer, serving

AMERSFOORT, UTRECHT = Place(52.15517, 5.38721), Place(52.09083, 5.12222)
KINDS: dict[str, tuple[Callable[[str], Distances], Callable[[str, bytes], Answer]]] = {
    "osrm": (Osrm, services.osrm),
    "valhalla": (Valhalla, services.valhalla),
}
both = pytest.mark.parametrize("kind", KINDS)


def test_a_straight_line_is_as_long_as_it_is() -> None:
    table = StraightLine(detour=1.0).between([AMERSFOORT, UTRECHT])
    assert table.metres[0, 1] == pytest.approx(19_460, abs=40)
    assert table.metres[0, 1] == pytest.approx(table.metres[1, 0])
    assert table.metres[0, 0] == table.seconds[0, 0] == 0


def test_streets_add_a_factor_and_a_pair_walks_at_its_pace() -> None:
    straight = StraightLine(detour=1.0).between([BASE, north(100)])
    usual = StraightLine().between([BASE, north(100)])
    assert usual.metres[0, 1] == pytest.approx(1.3 * straight.metres[0, 1])
    assert usual.seconds[0, 1] == np.ceil(usual.metres[0, 1] / 1.2)


def test_each_place_is_asked_for_once() -> None:
    flat = [door(number, entrance="portiek 3") for number in (20, 21)]
    same = [door(30), door(31, place=north(30))]
    walks = measure(problem(*flat, *same, door(40, place=None)), StraightLine())
    assert walks.table.metres.shape == (3, 3)
    assert walks.row["door-20"] == walks.row["door-21"] != walks.row["door-30"]
    assert walks.row["door-30"] == walks.row["door-31"]
    assert "door-40" not in walks.row


def test_the_same_number_of_an_entrance_in_another_street_is_another_place() -> None:
    doors = door(20, entrance="1"), door(40, entrance="1", street="Elzenpad")
    walks = measure(problem(*doors), StraightLine())
    assert walks.row["door-20"] != walks.row["door-40"]


@both
def test_a_service_is_asked_as_it_is_documented_and_in_blocks_it_takes(kind: str) -> None:
    distances, answer = KINDS[kind]
    places = [north(number) for number in range(120)]
    with serving(answer) as (url, asked):
        table = distances(f"{url}/").between(places)
    assert len(asked) == 9
    assert table.metres[0, 119] == pytest.approx(119 * 8.9, rel=0.01)
    assert table.metres[119, 3] == pytest.approx(116 * 8.9, rel=0.01)
    assert table.seconds[0, 119] == pytest.approx(table.metres[0, 119] / 1.25, abs=1)
    assert table.seconds.dtype == np.int64


@both
def test_a_plan_can_stand_on_it(kind: str) -> None:
    distances, answer = KINDS[kind]
    with serving(answer) as (url, _):
        draft = make_plan(problem(door(1), door(5)), QUICK, distances(url))
    assert draft.broken == []
    assert draft.plan.metres == pytest.approx(2 * 5 * 8.9, rel=0.05)


def without_a_way(kind: str) -> Callable[[str, bytes], Answer]:
    """As the real one, but nobody can walk to or from the last place."""

    def answer(path: str, body: bytes) -> Answer:
        status, found = KINDS[kind][1](path, body)
        if kind == "osrm":
            for table in (found["durations"], found["distances"]):
                table[-1] = [None] * len(table[-1])
                for row in table:
                    row[-1] = None
            return status, found
        cells = found["sources_to_targets"]
        for cell in [*cells[-1], *(row[-1] for row in cells)]:
            cell["distance"] = cell["time"] = None
        return status, found

    return answer


@both
def test_where_no_way_leads_is_too_far(kind: str) -> None:
    with serving(without_a_way(kind)) as (url, _):
        draft = make_plan(problem(door(1), door(5)), QUICK, KINDS[kind][0](url))
    assert draft.broken == []
    assert [(left.address_id, left.reason) for left in draft.plan.left_out] == [
        ("door-5", Reason.TOO_FAR)
    ]
    assert draft.walks.metres(0, draft.walks.row["door-5"]) == FAR_METRES


ODD: dict[str, Any] = {
    "no JSON": b"<html>Sign in to the network</html>",
    "a list": [],
    "nothing in it": {},
    "too few rows": {"code": "Ok", "distances": [], "durations": [], "sources_to_targets": []},
    "rows that are none": {
        "code": "Ok",
        "distances": [1, 2],
        "durations": [1, 2],
        "sources_to_targets": [1, 2],
    },
    "short rows": {
        "code": "Ok",
        "distances": [[1], [1]],
        "durations": [[1], [1]],
        "sources_to_targets": [[{"distance": 1, "time": 1}]] * 2,
    },
    "words for numbers": {
        "code": "Ok",
        "distances": [["far", 1], [1, 1]],
        "durations": [[1, 1], [1, 1]],
        "sources_to_targets": [[{"distance": "far", "time": 1}] * 2] * 2,
    },
    "less than nothing": {
        "code": "Ok",
        "distances": [[0, -1], [1, 0]],
        "durations": [[0, 1], [1, 0]],
        "sources_to_targets": [[{"distance": -1, "time": 1}] * 2] * 2,
    },
    "no number": b'{"code": "Ok", "distances": [[0, NaN], [1, 0]], "durations": [[0, 1], [1, 0]],'
    b'"sources_to_targets": [[{"distance": 1, "time": NaN}, {"distance": 1, "time": 1}]]}',
    "other units and another code": {
        "code": "NoTable",
        "distances": [[0, 1], [1, 0]],
        "durations": [[0, 1], [1, 0]],
        "units": "miles",
        "sources_to_targets": [[{"distance": 1, "time": 1}] * 2] * 2,
    },
}


@both
@pytest.mark.parametrize("what", ODD)
def test_an_answer_that_is_not_as_documented_is_not_believed(kind: str, what: str) -> None:
    with serving(lambda _path, _body: (200, ODD[what])) as (url, _), pytest.raises(RoutingFailed):
        KINDS[kind][0](url).between([BASE, north(3)])


@both
def test_a_refusal_is_a_failure(kind: str) -> None:
    refused = serving(lambda _path, _body: (400, {"code": "TooBig"}))
    with refused as (url, _), pytest.raises(RoutingFailed):
        KINDS[kind][0](url).between([BASE])


@both
def test_a_redirect_is_not_followed(kind: str) -> None:
    with serving(KINDS[kind][1]) as (elsewhere, asked):
        sent = f"{elsewhere}/sources_to_targets".encode()
        sending = serving(lambda _path, _body: (307, sent))
        with sending as (url, _), pytest.raises(RoutingFailed):
            KINDS[kind][0](url).between([BASE])
    assert asked == []


@both
def test_an_endless_answer_is_cut_off(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "MOST_BYTES", 10)
    with serving(KINDS[kind][1]) as (url, _), pytest.raises(RoutingFailed):
        KINDS[kind][0](url).between([BASE])


@both
def test_nobody_there_is_a_failure(kind: str) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
        with pytest.raises(RoutingFailed):
            KINDS[kind][0](url).between([BASE])


@both
@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://example.org",
        "example.org",
        "http://",
        "http://a/?q",
        "http://a#b",
    ],
)
def test_only_http_addresses_are_taken(kind: str, url: str) -> None:
    with pytest.raises(ValueError, match="routing service"):
        KINDS[kind][0](url)


def test_a_path_before_the_service_is_kept() -> None:
    assert service_url("https://kaart.example/osrm/") == "https://kaart.example/osrm"

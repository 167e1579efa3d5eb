"""How far it is: a straight line, or a routing service that the municipality runs itself."""

from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock

from flask import Flask, current_app

from outreach.config import RoutingSettings
from outreach.planning.distances import Distances, StraightLine, Table
from outreach.planning.osrm import Osrm
from outreach.planning.problem import Place
from outreach.planning.valhalla import Valhalla

MOST_KEPT = 4


class Remembered:
    """Distances that were asked for a moment ago: who drags a door asks for the same places again.

    Of the last few plans only: a table of 2,000 places takes 64 MB.
    """

    def __init__(self, inner: Distances) -> None:
        self._inner = inner
        self._kept: OrderedDict[tuple[Place, ...], Table] = OrderedDict()
        self._lock = Lock()

    def between(self, places: Sequence[Place]) -> Table:
        """From each of these places to each."""
        key = tuple(places)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        table = self._inner.between(places)
        with self._lock:
            self._kept[key] = table
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return table


def made(settings: RoutingSettings | None) -> Distances:
    """What the settings ask for."""
    if settings is None:
        return Remembered(StraightLine())
    service = Valhalla(settings.url) if settings.is_valhalla else Osrm(settings.url)
    return Remembered(service)


def set_up(app: Flask, settings: RoutingSettings | None) -> Distances:
    """Give the app its distances."""
    found = made(settings)
    app.extensions["distances"] = found
    return found


def distances() -> Distances:
    """This app's."""
    found: Distances = current_app.extensions["distances"]
    return found

"""Pieces of a map of a city, asked for and as bare queries, in one process; tells seconds as JSON.

Ours is the whole answer of `/address-points`, from the session's check to its bytes. The peer is
SQLite alone on the same file, with the same index: the rows that the picture is made of, read by
Python's own sqlite3. Both read through a warm cache, in turns.
"""

import json
import random
import sqlite3
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import create_engine

from outreach.access import sessions
from outreach.access.models import Account, Municipality
from outreach.app import create_app
from outreach.clock import new_id, now
from outreach.config import Settings
from outreach.db import METADATA, db
from outreach.territory.importing import import_addresses

SECRET = "a secret that only this bench knows, longer than thirty-two"  # noqa: S105
DOORS = """SELECT id, lat, lon, house_number, house_letter, house_suffix, postcode, city, street
 FROM address WHERE municipality_id = ? AND lat BETWEEN ? AND ? AND lon BETWEEN ? AND ?"""
STREETS = """SELECT city, street, count(*), avg(lat), avg(lon)
 FROM address WHERE municipality_id = ? AND lat BETWEEN ? AND ? AND lon BETWEEN ? AND ?
 GROUP BY city, street ORDER BY count(*) DESC, city, street"""
Box = tuple[float, float, float, float]  # south, north, west, east
# What a screen of 580 by 500 pixels shows at a zoom, in degrees of latitude and longitude.
HIGH, WIDE = 430.0, 800.0
PANS = 12


def main(listed: Path, folder: Path) -> None:
    """Import the list, then ask for the city, and for pieces of it where there are doors."""
    file = folder / "map.sqlite3"
    app = create_app(Settings(f"sqlite:///{file}", SECRET, folder, demo=False))
    with app.app_context():
        here, headers = _municipality(app, listed)
    bare = sqlite3.connect(file)
    tidy = here.replace("-", "")
    client = app.test_client()
    told: dict[str, list[tuple[float, float]]] = {}
    for name, zoom in (("first", 11), ("pan", 14), ("doors", 16)):
        query = DOORS if zoom >= 15 else STREETS  # noqa: PLR2004 - as points.py has it
        told[name] = []
        for box in _boxes(bare, tidy, zoom):
            ours, peer = _ours(client, headers, box, zoom), _peer(bare, query, tidy, box)
            ours(), peer()
            told[name].append((_seconds(ours), _seconds(peer)))
    count = bare.execute("SELECT count(*) FROM address").fetchone()[0]
    print(json.dumps({"addresses": count, "pieces": told}))


def _municipality(app: Flask, listed: Path) -> tuple[str, dict[str, str]]:
    METADATA.create_all(db.engine)
    here = new_id()
    db.session.add(Municipality(id=here, name="Almere", duty_phone="", lease_hours=72))
    db.session.flush()
    who = Account(
        id=new_id(),
        municipality_id=here,
        email="sofie@example.org",
        name="Sofie",
        first_name="Sofie",
        role="supervisor",
        created_at=now(),
    )
    db.session.add(who)
    db.session.commit()
    with create_engine(app.config["SQLALCHEMY_DATABASE_URI"]).connect() as connection:
        import_addresses(connection, here, listed)
    access, _ = sessions.open_session(who)
    db.session.commit()
    return here, {"Authorization": f"Bearer {access}", "Accept-Encoding": "identity"}


def _boxes(bare: sqlite3.Connection, here: str, zoom: int) -> list[Box]:
    """The whole city at the first picture, else pieces around doors drawn by lot."""
    edges = "SELECT min(lat), max(lat), min(lon), max(lon) FROM address WHERE municipality_id = ?"
    whole: Box = bare.execute(edges, (here,)).fetchone()
    if zoom < 12:  # noqa: PLR2004 - the city fits on the screen
        return [whole] * PANS
    doors = bare.execute("SELECT lat, lon FROM address WHERE lat IS NOT NULL").fetchall()
    lot = random.Random(1)  # noqa: S311 - the same pieces every time
    high, wide = HIGH / 2**zoom / 2, WIDE / 2**zoom / 2
    return [
        (lat - high, lat + high, lon - wide, lon + wide) for lat, lon in lot.sample(doors, PANS)
    ]


def _ours(client: FlaskClient, headers: dict[str, str], box: Box, zoom: int) -> Callable[[], Any]:
    south, north, west, east = box
    query = f"south={south}&north={north}&west={west}&east={east}&zoom={zoom}"

    def ask() -> bytes:
        answer = client.get(f"/v1/address-points?{query}", headers=headers)
        if answer.status_code != 200:  # noqa: PLR2004 - anything else measures nothing
            raise SystemExit(answer.get_data(as_text=True))
        return answer.get_data()

    return ask


def _peer(bare: sqlite3.Connection, query: str, here: str, box: Box) -> Callable[[], Any]:
    return lambda: bare.execute(query, (here, *box)).fetchall()


def _seconds(act: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

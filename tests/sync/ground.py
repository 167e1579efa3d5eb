"""A small town that is put back in a moment, and what stands in its tables.

Each story of the state machine begins in the same town, at the same instant and with the same ids.
Making the town anew takes longer than a story: its rows are kept and laid down again.
"""

import shutil
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask import Flask
from sqlalchemy import Connection, delete, insert, select

from outreach import clock
from outreach.access.actor import actor_of
from outreach.access.models import Account
from outreach.audit.models import Difference
from outreach.db import METADATA, db
from outreach.sync import escrow
from outreach.sync.holdings import holdings_of
from outreach.sync.models import ErasedDossier, Mutation, Quarantined
from outreach.visits.models import Stop
from tests.factories.town import build_town
from tests.sync.oracle.seeing import marks_in
from tests.sync.oracle.world import Stop as Door
from tests.sync.oracle.world import World

NOON = datetime(2026, 2, 3, 13, tzinfo=UTC)
DOORS = 2


@dataclass
class Look:
    """What stands in the tables: every text, and what the oracle knows row by row."""

    marks: set[str]
    outcomes: dict[str, tuple[str, str]]
    kept: list[tuple[str, str, str]]
    erased: set[str]
    differences: list[dict[str, Any]]
    reserved: dict[str, tuple[str, str, str]]
    # Of what waits, by the mutation's id.
    row_of: dict[str, str]


class Ground:
    """The town of all stories on one database."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        clock.replay(0, NOON)
        town = build_town()
        db.session.execute(delete(Stop).where(Stop.position >= DOORS))
        db.session.commit()
        self.municipality = town.municipality.id
        self.round = town.round.id
        self.guide, self.consent_text = town.guide.id, town.consent_text.id
        self.teams = (town.team.id, town.other_team.id)
        names = ("volunteer", "partner_of_pair", "other_volunteer")
        self.people = tuple(town.person(name).id for name in names)
        self.coordinator = town.person("coordinator").id
        db.session.remove()
        with db.engine.connect() as connection:
            self._rows = {
                table: [dict(row._mapping) for row in connection.execute(select(table))]  # noqa: SLF001
                for table in METADATA.sorted_tables
            }

    def lay(self) -> World:
        """Put the untouched town back; gives the oracle's world of it."""
        db.session.remove()
        with db.engine.begin() as connection:
            self._empty(connection)
            for table, rows in self._rows.items():
                if rows:
                    connection.execute(insert(table), rows)
        for kept in ("escrow", "ended"):
            shutil.rmtree(self.app.config["DATA_DIR"] / kept, ignore_errors=True)
        clock.replay(1, NOON)
        key = escrow.current_key(self.municipality).id
        stops = {
            stop.id: Door(
                stop.id, stop.attempt_id, stop.household_id, stop.conversation_id, stop.plan_id
            )
            for stop in db.session.scalars(select(Stop).order_by(Stop.position))
        }
        db.session.commit()
        texts = frozenset({self.guide, self.consent_text})
        return World(stops, set(self.people[:2]), self.round, texts, key)

    @staticmethod
    def _empty(connection: Connection) -> None:
        for table in reversed(METADATA.sorted_tables):
            connection.execute(table.delete())


def look() -> Look:
    """Read every table."""
    db.session.remove()
    with db.engine.connect() as connection:
        quote = connection.dialect.identifier_preparer.quote
        marks: set[str] = set()
        for table in METADATA.sorted_tables:
            rows = connection.exec_driver_sql(f"SELECT * FROM {quote(table.name)}")  # noqa: S608
            marks |= marks_in([tuple(row) for row in rows])
        mutations = select(Mutation.id, Mutation.outcome, Mutation.code)
        kept = select(Quarantined.id, Quarantined.body, Quarantined.reason, Quarantined.state)
        waits = connection.execute(kept).all()
        reserved = select(Stop.id, Stop.household_id, Stop.conversation_id, Stop.plan_id)
        differences = select(Difference.__table__)
        return Look(
            marks,
            {id_: (outcome, code) for id_, outcome, code in connection.execute(mutations)},
            [(body["id"], reason, state) for _, body, reason, state in waits],
            set(connection.scalars(select(ErasedDossier.id))),
            [dict(row._mapping) for row in connection.execute(differences)],  # noqa: SLF001
            {id_: (h, c, p) for id_, h, c, p in connection.execute(reserved)},
            {body["id"]: id_ for id_, body, _, _ in waits},
        )


def holdings(account_id: str) -> dict[str, str]:
    """What the server says an account's phone should hold: versions by dossier id."""
    db.session.remove()
    held = holdings_of(actor_of(db.session.get_one(Account, account_id)))
    db.session.remove()
    return {dossier.id: dossier.version for dossier in held}


def table_faults(world: World, told: Collection[tuple[str, str, str]], seen: Look) -> list[str]:
    """Where the tables and the oracle part, in words; ids that the server chose are learned."""
    found = []
    outcomes = {id_: (outcome, code) for id_, outcome, code in told}
    if seen.outcomes != outcomes:
        found.append(f"outcomes {seen.outcomes.items() ^ outcomes.items()}")
    kept = sorted((k.said.id, k.reason, k.state) for k in world.kept)
    if sorted(seen.kept) != kept:
        found.append(f"waiting {sorted(seen.kept)} instead of {kept}")
    if seen.erased != world.erased:
        found.append(f"erased {seen.erased ^ world.erased}")
    return [*found, *_difference_faults(world, seen), *_door_faults(world, seen)]


def _difference_faults(world: World, seen: Look) -> list[str]:
    rows = {(row["mutation_id"], row["object_kind"], row["field"]): row for row in seen.differences}
    found = []
    if len(rows) != len(seen.differences):
        found.append("one mutation made the same difference twice")
    for one in world.differences:
        row = rows.pop((one.mutation, one.about[0], one.field), None)
        if row is None:
            found.append(f"{one} can be read nowhere")
            continue
        one.id = row["id"]
        stands = (row["shown"]["value"], row["other"]["value"], row["settled_at"] is not None)
        if stands != (one.shown, one.other, one.settled):
            found.append(f"{stands} instead of {one}")
    return [*found, *(f"a difference too many: {row}" for row in rows.values())]


def _door_faults(world: World, seen: Look) -> list[str]:
    found = []
    for id_, door in world.stops.items():
        if door.learns:
            before = {id_ for ids in world.ids_used for id_ in ids}
            if before & set(seen.reserved[id_]):
                found.append(f"{id_} reserves ids that were used before")
            door.household, door.conversation, door.plan = seen.reserved[id_]
            door.learns = False
        ids = (door.household, door.conversation, door.plan)
        world.ids_used.add(ids)
        if seen.reserved[id_] != ids:
            found.append(f"{id_} reserves {seen.reserved[id_]} instead of {ids}")
    return found

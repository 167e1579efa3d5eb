"""From the stage into the register of addresses: set by set, inside the caller's transaction."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import (
    ColumnElement,
    Connection,
    Table,
    and_,
    case,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)

from outreach.access.models import Municipality
from outreach.territory.matching import given_once_in, match
from outreach.territory.reading import DOOR
from outreach.territory.staging import ADDRESS, Stage


@dataclass(frozen=True)
class Merged:
    """How many addresses are new, and how many stood there with another door or other facts."""

    imported: int
    changed: int


def merge(connection: Connection, municipality_id: str, stage: Stage) -> Merged:
    """Change what differs, add what is new. What the list does not name stays."""
    _lock(connection, municipality_id)
    match(connection, municipality_id, stage)
    incoming = stage.table
    doors = DOOR if _step_aside(connection, stage) else ()
    facts = {name: incoming.c[name] for name in (*doors, *_facts(stage))}
    changed = 0
    if facts:
        is_it = ADDRESS.c.id == incoming.c.known
        changes = update(ADDRESS).where(is_it, _differs(incoming, facts)).values(facts)
        changed = connection.execute(changes).rowcount
    if stage.has_bag_ids:
        _take_numbers_back(connection, municipality_id, stage)
    new = select(
        literal(municipality_id, ADDRESS.c.municipality_id.type),
        *(incoming.c[name] for name in stage.filled),
    ).where(incoming.c.known.is_(None))
    added = insert(ADDRESS).from_select(["municipality_id", *stage.filled], new)
    rows = connection.execute(added.execution_options(preserve_rowcount=True)).rowcount
    return Merged(rows, changed)


def compare(connection: Connection, municipality_id: str, stage: Stage) -> Merged:
    """What merge() would do, without doing it."""
    match(connection, municipality_id, stage)
    incoming = stage.table
    is_new = incoming.c.known.is_(None)
    differs = _differs(incoming, (*DOOR, *_facts(stage)))
    counts = select(
        func.coalesce(func.sum(case((is_new, 1), else_=0)), 0),
        func.coalesce(func.sum(case((is_new, 0), (differs, 1), else_=0)), 0),
    ).select_from(incoming.outerjoin(ADDRESS, ADDRESS.c.id == incoming.c.known))
    return Merged(*connection.execute(counts).one())


def _lock(connection: Connection, municipality_id: str) -> None:
    """Two lists of one municipality go in one after the other."""
    row = select(Municipality.id).where(Municipality.id == municipality_id).with_for_update()
    connection.execute(row).one()


def _take_numbers_back(connection: Connection, municipality_id: str, stage: Stage) -> None:
    """A BAG number stands at one address: take it from any other that still has it."""
    incoming = stage.table
    elsewhere = select(incoming.c.id).where(
        incoming.c.bag_id == ADDRESS.c.bag_id,
        incoming.c.known.is_distinct_from(ADDRESS.c.id),
    )
    had = and_(ADDRESS.c.municipality_id == municipality_id, ADDRESS.c.bag_id != "")
    once = ADDRESS.c.bag_id.in_(given_once_in(stage))
    rows = update(ADDRESS).where(had, once, elsewhere.correlate(ADDRESS).exists())
    connection.execute(rows.values(bag_id=""))


def _step_aside(connection: Connection, stage: Stage) -> bool:
    """Free the doors of all that move, so that they may take each other's; True where any moves.

    A house number below zero is nobody's, and stays as unique as it was.
    """
    if not stage.has_bag_ids:
        return False
    incoming = stage.table
    was = ADDRESS.alias("was")
    moving = select(incoming.c.known).join(was, was.c.id == incoming.c.known)
    moving = moving.where(or_(*(was.c[name] != incoming.c[name] for name in DOOR)))
    aside = update(ADDRESS).where(ADDRESS.c.id.in_(moving))
    rows = connection.execute(aside.values(house_number=-ADDRESS.c.house_number))
    return rows.rowcount > 0


def _facts(stage: Stage) -> list[str]:
    return [name for name in stage.filled if name not in {"id", *DOOR}]


def _differs(incoming: Table, names: Iterable[str]) -> ColumnElement[bool]:
    return or_(*(ADDRESS.c[n].is_distinct_from(incoming.c[n]) for n in names))

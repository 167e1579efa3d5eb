"""From the stage into the register of addresses: set by set, inside the caller's transaction."""

from dataclasses import dataclass

from sqlalchemy import (
    ColumnElement,
    Connection,
    Table,
    and_,
    case,
    false,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)

from outreach.access.models import Municipality
from outreach.territory.reading import DOOR
from outreach.territory.staging import ADDRESS


@dataclass(frozen=True)
class Merged:
    """How many addresses are new, and how many stood there with other facts."""

    imported: int
    changed: int


def merge(connection: Connection, municipality_id: str, incoming: Table) -> Merged:
    """Change the facts that differ, add what is new. What the list does not name stays."""
    _lock(connection, municipality_id)
    same_door = _same_door(municipality_id, incoming)
    new = select(literal(municipality_id, ADDRESS.c.municipality_id.type), *incoming.c)
    changed = 0
    here = select(ADDRESS.c.id).where(ADDRESS.c.municipality_id == municipality_id).limit(1)
    if connection.execute(here).first():  # a first import has nothing to compare with
        facts = {name: incoming.c[name] for name in _facts(incoming)}
        changes = update(ADDRESS).where(same_door, _differs(incoming)).values(facts)
        changed = connection.execute(changes).rowcount
        new = new.where(~select(ADDRESS.c.id).where(same_door).correlate(incoming).exists())
    names = ["municipality_id", *_names(incoming)]
    added = insert(ADDRESS).from_select(names, new).execution_options(preserve_rowcount=True)
    return Merged(connection.execute(added).rowcount, changed)


def compare(connection: Connection, municipality_id: str, incoming: Table) -> Merged:
    """What merge() would do, without doing it."""
    is_new = ADDRESS.c.id.is_(None)
    counts = select(
        func.coalesce(func.sum(case((is_new, 1), else_=0)), 0),
        func.coalesce(func.sum(case((is_new, 0), (_differs(incoming), 1), else_=0)), 0),
    ).select_from(incoming.outerjoin(ADDRESS, _same_door(municipality_id, incoming)))
    return Merged(*connection.execute(counts).one())


def _lock(connection: Connection, municipality_id: str) -> None:
    """Two lists of one municipality go in one after the other."""
    row = select(Municipality.id).where(Municipality.id == municipality_id).with_for_update()
    connection.execute(row).one()


def _names(incoming: Table) -> list[str]:
    return [column.name for column in incoming.c]


def _facts(incoming: Table) -> list[str]:
    return [name for name in _names(incoming) if name not in {"id", *DOOR}]


def _same_door(municipality_id: str, incoming: Table) -> ColumnElement[bool]:
    doors = (ADDRESS.c[name] == incoming.c[name] for name in DOOR)
    return and_(ADDRESS.c.municipality_id == municipality_id, *doors)


def _differs(incoming: Table) -> ColumnElement[bool]:
    facts = _facts(incoming)
    return or_(false(), *(ADDRESS.c[n].is_distinct_from(incoming.c[n]) for n in facts))

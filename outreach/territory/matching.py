"""Which address of the register each incoming one is: by its BAG number, else by its door.

A number that was given a new door (a street renumbered, a postcode changed) is still the same home,
and what we know of that home stays with it. Only where its new door belongs to an address that
stays, the door decides: two lists may know one home under two numbers.
"""

from sqlalchemy import ColumnElement, Connection, Select, and_, func, select, update

from outreach.territory.reading import DOOR
from outreach.territory.staging import ADDRESS, Stage


def match(connection: Connection, municipality_id: str, stage: Stage) -> None:
    """Fill in `known` for every incoming address that the register has."""
    incoming = stage.table
    is_here = ADDRESS.c.municipality_id == municipality_id
    here = select(ADDRESS.c.id).where(is_here).limit(1)
    if not connection.execute(here).first():
        return  # a first import has nothing to compare with
    found_by_number = stage.has_bag_ids and _match_by_number(connection, municipality_id, stage)
    same_door = and_(is_here, *(ADDRESS.c[name] == incoming.c[name] for name in DOOR))
    by_door = update(incoming).values(known=ADDRESS.c.id).where(same_door)
    if found_by_number:
        other = incoming.alias("other")
        is_taken = select(other.c.known).where(other.c.known == ADDRESS.c.id).exists()
        by_door = by_door.where(incoming.c.known.is_(None), ~is_taken)
    connection.execute(by_door)


def _match_by_number(connection: Connection, municipality_id: str, stage: Stage) -> bool:
    incoming = stage.table
    is_here = ADDRESS.c.municipality_id == municipality_id
    by_number = (
        update(incoming)
        .values(known=ADDRESS.c.id)
        .where(
            is_here,
            ADDRESS.c.bag_id == incoming.c.bag_id,
            incoming.c.bag_id.in_(_given_once(ADDRESS.c.bag_id).where(is_here)),
            incoming.c.bag_id.in_(given_once_in(stage)),
        )
    )
    if not connection.execute(by_number).rowcount:
        return False
    without = update(incoming).values(known=None).where(_finds_its_door_taken(is_here, stage))
    while connection.execute(without).rowcount:
        pass  # whoever stays may hold the door of the next
    return True


def _finds_its_door_taken(is_here: ColumnElement[bool], stage: Stage) -> ColumnElement[bool]:
    """Known by number, and its door belongs to another address that does not leave it."""
    incoming = stage.table
    leaving = incoming.alias("leaving")
    leaves = select(leaving.c.known).where(leaving.c.known == ADDRESS.c.id).exists()
    holder = (
        select(ADDRESS.c.id)
        .where(is_here, *(ADDRESS.c[name] == incoming.c[name] for name in DOOR))
        .where(ADDRESS.c.id != incoming.c.known, ~leaves)
        .correlate(incoming)
    )
    return and_(incoming.c.known.is_not(None), holder.exists())


def given_once_in(stage: Stage) -> Select[str]:
    """The BAG numbers that this list has at one address only."""
    return _given_once(stage.table.c.bag_id)


def _given_once(bag_id: ColumnElement[str]) -> Select[str]:
    return select(bag_id).where(bag_id != "").group_by(bag_id).having(func.count() == 1)

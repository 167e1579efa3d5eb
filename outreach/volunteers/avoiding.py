"""Where a volunteer does not go: their own street, people they know. One truth for all planning.

The desk writes streets and addresses, a phone writes the door that a pair has left. Whoever plans
asks here, and never where it came from: *may this volunteer go to this address?*
"""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import ColumnElement, Select, and_, delete, select, union

from outreach.clock import new_id
from outreach.db import db
from outreach.territory.models import Address
from outreach.territory.street_names import Street
from outreach.volunteers.models import AvoidedAddress, AvoidedStreet

AT_DESK, AT_DOOR = "desk", "door"


def in_its_street() -> ColumnElement[bool]:
    """Whether an address lies in a street that somebody avoids."""
    return and_(
        AvoidedStreet.municipality_id == Address.municipality_id,
        AvoidedStreet.city == Address.city,
        AvoidedStreet.street == Address.street,
    )


def avoided_addresses(account_ids: Collection[str]) -> Select[str]:
    """Ids of the addresses to which at least one of these volunteers does not go."""
    single = select(AvoidedAddress.address_id).where(AvoidedAddress.account_id.in_(account_ids))
    in_streets = (
        select(Address.id)
        .join(AvoidedStreet, in_its_street())
        .where(AvoidedStreet.account_id.in_(account_ids))
    )
    either = union(single, in_streets).subquery()
    return select(either.c.address_id)


def goes_to(account_id: str, address_id: str) -> bool:
    """Whether this volunteer may go to this address: the one question of planning."""
    avoided = avoided_addresses([account_id])
    rows = select(Address.id).where(Address.id == address_id, Address.id.in_(avoided))
    return db.session.scalars(rows).first() is None


def avoided_streets(account_ids: Collection[str]) -> dict[str, set[Street]]:
    """The whole streets in which each of these does not walk; who has none is left out."""
    rows = select(AvoidedStreet).where(AvoidedStreet.account_id.in_(account_ids))
    found: dict[str, set[Street]] = defaultdict(set)
    for row in db.session.scalars(rows):
        found[row.account_id].add(Street(row.city, row.street))
    return found


def avoided_doors(account_ids: Collection[str]) -> dict[str, set[str]]:
    """The single addresses to which each of these does not go; who has none is left out."""
    rows = select(AvoidedAddress.account_id, AvoidedAddress.address_id).where(
        AvoidedAddress.account_id.in_(account_ids)
    )
    found: dict[str, set[str]] = defaultdict(set)
    for account_id, address_id in db.session.execute(rows):
        found[account_id].add(address_id)
    return found


def stay_away(
    municipality_id: str, account_ids: Collection[str], address_id: str, origin: str
) -> None:
    """From now on these volunteers do not go to this door; saying it again changes nothing."""
    said = _said(account_ids, address_id, origin)
    known = set(db.session.scalars(select(AvoidedAddress.account_id).where(said)))
    db.session.add_all(
        AvoidedAddress(
            id=new_id(),
            municipality_id=municipality_id,
            account_id=account_id,
            address_id=address_id,
            origin=origin,
        )
        for account_id in sorted(set(account_ids) - known)
    )


def come_back(account_ids: Collection[str], address_id: str, origin: str) -> None:
    """Take it back; what was said elsewhere stands."""
    db.session.execute(delete(AvoidedAddress).where(_said(account_ids, address_id, origin)))


def _said(account_ids: Collection[str], address_id: str, origin: str) -> ColumnElement[bool]:
    return and_(
        AvoidedAddress.account_id.in_(account_ids),
        AvoidedAddress.address_id == address_id,
        AvoidedAddress.origin == origin,
    )

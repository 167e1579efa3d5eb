"""What residents asked for behind the code of their letter, as planning and phones read it."""

from collections.abc import Collection

from sqlalchemy import Select, select

from outreach.clock import AMSTERDAM, day_part, today
from outreach.db import db
from outreach.visits.selection import Wished
from outreach.visits.words import moment
from outreach.wishes.models import DoorWish
from outreach.wishes.words import ANOTHER_TIME


def wishes_at(
    among: Collection[str] | Select[str], campaign_ids: Collection[str]
) -> dict[tuple[str, str], Wished]:
    """By campaign and address: who asked for another time; *rather not* is a hold.

    Days that are past bind nobody: then only the day parts count.
    """
    rows = select(DoorWish).where(
        DoorWish.campaign_id.in_(campaign_ids),
        DoorWish.address_id.in_(among),
        DoorWish.choice == ANOTHER_TIME,
    )
    return {(row.campaign_id, row.address_id): _wished(row) for row in db.session.scalars(rows)}


def _wished(row: DoorWish) -> Wished:
    is_past = row.last_day is not None and row.last_day < today()
    said = row.said_at.astimezone(AMSTERDAM).date()
    return Wished(
        row.day_parts,
        moment(said, day_part(row.said_at)),
        None if is_past else row.first_day,
        None if is_past else row.last_day,
    )

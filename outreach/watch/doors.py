"""A round that was opened on the board: when each door was. Only here, and for seven days."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from outreach.clock import today
from outreach.db import db
from outreach.territory.models import Address
from outreach.visits.models import ContactAttempt, Round, Stop
from outreach.watch import lines

TIMES_KEPT = timedelta(days=7)


def watched_round(round_: Round) -> dict[str, Any]:
    """The round's line and its doors in the order of walking, with the time the phone says."""
    (line,) = lines.lines_of([round_.id])
    kept = round_.date > today() - TIMES_KEPT
    rows = (
        select(
            Address.street,
            Address,
            ContactAttempt.outcome,
            ContactAttempt.made_at,
        )
        .select_from(Stop)
        .join(Address, Address.id == Stop.address_id)
        .outerjoin(ContactAttempt, ContactAttempt.stop_id == Stop.id)
        .where(Stop.round_id == round_.id, Stop.left_at.is_(None))
        .order_by(Stop.position, Stop.id)
    )
    return {
        "date": round_.date,
        "line": lines.shown(line),
        "times_kept": kept,
        "doors": [
            {
                "street": street,
                "number": address.number,
                "outcome": outcome or None,
                "at": at if outcome and kept else None,
            }
            for street, address, outcome, at in db.session.execute(rows)
        ],
    }

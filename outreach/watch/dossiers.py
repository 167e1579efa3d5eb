"""What of it a phone gets: only what somebody of the pair said, so that both phones show the same.

A round of which nobody said anything has no part of this, as one of a server of before.
"""

from collections.abc import Collection
from typing import Any

from sqlalchemy import select

from outreach.db import db
from outreach.visits.models import Round
from outreach.watch import alerts, ends
from outreach.watch.models import RoundWatch, WatchAlert


def watch_parts(round_ids: Collection[str]) -> dict[str, dict[str, Any]]:
    """What goes into the body of these rounds, by id; {} for most."""
    if not round_ids:
        return {}
    rows = (
        select(
            Round.id,
            Round.day_part,
            RoundWatch.checked_in,
            RoundWatch.checked_out,
            RoundWatch.until,
            WatchAlert.id,
        )
        .outerjoin(RoundWatch, RoundWatch.round_id == Round.id)
        .outerjoin(
            WatchAlert,
            (WatchAlert.round_id == Round.id)
            & (WatchAlert.kind == alerts.HELP)
            & WatchAlert.closed_at.is_(None),
        )
        .where(Round.id.in_(round_ids))
        .order_by(WatchAlert.id)
    )
    found: dict[str, dict[str, Any]] = {}
    for id_, day_part, checked_in, checked_out, until, help_id in db.session.execute(rows):
        part = {
            "started": bool(checked_in),
            "finished": bool(checked_out),
            "until": until or ends.end_of(day_part),
            "help": help_id,
        }
        if part != nothing_said(day_part) and id_ not in found:
            found[id_] = {"watch": part}
    return found


def nothing_said(day_part: str) -> dict[str, Any]:
    """What stands before anybody said something."""
    return {"started": False, "finished": False, "until": ends.end_of(day_part), "help": None}

"""What stands on the server when all is at rest: read straight from the tables, for the oracle."""

import re
from typing import Any

from sqlalchemy import select

from outreach.access.actor import actor_of
from outreach.access.models import Account
from outreach.audit.models import Difference
from outreach.db import METADATA, db
from outreach.sync.holdings import holdings_of
from outreach.sync.models import ErasedDossier, Mutation, Quarantined

# Every text that a simulated phone writes is one of these, and each is written once.
MARK = re.compile(r"merk-\d+")


def everything(accounts: list[str]) -> dict[str, Any]:
    """Outcomes, quarantine, differences, erased ids, all marks; what each account should hold."""
    return {
        "outcomes": {row.id: row.outcome for row in db.session.scalars(select(Mutation))},
        "quarantined": [row.body["id"] for row in db.session.scalars(select(Quarantined))],
        "erased": list(db.session.scalars(select(ErasedDossier.id))),
        "differences": [_difference(row) for row in db.session.scalars(select(Difference))],
        "marks": sorted(_marks()),
        "holdings": {account: _holdings(account) for account in accounts},
    }


def _difference(row: Difference) -> dict[str, Any]:
    return {
        "dossier_id": row.dossier_id,
        "mutation_id": row.mutation_id,
        "field": row.field,
        "shown": row.shown["value"],
        "other": row.other["value"],
        "settled": row.settled_at is not None,
    }


def _marks() -> set[str]:
    found: set[str] = set()
    for table in METADATA.sorted_tables:
        for row in db.session.execute(table.select()):
            found.update(MARK.findall(str(tuple(row))))
    return found


def _holdings(account: str) -> dict[str, dict[str, Any]]:
    actor = actor_of(db.session.get_one(Account, account))
    held = {d.id: {"version": d.version, "body": d.body} for d in holdings_of(actor)}
    db.session.rollback()
    return held

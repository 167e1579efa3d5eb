"""Grows a demo on PostgreSQL to so many households of others, each with its door, talk and plan.

A process of its own, with the server's settings in its environment. Every row is a copy of one of
the demo's, under ids of its own; only the account that is measured gets nothing more.
"""

import sys

from sqlalchemy import text

from outreach.app import create_app
from outreach.db import METADATA, db

A_VOLUNTEER, A_ROUND = 200, 24
# Per table: how many households share one row, and which columns name what.
GROWN: tuple[tuple[str, int, dict[str, str]], ...] = (
    ("account", A_VOLUNTEER, {"id": "account", "email": "account"}),
    ("address", 1, {"id": "address", "house_number": "#"}),
    ("round", A_ROUND, {"id": "round"}),
    ("round_member", A_ROUND, {"id": "member", "round_id": "round", "account_id": "account"}),
    (
        "stop",
        1,
        {
            "id": "stop",
            "round_id": "round",
            "address_id": "address",
            "attempt_id": "attempt",
            "household_id": "household",
            "conversation_id": "conversation",
            "plan_id": "plan",
        },
    ),
    (
        "contact_attempt",
        1,
        {"id": "attempt", "stop_id": "stop", "address_id": "address", "recorded_by": "account"},
    ),
    ("household", 1, {"id": "household", "address_id": "address"}),
    (
        "conversation",
        1,
        {
            "id": "conversation",
            "household_id": "household",
            "stop_id": "stop",
            "recorder_id": "account",
        },
    ),
    (
        "consent",
        1,
        {
            "id": "consent",
            "household_id": "household",
            "conversation_id": "conversation",
            "asked_by": "account",
        },
    ),
    ("note", 1, {"id": "note", "conversation_id": "conversation", "written_by": "account"}),
    ("assessment", 1, {"id": "assessment", "conversation_id": "conversation"}),
    (
        "plan",
        1,
        {"id": "plan", "household_id": "household", "conversation_id": "conversation"},
    ),
    ("goal", 1, {"id": "goal", "plan_id": "plan"}),
    ("step", 1, {"id": "step", "goal_id": "goal"}),
    (
        "aftercare",
        1,
        {
            "id": "aftercare",
            "household_id": "household",
            "plan_id": "plan",
            "account_id": "account",
        },
    ),
    ("mutation", 1, {"id": "mutation", "dossier_id": "household", "account_id": "account"}),
    (
        "issued_dossier",
        1,
        {"id": "issued", "dossier_id": "household", "account_id": "account"},
    ),
)
SHARED = {"account": A_VOLUNTEER, "round": A_ROUND}


def grow(households: int) -> None:
    """Add so many households; the keys between the copies are right, so nothing checks them."""
    for table, shared, renamed in GROWN:
        db.session.execute(text("SET session_replication_role = replica"))
        names = [column.name for column in METADATA.tables[table].columns]
        values = [_named(renamed[name]) if name in renamed else f'one."{name}"' for name in names]
        columns = ", ".join(f'"{name}"' for name in names)
        db.session.execute(
            text(
                f'INSERT INTO "{table}" ({columns}) SELECT {", ".join(values)} '  # noqa: S608 - our own names
                f"FROM (SELECT n * {shared} AS n FROM generate_series(0, :last) AS n) AS numbers, "
                f'(SELECT * FROM "{table}" LIMIT 1) AS one'
            ),
            {"last": (households - 1) // shared},
        )
        db.session.commit()
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))


def _named(what: str) -> str:
    """The id of the row that household `n` has or shares."""
    if what == "#":
        return "n + 100000"
    shared = SHARED.get(what, 1)
    return f"md5('{what}' || (n / {shared}))::uuid"


if __name__ == "__main__":
    with create_app().app_context():
        grow(int(sys.argv[1]))

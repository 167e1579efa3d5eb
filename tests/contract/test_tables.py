"""Every table says how long it stays, every column whether it is personal, every key its tenant."""

from sqlalchemy import ForeignKeyConstraint, Table, UniqueConstraint

import outreach.app  # noqa: F401 - brings in every model
from outreach.db import METADATA, Retention

NO_TENANT = {"municipality", "failed_try"}


def _tables() -> list[Table]:
    return METADATA.sorted_tables


def test_every_table_has_a_retention_class() -> None:
    unmarked = [t.name for t in _tables() if not isinstance(t.info.get("retention"), Retention)]
    assert unmarked == []


def test_every_column_says_whether_it_is_personal() -> None:
    unmarked = [
        f"{table.name}.{column.name}"
        for table in _tables()
        for column in table.columns
        if not isinstance(column.info.get("personal"), bool)
    ]
    assert unmarked == []


def test_every_tenant_table_names_its_municipality() -> None:
    missing = [
        table.name
        for table in _tables()
        if table.name not in NO_TENANT
        and ("municipality_id" not in table.c or table.c.municipality_id.nullable)
    ]
    assert missing == []


def test_every_reference_between_tenant_tables_stays_inside_the_municipality() -> None:
    loose = [
        f"{table.name}: {constraint.column_keys}"
        for table in _tables()
        for constraint in table.constraints
        if isinstance(constraint, ForeignKeyConstraint)
        and constraint.referred_table.name != "municipality"
        and "municipality_id" not in constraint.column_keys
    ]
    assert loose == []


def test_every_tenant_table_has_its_municipality_in_its_key() -> None:
    keyless = [
        table.name
        for table in _tables()
        if table.name not in NO_TENANT
        and not any(
            isinstance(c, UniqueConstraint) and set(c.columns.keys()) == {"municipality_id", "id"}
            for c in table.constraints
        )
    ]
    assert keyless == []


def test_no_column_is_made_for_a_bsn() -> None:
    names = [f"{t.name}.{c.name}" for t in _tables() for c in t.columns]
    assert [n for n in names if "bsn" in n or "citizen_service" in n] == []

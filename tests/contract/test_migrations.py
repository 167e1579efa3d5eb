"""Migrations make exactly the models' tables, on both databases, and go back."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import MetaData, Table, inspect, select

from outreach.access.models import Device
from outreach.db import METADATA, db
from outreach.volunteers.models import AvoidedAddress

MOMENT = datetime(2026, 2, 3, 13, 30, tzinfo=UTC)


def test_migrations_make_the_tables_of_the_models(empty_app: Flask) -> None:
    upgrade()
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []


def test_every_migration_goes_back(empty_app: Flask) -> None:
    upgrade()
    downgrade(revision="base")
    assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}


def _municipality(id_: str) -> dict[str, Any]:
    return {"id": id_, "name": "W", "privacy_contact": "", "duty_phone": "1", "lease_hours": 72}


def _account(id_: str, municipality_id: str) -> dict[str, Any]:
    return {
        "id": id_,
        "municipality_id": municipality_id,
        "email": "v@w.example",
        "name": "V",
        "first_name": "V",
        "phone": "",
        "role": "volunteer",
        "language": "nl",
        "password_hash": "",
        "active": True,
        "created_at": MOMENT,
    }


def _insert(rows: dict[str, dict[str, Any]]) -> None:
    """One row in each of these tables, as the database has them now."""
    with db.engine.begin() as connection:
        for name, row in rows.items():
            table = Table(name, MetaData(), autoload_with=connection)
            connection.execute(table.insert().values(**row))


def test_a_door_that_a_pair_left_stays_left(empty_app: Flask) -> None:
    upgrade(revision="0009")
    town, volunteer, address, said = (uuid4().hex for _ in range(4))
    own = {"municipality_id": town}
    rows: dict[str, dict[str, Any]] = {
        "municipality": _municipality(town),
        "account": _account(volunteer, town),
        "address": own
        | {
            "id": address,
            "street": "Wilgenhof",
            "house_number": 1,
            "house_letter": "",
            "house_suffix": "",
            "postcode": "9991SA",
            "city": "Wilgendam",
            "use": "",
            "bag_id": "",
            "entrance": "",
        },
        "pair_exclusion": own | {"id": said, "account_id": volunteer, "address_id": address},
    }
    _insert(rows)
    upgrade()
    kept = db.session.scalars(select(AvoidedAddress)).one()
    assert (UUID(kept.id).hex, UUID(kept.account_id).hex, kept.origin) == (said, volunteer, "door")
    db.session.rollback()
    downgrade(revision="0009")
    with db.engine.begin() as connection:
        table = Table("pair_exclusion", MetaData(), autoload_with=connection)
        (back,) = connection.execute(table.select()).mappings()
    assert {UUID(str(back[name])).hex for name in ("id", "address_id")} == {said, address}


def test_a_phone_that_synced_before_phones_were_sealed_stays_known(empty_app: Flask) -> None:
    upgrade(revision="0001")
    town, volunteer, phone = (uuid4().hex for _ in range(3))
    rows: dict[str, dict[str, Any]] = {
        "municipality": _municipality(town),
        "account": _account(volunteer, town),
        "device": {
            "id": phone,
            "municipality_id": town,
            "account_id": volunteer,
            "enrolled_at": MOMENT,
            "last_contact_at": MOMENT,
        },
    }
    _insert(rows)
    upgrade()
    kept = db.session.scalars(select(Device)).one()
    assert (UUID(kept.account_id).hex, kept.sealed, kept.signing_key) == (volunteer, False, None)
    db.session.rollback()

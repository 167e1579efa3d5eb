"""Migrations make exactly the models' tables, on both databases, and go back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import create_engine, inspect, make_url, text

from outreach.app import create_app
from outreach.config import Settings
from outreach.db import METADATA, db
from tests.conftest import SECRET


@pytest.fixture
def empty_app(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """An app on a database of its own without a single table."""
    url = make_url(database_url)
    if url.drivername.startswith("sqlite"):
        own = f"sqlite:///{tmp_path / 'migrations.sqlite3'}"
    else:
        server = create_engine(url, isolation_level="AUTOCOMMIT")
        with server.connect() as connection:
            connection.execute(text("DROP DATABASE IF EXISTS migrations"))
            connection.execute(text("CREATE DATABASE migrations"))
        server.dispose()
        own = url.set(database="migrations").render_as_string(hide_password=False)
    app = create_app(Settings(own, SECRET, tmp_path, demo=False))
    with app.app_context():
        yield app
        db.engine.dispose()


def test_migrations_make_the_tables_of_the_models(empty_app: Flask) -> None:
    upgrade()
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []


def test_every_migration_goes_back(empty_app: Flask) -> None:
    upgrade()
    downgrade(revision="base")
    assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}

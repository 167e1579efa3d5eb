"""Fixtures: an app on SQLite or PostgreSQL, an empty database per test, and people to sign in."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import create_engine, make_url, text

from outreach import clock
from outreach.app import create_app
from outreach.config import Settings
from outreach.db import METADATA, db
from outreach.jobs import running
from tests.factories.database import temporary_postgres
from tests.factories.town import Town, build_town

SECRET = "a secret only these tests know, longer than thirty-two"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=["sqlite", "postgresql"], default="sqlite")


@pytest.fixture(scope="session")
def database_url(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """A fresh database server or file for this run (one per worker)."""
    if request.config.getoption("--database") == "sqlite":
        yield f"sqlite:///{tmp_path_factory.mktemp('database') / 'test.sqlite3'}"
        return
    with temporary_postgres() as url:
        yield url


@pytest.fixture(scope="session")
def _app(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    data_dir: Path = tmp_path_factory.mktemp("data")
    app = create_app(Settings(database_url, SECRET, data_dir, demo=False, secure_cookies=False))
    app.config["TESTING"] = True
    with app.app_context():
        METADATA.create_all(db.engine)
        # The first request looks for lost jobs in a thread: not while a test counts statements.
        app.test_client().get("/healthz")
        running.runner().wait_until_idle()
    return app


@pytest.fixture
def app(_app: Flask) -> Iterator[Flask]:
    """The app with every table empty and a context pushed; time and ids are the system's."""
    clock.release()
    with _app.app_context():
        yield _app
        db.session.rollback()
        db.session.remove()
        _empty_every_table()
        # Replayed ids name the same files again, and a key is never written over.
        for folder in ("escrow", "ended", "letters"):
            shutil.rmtree(_app.config["DATA_DIR"] / folder, ignore_errors=True)
    clock.release()


def _empty_every_table() -> None:
    deletes = [table.delete() for table in reversed(METADATA.sorted_tables)]
    with db.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            # One round trip and no new files: emptying by TRUNCATE takes ten times as long.
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            connection.execute(text("; ".join(map(str, deletes))))
            return
        for delete in deletes:
            connection.execute(delete)


@pytest.fixture
def town(app: Flask) -> Town:
    """A municipality with two districts, teams, people of every role, and a published round."""
    return build_town()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A caller without a session."""
    return app.test_client()


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

"""What is erased is overwritten: in no table, no free page and no journal (SQLite)."""

import random
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask, current_app
from sqlalchemy import select

from outreach.app import create_app
from outreach.clock import now
from outreach.config import Settings
from outreach.conversations.models import Conversation, Note
from outreach.db import METADATA, db
from outreach.privacy.commands import privacy
from tests.conftest import SECRET
from tests.factories.phone import Phone
from tests.factories.talks import Talk, make_talk
from tests.factories.town import build_town

MARK = "MERKTEKEN"
# Longer than a page, so that a note also lies on pages of its own.
LONG = f"{MARK} de post ligt in de la. " * 300
LENGTHS = (20, 300, 3000, 9000)


@pytest.fixture
def data_dir(tmp_path: Path) -> Iterator[Path]:
    """A database file of its own, whichever database the other tests run on."""
    url = f"sqlite:///{tmp_path / 'voordeur.sqlite3'}"
    app: Flask = create_app(Settings(url, SECRET, tmp_path, demo=False))
    with app.app_context():
        METADATA.create_all(db.engine)
        yield tmp_path
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def talk(data_dir: Path) -> Talk:
    """A household that said much, among others that stay."""
    town = build_town()
    talks = [make_talk(town, place) for place in range(4)]
    for talk in talks:
        mark = MARK if talk is talks[1] else "BLIJFT"
        for number in range(20):
            talk.tells(f"domain_{number}", "help_wanted", LONG.replace(MARK, mark), f"{mark} kort")
        talk.goal(f"{mark} doel")
    return talks[1]


def files_with(data_dir: Path, words: str) -> list[str]:
    """Files of the database that hold these words anywhere."""
    files = sorted(data_dir.glob("voordeur.sqlite3*"))
    return [path.name for path in files if words.encode() in path.read_bytes()]


def _into_the_file(data_dir: Path) -> None:
    with closing(sqlite3.connect(data_dir / "voordeur.sqlite3")) as other:
        other.execute("PRAGMA wal_checkpoint(PASSIVE)")


def run(*arguments: str) -> None:
    result = CliRunner().invoke(privacy, list(arguments))
    assert result.exit_code == 0, result.output


def test_after_erasing_no_file_holds_a_word_of_it(data_dir: Path, talk: Talk) -> None:
    assert files_with(data_dir, MARK) != []
    run("erase", talk.id, "--yes")
    assert files_with(data_dir, MARK) == []
    assert files_with(data_dir, "BLIJFT") != []


def test_pages_that_were_split_while_people_wrote_hold_no_word_either(
    data_dir: Path, talk: Talk
) -> None:
    """A page that grew too full leaves a copy of what moved: overwriting deleted rows is not it."""
    stays = select(Conversation.id).where(Conversation.id != talk.conversation.id)
    staying = db.session.scalars(stays).first()
    source = random.Random(4)  # noqa: S311 - the same pages every time
    for _ in range(60):
        for number in range(source.randint(1, 40)):
            other = source.random() < 0.6
            words = (
                f"{'BLIJFT' if other else MARK} {'a' * source.randint(0, source.choice(LENGTHS))}"
            )
            note = Note(
                id=str(uuid.UUID(int=source.getrandbits(128), version=4)),
                municipality_id=talk.household.municipality_id,
                conversation_id=staying if other else talk.conversation.id,
                domain="",
                position=number,
                text=words,
                written_by=talk.recorder.id,
                made_at=now(),
                received_at=now(),
            )
            db.session.add(note)
        db.session.commit()
    run("erase", talk.id, "--yes")
    assert files_with(data_dir, MARK) == []


def test_after_tidying_no_file_holds_what_a_phone_threw_away(data_dir: Path, talk: Talk) -> None:
    _into_the_file(data_dir)
    assert "voordeur.sqlite3" in files_with(data_dir, MARK)
    phone = Phone(current_app.test_client(), talk.recorder)
    thrown = phone.write(talk.id, "dossier.discard")
    phone.sync()
    assert phone.outcome(thrown) == "applied"
    run("tidy")
    assert files_with(data_dir, MARK) == []
    assert files_with(data_dir, "BLIJFT") != []


def test_trying_out_a_tidying_overwrites_nothing(data_dir: Path, talk: Talk) -> None:
    before = files_with(data_dir, MARK)
    run("tidy", "--dry-run")
    assert files_with(data_dir, MARK) == before != []


def test_while_somebody_reads_it_says_that_it_comes_later(data_dir: Path, talk: Talk) -> None:
    reader = sqlite3.connect(data_dir / "voordeur.sqlite3", isolation_level=None)
    with closing(reader):
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM note").fetchone()
        with db.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA busy_timeout=50")
        result = CliRunner().invoke(privacy, ["erase", talk.id, "--yes"])
    assert (result.exit_code, "at the next tidying" in result.output) == (0, True)
    assert files_with(data_dir, MARK) != []
    run("tidy")
    assert files_with(data_dir, MARK) == []

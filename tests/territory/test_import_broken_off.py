"""An import that breaks off, wherever and however it does, leaves the register as it was."""

import io
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine

from outreach.territory.importing import ImportResult, import_addresses
from outreach.territory.problems import ImportCancelled, UnreadableList
from outreach.territory.watching import Watch
from tests.territory.lists import door, stream, street, written
from tests.territory.register import HERE, prepare, rows

ROOT = Path(__file__).parents[2]


def test_an_import_that_breaks_at_its_very_end_leaves_nothing(register: Connection) -> None:
    def break_off(_connection: Connection, _result: ImportResult) -> None:
        raise RuntimeError("the power went")

    import_addresses(register, HERE, street(2))
    with pytest.raises(RuntimeError):
        import_addresses(
            register,
            HERE,
            stream(written([door(1, straat="Elders"), door(3)])),
            finish=break_off,
        )
    assert [row["street"] for row in rows(register)] == ["Wilgenhof", "Wilgenhof"]
    assert import_addresses(register, HERE, street(3)).imported == 1


def test_a_process_killed_before_its_commit_leaves_nothing(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'register.sqlite3'}")
    prepare(engine)
    listed = tmp_path / "list.csv"
    listed.write_bytes(street(5000).read())
    doomed = [sys.executable, "-m", "tests.territory.one_doomed_import", str(engine.url)]
    died = subprocess.run(  # noqa: S603 - our own module
        [*doomed, HERE, str(listed)], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert (died.returncode, died.stdout) == (-signal.SIGKILL, "5000 5000"), died.stderr
    with engine.connect() as connection:
        assert rows(connection) == []
        assert import_addresses(connection, HERE, listed).imported == 5000
    engine.dispose()


def test_a_file_cut_off_halfway_leaves_nothing(register: Connection) -> None:
    packed = stream(written(door(n) for n in range(1, 20000)), packed=True).read()
    with pytest.raises(UnreadableList):
        import_addresses(register, HERE, io.BytesIO(packed[: len(packed) // 2]))
    assert rows(register) == []


def test_a_wish_to_stop_halfway_leaves_nothing(register: Connection) -> None:
    seen: list[int] = []
    watch = Watch(lambda done, _total: seen.append(done), lambda: len(seen) == 2)
    with pytest.raises(ImportCancelled):
        import_addresses(register, HERE, street(20000), watch=watch)
    assert len(seen) == 2
    assert rows(register) == []

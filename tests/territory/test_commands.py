"""`outreach addresses import`: one object for programs, sentences for people, honest exit codes."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import func, select

from outreach.db import db
from outreach.territory.commands import addresses
from outreach.territory.models import Address
from tests.factories.extract import Extract, number, number_id, place
from tests.factories.town import Town, build_town
from tests.territory.lists import door, stream, written


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    """A gzipped list of two good rows, a double and a bad one."""
    path = tmp_path / "lijst.csv.gz"
    rows = [door(901), door(902), door(901), door("x")]
    path.write_bytes(stream(written(rows), packed=True).read())
    return path


def run(*arguments: str | Path, language: str = "en") -> Result:
    command = ["import", *map(str, arguments)]
    return CliRunner().invoke(addresses, command, env={"LANG": f"{language}_NL.UTF-8"})


def doors(town: Town) -> int:
    rows = select(func.count()).where(Address.municipality_id == town.municipality.id)
    found = db.session.scalar(rows)
    db.session.rollback()
    return found or 0


def test_json_is_one_object_of_six_counts(app: Flask, town: Town, listed: Path) -> None:
    expected = {"read": 4, "imported": 2, "changed": 0, "unchanged": 0, "doubles": 1, "refused": 1}
    result = run(listed, "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == expected
    again = run(listed, "--json")
    assert json.loads(again.stdout) == expected | {"imported": 0, "unchanged": 2}


def test_a_person_reads_sentences_and_every_row_that_was_not_taken(
    app: Flask, town: Town, listed: Path
) -> None:
    result = run(listed)
    counts = "Read: 4. New: 2. Changed: 0. Already known: 0. "
    assert counts + "Not taken: 2 (double: 1, with a fault: 1)." in result.stdout
    assert "Line 4: This address stands earlier in the list." in result.stderr
    assert "Line 5: The house number is not a whole number" in result.stderr
    assert "Everything was here already. Nothing changed." not in result.stdout
    assert "Alles stond er al" not in run(listed).stdout


def test_a_second_import_says_that_nothing_changed_in_dutch_too(
    app: Flask, town: Town, tmp_path: Path
) -> None:
    path = tmp_path / "lijst.csv"
    path.write_text(written([door(901)]), encoding="utf-8")
    run(path)
    assert "Alles stond er al. Er is niets veranderd." in run(path, language="nl").stdout


def test_a_dry_run_stores_nothing(app: Flask, town: Town, listed: Path) -> None:
    before = doors(town)
    result = run(listed, "--dry-run")
    assert "nothing was stored" in result.stdout
    assert doors(town) == before


def test_refused_rows_are_written_to_a_file(
    app: Flask, town: Town, listed: Path, tmp_path: Path
) -> None:
    out = tmp_path / "niet.csv"
    result = run(listed, "--refused", out)
    assert result.stderr == ""
    assert [line.split(";")[0] for line in out.read_text("utf-8-sig").splitlines()] == [
        "line",
        "4",
        "5",
    ]


def test_a_file_that_is_no_list_gives_one_sentence_and_exit_code_1(
    app: Flask, town: Town, tmp_path: Path
) -> None:
    path = tmp_path / "leeg.csv"
    path.write_bytes(b"")
    result = run(path, "--json")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "This file is empty.\n"


def test_of_two_municipalities_one_must_be_named(app: Flask, town: Town, listed: Path) -> None:
    other = build_town("Elzendam")
    unclear = run(listed)
    assert unclear.exit_code == 2
    assert "Elzendam, Wilgendam" in unclear.stderr
    before = doors(town), doors(other)
    assert run(listed, "--municipality", "elzendam").exit_code == 0
    assert run(listed, "--municipality", town.municipality.id).exit_code == 0
    assert (doors(town), doors(other)) == (before[0] + 2, before[1] + 2)
    assert run(listed, "--municipality", "Nergens").exit_code == 2


def test_a_file_that_is_not_there_is_wrong_use(app: Flask, town: Town) -> None:
    assert run("nergens.csv").exit_code == 2


def test_a_bag_extract_is_imported_and_says_of_which_day_it_is(
    app: Flask, town: Town, tmp_path: Path
) -> None:
    path = tmp_path / "bag.zip"
    withdrawn = number(903, status="Naamgeving ingetrokken")
    path.write_bytes(Extract([number(901), number(902), withdrawn], [place(901)]).packed())
    before = doors(town)
    result = run(path, language="nl")
    assert result.exit_code == 0
    assert "Nieuw: 1." in result.stdout
    assert "stand van 2025-09-15. Overgeslagen, want nu niet geldig: 1." in result.stdout
    assert result.stderr.startswith(f"Nummeraanduiding {number_id(902)}: Bij dit adres staat")
    assert doors(town) == before + 1

"""`outreach addresses …`; each command needs an app context.

Exit codes: 0 imported (refused rows are told, they do not stop the rest), 1 nothing imported
because the list cannot be read, 2 wrong use, 130 stopped with Ctrl-C.
"""

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from flask.cli import with_appcontext

from outreach.access.choosing import municipality_meant
from outreach.audit import trail
from outreach.db import db
from outreach.languages import text
from outreach.territory import refused_rows
from outreach.territory.importing import ImportResult, import_addresses
from outreach.territory.problems import UnreadableList
from outreach.territory.understood import Format, Understood
from outreach.territory.watching import Watch

STOPPED = 130


@click.group()
def addresses() -> None:
    """The addresses of a municipality."""


@addresses.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--municipality", "wanted", default="", help="Its name or id; not needed for one.")
@click.option("--dry-run", is_flag=True, help="Say what would happen, store nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object of counts.")
@click.option(
    "--refused",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Write the rows that were not taken to this CSV.",
)
@with_appcontext
def import_list(
    file: Path, wanted: str, dry_run: bool, as_json: bool, refused: Path | None
) -> None:
    """Import addresses: the official BAG extract, or CSV of NLExtract or plain, gzipped or not."""
    municipality_id = municipality_meant(wanted)
    with TemporaryDirectory() as folder:
        kept = Path(folder) / "refused"
        try:
            result = _import(municipality_id, file, kept, dry_run=dry_run)
        except UnreadableList as problem:
            fault = problem.errors[0]
            _complain(text(f"errors.input.{fault.code}", _language(), **fault.params))
            sys.exit(1)
        except KeyboardInterrupt:
            _complain(text("territory.stopped", _language()))
            sys.exit(STOPPED)
        if refused:
            refused.write_text("".join(refused_rows.as_csv(kept, _language())), encoding="utf-8")
    if not dry_run:
        trail.note(municipality_id, None, "address.import", "municipality", municipality_id)
        db.session.commit()
    _report(result, dry_run=dry_run, as_json=as_json, told_elsewhere=bool(refused))


def _import(municipality_id: str, file: Path, kept: Path, *, dry_run: bool) -> ImportResult:
    with (
        db.engine.connect() as connection,
        refused_rows.writing(kept) as refuse,
        _progress_line() as progress,
    ):
        watch = Watch(progress=progress, refused=refuse)
        return import_addresses(connection, municipality_id, file, dry_run=dry_run, watch=watch)


@contextmanager
def _progress_line() -> Iterator[Callable[[int, int], None]]:
    """A line that rewrites itself on a terminal, and is wiped out afterwards."""
    if not sys.stderr.isatty():
        yield lambda _done, _total: None
        return

    def progress(done: int, total: int) -> None:
        line = text("territory.progress", _language(), percent=100 * done // total)
        click.echo(f"\r{line}", nl=False, err=True)

    try:
        yield progress
    finally:
        click.echo("\r\033[K", nl=False, err=True)


def _report(result: ImportResult, *, dry_run: bool, as_json: bool, told_elsewhere: bool) -> None:
    language = _language()
    if as_json:
        click.echo(json.dumps(result.counts))
    else:
        summary = "territory.would_import" if dry_run else "territory.imported"
        click.echo(text(summary, language, left_out=result.left_out, **result.counts))
        if result.unchanged == result.read - result.doubles:
            click.echo(text("territory.nothing_new", language))
        _say_how_it_was_read(result.understood)
    if told_elsewhere:
        return
    for row in result.refusals:
        words = " ".join(refused_rows.told(reason, language) for reason in row["reasons"])
        which = "territory.refused_address" if "bag_id" in row else "territory.refused_row"
        _complain(text(which, language, **row, explanation=words))
    more = result.left_out - len(result.refusals)
    if more:
        _complain(text("territory.refused_more", language, count=more))


def _say_how_it_was_read(understood: Understood) -> None:
    language = _language()
    if understood.format is Format.BAG_EXTRACT:
        date, past = understood.as_of or "-", understood.past
        click.echo(text("territory.extract", language, date=date, past=past))
    columns = ", ".join(understood.columns.values())
    ignored = ", ".join(understood.ignored) or "-"
    click.echo(text("territory.recognised", language, columns=columns, ignored=ignored))


def _complain(sentence: str) -> None:
    click.echo(sentence, err=True)


def _language() -> str:
    return "en" if os.environ.get("LANG", "").startswith("en") else "nl"

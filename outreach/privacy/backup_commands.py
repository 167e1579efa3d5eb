"""`outreach backup` and `outreach restore`: the whole database, and what must not come back."""

from datetime import UTC, datetime
from pathlib import Path

import click
from flask.cli import with_appcontext
from flask_migrate import upgrade
from sqlalchemy import select

from outreach.access.models import Municipality
from outreach.audit import trail
from outreach.audit.endings import Kind
from outreach.db import db
from outreach.privacy import copies, restoring

A_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("file", type=A_FILE)
@with_appcontext
def backup(file: Path) -> None:
    """Copy the database into a new FILE, while the server works."""
    restoring.complete_list()
    try:
        copies.make_copy(file)
    except copies.CopyFailed as fault:
        raise click.ClickException(str(fault)) from fault
    for municipality_id in db.session.scalars(select(Municipality.id).order_by(Municipality.id)):
        trail.note(municipality_id, None, "backup.make", "municipality", municipality_id)
    db.session.commit()
    click.echo(f"{file}: {file.stat().st_size} bytes. docs/backup.md says how to keep it.")


@click.command()
@click.argument("file", type=A_FILE)
@click.confirmation_option(prompt="Replace everything in the database by this copy?")
@with_appcontext
def restore(file: Path) -> None:
    """Put a copy back; stop the server first. What was erased since is erased again."""
    restoring.complete_list_if_readable()
    try:
        made_at = datetime.fromtimestamp(file.stat().st_mtime, UTC).isoformat(timespec="seconds")
        copies.put_back(file)
    except OSError as fault:
        raise click.ClickException(f"{file}: {fault.strerror}") from fault
    except copies.CopyFailed as fault:
        raise click.ClickException(str(fault)) from fault
    upgrade()
    ended = restoring.end_again()
    restoring.begin_afresh(f"copy of {made_at}")
    db.session.commit()
    # A key that is known again is no ending.
    known_again = ended.pop(Kind.DEVICE_SEALED, 0)
    told = ", ".join(f"{kind} {count}" for kind, count in sorted(ended.items()))
    click.echo(f"Restored. Ended again: {told or 'nothing'}.")
    if known_again:
        click.echo(f"Phones known again by their keys: {known_again}.")
    click.echo("Everybody signs in again; phones send again what arrived in the last 14 days.")

"""`outreach privacy …`: tidy every day, erase one household, show the rules."""

from uuid import UUID

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from outreach.access.models import Municipality
from outreach.db import db, overwrite_deleted
from outreach.privacy import erasing, retention
from outreach.privacy.exchange import remove_old_files


@click.group()
def privacy() -> None:
    """What goes, and when."""


@privacy.command()
@click.option("--dry-run", is_flag=True, help="Say how much would go; delete nothing.")
@with_appcontext
def tidy(dry_run: bool) -> None:
    """Delete what is past its term, in every municipality; run it once a day."""
    rows = select(Municipality.id, Municipality.name).order_by(Municipality.name, Municipality.id)
    for municipality_id, name in db.session.execute(rows).all():
        tidied = retention.tidy(municipality_id)
        if dry_run:
            db.session.rollback()
        else:
            db.session.commit()  # each by itself: a fault in one undoes no other
        _tell(name, tidied, "would go" if dry_run else "gone")
    if not dry_run:
        click.echo(f"Old files gone: {remove_old_files()}.")
        _overwrite()


def _overwrite() -> None:
    """Deleted words may still stand in the file or its journal."""
    if not overwrite_deleted():
        click.echo(
            "The database is in use: what was deleted is overwritten at the next tidying.", err=True
        )


def _tell(name: str, tidied: retention.Tidied, what_happens: str) -> None:
    counts = ", ".join(f"{rule} {count}" for rule, count in tidied.counts.items() if count)
    click.echo(f"{name}: {what_happens}: {counts or 'nothing'}.")
    if tidied.held_up:
        click.echo(
            f"{name}: {tidied.held_up} dossiers are past their term and stay: "
            "a talk, aftercare, hand-over, print or quarantined mutation is open."
        )


@privacy.command()
@click.argument("household_id", type=click.UUID)
@click.confirmation_option(prompt="Erase this household for good, on every phone too?")
@with_appcontext
def erase(household_id: UUID) -> None:
    """Erase one household for good; its id is refused from now on."""
    try:
        municipality_id = erasing.municipality_of(str(household_id))
    except erasing.UnknownHousehold as fault:
        raise click.ClickException("No household here has this id.") from fault
    erased = erasing.erase_household(municipality_id, str(household_id))
    db.session.commit()
    _overwrite()
    click.echo("Erased." if erased else "It was erased before.")


@privacy.command()
def rules() -> None:
    """Show what goes after how long, and what stays."""
    click.echo(retention.as_tables())

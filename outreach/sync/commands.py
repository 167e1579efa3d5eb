"""`outreach keys …`: the keys to which phones seal; docs/keys.md says when to use which."""

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from outreach.access.choosing import municipality_meant
from outreach.access.models import Municipality
from outreach.audit import trail
from outreach.db import db
from outreach.sync import boxes, escrow
from outreach.sync.models import EscrowKey


@click.group()
def keys() -> None:
    """The keys to which phones seal."""


@keys.command()
@click.option("--municipality", "wanted", default="", help="Its name or id; not needed for one.")
@with_appcontext
def rotate(wanted: str) -> None:
    """Make a new key and retire the current one; what was sealed to that one still opens."""
    municipality_id = municipality_meant(wanted)
    key = escrow.rotate(municipality_id)
    trail.note(municipality_id, None, "keys.rotate", "escrow_key", key.id)
    db.session.commit()
    click.echo(f"New key {key.id}. Copy {escrow.private_half_of(key.id)} to where copies lie.")


@keys.command()
@click.confirmation_option(prompt="Destroy the private halves that no box can need any more?")
@with_appcontext
def destroy() -> None:
    """Destroy private halves that were retired more than 414 days ago, in every municipality."""
    gone = escrow.destroy_old()
    for key in gone:
        trail.note(key.municipality_id, None, "keys.destroy", "escrow_key", key.id)
    db.session.commit()
    for key in gone:
        escrow.remove_private_half(key.id)
        click.echo(f"Destroyed {key.id}. Destroy its copies too.")
    if not gone:
        click.echo("Nothing is old enough.")


@keys.command()
@with_appcontext
def reopen() -> None:
    """Open boxes that could not be opened, after a private half was put back."""
    done = boxes.open_again()
    db.session.commit()
    click.echo(f"Opened: {done}. They wait in quarantine as what they are.")


@keys.command("list")
@with_appcontext
def list_keys() -> None:
    """Show every key, and whether its private half is where it should be."""
    rows = (
        select(Municipality.name, EscrowKey)
        .join(EscrowKey, EscrowKey.municipality_id == Municipality.id)
        .order_by(Municipality.name, EscrowKey.made_at, EscrowKey.id)
    )
    for name, key in db.session.execute(rows):
        click.echo(f"{name}: {key.id} made {key.made_at:%Y-%m-%d}, {_state(key)}")


def _state(key: EscrowKey) -> str:
    if key.destroyed_at:
        return f"destroyed {key.destroyed_at:%Y-%m-%d}"
    state = f"retired {key.retired_at:%Y-%m-%d}" if key.retired_at else "current"
    there = escrow.private_half_of(key.id).exists()
    return state if there else f"{state}, PRIVATE HALF MISSING"

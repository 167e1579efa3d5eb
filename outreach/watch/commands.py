"""`outreach watch`: look once who is overdue, for cron."""

import click
from flask.cli import with_appcontext

from outreach.messages import sending
from outreach.watch import looking


@click.group()
def watch() -> None:
    """Watching over pairs that are out."""


@watch.command()
@with_appcontext
def look() -> None:
    """Raise and tell what is due, and send it: each minute, beside the server's own clock."""
    told = looking.look()
    sent = sending.send_due()
    click.echo(f"told {told}, sent {sent}")

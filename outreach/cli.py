"""`outreach …`: init, upgrade, addresses, demo, jobs, keys, privacy, backup, restore, watch."""

import os
import sys

import click
from flask import current_app
from flask.cli import FlaskGroup
from flask_migrate import upgrade as migrate_up

from outreach import starting
from outreach.app import APP_FOLDER, create_app
from outreach.demo.commands import demo
from outreach.jobs.commands import jobs
from outreach.privacy.backup_commands import backup, restore
from outreach.privacy.commands import privacy
from outreach.sync.commands import keys
from outreach.territory.commands import addresses
from outreach.watch.commands import watch
from outreach.web import kept


@click.group(cls=FlaskGroup, create_app=create_app, add_default_commands=False)
def main() -> None:
    """Voordeur: door-to-door help, from a street list to an accepted hand-over."""


def _bring_up() -> None:
    migrate_up()
    kept.keep(APP_FOLDER, kept.folder(current_app.config["DATA_DIR"]))


@main.command()
def upgrade() -> None:
    """Bring the database to this version's tables; keeps what is in it, and this version's app."""
    _bring_up()


@main.command()
@click.option("--municipality", prompt=True, help="Name of the municipality.")
@click.option("--email", prompt=True, help="Address of its first admin.")
@click.option("--name", prompt=True, help="Name of its first admin.")
def init(municipality: str, email: str, name: str) -> None:
    """Make a municipality and its first admin, who gets a link to choose a password."""
    _bring_up()
    click.echo(starting.found_municipality(municipality, email, name))


main.add_command(addresses)
main.add_command(demo)
main.add_command(jobs)
main.add_command(keys)
main.add_command(privacy)
main.add_command(backup)
main.add_command(restore)
main.add_command(watch)

if __name__ == "__main__":
    os.environ.setdefault("FLASK_APP", "outreach.app")
    sys.exit(main())

"""`outreach jobs …`: a worker for long work, where the server does not do it itself."""

import click
from flask.cli import with_appcontext

from outreach.jobs.running import runner


@click.group()
def jobs() -> None:
    """Long work: letters, plans, imports."""


@jobs.command()
@with_appcontext
def work() -> None:
    """Do jobs until this process is ended; start as many as should be done at once."""
    runner().work()

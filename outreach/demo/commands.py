"""`outreach demo …`: make it, keep it, say who can sign in."""

from datetime import date, datetime

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import select

from outreach.access.models import Municipality
from outreach.clock import today as today_in_amsterdam
from outreach.db import db
from outreach.demo import building
from outreach.demo.people import PASSWORD

SIGN_INS = (
    ("vrijwilliger", "anna@wilgendam.example"),
    ("haar maat", "samira@wilgendam.example"),
    ("begeleider (supervisor)", "sofie@wilgendam.example"),
    ("wijkcoach", "nadia@wilgendam.example"),
    ("teamleider", "lieke@wilgendam.example"),
    ("coördinator", "ruben@wilgendam.example"),
    ("beheerder", "beheer@wilgendam.example"),
)


class NotTheDemo(click.ClickException):
    """Emptying a database is only for the demo's."""

    def __init__(self) -> None:
        super().__init__("This is not the demo (OUTREACH_DEMO=1): nothing was touched.")


@click.group()
def demo() -> None:
    """A fictional town to try Voordeur in."""


@demo.command()
@click.option("--seed", type=int, default=1, show_default=True)
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), default=None, help="Default: today.")
@with_appcontext
def reset(seed: int, today: datetime | None) -> None:
    """Empty the demo's database and make it anew; the same arguments give the same demo."""
    if not current_app.config["DEMO"]:
        raise NotTheDemo
    day: date = today.date() if today else today_in_amsterdam()
    building.reset(seed, day)
    click.echo(f"The demo is new: {day:%d-%m-%Y}, seed {seed}.")


@demo.command()
@with_appcontext
def ensure() -> None:
    """Make the demo if there is nothing yet; keep what is there."""
    if not current_app.config["DEMO"]:
        raise NotTheDemo
    if db.session.scalars(select(Municipality.id)).first() is None:
        building.reset(1, today_in_amsterdam())


@demo.command("sign-ins")
@with_appcontext
def sign_ins() -> None:
    """Where the demo runs and who can sign in."""
    click.echo(f"\n  Voordeur: {current_app.config['PUBLIC_URL']}   (wachtwoord: {PASSWORD})")
    for who, email in SIGN_INS:
        click.echo(f"    {who:<24} {email}")
    click.echo("  Begin de dag opnieuw: OUTREACH_DEMO=1 .venv/bin/outreach demo reset\n")

"""Telling in a test: one person, one thing, and what the outbox has of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from outreach import clock
from outreach.access.models import Account
from outreach.clock import new_id, now
from outreach.db import db
from outreach.messages import choices, outbox
from outreach.messages.kinds import Kind
from outreach.messages.models import Message
from tests.messages.push_service import PushService


class Who:
    """An account as the routes know it."""

    def __init__(self, account: Account) -> None:
        self.account_id = account.id
        self.municipality_id = account.municipality_id


def tell(account: Account, kind: Kind = Kind.CANNOT_WAIT, cause_id: str = "") -> str:
    """Tell somebody of a thing; gives its id."""
    cause_id = cause_id or new_id()
    outbox.tell(account.municipality_id, [account.id], kind, cause_id)
    db.session.commit()
    return cause_id


def subscribe(account: Account, service: PushService, name: str = "browser") -> str:
    """Push to a browser of somebody; gives its address."""
    endpoint = f"{service.origin}/send/{name}"
    choices.subscribe(Who(account), endpoint)
    db.session.commit()
    return endpoint


def wishes(account: Account, quiet: tuple[str, str] = ("", ""), daily_at: str = "") -> None:
    """Choose times."""
    choices.choose(
        Who(account), mail=True, quiet_from=quiet[0], quiet_until=quiet[1], daily_at=daily_at
    )
    db.session.commit()


def mail_off(account: Account) -> None:
    """Choose no mail."""
    choices.choose(Who(account), mail=False, quiet_from="", quiet_until="", daily_at="")
    db.session.commit()


def outbox_rows() -> Sequence[Message]:
    """All of it, oldest first."""
    db.session.expire_all()
    rows = db.session.scalars(select(Message).order_by(Message.made_at, Message.id)).all()
    db.session.commit()
    return rows


def states() -> list[str]:
    """What became of each."""
    return [row.state for row in outbox_rows()]


def later(**by: float) -> datetime:
    """Let time go by."""
    at = now() + timedelta(**by)
    clock.replay(int(at.timestamp()), at)
    return at

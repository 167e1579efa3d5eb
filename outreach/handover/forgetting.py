"""When consent goes, the receiver's access goes; when everything goes, nothing of it stays."""

from sqlalchemy import Select, delete, select, update

from outreach.access.intents import Intent
from outreach.audit.models import Difference
from outreach.conversations.models import Consent
from outreach.db import db
from outreach.handover.models import Handover, HandoverEvent
from outreach.handover.moving import move
from outreach.handover.states import OPEN, Deed, Party

HOUSEHOLD_SPEAKS = frozenset({Party.SENDER})


def withdraw_share(consent: Consent, intent: Intent) -> None:
    """They no longer share with this team: what it still holds is withdrawn."""
    rows = _of_household(consent.household_id).where(Handover.team_id == consent.team_id)
    _withdraw(rows, intent)


def withdraw_note(household_id: str, intent: Intent) -> None:
    """They no longer let us write: what was written goes, and what is still open is withdrawn."""
    rows = _of_household(household_id)
    _withdraw(rows, intent)
    ids = rows.with_only_columns(Handover.id)
    _forget_differences(household_id)
    db.session.execute(
        update(HandoverEvent)
        .where(HandoverEvent.handover_id.in_(ids))
        .values(words="", feedback="")
        .execution_options(synchronize_session="fetch")
    )
    for handover in db.session.scalars(rows):
        handover.why, handover.domains = "", []
    db.session.flush()


def discard(household_id: str) -> None:
    """Throw away a household's hand-overs with all that happened to them."""
    _forget_differences(household_id)
    ids = _of_household(household_id).with_only_columns(Handover.id)
    db.session.execute(delete(HandoverEvent).where(HandoverEvent.handover_id.in_(ids)))
    db.session.execute(delete(Handover).where(Handover.household_id == household_id))


def _of_household(household_id: str) -> Select[Handover]:
    return select(Handover).where(Handover.household_id == household_id)


def _withdraw(rows: Select[Handover], intent: Intent) -> None:
    open_ones = rows.where(Handover.state.in_(OPEN)).with_for_update()
    for handover in db.session.scalars(open_ones).all():
        move(handover, Deed.WITHDRAW, intent.actor.account_id, HOUSEHOLD_SPEAKS)


def _forget_differences(household_id: str) -> None:
    ids = list(db.session.scalars(_of_household(household_id).with_only_columns(Handover.id)))
    db.session.execute(delete(Difference).where(Difference.object_id.in_(ids)))

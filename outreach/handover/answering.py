"""The receiving team's side: opening, taking on, refusing, asking, closing."""

from sqlalchemy import update

from outreach.access.actor import Actor
from outreach.audit import trail
from outreach.db import db
from outreach.handover import scope
from outreach.handover.models import Handover
from outreach.handover.moving import move, record
from outreach.handover.states import Deed, HandoverMovedOn, State
from outreach.web.paging import first_or_404


def open_dossier(actor: Actor, handover_id: str) -> Handover:
    """Open one of the own team's; who looked is written down, and the first look marks it seen."""
    visible = scope.visible_handovers(actor).where(Handover.id == handover_id)
    # This is asked with a GET, which begins as a reader, and a reader that starts to write can
    # fail on SQLite. A transaction whose first statement writes waits its turn; and of two
    # colleagues who open at once, one row tells who was first.
    db.session.rollback()
    first_look = db.session.execute(
        update(Handover)
        .where(
            Handover.id.in_(visible.with_only_columns(Handover.id)),
            Handover.state == State.OFFERED,
            scope.still_shared(),
        )
        .values(state=State.SEEN)
        .returning(Handover.id)
        .execution_options(synchronize_session=False)
    ).first()
    handover = first_or_404(visible)
    if first_look:
        record(handover, actor.account_id)
    trail.note(handover.municipality_id, actor.account_id, "handover.open", "handover", handover.id)
    return handover


def accept(actor: Actor, handover_id: str) -> Handover:
    """Take it on: this coach becomes responsible."""
    handover = _at_hand(actor, handover_id)
    _do(actor, handover, Deed.ACCEPT)
    handover.coach_id = actor.account_id
    return handover


def refuse(actor: Actor, handover_id: str, reason: str, words: str) -> Handover:
    """Say no, and why; the volunteer reads both."""
    handover = _at_hand(actor, handover_id)
    _do(actor, handover, Deed.REFUSE, reason=reason, words=words)
    return handover


def ask(actor: Actor, handover_id: str, words: str) -> Handover:
    """Send it back with a question."""
    handover = _at_hand(actor, handover_id)
    _do(actor, handover, Deed.ASK, words=words)
    return handover


def close(actor: Actor, handover_id: str, outcome: str, words: str, feedback: str) -> Handover:
    """End it with an outcome; `feedback` reaches the volunteer only if the household allowed."""
    handover = _at_hand(actor, handover_id)
    _do(actor, handover, Deed.CLOSE, reason=outcome, words=words, feedback=feedback)
    return handover


def _at_hand(actor: Actor, handover_id: str) -> Handover:
    """The own team's hand-over, locked; raises NotFound, or HandoverMovedOn when sharing ended."""
    visible = scope.visible_handovers(actor).where(Handover.id == handover_id)
    handover = first_or_404(visible.with_for_update())
    shared = visible.where(scope.still_shared()).with_only_columns(Handover.id)
    if db.session.scalars(shared).first() is None:
        raise HandoverMovedOn
    return handover


def _do(
    actor: Actor,
    handover: Handover,
    deed: Deed,
    *,
    reason: str = "",
    words: str = "",
    feedback: str = "",
) -> None:
    parties = scope.parties_at_desk(actor, handover)
    move(handover, deed, actor.account_id, parties, reason=reason, words=words, feedback=feedback)

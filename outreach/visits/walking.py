"""A round's life after planning: published, walked, closed."""

from sqlalchemy import select

from outreach.access.actor import Actor
from outreach.access.intents import CannotApply, Intent
from outreach.audit import trail
from outreach.audit.differences import Effect
from outreach.clock import now
from outreach.db import db
from outreach.errors import Conflict
from outreach.visits.appointments import release_unrung
from outreach.visits.models import Round
from outreach.visits.scope import CLOSED, DRAFT, PUBLISHED


class RoundNotPublished(Conflict):
    """A draft is deleted, a closed round is closed."""

    code = "round-not-published"


def close_round(actor: Actor, round_: Round) -> Round:
    """Close a published round: corrections end, doors nobody rang are free for another round."""
    if round_.state != PUBLISHED:
        raise RoundNotPublished
    _close(round_, actor)
    return round_


def close_walked(intent: Intent) -> Effect:
    """The pair is done; the other phone of the pair may have said so already."""
    rows = select(Round).where(
        Round.municipality_id == intent.actor.municipality_id,
        Round.id == intent.dossier_id,
        Round.state != DRAFT,
    )
    round_ = db.session.scalars(rows.with_for_update()).first()
    if round_ is None:
        raise CannotApply("no-such-round")
    if round_.state == CLOSED:
        return Effect.MERGED
    _close(round_, intent.actor)
    return Effect.APPLIED


def _close(round_: Round, actor: Actor) -> None:
    round_.state = CLOSED
    round_.closed_at = now()
    db.session.flush()
    release_unrung(round_.id)
    trail.note(round_.municipality_id, actor.account_id, "round.close", "round", round_.id)

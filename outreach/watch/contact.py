"""Work at doors says where a pair is in its day: it checks them in, and it is a sign of life.

Sync tells what it applied. Only the pair's own work counts, on a round of today or one that is
still waited for; what somebody writes weeks later at the same household says nothing about today.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import exists, or_, select

from outreach.access.actor import Actor
from outreach.clock import now, today
from outreach.db import db
from outreach.visits.models import Round, Stop
from outreach.visits.scope import walked_rounds
from outreach.watch import keeping
from outreach.watch.models import RoundWatch

# These say what they mean for being out by themselves.
SPEAK_FOR_THEMSELVES = frozenset(
    {"round.start", "round.extend", "round.finish", "round.take_back", "help.call", "help.withdraw"}
)
CLOSES = "round.close"


def heard(actor: Actor, work: Collection[tuple[str, str]], at: datetime) -> None:
    """Somebody's phone brought this: kinds of work with the dossiers they are about."""
    told = {(kind, id_) for kind, id_ in work if kind not in SPEAK_FOR_THEMSELVES}
    if not told:
        return
    closed = {id_ for kind, id_ in told if kind == CLOSES}
    for round_ in _rounds(actor, {id_ for _, id_ in told}):
        watch = keeping.watch_of(round_)
        if watch is None:
            watch = keeping.begin(round_, at)
        else:
            keeping.wake(watch)
            keeping.heard(watch, round_, at)
        if round_.id in closed and watch.state == keeping.OUT:
            keeping.end(watch, at)
    db.session.flush()


def _rounds(actor: Actor, ids: Collection[str]) -> Collection[Round]:
    at_door = select(Stop.round_id).where(
        Stop.municipality_id == actor.municipality_id,
        or_(Stop.id.in_(ids), Stop.household_id.in_(ids)),
    )
    waited_for = exists().where(RoundWatch.round_id == Round.id, RoundWatch.state == keeping.OUT)
    rows = walked_rounds(actor).where(
        or_(Round.id.in_(ids), Round.id.in_(at_door)),
        or_(Round.date == today(), waited_for),
    )
    return db.session.scalars(rows.order_by(Round.id)).all()


def touched(municipality_id: str, dossier_id: str) -> None:
    """A person let something in at a door: its round's line is another, and nobody was heard."""
    rows = (
        select(Round)
        .join(Stop, Stop.round_id == Round.id)
        .where(Stop.municipality_id == municipality_id, Stop.id == dossier_id)
    )
    round_ = db.session.scalars(rows).first()
    if round_ is None:
        return
    watch = keeping.watch_of(round_)
    if watch is None:
        watch = keeping.begin(round_, now())
        keeping.rest(watch, now())
    watch.changes += 1

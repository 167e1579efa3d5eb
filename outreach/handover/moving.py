"""One step in a hand-over's life: the state, the event and the trail move together."""

from outreach.audit import trail
from outreach.clock import new_id, now
from outreach.db import db
from outreach.handover.models import Handover, HandoverEvent
from outreach.handover.states import Deed, Party, destination


def move(
    handover: Handover,
    deed: Deed,
    actor_id: str,
    parties: frozenset[Party],
    *,
    reason: str = "",
    words: str = "",
    feedback: str = "",
) -> None:
    """Do a deed; raises HandoverMovedOn or NotAllowed where the table has no such step."""
    handover.state = destination(handover.state, deed, parties)
    record(handover, actor_id, reason=reason, words=words, feedback=feedback)
    trail.note(handover.municipality_id, actor_id, f"handover.{deed}", "handover", handover.id)


def record(
    handover: Handover, actor_id: str, *, reason: str = "", words: str = "", feedback: str = ""
) -> None:
    """Write down the state that was reached."""
    db.session.add(
        HandoverEvent(
            id=new_id(),
            municipality_id=handover.municipality_id,
            handover_id=handover.id,
            actor_id=actor_id,
            state=handover.state,
            reason=reason,
            words=words,
            feedback=feedback,
            at=now(),
        )
    )
    db.session.flush()

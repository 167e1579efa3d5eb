"""Intents of phones about hand-overs; withdrawn consent to share or to note ends them."""

from collections.abc import Callable

from outreach.access.intents import About, Intent, Mutation, Writable
from outreach.access.roles import Permission
from outreach.audit.differences import Effect
from outreach.conversations.consenting import ON_NOTE_WITHDRAWN, ON_SHARE_WITHDRAWN
from outreach.handover import forgetting, offering, schemas
from outreach.handover.scope import writable_handovers
from outreach.plans.scope import writable_plans
from outreach.web.schemas import Schema


def _mutation(
    kind: str,
    body: Schema,
    writable: Writable,
    act: Callable[[Intent], Effect],
) -> Mutation:
    return Mutation(
        kind=kind,
        body=body,
        permission=Permission.TALK_RECORD,
        writable=writable,
        act=act,
        content=Permission.HANDOVER_OPEN,
        about=About.HOUSEHOLD,
    )


MUTATIONS: tuple[Mutation, ...] = (
    _mutation("handover.offer", schemas.OfferBody(), writable_plans, offering.offer),
    _mutation("handover.answer", schemas.AnswerBody(), writable_handovers, offering.answer),
    _mutation("handover.withdraw", schemas.WithdrawBody(), writable_handovers, offering.withdraw),
)

ON_SHARE_WITHDRAWN.append(forgetting.withdraw_share)
ON_NOTE_WITHDRAWN.append(forgetting.withdraw_note)

"""Intents of phones about hand-overs; withdrawn consent to share or to note ends them."""

from collections.abc import Callable

from outreach.access.intents import Intent, Mutation
from outreach.access.roles import Permission
from outreach.audit.differences import Effect
from outreach.conversations.consenting import ON_NOTE_WITHDRAWN, ON_SHARE_WITHDRAWN
from outreach.handover import forgetting, offering, schemas
from outreach.handover.scope import may_write_handover
from outreach.plans.scope import may_write_plan
from outreach.web.schemas import Schema


def _mutation(
    kind: str,
    body: Schema,
    may_write: Callable[[Intent], bool],
    act: Callable[[Intent], Effect],
) -> Mutation:
    return Mutation(kind, body, Permission.TALK_RECORD, may_write, act)


MUTATIONS: tuple[Mutation, ...] = (
    _mutation("handover.offer", schemas.OfferBody(), may_write_plan, offering.offer),
    _mutation("handover.answer", schemas.AnswerBody(), may_write_handover, offering.answer),
    _mutation("handover.withdraw", schemas.WithdrawBody(), may_write_handover, offering.withdraw),
)

ON_SHARE_WITHDRAWN.append(forgetting.withdraw_share)
ON_NOTE_WITHDRAWN.append(forgetting.withdraw_note)

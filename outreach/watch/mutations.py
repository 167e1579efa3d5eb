"""What phones may want about being out and about help."""

from outreach.access.intents import About, Mutation
from outreach.access.roles import Permission
from outreach.visits.schemas import NothingBody
from outreach.visits.scope import writable_rounds
from outreach.watch import calling, checking, schemas
from outreach.watch.scope import writable_calls

MUTATIONS: tuple[Mutation, ...] = (
    Mutation(
        kind="round.start",
        body=schemas.UntilBody(),
        permission=Permission.VISIT_RECORD,
        writable=writable_rounds,
        act=checking.start,
        content=Permission.ROUND_READ,
        about=About.NO_DOOR,
    ),
    Mutation(
        kind="round.extend",
        body=schemas.UntilBody(),
        permission=Permission.VISIT_RECORD,
        writable=writable_rounds,
        act=checking.extend,
        content=Permission.ROUND_READ,
        about=About.NO_DOOR,
    ),
    Mutation(
        kind="round.finish",
        body=NothingBody(),
        permission=Permission.VISIT_RECORD,
        writable=writable_rounds,
        act=checking.finish,
        content=Permission.ROUND_READ,
        about=About.NO_DOOR,
    ),
    Mutation(
        kind="round.take_back",
        body=schemas.TakeBackBody(),
        permission=Permission.VISIT_RECORD,
        writable=writable_rounds,
        act=checking.take_back,
        content=Permission.ROUND_READ,
        about=About.NO_DOOR,
    ),
    Mutation(
        kind="help.call",
        body=schemas.CallBody(),
        permission=Permission.VISIT_RECORD,
        writable=writable_calls,
        act=calling.call,
        content=Permission.ROUND_READ,
        about=About.NO_DOOR,
    ),
    Mutation(
        kind="help.withdraw",
        body=schemas.CallBody(),
        permission=Permission.VISIT_RECORD,
        writable=writable_calls,
        act=calling.withdraw,
        content=Permission.ROUND_READ,
        about=About.NO_DOOR,
    ),
)

"""What phones may want at doors and on rounds."""

from outreach.access.intents import About, Mutation
from outreach.access.roles import Permission
from outreach.visits import doors, recording, schemas, voucher_giving, voucher_schemas, walking
from outreach.visits.scope import writable_rounds, writable_stops

MUTATIONS: tuple[Mutation, ...] = (
    Mutation(
        kind="visit.record",
        body=schemas.VisitBody(),
        permission=Permission.VISIT_RECORD,
        writable=writable_stops,
        act=recording.record_visit,
        content=Permission.ROUND_READ,
        about=About.STOP,
        mendable=frozenset({"date", "day_part"}),
    ),
    Mutation(
        kind="door.notice",
        body=schemas.NoticeBody(),
        permission=Permission.VISIT_RECORD,
        writable=writable_stops,
        act=doors.set_notice,
        content=Permission.ROUND_READ,
        about=About.STOP,
    ),
    Mutation(
        kind="door.split",
        body=schemas.SplitBody(),
        permission=Permission.VISIT_RECORD,
        writable=writable_stops,
        act=doors.split_door,
        content=Permission.ROUND_READ,
        about=About.STOP,
    ),
    Mutation(
        kind="door.leave",
        body=schemas.LeaveBody(),
        permission=Permission.VISIT_RECORD,
        writable=writable_stops,
        act=doors.leave_door,
        content=Permission.ROUND_READ,
        about=About.STOP,
    ),
    Mutation(
        kind="round.close",
        body=schemas.NothingBody(),
        permission=Permission.VISIT_RECORD,
        writable=writable_rounds,
        act=walking.close_walked,
        content=Permission.ROUND_READ,
        about=About.NO_DOOR,
    ),
    Mutation(
        kind="voucher.give",
        body=voucher_schemas.GiveBody(),
        permission=Permission.VISIT_RECORD,
        writable=voucher_giving.writable_schemes,
        act=voucher_giving.give,
        content=Permission.ROUND_READ,
        about=About.NO_DOOR,
        mendable=frozenset({"date"}),
    ),
    Mutation(
        kind="voucher.take_back",
        body=voucher_schemas.TakeBackBody(),
        permission=Permission.VISIT_RECORD,
        writable=voucher_giving.writable_schemes,
        act=voucher_giving.take_back,
        content=Permission.ROUND_READ,
        about=About.NO_DOOR,
    ),
)

"""What phones may want at doors and on rounds."""

from outreach.access.intents import Mutation
from outreach.access.roles import Permission
from outreach.visits import doors, recording, schemas, walking
from outreach.visits.scope import writable_rounds, writable_stops

MUTATIONS: tuple[Mutation, ...] = (
    Mutation(
        kind="visit.record",
        body=schemas.VisitBody(),
        permission=Permission.VISIT_RECORD,
        writable=writable_stops,
        act=recording.record_visit,
    ),
    Mutation(
        kind="door.notice",
        body=schemas.NoticeBody(),
        permission=Permission.VISIT_RECORD,
        writable=writable_stops,
        act=doors.set_notice,
    ),
    Mutation(
        kind="door.split",
        body=schemas.SplitBody(),
        permission=Permission.VISIT_RECORD,
        writable=writable_stops,
        act=doors.split_door,
    ),
    Mutation(
        kind="door.leave",
        body=schemas.LeaveBody(),
        permission=Permission.VISIT_RECORD,
        writable=writable_stops,
        act=doors.leave_door,
    ),
    Mutation(
        kind="round.close",
        body=schemas.NothingBody(),
        permission=Permission.VISIT_RECORD,
        writable=writable_rounds,
        act=walking.close_walked,
    ),
)

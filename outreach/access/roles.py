"""Who may do what, on one page.

A role is a set of permissions; a route or a phone's mutation names one. *Whose* rows somebody sees
is said in each slice's `scope.py`, never here.
"""

from enum import StrEnum


class Role(StrEnum):
    """The people who sign in."""

    VOLUNTEER = "volunteer"
    MENTOR = "mentor"
    COORDINATOR = "coordinator"
    SUPERVISOR = "supervisor"
    WIJKCOACH = "wijkcoach"
    TEAM_LEAD = "team_lead"
    SAFEGUARDING_OFFICER = "safeguarding_officer"
    PRIVACY_OFFICER = "privacy_officer"
    ADMIN = "admin"
    PARTNER = "partner"


class Permission(StrEnum):
    """What can be done; `own.account` is for everyone who is signed in.

    `talk.open` and `handover.open`: what a household said, one thing at a time, for a reason that
    is written down. `volunteer.read`: what planning needs of somebody; `volunteer.write`: all of
    it; `volunteer.start`: whether they still walk with a mentor. `paper.print`: what goes along to
    the doors: walk lists, calling cards and badges.
    """

    OWN_ACCOUNT = "own.account"
    SYNC = "sync"
    VISIT_RECORD = "visit.record"
    TALK_RECORD = "talk.record"
    CONCERN_RAISE = "concern.raise"
    INCIDENT_RAISE = "incident.raise"
    MUNICIPALITY_READ = "municipality.read"
    MUNICIPALITY_WRITE = "municipality.write"
    ACCOUNT_READ = "account.read"
    ACCOUNT_WRITE = "account.write"
    ADDRESS_READ = "address.read"
    ADDRESS_IMPORT = "address.import"
    GUIDE_READ = "guide.read"
    VOLUNTEER_READ = "volunteer.read"
    VOLUNTEER_WRITE = "volunteer.write"
    VOLUNTEER_START = "volunteer.start"
    CAMPAIGN_READ = "campaign.read"
    CAMPAIGN_WRITE = "campaign.write"
    LETTER_READ = "letter.read"
    LETTER_WRITE = "letter.write"
    ROUND_READ = "round.read"
    ROUND_WRITE = "round.write"
    ROUND_WATCH = "round.watch"
    FIGURES_READ = "figures.read"
    DOOR_READ = "door.read"
    DOOR_DECIDE = "door.decide"
    CALL_ANSWER = "call.answer"
    DEBRIEF_READ = "debrief.read"
    INCIDENT_READ = "incident.read"
    INCIDENT_ANSWER = "incident.answer"
    NEEDS_YOU_READ = "needs_you.read"
    PLAN_PRINT = "plan.print"
    PAPER_PRINT = "paper.print"
    TALK_OPEN = "talk.open"
    HANDOVER_OPEN = "handover.open"
    CONCERN_READ = "concern.read"
    CONCERN_DECIDE = "concern.decide"
    HANDOVER_READ = "handover.read"
    HANDOVER_ANSWER = "handover.answer"
    DEBT_HELP_READ = "debt_help.read"
    DEBT_HELP_ANSWER = "debt_help.answer"
    QUARANTINE_READ = "quarantine.read"
    QUARANTINE_OPEN = "quarantine.open"
    DEVICE_READ = "device.read"
    DEVICE_REVOKE = "device.revoke"
    BREACH_READ = "breach.read"
    TRAIL_READ = "trail.read"


P = Permission
IN_THE_FIELD = {P.SYNC, P.VISIT_RECORD, P.TALK_RECORD, P.CONCERN_RAISE, P.INCIDENT_RAISE}
IN_A_TEAM = {P.HANDOVER_READ, P.HANDOVER_ANSWER, P.DEBT_HELP_READ, P.DEBT_HELP_ANSWER}

ROLES: dict[Role, frozenset[Permission]] = {
    Role.VOLUNTEER: frozenset({P.OWN_ACCOUNT, *IN_THE_FIELD}),
    Role.MENTOR: frozenset({P.OWN_ACCOUNT, *IN_THE_FIELD}),
    Role.COORDINATOR: frozenset(
        {
            P.OWN_ACCOUNT,
            P.MUNICIPALITY_READ,
            P.ACCOUNT_READ,
            P.ACCOUNT_WRITE,
            P.ADDRESS_READ,
            P.VOLUNTEER_READ,
            P.VOLUNTEER_WRITE,
            P.VOLUNTEER_START,
            P.CAMPAIGN_READ,
            P.LETTER_READ,
            P.ROUND_READ,
            P.ROUND_WATCH,
            P.FIGURES_READ,
            P.CALL_ANSWER,
            P.DOOR_READ,
            P.DEBRIEF_READ,
            P.INCIDENT_READ,
            P.INCIDENT_ANSWER,
            P.NEEDS_YOU_READ,
            P.PLAN_PRINT,
            P.PAPER_PRINT,
            P.TALK_OPEN,
            P.HANDOVER_OPEN,
            P.CONCERN_READ,
            P.CONCERN_DECIDE,
            P.QUARANTINE_READ,
            P.QUARANTINE_OPEN,
            P.DEVICE_READ,
            P.DEVICE_REVOKE,
        }
    ),
    Role.SUPERVISOR: frozenset(
        {
            P.OWN_ACCOUNT,
            P.MUNICIPALITY_READ,
            P.ADDRESS_READ,
            P.ADDRESS_IMPORT,
            P.GUIDE_READ,
            P.VOLUNTEER_READ,
            P.VOLUNTEER_START,
            P.CAMPAIGN_READ,
            P.CAMPAIGN_WRITE,
            P.LETTER_READ,
            P.LETTER_WRITE,
            P.ROUND_READ,
            P.ROUND_WRITE,
            P.PAPER_PRINT,
            P.ROUND_WATCH,
            P.FIGURES_READ,
            P.DOOR_READ,
            P.DOOR_DECIDE,
            P.INCIDENT_READ,
            P.INCIDENT_ANSWER,
            P.NEEDS_YOU_READ,
            P.CALL_ANSWER,
        }
    ),
    Role.WIJKCOACH: frozenset({P.OWN_ACCOUNT, P.MUNICIPALITY_READ, P.GUIDE_READ, *IN_A_TEAM}),
    Role.TEAM_LEAD: frozenset({P.OWN_ACCOUNT, P.MUNICIPALITY_READ, P.GUIDE_READ, *IN_A_TEAM}),
    Role.SAFEGUARDING_OFFICER: frozenset({P.OWN_ACCOUNT, P.CONCERN_READ}),
    Role.PRIVACY_OFFICER: frozenset(
        {
            P.OWN_ACCOUNT,
            P.MUNICIPALITY_READ,
            P.FIGURES_READ,
            P.DEVICE_READ,
            P.BREACH_READ,
            P.TRAIL_READ,
        }
    ),
    Role.ADMIN: frozenset(
        {
            P.OWN_ACCOUNT,
            P.MUNICIPALITY_READ,
            P.MUNICIPALITY_WRITE,
            P.ACCOUNT_READ,
            P.ACCOUNT_WRITE,
            P.ADDRESS_READ,
            P.ADDRESS_IMPORT,
            P.GUIDE_READ,
            P.DEVICE_READ,
            P.DEVICE_REVOKE,
        }
    ),
    Role.PARTNER: frozenset({P.OWN_ACCOUNT}),
}

# These roles read what households said. Whoever sets their password could read it too.
OPENS_DOSSIERS = frozenset(
    role for role, may in ROLES.items() if may & {P.HANDOVER_READ, P.CONCERN_READ}
)

# These roles work for the whole municipality; the others see their own districts or team.
EVERY_DISTRICT = frozenset(
    {Role.COORDINATOR, Role.SAFEGUARDING_OFFICER, Role.PRIVACY_OFFICER, Role.ADMIN}
)

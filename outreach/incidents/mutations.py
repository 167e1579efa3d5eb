"""What phones may want: to tell of an incident, and to be called after a heavy talk."""

from outreach.access.intents import About, Mutation
from outreach.access.roles import Permission
from outreach.incidents.raising import own_dossiers, raise_incident, tell_of_heavy_talk
from outreach.incidents.schemas import HeavyTalkBody, RaiseBody

MUTATIONS: tuple[Mutation, ...] = (
    Mutation(
        kind="incident.raise",
        body=RaiseBody(),
        permission=Permission.INCIDENT_RAISE,
        writable=own_dossiers,
        act=raise_incident,
        content=Permission.INCIDENT_READ,
        about=About.NO_DOOR,
        mendable=frozenset({"date", "day_part"}),
    ),
    Mutation(
        kind="talk.was_heavy",
        body=HeavyTalkBody(),
        permission=Permission.INCIDENT_RAISE,
        writable=own_dossiers,
        act=tell_of_heavy_talk,
        content=Permission.DEBRIEF_READ,
        about=About.NO_DOOR,
        mendable=frozenset({"date"}),
    ),
)

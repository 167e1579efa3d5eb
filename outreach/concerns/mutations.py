"""What phones may want: to raise a concern. Nothing of it ever goes back to a phone."""

from outreach.access.intents import About, Mutation
from outreach.access.roles import Permission
from outreach.concerns.raising import own_dossiers, raise_concern
from outreach.concerns.schemas import RaiseBody

MUTATIONS: tuple[Mutation, ...] = (
    Mutation(
        kind="concern.raise",
        body=RaiseBody(),
        permission=Permission.CONCERN_RAISE,
        writable=own_dossiers,
        act=raise_concern,
        content=Permission.CONCERN_READ,
        about=About.NO_DOOR,
    ),
)

"""Every kind of mutation this server understands, gathered from the slices that act on them."""

from outreach.access.intents import Mutation
from outreach.concerns.mutations import MUTATIONS as CONCERNS
from outreach.conversations.mutations import MUTATIONS as CONVERSATIONS
from outreach.handover.mutations import MUTATIONS as HANDOVER
from outreach.incidents.mutations import MUTATIONS as INCIDENTS
from outreach.plans.mutations import MUTATIONS as PLANS
from outreach.sync.discarding import MUTATIONS as DISCARDING
from outreach.sync.settling import MUTATIONS as SETTLING
from outreach.visits.mutations import MUTATIONS as VISITS
from outreach.watch.mutations import MUTATIONS as WATCH

CATALOGUE: dict[str, Mutation] = {
    mutation.kind: mutation
    for mutation in (
        *VISITS,
        *CONVERSATIONS,
        *PLANS,
        *CONCERNS,
        *INCIDENTS,
        *HANDOVER,
        *WATCH,
        *DISCARDING,
        *SETTLING,
    )
}

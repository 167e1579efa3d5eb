"""A worry is a dossier of its own, which no phone holds: who raised it may add to it."""

from tests.sync.oracle.world import Aside, Concern, Said, World


def raise_concern(world: World, said: Said) -> str:
    """The facts, at no address or at one that is known here: phones make up none."""
    body = said.body
    if said.dossier != body["concern_id"]:
        raise Aside("no-right")
    concern = world.concerns.get(said.dossier)
    if concern is None:
        if body["address_id"] is not None:
            raise Aside("unknown-address")
        world.concerns[said.dossier] = Concern(said.author, [body["facts"]])
        return "applied"
    if concern.by != said.author:
        raise Aside("id-in-use")
    concern.facts.append(body["facts"])
    return "merged"

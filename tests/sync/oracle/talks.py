"""What is said in a talk: notes, answers, and how to reach somebody."""

from tests.sync.oracle import consents
from tests.sync.oracle.differing import change, strongest
from tests.sync.oracle.world import (
    CONTACT,
    HEALTH,
    Aside,
    Gone,
    Household,
    Note,
    Said,
    Talk,
    World,
)


def open_talk(world: World, said: Said) -> str:
    """The first of a pair makes the talk; the second joins it, its recorder corrects it."""
    body = said.body
    stop = world.stops.get(body["stop_id"])
    if stop is None:
        raise Aside("unknown-stop")
    if (stop.household, stop.conversation) != (said.dossier, body["conversation_id"]):
        raise Aside("not-the-reserved-ids")
    household = world.households.get(said.dossier)
    if household is not None:
        own = household.talk.recorder == said.author
        if own and consents.standing(household, "note") is None:
            household.talk.noted = body["noted"]
        return "merged"
    talk = Talk(body["conversation_id"], stop.id, said.author, body["noted"])
    world.households[said.dossier] = Household(said.dossier, talk)
    return "applied"


def close_talk(world: World, said: Said) -> str:
    """The talk is over."""
    talk = world.talk_of(said)
    if talk.state != "open":
        return "merged"
    talk.state = "closed"
    return "applied"


def add_note(world: World, said: Said) -> str:
    """A note; under an id that is known already it is another text for that one."""
    talk, body = world.talk_of(said), said.body
    household = world.households[said.dossier]
    consents.require_note(household, said)
    _refuse_forgotten(world, said)
    consents.require_domain(household, body["domain"], said)
    note = talk.notes.get(body["note_id"])
    if note is not None:
        consents.require_domain(household, note.domain, said)
        return _other_text(world, said, note, None)
    talk.notes[body["note_id"]] = Note(body["domain"], body["position"], body["text"])
    return "applied"


def amend_note(world: World, said: Said) -> str:
    """Another text; what it said stays readable."""
    _refuse_forgotten(world, said)
    household = world.households.get(said.dossier)
    note = household.talk.notes.get(said.body["note_id"]) if household else None
    if not household or not note:
        if household:
            consents.require_note(household, said)
            if consents.standing(household, "health") is not None:
                consents.require_domain(household, HEALTH, said)
        raise Aside("unknown-note")
    consents.require_note(household, said)
    consents.require_domain(household, note.domain, said)
    return _other_text(world, said, note, said.body["from"])


def _refuse_forgotten(world: World, said: Said) -> None:
    if (said.dossier, "note", said.body["note_id"]) in world.forgotten:
        raise Gone


def _other_text(world: World, said: Said, note: Note, came_from: str | None) -> str:
    where = (("note", said.body["note_id"]), "text")
    before = note.text
    note.text, effect = change(world, said, before, where, said.body["text"], came_from)
    if note.text != before:
        note.originals.append(before)
    return effect


def remove_note(world: World, said: Said) -> str:
    """*Haal dit weg*: gone for good, also what waits to become of it, also before it came."""
    id_ = said.body["note_id"]
    if (said.dossier, "note", id_) in world.forgotten:
        return "merged"
    consents.forget_notes(world, said.dossier, [id_])
    about = [k for k in world.kept if k.said.dossier == said.dossier]
    world.forget_kept([k for k in about if k.said.body.get("note_id") == id_])
    world.tell(said.dossier, "note", id_)
    return "applied"


def assess(world: World, said: Said) -> str:
    """One of five answers for a life domain."""
    talk, body = world.talk_of(said), said.body
    household, domain = world.households[said.dossier], said.body["domain"]
    consents.require_note(household, said)
    consents.require_domain(household, domain, said)
    if domain not in talk.answers:
        talk.answers[domain] = body["answer"]
        return "applied"
    where = (("assessment", f"{household.id} {domain}"), domain)
    talk.answers[domain], effect = change(
        world, said, talk.answers[domain], where, body["answer"], body["from"]
    )
    return effect


def set_contact(world: World, said: Said) -> str:
    """How to reach them: the recorder corrects, the other of the pair adds beside."""
    talk, body = world.only_talk(said), said.body
    household = world.households[said.dossier]
    consents.require(household, "contact", said)
    about = ("household", household.id)
    knows = (
        not household.contact["contact_channel"]
        or talk.recorder == said.author
        or any(d.by == said.author for d in world.open_differences(about))
    )
    values = (body["called_name"], body["channel"], body["value"], body["when"])
    effects = []
    for name, value in zip(CONTACT, (*values, body["voicemail_ok"]), strict=True):
        stands = household.contact[name]
        came_from = stands if knows else None
        household.contact[name], effect = change(
            world, said, stands, (about, name), value, came_from
        )
        effects.append(effect)
    return strongest(effects)

"""What phones may want of a talk."""

from collections.abc import Callable

from marshmallow import Schema

from outreach.access.intents import About, Intent, Mutation
from outreach.access.roles import Permission
from outreach.audit.differences import Effect
from outreach.conversations import (
    assessing,
    consenting,
    debriefing,
    debt_help,
    noting,
    opening,
    reaching,
    schemas,
)
from outreach.conversations.scope import writable_households
from outreach.visits.scope import writable_stops

# What was agreed to is never filled in by who was not there.
EVIDENCE = ("given", "purpose", "how", "consent_text_id", "language", "team_id")


def _talk(
    kind: str,
    body: Schema,
    act: Callable[[Intent], Effect],
    mendable: tuple[str, ...] = (),
    never_mendable: tuple[str, ...] = (),
) -> Mutation:
    return Mutation(
        kind=kind,
        body=body,
        permission=Permission.TALK_RECORD,
        writable=writable_households,
        act=act,
        content=Permission.TALK_OPEN,
        about=About.HOUSEHOLD,
        mendable=frozenset(mendable),
        never_mendable=frozenset(never_mendable),
    )


MUTATIONS: tuple[Mutation, ...] = (
    _talk("conversation.open", schemas.OpenBody(), opening.open_conversation, ("date",)),
    _talk("conversation.close", schemas.ConversationBody(), opening.close_conversation),
    _talk("consent.record", schemas.ConsentBody(), consenting.record_consent, (), EVIDENCE),
    _talk("consent.withdraw", schemas.WithdrawBody(), consenting.withdraw_consent),
    _talk("contact.set", schemas.ContactBody(), reaching.set_contact),
    _talk("domain.assess", schemas.AssessBody(), assessing.assess),
    _talk("advice.set", schemas.AdviceBody(), assessing.set_advice),
    _talk("note.add", schemas.NoteBody(), noting.add_note),
    _talk("note.amend", schemas.AmendBody(), noting.amend_note),
    _talk("note.remove", schemas.RemoveBody(), noting.remove_note),
    _talk("debt_help.ask", schemas.DebtHelpBody(), debt_help.ask, ("asked_on",), ("pass_on",)),
    _talk("debt_help.drop", schemas.ConversationBody(), debt_help.drop),
    Mutation(
        kind="debrief.record",
        body=schemas.DebriefBody(),
        permission=Permission.VISIT_RECORD,
        writable=writable_stops,
        act=debriefing.record_debrief,
        content=Permission.DEBRIEF_READ,
        about=About.STOP,
        mendable=frozenset({"date"}),
    ),
)

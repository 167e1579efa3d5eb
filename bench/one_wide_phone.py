"""Gives a volunteer of the demo 1,000 households of 1.45 kB, and writes down what their phone gets.

A process of its own, with the server's settings in its environment; the server does not run yet.
"""

import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import delete, select

from bench.lifted import UNLIMITED
from outreach.access.actor import actor_of
from outreach.access.models import Account
from outreach.app import create_app
from outreach.campaigns.models import Campaign
from outreach.clock import new_id, now, today
from outreach.conversations.models import Assessment, Consent, Conversation, Note
from outreach.db import db
from outreach.sync import holdings
from outreach.territory.models import Address, Household
from outreach.visits.models import RoundMember

DOCUMENTS, BYTES = 1000, 1450
# Of the campaign's talks; each is noted, so that words may stand in it.
WORDS = Path(__file__).parents[1] / "frontend" / "src" / "session" / "words" / "dutch.txt"
DOMAINS = ("money_and_schemes", "social_contacts")


def fill(email: str, documents: int = DOCUMENTS) -> list[dict[str, object]]:
    """So many talks of today for this volunteer and no round; gives every dossier of the phone."""
    holdings.MOST_HOUSEHOLDS = UNLIMITED
    volunteer = db.session.scalars(select(Account).where(Account.email == email)).one()
    db.session.execute(delete(RoundMember).where(RoundMember.account_id == volunteer.id))
    notes = _talks(volunteer, documents)
    db.session.commit()
    _fill_up(volunteer, notes)
    db.session.commit()
    return [
        {"_id": held.id, "kind": held.kind, "version": held.version, "body": held.body}
        for held in holdings.holdings_of(actor_of(volunteer))
    ]


def _talks(volunteer: Account, count: int) -> dict[str, Note]:
    """Households with one noted talk each; gives their notes by household, still empty."""
    campaign = db.session.scalars(select(Campaign)).one()
    addresses = list(db.session.scalars(select(Address).order_by(Address.id)))
    notes: dict[str, Note] = {}
    for number in range(count):
        household_id, talk_id = new_id(), new_id()
        for layer in _layers(
            campaign, volunteer, addresses[number % len(addresses)], household_id, talk_id
        ):
            db.session.add(layer)
            db.session.flush()
            if isinstance(layer, Note):
                notes[household_id] = layer
    return notes


def _layers(
    campaign: Campaign, volunteer: Account, address: Address, household_id: str, talk_id: str
) -> Iterator[Household | Conversation | Consent | Assessment | Note]:
    """One talk, what others name first."""
    here, at = campaign.municipality_id, now()
    texts = {"consent_text_id": campaign.consent_text_id}
    of_talk = {"municipality_id": here, "conversation_id": talk_id}
    arrived = {"made_at": at, "received_at": at}
    yield Household(id=household_id, municipality_id=here, address_id=address.id, created_at=at)
    yield Conversation(
        id=talk_id,
        municipality_id=here,
        household_id=household_id,
        campaign_id=campaign.id,
        recorder_id=volunteer.id,
        guide_id=campaign.guide_id,
        noted=True,
        state="open",
        date=today(),
        **texts,
        **arrived,
    )
    yield Consent(
        id=new_id(),
        household_id=household_id,
        purpose="note",
        given=True,
        language="nl",
        asked_by=volunteer.id,
        **of_talk,
        **texts,
        **arrived,
    )
    for domain in DOMAINS:
        yield Assessment(id=new_id(), domain=domain, answer="goes_well", **of_talk)
    yield Note(
        id=new_id(),
        domain=DOMAINS[0],
        position=0,
        text="",
        written_by=volunteer.id,
        **of_talk,
        **arrived,
    )


def _fill_up(volunteer: Account, notes: dict[str, Note]) -> None:
    """Words in every note until its dossier has its size."""
    source = random.Random(20260203)  # noqa: S311 - the same words every time
    words = WORDS.read_text(encoding="utf-8").split()
    for held in holdings.holdings_of(actor_of(volunteer)):
        if held.id in notes:
            room = BYTES - len(held.content.encode())
            text = " ".join(source.choices(words, k=room)).encode()
            notes[held.id].text = text[:room].decode(errors="ignore")


if __name__ == "__main__":
    with create_app().app_context():
        said = json.dumps(fill(sys.argv[1]), ensure_ascii=False)
    Path(sys.argv[2]).write_text(said, encoding="utf-8")

"""What waits in quarantine, how a coordinator opens and settles it, and what brings it there."""

from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select

from outreach.clock import new_id, today
from outreach.db import db
from outreach.sync.models import Quarantined
from tests.factories.phone import Phone
from tests.factories.town import Town

WORDS = "Drie brieven van de woningcorporatie"


def open_kept(client: FlaskClient, headers: dict[str, str], kept: Quarantined) -> dict[str, Any]:
    where = f"/v1/quarantine/{kept.id}/opening"
    content: dict[str, Any] = client.post(
        where, headers=headers, json={"reason": "nagaan"}
    ).get_json()
    return content


def settle(client: FlaskClient, headers: dict[str, str], kept: Quarantined, **body: Any) -> Any:
    """Read first, as who lets it in must have done."""
    said = {"decision": "apply", "reason": "gebeld met Anna"} | body
    if said["decision"] == "apply":
        open_kept(client, headers, kept)
    return client.post(f"/v1/quarantine/{kept.id}/settlement", headers=headers, json=said)


def kept_of(kind: str) -> Quarantined:
    return db.session.scalars(select(Quarantined).where(Quarantined.kind == kind)).one()


def talk_at_a_door_that_is_gone(phone: Phone, town: Town) -> str:
    """A talk with a note, under ids that no stop reserves; gives the household's id."""
    household_id, conversation_id = new_id(), new_id()
    talk = {"conversation_id": conversation_id}
    text = {"consent_text_id": town.consent_text.id}
    opened = {"stop_id": new_id(), "guide_id": town.guide.id, "noted": True}
    given = {"consent_id": new_id(), "purpose": "note", "given": True, "team_id": None}
    note = {"note_id": new_id(), "domain": "", "position": 0, "text": WORDS}
    phone.write(household_id, "conversation.open", **talk, **text, **opened, date=str(today()))
    phone.write(
        household_id, "consent.record", **talk, **text, **given, language="nl", how="spoken"
    )
    phone.write(household_id, "note.add", **talk, **note)
    phone.sync()
    return household_id


def visit_at(phone: Phone, town: Town, **changes: Any) -> None:
    body = {"outcome": "not_home", "from": "", "details": {}, "day_part": "afternoon"}
    said = body | {"date": today().isoformat()} | changes
    phone.write(town.stops[0].id, "visit.record", **said)
    phone.sync()

"""Many mutations in one request come to the same as each in a request of its own."""

from collections.abc import Callable

import hypothesis.strategies as st
import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, example, given, settings
from sqlalchemy import event, select

from outreach.clock import new_id
from outreach.conversations.models import Assessment, Note
from outreach.db import db
from outreach.sync.models import Quarantined
from tests.factories.phone import Phone
from tests.factories.talks import Talk, make_talk
from tests.factories.town import Town, build_town

DOMAIN = "money_and_schemes"
# The ids of a talk by what they are: they outlive its rows.
Ids = dict[str, str]
Says = Callable[[Phone, Ids], str]


def _answers(answer: str) -> Says:
    def say(phone: Phone, ids: Ids) -> str:
        said = {"domain": DOMAIN, "answer": answer, "from_": None}
        return phone.write(
            ids["household"], "domain.assess", conversation_id=ids["conversation"], **said
        )

    return say


def _notes(phone: Phone, ids: Ids) -> str:
    said = {"domain": DOMAIN, "position": 0, "text": "De huur staat open."}
    where = {"note_id": ids["note"], "conversation_id": ids["conversation"]}
    return phone.write(ids["household"], "note.add", **where, **said)


def _takes_out(phone: Phone, ids: Ids) -> str:
    return phone.write(ids["household"], "note.remove", note_id=ids["note"])


def _withdraws(phone: Phone, ids: Ids) -> str:
    return phone.write(ids["household"], "consent.withdraw", consent_id=ids["consent"])


def _throws_away(phone: Phone, ids: Ids) -> str:
    return phone.write(ids["household"], "dossier.discard")


def _speaks_of_health(phone: Phone, ids: Ids) -> str:
    said = {"domain": "health_and_care", "answer": "goes_well", "from_": None}
    return phone.write(
        ids["household"], "domain.assess", conversation_id=ids["conversation"], **said
    )


def _does_not_fit(phone: Phone, ids: Ids) -> str:
    return phone.write(ids["household"], "domain.assess", domain=DOMAIN)


def _is_newer(phone: Phone, ids: Ids) -> str:
    return phone.write(ids["household"], "talk.sing", song="Wilhelmus")


SAYINGS: dict[str, Says] = {
    "well": _answers("goes_well"),
    "help": _answers("help_wanted"),
    "note": _notes,
    "take out": _takes_out,
    "withdraw": _withdraws,
    "throw away": _throws_away,
    "health": _speaks_of_health,
    "unfit": _does_not_fit,
    "newer": _is_newer,
}


def _outcomes(phone: Phone, written: list[str]) -> list[tuple[str, str]]:
    return [(phone.outcomes[id_]["outcome"], phone.outcomes[id_]["code"]) for id_ in written]


def _ids(talk: Talk) -> Ids:
    return {
        "household": talk.id,
        "conversation": talk.conversation.id,
        "consent": talk.consents["note"].id,
        "note": new_id(),
    }


def _left(ids: Ids) -> tuple[list[str], list[str], list[tuple[str, str]]]:
    """Answers, notes, and what waits of this talk."""
    here = ids["conversation"]
    answers = select(Assessment.answer).where(Assessment.conversation_id == here)
    notes = select(Note.text).where(Note.conversation_id == here)
    aside = select(Quarantined.kind, Quarantined.reason).where(
        Quarantined.dossier_id == ids["household"]
    )
    waits = [(kind, reason) for kind, reason in db.session.execute(aside)]
    return list(db.session.scalars(answers)), list(db.session.scalars(notes)), sorted(waits)


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@example(["note", "unfit", "well", "newer", "note"])
@example(["note", "withdraw", "note", "well"])
@example(["unfit", "throw away", "note", "throw away"])
@given(st.lists(st.sampled_from(sorted(SAYINGS)), min_size=1, max_size=8))
def test_one_request_of_many_comes_to_what_many_of_one_do(
    client: FlaskClient, sayings: list[str]
) -> None:
    town = build_town()
    phone = Phone(client, town.person("volunteer"))
    came = []
    for place, at_once in ((0, True), (1, False)):
        ids = _ids(make_talk(town, place))
        phone.sync()
        written = []
        for saying in sayings:
            written.append(SAYINGS[saying](phone, ids))
            if not at_once:
                phone.sync()
        phone.sync()
        came.append((_outcomes(phone, written), _left(ids)))
    assert came[0] == came[1]


@pytest.fixture
def phone(client: FlaskClient, town: Town) -> Phone:
    return Phone(client, town.person("volunteer"))


def test_what_fits_costs_no_way_back_for_each(phone: Phone, town: Town) -> None:
    ids = _ids(make_talk(town))
    phone.sync()
    for saying in ("well", "help", "note"):
        SAYINGS[saying](phone, ids)
    assert _savepoints(phone) == 0
    SAYINGS["well"](phone, ids)
    SAYINGS["health"](phone, ids)
    assert _savepoints(phone) == 2


def _savepoints(phone: Phone) -> int:
    counted = []

    def count(*_: object) -> None:
        counted.append(1)

    event.listen(db.engine, "savepoint", count)
    try:
        phone.sync()
    finally:
        event.remove(db.engine, "savepoint", count)
    return len(counted)

"""The account of a run: what the phones believe beside what stands in the tables."""

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from sqlalchemy import select

from outreach.audit.models import Difference
from outreach.concerns.models import Concern
from outreach.conversations.models import Assessment, Note
from outreach.db import db
from outreach.sync.models import Mutation
from outreach.visits.models import ContactAttempt, DoorNotice, Stop

# Every text that a phone of a run writes ends in one of these, and each is written once.
MARK = re.compile(r"phone\d+-\d+\.")
HAD_EFFECT = {"applied", "merged"}
# What one phone says, as frontend/test/faults/phone.ts answers `rest`.
Rested = dict[str, Any]


@dataclass
class Account:
    """All that must be nothing, and how much there was. Each fault is a sentence for a person.

    `lost`: acknowledged and not in the database; `doubled`: its effect stands there twice;
    `unheard`: taken for arrived though no whole answer of ours said so; `waiting`: still not sent.
    """

    acknowledged: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    unheard: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    statuses: Counter[str] = field(default_factory=Counter)

    def faults(self) -> list[str]:
        """Empty when every promise was kept."""
        kinds = ("lost", "doubled", "unheard", "waiting", "wrong")
        return [f"{kind}: {one}" for kind in kinds for one in getattr(self, kind)]


@dataclass(frozen=True)
class Tables:
    """What stands in one municipality when all is at rest."""

    outcomes: dict[str, str]
    marks: Counter[str]
    differences: list[str]
    outcome_at: dict[str, str]
    notices_at: dict[str, list[str]]
    answers: dict[str, str]


def read(app: Flask, municipality: str) -> Tables:
    """Read the tables themselves, not through what answers phones."""
    with app.app_context():
        db.engine.dispose()  # the connections of before, if any, died with the database
        found = Tables(
            {row.id: row.outcome for row in _rows(Mutation, municipality)},
            Counter(MARK.findall(" ".join(_texts(municipality)))),
            [f"{row.object_kind} {row.field}" for row in _rows(Difference, municipality)],
            {row.stop_id: row.outcome for row in _rows(ContactAttempt, municipality)},
            _notices(municipality),
            {row.conversation_id: row.answer for row in _rows(Assessment, municipality)},
        )
        db.session.rollback()
    return found


def _rows(model: Any, municipality: str) -> list[Any]:
    return list(db.session.scalars(select(model).where(model.municipality_id == municipality)))


def _texts(municipality: str) -> list[str]:
    notes = [row.text for row in _rows(Note, municipality)]
    return notes + [row.facts for row in _rows(Concern, municipality)]


def _notices(municipality: str) -> dict[str, list[str]]:
    at: dict[str, list[str]] = {}
    for row in _rows(DoorNotice, municipality):
        at.setdefault(row.address_id, []).append(row.notice)
    stops = _rows(Stop, municipality)
    return {stop.id: sorted(at.get(stop.address_id, [])) for stop in stops}


def settle(rested: list[Rested], tables: Tables) -> Account:
    """Hold what every phone believes against the tables."""
    account = Account()
    made: set[str] = set()
    for phone in rested:
        account.acknowledged += len(phone["acknowledged"])
        account.waiting += phone["waiting"]
        account.unheard += phone["unheard"]
        account.wrong += [f"{one} was put aside" for one in phone["aside"]]
        account.statuses.update(phone["statuses"])
        account.lost += [id_ for id_ in phone["acknowledged"] if id_ not in tables.outcomes]
        made |= {*phone["acknowledged"], *phone["waiting"]}
        _look_at_doors(phone["said"], tables, account)
        _look_at_words(phone["said"]["marks"], tables, account)
    account.doubled += [f"a difference at {one}" for one in tables.differences]
    for id_, outcome in tables.outcomes.items():
        if id_ not in made:
            account.wrong.append(f"nobody says to have made {id_}")
        if outcome not in HAD_EFFECT:
            account.wrong.append(f"{id_} is {outcome}")
    return account


def _look_at_words(marks: list[str], tables: Tables, account: Account) -> None:
    for mark in marks:
        stands = tables.marks[mark]
        if stands == 0:
            account.lost.append(f"the words of {mark}")
        if stands > 1:
            account.doubled.append(f"the words of {mark}")


def _look_at_doors(said: dict[str, Any], tables: Tables, account: Account) -> None:
    for stop, door in said["doors"].items():
        stands = (tables.outcome_at.get(stop, ""), tables.notices_at[stop])
        if stands != (door["outcome"], door["notices"]):
            account.wrong.append(f"door {stop} is {stands}, said was {door}")
    for talk, answer in said["answers"].items():
        if tables.answers.get(talk) != answer:
            account.wrong.append(f"talk {talk}: {tables.answers.get(talk)}, said was {answer}")

"""What a campaign came to, counted from its doors while they are still known.

The unit is the door: two talks behind one front door are one. Of a door that was rung more often
the word that says most counts. These exact numbers go through `hiding` before anybody reads them.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, func, select

from outreach.campaigns.areas import doors_of
from outreach.campaigns.models import Campaign
from outreach.db import db
from outreach.handover.models import Handover
from outreach.insight.hiding import Shown, Split, shown, without_bounds
from outreach.letters.models import PrintedLetter, PrintRun
from outreach.plans.models import Plan
from outreach.visits.consequences import ALWAYS
from outreach.visits.models import ContactAttempt, Round, Stop
from outreach.visits.scope import DRAFT
from outreach.visits.words import DAY_PARTS, TALKS

# Counts of our own work: they say nothing about who lives there, and others know them too.
WORK = ("letters", "doors", "rounds", "rung", *(f"tries.{part}" for part in DAY_PARTS))
DAY_PART_SPLITS = tuple(
    Split(f"tries.{part}", (f"opened.{part}", f"missed.{part}")) for part in DAY_PARTS
)
SPLITS = (
    Split("rung", ("reached", "not_reached")),
    Split("reached", ("talk", "refused", "spoke_briefly", "later", "other")),
    Split("talk", ("plan", "no_plan")),
    Split("talk", ("handover", "no_handover")),
    Split("refused", ("refused_this_time", "refused_always")),
    *DAY_PART_SPLITS,
)
NAMES = (*WORK, *dict.fromkeys(name for split in SPLITS for name in split.parts))
# A door at which several words fell counts under the first of these.
WORDS = ("refused", "spoke_briefly", "later")

Counts = dict[str, int]


def readable(counts: Counts) -> Shown:
    """The counts of a campaign as anybody may read them: None where a number is hidden."""
    found = shown(counts, SPLITS, WORK)
    parts = [part for part in DAY_PARTS if counts[f"tries.{part}"]]
    bounds = (("reached", "opened"), ("not_reached", "missed"))
    if not all(
        without_bounds(found, part, [f"{piece}.{day_part}" for day_part in parts])
        for part, piece in bounds
    ):
        found |= {name: None for split in DAY_PART_SPLITS for name in split.parts}
    return found


def count(campaign: Campaign) -> Counts:
    """Every figure by its name, exact: for `readable` only."""
    attempts = _attempts(campaign)
    found = Counter(dict.fromkeys(NAMES, 0))
    found["letters"] = _letters(campaign)
    found["doors"] = doors_of([campaign.area_id]).get(campaign.area_id, 0)
    found["rounds"] = _number_of(Round, Round.campaign_id == campaign.id, Round.state != DRAFT)
    for attempt in attempts:
        found[f"tries.{attempt.day_part}"] += 1
        found[f"{'opened' if attempt.reached else 'missed'}.{attempt.day_part}"] += 1
    planned, handed_over = _doors_with_plan(campaign), _doors_handed_over(campaign)
    for door, rung in _by_door(attempts).items():
        found.update(_of_door(rung, planned=door in planned, handed_over=door in handed_over))
    return dict(found)


def _of_door(rung: Sequence[Any], *, planned: bool, handed_over: bool) -> Collection[str]:
    """The figures in which this door counts, once each."""
    if not any(attempt.reached for attempt in rung):
        return ("rung", "not_reached")
    word = _word({attempt.outcome for attempt in rung})
    names = ["rung", "reached", word]
    if word == "talk":
        names += ["plan" if planned else "no_plan", "handover" if handed_over else "no_handover"]
    if word == "refused":
        always = any(attempt.details == ALWAYS for attempt in rung if attempt.outcome == word)
        names.append("refused_always" if always else "refused_this_time")
    return names


def _word(outcomes: Collection[str]) -> str:
    if TALKS & set(outcomes):
        return "talk"
    return next((word for word in WORDS if word in outcomes), "other")


def _attempts(campaign: Campaign) -> list[Any]:
    rows = select(
        ContactAttempt.address_id,
        ContactAttempt.day_part,
        ContactAttempt.outcome,
        ContactAttempt.reached,
        ContactAttempt.details,
    ).where(ContactAttempt.campaign_id == campaign.id, ContactAttempt.outcome != "")
    return list(db.session.execute(rows))


def _by_door(attempts: Sequence[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for attempt in attempts:
        found[attempt.address_id].append(attempt)
    return found


def _letters(campaign: Campaign) -> int:
    rows = (
        select(func.count(PrintedLetter.address_id.distinct()))
        .join(PrintRun, PrintRun.id == PrintedLetter.print_run_id)
        .where(PrintRun.campaign_id == campaign.id, PrintRun.sent_on.is_not(None))
    )
    return db.session.scalar(rows) or 0


def _number_of(table: type[Any], *conditions: ColumnElement[bool]) -> int:
    return db.session.scalar(select(func.count()).select_from(table).where(*conditions)) or 0


def _doors_with_plan(campaign: Campaign) -> set[str]:
    return _doors(campaign, select(Plan.conversation_id))


def _doors_handed_over(campaign: Campaign) -> set[str]:
    return _doors(campaign, select(Handover.conversation_id).where(Handover.state != "withdrawn"))


def _doors(campaign: Campaign, conversation_ids: Any) -> set[str]:
    rows = (
        select(Stop.address_id)
        .join(Round, Round.id == Stop.round_id)
        .where(Round.campaign_id == campaign.id, Stop.conversation_id.in_(conversation_ids))
    )
    return set(db.session.scalars(rows))

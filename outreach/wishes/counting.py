"""How many doors chose what, for the desk, and what of that stays when the doors are forgotten.

Reasons are words of single doors: a group of fewer than ten is never shown, nor can it be found by
subtraction.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, func, select

from outreach.campaigns.models import Campaign
from outreach.clock import new_id, now
from outreach.db import db
from outreach.territory.models import DoorHold
from outreach.wishes.models import CallRequest, DoorWish, WishCount
from outreach.wishes.scope import CALLS_KEPT
from outreach.wishes.words import ANOTHER_TIME, PARTS, RATHER_NOT

FEWEST = 10
PART, REASON = "part_", "reason_"
WISHES_KEPT = timedelta(days=30)


def counts_of(campaign: Campaign) -> dict[str, Any]:
    """Doors that asked for another time (and for which part), that rather not, calls that wait.

    `reasons`: those with ten doors or more; `other_reasons`: the doors of all others together.
    """
    counts = _counts(campaign.id) + _kept(campaign.id)
    reasons = {word: n for word, n in counts.items() if word.startswith(REASON)}
    shown, together = without_small({w.removeprefix(REASON): n for w, n in reasons.items()})
    return {
        "another_time": counts[ANOTHER_TIME],
        "day_parts": {part: counts[PART + part] for part in PARTS},
        "rather_not": counts[RATHER_NOT],
        "reasons": shown,
        "other_reasons": together,
        "calls": _calls(campaign.id),
    }


def without_small(counts: Mapping[str, int]) -> tuple[dict[str, int], int]:
    """Counts of ten and more, and the sum of the others, which is 0 or ten and more too.

    Small ones are put together, with the smallest of the larger ones while they are still few.
    """
    ordered = sorted((n, word) for word, n in counts.items() if n)
    together, place = 0, 0
    while place < len(ordered) and (ordered[place][0] < FEWEST or 0 < together < FEWEST):
        together += ordered[place][0]
        place += 1
    shown = {word: n for n, word in ordered[place:]}
    return shown, together if together >= FEWEST else 0


def keep_counts(campaign: Campaign) -> int:
    """Forget the wishes of a campaign and keep how often each word was chosen; says how many."""
    found, kept = _counts(campaign.id), _kept_rows(campaign.id)
    for word, count in sorted(found.items()):
        if word in kept:
            kept[word].count += count
            continue
        db.session.add(
            WishCount(
                id=new_id(),
                municipality_id=campaign.municipality_id,
                campaign_id=campaign.id,
                word=word,
                count=count,
            )
        )
    wishes = list(db.session.scalars(select(DoorWish.id).where(_of(campaign.id))))
    db.session.execute(delete(DoorHold).where(DoorHold.id.in_(wishes)))
    db.session.execute(delete(DoorWish).where(_of(campaign.id)))
    return len(wishes)


def _of(campaign_id: str) -> Any:
    return DoorWish.campaign_id == campaign_id


def _counts(campaign_id: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for wish in db.session.scalars(select(DoorWish).where(_of(campaign_id))):
        found[wish.choice] += 1
        found.update(PART + part for part in wish.day_parts)
        if wish.reason:
            found[REASON + wish.reason] += 1
    return found


def _kept_rows(campaign_id: str) -> dict[str, WishCount]:
    rows = select(WishCount).where(WishCount.campaign_id == campaign_id)
    return {row.word: row for row in db.session.scalars(rows)}


def _kept(campaign_id: str) -> Counter[str]:
    return Counter({word: row.count for word, row in _kept_rows(campaign_id).items()})


def _calls(campaign_id: str) -> int:
    rows = select(func.count()).where(
        CallRequest.campaign_id == campaign_id,
        CallRequest.done_at.is_(None),
        CallRequest.asked_at > now() - CALLS_KEPT,
    )
    return db.session.scalar(rows) or 0

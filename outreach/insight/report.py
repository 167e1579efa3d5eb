"""One page for the alderman: plain sentences, of the figures that may be read and no other."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from outreach.access.models import District, Municipality
from outreach.campaigns.models import Campaign
from outreach.db import db
from outreach.documents.pdf import render_pdf
from outreach.errors import Conflict
from outreach.insight.figures import best_day_part, kept_figures
from outreach.insight.hiding import Shown
from outreach.visits.words import DAY_PARTS

DUTCH = "nl"
# In this order: of talks, of refusals.
AFTER_A_TALK = ("plan", "handover")


class NoFiguresYet(Conflict):
    """A campaign that runs came to nothing yet, and one that was forgotten before never will."""

    code = "no-figures-yet"


class Sentence(NamedTuple):
    """A text of `documents.report.<key>`, and what fills it in."""

    key: str
    params: dict[str, int]


class Bar(NamedTuple):
    """One bar of the drawing: the word of a day part, of each hundred how many opened."""

    day_part: str
    percent: int


def share(part: int, whole: int) -> int:
    """Whole per cents; a half goes up."""
    return (200 * part + whole) // (2 * whole)


def report_pdf(campaign: Campaign, language: str = DUTCH) -> bytes:
    """The page as a tagged PDF, A4. Raises NoFiguresYet."""
    found = kept_figures(campaign)
    if not found:
        raise NoFiguresYet
    return render_pdf(
        "report.html",
        language,
        campaign=campaign,
        municipality=db.session.get_one(Municipality, campaign.municipality_id).name,
        district=db.session.get_one(District, campaign.district_id).name,
        work=list(_work(found)),
        came_of_it=list(_came_of_it(found)),
        bars=list(_bars(found)),
        best=best_day_part(found),
        hides=any(found.get(name) is None for name in _told(found)),
    )


def _work(found: Shown) -> Iterator[Sentence]:
    """What was done: counts of our own work."""
    letters, rung, rounds = (found.get(name) or 0 for name in ("letters", "rung", "rounds"))
    if letters:
        yield Sentence("letters", {"count": letters})
    key = "rung_once" if rounds == 1 else "rung"
    yield Sentence(key, {"count": rung, "rounds": rounds})


def _came_of_it(found: Shown) -> Iterator[Sentence]:
    """What came of it. Of a hidden number only the first two are said to be hidden."""
    rung, reached, talk = found.get("rung"), found.get("reached"), found.get("talk")
    if reached is None or not rung:
        yield Sentence("reached_hidden", {})
        return
    yield Sentence("reached", {"count": reached, "percent": share(reached, rung)})
    if talk is None:
        yield Sentence("talk_hidden", {})
    else:
        yield Sentence("talk", {"count": talk})
    for name in (*AFTER_A_TALK, "refused", "later"):
        count = found.get(name)
        if count is not None:
            yield Sentence(name, {"count": count})


def _bars(found: Shown) -> Iterator[Bar]:
    for part in DAY_PARTS:
        opened, tries = found.get(f"opened.{part}"), found.get(f"tries.{part}")
        if opened is not None and tries:
            yield Bar(part, share(opened, tries))


def _told(found: Shown) -> list[Any]:
    """The figures this page speaks of, of things that happened at all."""
    names: list[str] = ["reached", "talk", *AFTER_A_TALK, "refused", "later"]
    return names + [f"opened.{part}" for part in DAY_PARTS if found.get(f"tries.{part}")]

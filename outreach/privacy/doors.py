"""Doors and who went there: attempts, holds that are over, old rounds, debriefs, letters."""

from datetime import date, datetime, timedelta

from sqlalchemy import Select, exists, or_, select

from outreach.campaigns.models import Campaign
from outreach.clock import AMSTERDAM
from outreach.conversations.models import Debrief
from outreach.db import db
from outreach.dispatch.models import RoundPlan, RoundPlanStep
from outreach.letters.models import LetterCode, PrintedLetter, PrintRun
from outreach.privacy.deleting import delete_rows
from outreach.sync.models import Quarantined
from outreach.sync.quarantine import WAITING
from outreach.territory.models import DoorHold, Household
from outreach.visits import retention as visits
from outreach.visits.models import Round, RoundMember, Stop

LETTERS_KEPT = timedelta(days=30)
PLANS_KEPT = timedelta(days=30)


def forget_doors(municipality_id: str, _before: datetime) -> int:
    """Forget who was in when; `visits` keeps the counts and knows when it is time."""
    rows = visits.campaigns_to_forget().where(Campaign.municipality_id == municipality_id)
    return sum(visits.forget_doors(campaign) for campaign in db.session.scalars(rows).all())


def forget_holds(municipality_id: str, before: datetime) -> int:
    """Delete holds that were lifted or whose term ended; one that stands is never touched."""
    over = or_(DoorHold.lifted_at < before, DoorHold.ends_on < _day(before))
    return delete_rows(DoorHold, municipality_id, over)


def forget_rounds(municipality_id: str, before: datetime) -> int:
    """Delete rounds with their pair and stops, unless a dossier or quarantine still needs one.

    Their attempts went 30 days after the campaign: `forget_doors` comes first.
    """
    ids = list(db.session.scalars(_needless_rounds(municipality_id, _day(before))))
    for table in (Stop, RoundMember):
        delete_rows(table, municipality_id, table.round_id.in_(ids))
    return delete_rows(Round, municipality_id, Round.id.in_(ids))


def _needless_rounds(municipality_id: str, day: date) -> Select[str]:
    of_round = Stop.round_id == Round.id
    # What waits in quarantine may be about a stop, its household or the round itself.
    waiting = Quarantined.state == WAITING
    at_stop = or_(Quarantined.dossier_id == Stop.id, Quarantined.dossier_id == Stop.household_id)
    return (
        select(Round.id)
        .join(Campaign, Campaign.id == Round.campaign_id)
        .where(
            Round.municipality_id == municipality_id,
            Campaign.ends_on < day,
            Round.date < day,
            ~exists().where(of_round, Household.id == Stop.household_id),
            ~exists().where(of_round, at_stop, waiting),
            ~exists().where(Quarantined.dossier_id == Round.id, waiting),
        )
    )


def forget_debriefs(municipality_id: str, before: datetime) -> int:
    """Delete debriefs after the call; without a call wanted, once the campaign is over too.

    Somebody who asked to be called stays until somebody calls.
    """
    campaign_runs = (
        select(Stop.id)
        .join(Round, Round.id == Stop.round_id)
        .join(Campaign, Campaign.id == Round.campaign_id)
        .where(Stop.id == Debrief.stop_id, Campaign.ends_on >= _day(before))
        .exists()
    )
    no_call_wanted = Debrief.call_me.is_(False) & (Debrief.received_at < before)
    called = Debrief.called_at < before
    return delete_rows(Debrief, municipality_id, called | (no_call_wanted & ~campaign_runs))


def forget_letters(municipality_id: str, before: datetime) -> int:
    """Delete the codes of a campaign and which doors got a letter; files go with the old files."""
    over = select(Campaign.id).where(
        Campaign.municipality_id == municipality_id, Campaign.ends_on < _day(before)
    )
    runs = select(PrintRun.id).where(PrintRun.campaign_id.in_(over))
    gone = delete_rows(PrintedLetter, municipality_id, PrintedLetter.print_run_id.in_(runs))
    return gone + delete_rows(LetterCode, municipality_id, LetterCode.campaign_id.in_(over))


def forget_plans(municipality_id: str, before: datetime) -> int:
    """Delete plans of rounds of a campaign that is over, with all that was undone in them."""
    over = select(Campaign.id).where(
        Campaign.municipality_id == municipality_id, Campaign.ends_on < _day(before)
    )
    plans = select(RoundPlan.id).where(RoundPlan.campaign_id.in_(over))
    delete_rows(RoundPlanStep, municipality_id, RoundPlanStep.round_plan_id.in_(plans))
    return delete_rows(RoundPlan, municipality_id, RoundPlan.campaign_id.in_(over))


def _day(instant: datetime) -> date:
    return instant.astimezone(AMSTERDAM).date()

"""What befell volunteers, vouchers, and lines of the list of what needs somebody."""

from datetime import timedelta
from typing import Any

from outreach.access.models import Account
from outreach.access.roles import Role
from outreach.campaigns.models import Campaign
from outreach.clock import new_id, now, today
from outreach.conversations.models import Debrief
from outreach.db import db
from outreach.incidents.models import Incident
from outreach.visits.voucher_models import VoucherScheme
from tests.contract.sweeping.ground import kept
from tests.contract.sweeping.places import Place
from tests.factories.volunteers import profile_of

CALLED = "called"
WITH_VOUCHERS = "with vouchers"


def make_incident(place: Place, _person: Account, state: str) -> str:
    """Somebody of this district met a dog."""
    called = now() if state == CALLED else None
    return kept(
        Incident(
            id=new_id(),
            municipality_id=place.municipality.id,
            reporter_id=place.people[Role.VOLUNTEER].id,
            district_id=place.district.id,
            kind="dog",
            date=today(),
            day_part="morning",
            facts=place.mark,
            made_at=now(),
            received_at=now(),
            called_at=called,
        )
    )


def make_answered_debrief(place: Place) -> str:
    """A volunteer who was called."""
    return kept(
        Debrief(
            id=new_id(),
            municipality_id=place.municipality.id,
            account_id=place.people[Role.VOLUNTEER].id,
            stop_id=None,
            feeling="heavy",
            call_me=True,
            date=today(),
            received_at=now(),
            called_at=now(),
            called_by=place.people[Role.COORDINATOR].id,
        )
    )


def make_scheme(campaign: Campaign) -> str:
    """Vouchers of a campaign."""
    return kept(
        VoucherScheme(
            id=new_id(),
            municipality_id=campaign.municipality_id,
            campaign_id=campaign.id,
            name="Tegoedbon",
            with_codes=True,
        )
    )


def put_off_body(place: Place, _thing_id: str) -> dict[str, Any]:
    """A line of this place that can wait: somebody whose certificate ended."""
    volunteer = place.somebody(Role.VOLUNTEER)
    profile_of(volunteer).certificate_expires_on = today() - timedelta(days=1)
    db.session.commit()
    return {"key": f"certificate:{volunteer.id}", "days": 1}

"""What is open now, as a desk shows it: whom to call, where they set out, and who calls already."""

from typing import Any

from sqlalchemy.orm import aliased

from outreach.access.actor import Actor
from outreach.access.models import Account, District
from outreach.campaigns.models import BaseLocation, Campaign
from outreach.db import db
from outreach.visits.models import Round
from outreach.watch import alerts, lines, scope
from outreach.watch.models import WatchAlert

CALLER, TAKER = aliased(Account), aliased(Account)


def open_now(actor: Actor) -> list[dict[str, Any]]:
    """All that is open for this person, help first and then the longest open."""
    rows = (
        scope.open_alerts(actor)
        .with_only_columns(
            WatchAlert,
            CALLER.name,
            CALLER.phone,
            TAKER.name,
            BaseLocation.name,
            District.name,
            lines.pair_of(WatchAlert.round_id, WatchAlert),
        )
        .outerjoin(CALLER, CALLER.id == WatchAlert.account_id)
        .outerjoin(TAKER, TAKER.id == WatchAlert.taken_by)
        .outerjoin(Round, Round.id == WatchAlert.round_id)
        .outerjoin(BaseLocation, BaseLocation.id == Round.base_location_id)
        .outerjoin(Campaign, Campaign.id == Round.campaign_id)
        .outerjoin(District, District.id == Campaign.district_id)
        .order_by(WatchAlert.kind != alerts.HELP, WatchAlert.raised_at, WatchAlert.id)
    )
    return [_shown(*row) for row in db.session.execute(rows)]


def _shown(
    alert: WatchAlert,
    caller: str | None,
    phone: str | None,
    taker: str | None,
    base: str | None,
    district: str | None,
    pair: str | None,
) -> dict[str, Any]:
    alone = [{"name": caller, "phone": phone or ""}] if caller else []
    return {
        "id": alert.id,
        "kind": alert.kind,
        "raised_at": alert.raised_at,
        "round_id": alert.round_id,
        "caller": caller or "",
        "pair": lines.people(pair) or alone,
        "base": base or "",
        "district": district or "",
        "taken_by": taker or "",
    }

"""Rounds at the desk: plan, publish, follow, close; and doors that wait for a decision."""

from typing import Any

from flask import Response

from outreach.access.actor import current_actor
from outreach.access.models import Account
from outreach.access.roles import Permission
from outreach.access.scope import volunteers_in
from outreach.campaigns.scope import visible_campaign
from outreach.territory.models import DoorHold
from outreach.visits import desk_schemas as schemas
from outreach.visits import (
    held_doors,
    holds,
    overview,
    rounds,
    scope,
    unsafe_doors,
    walk_lists,
    walking,
    wishes,
)
from outreach.visits.models import ContactAttempt, Round
from outreach.web.paging import Page, first_or_404, page
from outreach.web.routing import Routes
from outreach.web.schemas import AfterQuery, page_of

routes = Routes("visits", "Rounds, what came of each door, and doors that stay closed")


def _round(round_id: Any) -> Round:
    return first_or_404(scope.visible_rounds(current_actor()).where(Round.id == str(round_id)))


@routes.get(
    "/campaigns/<uuid:campaign_id>/volunteers",
    permission=Permission.ROUND_READ,
    query=AfterQuery(),
    answer=page_of(schemas.VolunteerOut, "VolunteerPage"),
)
def list_volunteers(query: dict[str, str], campaign_id: Any) -> Page[Account]:
    """Active volunteers of the campaign's district, by name."""
    rows = volunteers_in(current_actor(), visible_campaign(campaign_id).district_id)
    return page(rows, [Account.name, Account.id], query["after"])


@routes.get(
    "/campaigns/<uuid:campaign_id>/streets",
    permission=Permission.ROUND_READ,
    query=AfterQuery(),
    answer=page_of(schemas.StreetToDoOut, "CampaignStreetPage"),
)
def list_streets(query: dict[str, str], campaign_id: Any) -> Page[dict[str, Any]]:
    """Streets of the campaign with the doors a new round may still take."""
    return overview.streets_to_do(visible_campaign(campaign_id), query["after"])


@routes.get(
    "/campaigns/<uuid:campaign_id>/wishes",
    permission=Permission.ROUND_READ,
    query=AfterQuery(),
    answer=page_of(schemas.WishOut, "WishPage"),
)
def list_wishes(query: dict[str, str], campaign_id: Any) -> Page[dict[str, Any]]:
    """Another language or another moment, waiting for planning."""
    rows = wishes.waiting_wishes(visible_campaign(campaign_id))
    found = page(rows, [ContactAttempt.date, ContactAttempt.id], query["after"])
    return Page(wishes.with_doors(found.items), found.next)


@routes.get(
    "/campaigns/<uuid:campaign_id>/rounds",
    permission=Permission.ROUND_READ,
    query=AfterQuery(),
    answer=page_of(schemas.RoundOut, "RoundPage"),
)
def list_rounds(query: dict[str, str], campaign_id: Any) -> Page[dict[str, Any]]:
    """Rounds of a campaign by date, with how far they are."""
    campaign = visible_campaign(campaign_id)
    rows = scope.visible_rounds(current_actor()).where(Round.campaign_id == campaign.id)
    found = page(rows, [Round.date, Round.id], query["after"])
    return Page(overview.rounds_with_counts(found.items), found.next)


@routes.post(
    "/campaigns/<uuid:campaign_id>/rounds",
    permission=Permission.ROUND_WRITE,
    body=schemas.RoundBody(),
    answer=schemas.WholeRoundOut(),
    status=201,
)
def make_round(body: dict[str, Any], campaign_id: Any) -> dict[str, Any]:
    """Make a draft of doors still to do."""
    round_ = rounds.make_round(current_actor(), visible_campaign(campaign_id), body)
    return overview.whole_round(round_)


@routes.post(
    "/campaigns/<uuid:campaign_id>/round-preview",
    permission=Permission.ROUND_WRITE,
    body=schemas.RoundBody(),
    answer=schemas.PreviewOut(),
)
def preview_round(body: dict[str, Any], campaign_id: Any) -> dict[str, int]:
    """Count the doors a draft would find, by the same rule; nothing is made."""
    return rounds.preview_round(visible_campaign(campaign_id), body)


@routes.get(
    "/rounds/<uuid:round_id>", permission=Permission.ROUND_READ, answer=schemas.WholeRoundOut()
)
def read_round(round_id: Any) -> dict[str, Any]:
    """A round with the outcome word of each door."""
    return overview.whole_round(_round(round_id))


@routes.put(
    "/rounds/<uuid:round_id>",
    permission=Permission.ROUND_WRITE,
    body=schemas.RoundChange(),
    answer=schemas.WholeRoundOut(),
)
def change_round(body: dict[str, Any], round_id: Any) -> dict[str, Any]:
    """Replace a draft's moment, pair and order."""
    return overview.whole_round(rounds.change_round(current_actor(), _round(round_id), body))


@routes.delete("/rounds/<uuid:round_id>", permission=Permission.ROUND_WRITE, status=204)
def delete_round(round_id: Any) -> str:
    """Take a draft away."""
    rounds.delete_round(current_actor(), _round(round_id))
    return ""


@routes.post(
    "/rounds/<uuid:round_id>/publication",
    permission=Permission.ROUND_WRITE,
    answer=schemas.WholeRoundOut(),
)
def publish_round(round_id: Any) -> dict[str, Any]:
    """Give a draft to its pair's phones."""
    return overview.whole_round(rounds.publish_round(current_actor(), _round(round_id)))


@routes.post(
    "/rounds/<uuid:round_id>/closing",
    permission=Permission.ROUND_WRITE,
    answer=schemas.WholeRoundOut(),
)
def close_round(round_id: Any) -> dict[str, Any]:
    """End a round: corrections stop, doors nobody rang are free again."""
    return overview.whole_round(walking.close_round(current_actor(), _round(round_id)))


@routes.post(
    "/rounds/<uuid:round_id>/walk-list",
    permission=Permission.PAPER_PRINT,
    content_type="application/pdf",
)
def print_walk_list(round_id: Any) -> Response:
    """The doors of a published round on paper, for its pair."""
    paper = walk_lists.print_walk_list(current_actor(), _round(round_id))
    return Response(paper, mimetype="application/pdf")


@routes.get(
    "/door-holds",
    permission=Permission.DOOR_DECIDE,
    query=AfterQuery(),
    answer=page_of(schemas.DoorHoldOut, "DoorHoldPage"),
)
def list_door_holds(query: dict[str, str]) -> Page[dict[str, Any]]:
    """Doors found unsafe, oldest first."""
    rows = scope.undecided_holds(current_actor())
    found = page(rows, [DoorHold.set_at, DoorHold.id], query["after"])
    return Page(unsafe_doors.holds_with_doors(found.items), found.next)


@routes.post(
    "/door-holds/<uuid:hold_id>/decision",
    permission=Permission.DOOR_DECIDE,
    body=schemas.HoldDecision(),
    status=204,
)
def decide_door_hold(body: dict[str, Any], hold_id: Any) -> str:
    """Keep an unsafe door closed, or open it again."""
    actor = current_actor()
    hold = first_or_404(scope.undecided_holds(actor).where(DoorHold.id == str(hold_id)))
    holds.decide(actor, hold, keep=body["keep"], months=body["months"])
    return ""


@routes.get(
    "/held-doors",
    permission=Permission.DOOR_READ,
    query=AfterQuery(),
    answer=page_of(schemas.HeldDoorOut, "HeldDoorPage"),
)
def list_held_doors(query: dict[str, str]) -> Page[dict[str, Any]]:
    """Doors where nobody rings, of every kind, oldest first."""
    rows = scope.visible_holds(current_actor())
    found = page(rows, [DoorHold.set_at, DoorHold.id], query["after"])
    return Page(held_doors.shown(found.items), found.next)


@routes.post(
    "/held-doors/<uuid:hold_id>/lifting",
    permission=Permission.DOOR_DECIDE,
    body=schemas.LiftBody(),
    status=204,
)
def lift_held_door(body: dict[str, Any], hold_id: Any) -> str:
    """Let people ring here again."""
    held_doors.lift(current_actor(), _hold(hold_id), body["why"])
    return ""


@routes.post(
    "/held-doors/<uuid:hold_id>/telling",
    permission=Permission.DOOR_DECIDE,
    body=schemas.TellingBody(),
    status=204,
)
def note_telling(body: dict[str, Any], hold_id: Any) -> str:
    """Write down when the resident of an unsafe door was told, and when they objected."""
    held_doors.note_telling(
        current_actor(), _hold(hold_id), body["informed_on"], body["objected_on"]
    )
    return ""


def _hold(hold_id: Any) -> DoorHold:
    return first_or_404(scope.visible_holds(current_actor()).where(DoorHold.id == str(hold_id)))

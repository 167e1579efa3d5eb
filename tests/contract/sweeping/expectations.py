"""What each address must answer, from the table of permissions and these rules of scope.

The rules stand here in their own words, so that a slip in a `scope.py` does not excuse itself.
"""

from enum import StrEnum
from http import HTTPStatus

from outreach.access.roles import EVERY_DISTRICT, ROLES, Role
from tests.contract.sweeping.places import Where


class Reach(StrEnum):
    """How far somebody's work reaches for a kind of thing."""

    MUNICIPALITY = "everybody's in the municipality"
    DISTRICT = "one's own district's; every district's for roles that work everywhere"
    TEAM = "one's own team's"
    LEAD = "one's own district's, while it has a team lead: for that lead alone"
    PERSON = "one's own"


# By the name of the id in the address.
REACH = {
    "account_id": Reach.MUNICIPALITY,
    "alert_id": Reach.DISTRICT,
    "base_id": Reach.DISTRICT,
    "call_id": Reach.DISTRICT,
    "campaign_id": Reach.DISTRICT,
    "concern_id": Reach.MUNICIPALITY,
    "debrief_id": Reach.MUNICIPALITY,
    "device_id": Reach.MUNICIPALITY,
    "district_id": Reach.DISTRICT,
    "guide_id": Reach.MUNICIPALITY,
    "handover_id": Reach.TEAM,
    "hold_id": Reach.DISTRICT,
    "incident_id": Reach.DISTRICT,
    "job_id": Reach.PERSON,
    "kept_id": Reach.MUNICIPALITY,
    "plan_id": Reach.MUNICIPALITY,
    "request_id": Reach.LEAD,
    "round_id": Reach.DISTRICT,
    "round_plan_id": Reach.DISTRICT,
    "run_id": Reach.DISTRICT,
    "team_id": Reach.MUNICIPALITY,
}
# By the name of the field in the body.
FIELD_REACH = {
    "account_id": Reach.PERSON,
    "address_id": Reach.PERSON,
    "base_location_id": Reach.DISTRICT,
    "consent_text_id": Reach.MUNICIPALITY,
    "district_id": Reach.DISTRICT,
    "district_ids": Reach.MUNICIPALITY,
    "guide_id": Reach.MUNICIPALITY,
    "account_ids": Reach.TEAM,
    "key": Reach.DISTRICT,
    "pair": Reach.DISTRICT,
    "shifts": Reach.DISTRICT,
    "stop_ids": Reach.PERSON,
    "team_id": Reach.MUNICIPALITY,
}
# Fields with ids that name nothing of the server's: the phone made them just now.
NEW_IDS = {"device_id"}
# Fields that are not checked, and why.
UNCHECKED = {
    ("visits.preview_round", "pair"): "a count for a form half filled in; nothing is made",
    ("dispatch.change_plan", "moves"): "what a plan does not have is no-such-place, a 409",
    **{
        (f"dispatch.{name}", "version"): "compared with one plan's own and no more: a 409"
        for name in ("change_plan", "publish_plan", "redo_change", "solve_again", "undo_change")
    },
}

# By address: what it lists, and how far that may come from.
LISTS = {
    "access.list_accounts": Reach.MUNICIPALITY,
    "campaigns.list_bases": Reach.DISTRICT,
    "campaigns.list_campaigns": Reach.DISTRICT,
    "concerns.list_concerns": Reach.MUNICIPALITY,
    "conversations.list_answered_debriefs": Reach.MUNICIPALITY,
    "conversations.list_debriefs": Reach.MUNICIPALITY,
    "debt-help.list_debt_requests": Reach.LEAD,
    "devices.list_devices": Reach.MUNICIPALITY,
    "devices.list_own_devices": Reach.PERSON,
    "guides.list_consent_texts": Reach.MUNICIPALITY,
    "guides.list_guides": Reach.MUNICIPALITY,
    "handover.list_handovers": Reach.TEAM,
    "insight.list_figures": Reach.DISTRICT,
    "incidents.list_incidents": Reach.DISTRICT,
    "municipality.list_districts": Reach.DISTRICT,
    "municipality.list_teams": Reach.MUNICIPALITY,
    "needs-you.read_needs_you": Reach.DISTRICT,
    "plans.list_plan_prints": Reach.MUNICIPALITY,
    "quarantine.list_quarantined": Reach.MUNICIPALITY,
    "territory.list_streets": Reach.MUNICIPALITY,
    "territory.read_address_points": Reach.MUNICIPALITY,
    "territory.search_area": Reach.MUNICIPALITY,
    "territory.search_streets": Reach.MUNICIPALITY,
    "trail.list_trail": Reach.MUNICIPALITY,
    "visits.list_door_holds": Reach.DISTRICT,
    "visits.list_held_doors": Reach.DISTRICT,
    # These hang under a campaign of one's own district.
    "field-paper.list_badges": Reach.TEAM,
    "dispatch.list_plans": Reach.TEAM,
    "dispatch.propose_plan": Reach.TEAM,
    "letter-printing.list_print_runs": Reach.TEAM,
    "visits.list_rounds": Reach.TEAM,
    "visits.list_streets": Reach.TEAM,
    "visits.list_volunteers": Reach.TEAM,
    "visits.list_wishes": Reach.TEAM,
    "volunteers.list_volunteers": Reach.DISTRICT,
    "watch.list_alerts": Reach.DISTRICT,
    "watch.read_board": Reach.DISTRICT,
    "wishes.list_call_requests": Reach.DISTRICT,
}

# By address: what is read there has no rows of anybody.
NO_ROWS = {
    "access.list_roles": "the table of roles is the same for everybody",
    "trail.check_trail": "one number, or none",
    "volunteers.read_spoken_languages": "the languages are the same for everybody",
}

# Addresses that answer otherwise than the rules above say, and why.
OTHER_REACH = {
    **{
        f"volunteers.{name}": (Reach.DISTRICT, "a supervisor plans who walks in their district")
        for name in ("read_volunteer", "set_first_rounds", "read_profile", "write_profile")
    },
    "devices.revoke_own_device": (Reach.PERSON, "the way out for who lost a phone of their own"),
}


def reaches(role: Role, reach: Reach, where: Where) -> bool:
    """Whether this role's work reaches a thing of this reach there."""
    if reach == Reach.LEAD:
        return where == Where.OWN and role == Role.TEAM_LEAD
    if where == Where.OTHER_DISTRICT:
        return reach == Reach.MUNICIPALITY or (reach == Reach.DISTRICT and role in EVERY_DISTRICT)
    return where == Where.OWN


def reach_of(endpoint: str, id_name: str) -> Reach:
    """How far the id in this address may come from."""
    return OTHER_REACH[endpoint][0] if endpoint in OTHER_REACH else REACH[id_name]


def refusal(role: Role, permission: str, reach: Reach, where: Where) -> int | None:
    """403 without the permission, 404 out of scope, None when it must go through."""
    if permission not in ROLES[role]:
        return HTTPStatus.FORBIDDEN
    return None if reaches(role, reach, where) else HTTPStatus.NOT_FOUND

"""What a city of many households has in its tables, by household: the proportions of a few years.

A name stands for the id of one of its kind that a household has or shares (`SHARED`); what stands
in SQL is said with `n`, the number of the household.
"""

from dataclasses import dataclass, field

# So many households share one.
A_VOLUNTEER, A_ROUND, A_RECEIPT, A_DEED = 200, 24, 50, 5
SELDOM, RARE = 20, 100
# A volunteer has one device, and a device the four receipts that are kept.
SHARED = {
    "account": A_VOLUNTEER,
    "session": A_VOLUNTEER,
    "device": A_VOLUNTEER,
    "round": A_ROUND,
    "receipt": A_RECEIPT,
}
NEXT_DEED = f"(SELECT max(number) FROM trail_entry) + 1 + n / {A_DEED}"  # noqa: S608 - our own


@dataclass(frozen=True)
class Grown:
    """One table: how many households share a row of it, what is named, and what is SQL.

    Every other column is as in the first row `like` this, of this table or, where the demo has no
    such row, of `source`.
    """

    table: str
    shared: int
    named: dict[str, str]
    said: dict[str, str] = field(default_factory=dict)
    like: str = "TRUE"
    source: str = ""


ACCOUNT, ADDRESS = {"account_id": "account"}, {"address_id": "address"}
HOUSEHOLD, TALK = {"household_id": "household"}, {"conversation_id": "conversation"}
OF_STOP = {"attempt_id": "attempt", "plan_id": "plan", **ADDRESS, **HOUSEHOLD, **TALK}
PEOPLE = (
    # A volunteer: one that everybody may call would be in every profile.
    Grown(
        "account",
        A_VOLUNTEER,
        {"id": "account", "email": "account"},
        like="role = 'volunteer'",
    ),
    Grown("account_district", A_VOLUNTEER, {"id": "works_in", **ACCOUNT}),
    Grown("device", A_VOLUNTEER, {"id": "device", **ACCOUNT}),
    Grown(
        "session",
        A_VOLUNTEER,
        {"id": "session", "refresh_id": "session", "device_id": "device", **ACCOUNT},
    ),
)
DOORS = (
    Grown("address", 1, {"id": "address"}, {"house_number": "n + 100000"}),
    Grown("area_address", 1, {"id": "in_area", **ADDRESS}),
    Grown("round", A_ROUND, {"id": "round"}),
    Grown("round_member", A_ROUND, {"id": "member", "round_id": "round", **ACCOUNT}),
    Grown("stop", 1, {"id": "stop", "round_id": "round", **OF_STOP}),
    Grown(
        "contact_attempt",
        1,
        {"id": "attempt", "stop_id": "stop", "recorded_by": "account", **ADDRESS},
    ),
    Grown("door_notice", SELDOM, {"id": "notice", **ADDRESS}),
    Grown(
        "appointment",
        SELDOM,
        {"id": "attempt", **ADDRESS, **ACCOUNT},
        {
            "campaign_id": "(SELECT id FROM campaign LIMIT 1)",
            "kind": "'later'",
            "date": "CURRENT_DATE",
            "day_part": "'afternoon'",
            "stop_id": "NULL",
            "cancelled_at": "NULL",
        },
        source="address",
    ),
    Grown(
        "door_hold",
        RARE,
        {"id": "hold", "set_by": "account", **ADDRESS},
        {
            "campaign_id": "NULL",
            "kind": "'refused'",
            "set_at": "now()",
            "ends_on": "NULL",
            "decided_at": "NULL",
            "decided_by": "NULL",
            "informed_on": "NULL",
            "objected_on": "NULL",
            "lifted_at": "NULL",
            "lifted_why": "''",
        },
        source="address",
    ),
)
HOUSEHOLDS = (
    Grown("household", 1, {"id": "household", **ADDRESS}),
    Grown(
        "conversation",
        1,
        {"id": "conversation", "stop_id": "stop", "recorder_id": "account", **HOUSEHOLD},
    ),
    Grown("consent", 1, {"id": "consent", "asked_by": "account", **HOUSEHOLD, **TALK}),
    Grown("note", 1, {"id": "note", "written_by": "account", **TALK}),
    Grown("assessment", 1, {"id": "assessment", **TALK}),
    Grown("plan", 1, {"id": "plan", **HOUSEHOLD, **TALK}),
    Grown("goal", 1, {"id": "goal", "plan_id": "plan"}),
    Grown("step", 1, {"id": "step", "goal_id": "goal"}),
    Grown("aftercare", 1, {"id": "aftercare", "plan_id": "plan", **HOUSEHOLD, **ACCOUNT}),
    Grown(
        "debt_help_request",
        SELDOM,
        {"id": "request", "recorded_by": "account", **HOUSEHOLD, **TALK},
    ),
    Grown(
        "handover",
        SELDOM,
        {
            "id": "handover",
            "consent_id": "consent",
            "author_id": "account",
            "coach_id": "account",
            **HOUSEHOLD,
            **TALK,
        },
    ),
    Grown(
        "handover_event", SELDOM, {"id": "event", "handover_id": "handover", "actor_id": "account"}
    ),
    Grown(
        "difference",
        RARE,
        {
            "id": "difference",
            "dossier_id": "household",
            "object_id": "assessment",
            "other_by": "account",
            "mutation_id": "mutation",
        },
        {
            "object_kind": "'assessment'",
            "field": "'answer'",
            "shown": """'{"value": "goes_well"}'""",
            "other": """'{"value": "help_wanted"}'""",
            "found_at": "now()",
            "settled_at": "NULL",
            "settled_by": "NULL",
        },
        source="household",
    ),
)
OF_DEVICE = {"device_id": "device", "dossier_id": "household"}
EXCHANGES = (
    Grown(
        "receipt",
        A_RECEIPT,
        {"id": "receipt", "device_id": "device"},
        {"number": f"1 + n / {A_RECEIPT} % 4"},
    ),
    Grown("mutation", 1, {"id": "mutation", **OF_DEVICE, **ACCOUNT}),
    Grown("issued_dossier", 1, {"id": "issued", "dossier_id": "household", **ACCOUNT}),
    Grown("erased_dossier", RARE, {"id": "erased"}, {"erased_at": "now()"}, source="household"),
    Grown(
        "to_forget",
        RARE,
        {"id": "to_forget", "object_id": "household", **OF_DEVICE},
        {"what": "'household'", "since": "now()", "told_with": "NULL"},
        source="household",
    ),
    Grown(
        "quarantined",
        RARE,
        {"id": "quarantined", "author_id": "account", "settled_by": "account", **OF_DEVICE},
        {
            "address_id": "NULL",
            "first_dossier_id": "NULL",
            "original": "NULL",
            "kind": "'note.add'",
            "reason": "'no-right'",
            "body": "'{}'",
            "received_at": "now()",
            "state": "'waiting'",
            "settled_at": "NULL",
            "settled_why": "''",
            "urgent": "false",
        },
        source="household",
    ),
    Grown(
        "trail_entry",
        A_DEED,
        {"id": "deed", "actor_id": "account", "object_id": "household"},
        {"number": NEXT_DEED},
    ),
)
GROWN = (*PEOPLE, *DOORS, *HOUSEHOLDS, *EXCHANGES)

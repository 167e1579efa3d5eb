"""How long everything stays: one table for a privacy officer, and `tidy`, which carries it out.

A rule says what goes, after how long, counted from when, and which function does it; what stands
under STAYS goes with nothing, and says why. Together they name every table of the database.
docs/retention.md shows the same tables.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from outreach.audit import trail
from outreach.clock import now
from outreach.db import METADATA
from outreach.privacy import doors, dossiers, exchange, people
from outreach.sync.escrow import LONGEST_SILENCE
from outreach.sync.receiving import RIGHT_TO_WRITE
from outreach.visits.retention import KEPT_DAYS

AT_ONCE, A_DAY, A_MONTH = timedelta(), timedelta(days=1), timedelta(days=30)
TWO_YEARS = timedelta(days=730)
OUTCOMES = timedelta(days=800)


@dataclass(frozen=True)
class Rule:
    """What goes (`tables`, in words `what`), how long `after` the moment it is `counted_from`.

    `act` gets a municipality's id and the instant before which things go, and says how many went.
    """

    name: str
    tables: tuple[str, ...]
    what: str
    after: timedelta
    counted_from: str
    act: Callable[[str, datetime], int]


@dataclass(frozen=True)
class Stay:
    """Tables of which nothing goes by itself, and why."""

    tables: tuple[str, ...]
    why: str


DOSSIERS = Rule(
    "dossiers",
    ("household", "conversation", "consent", "assessment", "advice", "note", "note_original",
     "debt_help_request", "plan", "goal", "step", "aftercare", "handover", "handover_event",
     "difference"),
    "All that a household said and agreed to; never while work in it is open",
    TWO_YEARS, "the last thing written in the dossier or decided about it",
    dossiers.forget_households,
)  # fmt: skip

# In this order: rounds after doors, devices after receipts, erased words after mutations.
RULES = (
    Rule("doors", ("contact_attempt", "door_notice", "appointment", "door_hold", "difference"),
         "Who was in when, notices, appointments, holds of one campaign; counts stay",
         KEPT_DAYS, "the end of the campaign", doors.forget_doors),
    Rule("holds", ("door_hold",),
         "Doors where nobody should ring, once that is over",
         A_MONTH, "the lifting, or the end of the term", doors.forget_holds),
    Rule("debriefs", ("debrief",),
         "How a volunteer came home; never while they wait for a call",
         A_MONTH, "the call; without one, arrival and the end of the campaign",
         doors.forget_debriefs),
    Rule("rounds", ("round", "round_member", "stop"),
         "Who walked where; never while a dossier or a waiting mutation names a stop",
         LONGEST_SILENCE, "the end of the campaign", doors.forget_rounds),
    Rule("letters", ("letter_code", "printed_letter"),
         "That a door got a letter, and the code on it; files after 14 days; how many stays",
         doors.LETTERS_KEPT, "the end of the campaign", doors.forget_letters),
    Rule("round plans", ("round_plan", "round_plan_step"),
         "Plans of rounds and how they were before each change; published rounds stay",
         doors.PLANS_KEPT, "the end of the campaign", doors.forget_plans),
    DOSSIERS,
    Rule("concerns", ("concern",),
         "A volunteer's concern; never before there is a decision",
         TWO_YEARS, "the decision", dossiers.forget_concerns),
    Rule("mutations", ("mutation",),
         "That a phone sent something and what came of it; no content",
         OUTCOMES, "arrival", exchange.forget_mutations),
    Rule("erased words", ("forgotten",),
         "Ids of notes and consents that were taken out; no content",
         OUTCOMES, "the taking out, and the last mutation of the dossier",
         dossiers.forget_forgotten),
    Rule("receipts", ("receipt",),
         "Which versions a phone holds",
         LONGEST_SILENCE, "the last contact of the phone", exchange.forget_receipts),
    Rule("untold", ("to_forget",),
         "That a phone must still hear what was taken out; no content",
         LONGEST_SILENCE, "the last contact of the phone", exchange.forget_untold),
    Rule("devices", ("device",),
         "Which phone is whose; a revoked one stays, so that it stays refused",
         OUTCOMES, "the last contact of the phone", people.forget_devices),
    Rule("quarantine", ("quarantined",),
         "What could not be applied, and half-filled forms; never while it waits; at once when the "
         "household is erased",
         timedelta(days=90), "the decision of a person", exchange.forget_quarantined),
    Rule("issued", ("issued_dossier",),
         "Which dossier went to whom: the right to write after reassignment",
         RIGHT_TO_WRITE + A_DAY, "the last time it was given", exchange.forget_issued),
    Rule("jobs", ("job",),
         "Long work that ended; uploads after a day, lists of refused rows after 30",
         A_MONTH, "the end of the job", exchange.forget_jobs),
    Rule("invitations", ("invitation",),
         "Links to choose a password, used or expired",
         AT_ONCE, "use, or the end of the term", people.forget_invitations),
    Rule("sessions", ("session",),
         "Sign-ins",
         A_MONTH, "revocation, or the last use", people.forget_sessions),
    Rule("absences", ("volunteer_absence",),
         "Days on which a volunteer could not walk; never why",
         A_MONTH, "the last of those days", people.forget_absences),
    Rule("messages", ("message",),
         "That a colleague was told there is something new; no word of what it is",
         A_MONTH, "the sending, or giving up", people.forget_messages),
    Rule("browsers", ("push_subscription",),
         "Browsers that hear there is something new; sooner when the browser or its owner ends it",
         AT_ONCE, "the day its owner left", people.forget_browsers),
    Rule("failed tries", ("failed_try",),
         "Counts of failed sign-ins, under keyed hashes; of the whole server",
         A_DAY, "the end of the wait", people.forget_tries),
)  # fmt: skip

STAYS = (
    Stay(("municipality", "district", "team", "base_location", "campaign", "campaign_count",
          "address", "area", "area_address", "letterhead", "letter", "letter_version", "print_run"),
         "the municipality works with Voordeur: facts about places and work, not about residents"),
    Stay(("guide", "consent_text"),
         "a talk may name it: households agreed to exactly these words"),
    Stay(("message_choice",),
         "the account exists: when somebody wants to be told of what can wait, and how"),
    Stay(("account", "account_district"),
         "their name stands under what they did; who leaves is deactivated"),
    Stay(("volunteer_profile", "volunteer_day_part"),
         "the volunteer's account exists: whether and when they can walk"),
    Stay(("avoided_street", "avoided_address"),
         "the volunteer's account exists: they do not want to ring here, and nobody asks why"),
    Stay(("erased_dossier",),
         "the municipality works with Voordeur: this bare id keeps erased words from coming back"),
    Stay(("escrow_key",),
         "a box may name it; the private half goes 414 days after a newer key, see keys.md"),
    Stay(("trail_entry",),
         "the municipality works with Voordeur: taking one out would show as tampering"),
)  # fmt: skip


@dataclass(frozen=True)
class Tidied:
    """How many went by each rule; `held_up`: dossiers past their term in which work is open."""

    municipality_id: str
    counts: dict[str, int]
    held_up: int


def tidy(municipality_id: str) -> Tidied:
    """Carry out every rule for one municipality; the trail tells how many went, never what."""
    at = now()
    counts = {rule.name: rule.act(municipality_id, at - rule.after) for rule in RULES}
    held_up = dossiers.held_up(municipality_id, at - DOSSIERS.after)
    trail.note(
        municipality_id,
        None,
        "privacy.tidy",
        "municipality",
        municipality_id,
        reason=_by_class(counts),
    )
    return Tidied(municipality_id, counts, held_up)


def _by_class(counts: dict[str, int]) -> str:
    """Counts per retention class: short enough for the trail, whatever the rules become.

    What is the whole server's is not told: no municipality reads about another.
    """
    found: Counter[str] = Counter()
    for rule in RULES:
        table = METADATA.tables[rule.tables[0]]
        if "municipality_id" in table.c:
            found[table.info["retention"]] += counts[rule.name]
    return ", ".join(f"{kind} {count}" for kind, count in sorted(found.items()) if count)


def as_tables() -> str:
    """The rules and what stays, as docs/retention.md shows them (Markdown)."""
    lines = ["| what | tables | days | counted from | function |", f"|{' --- |' * 5}"]
    for rule in RULES:
        function = f"`{rule.act.__module__.rpartition('.')[2]}.{rule.act.__name__}`"
        tables = ", ".join(rule.tables)
        lines.append(
            f"| {rule.what} | {tables} | {rule.after.days} | {rule.counted_from} | {function} |"
        )
    lines += ["", "| tables | stay while |", "| --- | --- |"]
    lines += [f"| {', '.join(stay.tables)} | {stay.why} |" for stay in STAYS]
    return "\n".join(lines)

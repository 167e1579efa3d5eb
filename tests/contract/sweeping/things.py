"""One thing of every kind that an id in an address can name, made new for who asks.

`MAKERS` maps the name of the id to what makes one: `(place, person, state) -> id`. `person` is
whose it is, where a thing belongs to somebody; `state` is what the address asks of it.
"""

from collections.abc import Callable

from outreach.access.models import Account, Device, District, Team
from outreach.access.roles import Role
from outreach.audit import trail
from outreach.clock import new_id, now, today
from outreach.guides.models import Guide
from outreach.insight.figures import keep_figures
from outreach.jobs.models import Job
from outreach.territory import uploads
from outreach.territory.import_jobs import KIND
from outreach.watch.alerts import OVERDUE
from outreach.watch.models import WatchAlert
from tests.contract.sweeping import dossiers
from tests.contract.sweeping.ground import kept, make_campaign, make_round
from tests.contract.sweeping.incidents import WITH_VOUCHERS, make_incident, make_scheme
from tests.contract.sweeping.letters import COUNTED, LETTERED, make_letter, make_print_run
from tests.contract.sweeping.places import Place
from tests.contract.sweeping.round_plans import make_round_plan

LIST = "straat,huisnummer,postcode,woonplaats\nProefstraat,{},9992AA,Wilgendam\n"

Maker = Callable[[Place, Account, str], str]


def _campaign(place: Place, _person: Account, state: str) -> str:
    asked = {LETTERED, COUNTED, WITH_VOUCHERS}
    campaign, _ = make_campaign(place, "" if state in asked else state)
    if state == COUNTED:
        keep_figures(campaign)
    if state == LETTERED:
        make_letter(campaign)
    if state == WITH_VOUCHERS:
        make_scheme(campaign)
    return campaign.id


def _run(place: Place, _person: Account, state: str) -> str:
    return make_print_run(make_campaign(place, "published")[0], state)


def _round(place: Place, _person: Account, state: str) -> str:
    return make_round(place, state).round.id


def _account(place: Place, _person: Account, _state: str) -> str:
    return place.somebody(Role.VOLUNTEER).id


def _device(place: Place, person: Account, _state: str) -> str:
    return kept(
        Device(
            id=new_id(),
            municipality_id=place.municipality.id,
            account_id=person.id,
            enrolled_at=now(),
            last_contact_at=now(),
            removal_code="31415926",
        )
    )


def _district(place: Place, _person: Account, _state: str) -> str:
    name = f"Wijk {place.mark} {place.number()}"
    return kept(District(id=new_id(), municipality_id=place.municipality.id, name=name))


def _team(place: Place, _person: Account, _state: str) -> str:
    name = f"Team {place.mark} {place.number()}"
    here = place.municipality.id
    return kept(Team(id=new_id(), municipality_id=here, district_id=place.district.id, name=name))


def _guide(place: Place, _person: Account, _state: str) -> str:
    return kept(
        Guide(
            id=new_id(),
            municipality_id=place.municipality.id,
            key=f"guide-{place.mark}-{place.number()}",
            version="1",
            title=f"Gids {place.mark}",
            content={"domains": []},
            published_at=now(),
        )
    )


def _job(place: Place, person: Account, _state: str) -> str:
    """An import whose preview waits for a yes, with its list and the rows it refused."""
    job_id = kept(
        Job(
            id=new_id(),
            municipality_id=place.municipality.id,
            kind=KIND,
            state="done",
            result={"step": "preview", "awaits": "confirmation"},
            started_by=person.id,
            started_at=now(),
            ended_at=now(),
        )
    )
    uploads.upload_of(job_id).write_text(LIST.format(place.number()), encoding="utf-8")
    uploads.refused_rows_of(job_id).write_text("", encoding="utf-8")
    return job_id


def note_in_trail(place: Place) -> str:
    """A deed that was written down here."""
    person = place.people[Role.ADMIN]
    return trail.note(place.municipality.id, person.id, "test.plant", "district").id


def _alert(place: Place, _person: Account, _state: str) -> str:
    """Nobody heard of a pair of today."""
    walk = make_round(place, "published")
    walk.round.date = today()
    return kept(
        WatchAlert(
            id=new_id(),
            municipality_id=place.municipality.id,
            round_id=walk.round.id,
            kind=OVERDUE,
            spell=0,
            raised_at=now(),
        )
    )


MAKERS: dict[str, Maker] = {
    "account_id": _account,
    "alert_id": _alert,
    "base_id": lambda place, _person, _state: place.base.id,
    "call_id": dossiers.make_call,
    "campaign_id": _campaign,
    "concern_id": dossiers.make_concern,
    "debrief_id": dossiers.make_debrief,
    "device_id": _device,
    "district_id": _district,
    "guide_id": _guide,
    "handover_id": dossiers.make_handover,
    "hold_id": dossiers.make_hold,
    "incident_id": make_incident,
    "job_id": _job,
    "kept_id": dossiers.make_quarantined,
    "plan_id": dossiers.make_plan,
    "request_id": dossiers.make_debt_request,
    "round_id": _round,
    "round_plan_id": lambda place, _person, state: make_round_plan(place, state),
    "run_id": _run,
    "team_id": _team,
}

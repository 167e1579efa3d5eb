"""A valid body for every address that takes one, with ids and people of one place.

`thing_id` is what the address names, "" where it names nothing. `STATES` says in which state a
thing must be for what the address does.
"""

import json
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from flask.testing import FlaskClient
from sqlalchemy import select

from outreach.access.roles import Role
from outreach.clock import new_id, today
from outreach.db import db
from outreach.visits.models import Stop
from tests.contract.sweeping import round_plans
from tests.contract.sweeping.ground import STREET, make_address, make_round
from tests.contract.sweeping.letters import LETTERED, STOPPED, TEXTS, door_of, logo
from tests.contract.sweeping.places import Place
from tests.factories.phone import Phone
from tests.factories.sealing import P256, SealedPhone, spki

Body = Callable[[Place, str], dict[str, Any]]


def _same(**body: Any) -> Body:
    """A body that names nothing of any place."""
    return lambda _place, _thing_id: body


def _account(place: Place, _thing_id: str) -> dict[str, Any]:
    name = f"nieuw-{place.number()}"
    return {
        "email": f"{name}@{place.mark.lower()}.example",
        "name": name,
        "first_name": name,
        "role": Role.WIJKCOACH,
        "team_id": place.team.id,
        "district_ids": [place.district.id],
    }


def _account_change(place: Place, _thing_id: str) -> dict[str, Any]:
    return {"phone": "0600000001", "team_id": place.team.id, "district_ids": [place.district.id]}


def _base(place: Place, _thing_id: str) -> dict[str, Any]:
    return {"district_id": place.district.id, "name": f"Huis {place.number()}"}


def _campaign(place: Place, _thing_id: str) -> dict[str, Any]:
    return {
        "name": "Najaar",
        "kind": "preventive",
        "district_id": place.district.id,
        "starts_on": today().isoformat(),
        "ends_on": (today() + timedelta(days=30)).isoformat(),
        "aftercare_weeks": 6,
        "guide_id": place.guide.id,
        "consent_text_id": place.consent_text.id,
        "base_location_id": place.base.id,
        "streets": [{"city": "Wilgendam", "street": STREET}],
    }


def _moment_and_pair(place: Place) -> dict[str, Any]:
    return {
        "date": (today() + timedelta(days=3)).isoformat(),
        "day_part": "morning",
        "pair": [place.somebody(Role.VOLUNTEER).id for _ in range(2)],
    }


def _round(place: Place, _thing_id: str) -> dict[str, Any]:
    streets = [{"city": "Wilgendam", "street": STREET}]
    return _moment_and_pair(place) | {"streets": streets, "most_doors": 5}


def _round_change(place: Place, thing_id: str) -> dict[str, Any]:
    round_id = thing_id or make_round(place, "draft").round.id
    stops = select(Stop.id).where(Stop.round_id == round_id)
    return _moment_and_pair(place) | {"stop_ids": list(db.session.scalars(stops))}


def _name(place: Place, _thing_id: str) -> dict[str, Any]:
    return {"name": f"Wijk {place.mark} nieuw {place.number()}"}


def _team(place: Place, _thing_id: str) -> dict[str, Any]:
    name = f"Team {place.mark} nieuw {place.number()}"
    return {"name": name, "district_id": place.district.id, "duty_phone": "036-5550100"}


def _profile(place: Place, _thing_id: str) -> dict[str, Any]:
    make_address(place)
    return {
        "certificate_seen": False,
        "experienced": False,
        "starts_with_mentor": True,
        "streets": [{"city": "Wilgendam", "street": STREET}],
    }


BODIES: dict[str, Body] = {
    "access.change_account": _account_change,
    "access.choose_language": _same(language="nl"),
    "access.create_account": _account,
    "campaigns.change_campaign": _campaign,
    "campaigns.create_base": _base,
    "campaigns.create_campaign": _campaign,
    "concerns.decide": _same(decision="passed_on", weighing="Overlegd"),
    "concerns.open_concern": _same(reason="Nagaan"),
    "debt-help.close_debt_request": _same(ending="talk_held"),
    "devices.read_breach": _same(reason="Telefoon kwijt"),
    "devices.seal_device": lambda _place, _thing_id: {
        "device_id": new_id(),
        "signing_key": spki(ec.generate_private_key(P256)),
    },
    "dispatch.change_plan": round_plans.moves_body,
    "dispatch.falls_ill": round_plans.ill_body,
    "dispatch.propose_plan": round_plans.period_body,
    "dispatch.publish_plan": round_plans.version_body,
    "dispatch.redo_change": round_plans.version_body,
    "dispatch.solve_again": round_plans.version_body,
    "dispatch.start_plan": round_plans.plan_body,
    "dispatch.undo_change": round_plans.version_body,
    "handover.ask_about_handover": _same(words="Wanneer?"),
    "handover.close_handover": _same(outcome="helped", words="Klaar", feedback=""),
    "handover.refuse_handover": _same(reason="no_capacity", words="Vol"),
    "letter-printing.print_page_again": _same(page=1),
    "letter-printing.print_single_letter": lambda place, thing_id: {
        "address_id": door_of(place, thing_id)
    },
    "letter-printing.search_letter_doors": _same(text="straat"),
    "letter-printing.set_sent": lambda _place, _thing_id: {"sent_on": today().isoformat()},
    "letter-printing.start_print_run": _same(both_sides=False),
    "letters.preview_letter": _same(recognition_word="zon", waiting_days=7, texts=TEXTS),
    "letters.save_letter": _same(recognition_word="zon", waiting_days=7, texts=TEXTS),
    "letters.set_letterhead": _same(reply_address="Postbus 1", phone="14036", signed_by="Sofie"),
    "messages.add_browser": _same(endpoint="https://web.push.apple.com/a-browser"),
    "messages.choose_messages": _same(mail=True, quiet_from="", quiet_until="", daily_at="08:30"),
    "messages.remove_browser": _same(endpoint="https://web.push.apple.com/a-browser"),
    "municipality.change_team": _team,
    "municipality.create_district": _name,
    "municipality.create_team": _team,
    "municipality.rename_district": _name,
    "municipality.set_municipality": _same(
        name="Wilgendam",
        privacy_contact="",
        duty_phone="",
        lease_hours=72,
        lock_minutes=5,
        talk_lock_minutes=20,
        cover_minutes=1,
    ),
    "quarantine.open_quarantined": _same(reason="Nagaan"),
    "quarantine.search_doors": _same(street="Wilgenhof", number="10"),
    "quarantine.settle_quarantined": _same(reason="Dubbel", decision="discard"),
    "territory.search_area": _same(corners=[[52.3, 5.1], [52.5, 5.1], [52.4, 5.3]]),
    "territory.search_streets": _same(text="straat"),
    "visits.change_round": _round_change,
    "visits.decide_door_hold": _same(keep=True),
    "visits.make_round": _round,
    "visits.preview_round": _round,
    "volunteers.set_first_rounds": _same(starts_with_mentor=True),
    "volunteers.write_profile": _profile,
}

STATES = {
    "campaigns.change_campaign": "draft",
    "campaigns.publish_campaign": "draft",
    "debt-help.close_debt_request": "taken",
    "debt-help.put_back_debt_request": "taken",
    "dispatch.redo_change": round_plans.WENT_BACK,
    "handover.accept_handover": "seen",
    "handover.ask_about_handover": "seen",
    "handover.close_handover": "accepted",
    "handover.refuse_handover": "seen",
    "letter-printing.print_single_letter": LETTERED,
    "letter-printing.resume_print_run": STOPPED,
    "letter-printing.start_print_run": LETTERED,
    "visits.change_round": "draft",
    "visits.delete_round": "draft",
    "visits.publish_round": "draft",
}


def _address_list(_client: FlaskClient, place: Place) -> bytes:
    row = f"Nieuwstraat,{place.number()},9992AA,Wilgendam"
    return f"straat,huisnummer,postcode,woonplaats\n{row}\n".encode()


def _rescue_file(client: FlaskClient, place: Place) -> bytes:
    phone = SealedPhone(client, place.people[Role.VOLUNTEER])
    phone.seal()
    phone.write(new_id(), "goal.set", text="Rust")
    return json.dumps(phone.boxes("rescue")).encode()


QUERIES = {
    "territory.read_address_points": {
        "south": 52.3,
        "west": 5.1,
        "north": 52.5,
        "east": 5.3,
        "zoom": 12,
    },
}
FILES: dict[str, Callable[[FlaskClient, Place], bytes]] = {
    "letters.set_logo": lambda _client, _place: logo(),
    "sealed-boxes.take_rescue_file": _rescue_file,
    "territory.start_import": _address_list,
}


def request_of(
    endpoint: str, client: FlaskClient, place: Place, thing_id: str = ""
) -> dict[str, Any]:
    """What a client sends to an address besides its headers."""
    if endpoint == "sync.sync":
        return {"json": Phone(client, place.people[Role.VOLUNTEER]).request()}
    if endpoint in QUERIES:
        return {"query_string": QUERIES[endpoint]}
    if endpoint in FILES:
        return {"data": {"file": (BytesIO(FILES[endpoint](client, place)), "file")}}
    return {"json": BODIES[endpoint](place, thing_id)} if endpoint in BODIES else {}

"""A small fictional town: two districts, people of every role, a campaign, a published round."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import select

from outreach.access import sessions
from outreach.access.models import Account, AccountDistrict, District, Municipality, Team
from outreach.access.roles import Role
from outreach.campaigns.models import BaseLocation, Campaign
from outreach.clock import new_id, now, today
from outreach.db import db
from outreach.guides.models import ConsentText, Guide
from outreach.territory.models import Address, Area, AreaAddress
from outreach.visits.models import Round, RoundMember, Stop
from tests.factories.volunteers import make_profile

DOORS = 6


@dataclass
class Town:
    """What a test can name. `people` holds one account per role, and "partner_of_pair"."""

    municipality: Municipality
    district: District
    other_district: District
    team: Team
    other_team: Team
    guide: Guide
    consent_text: ConsentText
    base: BaseLocation
    campaign: Campaign
    addresses: list[Address]
    round: Round
    stops: list[Stop]
    people: dict[str, Account] = field(default_factory=dict)

    def person(self, role: str) -> Account:
        """The account of a role, or "other_volunteer" / "partner_of_pair"."""
        return self.people[role]

    def members(self) -> list[RoundMember]:
        """The pair of the published round."""
        rows = select(RoundMember).where(RoundMember.round_id == self.round.id)
        return list(db.session.scalars(rows))


def headers_for(account: Account) -> dict[str, str]:
    """Request headers of a signed-in account."""
    access, _ = sessions.open_session(account)
    db.session.commit()
    return {"Authorization": f"Bearer {access}"}


def build_town(name: str = "Wilgendam") -> Town:
    """Make and commit the town."""
    municipality = Municipality(id=new_id(), name=name, duty_phone="036-5550100", lease_hours=72)
    db.session.add(municipality)
    db.session.flush()
    here = municipality.id
    district, other = (
        District(id=new_id(), municipality_id=here, name=n) for n in ("De Wilgen", "Oeverwijk")
    )
    db.session.add_all([district, other])
    db.session.flush()
    team, other_team = (
        Team(id=new_id(), municipality_id=here, district_id=d.id, name=n, duty_phone="036-5550111")
        for d, n in ((district, "Wijkteam De Wilgen"), (other, "Wijkteam Oeverwijk"))
    )
    guide = Guide(
        id=new_id(),
        municipality_id=here,
        key="guide",
        version="1",
        title="Gids",
        content={"domains": []},
        published_at=now(),
    )
    consent_text = ConsentText(
        id=new_id(),
        municipality_id=here,
        key="toestemming",
        version="1",
        content={"purposes": {}},
        published_at=now(),
    )
    base = BaseLocation(
        id=new_id(), municipality_id=here, district_id=district.id, name="De Schakel"
    )
    area = Area(id=new_id(), municipality_id=here, name="Wilgenhof")
    db.session.add_all([team, other_team, guide, consent_text, base, area])
    db.session.flush()
    addresses = _addresses(here, area)
    campaign = Campaign(
        id=new_id(),
        municipality_id=here,
        district_id=district.id,
        area_id=area.id,
        guide_id=guide.id,
        consent_text_id=consent_text.id,
        base_location_id=base.id,
        name="Voorjaar",
        kind="preventive",
        state="published",
        starts_on=today() - timedelta(days=10),
        ends_on=today() + timedelta(days=60),
        letter_on=today() - timedelta(days=14),
        aftercare_weeks=6,
        created_at=now(),
    )
    db.session.add(campaign)
    people = _people(here, district, other, team, other_team)
    db.session.flush()
    round_, stops = make_walk(campaign, addresses, [people["volunteer"], people["partner_of_pair"]])
    db.session.commit()
    return Town(
        municipality,
        district,
        other,
        team,
        other_team,
        guide,
        consent_text,
        base,
        campaign,
        addresses,
        round_,
        stops,
        people,
    )


def _addresses(municipality_id: str, area: Area) -> list[Address]:
    addresses = [
        Address(
            id=new_id(),
            municipality_id=municipality_id,
            street="Wilgenhof",
            house_number=10 + number,
            postcode="9991SA",
            city="Wilgendam",
            lat=52.4 + number / 10_000,
            lon=5.2,
            entrance="Hof" if number >= DOORS - 2 else "",
        )
        for number in range(DOORS)
    ]
    db.session.add_all(addresses)
    db.session.flush()
    db.session.add_all(
        AreaAddress(
            id=new_id(), municipality_id=municipality_id, area_id=area.id, address_id=address.id
        )
        for address in addresses
    )
    return addresses


def _people(
    municipality_id: str, district: District, other: District, team: Team, other_team: Team
) -> dict[str, Account]:
    wanted = [(role.value, role, district, team) for role in Role]
    wanted += [
        ("partner_of_pair", Role.VOLUNTEER, district, team),
        ("other_volunteer", Role.VOLUNTEER, other, other_team),
        ("other_supervisor", Role.SUPERVISOR, other, other_team),
        ("other_wijkcoach", Role.WIJKCOACH, other, other_team),
    ]
    return {
        name: make_account(municipality_id, name, role, where, whose)
        for name, role, where, whose in wanted
    }


def make_account(
    municipality_id: str, name: str, role: Role, district: District, team: Team
) -> Account:
    """Somebody who works in a district; coaches and team leads are in its team.

    A volunteer has a profile: without one nobody walks.
    """
    first_name = name.replace("_", " ").title()
    account = Account(
        id=new_id(),
        municipality_id=municipality_id,
        email=f"{name}@{municipality_id[:8]}.example",
        name=f"{first_name} Voorbeeld",
        first_name=first_name,
        phone="0600000000",
        role=role,
        team_id=team.id if role in {Role.WIJKCOACH, Role.TEAM_LEAD} else None,
        password_hash="",
        active=True,
        created_at=now(),
    )
    db.session.add(account)
    db.session.flush()
    db.session.add(
        AccountDistrict(
            id=new_id(),
            municipality_id=municipality_id,
            account_id=account.id,
            district_id=district.id,
        )
    )
    if role in {Role.VOLUNTEER, Role.MENTOR}:
        make_profile(account)
    return account


def make_walk(
    campaign: Campaign, addresses: list[Address], pair: list[Account], on: date | None = None
) -> tuple[Round, list[Stop]]:
    """A published round of a pair, with a stop at each of these addresses."""
    round_ = Round(
        id=new_id(),
        municipality_id=campaign.municipality_id,
        campaign_id=campaign.id,
        base_location_id=campaign.base_location_id,
        date=on or today(),
        day_part="afternoon",
        state="published",
        published_at=now(),
    )
    db.session.add(round_)
    db.session.flush()
    db.session.add_all(
        RoundMember(
            id=new_id(),
            municipality_id=campaign.municipality_id,
            round_id=round_.id,
            account_id=account.id,
        )
        for account in pair
    )
    stops = [
        Stop(
            id=new_id(),
            municipality_id=campaign.municipality_id,
            round_id=round_.id,
            address_id=address.id,
            position=position,
            attempt_id=new_id(),
            household_id=new_id(),
            conversation_id=new_id(),
            plan_id=new_id(),
        )
        for position, address in enumerate(addresses)
    ]
    db.session.add_all(stops)
    return round_, stops

"""Three places to look from and at: one's own district, another one, another municipality."""

from dataclasses import dataclass
from enum import StrEnum

from outreach.access.models import Account, District, Municipality, Team
from outreach.access.roles import Role
from outreach.campaigns.models import BaseLocation
from outreach.clock import new_id, now
from outreach.db import db
from outreach.guides.models import ConsentText, Guide
from tests.factories.town import build_town, make_account


class Where(StrEnum):
    """How far away a thing is from who asks for it."""

    OWN = "own"
    OTHER_DISTRICT = "other district"
    OTHER_MUNICIPALITY = "other municipality"


@dataclass
class Place:
    """A district with somebody of every role. `mark` stands in every text that is planted here."""

    mark: str
    municipality: Municipality
    district: District
    team: Team
    guide: Guide
    consent_text: ConsentText
    base: BaseLocation
    people: dict[Role, Account]
    made: int = 0

    def number(self) -> int:
        """A number that was not used here before."""
        self.made += 1
        return self.made

    def somebody(self, role: Role) -> Account:
        """A new colleague of this district, whom no round has booked."""
        name = f"{self.mark}-{role}-{self.number()}"
        return make_account(self.municipality.id, name, role, self.district, self.team)


def build_places() -> dict[Where, Place]:
    """Both districts of a municipality, and a district of another municipality."""
    town, elsewhere = build_town("Wilgendam"), build_town("Elzendam")
    places = {
        Where.OWN: _place("Hierheen", town.municipality, town.district, town.team),
        Where.OTHER_DISTRICT: _place(
            "Overkant", town.municipality, town.other_district, town.other_team
        ),
        Where.OTHER_MUNICIPALITY: _place(
            "Verderop", elsewhere.municipality, elsewhere.district, elsewhere.team
        ),
    }
    db.session.commit()
    return places


def _place(mark: str, municipality: Municipality, district: District, team: Team) -> Place:
    here = municipality.id
    guide = Guide(
        id=new_id(),
        municipality_id=here,
        key=f"guide-{mark}",
        version="1",
        title=f"Gids {mark}",
        content={"domains": []},
        published_at=now(),
    )
    consent_text = ConsentText(
        id=new_id(),
        municipality_id=here,
        key=f"toestemming-{mark}",
        version="1",
        content={"purposes": {}},
        published_at=now(),
    )
    base = BaseLocation(
        id=new_id(), municipality_id=here, district_id=district.id, name=f"Huis {mark}"
    )
    people = {
        role: make_account(here, f"{mark}-{role}".lower(), role, district, team) for role in Role
    }
    db.session.add_all([guide, consent_text, base])
    db.session.flush()
    return Place(mark, municipality, district, team, guide, consent_text, base, people)

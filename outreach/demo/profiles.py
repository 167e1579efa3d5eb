"""When each volunteer can walk and whether they may: most is in order, some asks attention."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import func, select

from outreach.access.models import Account
from outreach.clock import DayPart, new_id
from outreach.db import db
from outreach.demo.people import People
from outreach.demo.town import CITY, STREETS
from outreach.territory.models import Address
from outreach.visits.models import Round, RoundMember, Stop
from outreach.volunteers.models import (
    AvoidedStreet,
    VolunteerAbsence,
    VolunteerDayPart,
    VolunteerProfile,
)

LANGUAGES = {
    "Samira": ["ar", "ary"],
    "Bilal": ["tr"],
    "Dewi": ["en", "id"],
    "Fatou": ["en", "fr"],
    "Hanna": ["pl", "ru"],
    "Joao": ["es", "pt"],
}
EXPERIENCED = {"Anna", "Corrie", "Gerard"}
NEW = {"Joao"}
EXPIRED, ENDS_SOON = "Ilse", "Evert"
ON_HOLIDAY = "Dewi"
MAY_LIVE_HERE = {"Dewi", "Evert", "Fatou", "Ilse", "Joao"}
VALID = timedelta(days=3 * 365)


def build_profiles(people: People, today: date) -> None:
    """Nobody walks today without a certificate, or where they live."""
    for number, account in enumerate(people.volunteers):
        ends = _ends(account, number, today)
        _add(
            account,
            VolunteerProfile,
            certificate_seen=True,
            certificate_date=ends - VALID,
            certificate_expires_on=ends,
            languages=LANGUAGES.get(account.first_name, []),
            experienced=account.first_name in EXPERIENCED,
            starts_with_mentor=account.first_name in NEW,
        )
        for weekday, part in _week(number):
            _add(account, VolunteerDayPart, weekday=weekday, day_part=part)
        if account.first_name == ON_HOLIDAY:
            first = today + timedelta(days=4)
            last = first + timedelta(days=9)
            _add(account, VolunteerAbsence, first_day=first, last_day=last)
    _somebody_lives_here(people)
    db.session.flush()


def _somebody_lives_here(people: People) -> None:
    """In a street where no round ever brought them; the first of whom that can be said."""
    for account in people.volunteers:
        street = _never_walked(account) if account.first_name in MAY_LIVE_HERE else None
        if street:
            _add(account, AvoidedStreet, city=CITY, street=street)
            return


def _ends(account: Account, number: int, today: date) -> date:
    """The certificate of one ran out after their last round; another's ends in three weeks."""
    if account.first_name == EXPIRED:
        return _last_round(account)
    if account.first_name == ENDS_SOON:
        return today + timedelta(weeks=3)
    return today + timedelta(days=400 + 31 * number)


def _last_round(account: Account) -> date:
    rows = (
        select(func.max(Round.date))
        .join(RoundMember, RoundMember.round_id == Round.id)
        .where(RoundMember.account_id == account.id)
    )
    return db.session.scalars(rows).one()


def _never_walked(account: Account) -> str | None:
    rows = (
        select(Address.street)
        .join(Stop, Stop.address_id == Address.id)
        .join(RoundMember, RoundMember.round_id == Stop.round_id)
        .where(RoundMember.account_id == account.id)
    )
    walked = set(db.session.scalars(rows))
    return next((name for name, *_ in reversed(STREETS) if name not in walked), None)


def _week(number: int) -> Sequence[tuple[int, str]]:
    """Two days a week for each, so that every working day has somebody at every day part."""
    parts = list(DayPart)
    first, second = 1 + number % 5, 1 + (number + 2) % 5
    evening = (first, DayPart.EVENING)
    return sorted({(first, parts[number % 2]), evening, (second, parts[(number + 1) % 3])})


def _add(account: Account, table: type, **said: object) -> None:
    here = account.municipality_id
    db.session.add(table(id=new_id(), municipality_id=here, account_id=account.id, **said))

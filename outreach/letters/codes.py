"""The code on a door's letter: made from a secret, never kept, and found again by its keyed hash.

docs/decisions/0022 says why. A link carries 80 bits; the short code has 40 and counts only together
with the house number, and every wrong try is counted.
"""

import base64
import hashlib
import hmac
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from flask import current_app
from sqlalchemy import Select, insert, or_, select

from outreach.access import tries
from outreach.campaigns.models import Campaign
from outreach.campaigns.planning import CLOSED, PUBLISHED
from outreach.clock import new_id, today
from outreach.db import db
from outreach.letters.fields import RESIDENTS
from outreach.letters.models import LetterCode
from outreach.territory.models import Address

LINK_BYTES, SHORT_BYTES = 10, 5
FREE_TRIES = 5
# Crockford's: no I, L, O or U, and what somebody reads for them is understood.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
STANDARD = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
AS_WRITTEN = str.maketrans(STANDARD, ALPHABET)
AS_MEANT = str.maketrans("OIL", "011")


class Codes(NamedTuple):
    """What is printed for one door."""

    link: str
    short: str

    @property
    def shown(self) -> str:
        """The short code in two halves, as people read it out."""
        return f"{self.short[:4]}-{self.short[4:]}"


def codes_of(row: LetterCode) -> Codes:
    """The codes of a door: the same every time, so that any letter can be printed again."""
    return _codes(row.campaign_id, row.address_id, row.turn)


def link_to(codes: Codes) -> str:
    """The whole address in the QR code. What follows # is never sent to a server."""
    return f"{current_app.config['PUBLIC_URL']}{RESIDENTS}#{codes.link}"


def give_codes(campaign: Campaign, address_ids: Iterable[str]) -> None:
    """See to it that each of these doors has a code in this campaign, which is locked."""
    had = select(LetterCode.address_id).where(LetterCode.campaign_id == campaign.id)
    without = set(address_ids) - set(db.session.scalars(had))
    rows = [
        {
            "id": new_id(),
            "municipality_id": campaign.municipality_id,
            "campaign_id": campaign.id,
            "address_id": address_id,
            "turn": 1,
            **_hashes(_codes(campaign.id, address_id, 1)),
        }
        for address_id in sorted(without)
    ]
    if rows:
        db.session.execute(insert(LetterCode), rows)


def codes_in(campaign_id: str, address_ids: Collection[str]) -> dict[str, Codes]:
    """The codes of these doors, by address."""
    rows = select(LetterCode).where(LetterCode.campaign_id == campaign_id)
    if len(address_ids) == 1:
        rows = rows.where(LetterCode.address_id.in_(address_ids))
    wanted = set(address_ids)
    found = db.session.scalars(rows)
    return {row.address_id: codes_of(row) for row in found if row.address_id in wanted}


def renew(row: LetterCode) -> Codes:
    """Another code for this door; the one on the letter that lies there opens nothing any more."""
    row.turn += 1
    codes = codes_of(row)
    for name, value in _hashes(codes).items():
        setattr(row, name, value)
    db.session.flush()
    return codes


def behind_link(link: str, origin: str) -> LetterCode | None:
    """The door of a link, while its campaign runs; every wrong one is counted for the caller.

    Raises TooManyTries. The caller commits, also when nothing was found.
    """
    caller = tries.key_of("letter-origin", origin)
    tries.refuse_while_waiting(caller)
    hashed = _hash("link", link.strip())
    found = db.session.scalars(_running().where(LetterCode.link_hash == hashed)).first()
    if found is None:
        tries.count(caller, FREE_TRIES * 10)
    return found


def behind_short(short: str, house_number: int, origin: str) -> LetterCode | None:
    """The door of a short code with its house number; as `behind_link`, and slower to guess."""
    meant = as_meant(short)
    keys = {
        tries.key_of("letter-short", meant): FREE_TRIES,
        tries.key_of("letter-origin", origin): FREE_TRIES * 10,
    }
    for key in keys:
        tries.refuse_while_waiting(key)
    rows = (
        _running()
        .join(Address, Address.id == LetterCode.address_id)
        .where(
            LetterCode.short_hash == _hash("short", meant),
            Address.house_number == house_number,
        )
    )
    found = db.session.scalars(rows).all()
    if len(found) == 1:
        return found[0]
    for key, free in keys.items():
        tries.count(key, free)
    return None


def ended_behind_link(link: str) -> bool:
    """Whether a link was right and its campaign is over; ask only once it opened nothing."""
    hashed = _hash("link", link.strip())
    return _any(_over().where(LetterCode.link_hash == hashed))


def ended_behind_short(short: str, house_number: int) -> bool:
    """As `ended_behind_link`, for a short code with its house number."""
    rows = _over().join(Address, Address.id == LetterCode.address_id)
    return _any(
        rows.where(
            LetterCode.short_hash == _hash("short", as_meant(short)),
            Address.house_number == house_number,
        )
    )


def as_meant(short: str) -> str:
    """A short code as it was printed, however somebody typed it."""
    letters = "".join(letter for letter in short.upper() if letter.isalnum())
    return letters.translate(AS_MEANT)


def _running() -> Select[LetterCode]:
    """Codes of campaigns that run today: a code ends with its campaign."""
    return (
        select(LetterCode)
        .join(Campaign, Campaign.id == LetterCode.campaign_id)
        .where(Campaign.state == PUBLISHED, Campaign.ends_on >= today())
    )


def _over() -> Select[LetterCode]:
    ended = or_(Campaign.state == CLOSED, Campaign.ends_on < today())
    return (
        select(LetterCode)
        .join(Campaign, Campaign.id == LetterCode.campaign_id)
        .where(Campaign.state.in_((PUBLISHED, CLOSED)), ended)
    )


def _any(rows: Select[LetterCode]) -> bool:
    return db.session.scalar(select(rows.exists())) or False


def _codes(campaign_id: str, address_id: str, turn: int) -> Codes:
    digest = _keyed("code", f"{campaign_id}:{address_id}:{turn}")
    link, short = digest[:LINK_BYTES], digest[LINK_BYTES : LINK_BYTES + SHORT_BYTES]
    return Codes(_written(link), _written(short))


def _written(raw: bytes) -> str:
    return base64.b32encode(raw).decode().translate(AS_WRITTEN)


def _hashes(codes: Codes) -> Mapping[str, str]:
    return {"link_hash": _hash("link", codes.link), "short_hash": _hash("short", codes.short)}


def _hash(kind: str, code: str) -> str:
    return _keyed(f"hash-{kind}", code).hex()


def _keyed(use: str, said: str) -> bytes:
    secret: str = current_app.config["SECRET_KEY"]
    return hmac.new(secret.encode(), f"letter-{use}:{said}".encode(), hashlib.sha256).digest()

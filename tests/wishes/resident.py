"""Somebody with a letter in their hand, in tests."""

from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select

from outreach.db import db
from outreach.letters import codes
from outreach.letters.models import LetterCode
from outreach.territory.models import Address
from tests.factories.town import Town

HERE = "192.0.2.7"
PHONE = "06 12345678"


class Resident:
    """Asks with the code of one door's letter, and no session."""

    def __init__(self, client: FlaskClient, town: Town, place: int = 0) -> None:
        self._client = client
        self.address: Address = town.addresses[place]
        rows = select(LetterCode).where(
            LetterCode.campaign_id == town.campaign.id, LetterCode.address_id == self.address.id
        )
        self.row = db.session.scalars(rows).one()

    @property
    def code(self) -> dict[str, Any]:
        """As the link says it."""
        return {"code": codes.codes_of(self.row).link}

    @property
    def short(self) -> dict[str, Any]:
        """As it is typed."""
        shown = codes.codes_of(self.row).shown
        return {"short": shown, "house_number": self.address.house_number}

    def posts(self, path: str, origin: str = HERE, **body: Any) -> tuple[int, Any]:
        """Status and JSON."""
        answer = self._client.post(
            f"/v1/letter-codes/{path}", json=body, environ_base={"REMOTE_ADDR": origin}
        )
        return answer.status_code, answer.get_json(silent=True)

    def opens(self) -> Any:
        """What the page shows."""
        status, told = self.posts("lookup", **self.code)
        assert status == 200, told
        return told

    def chooses(self, choice: str, **more: Any) -> tuple[int, Any]:
        """Choose something with the link's code."""
        return self.posts("choice", **self.code, choice=choice, **more)

    def wants_another_time(self, *day_parts: str, **more: Any) -> None:
        """It is passed on."""
        assert self.chooses("another_time", day_parts=list(day_parts), **more) == (204, None)

    def would_rather_not(self, **more: Any) -> None:
        """It is passed on."""
        assert self.chooses("rather_not", **more) == (204, None)

    def is_welcoming(self) -> None:
        """It is passed on."""
        assert self.chooses("welcome") == (204, None)

    def asks_for_a_call(self, phone: str = PHONE, **more: Any) -> tuple[int, Any]:
        """Leave a number, and say yes."""
        said: dict[str, Any] = {
            "phone": phone,
            "language": "tr",
            "consent": True,
            "consent_version": "1",
        }
        return self.posts("call", **self.code, **(said | more))

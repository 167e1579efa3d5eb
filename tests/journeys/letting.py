"""The letter of one door, as the printer makes it and as somebody at home reads it."""

import json
import re
import urllib.request
from dataclasses import dataclass
from typing import Any

import pypdfium2

from tests.journeys.camera import code_in
from tests.journeys.desk_waiting import Line
from tests.journeys.server import Server
from tests.letters.desk import pages_of

WORD = "zonnebloem"
CONSENT = {"consent": True, "consent_version": "1"}
SHORT = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\b")


@dataclass
class Letter:
    """What lies on the doormat: the address behind the square, the short code, the number."""

    link: str
    short: str
    house_number: str
    street: str


class Office:
    """The supervisor, without a browser: writes the letter, prints it for one door."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.line = Line(server, "sofie")
        [self.campaign] = [
            one for one in self.line.gets("/campaigns")["items"] if one["state"] == "published"
        ]
        self.path = f"/campaigns/{self.campaign['id']}"

    def writes(self) -> None:
        """The ready letter under the municipality's letterhead."""
        head = {"reply_address": "Postbus 1", "phone": "036-5550100", "signed_by": "Sofie Bos"}
        self._sends("PUT", "/letterhead", head)
        before = self.line.gets(f"{self.path}/letter")
        body = {"recognition_word": WORD, "waiting_days": 7, "texts": before["ready_texts"]}
        self._sends("PUT", f"{self.path}/letter", body | {"seen_at": before["saved_at"]})

    def prints(self, door: str) -> Letter:
        """The letter of one door, such as "Wilgenhof 12", read back from its paper."""
        found = self.line.posts(f"{self.path}/letter-door-searches", {"text": door})["items"]
        one = next(it for it in found if f"{it['street']} {it['number']}" == door)
        paper = self._sends("POST", f"{self.path}/letters", {"address_id": one["address_id"]})
        (short,) = set(SHORT.findall("\n".join(pages_of(paper))))
        return Letter(_behind_the_square(paper), short, one["number"], one["street"])

    def answers(self, letter: Letter, choice: str) -> None:
        """Somebody behind that door chooses, without a browser."""
        said: dict[str, Any] = {"code": letter.link.partition("#")[2]}
        if choice == "call":
            said |= {"phone": "0612345678", "language": "nl"}
            self._sends("POST", "/letter-codes/call", said | CONSENT)
            return
        parts = ["evening"] if choice == "another_time" else []
        said |= {"choice": choice, "day_parts": parts}
        self._sends("POST", "/letter-codes/choice", said)

    def counts(self) -> dict[str, Any]:
        """What residents chose."""
        return self.line.gets(f"{self.path}/wish-counts")

    def _sends(self, method: str, path: str, body: dict[str, Any]) -> bytes:
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self.line.token}"}
        request = urllib.request.Request(
            f"{self.server.url}/v1{path}", json.dumps(body).encode(), headers, method=method
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            said: bytes = answer.read()
        return said


def _behind_the_square(paper: bytes) -> str:
    """The address in the QR code of a letter, from a picture of its page."""
    pictures = (page.render(scale=3).to_pil() for page in pypdfium2.PdfDocument(paper))
    found = next(filter(None, map(code_in, pictures)), "")
    assert found, "no square on this letter"
    return found

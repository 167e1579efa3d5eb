"""A supervisor who writes and prints letters, in tests."""

import io
from typing import Any

from flask.testing import FlaskClient
from pypdf import PdfReader

from outreach.jobs import running
from tests.factories.town import Town, headers_for

WORD = "zonnebloem"
LETTERHEAD = {
    "reply_address": "Gemeente Wilgendam\nPostbus 1\n9990 AA Wilgendam",
    "phone": "036-5550100",
    "signed_by": "Sofie Bos, gemeente Wilgendam",
}


class LetterDesk:
    """Asks with one session, and waits until work that it started is done."""

    def __init__(self, client: FlaskClient, town: Town, role: str = "supervisor") -> None:
        self._client = client
        self._headers = headers_for(town.person(role)) | {"Accept-Language": "nl"}
        self.campaign = f"/campaigns/{town.campaign.id}"

    def call(self, method: str, path: str, body: Any = None, **sent: Any) -> tuple[int, Any]:
        """Status and JSON."""
        answer = self._open(method, path, body, **sent)
        return answer.status_code, answer.get_json(silent=True)

    def paper(self, method: str, path: str, body: Any = None) -> bytes:
        """The bytes of a file."""
        answer = self._open(method, path, body)
        assert answer.status_code == 200, answer.get_json()
        content: bytes = answer.get_data()
        return content

    def writes(self, **changes: Any) -> dict[str, Any]:
        """Save the letter; gives it as it is then."""
        before = self.call("GET", f"{self.campaign}/letter")[1]
        body = {"recognition_word": WORD, "waiting_days": 7, "texts": before["ready_texts"]}
        body |= {"seen_at": before["saved_at"]} | changes
        status, letter = self.call("PUT", f"{self.campaign}/letter", body)
        assert status == 200, letter
        said: dict[str, Any] = letter
        return said

    def ready(self) -> dict[str, str]:
        """The texts that come with the product."""
        texts: dict[str, str] = self.call("GET", f"{self.campaign}/letter")[1]["ready_texts"]
        return texts

    def refused(self, text: str) -> list[tuple[str, str]]:
        """What is said about a Dutch text: code and words of each fault."""
        body = {"recognition_word": WORD, "waiting_days": 7, "texts": {"nl": text}}
        status, problem = self.call("PUT", f"{self.campaign}/letter", body)
        assert (status, {f["pointer"] for f in problem["errors"]}) == (400, {"/texts/nl"}), problem
        return [(fault["code"], fault["detail"]) for fault in problem["errors"]]

    def signs(self) -> None:
        """Fill in the letterhead."""
        assert self.call("PUT", "/letterhead", LETTERHEAD)[0] == 200

    def prints(self, **body: Any) -> dict[str, Any]:
        """Print, and give the run once its job ended."""
        status, run = self.call("POST", f"{self.campaign}/print-runs", body)
        assert status == 202, run
        return self.run(run["id"])

    def run(self, run_id: str) -> dict[str, Any]:
        """A run as it is now."""
        said: dict[str, Any] = self.call("GET", f"/print-runs/{run_id}")[1]
        return said

    def _open(self, method: str, path: str, body: Any = None, **sent: Any) -> Any:
        if body is not None:
            sent["json"] = body
        answer = self._client.open(f"/v1{path}", method=method, headers=self._headers, **sent)
        running.runner().wait_until_idle()
        return answer


def pages_of(pdf: bytes) -> list[str]:
    """The text of every page."""
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]

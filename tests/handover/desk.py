"""A coach's desk in a test."""

from typing import Any

from flask.testing import FlaskClient

from tests.factories.town import Town, headers_for


class Desk:
    """One colleague at the desk; every answer is JSON with its status."""

    def __init__(self, client: FlaskClient, town: Town, person: str = "wijkcoach") -> None:
        self.client = client
        self.headers = headers_for(town.person(person))

    def get(self, path: str) -> Any:
        """Ask; gives the response."""
        return self.client.get(f"/v1{path}", headers=self.headers)

    def post(self, path: str, **body: Any) -> Any:
        """Do; gives the response."""
        if body:
            return self.client.post(f"/v1{path}", json=body, headers=self.headers)
        return self.client.post(f"/v1{path}", headers=self.headers)

    def inbox(self, query: str = "") -> list[dict[str, Any]]:
        """The lines of the inbox."""
        items: list[dict[str, Any]] = self.get(f"/handovers{query}").get_json()["items"]
        return items

    def opens(self, handover_id: str) -> dict[str, Any]:
        """Open a dossier that is there."""
        answer = self.get(f"/handovers/{handover_id}")
        assert answer.status_code == 200, answer.get_json()
        body: dict[str, Any] = answer.get_json()
        return body

    def does(self, deed: str, handover_id: str) -> Any:
        """A deed with a body that fits it; gives the response."""
        bodies: dict[str, dict[str, str]] = {
            "acceptance": {},
            "refusal": {"reason": "not_our_task", "words": "Dit hoort bij een ander."},
            "question": {"words": "Wanneer kunnen we bellen?"},
            "closing": {"outcome": "helped", "words": "Dossier dicht.", "feedback": "Het loopt."},
        }
        return self.post(f"/handovers/{handover_id}/{deed}", **bodies[deed])

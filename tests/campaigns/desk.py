"""A signed-in colleague at a desk, in tests."""

from typing import Any

from flask.testing import FlaskClient


class Desk:
    """Asks with one session; answers are (status, JSON)."""

    def __init__(self, client: FlaskClient, headers: dict[str, str]) -> None:
        self.client, self.headers = client, headers

    def get(self, path: str) -> tuple[int, Any]:
        """Read."""
        return self._ask("GET", path)

    def post(self, path: str, body: Any = None) -> tuple[int, Any]:
        """Make or do."""
        return self._ask("POST", path, body)

    def put(self, path: str, body: Any) -> tuple[int, Any]:
        """Replace."""
        return self._ask("PUT", path, body)

    def delete(self, path: str) -> tuple[int, Any]:
        """Take away."""
        return self._ask("DELETE", path)

    def _ask(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        answer = self.client.open(f"/v1{path}", method=method, json=body, headers=self.headers)
        return answer.status_code, answer.get_json(silent=True)

"""The API's description keeps the NL API Design Rules."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient

ROOT = Path(__file__).parents[2]
# By Logius, CC BY 4.0; see the README beside it.
OFFICIAL_RULES = Path(__file__).parent / "nl-api-design-rules-2.2.yaml"
METHODS = {"get", "post", "put", "patch", "delete"}


def _spec(client: FlaskClient) -> dict[str, Any]:
    spec: dict[str, Any] = client.get("/v1/openapi.json").get_json()
    return spec


def _operations(spec: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (path, method, operation)
        for path, item in spec["paths"].items()
        for method, operation in item.items()
        if method in METHODS
    ]


def test_anyone_may_read_the_description(client: FlaskClient) -> None:
    answer = client.get("/v1/openapi.json")
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_every_answer_is_described_with_its_version(client: FlaskClient) -> None:
    bare = [
        (path, method, status)
        for path, method, operation in _operations(_spec(client))
        for status, answer in operation["responses"].items()
        if "API-Version" not in answer["headers"]
    ]
    assert bare == []


def test_every_operation_describes_input_that_does_not_fit(client: FlaskClient) -> None:
    silent = [
        (path, method)
        for path, method, operation in _operations(_spec(client))
        if "application/problem+json" not in operation["responses"]["400"]["content"]
    ]
    assert silent == []


def test_query_parameters_are_lower_camel_case(client: FlaskClient) -> None:
    odd = [
        parameter["name"]
        for _, _, operation in _operations(_spec(client))
        for parameter in operation.get("parameters", [])
        if parameter.get("in") == "query"
        and not re.fullmatch(r"[a-z][a-z\d]*([A-Z][a-z\d]*)*", parameter["name"])
    ]
    assert odd == []


def test_every_operation_says_what_it_does(client: FlaskClient) -> None:
    silent = [
        (p, m) for p, m, operation in _operations(_spec(client)) if not operation.get("summary")
    ]
    assert silent == []


def _lint(spec: dict[str, Any], folder: Path) -> tuple[list[str], int]:
    """The errors that the official ruleset finds in a description, and the linter's verdict."""
    described = folder / "openapi.json"
    described.write_text(json.dumps(spec), encoding="utf-8")
    linter = ROOT / "frontend" / "node_modules" / ".bin" / "spectral"
    asked = ["lint", "-r", str(OFFICIAL_RULES), "-F", "error", "-f", "json", "--quiet"]
    found = subprocess.run(  # noqa: S603 - our own linter on our own file
        [str(linter), *asked, str(described)], capture_output=True, text=True, check=False
    )
    faults = [f for f in json.loads(found.stdout) if f["severity"] == 0]
    return [f"{fault['code']} {fault['path']}" for fault in faults], found.returncode


def test_the_official_ruleset_finds_no_error(client: FlaskClient, tmp_path: Path) -> None:
    assert _lint(_spec(client), tmp_path) == ([], 0)


def test_the_official_ruleset_does_find_what_breaks_it(client: FlaskClient, tmp_path: Path) -> None:
    spec = _spec(client)
    spec["paths"]["/not_kebab/"] = spec["paths"].pop("/me")
    faults, verdict = _lint(spec, tmp_path)
    assert [fault for fault in faults if "/not_kebab/" in fault] != []
    assert verdict == 1

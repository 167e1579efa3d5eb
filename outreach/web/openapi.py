"""The description of the API at `/v1/openapi.json`, open to all, by the NL API Design Rules."""

from typing import Any

from flask import Flask, Response, jsonify
from flask_smorest import Api

from outreach.web.headers import API_VERSION
from outreach.web.routing import public
from outreach.web.schemas import ProblemOut

VERSION_HEADER = {
    "API-Version": {
        "description": "Full version of this API",
        "schema": {"type": "string"},
        "example": API_VERSION,
    }
}
METHODS = {"get", "post", "put", "patch", "delete"}


def register(app: Flask, public_url: str) -> Api:
    """Bind the API and its description; blueprints are registered on what is returned."""
    app.config |= {
        "API_TITLE": "Voordeur",
        "API_VERSION": API_VERSION,
        "OPENAPI_VERSION": "3.1.0",
        "API_SPEC_OPTIONS": {
            "info": {
                "description": "Door-to-door help: rounds, talks, plans and hand-overs.",
                "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
                "contact": {
                    "name": "Voordeur",
                    "email": "voordeur@example.org",
                    "url": "https://example.org/voordeur",
                },
            },
            "servers": [{"url": f"{public_url}/v1"}],
        },
    }
    api = Api(app)

    @app.get("/v1/openapi.json")
    @public
    def openapi() -> Response:
        response = jsonify(_finished(api.spec.to_dict()))
        response.headers["Access-Control-Allow-Origin"] = "*"
        return response

    return api


def _finished(spec: dict[str, Any]) -> dict[str, Any]:
    """Paths relative to `/v1`; the version header on, and one problem shape in, every answer."""
    spec["paths"] = {path.removeprefix("/v1"): item for path, item in spec["paths"].items()}
    schemas = spec.setdefault("components", {}).setdefault("schemas", {})
    schemas.pop("Error", None)
    schemas.pop("PaginationMetadata", None)
    spec["components"].pop("responses", None)
    spec["components"]["headers"] = VERSION_HEADER
    spec["components"]["securitySchemes"] = {
        "access": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
    }
    for item in spec["paths"].values():
        for method, operation in item.items():
            if method in METHODS:
                _finish_operation(operation)
    return spec


def _finish_operation(operation: dict[str, Any]) -> None:
    responses = operation["responses"]
    for status in [s for s in responses if s == "default" or s[0] in "45"]:
        del responses[status]
    for answer in responses.values():
        answer["headers"] = VERSION_HEADER
    for status, meaning in (
        ("400", "Input that does not fit"),
        ("401", "Not signed in"),
        ("403", "Not allowed"),
        ("404", "Not found, or not yours"),
    ):
        responses[status] = {
            "description": meaning,
            "headers": VERSION_HEADER,
            "content": {"application/problem+json": {"schema": _problem_schema()}},
        }
    operation["security"] = [{"access": []}]


def _problem_schema() -> dict[str, Any]:
    """Inline, because the official rules read its members in place."""
    text = {"type": "string"}
    fault = {"type": "object", "properties": {"pointer": text, "code": text, "detail": text}}
    return {
        "type": "object",
        "required": sorted(ProblemOut().fields),
        "properties": {
            "type": text,
            "status": {"type": "integer"},
            "title": text,
            "detail": text,
            "code": text,
            "errors": {"type": "array", "items": fault},
        },
    }

"""Loads the guide and the consent texts that come with the product into a municipality."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import select

from outreach.clock import new_id, now
from outreach.db import db
from outreach.guides.models import ConsentText, Guide

CONTENT = Path(__file__).parent / "content"
TITLES = {"achter-de-voordeur": "Achter de voordeur"}


class Published(NamedTuple):
    """The newest packaged texts of a municipality."""

    guide: Guide
    consent_text: ConsentText


def publish_packaged(municipality_id: str) -> Published:
    """Publish every packaged version that is not there yet; one that is there stays as it is."""
    guides = [_guide(municipality_id, content) for content in _packaged("guide")]
    texts = [_consent_text(municipality_id, content) for content in _packaged("consent")]
    db.session.flush()
    return Published(guides[-1], texts[-1])


@cache
def card_languages() -> frozenset[str]:
    """The codes on the card "Wijs uw taal aan"."""
    return frozenset(language_names())


@cache
def language_names() -> dict[str, str]:
    """The languages on that card: code to name, as its speakers write it."""
    return {language["code"]: language["name"] for language in _language_card()["languages"]}


def _language_card() -> dict[str, Any]:
    return _read(CONTENT / "language-card.json")


def _packaged(kind: str) -> Iterator[dict[str, Any]]:
    """Contents of one kind, oldest version first."""
    found = [_read(path) for path in CONTENT.glob(f"{kind}-*.json")]
    yield from sorted(found, key=lambda content: _version_key(content["version"]))


def _version_key(version: str) -> list[int]:
    return [int(part) for part in version.split(".")]


def _read(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def _guide(municipality_id: str, content: dict[str, Any]) -> Guide:
    rows = select(Guide).where(
        Guide.municipality_id == municipality_id,
        Guide.key == content["key"],
        Guide.version == content["version"],
    )
    found = db.session.scalars(rows).first()
    if found is None:
        found = Guide(
            id=new_id(),
            municipality_id=municipality_id,
            key=content["key"],
            version=content["version"],
            title=TITLES[content["key"]],
            content=content,
            published_at=now(),
        )
        db.session.add(found)
    return found


def _consent_text(municipality_id: str, content: dict[str, Any]) -> ConsentText:
    rows = select(ConsentText).where(
        ConsentText.municipality_id == municipality_id,
        ConsentText.key == content["key"],
        ConsentText.version == content["version"],
    )
    found = db.session.scalars(rows).first()
    if found is None:
        found = ConsentText(
            id=new_id(),
            municipality_id=municipality_id,
            key=content["key"],
            version=content["version"],
            content=content | {"language_card": _language_card()},
            published_at=now(),
        )
        db.session.add(found)
    return found

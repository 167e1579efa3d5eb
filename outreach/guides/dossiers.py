"""What of guides and consent texts a phone gets."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import select

from outreach.db import db
from outreach.guides.models import ConsentText, Guide


def guide_dossiers(ids: Collection[str]) -> dict[str, dict[str, Any]]:
    """Bodies of guides, by id."""
    rows = db.session.scalars(select(Guide).where(Guide.id.in_(ids)))
    return {
        row.id: {
            "key": row.key,
            "version": row.version,
            "title": row.title,
            "content": row.content,
        }
        for row in rows
    }


def consent_text_dossiers(ids: Collection[str]) -> dict[str, dict[str, Any]]:
    """Bodies of consent texts, by id; the language card is part of `content`."""
    rows = db.session.scalars(select(ConsentText).where(ConsentText.id.in_(ids)))
    return {
        row.id: {"key": row.key, "version": row.version, "content": row.content} for row in rows
    }

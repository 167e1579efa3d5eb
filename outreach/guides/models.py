"""Guides and consent texts; a published version never changes."""

from typing import Any

from sqlalchemy import String, UniqueConstraint, event
from sqlalchemy.orm import Mapped, object_session

from outreach.db import Document, Instant, Model, Retention, Tenant, plain, tenant_table


class Guide(Tenant, Model):
    """A conversation guide: opening, eight domains with prompts, tips and advices, nl and en."""

    __tablename__ = "guide"
    __table_args__ = tenant_table(
        Retention.CONTENT,
        UniqueConstraint("municipality_id", "key", "version", name="uq_guide_version"),
    )

    key: Mapped[str] = plain(String(60))
    version: Mapped[str] = plain(String(20))
    title: Mapped[str] = plain()
    content: Mapped[Document] = plain()
    published_at: Mapped[Instant] = plain()


class ConsentText(Tenant, Model):
    """The words in which consent is asked, per purpose, nl and en."""

    __tablename__ = "consent_text"
    __table_args__ = tenant_table(
        Retention.CONTENT,
        UniqueConstraint("municipality_id", "key", "version", name="uq_consent_text_version"),
    )

    key: Mapped[str] = plain(String(60))
    version: Mapped[str] = plain(String(20))
    content: Mapped[Document] = plain()
    published_at: Mapped[Instant] = plain()


class FixedText(Exception):  # noqa: N818 - it names the rule that was broken
    """A published guide or consent text was about to change: people agreed to these words."""


@event.listens_for(Guide, "before_update")
@event.listens_for(ConsentText, "before_update")
def _never_changed(_mapper: Any, _connection: Any, text: Guide | ConsentText) -> None:
    # Flush visits rows that were merely touched; only a real change is refused.
    session = object_session(text)
    if session is not None and session.is_modified(text):
        raise FixedText(f"{text.key} {text.version}")


@event.listens_for(Guide, "before_delete")
@event.listens_for(ConsentText, "before_delete")
def _never_deleted(_mapper: Any, _connection: Any, text: Guide | ConsentText) -> None:
    raise FixedText(f"{text.key} {text.version}")

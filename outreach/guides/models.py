"""Guides and consent texts; a published version never changes."""

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped

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

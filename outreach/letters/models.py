"""The letter of a campaign in its versions, the letterhead, the codes, and what was printed.

And what goes along to the doors: the pages of the letter as pictures, and the calling card.
"""

from datetime import date
from typing import Any

from sqlalchemy import Index, LargeBinary, String, UniqueConstraint, event, inspect
from sqlalchemy.orm import Mapped, object_session

from outreach.db import (
    Document,
    Id,
    Instant,
    LongText,
    Model,
    Retention,
    Tenant,
    personal,
    plain,
    tenant_table,
)


class Letterhead(Tenant, Model):
    """Whose letter it is: where to write or phone to, who signs, and the logo as PNG."""

    __tablename__ = "letterhead"
    __table_args__ = tenant_table(
        Retention.REGISTER, UniqueConstraint("municipality_id", name="uq_letterhead_municipality")
    )

    reply_address: Mapped[LongText] = plain(default="")
    phone: Mapped[str] = plain(String(40), default="")
    signed_by: Mapped[str] = plain(default="")
    logo: Mapped[bytes | None] = plain(LargeBinary)


class Letter(Tenant, Model):
    """The letter of one campaign.

    `recognition_word`: the *herkenningswoord* by which residents know who rings;
    `waiting_days`: how long nobody should ring after the letters went out.
    """

    __tablename__ = "letter"
    __table_args__ = tenant_table(
        Retention.REGISTER,
        UniqueConstraint("campaign_id", name="uq_letter_campaign"),
        campaign_id="campaign",
    )

    campaign_id: Mapped[Id] = plain()
    recognition_word: Mapped[str] = plain(String(40))
    waiting_days: Mapped[int] = plain()
    changed_at: Mapped[Instant] = plain()


class LetterVersion(Tenant, Model):
    """What a letter says, per language, in Markdown.

    Once it is printed (`fixed_at`) it never changes: `given` then holds everything else that
    was on the paper, so that page 312 can be printed again next month and be the same.
    """

    __tablename__ = "letter_version"
    __table_args__ = tenant_table(
        Retention.CONTENT,
        UniqueConstraint("letter_id", "number", name="uq_letter_version_number"),
        letter_id="letter",
    )

    letter_id: Mapped[Id] = plain()
    number: Mapped[int] = plain()
    texts: Mapped[Document] = plain()
    given: Mapped[Document] = plain(default=dict)
    fixed_at: Mapped[Instant | None] = plain()


class LetterPicture(Tenant, Model):
    """A page of a printed version, as a volunteer shows it at a door: without address or code.

    `page` counts from 1; `picture` is a WebP in base64, as it travels to phones.
    """

    __tablename__ = "letter_picture"
    __table_args__ = tenant_table(
        Retention.CONTENT,
        UniqueConstraint("letter_version_id", "page", name="uq_letter_picture_page"),
        letter_version_id="letter_version",
    )

    letter_version_id: Mapped[Id] = plain()
    page: Mapped[int] = plain()
    language: Mapped[str] = plain(String(8))
    width: Mapped[int] = plain()
    height: Mapped[int] = plain()
    picture: Mapped[LongText] = plain()


class CallingCard(Tenant, Model):
    """What the card of a campaign says that is left where nobody was home: per language, Markdown.

    Kept as it was last printed, so that nobody types a translation twice.
    """

    __tablename__ = "calling_card"
    __table_args__ = tenant_table(
        Retention.REGISTER,
        UniqueConstraint("campaign_id", name="uq_calling_card_campaign"),
        campaign_id="campaign",
    )

    campaign_id: Mapped[Id] = plain()
    texts: Mapped[Document] = plain()
    printed_at: Mapped[Instant] = plain()


class LetterCode(Tenant, Model):
    """The code on the letter of one door in one campaign; only keyed hashes of it are kept.

    `turn` counts the codes this door had: a new turn makes the earlier one worthless.
    """

    __tablename__ = "letter_code"
    __table_args__ = tenant_table(
        Retention.DOOR,
        UniqueConstraint("campaign_id", "address_id", name="uq_letter_code_door"),
        UniqueConstraint("link_hash", name="uq_letter_code_link"),
        Index("ix_letter_code_short", "short_hash"),
        campaign_id="campaign",
        address_id="address",
    )

    campaign_id: Mapped[Id] = plain()
    address_id: Mapped[Id] = personal(index=True)
    turn: Mapped[int] = plain(default=1)
    link_hash: Mapped[str] = personal(String(64))
    short_hash: Mapped[str] = personal(String(64))


class PrintRun(Tenant, Model):
    """Letters that were printed in one go.

    `ordering`: walking or postcode; `per_street`: a file a street; `both_sides`: a letter begins
    on a fresh sheet; `pages` are those of one letter. `sent_on` is the day they went out.
    The job goes a month after it ended, the run stays.
    """

    __tablename__ = "print_run"
    __table_args__ = tenant_table(
        Retention.REGISTER, letter_version_id="letter_version", campaign_id="campaign"
    )

    campaign_id: Mapped[Id] = plain(index=True)
    letter_version_id: Mapped[Id] = plain()
    job_id: Mapped[Id | None] = plain()
    ordering: Mapped[str] = plain(String(20))
    per_street: Mapped[bool] = plain()
    both_sides: Mapped[bool] = plain()
    pages: Mapped[int] = plain()
    letters: Mapped[int] = plain()
    made_at: Mapped[Instant] = plain()
    finished_at: Mapped[Instant | None] = plain()
    sent_on: Mapped[date | None] = plain()


class PrintedLetter(Tenant, Model):
    """One letter of a run: the `place`-th, from 1, in file `part`.

    `digest` is over all that is on the paper: another one means that the door needs a new letter.
    """

    __tablename__ = "printed_letter"
    __table_args__ = tenant_table(
        Retention.DOOR,
        UniqueConstraint("print_run_id", "place", name="uq_printed_letter_place"),
        print_run_id="print_run",
        address_id="address",
    )

    print_run_id: Mapped[Id] = plain()
    address_id: Mapped[Id] = personal(index=True)
    place: Mapped[int] = plain()
    part: Mapped[int] = plain()
    digest: Mapped[str] = plain(String(64))


class FixedLetter(Exception):  # noqa: N818 - it names the rule that was broken
    """A printed letter was about to change: it lies on people's doormats."""


@event.listens_for(LetterVersion, "before_update")
def _never_changed(_mapper: Any, _connection: Any, version: LetterVersion) -> None:
    session = object_session(version)
    fixed = inspect(version).attrs.fixed_at.history
    before = fixed.deleted or fixed.unchanged
    if any(before) and session is not None and session.is_modified(version):
        raise FixedLetter(f"version {version.number}")


@event.listens_for(LetterVersion, "before_delete")
def _never_deleted(_mapper: Any, _connection: Any, version: LetterVersion) -> None:
    if version.fixed_at is not None:
        raise FixedLetter(f"version {version.number}")

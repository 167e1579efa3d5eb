"""What the server remembers of phones: receipts, mutations, quarantine, escrow, what is gone."""

from sqlalchemy import Index, LargeBinary, String, false, text
from sqlalchemy.orm import Mapped

from outreach.db import (
    Document,
    Id,
    Instant,
    Model,
    Retention,
    Tenant,
    personal,
    plain,
    tenant_table,
)


class Receipt(Tenant, Model):
    """What one answer brought a device to: `holdings` maps dossier id to version."""

    __tablename__ = "receipt"
    __table_args__ = tenant_table(Retention.EXCHANGE, device_id="device")

    device_id: Mapped[Id] = plain(index=True)
    number: Mapped[int] = plain()
    holdings: Mapped[Document] = plain()
    given_at: Mapped[Instant] = plain()


class Mutation(Tenant, Model):
    """An intent that arrived, and its outcome, stored with the effect. Its id is the phone's."""

    __tablename__ = "mutation"
    __table_args__ = tenant_table(
        Retention.EXCHANGE, Index("ix_mutation_dossier_id", "dossier_id"), account_id="account"
    )

    account_id: Mapped[Id] = personal()
    device_id: Mapped[Id] = plain()
    dossier_id: Mapped[Id] = plain()
    kind: Mapped[str] = plain(String(40))
    schema: Mapped[int] = plain()
    body_hash: Mapped[bytes] = plain(LargeBinary(32))
    outcome: Mapped[str] = plain(String(20))
    code: Mapped[str] = plain(String(60), default="")
    made_at: Mapped[Instant | None] = plain()
    received_at: Mapped[Instant] = plain()


class Quarantined(Tenant, Model):
    """A mutation that could not be applied, kept whole until a person decides.

    `state`: waiting, applied or discarded. What was repaired stands as it was applied, under the
    dossier it went to; `original` is the envelope as it came, `first_dossier_id` what that named.
    `urgent`: somebody must look today, as was seen when it was put aside.
    """

    __tablename__ = "quarantined"
    __table_args__ = tenant_table(
        Retention.EXCHANGE,
        Index("ix_quarantined_dossier_id", "dossier_id"),
        Index("ix_quarantined_first_dossier_id", "first_dossier_id"),
        Index(
            "ix_quarantined_urgent",
            "municipality_id",
            sqlite_where=text("urgent AND state = 'waiting'"),
            postgresql_where=text("urgent AND state = 'waiting'"),
        ),
        author_id="account",
    )

    author_id: Mapped[Id] = personal()
    device_id: Mapped[Id] = plain()
    dossier_id: Mapped[Id] = plain()
    address_id: Mapped[Id | None] = personal()
    kind: Mapped[str] = plain(String(40))
    reason: Mapped[str] = plain(String(60))
    body: Mapped[Document] = personal()
    received_at: Mapped[Instant] = plain()
    state: Mapped[str] = plain(String(20), default="waiting")
    settled_at: Mapped[Instant | None] = plain()
    settled_by: Mapped[Id | None] = personal()
    settled_why: Mapped[str] = personal(default="")
    first_dossier_id: Mapped[Id | None] = plain()
    original: Mapped[Document | None] = personal()
    urgent: Mapped[bool] = plain(default=False, server_default=false())


class IssuedDossier(Tenant, Model):
    """That a device was given a dossier, and when last: the right to write outlives reading."""

    __tablename__ = "issued_dossier"
    __table_args__ = tenant_table(
        Retention.EXCHANGE,
        Index("ix_issued_dossier_pair", "dossier_id", "account_id", unique=True),
        account_id="account",
    )

    dossier_id: Mapped[Id] = plain()
    account_id: Mapped[Id] = personal()
    last_at: Mapped[Instant] = plain()


class ErasedDossier(Tenant, Model):
    """A dossier that was thrown away: nothing that names it is ever stored again."""

    __tablename__ = "erased_dossier"
    __table_args__ = tenant_table(Retention.EXCHANGE)

    erased_at: Mapped[Instant] = plain()


class ToForget(Tenant, Model):
    """That a phone must hear what was taken out; goes once it named the receipt it heard it with.

    `what`: household, note, noting, health or contact; `object_id`: the note, else the dossier.
    """

    __tablename__ = "to_forget"
    __table_args__ = tenant_table(Retention.EXCHANGE, device_id="device")

    device_id: Mapped[Id] = plain(index=True)
    dossier_id: Mapped[Id] = plain()
    what: Mapped[str] = plain(String(20))
    object_id: Mapped[Id] = plain()
    since: Mapped[Instant] = plain()
    told_with: Mapped[Id | None] = plain()


class EscrowKey(Tenant, Model):
    """The half of a key pair to which phones seal; the other half lies outside the database.

    `public_key` is an uncompressed P-256 point. A municipality has one key that is not retired.
    """

    __tablename__ = "escrow_key"
    __table_args__ = tenant_table(
        Retention.EXCHANGE,
        Index(
            "uq_escrow_key_current",
            "municipality_id",
            unique=True,
            sqlite_where=text("retired_at IS NULL"),
            postgresql_where=text("retired_at IS NULL"),
        ),
    )

    public_key: Mapped[bytes] = plain(LargeBinary(65))
    made_at: Mapped[Instant] = plain()
    retired_at: Mapped[Instant | None] = plain()
    destroyed_at: Mapped[Instant | None] = plain()

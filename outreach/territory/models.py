"""Addresses, areas, households, and doors where nobody should ring."""

from datetime import date

from sqlalchemy import Index, String, UniqueConstraint
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


def number_words(number: int, letter: str, suffix: str) -> str:
    """As people write it: "12", "12 A" or "12 A-2"."""
    return f"{number}{f' {letter}' if letter else ''}{f'-{suffix}' if suffix else ''}"


class Address(Tenant, Model):
    """A BAG number designation; exists before anyone is met. Missing letter or suffix is ''.

    `entrance` groups doors behind one shared front door ('' = a front door of its own).
    """

    __tablename__ = "address"
    __table_args__ = tenant_table(
        Retention.REGISTER,
        UniqueConstraint(
            "municipality_id",
            "postcode",
            "house_number",
            "house_letter",
            "house_suffix",
            name="uq_address_door",
        ),
        Index("ix_address_street", "municipality_id", "city", "street"),
        Index("ix_address_place", "municipality_id", "lat", "lon"),
    )

    street: Mapped[str] = plain(String(80))
    house_number: Mapped[int] = plain()
    house_letter: Mapped[str] = plain(String(1), default="")
    house_suffix: Mapped[str] = plain(String(4), default="")
    postcode: Mapped[str] = plain(String(6))
    city: Mapped[str] = plain(String(80))
    lat: Mapped[float | None] = plain()
    lon: Mapped[float | None] = plain()
    use: Mapped[str] = plain(String(60), default="")
    bag_id: Mapped[str] = plain(String(16), default="")
    entrance: Mapped[str] = plain(String(40), default="")

    @property
    def number(self) -> str:
        """House number as on the door."""
        return number_words(self.house_number, self.house_letter, self.house_suffix)


class Area(Tenant, Model):
    """A chosen set of addresses, and how it was chosen (`choices.py`); {} is by its streets."""

    __tablename__ = "area"
    __table_args__ = tenant_table(Retention.REGISTER)

    name: Mapped[str] = plain()
    choice: Mapped[Document] = plain(default=dict, server_default="{}")


class AreaAddress(Tenant, Model):
    """One address of an area."""

    __tablename__ = "area_address"
    __table_args__ = tenant_table(
        Retention.REGISTER,
        UniqueConstraint("area_id", "address_id", name="uq_area_address_pair"),
        area_id="area",
        address_id="address",
    )

    area_id: Mapped[Id] = plain()
    address_id: Mapped[Id] = plain(index=True)


class Household(Tenant, Model):
    """Exists only after somebody at the door agreed. `address_id` is empty once they moved.

    How to reach them is there only while consent `contact` stands.
    """

    __tablename__ = "household"
    __table_args__ = tenant_table(Retention.DOSSIER, address_id="address")

    address_id: Mapped[Id | None] = personal(index=True)
    called_name: Mapped[str] = personal(default="")
    contact_channel: Mapped[str] = personal(String(20), default="")
    contact_value: Mapped[str] = personal(String(254), default="")
    contact_when: Mapped[str] = personal(default="")
    voicemail_ok: Mapped[bool] = personal(default=False)
    created_at: Mapped[Instant] = plain()


class DoorHold(Tenant, Model):
    """Nobody rings here: `wants_no_visit`, `not_a_home` or `unsafe`; never a reason in words.

    `campaign_id` empty = always; `set_by` empty = a resident, on the page behind their letter;
    `unsafe` waits for the supervisor, who lifts or keeps it, and tells the resident
    (`informed_on`), who may object (`objected_on`): then it is decided again.
    """

    __tablename__ = "door_hold"
    __table_args__ = tenant_table(Retention.DOOR, address_id="address")

    address_id: Mapped[Id] = personal(index=True)
    campaign_id: Mapped[Id | None] = plain()
    kind: Mapped[str] = personal(String(20))
    set_by: Mapped[Id | None] = personal()
    set_at: Mapped[Instant] = plain()
    ends_on: Mapped[date | None] = plain()
    decided_at: Mapped[Instant | None] = plain()
    decided_by: Mapped[Id | None] = personal()
    informed_on: Mapped[date | None] = personal()
    objected_on: Mapped[date | None] = personal()
    lifted_at: Mapped[Instant | None] = plain()
    lifted_why: Mapped[str] = personal(String(20), default="", server_default="")

"""A box opens for this server, for one device and one id; every change to it shows."""

import stat
from datetime import timedelta
from uuid import uuid4

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from outreach.clock import new_id, now
from outreach.db import db
from outreach.sync import escrow
from outreach.sync.models import EscrowKey
from tests.factories.sealing import sealed
from tests.factories.town import Town, build_town

PLAIN = b"wat de bewoner zei"
DEVICE, BOX = str(uuid4()), str(uuid4())
same_app = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


@pytest.fixture
def here(town: Town) -> str:
    return town.municipality.id


@pytest.fixture
def box(here: str) -> bytes:
    return sealed(PLAIN, escrow.shown(escrow.current_key(here)), DEVICE, BOX)


def test_what_a_phone_sealed_opens_here(here: str, box: bytes) -> None:
    assert escrow.opened(box, here, DEVICE, BOX) == PLAIN


@same_app
@given(data=st.data())
def test_every_flipped_bit_of_a_box_shows(here: str, box: bytes, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(box) - 1))
    flipped = bytearray(box)
    flipped[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(escrow.CannotOpen):
        escrow.opened(bytes(flipped), here, DEVICE, BOX)


@same_app
@given(length=st.integers(0, 400))
def test_half_a_box_does_not_open(here: str, box: bytes, length: int) -> None:
    cut = box[: min(length, len(box) - 1)]
    with pytest.raises(escrow.CannotOpen):
        escrow.opened(cut, here, DEVICE, BOX)


def test_a_box_under_another_device_or_id_does_not_open(here: str, box: bytes) -> None:
    for device_id, box_id in ((new_id(), BOX), (DEVICE, new_id()), (BOX, DEVICE)):
        with pytest.raises(escrow.CannotOpen):
            escrow.opened(box, here, device_id, box_id)


def test_a_key_of_one_municipality_opens_nothing_of_another(box: bytes) -> None:
    with pytest.raises(escrow.CannotOpen):
        escrow.opened(box, build_town("Elders").municipality.id, DEVICE, BOX)


def test_there_is_one_current_key_and_asking_again_makes_no_other(here: str) -> None:
    assert escrow.current_key(here).id == escrow.current_key(here).id
    db.session.commit()
    db.session.add(
        EscrowKey(id=new_id(), municipality_id=here, public_key=b"\x04" * 65, made_at=now())
    )
    with pytest.raises(IntegrityError):
        db.session.flush()


def test_the_private_half_lies_outside_the_database_for_the_owner_only(
    app: Flask, here: str
) -> None:
    key = escrow.current_key(here)
    path = escrow.private_half_of(key.id)
    assert path == app.config["DATA_DIR"] / "escrow" / f"{key.id}.pem"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def test_a_private_half_is_never_written_over(here: str, monkeypatch: pytest.MonkeyPatch) -> None:
    first = escrow.current_key(here)
    before = escrow.private_half_of(first.id).read_bytes()
    monkeypatch.setattr(escrow, "new_id", lambda: first.id)
    with pytest.raises(FileExistsError):
        escrow.rotate(here)
    assert escrow.private_half_of(first.id).read_bytes() == before


def test_old_boxes_open_after_rotation_and_new_ones_take_the_new_key(here: str, box: bytes) -> None:
    old = escrow.current_key(here)
    new = escrow.rotate(here)
    assert escrow.current_key(here).id == new.id != old.id
    assert escrow.opened(box, here, DEVICE, BOX) == PLAIN


def test_a_box_opens_where_a_restored_database_does_not_know_its_key(here: str, box: bytes) -> None:
    db.session.delete(escrow.current_key(here))
    db.session.flush()
    assert escrow.opened(box, here, DEVICE, BOX) == PLAIN


def test_only_what_was_retired_long_ago_is_destroyed(here: str, box: bytes) -> None:
    old = escrow.current_key(here)
    newer = escrow.rotate(here)
    escrow.rotate(here)
    old.retired_at = now() - escrow.LONGEST_SILENCE - timedelta(minutes=1)
    newer.retired_at = now() - escrow.LONGEST_SILENCE + timedelta(minutes=1)
    assert [key.id for key in escrow.destroy_old()] == [old.id]
    escrow.remove_private_half(old.id)
    assert escrow.destroy_old() == []
    assert db.session.scalars(select(EscrowKey.id).where(EscrowKey.destroyed_at.is_not(None))).all()
    with pytest.raises(escrow.CannotOpen):
        escrow.opened(box, here, DEVICE, BOX)

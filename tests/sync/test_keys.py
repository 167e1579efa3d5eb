"""`outreach keys`: a new key, old ones destroyed in time, and what lies where."""

from datetime import timedelta

import pytest
from click.testing import CliRunner, Result
from flask.testing import FlaskClient
from sqlalchemy import select

from outreach.audit.models import TrailEntry
from outreach.cli import main
from outreach.clock import now
from outreach.db import db
from outreach.sync import escrow
from outreach.sync.commands import keys
from outreach.sync.models import EscrowKey, Quarantined
from tests.factories.sealing import SealedPhone
from tests.factories.town import Town, build_town


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(keys, list(arguments))
    db.session.expire_all()
    return result


def actions() -> list[tuple[str, str | None]]:
    rows = select(TrailEntry).order_by(TrailEntry.number)
    return [(entry.action, entry.object_id) for entry in db.session.scalars(rows)]


@pytest.fixture
def key(town: Town) -> EscrowKey:
    made = escrow.current_key(town.municipality.id)
    db.session.commit()
    return made


def test_the_command_line_knows_the_keys() -> None:
    assert "rotate" in CliRunner().invoke(main, ["keys", "--help"]).stdout


def test_rotating_makes_a_new_key_and_keeps_the_old_one(town: Town, key: EscrowKey) -> None:
    result = run("rotate")
    new = escrow.current_key(town.municipality.id)
    assert new.id != key.id
    assert (new.id in result.stdout, key.retired_at is not None) == (True, True)
    assert escrow.private_half_of(key.id).exists()
    assert actions() == [("keys.rotate", new.id)]


def test_with_more_municipalities_it_asks_which_one(town: Town, key: EscrowKey) -> None:
    elsewhere = build_town("Elders")
    assert run("rotate").exit_code == 2
    assert run("rotate", "--municipality", "Elders").exit_code == 0
    assert escrow.current_key(town.municipality.id).id == key.id
    assert escrow.current_key(elsewhere.municipality.id).id != key.id


def test_only_what_no_box_can_need_any_more_is_destroyed(key: EscrowKey) -> None:
    run("rotate")
    key.retired_at = now() - timedelta(days=414) + timedelta(hours=1)
    db.session.commit()
    assert run("destroy", "--yes").stdout == "Nothing is old enough.\n"
    assert escrow.private_half_of(key.id).exists()
    key.retired_at = now() - timedelta(days=414, hours=1)
    db.session.commit()
    assert key.id in run("destroy", "--yes").stdout
    assert not escrow.private_half_of(key.id).exists()
    assert key.destroyed_at is not None
    assert actions()[-1] == ("keys.destroy", key.id)


def test_destroying_asks_first(key: EscrowKey) -> None:
    run("rotate")
    key.retired_at = now() - timedelta(days=500)
    db.session.commit()
    assert run("destroy").exit_code == 1
    assert escrow.private_half_of(key.id).exists()


def test_the_list_tells_the_state_of_every_key(key: EscrowKey) -> None:
    run("rotate")
    key.retired_at = now() - timedelta(days=500)
    db.session.commit()
    run("destroy", "--yes")
    run("rotate")
    lines = run("list").stdout.splitlines()
    assert [line.split(", ")[1].split()[0] for line in lines] == ["destroyed", "retired", "current"]
    escrow.remove_private_half(lines[2].split()[1])
    assert run("list").stdout.count("PRIVATE HALF MISSING") == 1


def test_what_could_not_be_opened_opens_once_its_key_is_back(
    client: FlaskClient, town: Town
) -> None:
    phone = SealedPhone(client, town.person("volunteer"))
    phone.seal()
    phone.write(town.stops[0].id, "door.notice", notice="dog", on=True)
    path = escrow.private_half_of(phone.escrow_key["id"])
    private = path.read_bytes()
    path.unlink()
    phone.hand_over()
    assert "Opened: 0." in run("reopen").stdout
    path.write_bytes(private)
    assert "Opened: 1." in run("reopen").stdout
    kept = db.session.scalars(select(Quarantined)).one()
    assert (kept.kind, kept.reason) == ("door.notice", "sent-sealed-rescue")
    assert "Opened: 0." in run("reopen").stdout

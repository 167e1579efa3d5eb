"""A copy put back is whole, and what ended since it was made stays ended."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click import Command
from click.testing import CliRunner, Result
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import select, text

from outreach.access import accounts, devices
from outreach.access.actor import actor_of
from outreach.access.models import Account, Device, Invitation, Session
from outreach.audit import endings, trail
from outreach.audit.endings import Kind
from outreach.audit.models import TrailEntry
from outreach.clock import new_id, now
from outreach.conversations.models import Assessment, Consent, Forgotten, Note
from outreach.db import METADATA, db
from outreach.privacy import restoring
from outreach.privacy.backup_commands import backup, restore
from outreach.privacy.erasing import erase_household
from outreach.sync.models import ErasedDossier, Receipt
from outreach.territory.models import Household
from tests.factories.sealing import SealedPhone
from tests.factories.talks import CALLED_NAME, Talk, make_talk
from tests.factories.town import Town, build_town

SAID = "De post ligt in de la"


@pytest.fixture
def town(empty_app: Flask) -> Iterator[Town]:
    """A town in a database that migrations made, as every real one is."""
    upgrade()
    yield build_town()
    db.session.rollback()


@pytest.fixture
def talk(town: Town) -> Talk:
    made = make_talk(town)
    made.tells("money_and_schemes", "help_wanted", SAID)
    return made


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return tmp_path / "copy"


def run(command: Command, *arguments: str) -> Result:
    db.session.commit()
    return CliRunner().invoke(command, list(arguments))


def makes(copy: Path) -> None:
    result = run(backup, str(copy))
    assert result.exit_code == 0, result.output


def puts_back(copy: Path) -> str:
    result = run(restore, str(copy), "--yes")
    assert result.exit_code == 0, result.output
    db.session.remove()
    return result.output


def _note_of(talk: Talk) -> Note:
    return db.session.scalars(select(Note).filter_by(conversation_id=talk.conversation.id)).one()


def _everything() -> dict[str, list[str]]:
    """All rows of what people wrote down; sign-ins and the trail move on by themselves."""
    moving = {"session", "invitation", "receipt", "trail_entry"}
    return {
        table.name: sorted(map(repr, db.session.execute(table.select())))
        for table in METADATA.sorted_tables
        if table.name not in moving
    }


def test_everything_is_as_it_was_when_the_copy_was_made(talk: Talk, copy: Path) -> None:
    makes(copy)
    before = _everything()
    talk.tells("social_contacts", "goes_well", "Later gezegd")
    db.session.delete(_note_of_domain("money_and_schemes"))
    db.session.commit()
    assert _everything() != before
    puts_back(copy)
    assert _everything() == before


def _note_of_domain(domain: str) -> Note:
    return db.session.scalars(select(Note).filter_by(domain=domain)).one()


def test_a_household_that_was_erased_since_does_not_come_back(talk: Talk, copy: Path) -> None:
    makes(copy)
    erase_household(talk.town.municipality.id, talk.id)
    told = puts_back(copy)
    assert "household-erased 1" in told
    assert db.session.get(Household, talk.id) is None
    assert db.session.get(ErasedDossier, talk.id) is not None
    assert db.session.query(Note).count() == 0


def test_a_note_that_was_taken_out_since_does_not_come_back(talk: Talk, copy: Path) -> None:
    note_id = _note_of(talk).id
    makes(copy)
    talk.says("note.remove", note_id=note_id)
    assert "note-taken-out 1" in puts_back(copy)
    assert db.session.get(Note, note_id) is None
    assert db.session.get(Forgotten, note_id) is not None


def test_a_note_that_the_copy_never_knew_is_refused_when_it_comes_again(
    talk: Talk, copy: Path
) -> None:
    makes(copy)
    note_id = new_id()
    talk.says(
        "note.add",
        note_id=note_id,
        conversation_id=talk.conversation.id,
        domain="social_contacts",
        position=0,
        text=SAID,
    )
    talk.says("note.remove", note_id=note_id)
    puts_back(copy)
    gone = db.session.get_one(Forgotten, note_id)
    assert (gone.kind, gone.dossier_id) == ("note", talk.id)


def test_a_consent_that_was_taken_back_since_takes_its_words_along_again(
    talk: Talk, copy: Path
) -> None:
    makes(copy)
    consent_id = talk.consents["note"].id
    talk.says("consent.withdraw", consent_id=consent_id)
    assert "consent-taken-back 1" in puts_back(copy)
    assert db.session.get_one(Consent, consent_id).withdrawn_at is not None
    assert db.session.query(Note).count() == 0


def test_a_consent_taken_back_since_that_never_came_is_remembered(talk: Talk, copy: Path) -> None:
    makes(copy)
    consent_id = new_id()
    talk.says("consent.withdraw", consent_id=consent_id)
    assert "consent-taken-back 1" in puts_back(copy)
    assert db.session.get_one(Forgotten, consent_id).kind == "consent"
    assert db.session.query(Note).count() == 1


@pytest.mark.parametrize("withdrawn_first", [False, True])
@pytest.mark.parametrize(
    ("purpose", "answers", "called"),
    [("note", 0, CALLED_NAME), ("contact", 1, ""), ("feedback", 1, CALLED_NAME)],
)
def test_a_consent_given_and_taken_back_since_takes_along_what_was_there_before(
    talk: Talk, copy: Path, purpose: str, answers: int, called: str, withdrawn_first: bool
) -> None:
    talk.tells_contact()
    makes(copy)
    consent_id = new_id()
    yes = talk.yes_to(purpose, consent_id)
    # Said to the other of the pair: the yes that the copy knows is no part of it.
    partner = talk.town.person("partner_of_pair")
    if withdrawn_first:
        talk.says("consent.withdraw", speaker=partner, consent_id=consent_id)
        talk.says("consent.record", speaker=partner, **yes)
    else:
        talk.says("consent.record", speaker=partner, **yes)
        talk.says("consent.withdraw", speaker=partner, consent_id=consent_id)
    assert "consent-taken-back" in puts_back(copy)
    # Notes stand on the list themselves; the answers that went with them do not.
    assert db.session.query(Assessment).count() == answers
    assert db.session.get_one(Household, talk.id).called_name == called
    assert restoring.end_again() == {}


def test_a_phone_that_was_reported_lost_since_stays_lost(town: Town, copy: Path) -> None:
    volunteer, coordinator = town.person("volunteer"), town.person("coordinator")
    device = devices.device_in_contact(actor_of(volunteer), new_id())
    makes(copy)
    devices.revoke(actor_of(coordinator), device)
    assert "device-revoked 1" in puts_back(copy)
    assert db.session.get_one(Device, device.id).revoked_at is not None


def test_a_phone_that_came_since_is_known_again_and_is_no_ending(
    empty_app: Flask, town: Town, copy: Path
) -> None:
    makes(copy)
    SealedPhone(empty_app.test_client(), town.person("volunteer")).seal()
    db.session.remove()
    told = puts_back(copy)
    assert "Phones known again by their keys: 1." in told
    assert "Ended again: nothing." in told


def test_who_was_sent_away_since_stays_away_and_who_came_back_stays(town: Town, copy: Path) -> None:
    admin = actor_of(town.person("admin"))
    away, back = town.person("wijkcoach"), town.person("volunteer")
    accounts.change_account(admin, back, {"active": False})
    makes(copy)
    accounts.change_account(admin, back, {"active": True})
    accounts.change_account(admin, away, {"active": False})
    puts_back(copy)
    assert db.session.get_one(Account, away.id).active is False
    assert db.session.get_one(Account, back.id).active is True


def test_nobody_stays_signed_in_and_every_phone_tells_what_it_holds(town: Town, copy: Path) -> None:
    person = town.person("volunteer")
    own = {"municipality_id": town.municipality.id}
    device = devices.device_in_contact(actor_of(person), new_id())
    db.session.add_all(
        [
            Session(
                id=new_id(),
                account_id=person.id,
                refresh_id=new_id(),
                previous_refresh_id=new_id(),
                rotated_at=now(),
                started_at=now(),
                last_seen_at=now(),
                **own,
            ),
            Invitation(
                id=new_id(), account_id=person.id, token_hash="x" * 64, expires_at=now(), **own
            ),
            Receipt(id=new_id(), device_id=device.id, number=1, holdings={}, given_at=now(), **own),
        ]
    )
    makes(copy)
    puts_back(copy)
    assert [session.revoked_at is None for session in db.session.scalars(select(Session))] == [
        False
    ]
    assert db.session.query(Invitation).count() == 0
    assert db.session.query(Receipt).count() == 0
    assert trail.broken_at(town.municipality.id) is None


def test_what_a_crash_kept_from_the_list_is_added_before_it_is_needed(
    talk: Talk, copy: Path
) -> None:
    makes(copy)
    erase_household(talk.town.municipality.id, talk.id)
    endings.list_file().unlink()
    puts_back(copy)
    assert db.session.get(Household, talk.id) is None


def test_a_list_of_another_municipality_or_with_a_torn_line_does_no_harm(
    talk: Talk, copy: Path
) -> None:
    makes(copy)
    endings.write_down(Kind.HOUSEHOLD, new_id(), [talk.id], talk.id)
    with endings.list_file().open("a") as file:
        file.write("2026-02-03T13:30:00+00:00 household-er")
    puts_back(copy)
    assert db.session.get(Household, talk.id) is not None


def test_a_line_that_a_crash_cut_off_takes_no_other_along(town: Town) -> None:
    first, second = new_id(), new_id()
    endings.write_down(Kind.DEVICE, town.municipality.id, [first])
    whole = endings.list_file().read_bytes()
    endings.list_file().write_bytes(whole + whole[: len(whole) // 2].strip())
    assert [ending.id for ending in endings.read_all()] == [first]
    endings.write_down(Kind.DEVICE, town.municipality.id, [second])
    assert [ending.id for ending in endings.read_all()] == [first, second]


def test_a_line_cut_off_in_its_last_word_does_not_count(town: Town) -> None:
    endings.write_down(Kind.NOTE, town.municipality.id, [new_id()], new_id())
    endings.list_file().write_bytes(endings.list_file().read_bytes()[:-3])
    assert list(endings.read_all()) == []


def test_an_account_whose_closing_is_not_on_the_list_stays_closed_all_the_same(
    town: Town, copy: Path
) -> None:
    admin, away = actor_of(town.person("admin")), town.person("wijkcoach")
    for active in (False, True):
        accounts.change_account(admin, away, {"active": active})
    makes(copy)
    away.active = False
    puts_back(copy)
    assert db.session.get_one(Account, away.id).active is False


def test_a_copy_that_failed_is_not_in_the_trail(town: Town, tmp_path: Path) -> None:
    assert run(backup, str(tmp_path / "nowhere" / "copy")).exit_code == 1
    db.session.remove()
    assert db.session.query(TrailEntry).filter_by(action="backup.make").count() == 0


def test_a_copy_lies_where_it_was_asked_whatever_that_is_called(talk: Talk, tmp_path: Path) -> None:
    folder = tmp_path / "kopie #1 100% van d'Ouwe 🌱"
    folder.mkdir()
    makes(folder / "copy")
    erase_household(talk.town.municipality.id, talk.id)
    endings.list_file().unlink()
    assert "Restored" in puts_back(folder / "copy")


def test_the_list_holds_each_ending_once_and_only_ids(talk: Talk) -> None:
    talk.says("note.remove", note_id=_note_of(talk).id)
    erase_household(talk.town.municipality.id, talk.id)
    db.session.commit()
    assert restoring.complete_list() == 0
    lines = endings.list_file().read_text().splitlines()
    assert [line.split()[1] for line in lines] == ["note-taken-out", "household-erased"]
    assert SAID not in "".join(lines)
    assert oct(endings.list_file().stat().st_mode)[-3:] == "600"


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\0 and then nothing", b"PGDMP nothing"])
def test_what_is_no_copy_is_refused_and_changes_nothing(
    talk: Talk, copy: Path, content: bytes
) -> None:
    copy.write_bytes(content)
    before = _everything()
    result = run(restore, str(copy), "--yes")
    assert result.exit_code == 1
    assert "Error" in result.output
    db.session.remove()
    assert _everything() == before


def test_a_good_copy_is_never_written_over(talk: Talk, copy: Path) -> None:
    makes(copy)
    content = copy.read_bytes()
    result = run(backup, str(copy))
    assert (result.exit_code, copy.read_bytes()) == (1, content)
    assert oct(copy.stat().st_mode)[-3:] == "600"


def test_a_copy_holds_nothing_of_what_was_erased_before_it(talk: Talk, copy: Path) -> None:
    erase_household(talk.town.municipality.id, talk.id)
    makes(copy)
    if db.engine.dialect.name == "sqlite":
        assert SAID.encode() not in copy.read_bytes()
    puts_back(copy)
    assert db.session.execute(text("SELECT count(*) FROM note")).scalar() == 0

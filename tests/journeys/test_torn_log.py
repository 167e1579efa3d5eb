"""A kill in the midst of a write makes Chromium throw databases away at the start after next.

LevelDB goes on behind half a record at the end of its log (`reuse_logs`) and finds the log spoilt
when it reads it again. The phone keeps a second home for its store: what was called saved is there.
"""

import struct
from pathlib import Path

from tests.journeys.conftest import PhoneBrowser
from tests.journeys.kills import arrived, begin
from tests.journeys.server import Server

BLOCK = 32 * 1024
WHOLE_RECORD = 1
# Bytes that the record is said to have, and that were written of it.
SAID, THERE = 1_000, 100


def _databases(phone: PhoneBrowser) -> Path:
    (folder,) = (phone.profile / "Default" / "IndexedDB").glob("*.leveldb")
    return folder


def _tear(phone: PhoneBrowser) -> None:
    """Half a record at the end of the log, as a kill between two writes leaves it."""
    log = max(_databases(phone).glob("*.log"))
    room = BLOCK - log.stat().st_size % BLOCK
    with log.open("ab") as end:
        # No record begins where its head does not fit, or would be told from padding.
        if room < SAID + THERE:
            end.write(bytes(room))
        end.write(struct.pack("<IHB", 0, SAID, WHOLE_RECORD) + b"x" * THERE)


def test_a_store_that_the_browser_throws_away_is_put_back(
    server: Server, phone: PhoneBrowser
) -> None:
    killer = begin(server, phone, seed=7)
    server.stop()
    killer.dies_of(killer.writes_a_note, meanwhile=lambda: _tear(phone))
    killer.dies_of(killer.writes_a_note)
    assert killer.lost == []
    made = (_databases(phone) / "LOG").read_text()
    assert "since it was missing" in made, "the browser threw nothing away: this shows nothing"
    killer.dies_of(killer.writes_a_note)
    server.start()
    assert len(killer.notes) == 3
    assert all(many == 1 for _what, many in arrived(server, killer))

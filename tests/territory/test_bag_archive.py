"""A zip that is no extract, or one that means harm, is refused with its reason and costs little."""

import io
import struct
import tracemalloc
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.territory import formats
from outreach.territory.bag import archive, objects
from outreach.territory.bag.archive import PARTS, Archive
from outreach.territory.bag.objects import Document
from outreach.territory.problems import UnreadableList
from outreach.territory.understood import Format
from tests.factories.extract import Extract, document, doors, number, place, zipped

MEGABYTE = 1024**2


def read(data: bytes) -> int:
    """Read all there is; gives the number of objects."""
    found = Archive(io.BytesIO(data))
    documents = (Document(blocks) for part in PARTS for blocks in found.documents(part))
    return sum(1 for one in documents for _ in one.objects())


def reason_for(data: bytes) -> str:
    with pytest.raises(UnreadableList) as refusal:
        read(data)
    return refusal.value.errors[0].code


def with_numbers(content: bytes) -> bytes:
    """An extract whose numbers are this document."""
    inner = zipped({"0999NUM15092025-000001.xml": content})
    return Extract([], [place(1)], instead={"NUM": inner}).packed()


def test_every_document_of_every_part_is_read() -> None:
    assert read(doors(1, 2, 3).packed()) == 8
    inner = zipped(
        {
            "0999NUM15092025-000001.xml": document([number(1)]).encode(),
            "0999NUM15092025-000002.xml": document([number(2)]).encode("utf-8"),
            "__MACOSX/._0999NUM15092025-000001.xml": b"no xml",
            "leesmij.txt": b"no xml either",
        }
    )
    assert read(Extract([], [], instead={"NUM": inner}).packed()) == 4


def test_parts_may_lie_in_a_folder_and_be_unpacked_already() -> None:
    plain = {"extract/0999NUM15092025-000001.xml": document([number(1)]).encode()}
    found = Archive(io.BytesIO(zipped(plain)))
    assert (list(found.parts), found.missing) == (["NUM"], ["WPL", "OPR", "VBO"])
    assert read(zipped(plain)) == 1


def test_inactive_objects_and_those_under_investigation_are_not_read() -> None:
    others = {
        "9999Inactief15092025.zip": b"",
        "0999IANUM15092025.zip": b"",
        "9999PND15092025.zip": b"",
    }
    found = Archive(io.BytesIO(zipped(others)))
    assert (found.parts, found.unread) == ({}, list(others))


def test_a_zip_of_something_else_is_no_extract() -> None:
    for other in (
        zipped({"lijst.csv": b"straat;huisnummer"}),
        zipped({"9999PND15092025.zip": b""}),
    ):
        with pytest.raises(UnreadableList) as refusal:
            formats.format_of(io.BytesIO(other))
        assert refusal.value.errors[0].code == "file-is-zip"
    assert formats.format_of(doors(1).stream()) is Format.BAG_EXTRACT
    assert formats.format_of(io.BytesIO(b"straat;huisnummer")) is Format.LIST


@pytest.mark.parametrize("cut", [10, 400, -30, -4])
def test_an_extract_cut_short_is_damaged(cut: int) -> None:
    assert reason_for(doors(1, 2).packed()[:cut]) == "file-is-damaged"


def test_an_inner_zip_that_is_none_is_damaged() -> None:
    for inner in (b"", b"no zip", zipped({"a": b"b"})[:-9]):
        assert reason_for(Extract([], [], instead={"NUM": inner}).packed()) == "file-is-damaged"


def test_bytes_that_changed_on_the_way_are_damage() -> None:
    whole = bytearray(doors(*range(1, 50)).packed())
    at = whole.find(b"9999NUM15092025.zip") + 200
    whole[at] ^= 0xFF
    assert reason_for(bytes(whole)) == "file-is-damaged"


def test_xml_cut_short_is_damaged_and_xml_of_something_else_is_no_extract() -> None:
    whole = document([number(1), number(2)]).encode()
    assert reason_for(with_numbers(whole[:-30])) == "file-is-damaged"
    assert reason_for(with_numbers(b"<list><stand/></list>")) == "file-is-no-extract"
    assert reason_for(with_numbers(b"")) == "file-is-damaged"


def test_a_locked_zip_says_so() -> None:
    whole = bytearray(doors(1).packed())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = whole.find(mark)
        while at >= 0:
            whole[at + flags] |= 1
            at = whole.find(mark, at + 4)
    assert reason_for(bytes(whole)) == "file-is-locked"


def test_a_way_of_packing_that_we_do_not_know_says_so() -> None:
    whole = bytearray(zipped({"0999NUM15092025-000001.xml": document([number(1)]).encode()}))
    for mark, method in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        struct.pack_into("<H", whole, whole.find(mark) + method, 99)
    assert reason_for(bytes(whole)) == "file-is-packed-otherwise"


def test_entities_are_never_filled_in() -> None:
    laughing = (
        b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
    )
    reading = b'<!DOCTYPE x [<!ENTITY c SYSTEM "file:///etc/passwd">]>'
    whole = document([number(1, huisletter="LETTER")]).encode().replace(b"LETTER", b"&c;")
    head, rest = whole.split(b"\n", 1)
    for trick in (laughing, reading, b"<!DOCTYPE x>"):
        body = rest if b"ENTITY" in trick else rest.replace(b"&c;", b"")
        assert reason_for(with_numbers(head + trick + body)) == "file-has-entities"
    assert reason_for(with_numbers(head + rest)) == "file-is-damaged"


def test_a_bomb_is_refused_before_it_went_off() -> None:
    bomb = with_numbers(document([number(1)] * 100_000).encode())
    tracemalloc.start()
    assert reason_for(bomb) == "file-is-a-bomb"
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 6 * MEGABYTE


def test_one_endless_object_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(objects, "LONGEST_OBJECT", MEGABYTE)
    endless = document([number(1, documentnummer="x" * 2 * MEGABYTE)]).encode()
    assert reason_for(with_numbers(endless)) == "file-is-a-bomb"


def test_an_endless_list_of_contents_is_refused_before_it_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(archive, "LARGEST_DIRECTORY", 200)
    assert reason_for(doors(1).packed()) == "file-lists-too-much"


def test_a_zip_of_the_large_kind_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as large:
        for at in range(70_000):
            large.writestr(str(at), b"")
    assert reason_for(out.getvalue()) == "file-lists-too-much"


def test_an_extract_larger_than_we_read_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "LARGEST", 1000)
    assert reason_for(doors(1).packed()) == "file-too-large"


def test_memory_does_not_grow_with_a_document() -> None:
    def peak(count: int) -> int:
        blocks = [document(number(at) for at in range(count)).encode()]
        chunks = [blocks[0][at : at + 65536] for at in range(0, len(blocks[0]), 65536)]
        tracemalloc.start()
        for _ in Document(chunks).objects():
            pass
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    assert peak(8_000) < 2 * peak(1_000)


@given(st.data())
def test_any_damage_is_read_or_refused(data: st.DataObject) -> None:
    whole = bytearray(doors(1, 2).packed())
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        read(bytes(whole))
    except UnreadableList as refusal:
        assert refusal.errors[0].pointer == "/file"  # noqa: PT017 - one of two good ends

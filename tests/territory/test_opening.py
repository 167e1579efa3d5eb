"""Files that are no address list are refused with their reason, whatever their size."""

import gzip
import io
import tracemalloc
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.territory import opening
from outreach.territory.problems import UnreadableList
from tests.territory.lists import door, stream, written

MEGABYTE = 1024**2


def reason_for(data: bytes) -> str:
    with pytest.raises(UnreadableList) as refusal:
        opening.survey(io.BytesIO(data))
    return refusal.value.errors[0].code


def zipped(name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, "straat;huisnummer")
    return out.getvalue()


def test_an_empty_file_is_called_empty() -> None:
    assert reason_for(b"") == "file-is-empty"
    assert reason_for(b" \r\n\r\n ") == "file-is-empty"
    assert reason_for(gzip.compress(b"")) == "file-is-empty"


def test_a_zip_file_and_a_spreadsheet_are_told_apart() -> None:
    assert reason_for(zipped("lijst.csv")) == "file-is-zip"
    assert reason_for(zipped("[Content_Types].xml")) == "file-is-spreadsheet"
    assert reason_for(b"\xd0\xcf\x11\xe0" + bytes(100)) == "file-is-spreadsheet"


def test_other_packings_are_refused_also_inside_gzip() -> None:
    assert reason_for(b"BZh9" + bytes(50)) == "file-is-packed-otherwise"
    assert reason_for(gzip.compress(gzip.compress(b"straat"))) == "file-is-packed-otherwise"
    assert reason_for(gzip.compress(zipped("lijst.csv"))) == "file-is-zip"


def test_binary_data_is_no_text() -> None:
    assert reason_for(b"straat\x00huisnummer\n") == "file-is-not-text"
    assert reason_for(b"\x81\x8d straat") == "file-encoding-unknown"


@pytest.mark.parametrize("cut", [5, 20, -4])
def test_a_gzip_file_cut_short_is_damaged(cut: int) -> None:
    assert reason_for(gzip.compress(b"straat;huisnummer\n" * 50)[:cut]) == "file-is-damaged"


def test_a_bomb_is_refused_before_it_went_off() -> None:
    bomb = gzip.compress(b"a;b\n" * (16 * MEGABYTE))
    tracemalloc.start()
    assert reason_for(bomb) == "file-is-a-bomb"
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4 * MEGABYTE


def test_a_file_larger_than_we_read_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "LARGEST", MEGABYTE)
    assert reason_for(b"straat;huisnummer\n" * MEGABYTE) == "file-too-large"


def test_a_pipe_is_read_and_capped_too(monkeypatch: pytest.MonkeyPatch) -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    with opening.opened(Pipe(b"straat;huisnummer\n")) as found:
        assert opening.survey(found).lines == 2
    monkeypatch.setattr(opening, "LARGEST", 10)
    with pytest.raises(UnreadableList), opening.opened(Pipe(b"straat;huisnummer\n")):
        pass


@pytest.mark.parametrize(
    ("encoding", "expected"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("cp1252", "cp1252"),
    ],
)
@pytest.mark.parametrize("packed", [True, False])
def test_the_encoding_is_found_also_far_into_the_file(
    encoding: str, expected: str, *, packed: bool
) -> None:
    plain = [door(n) for n in range(1, 6000)]
    text = written([*plain, door(6000, straat="Zuiderzéëstraat")])
    found = opening.survey(stream(text, encoding, packed=packed))
    assert (found.encoding, found.packed, found.lines) == (expected, packed, 6002)


def test_a_path_is_opened_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "lijst.csv"
    path.write_bytes(b"straat;huisnummer\r1;2\r")
    with opening.opened(path) as found:
        assert opening.survey(found).lines == 3


@given(st.binary(max_size=400), st.sampled_from([b"", opening.GZIP, opening.ZIP, b"\xff\xfe"]))
def test_any_bytes_give_a_survey_or_a_reason(data: bytes, start: bytes) -> None:
    try:
        found = opening.survey(io.BytesIO(start + data))
    except UnreadableList:
        return
    text = b"".join(_unpacked(start + data, packed=found.packed)).decode(found.encoding)
    assert text.strip()


def _unpacked(data: bytes, *, packed: bool) -> Iterator[bytes]:
    return opening.blocks(io.BytesIO(data), packed=packed)

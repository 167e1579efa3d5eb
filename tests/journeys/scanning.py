"""Looks through everything a browser left on the disk for marked words, as whoever found it could.

Raw, as UTF-8 and as UTF-16, and inside the blocks that LevelDB compresses with Snappy: a word that
is half a reference to an earlier one is in no raw file. What HTTP compressed is opened too.
"""

import gzip
import random
import re
import string
import struct
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import brotli

# Every mark begins so, and goes on with letters that nobody else would write.
FIRST = "qzx"
LETTERS = 13
PLAIN = re.compile(FIRST.encode() + rb"[a-z]{13}")
WIDE = re.compile(b"".join(bytes([letter, 0]) for letter in FIRST.encode()) + rb"(?:[a-z]\x00){13}")
TABLE_END = struct.pack("<Q", 0xDB4775248B80FB57)
FOOTER = 48
SNAPPY = 1


class Marks:
    """Words that stand nowhere else, each given out once."""

    def __init__(self, seed: int) -> None:
        self._dice = random.Random(seed)  # noqa: S311 - the same marks every time
        self.given: set[str] = set()

    def take(self, count: int = 1) -> str:
        """So many of them, with a space between."""
        taken: list[str] = []
        while len(taken) < count:
            mark = FIRST + "".join(self._dice.choices(string.ascii_lowercase, k=LETTERS))
            if mark not in self.given:
                self.given.add(mark)
                taken.append(mark)
        return " ".join(taken)


def marks_in(folder: Path) -> dict[str, set[str]]:
    """Which marks lie in which file under this folder."""
    found: dict[str, set[str]] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            marks = {mark for layer in _layers(path) for mark in _marks_of(layer)}
            if marks:
                found[str(path.relative_to(folder))] = marks
    return found


def texts_in(folder: Path, texts: list[str]) -> dict[str, list[str]]:
    """Which of a few texts lie in which file, raw and unpacked."""
    wanted = {text: (text.encode(), text.encode("utf-16-le")) for text in texts}
    found: dict[str, list[str]] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            layers = list(_layers(path))
            hits = [
                text
                for text, ways in wanted.items()
                if any(way in layer for way in ways for layer in layers)
            ]
            if hits:
                found[str(path.relative_to(folder))] = hits
    return found


def _marks_of(data: bytes) -> Iterator[str]:
    for hit in PLAIN.findall(data):
        yield hit.decode()
    for hit in WIDE.findall(data):
        yield hit.decode("utf-16-le")


def _layers(path: Path) -> Iterator[bytes]:
    """The file as it lies there, and what is packed in it."""
    data = path.read_bytes()
    yield data
    if data.endswith(TABLE_END):
        yield from _blocks(data)
    elif "Cache" in str(path):
        yield from _unpacked(data)


def _unpacked(data: bytes) -> Iterator[bytes]:
    """A cached answer lies there as it came over the line, after a header and its address."""
    for start in (hit.start() for hit in re.finditer(rb"\x1f\x8b\x08", data)):
        with suppress(OSError, EOFError, zlib.error):
            yield gzip.decompress(data[start:])
    # Brotli has no mark of its own: the body begins after the address, whose length is told.
    if len(data) > 24:
        begin = 24 + int.from_bytes(data[12:16], "little")
        with suppress(brotli.error):
            yield brotli.Decompressor().process(data[begin:])


def _blocks(table: bytes) -> Iterator[bytes]:
    """The data blocks of a LevelDB table, opened."""
    footer = table[-FOOTER:]
    at = 0
    handles = []
    for _ in range(4):
        value, at = _varint(footer, at)
        handles.append(value)
    index = _block(table, handles[2], handles[3])
    for handle in _values(index):
        offset, next_at = _varint(handle, 0)
        size, _end = _varint(handle, next_at)
        yield _block(table, offset, size)


def _block(table: bytes, offset: int, size: int) -> bytes:
    body, kind = table[offset : offset + size], table[offset + size]
    return unsnapped(body) if kind == SNAPPY else body


def _values(block: bytes) -> Iterator[bytes]:
    """The values of a block; its keys share beginnings, and the restarts stand at its end."""
    restarts = int.from_bytes(block[-4:], "little")
    end = len(block) - 4 - 4 * restarts
    at = 0
    while at < end:
        _shared, at = _varint(block, at)
        own, at = _varint(block, at)
        length, at = _varint(block, at)
        yield block[at + own : at + own + length]
        at += own + length


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return value, at


def unsnapped(data: bytes) -> bytes:
    """What Snappy packed: literals, and copies of what came before."""
    size, at = _varint(data, 0)
    out = bytearray()
    while at < len(data):
        tag = data[at]
        at += 1
        kind = tag & 3
        if kind == 0:
            length = (tag >> 2) + 1
            if length > 60:
                wide = length - 60
                length = int.from_bytes(data[at : at + wide], "little") + 1
                at += wide
            out += data[at : at + length]
            at += length
            continue
        if kind == 1:
            length = ((tag >> 2) & 7) + 4
            back = ((tag >> 5) << 8) | data[at]
            at += 1
        else:
            wide = 2 if kind == 2 else 4
            length = (tag >> 2) + 1
            back = int.from_bytes(data[at : at + wide], "little")
            at += wide
        _copy(out, back, length)
    if len(out) != size:
        raise ValueError("this is not what was packed")
    return bytes(out)


def _copy(out: bytearray, back: int, length: int) -> None:
    """A copy may reach into what it is making."""
    begin = len(out) - back
    while length > 0:
        piece = out[begin : begin + min(length, len(out) - begin)]
        out += piece
        length -= len(piece)

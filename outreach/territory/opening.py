"""Opening a file from anywhere: packed or not, any size, never more in memory than one block."""

import codecs
import gzip
import io
import shutil
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from outreach.territory.problems import UnreadableList

BLOCK = 128 * 1024
LARGEST = 512 * 1024 * 1024  # every address of the Netherlands' largest municipality is 120 MB
HIGHEST_RATIO = 200  # address lists pack 6 to 30 times; a bomb 1,000 times
RATIO_COUNTS_FROM = 8 * 1024 * 1024
HEAD = 4096

GZIP = b"\x1f\x8b"
ZIP = b"PK\x03\x04"
OTHER_FORMATS = {
    b"\xd0\xcf\x11\xe0": "file-is-spreadsheet",
    b"%PDF": "file-is-not-text",
    b"BZh": "file-is-packed-otherwise",
    b"\xfd7zXZ": "file-is-packed-otherwise",
    b"7z\xbc\xaf": "file-is-packed-otherwise",
    b"(\xb5/\xfd": "file-is-packed-otherwise",
}
BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


@dataclass(frozen=True)
class Survey:
    """What a first pass over the bytes found. `lines` is an upper bound, for progress."""

    encoding: str
    packed: bool
    lines: int


@contextmanager
def opened(source: Path | BinaryIO) -> Iterator[BinaryIO]:
    """The source as a stream that can be read twice; what cannot seek is spooled to disk."""
    with source.open("rb") if isinstance(source, Path) else nullcontext(source) as stream:
        if stream.seekable():
            yield stream
            return
        with tempfile.TemporaryFile() as spool:
            shutil.copyfileobj(_Capped(stream), spool, BLOCK)
            yield spool


class _Capped:
    """Stops copying what is larger than we read."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self._left = LARGEST

    def read(self, size: int = BLOCK) -> bytes:
        block = self._source.read(size)
        self._left -= len(block)
        if self._left < 0:
            raise UnreadableList("file-too-large", megabytes=LARGEST // 1024**2)
        return block


def is_packed(stream: BinaryIO) -> bool:
    """Whether this is gzip; raises UnreadableList on formats that are no text at all."""
    stream.seek(0)
    head = stream.read(HEAD)
    if not head:
        raise UnreadableList("file-is-empty")
    _refuse_other_formats(head)
    return head.startswith(GZIP)


def is_zip(stream: BinaryIO) -> bool:
    """Whether this is a zip, and no spreadsheet, which is one too."""
    stream.seek(0)
    head = stream.read(HEAD)
    return head.startswith(ZIP) and not _is_sheet(head)


def _is_sheet(head: bytes) -> bool:
    return b"[Content_Types].xml" in head or b"xl/" in head or b"mimetypeappl" in head


def _refuse_other_formats(head: bytes) -> None:
    if head.startswith(ZIP):
        raise UnreadableList("file-is-spreadsheet" if _is_sheet(head) else "file-is-zip")
    for mark, reason in OTHER_FORMATS.items():
        if head.startswith(mark):
            raise UnreadableList(reason)


def blocks(stream: BinaryIO, *, packed: bool) -> Iterator[bytes]:
    """The unpacked bytes from the start, block by block.

    Raises UnreadableList when it is more than LARGEST, grows like a bomb or is damaged.
    """
    stream.seek(0)
    plain: io.BufferedIOBase | BinaryIO = gzip.GzipFile(fileobj=stream) if packed else stream
    size = 0
    while block := _next_block(plain):
        size += len(block)
        if size > LARGEST:
            raise UnreadableList("file-too-large", megabytes=LARGEST // 1024**2)
        if packed and size > RATIO_COUNTS_FROM and size > HIGHEST_RATIO * stream.tell():
            raise UnreadableList("file-is-a-bomb")
        yield block


def _next_block(plain: io.BufferedIOBase | BinaryIO) -> bytes:
    try:
        return plain.read(BLOCK)
    except (EOFError, OSError, zlib.error) as fault:
        raise UnreadableList("file-is-damaged") from fault


def survey(stream: BinaryIO) -> Survey:
    """Read it once without keeping anything: UTF-8 where every byte fits, else Windows-1252.

    Raises UnreadableList when it is empty, no text, or none of our encodings.
    """
    packed = is_packed(stream)
    head = next(blocks(stream, packed=packed), b"")
    if packed:
        _refuse_other_formats(head)
        if head.startswith(GZIP):
            raise UnreadableList("file-is-packed-otherwise")
    marked = next((name for mark, name in BYTE_ORDER_MARKS.items() if head.startswith(mark)), None)
    for encoding in [marked] if marked else ["utf-8", "cp1252"]:
        lines = _count_lines(blocks(stream, packed=packed), encoding)
        if lines is not None:
            return Survey(encoding, packed, lines)
    raise UnreadableList("file-encoding-unknown")


def _count_lines(content: Iterator[bytes], encoding: str) -> int | None:
    """Lines in this encoding, the last one with or without its end; None when it does not fit."""
    decoder = codecs.getincrementaldecoder(encoding)()
    feeds = returns = 0
    blank = True
    try:
        for block in content:
            text = decoder.decode(block)
            feeds += text.count("\n")
            returns += text.count("\r")
            blank = blank and not text.strip()
            if "\0" in text:
                raise UnreadableList("file-is-not-text")
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return None
    if blank:
        raise UnreadableList("file-is-empty")
    return max(feeds, returns) + 1

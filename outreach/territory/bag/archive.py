"""A zip of zips of XML: which parts of the BAG it holds, and their bytes, block by block.

Nothing is unpacked under its own name. An inner zip goes to a nameless file on the disk, because
a zip's list of contents stands at its end; what it holds is then read as it comes.
"""

import re
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, BinaryIO

from outreach.territory.opening import BLOCK, HIGHEST_RATIO, RATIO_COUNTS_FROM
from outreach.territory.problems import UnreadableList

MEGABYTE = 1024**2
LARGEST = 8 * 1024 * MEGABYTE  # the largest municipality is some 3 GB of XML, its past included
LARGEST_DIRECTORY = 4 * MEGABYTE  # a zip's list of contents is read whole: some 50,000 files

# Towns, streets, what stands or lies at an address, and last the addresses that name all these.
PARTS = ("WPL", "OPR", "VBO", "LIG", "STA", "NUM")
REQUIRED = ("WPL", "OPR", "VBO", "NUM")
# `9999NUM15092020.zip`, in it `0221NUM15092020-000001.xml`; what is inactive or under
# investigation has other letters (`0221IANUM…`).
PART = re.compile(r"(?:.*/)?[0-9]{4}([A-Z]{3})[0-9]{8}(?:-[0-9]{1,6})?\.(zip|xml)", re.IGNORECASE)
OF_NO_USE = re.compile(r"(?:.*/)?(?:\..*|__MACOSX/.*|)")  # what a Mac adds, and folders

END, END_64 = b"PK\x05\x06", b"PK\x06\x07"
END_SIZE, END_64_SIZE, LONGEST_COMMENT = 22, 20, 65_535

Step = Callable[[int, int], None]


class Archive:
    """The parts of one extract; `step(bytes, of)` is called for every block that is read.

    Raises UnreadableList on a zip that is damaged, locked, or larger than anybody's addresses.
    """

    def __init__(self, stream: BinaryIO, step: Step = lambda _done, _total: None) -> None:
        self._zip = _opened(stream)
        self._packed_size = stream.seek(0, 2)
        self._step = step
        self._unpacked = self._done = 0
        self.parts: dict[str, list[zipfile.ZipInfo]] = {}
        self.unread: list[str] = []
        for entry in self._zip.infolist():
            found = PART.fullmatch(entry.filename)
            if found and found[1].upper() in PARTS:
                self.parts.setdefault(found[1].upper(), []).append(entry)
            elif not OF_NO_USE.fullmatch(entry.filename):
                self.unread.append(entry.filename)
        self._total = sum(entry.file_size for part in self.parts.values() for entry in part)

    @property
    def missing(self) -> list[str]:
        """The parts without which no address can be put together."""
        return [part for part in REQUIRED if part not in self.parts]

    def documents(self, part: str) -> Iterator[Iterator[bytes]]:
        """The XML documents of a part, each as its blocks."""
        for entry in self.parts.get(part, []):
            if entry.filename.lower().endswith(".xml"):
                yield self._blocks(self._zip, entry, entry.file_size)
            else:
                yield from self._inner(entry, part)

    def _inner(self, entry: zipfile.ZipInfo, part: str) -> Iterator[Iterator[bytes]]:
        with tempfile.TemporaryFile() as spool:
            for block in self._blocks(self._zip, entry, 0):
                spool.write(block)
            inner = _opened(spool)
            documents = [one for one in inner.infolist() if _is_document(one.filename, part)]
            size = sum(one.file_size for one in documents)
            for one in documents:
                yield self._blocks(inner, one, entry.file_size * one.file_size / max(size, 1))

    def _blocks(
        self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, worth: float
    ) -> Iterator[bytes]:
        """Its unpacked bytes; read to the end it was `worth` so many bytes of the whole."""
        begun, read = self._done, 0
        with _readable():
            content: IO[bytes] = archive.open(entry)
        with content:
            while block := _next_block(content):
                read += len(block)
                self._count(block)
                self._done = begun + int(worth * min(1.0, read / max(entry.file_size, 1)))
                self._step(self._done, self._total)
                yield block

    def _count(self, block: bytes) -> None:
        self._unpacked += len(block)
        if self._unpacked > LARGEST:
            raise UnreadableList("file-too-large", megabytes=LARGEST // MEGABYTE)
        if self._unpacked > max(RATIO_COUNTS_FROM, HIGHEST_RATIO * self._packed_size):
            raise UnreadableList("file-is-a-bomb")


def _is_document(name: str, part: str) -> bool:
    found = PART.fullmatch(name)
    return bool(found) and name.lower().endswith(".xml") and found[1].upper() == part  # type: ignore[index]


def _opened(stream: BinaryIO | IO[bytes]) -> zipfile.ZipFile:
    _refuse_endless_contents(stream)
    with _readable():
        return zipfile.ZipFile(stream)


def _next_block(content: IO[bytes]) -> bytes:
    with _readable():
        return content.read(BLOCK)


@contextmanager
def _readable() -> Iterator[None]:
    """Turn whatever a zip can have into one of our reasons."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, struct.error) as fault:
        raise UnreadableList("file-is-damaged") from fault
    except NotImplementedError as fault:  # a way of packing that nobody uses for this
        raise UnreadableList("file-is-packed-otherwise") from fault
    except RuntimeError as fault:  # the zip module's way to ask for a password
        raise UnreadableList("file-is-locked") from fault


def _refuse_endless_contents(stream: BinaryIO | IO[bytes]) -> None:
    """A list of contents is read into memory before we can count it: look at its size first."""
    size = stream.seek(0, 2)
    stream.seek(max(0, size - END_SIZE - LONGEST_COMMENT))
    tail = stream.read()
    at = tail.rfind(END)
    if at < 0 or len(tail) - at < END_SIZE:
        raise UnreadableList("file-is-damaged")
    is_64 = tail[max(0, at - END_64_SIZE) : at].startswith(END_64)
    (directory,) = struct.unpack_from("<L", tail, at + 12)
    if is_64 or directory > LARGEST_DIRECTORY:
        raise UnreadableList("file-lists-too-much")

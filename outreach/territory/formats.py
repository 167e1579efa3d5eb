"""Which kind of file this is: a list as text, or the official BAG extract."""

from typing import BinaryIO

from outreach.territory import opening
from outreach.territory.bag.archive import Archive
from outreach.territory.problems import UnreadableList
from outreach.territory.understood import Format


def format_of(stream: BinaryIO) -> Format:
    """By its first bytes, and for a zip by what it holds; raises UnreadableList on any other."""
    if not opening.is_zip(stream):
        opening.is_packed(stream)
        return Format.LIST
    if not Archive(stream).parts:
        raise UnreadableList("file-is-zip")
    return Format.BAG_EXTRACT

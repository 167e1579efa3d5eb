"""How a file was read, for who must judge whether that is right."""

from dataclasses import dataclass, field
from enum import StrEnum


class Format(StrEnum):
    """What we read addresses from."""

    LIST = "list"
    BAG_EXTRACT = "bag-extract"


@dataclass(frozen=True)
class Understood:
    """Its format, and for each field the name the file has for it.

    A list has an encoding and a separator. An extract has a day its facts are from (ISO), and
    `past` counts what it says about addresses that do not exist today.
    """

    format: Format
    encoding: str = ""
    separator: str = ""
    packed: bool = True
    columns: dict[str, str] = field(default_factory=dict)
    ignored: list[str] = field(default_factory=list)
    as_of: str = ""
    past: int = 0

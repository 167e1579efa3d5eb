"""Whom messages go to, as the floors above tell it: accounts are not known here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol


class Person(Protocol):
    """Who is signed in."""

    @property
    def account_id(self) -> str:
        """Who."""

    @property
    def municipality_id(self) -> str:
        """Where."""


@dataclass(frozen=True)
class Reached:
    """Where a colleague's mail goes now, and in which language."""

    address: str
    language: str


# Asked at every try: who left, or has another address, must not be mailed at the old one.
Directory = Callable[[str, str], Reached | None]

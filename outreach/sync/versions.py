"""Versions and holdings: what a dossier is, told by a digest over what the phone gets."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

# Of dossiers; the exchange itself and mutations have numbers of their own.
WIRE_SCHEMA = 1


@dataclass(frozen=True)
class Dossier:
    """One dossier for one actor. Equal content has an equal version, whoever wrote it."""

    id: str
    kind: str
    body: dict[str, Any]

    @cached_property
    def content(self) -> str:
        """The body as canonical JSON."""
        return json.dumps(self.body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))

    @cached_property
    def version(self) -> str:
        """A token compared for equality only."""
        said = f"{WIRE_SCHEMA}\n{self.kind}\n{self.content}"
        return hashlib.sha256(said.encode()).hexdigest()[:32]


def holdings_hash(holdings: Mapping[str, str]) -> str:
    """SHA-256 over `id version` lines sorted by id: what a phone says it holds, as hex."""
    lines = "".join(f"{id_} {holdings[id_]}\n" for id_ in sorted(holdings))
    return hashlib.sha256(lines.encode()).hexdigest()

"""XML to objects of the BAG, one at a time; a document never takes more memory than one object.

Read with lxml: its pull parser takes our own blocks, so that size, progress and a wish to stop are
ours; it calls Python once an object instead of at every tag; and libxml2 is kept up to date.
Entities are not filled in, nothing is fetched, and a document with a DOCTYPE is refused: no
extract has one.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from outreach.territory.bag.shapes import Place, place_of
from outreach.territory.problems import UnreadableList

# Names without the namespace's date: the next edition of the same form is read as well.
ROOT, STAND, AS_OF = "{*}bagStand", "{*}stand", "{*}StandTechnischeDatum"
LONGEST_OBJECT = 16 * 1024**2  # the outline of a town with a long coast is under one
ENDED = ("ingetrokken", "niet gerealiseerd", "ten onrechte")
MAIN_ADDRESS, SIDE_ADDRESS = "heeftAlsHoofdadres", "heeftAlsNevenadres"
STRUCK_OUT = ("tijdstipInactief", "tijdstipInactiefLV", "tijdstipNietBagLV")


@dataclass
class BagObject:
    """One occurrence of one object: its kind, its plain facts by name, and its references."""

    kind: str
    facts: dict[str, str] = field(default_factory=dict)
    main_addresses: list[str] = field(default_factory=list)
    side_addresses: list[str] = field(default_factory=list)
    place: Place | None = None

    @property
    def occurrence(self) -> int:
        """The how manieth set of facts about this object it is."""
        told = self.facts.get("voorkomenidentificatie", "")
        return int(told) if told.isdecimal() else 0

    def is_valid(self, day: str) -> bool:
        """Whether it holds on a day (ISO): begun, not ended, not withdrawn, not struck out."""
        begin = self.facts.get("beginGeldigheid", "")[:10]
        end = self.facts.get("eindGeldigheid", "")[:10]
        if begin > day or (end and end <= day) or any(name in self.facts for name in STRUCK_OUT):
            return False
        status = self.facts.get("status", "").casefold()
        return not any(word in status for word in ENDED)


class Document:
    """One XML document; `as_of` is the day its facts are from, known once it was read."""

    def __init__(self, blocks: Iterable[bytes]) -> None:
        self._blocks = blocks
        self._is_extract = False
        self.as_of = ""

    def objects(self) -> Iterator[BagObject]:
        """Its objects, in order; raises UnreadableList when this is no whole LV-BAG 2.0."""
        parser = etree.XMLPullParser(
            events=("start", "end"),
            tag=(ROOT, STAND, AS_OF),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        waiting = 0
        try:
            for block in self._blocks:
                parser.feed(block)
                waiting += len(block)
                for found in self._read(parser):
                    waiting = 0
                    yield found
                if waiting > LONGEST_OBJECT:
                    raise UnreadableList("file-is-a-bomb")
            parser.close()
        except etree.XMLSyntaxError as fault:
            raise UnreadableList("file-is-damaged") from fault
        if not self._is_extract:
            raise UnreadableList("file-is-no-extract")

    def _read(self, parser: Any) -> Iterator[BagObject]:
        for event, node in parser.read_events():
            name = _name(node)
            if event == "start" and name == "bagStand":
                self._is_extract = True
                if node.getroottree().docinfo.internalDTD is not None:
                    raise UnreadableList("file-has-entities")
            elif event == "end" and name == "StandTechnischeDatum":
                self.as_of = (node.text or "").strip()[:10]
            elif event == "end" and name == "stand":
                yield from _objects_in(node)
                _let_go(node)


def _let_go(node: Any) -> None:
    """Drop what was read. The node itself stays until the next: the parser still holds on to it."""
    node.clear()
    before = node.getprevious()
    if before is not None:
        node.getparent().remove(before)


def _objects_in(stand: Any) -> Iterator[BagObject]:
    for wrapper in stand:
        for node in wrapper:
            yield _object(node)


def _object(node: Any) -> BagObject:
    found = BagObject(_name(node))
    for child in node:
        name = _name(child)
        if name in {MAIN_ADDRESS, SIDE_ADDRESS}:
            references = [(one.text or "").strip() for one in child]
            main, side = found.main_addresses, found.side_addresses
            (main if name == MAIN_ADDRESS else side).extend(references)
        elif name == "geometrie":
            found.place = place_of(child)
        else:
            _take_facts(child, found.facts)
    return found


def _take_facts(node: Any, facts: dict[str, str]) -> None:
    """The text of every leaf by its name; of several (uses of one home) a list with commas."""
    for leaf in node.iter():
        text = (leaf.text or "").strip()
        if text and not len(leaf):
            name = _name(leaf)
            facts[name] = f"{facts[name]},{text}" if name in facts else text


def _name(node: Any) -> str:
    return str(node.tag).rpartition("}")[2]

"""A BAG extract of a made-up town, in the form of the real ones: a zip of zips of XML."""

import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

DAY = "15092025"
TOWN, STREET = "9001", "9990300000000001"
# Near the middle of the grid, in metres.
X, Y = 155_000.0, 463_000.0

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<sl-bag-extract:bagStand
  xmlns:Objecten="www.kadaster.nl/schemas/lvbag/imbag/objecten/v20200601"
  xmlns:gml="http://www.opengis.net/gml/3.2"
  xmlns:Historie="www.kadaster.nl/schemas/lvbag/imbag/historie/v20200601"
  xmlns:Objecten-ref="www.kadaster.nl/schemas/lvbag/imbag/objecten-ref/v20200601"
  xmlns:selecties-extract="http://www.kadaster.nl/schemas/lvbag/extract-selecties/v20200601"
  xmlns:sl-bag-extract="http://www.kadaster.nl/schemas/lvbag/extract-deelbestand-lvc/v20200601"
  xmlns:sl="http://www.kadaster.nl/schemas/standlevering-generiek/1.0">
 <sl-bag-extract:bagInfo><selecties-extract:LVC-Extract>
  <selecties-extract:StandTechnischeDatum>2025-09-15</selecties-extract:StandTechnischeDatum>
 </selecties-extract:LVC-Extract></sl-bag-extract:bagInfo>
 <sl:standBestand><sl:inhoud><sl:gebied>GEMEENTE</sl:gebied></sl:inhoud>
"""
FOOT = " </sl:standBestand>\n</sl-bag-extract:bagStand>\n"
ENDS = "</{0}></sl-bag-extract:bagObject></sl:stand>\n"


@dataclass(frozen=True)
class Span:
    """From when to when a set of facts holds, and the how manieth set it is."""

    begin: str = "2010-01-26"
    end: str = ""
    occurrence: int = 1
    struck_out: str = ""
    struck_out_as: str = "tijdstipInactief"

    def xml(self) -> str:
        """As `Objecten:voorkomen`."""
        told = {
            "voorkomenidentificatie": str(self.occurrence),
            "beginGeldigheid": self.begin,
            "eindGeldigheid": self.end,
            self.struck_out_as: self.struck_out,
        }
        leaves = _leaves("Historie", told)
        inner = f"<Historie:Voorkomen>{leaves}</Historie:Voorkomen>"
        return f"<Objecten:voorkomen>{inner}</Objecten:voorkomen>"


NOW = Span()


def number(at: int, *, span: Span = NOW, street: str = STREET, town: str = "", **other: str) -> str:
    """The number designation of door `at` of the street; keywords replace its facts."""
    facts = {
        "identificatie": number_id(at),
        "huisnummer": str(at),
        "postcode": "1355AB",
        "typeAdresseerbaarObject": "Verblijfsobject",
        "status": "Naamgeving uitgegeven",
    }
    refers = _refer("ligtAan", "OpenbareRuimteRef", [street]) + _refer(
        "ligtIn", "WoonplaatsRef", [town]
    )
    return _object("Nummeraanduiding", facts | other, span, refers)


def number_id(at: int) -> str:
    """The BAG number of door `at`."""
    return f"999020{at:010}"


def place(
    at: int,
    *,
    kind: str = "Verblijfsobject",
    uses: Iterable[str] = ("woonfunctie",),
    status: str = "Verblijfsobject in gebruik",
    span: Span = NOW,
    side: Iterable[str] = (),
    geometry: str | None = None,
) -> str:
    """What stands or lies at door `at`: a home, unless keywords say otherwise."""
    facts = {"identificatie": f"999010{at:010}", "status": status}
    uses_xml = "".join(f"<Objecten:gebruiksdoel>{use}</Objecten:gebruiksdoel>" for use in uses)
    where = point(X + at, Y) if geometry is None else geometry
    refers = _refer("heeftAlsHoofdadres", "NummeraanduidingRef", [number_id(at)])
    refers += _refer("heeftAlsNevenadres", "NummeraanduidingRef", side)
    return _object(kind, facts, span, refers + uses_xml + where)


def point(x: float, y: float, height: str = " 0.0") -> str:
    """Where a home is."""
    dimension = 3 if height else 2
    pos = f"<gml:pos>{x} {y}{height}</gml:pos>"
    inner = f'<gml:Point srsDimension="{dimension}">{pos}</gml:Point>'
    return f"<Objecten:geometrie><Objecten:punt>{inner}</Objecten:punt></Objecten:geometrie>"


def outline(corners: Iterable[tuple[float, float]]) -> str:
    """The outline of a berth or a pitch."""
    listed = " ".join(f"{x} {y}" for x, y in corners)
    ring = f"<gml:LinearRing><gml:posList>{listed}</gml:posList></gml:LinearRing>"
    shape = f'<gml:Polygon srsDimension="2"><gml:exterior>{ring}</gml:exterior></gml:Polygon>'
    return f"<Objecten:geometrie>{shape}</Objecten:geometrie>"


def street(name: str = "Wilgenhof", *, at: str = STREET, town: str = TOWN, span: Span = NOW) -> str:
    """A street of the town."""
    facts = {"identificatie": at, "naam": name, "status": "Naamgeving uitgegeven"}
    refers = _refer("ligtIn", "WoonplaatsRef", [town])
    return _object("OpenbareRuimte", facts, span, refers)


def town(name: str = "Wilgendam", *, at: str = TOWN, span: Span = NOW) -> str:
    """The town itself."""
    facts = {"identificatie": at, "naam": name, "status": "Woonplaats aangewezen"}
    return _object("Woonplaats", facts, span, outline([(X, Y), (X + 9, Y), (X, Y + 9)]))


def document(objects: Iterable[str]) -> str:
    """One XML document of a part."""
    return HEAD + "".join(objects) + FOOT


@dataclass
class Extract:
    """Which objects are in which part; `packed()` is the file."""

    numbers: Iterable[str]
    places: Iterable[str]
    streets: Iterable[str] = field(default_factory=lambda: [street()])
    towns: Iterable[str] = field(default_factory=lambda: [town()])
    berths: Iterable[str] = ()
    pitches: Iterable[str] = ()
    without: Iterable[str] = ()
    instead: Mapping[str, bytes] = field(default_factory=dict)

    def packed(self) -> bytes:
        """The zip; parts `without` are not in it, those `instead` have this content."""
        parts = {
            "WPL": self.towns,
            "OPR": self.streets,
            "NUM": self.numbers,
            "VBO": self.places,
            "LIG": self.berths,
            "STA": self.pitches,
        }
        files = {"Leveringsdocument-BAG-Extract.xml": b"<levering/>", "9999PND15092025.zip": b""}
        for part, objects in parts.items():
            if part not in self.without:
                inner = zipped({f"0999{part}{DAY}-000001.xml": document(objects).encode()})
                files[f"9999{part}{DAY}.zip"] = self.instead.get(part, inner)
        return zipped(files)

    def stream(self) -> io.BytesIO:
        """The zip as a file."""
        return io.BytesIO(self.packed())


def doors(*numbers: int) -> Extract:
    """An extract of homes at these numbers of one street."""
    return Extract([number(at) for at in numbers], [place(at) for at in numbers])


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A zip of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def _object(kind: str, facts: Mapping[str, str], span: Span, more: str) -> str:
    inner = _leaves("Objecten", facts) + span.xml() + more
    begins = f" <sl:stand><sl-bag-extract:bagObject><Objecten:{kind}>"
    return begins + inner + ENDS.format(f"Objecten:{kind}")


def _leaves(prefix: str, facts: Mapping[str, str]) -> str:
    return "".join(
        f"<{prefix}:{name}>{escape(value)}</{prefix}:{name}>"
        for name, value in facts.items()
        if value
    )


def _refer(name: str, kind: str, ids: Iterable[str]) -> str:
    refs = "".join(f"<Objecten-ref:{kind}>{one}</Objecten-ref:{kind}>" for one in ids if one)
    return f"<Objecten:{name}>{refs}</Objecten:{name}>" if refs else ""

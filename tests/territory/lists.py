"""Address lists for tests: a fictional street, in whatever shape a test needs."""

import csv
import gzip
import io
from collections.abc import Iterable, Sequence
from typing import BinaryIO

HEADER = (
    "straat",
    "huisnummer",
    "huisletter",
    "huisnummertoevoeging",
    "postcode",
    "woonplaats",
    "lat",
    "lon",
)
PLACE = ("52.37", "5.22")

# The header lines of NLExtract's two exports.
BAGADRES_FULL = (
    "openbareruimte;huisnummer;huisletter;huisnummertoevoeging;postcode;woonplaats;gemeente;"
    "provincie;nummeraanduiding;verblijfsobjectgebruiksdoel;oppervlakteadresseerbaarobject;"
    "verblijfsobjectstatus;object_id;object_type;nevenadres;pandid;pandstatus;pandbouwjaar;"
    "x;y;lon;lat;verkorteopenbareruimte"
)
BAGADRESPLUS = (
    "openbareruimtenaam;verkorteopenbareruimtenaam;openbareruimte_id;huisnummer;huisletter;"
    "huisnummertoevoeging;postcode;nummeraanduiding_id;woonplaats;woonplaatscode;gemeente;"
    "gemeentecode;provincienaam;provinciecode;nevenadres;typeadresseerbaarobject;"
    "adresseerbaarobject_status;opp_adresseerbaarobject_m2;aantal_nad_per_adresobject;"
    "adresseerbaarobject_id;x;y;lon;lat;woonfunctie;bijeenkomstfunctie;celfunctie;"
    "gezondheidszorgfunctie;industriefunctie;kantoorfunctie;logiesfunctie;onderwijsfunctie;"
    "sportfunctie;winkelfunctie;overige_gebruiksfunctie"
)


def door(number: int | str = 1, **other: str) -> list[str]:
    """One row in the order of HEADER; keywords replace cells by their column's name."""
    cells = ["Wilgenhof", str(number), "", "", "1355AB", "Wilgendam", *PLACE]
    row = dict(zip(HEADER, cells, strict=True))
    return list((row | other).values())


def written(
    rows: Iterable[Sequence[str]], header: Sequence[str] = HEADER, separator: str = ";"
) -> str:
    """The list as text."""
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator="\n").writerows([header, *rows])
    return out.getvalue()


def stream(text: str, encoding: str = "utf-8", *, packed: bool = False) -> BinaryIO:
    """The list as a file."""
    data = text.encode(encoding)
    return io.BytesIO(gzip.compress(data) if packed else data)


def street(count: int) -> BinaryIO:
    """A file of this many doors."""
    return stream(written(door(number) for number in range(1, count + 1)))

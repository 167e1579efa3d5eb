"""Which column is what: separators, and the names that Dutch address lists go by."""

from collections.abc import Iterator
from dataclasses import dataclass

from outreach.territory.lines import LONGEST, Lines
from outreach.territory.problems import UnreadableList
from outreach.territory.records import split

SEPARATORS = (";", ",", "\t", "|")
REQUIRED = ("street", "house_number", "postcode", "city")
TOGETHER = ("lat", "lon")
FORBIDDEN = frozenset({"bsn", "bsnnummer", "burgerservicenummer", "sofinummer"})

# NLExtract `bagadres-full` and `bagadresplus`, plain Dutch and English. Of several, the first one.
NAMES = {
    "street": "straat straatnaam openbareruimtenaam openbareruimte street streetname",
    "house_number": "huisnummer huisnr nummer nr housenumber number",
    "house_letter": "huisletter letter houseletter",
    "house_suffix": "huisnummertoevoeging toevoeging huistoevoeging housesuffix suffix addition",
    "postcode": "postcode postalcode zipcode zip",
    "city": "woonplaats woonplaatsnaam plaats plaatsnaam city town place",
    "lat": "lat latitude breedtegraad",
    "lon": "lon lng long longitude lengtegraad",
    "use": "gebruiksdoel verblijfsobjectgebruiksdoel gebruik use",
    "bag_id": "nummeraanduidingid nummeraanduiding bagid",
    "entrance": "ingang entrance portiek complex",
}
# `bagadresplus` has a column of 0 or 1 per use.
USES = (
    "woonfunctie",
    "bijeenkomstfunctie",
    "celfunctie",
    "gezondheidszorgfunctie",
    "industriefunctie",
    "kantoorfunctie",
    "logiesfunctie",
    "onderwijsfunctie",
    "sportfunctie",
    "winkelfunctie",
    "overigegebruiksfunctie",
)


@dataclass(frozen=True)
class Layout:
    """How the file is laid out: field → column, use → column, and what is not read."""

    separator: str
    header: list[str]
    places: dict[str, int]
    uses: dict[str, int]
    ignored: list[str]

    @property
    def fields(self) -> set[str]:
        """The fields this file says something about."""
        return set(self.places) | ({"use"} if self.uses else set())

    @property
    def read_columns(self) -> list[int]:
        """The columns that are read, in the file's order."""
        return sorted({*self.places.values(), *self.uses.values()})


def take_header(batches: Iterator[Lines]) -> tuple[Layout, Lines]:
    """The layout by the first line with text, and what is left of its batch.

    Raises UnreadableList when it is no header, misses columns or holds one we may not read.
    """
    announced = ""
    for batch in batches:
        for index, text in enumerate(batch.texts):
            if text.casefold().startswith("sep=") and not announced:
                announced = text[4:5]  # Excel's own way to say it
            elif text.strip():
                rest = Lines(batch.first + index + 1, batch.texts[index + 1 :])
                return recognise(text, announced), rest
    raise UnreadableList("file-has-no-header")


def recognise(header: str, announced: str = "") -> Layout:
    """The layout a header line gives with the separator under which we know most of its names."""
    if len(header) > LONGEST:
        raise UnreadableList("file-has-no-header")
    separators = [announced] if announced in SEPARATORS and announced else SEPARATORS
    layout = max((_layout(header, s) for s in separators), key=lambda found: len(found.places))
    if not layout.places:
        raise UnreadableList("file-has-no-header")
    if FORBIDDEN & {_plain(name) for name in layout.header}:
        raise UnreadableList("file-holds-bsn")
    missing = [field for field in REQUIRED if field not in layout.places]
    if len(known := [field for field in TOGETHER if field in layout.places]) == 1:
        missing += [field for field in TOGETHER if field not in known]
    if missing:
        names = ", ".join(NAMES[field].split()[0] for field in missing)
        raise UnreadableList("file-misses-columns", columns=names)
    return layout


def _layout(header: str, separator: str) -> Layout:
    names = [name.strip() for name in split(header, separator)]
    by_name = {_plain(name): at for at, name in reversed(list(enumerate(names)))}
    places: dict[str, int] = {}
    for field, synonyms in NAMES.items():
        at = next((by_name[name] for name in synonyms.split() if name in by_name), None)
        if at is not None:
            places[field] = at
    uses = {use: by_name[use] for use in USES if use in by_name and "use" not in places}
    read = {*places.values(), *uses.values()}
    ignored = [name for at, name in enumerate(names) if at not in read and name]
    return Layout(separator, names, places, uses, ignored)


def _plain(name: str) -> str:
    return "".join(filter(str.isalnum, name.casefold()))

"""A fictional city with as many addresses and streets as a real one, for machines without data."""

import gzip
import random
from pathlib import Path

STREETS, ADDRESSES, DOUBLES = 2406, 107_152, 35
LETTERED, SUFFIXED = 0.04, 0.01  # as in Almere
BEGINNINGS = ("Wilgen", "Elzen", "Oever", "Haven", "Molen", "Vlinder", "Zonne", "Brug")
ENDINGS = ("straat", "hof", "laan", "pad", "plein", "weg", "dreef", "kade", "singel")
LETTERS = "ABCDEFGHJKLMNPRSTVWXYZ"


def fictional(path: Path) -> Path:
    """Write the gzipped list in the columns of a plain Dutch address list."""
    source = random.Random(20260203)  # noqa: S311 - the same city every time
    rows = [row for at in range(STREETS) for row in _street(at, source)]
    rows = rows[: ADDRESSES - DOUBLES]
    rows += source.sample(rows, ADDRESSES - len(rows))
    header = "straat;huisnummer;huisletter;huisnummertoevoeging;postcode;woonplaats;gemeente;"
    with gzip.open(path, "wt", encoding="utf-8") as out:
        out.write(f"{header}provincie;lat;lon\n")
        out.writelines(f"{row}\n" for row in rows)
    return path


def _street(at: int, source: random.Random) -> list[str]:
    name = f"{source.choice(BEGINNINGS)}{source.choice(ENDINGS)} {at}"
    pair = LETTERS[at // 22 % 22] + LETTERS[at % 22]
    postcode = f"{1300 + at // 484}{pair}"
    rows = []
    for number in range(1, 47):
        letter = source.choice("ABC") if source.random() < LETTERED else ""
        suffix = str(source.randrange(1, 20)) if source.random() < SUFFIXED else ""
        lat, lon = source.uniform(52.32, 52.43), source.uniform(5.10, 5.35)
        place = f"Wilgendam;Wilgendam;Flevoland;{lat:.8f};{lon:.8f}"
        rows.append(f"{name};{number};{letter};{suffix};{postcode};{place}")
    return rows

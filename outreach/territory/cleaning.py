"""What one cell may hold: postcodes, house numbers, names and coordinates, made alike."""

import math
import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Any

from outreach.territory.problems import Refusal

MOST_REMEMBERED = 50_000
STREET_LENGTH = CITY_LENGTH = 80
USE_LENGTH, ENTRANCE_LENGTH = 60, 40
HIGHEST_NUMBER = 99_999
# The European Netherlands in WGS84, with a little sea.
SOUTH, NORTH, WEST, EAST = 50.7, 53.7, 3.2, 7.3

POSTCODE = re.compile(r"([1-9][0-9]{3})\s*([A-Za-z]{2})")
NUMBER = re.compile(r"[0-9]{1,5}")
LETTER = re.compile(r"[A-Za-z]?")
SUFFIX = re.compile(r"[0-9A-Za-z]{0,4}")
BAG_ID = re.compile(r"[0-9]{15,16}|")
NUMBER_WITH_MORE = re.compile(r"([0-9]{1,5})\s*([A-Za-z]?)(?:\s*[-/\s]\s*([0-9A-Za-z]{1,4}))?")
NINE_DIGITS = re.compile(r"(?<![0-9])[0-9]{9}(?![0-9])")


class Remembering(dict[str, Any]):
    """A cleaner with a memory: lists repeat their streets, postcodes and numbers endlessly."""

    def __init__(self, clean: Callable[[str], Any]) -> None:
        super().__init__()
        self._clean = clean

    def __missing__(self, raw: str) -> Any:
        """Clean it once; raises the cleaner's Refusal."""
        if len(self) >= MOST_REMEMBERED:
            self.clear()
        value = self[raw] = self._clean(raw)
        return value


def postcode(raw: str) -> str:
    """`1234 ab` → `1234AB`."""
    found = POSTCODE.fullmatch(raw.strip())
    if not found:
        raise Refusal("postcode" if raw.strip() else "postcode-missing")
    return found[1] + found[2].upper()


def house_number(raw: str) -> int:
    """A whole number from 1 to 99999."""
    found = NUMBER.fullmatch(raw.strip())
    if not found or int(found[0]) == 0:
        raise Refusal("house-number" if raw.strip() else "house-number-missing")
    return int(found[0])


def house_letter(raw: str) -> str:
    """One letter or none; `a` and `A` are two doors, as in the BAG."""
    return _matching(LETTER, raw, "house-letter")


def house_suffix(raw: str) -> str:
    """At most four letters and digits, without the hyphen some lists put before it."""
    return _matching(SUFFIX, raw.strip().removeprefix("-"), "house-suffix")


def bag_id(raw: str) -> str:
    """Sixteen digits; spreadsheets eat the first zero, it is put back."""
    found = _matching(BAG_ID, raw, "bag-id")
    return found.zfill(16) if found else ""


def _matching(pattern: re.Pattern[str], raw: str, refusal: str) -> str:
    found = pattern.fullmatch(raw.strip())
    if not found:
        raise Refusal(refusal)
    return found[0]


def split_number(number: str, letter: str, suffix: str) -> tuple[str, str, str]:
    """`12a-3` in the number's column becomes `12`, `a`, `3` where the other two are empty."""
    found = NUMBER_WITH_MORE.fullmatch(number.strip())
    if not found or letter.strip() or suffix.strip():
        return number, letter, suffix
    return found[1], found[2], found[3] or ""


def street(raw: str) -> str:
    """A street's name, never empty."""
    return _name(raw, STREET_LENGTH, "street")


def city(raw: str) -> str:
    """A town's name, never empty."""
    return _name(raw, CITY_LENGTH, "city")


def entrance(raw: str) -> str:
    """What the front door is called that several doors share; may be empty."""
    return _text(raw, ENTRANCE_LENGTH, "entrance")


def use(raw: str) -> str:
    """What the BAG says it is used for; a long list of uses is cut after a whole word."""
    found = _text(raw, 10 * USE_LENGTH, "use")
    if len(found) <= USE_LENGTH:
        return found
    return found[: USE_LENGTH + 1].rpartition(",")[0] or found[:USE_LENGTH]


def _name(raw: str, longest: int, field: str) -> str:
    found = _text(raw, longest, field)
    if not found:
        raise Refusal(f"{field}-missing")
    return found


def _text(raw: str, longest: int, field: str) -> str:
    """Text on one line, composed, without double spaces; raises Refusal on BSNs and controls."""
    found = unicodedata.normalize("NFC", " ".join(raw.split()))
    if len(found) > longest:
        raise Refusal(f"{field}-too-long")
    if any(unicodedata.category(sign) == "Cc" for sign in found):
        raise Refusal("strange-characters")
    if any(is_bsn(digits) for digits in NINE_DIGITS.findall(found)):
        raise Refusal("bsn")
    return found


def is_bsn(digits: str) -> bool:
    """Whether nine digits pass the elfproef: 9a + 8b + … + 2h - i is a multiple of eleven."""
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(w * int(d) for w, d in zip(weights, digits, strict=True)) % 11 == 0


def place(lat: str, lon: str) -> tuple[float, float]:
    """Latitude and longitude in the Netherlands; a decimal comma is read as a point."""
    north, east = _degrees(lat), _degrees(lon)
    if is_inside(north, north, east, east):
        return north, east
    was_swapped = is_inside(east, east, north, north)
    raise Refusal("coordinates-swapped" if was_swapped else "coordinates-outside")


def _degrees(raw: str) -> float:
    try:
        return float(raw.strip().replace(",", "."))
    except ValueError:
        raise Refusal("coordinates" if raw.strip() else "coordinates-missing") from None


def is_inside(south: float, north: float, west: float, east: float) -> bool:
    """Whether everything between these lies in the Netherlands; no infinities, no NaN."""
    return south > SOUTH and north < NORTH and west > WEST and east < EAST


def refuse_any_outside(lats: Sequence[float], lons: Sequence[float]) -> None:
    """Raises Refusal when one of these places is not in the Netherlands."""
    is_finite = math.isfinite(sum(lats)) and math.isfinite(sum(lons))
    if not is_finite or not is_inside(min(lats), max(lats), min(lons), max(lons)):
        raise Refusal("coordinates-outside")

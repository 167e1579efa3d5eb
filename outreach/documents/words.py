"""Days and writing direction, as paper says them."""

import unicodedata
from datetime import date

from outreach.languages import text

RIGHT_TO_LEFT = {"R", "AL"}


def day_in_words(day: date, language: str) -> str:
    """A day as people say it: "dinsdag 3 februari 2026"."""
    weekday = text(f"documents.weekday.{day.weekday()}", language)
    month = text(f"documents.month.{day.month}", language)
    return f"{weekday} {day.day} {month} {day.year}"


def direction(words: str) -> str:
    """The way the first letter with a direction runs: "rtl" or "ltr"."""
    for letter in words:
        kind = unicodedata.bidirectional(letter)
        if kind == "L":
            return "ltr"
        if kind in RIGHT_TO_LEFT:
            return "rtl"
    return "ltr"

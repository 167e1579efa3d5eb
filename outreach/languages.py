"""One strings source for screens, PDF and mail: `strings/<slice>.<language>.json`, flat keys."""

import json
from functools import cache
from pathlib import Path

LANGUAGES = ("nl", "en")
# What people here speak besides Dutch: the codes on the card "Wijs uw taal aan".
SPOKEN = (
    "am", "ar", "ary", "az", "bg", "bn", "bs", "ckb", "cs", "de", "el", "en", "es", "fa", "fr",
    "hi", "hu", "hy", "id", "it", "kmr", "lt", "pap", "pl", "prs", "ps", "pt", "rif", "ro", "ru",
    "sk", "so", "sq", "srn", "sw", "ta", "th", "ti", "tl", "tr", "tw", "uk", "ur", "vi",
    "zh-Hans", "zh-Hant",
)  # fmt: skip
_SOURCE = Path(__file__).parent / "strings"


@cache
def texts(language: str) -> dict[str, str]:
    """Every text of one language, by key; plural texts are left to the screens."""
    found: dict[str, str] = {}
    for path in sorted(_SOURCE.glob(f"*.{language}.json")):
        entries = json.loads(path.read_text(encoding="utf-8"))
        found |= {key: text for key, text in entries.items() if isinstance(text, str)}
    return found


def text(key: str, language: str, **params: str | int) -> str:
    """One text with its `{placeholders}` filled; raises KeyError on an unknown key."""
    found = texts(language)[key]
    for name, value in params.items():
        found = found.replace("{" + name + "}", str(value))
    return found

"""A print run against as many single letters, each laid out by itself; and every page right.

Both sides make the ready letter in two languages from the same style sheet. After the timing, pages
of the run are read back, and some are compared as pictures with the single letter of their door.
"""

import json
import random
import subprocess
import sys
import tempfile
from io import BytesIO
from pathlib import Path

from measuring import Promise, Result, beside
from one_letters import stamps
from PIL import Image, ImageChops
from pypdf import PdfReader

from outreach.documents.pictures import page_pictures

HERE = Path(__file__).parent
PAGES_A_LETTER = 2
READ_BACK, COMPARED = 50, 5
# Of 255: what one way of rounding differs from another at the edge of a letter.
LARGEST_DIFFERENCE = 12
DOTS_PER_INCH = 96

Costs = dict[str, float]


def measure(letters: int = 1000) -> list[Result]:
    """Time of both, and the memory of the run."""
    with tempfile.TemporaryDirectory() as ours, tempfile.TemporaryDirectory() as peer:
        own, theirs = _made("ours", letters, ours), _made("peer", letters, peer)
        _check(Path(ours) / "letters" / "bench" / "letters.pdf", Path(peer), letters)
    note = f"{letters} letters of two pages; each laid out by itself"
    return [
        beside("letters", own["seconds"], theirs["seconds"], "s", note, Promise(0.067)),
        beside(
            "letters.memory",
            own["megabytes"],
            theirs["megabytes"],
            "MB",
            f"resident; {note}",
            Promise(400, "ours"),
        ),
    ]


def _made(side: str, letters: int, folder: str) -> Costs:
    command = [sys.executable, str(HERE / "one_letters.py"), side, str(letters), folder]
    told = subprocess.run(command, check=True, capture_output=True, text=True, cwd=HERE.parent)
    costs: Costs = json.loads(told.stdout)
    return costs


def _check(run: Path, singles: Path, letters: int) -> None:
    """Raise SystemExit at the first page that is not right."""
    chance = random.Random(1)  # noqa: S311 - which pages are looked at, no secret
    pages = PdfReader(run).pages
    if len(pages) != letters * PAGES_A_LETTER:
        raise SystemExit(f"{len(pages)} pages for {letters} letters")
    made = stamps(letters)
    for place in chance.choices(range(letters), k=READ_BACK):
        words = pages[place * PAGES_A_LETTER].extract_text()
        wanted = (*made[place].lines, made[place].short)
        if not all(line in words for line in wanted):
            raise SystemExit(f"the letter of door {place + 1} lacks one of {wanted}")
    looked_at = chance.choices(range(letters), k=COMPARED)
    drawn = page_pictures(run.read_bytes(), dots_per_inch=DOTS_PER_INCH, only=_first_of(looked_at))
    for place, picture in zip(looked_at, drawn, strict=True):
        single = (singles / f"{place + 1}.pdf").read_bytes()
        alone = page_pictures(single, dots_per_inch=DOTS_PER_INCH, only=[0])[0]
        if _difference(picture, alone) > LARGEST_DIFFERENCE:
            raise SystemExit(f"the letter of door {place + 1} looks otherwise than by itself")


def _first_of(places: list[int]) -> list[int]:
    return [place * PAGES_A_LETTER for place in places]


def _difference(one: bytes, other: bytes) -> int:
    pictures = [Image.open(BytesIO(picture)).convert("L") for picture in (one, other)]
    histogram = ImageChops.difference(*pictures).histogram()
    return max(step for step, pixels in enumerate(histogram) if pixels)

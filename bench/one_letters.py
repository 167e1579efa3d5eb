"""Letters for so many doors, in a process of its own; tells seconds and memory as JSON.

`ours` is a print run as the job makes it, `peer` lays out every letter by itself.
"""

import json
import sys
import time
from pathlib import Path

from outreach.app import create_app
from outreach.config import Settings
from outreach.letters import print_files
from outreach.letters.fields import FIELDS
from outreach.letters.paper import Content, Stamp, letter_pdf
from outreach.letters.printing import LETTERS_A_PART
from outreach.letters.stamping import make_press
from outreach.letters.writing import ready_texts

RUN = "bench"
SECRET = "a secret that only this bench knows, longer than thirty-two"  # noqa: S105
STREETS = ("Wilgenhof", "Burgemeester van Wilgenlaan", "Kade", "Lisdoddepad")
VALUES = dict.fromkeys(FIELDS, "De Wilgen") | {
    "eerste_dag": "dinsdag 3 februari 2026",
    "laatste_dag": "vrijdag 3 april 2026",
    "site": "voordeur.wilgendam.example/b",
    "telefoon": "099-5550100",
    "basis_open": "ma-do 9-21 uur",
}


def content() -> Content:
    """The ready letter, in both languages."""
    texts = dict(ready_texts())
    sender = "Gemeente Wilgendam\nPostbus 1\n9990 SA Wilgendam"
    values = dict.fromkeys(texts, VALUES)
    return Content(texts, values, "Gemeente Wilgendam", sender, VALUES["site"], None)


def stamps(count: int) -> list[Stamp]:
    """What differs per door."""
    return [
        Stamp(
            (f"{STREETS[number % len(STREETS)]} {number}", "9991 SA  WILGENDAM"),
            f"7KQ4-{number:04}",
            f"https://{VALUES['site']}#7KQ4M2XP7KQ4{number:04}",
        )
        for number in range(1, count + 1)
    ]


def main(side: str, count: int, folder: Path) -> None:
    """Make the letters in `folder` and tell what that took."""
    letter_pdf(content(), stamps(1)[0])  # who is timed has everything imported
    app = create_app(Settings(f"sqlite:///{folder / 'none.sqlite3'}", SECRET, folder, demo=False))
    begun = time.perf_counter()
    with app.app_context():
        _ours(stamps(count)) if side == "ours" else _peer(stamps(count), folder)
    print(json.dumps({"seconds": time.perf_counter() - begun, "megabytes": _resident()}))


def _ours(found: list[Stamp]) -> None:
    letters = [text for stamp in found for text in (*stamp.lines, stamp.short)]
    press = make_press(content(), letters, both_sides=True)
    parts = range(0, len(found), LETTERS_A_PART)
    for part, at in enumerate(parts, 1):
        press.print(found[at : at + LETTERS_A_PART], print_files.part_of(RUN, part))
    print_files.bind(RUN, len(parts), "bench")


def _peer(found: list[Stamp], folder: Path) -> None:
    for number, stamp in enumerate(found, 1):
        (folder / f"{number}.pdf").write_bytes(letter_pdf(content(), stamp))


def _resident() -> float:
    status = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) / 1024


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))

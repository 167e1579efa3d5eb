"""`make bench [NAME=…]`: measure against peers, print a table, write `bench/results.json`."""

import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import exchange
import growing
import imports
import starts
import storming
from measuring import Result

BENCHES: dict[str, Callable[[], list[Result]]] = {
    "import": imports.measure,
    "offline-reload": starts.measure,
    "offline.sealed-start": starts.measure_full,
    "sync.pull": exchange.pull,
    "sync.push": exchange.push,
    "sync.idle": exchange.idle,
    "growth": growing.measure,
    "storm": storming.measure,
}
RESULTS = Path(__file__).parent / "results.json"
COLUMNS = ("name", "ours", "peer", "ratio", "unit", "note")


def main(names: list[str]) -> int:
    """Run the named measurements, or all; 2 when a name is unknown."""
    unknown = [name for name in names if name not in BENCHES]
    if unknown:
        print(f"no bench named {', '.join(unknown)}; there is: {', '.join(BENCHES)}")
        return 2
    results = [result for name in names or BENCHES for result in BENCHES[name]()]
    rows = [COLUMNS, *(tuple(str(value) for value in asdict(r).values()) for r in results)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(COLUMNS))]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        print("  ".join(cells).rstrip())
    RESULTS.write_text(json.dumps([asdict(r) for r in results], indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""`make bench [NAME=…] [SIZES="…=…"]`: measure against peers and hold it to what was promised.

Prints a table and keeps `bench/results.json`. Ends with 1 when something promised was not kept, or
a bench broke off, and names it; the others are measured all the same.
"""

import inspect
import sys
from collections.abc import Callable

import board
import exchange
import growing
import imports
import letters
import maps
import results
import rounds
import starts
import storming
from measuring import Result

BENCHES: dict[str, Callable[..., list[Result]]] = {
    "import": imports.measure,
    "offline-reload": starts.measure,
    "offline.sealed-start": starts.measure_full,
    "sync.pull": exchange.pull,
    "sync.push": exchange.push,
    "sync.idle": exchange.idle,
    "letters": letters.measure,
    "board": board.measure,
    "growth": growing.measure,
    "storm": storming.measure,
    "map": maps.measure,
    "routes.gap": rounds.gap,
    "routes.walking": rounds.walking,
    "routes.large": rounds.large,
}
COLUMNS = ("name", "ours", "peer", "ratio", "at most", "unit", "note")


def main(said: list[str]) -> int:
    """Run the named measurements, or all; 2 when a name or a size is unknown."""
    names = [one for one in said if "=" not in one] or list(BENCHES)
    sizes = dict(one.split("=", 1) for one in said if "=" in one)
    wrong = _not_understood(names, sizes)
    if wrong:
        print(wrong, file=sys.stderr)
        return 2
    given = {size: int(number) for size, number in sizes.items()}
    found: list[Result] = []
    faults: list[str] = []
    for name in names:
        try:
            measured = BENCHES[name](**given)
        except (Exception, SystemExit) as why:  # noqa: BLE001 - the other benches still count
            faults.append(f"{name} broke off: {type(why).__name__}: {why}")
            continue
        found += measured
        if not sizes:
            results.keep(measured)
    _show(found)
    if sizes:
        print("a try in other sizes: not kept, and held to nothing")
    else:
        faults += [_above(one) for one in found if not one.is_kept]
    for fault in faults:
        print(f"FAILED: {fault}", file=sys.stderr)
    return 1 if faults else 0


def _not_understood(names: list[str], sizes: dict[str, str]) -> str:
    unknown = [name for name in names if name not in BENCHES]
    if unknown:
        return f"no bench named {', '.join(unknown)}; there is: {', '.join(BENCHES)}"
    for name in names:
        takes = list(inspect.signature(BENCHES[name]).parameters)
        for size, number in sizes.items():
            if size not in takes or not number.isdecimal() or int(number) < 1:
                return f"{name} takes no {size}={number}; sizes of it: {', '.join(takes) or 'none'}"
    return ""


def _above(result: Result) -> str:
    of = "ours over the peer's" if result.promise and result.promise.of == "ratio" else "ours"
    return f"{result.name}: {of} is {result.held}, promised is at most {result.limit}"


def _show(found: list[Result]) -> None:
    rows = [COLUMNS] + [
        (
            one.name,
            str(one.ours),
            str(one.peer),
            "" if one.ratio is None else str(one.ratio),
            one.limit,
            one.unit,
            one.note,
        )
        for one in found
    ]
    widths = [max(len(row[at]) for row in rows) for at in range(len(COLUMNS))]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        print("  ".join(cells).rstrip())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

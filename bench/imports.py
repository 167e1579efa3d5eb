"""The import of a city's addresses against `sqlite3 .import` of the same list.

Ours reads the gzipped list into the whole register: checked, with an id, doubles found, five
indexes. The peer reads the unpacked list into a bare table and indexes the door and the street.
Both are timed inside their own process, so starting it does not count; both use a WAL and sync.
"""

import gzip
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import addresses
from measuring import Promise, Result, compared, in_turns

Costs = dict[str, float]
HERE = Path(__file__).parent
REAL = HERE.parent.parent / "shared" / "data" / "almere_adressen.csv.gz"

# Seconds and the highest resident memory in kB, told by the process itself.
PEER = """
.mode csv
.separator ;
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
CREATE TABLE address (
  straat TEXT, huisnummer INTEGER, huisletter TEXT, huisnummertoevoeging TEXT, postcode TEXT,
  woonplaats TEXT, gemeente TEXT, provincie TEXT, lat REAL, lon REAL
);
CREATE TEMP TABLE begun AS SELECT julianday('now') AS at;
.import --skip 1 {listed} address
CREATE INDEX door ON address (postcode, huisnummer, huisletter, huisnummertoevoeging);
CREATE INDEX street ON address (woonplaats, straat);
SELECT 'seconds', (julianday('now') - at) * 86400 FROM begun;
.shell grep VmHWM /proc/$PPID/status
"""


def measure() -> list[Result]:
    """Time and memory of the first import, and the time of importing the same list again."""
    with tempfile.TemporaryDirectory() as folder:
        packed = REAL if REAL.exists() else addresses.fictional(Path(folder) / "list.csv.gz")
        plain = Path(folder) / "list.csv"
        with gzip.open(packed) as source, plain.open("wb") as target:
            shutil.copyfileobj(source, target)
        pairs = in_turns(lambda: _ours(packed), lambda: _peer(plain))
        first = pairs[0][0]
    what = f"{first['read']:.0f} addresses, {first['doubles']:.0f} doubles"
    peer = "sqlite3 .import and its indexes"
    resident = f"resident; {peer}"
    return [
        _result("import", "seconds", pairs, "s", f"{what}; {peer}", Promise(4)),
        _result("import.memory", "megabytes", pairs, "MB", resident, Promise(300, "ours")),
        _result("import.again", "again", pairs, "s", f"nothing changes; {peer}, the first time"),
    ]


def _result(
    name: str,
    cost: str,
    pairs: list[tuple[Costs, Costs]],
    unit: str,
    note: str,
    promise: Promise | None = None,
) -> Result:
    costs = [(ours[cost], peer[cost]) for ours, peer in pairs]
    return compared(name, costs, unit, note, promise)


def _ours(packed: Path) -> Costs:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, str(HERE / "one_import.py"), str(packed), folder]
        told = subprocess.run(command, check=True, capture_output=True, text=True, cwd=HERE.parent)
    costs: Costs = json.loads(told.stdout)
    return costs


def _peer(plain: Path) -> Costs:
    with tempfile.TemporaryDirectory() as folder:
        script = PEER.format(listed=plain)
        command = ["sqlite3", str(Path(folder) / "peer.sqlite3")]
        told = subprocess.run(command, check=True, capture_output=True, text=True, input=script)
    lines = dict(line.replace(":", ";").split(";", 1) for line in told.stdout.splitlines()[-2:])
    seconds = float(lines["seconds"])
    kilobytes = float(lines["VmHWM"].split()[0])
    return {"seconds": seconds, "again": seconds, "megabytes": kilobytes / 1024}

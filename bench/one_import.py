"""One import into a fresh register, in a process of its own; tells seconds and memory as JSON."""

import json
import sys
import time
from pathlib import Path

from sqlalchemy import Engine, create_engine

from outreach.access.models import Municipality
from outreach.clock import new_id
from outreach.db import METADATA
from outreach.territory.importing import ImportResult, import_addresses


def main(listed: Path, folder: Path) -> None:
    """Import the list twice into a new database in `folder`."""
    engine = create_engine(f"sqlite:///{folder / 'ours.sqlite3'}")
    municipality_id = _municipality(engine)
    seconds, first = _timed(engine, municipality_id, listed)
    megabytes = _resident()
    again, second = _timed(engine, municipality_id, listed)
    if second.imported or second.changed:
        raise SystemExit("importing the same list again changed something")
    told = {"seconds": seconds, "again": again, "megabytes": megabytes}
    print(json.dumps(told | first.counts))


def _municipality(engine: Engine) -> str:
    METADATA.create_all(engine)
    municipality_id = new_id()
    row = {"id": municipality_id, "name": "Almere", "privacy_contact": "", "duty_phone": ""}
    with engine.begin() as connection:
        table = METADATA.tables[Municipality.__tablename__]
        connection.execute(table.insert().values(**row, lease_hours=72))
    return municipality_id


def _timed(engine: Engine, municipality_id: str, listed: Path) -> tuple[float, ImportResult]:
    with engine.connect() as connection:
        begun = time.perf_counter()
        result = import_addresses(connection, municipality_id, listed)
        return time.perf_counter() - begun, result


def _resident() -> float:
    status = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) / 1024


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

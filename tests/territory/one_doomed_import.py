"""An import whose process is killed inside its only writing transaction; run by a test."""

import os
import signal
import sys
from pathlib import Path

from sqlalchemy import Connection, create_engine

from outreach.territory.importing import ImportResult, import_addresses


def _die(connection: Connection, result: ImportResult) -> None:
    seen = connection.exec_driver_sql("SELECT count(*) FROM address").scalar()
    sys.stdout.write(f"{result.imported} {seen}")
    sys.stdout.flush()
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    with create_engine(sys.argv[1]).connect() as register:
        import_addresses(register, sys.argv[2], Path(sys.argv[3]), finish=_die)

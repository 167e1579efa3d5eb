"""Which process holds a job: a locked file, that the system lets go of when the process dies.

Works across the workers of one machine; it needs no clean-up after a crash.
"""

import fcntl
import os
from pathlib import Path
from typing import BinaryIO


class Claims:
    """The jobs this process holds, as locks in a folder all its siblings share."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._held: dict[str, BinaryIO] = {}

    def take(self, job_id: str) -> bool:
        """Hold a job until let_go() or the end of this process; False while a sibling holds it."""
        if job_id in self._held:
            return True
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        while True:
            handle = self._path(job_id).open("wb")
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                handle.close()
                return False
            if self._is_the_one_in_the_folder(handle, job_id):
                self._held[job_id] = handle
                return True
            handle.close()  # who held it before removed it between our opening and our locking

    def let_go(self, job_id: str) -> None:
        """Stop holding a job."""
        handle = self._held.pop(job_id, None)
        if handle:
            self._path(job_id).unlink(missing_ok=True)
            handle.close()

    def is_held(self, job_id: str) -> bool:
        """Whether a living process, this one or another, holds the job."""
        try:
            with self._path(job_id).open("rb") as handle:
                fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except FileNotFoundError:
            return False
        except BlockingIOError:
            return True
        return False

    def _is_the_one_in_the_folder(self, handle: BinaryIO, job_id: str) -> bool:
        try:
            found = self._path(job_id).stat()
        except FileNotFoundError:
            return False
        return os.path.samestat(os.fstat(handle.fileno()), found)

    def _path(self, job_id: str) -> Path:
        return self._folder / f"{job_id}.lock"

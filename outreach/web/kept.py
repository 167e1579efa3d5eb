"""The built files of earlier versions: a page opened before an upgrade still asks for them."""

import os
import shutil
from datetime import timedelta
from pathlib import Path

from outreach.clock import now

ASSETS = "assets"
# An app older than this may only push (docs/sync.md): it needs no screen that it did not load yet.
KEPT = timedelta(days=180)


def folder(data_dir: Path) -> Path:
    """Where the files of earlier versions lie: outside the package, which an upgrade replaces."""
    return data_dir / "app"


def keep(built: Path, kept: Path) -> None:
    """Keep the built files of this version beside those of before; drop what nobody can ask for.

    Their names carry a digest, so that no two versions share one. The age of a file is how long
    ago its version was the running one.
    """
    target = kept / ASSETS
    target.mkdir(parents=True, exist_ok=True)
    source = built / ASSETS
    for file in source.iterdir() if source.is_dir() else ():
        copy = target / file.name
        if not copy.exists():
            # First under another name: a copy that was broken off is never served.
            half = shutil.copyfile(file, copy.with_name(f".{file.name}.half"))
            half.replace(copy)
        os.utime(copy, (now().timestamp(), now().timestamp()))
    oldest = (now() - KEPT).timestamp()
    for file in target.iterdir():
        if file.stat().st_mtime < oldest:
            file.unlink()

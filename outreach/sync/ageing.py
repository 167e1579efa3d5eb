"""An app that is too old may bring its work, and gets nothing new until it is renewed.

Nobody can promise for ever that an old app reads what today's server says. Its work is safe: what
it says is lifted to today's words, whatever its age.
"""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from flask import current_app

from outreach.clock import today

TOO_OLD = timedelta(days=180)


def built_on(app_folder: Path) -> date | None:
    """When the app in this folder was built, as its build wrote beside it; None if it did not."""
    try:
        said = json.loads((app_folder / "release.json").read_text(encoding="utf-8"))
        return date.fromisoformat(said["built_on"])
    except (FileNotFoundError, KeyError, TypeError, ValueError):
        return None


def must_renew(said: dict[str, Any]) -> bool:
    """Whether a phone's app is too old; never when this server has none that is newer."""
    own: date = said["app"]["built_on"]
    served: date | None = current_app.config["APP_BUILT_ON"]
    return own < today() - TOO_OLD and (served is None or own < served)

"""An old copy of the database is put back, as `outreach backup` and `outreach restore` do it."""

from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import select

from outreach.audit import endings
from outreach.conversations import forgetting
from outreach.conversations.models import Consent, Forgotten
from outreach.db import db
from outreach.privacy import copies, restoring
from outreach.sync.models import Mutation
from tests.model import remembering

Line = dict[str, Any]
COPY = "model.copy"


def _file() -> Path:
    folder: Path = current_app.config["DATA_DIR"]
    return folder / COPY


def copy(_: Line) -> Line:
    """Copy the database as it is now; an earlier copy goes."""
    _file().unlink(missing_ok=True)
    restoring.complete_list()
    copies.make_copy(_file())
    db.session.rollback()
    return {}


def restore(_: Line) -> Line:
    """Put it back: gives the ids of mutations that it knows, and all that ended since for good."""
    restoring.complete_list_if_readable()
    copies.put_back(_file())
    remembering.forget()
    ended_before = _consents_taken_back()
    restoring.end_again()
    restoring.begin_afresh("simulation")
    db.session.commit()
    ended = [
        {"kind": str(one.kind), "id": one.id, "dossier_id": one.dossier_id}
        for one in endings.read_all()
        # It ended before what the copy knows to be said later.
        if one.id not in ended_before
    ]
    return {**known({}), "ended": ended}


def _consents_taken_back() -> set[str]:
    """Those that the copy knew of."""
    withdrawn = select(Consent.id).where(Consent.withdrawn_at.is_not(None))
    never_came = select(Forgotten.id).where(Forgotten.kind == forgetting.CONSENT)
    return {*db.session.scalars(withdrawn), *db.session.scalars(never_came)}


def known(_: Line) -> Line:
    """Ids of the mutations that have an outcome."""
    return {"known": list(db.session.scalars(select(Mutation.id)))}

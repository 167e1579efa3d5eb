"""The letterhead of a municipality: who writes, where to write back, and the logo."""

from io import BytesIO
from typing import Any

from PIL import Image, UnidentifiedImageError
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from outreach.access.actor import Actor
from outreach.audit import trail
from outreach.clock import new_id
from outreach.db import db
from outreach.errors import InputError, InvalidInput
from outreach.letters.models import Letterhead

KINDS = ("PNG", "JPEG")
MOST_PIXELS = 6000
# Sharp at 300 dots an inch in the room there is for it.
SHOWN_PIXELS = (950, 330)


def letterhead_of(municipality_id: str) -> Letterhead:
    """The letterhead; an empty one, not kept yet, where nobody made one."""
    rows = select(Letterhead).where(Letterhead.municipality_id == municipality_id)
    found = db.session.scalars(rows).first()
    return found or Letterhead(
        id=new_id(),
        municipality_id=municipality_id,
        reply_address="",
        phone="",
        signed_by="",
        logo=None,
    )


def set_letterhead(actor: Actor, body: dict[str, Any]) -> Letterhead:
    """Replace what stands on every letter of the municipality, except its logo."""
    letterhead = _kept(actor)
    for name, value in body.items():
        setattr(letterhead, name, value.strip())
    return _changed(actor, letterhead)


def set_logo(actor: Actor, upload: FileStorage) -> Letterhead:
    """Take a PNG or JPEG as the logo, drawn anew; raises InvalidInput on anything else."""
    letterhead = _kept(actor)
    letterhead.logo = _drawn_anew(upload)
    return _changed(actor, letterhead)


def drop_logo(actor: Actor) -> Letterhead:
    """Letters show the name of the municipality again."""
    letterhead = _kept(actor)
    letterhead.logo = None
    return _changed(actor, letterhead)


def _kept(actor: Actor) -> Letterhead:
    letterhead = letterhead_of(actor.municipality_id)
    db.session.add(letterhead)
    return letterhead


def _changed(actor: Actor, letterhead: Letterhead) -> Letterhead:
    db.session.flush()
    trail.note(
        actor.municipality_id, actor.account_id, "letterhead.change", "letterhead", letterhead.id
    )
    return letterhead


def _drawn_anew(upload: FileStorage) -> bytes:
    """The picture and nothing else of the file: no places, no comments, no surprises."""
    try:
        with Image.open(upload.stream, formats=KINDS) as picture:
            if max(picture.size) > MOST_PIXELS:
                raise InvalidInput(InputError("/file", "logo-too-large", {"most": MOST_PIXELS}))
            drawn = picture.convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as fault:
        raise InvalidInput(InputError("/file", "logo-not-a-picture")) from fault
    drawn.thumbnail(SHOWN_PIXELS)
    kept = BytesIO()
    drawn.save(kept, "PNG", optimize=True)
    return kept.getvalue()

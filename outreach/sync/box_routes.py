"""Sealed boxes: work that arrives whatever the state of account, session or device."""

import json
from typing import Any

from flask import request
from marshmallow import ValidationError
from werkzeug.datastructures import FileStorage

from outreach.access.actor import current_actor
from outreach.access.models import Account
from outreach.access.roles import Permission
from outreach.audit import trail
from outreach.clock import now
from outreach.db import db
from outreach.errors import InputError, InvalidInput, TooLarge
from outreach.sync import boxes
from outreach.sync.receiving import Outcome
from outreach.sync.retrying import retried
from outreach.sync.schemas import (
    ASKED,
    RescueBody,
    RescuedAnswer,
    RescueFileBody,
    SealedBoxesAnswer,
    SealedBoxesBody,
)
from outreach.web.routing import PUBLIC, Routes

routes = Routes("sealed-boxes", "Unsent work that a device hands over, sealed and signed")
LARGEST_HAND_OVER = 8 * 1024 * 1024


@routes.post(
    "/sealed-boxes",
    permission=PUBLIC,
    body=SealedBoxesBody(),
    answer=SealedBoxesAnswer(),
    largest_body=LARGEST_HAND_OVER,
)
def hand_over(said: dict[str, Any]) -> dict[str, Any]:
    """Take in what a device signed for; it waits in quarantine for a person.

    Without a session a device hears here alone that it was reported lost; `asked` asks just that.
    """
    outcomes, revoked = retried(lambda last_try: _taken_in(said, last_try=last_try))
    return _answer(said, outcomes) | {"revoked": revoked}


def _answer(said: dict[str, Any], outcomes: list[Outcome]) -> dict[str, Any]:
    return {"ids": [box["id"] for box in said["boxes"]], "outcomes": outcomes}


def _taken_in(said: dict[str, Any], *, last_try: bool) -> tuple[list[Outcome], bool]:
    origin = request.remote_addr or ""
    boxes.refuse_flood(origin)
    try:
        device = boxes.signed(said)
    except boxes.DeviceUnknown:
        boxes.count_request(origin)
        db.session.commit()  # the count outlives the refusal
        raise
    revoked = device.revoked_at is not None
    device.last_contact_at = now()
    if said["why"] == ASKED:
        return [], revoked  # not counted: who only asks must not be kept from handing over
    boxes.refuse_flood(origin, device.id)
    boxes.count_request(origin, device.id)
    outcomes = boxes.take_in(boxes.Handing(device, said, last_try))
    db.session.commit()  # here, so that a clash with another request is tried again
    return outcomes, revoked


@routes.post(
    "/quarantine/rescue-files",
    permission=Permission.QUARANTINE_OPEN,
    files=RescueFileBody(),
    answer=RescuedAnswer(),
)
def take_rescue_file(files: dict[str, FileStorage]) -> dict[str, Any]:
    """Take in a file that a phone without a line exported; it waits as all that comes sealed.

    Of a file in parts the desk sends one after the other, so that one that was damaged keeps none
    of the others out.
    """
    said = _in_file(files["file"])
    return retried(lambda last_try: _rescued(said, last_try=last_try))


def _in_file(file: FileStorage) -> dict[str, Any]:
    """Raises InvalidInput or TooLarge."""
    content = file.read(LARGEST_HAND_OVER + 1)
    if len(content) > LARGEST_HAND_OVER:
        raise TooLarge
    try:
        said: dict[str, Any] = RescueBody().load(json.loads(content))
    except (ValidationError, ValueError, RecursionError):
        said = {}
    if said.get("why") != "rescue":
        raise InvalidInput(InputError("/file", "not-a-rescue-file"))
    return said


def _rescued(said: dict[str, Any], *, last_try: bool) -> dict[str, Any]:
    actor = current_actor()
    device = boxes.signed(said, actor.municipality_id)
    outcomes = boxes.take_in(boxes.Handing(device, said, last_try))
    author = db.session.get_one(Account, device.account_id)
    trail.note(actor.municipality_id, actor.account_id, "quarantine.rescue", "device", device.id)
    db.session.commit()  # here, so that a clash with another request is tried again
    return _answer(said, outcomes) | {"author": author.name}

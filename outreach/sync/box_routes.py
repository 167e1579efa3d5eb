"""Sealed boxes: work that arrives whatever the state of account, session or device."""

from typing import Any

from flask import request

from outreach.clock import now
from outreach.db import db
from outreach.sync import boxes
from outreach.sync.receiving import Outcome
from outreach.sync.retrying import retried
from outreach.sync.schemas import SealedBoxesAnswer, SealedBoxesBody
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
    """Take in what a device signed for; it waits in quarantine for a person."""
    return _answer(said, retried(lambda last_try: _taken_in(said, last_try=last_try)))


def _answer(said: dict[str, Any], outcomes: list[Outcome]) -> dict[str, Any]:
    return {"ids": [box["id"] for box in said["boxes"]], "outcomes": outcomes}


def _taken_in(said: dict[str, Any], *, last_try: bool) -> list[Outcome]:
    origin = request.remote_addr or ""
    boxes.refuse_flood(origin)
    try:
        device = boxes.signed(said)
    except boxes.DeviceUnknown:
        boxes.count_request(origin)
        db.session.commit()  # the count outlives the refusal
        raise
    boxes.refuse_flood(origin, device.id)
    boxes.count_request(origin, device.id)
    device.last_contact_at = now()
    outcomes = boxes.take_in(boxes.Handing(device, said, last_try))
    db.session.commit()  # here, so that a clash with another request is tried again
    return outcomes

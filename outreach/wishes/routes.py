"""Behind the code of a letter: open to all, by POST alone, with the code in the body.

Nothing here needs a session, so nothing a browser sends by itself opens anything: who asks has the
code or has nothing. Another site's page cannot ask in JSON without our leave, which we never give.
"""

from typing import Any

from flask import request

from outreach.web.routing import PUBLIC, Routes
from outreach.wishes import calling, choosing, opening, schemas, telling

routes = Routes("letter-codes", "What a resident does with the code on their letter")
# Bytes: the longest honest body is a twentieth of it.
LARGEST = 4096


@routes.post(
    "/letter-codes/lookup",
    permission=PUBLIC,
    body=schemas.CodeBody(),
    answer=schemas.LetterBehindOut(),
    largest_body=LARGEST,
)
def look_up_letter(body: dict[str, Any]) -> dict[str, Any]:
    """What a letter is about: nothing of the door, and never what was chosen before."""
    return telling.told(opening.open_door(body, _origin()))


@routes.post(
    "/letter-codes/choice",
    permission=PUBLIC,
    body=schemas.WishBody(),
    status=204,
    largest_body=LARGEST,
)
def choose(body: dict[str, Any]) -> str:
    """Choose another time, rather not, or welcome after all; the last choice counts."""
    choosing.choose(opening.open_to_choose(body, _origin()), body)
    return ""


@routes.post(
    "/letter-codes/call",
    permission=PUBLIC,
    body=schemas.CallBody(),
    status=204,
    largest_body=LARGEST,
)
def ask_for_call(body: dict[str, Any]) -> str:
    """Ask to be called; the number goes once they were, and after 14 days at the latest."""
    calling.ask(opening.open_to_choose(body, _origin()), body)
    return ""


def _origin() -> str:
    return request.remote_addr or ""

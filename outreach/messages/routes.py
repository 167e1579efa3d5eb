"""One's own messages: what to hear, when, and on which browsers."""

from collections.abc import Callable
from typing import Any

from flask import Response

from outreach.messages import choices, push, schemas
from outreach.messages.channels import channels
from outreach.messages.models import MessageChoice, PushSubscription
from outreach.messages.people import Person
from outreach.web.routing import Routes


def message_routes(permission: str, current_person: Callable[[], Person]) -> Routes:
    """The routes, for whoever the floor above says is signed in."""
    routes = Routes("messages", "Mail and push to somebody who has no desk open")

    @routes.get("/me/messages", permission=permission, answer=schemas.MessagesOut())
    def read_messages() -> dict[str, Any]:
        """What somebody chose, and what can be sent at all."""
        person = current_person()
        found = choices.choices_of(person.municipality_id, [person.account_id])
        return _shown(person, found[person.account_id])

    @routes.put(
        "/me/messages",
        permission=permission,
        body=schemas.MessagesBody(),
        answer=schemas.MessagesOut(),
    )
    def choose_messages(body: dict[str, Any]) -> dict[str, Any]:
        """Choose; what cannot wait comes at any hour, as long as one of the two is on."""
        person = current_person()
        return _shown(person, choices.choose(person, **body))

    _browser_routes(routes, permission, current_person)
    return routes


def _browser_routes(routes: Routes, permission: str, current_person: Callable[[], Person]) -> None:
    @routes.post(
        "/me/push-browsers",
        permission=permission,
        body=schemas.BrowserBody(),
        answer=schemas.BrowserOut(),
        status=201,
    )
    def add_browser(body: dict[str, str]) -> PushSubscription:
        """Push to this browser from now on."""
        return choices.subscribe(current_person(), body["endpoint"])

    @routes.post(
        "/me/push-browsers/removal",
        permission=permission,
        body=schemas.BrowserBody(),
        status=204,
    )
    def remove_browser(body: dict[str, str]) -> Response:
        """No more push to this browser."""
        choices.unsubscribe(body["endpoint"])
        return Response(status=204)


def _shown(person: Person, choice: MessageChoice) -> dict[str, Any]:
    ways = channels()
    return {
        "mail": choice.mail,
        "quiet_from": choice.quiet_from,
        "quiet_until": choice.quiet_until,
        "daily_at": choice.daily_at,
        "mail_set_up": ways.mail is not None,
        "mail_refused": choices.is_refused(choice),
        "push_key": push.public_key(ways.key_file) if ways.push else "",
        "browsers": len(choices.browsers_of(person.municipality_id, [person.account_id])),
    }

"""What this server can send by, and who it asks where somebody is reached."""

import threading
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from flask import Flask, current_app

from outreach.config import MailSettings, PushSettings
from outreach.messages.people import Directory


class Channel(StrEnum):
    """The ways to somebody who has no desk open."""

    MAIL = "mail"
    PUSH = "push"


@dataclass
class Channels:
    """What is set up; `desk` is the link in a mail, `wanted` wakes who sends."""

    mail: MailSettings | None
    push: PushSettings | None
    desk: str
    key_file: Path
    directory: Directory
    wanted: threading.Event = field(default_factory=threading.Event)

    @property
    def any(self) -> bool:
        """Whether anything can be sent at all."""
        return self.mail is not None or self.push is not None


def set_up(
    app: Flask, mail: MailSettings | None, push: PushSettings | None, directory: Directory
) -> Channels:
    """Give the app its channels; the floor above says where people are reached."""
    desk = f"{app.config['PUBLIC_URL']}/desk"
    key_file: Path = app.config["DATA_DIR"] / "push" / "key.pem"
    found = Channels(mail, push, desk, key_file, directory)
    app.extensions["messages"] = found
    return found


def channels() -> Channels:
    """This app's channels."""
    found: Channels = current_app.extensions["messages"]
    return found

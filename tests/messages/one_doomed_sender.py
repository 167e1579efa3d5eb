"""A process that sends what waits, and is killed while the mail server answers; run by a test."""

import sys
from pathlib import Path

from outreach.app import create_app
from outreach.config import MailSettings, Security, Settings
from outreach.messages.sending import send_due
from tests.conftest import SECRET
from tests.messages.conftest import SENDER
from tests.messages.post_office import HERE

if __name__ == "__main__":
    url, folder, port = sys.argv[1:]
    mail = MailSettings(HERE, int(port), Security.NONE, SENDER)
    app = create_app(Settings(url, SECRET, Path(folder), demo=False, mail=mail))
    with app.app_context():
        send_due()

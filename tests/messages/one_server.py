"""A process that serves: asked something once, then telling somebody per line; run by a test."""

import sys
from pathlib import Path

from outreach.app import create_app
from outreach.clock import new_id
from outreach.config import MailSettings, Security, Settings
from outreach.db import db
from outreach.messages import outbox
from outreach.messages.kinds import Kind
from tests.conftest import SECRET
from tests.messages.conftest import SENDER
from tests.messages.post_office import HERE

if __name__ == "__main__":
    url, folder, port = sys.argv[1:]
    mail = MailSettings(HERE, int(port), Security.NONE, SENDER)
    app = create_app(Settings(url, SECRET, Path(folder), demo=False, mail=mail))
    app.test_client().get("/healthz")
    for line in sys.stdin:
        municipality_id, account_id = line.split()
        with app.test_request_context(method="POST"):  # a writer takes its turn at once
            outbox.tell(municipality_id, [account_id], Kind.CANNOT_WAIT, new_id())
            db.session.commit()
            app.process_response(app.make_response(""))

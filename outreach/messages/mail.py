"""A mail that says that there is something new, and to whom it goes; nothing else, not even a name.

Its Message-ID is of what goes out together: sent twice, because a server died between sending and
marking, it is the same mail, and mail programs that look show it once.
"""

import smtplib
import ssl
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from outreach.clock import now
from outreach.config import MailSettings, Security
from outreach.languages import text
from outreach.messages.outcomes import Came, Outcome
from outreach.messages.people import Reached

# Of each step of the talk with the server.
SECONDS = 20
FOR_EVER = 500  # SMTP: from here on a refusal is not for now but for good


def written(to: Reached, batch_id: str, desk: str, settings: MailSettings) -> EmailMessage:
    """The mail, as it goes out."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = settings.sender
    mail["To"] = to.address
    mail["Subject"] = text("told.subject", to.language)
    mail["Date"] = format_datetime(now())
    mail["Message-ID"] = f"<{batch_id}@{settings.sender.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"  # out-of-office programs do not answer these
    mail["List-Unsubscribe"] = f"<{desk}/messages>"
    mail.set_content(text("told.body", to.language, desk=desk))
    mail["Content-Language"] = to.language  # after it: content brings its own headers
    return mail


def send(mail: EmailMessage, to: str, settings: MailSettings) -> Outcome:
    """Hand a mail to the municipality's server."""
    try:
        with _connected(settings) as server:
            server.send_message(mail, settings.sender, [to])
    except smtplib.SMTPRecipientsRefused as refused:
        ((code, _words),) = refused.recipients.values()
        return Outcome(Came.UNKNOWN if code >= FOR_EVER else Came.LATER, str(code))
    except smtplib.SMTPDataError as refused:
        # About this mail or our server, not about the address.
        came = Came.REFUSED if refused.smtp_code >= FOR_EVER else Came.LATER
        return Outcome(came, str(refused.smtp_code))
    except OSError as fault:  # smtplib's own are kinds of it; their words may quote an address
        return Outcome(Came.LATER, type(fault).__name__)
    return Outcome(Came.SENT)


def _connected(settings: MailSettings) -> smtplib.SMTP:
    context = ssl.create_default_context()
    where = (settings.host, settings.port)
    if settings.security == Security.TLS:
        server: smtplib.SMTP = smtplib.SMTP_SSL(*where, timeout=SECONDS, context=context)
    else:
        server = smtplib.SMTP(*where, timeout=SECONDS)
    try:
        if settings.security == Security.STARTTLS:
            server.starttls(context=context)
        if settings.user:
            server.login(settings.user, settings.password)
    except BaseException:
        server.close()
        raise
    return server

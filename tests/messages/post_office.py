"""A real mail server on this machine, that takes mail, refuses it, or takes its time."""

import asyncio
import datetime as dt
import ipaddress
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP as MAIL
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

USER, PASSWORD = "voordeur", "open sesam"
HERE = "127.0.0.1"


class PostOffice:
    """What came in, and what it says to whom comes next; `secured` of the last who was let in."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.raw: list[bytes] = []
        self.senders: list[str] = []
        self.recipients: list[str] = []
        self.says_to_recipient = "250 OK"
        self.says_to_mail = "250 OK"
        self.takes_seconds = 0.0
        self.secured = False
        self.port = 0
        self.taken: Callable[[], None] = lambda: None

    async def handle_RCPT(  # noqa: N802 - the server's own name for it
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: object
    ) -> str:
        """Whether this address exists here."""
        if self.says_to_recipient.startswith("2"):
            envelope.rcpt_tos.append(address)
        return self.says_to_recipient

    async def handle_DATA(  # noqa: N802 - the server's own name for it
        self, _server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Take a mail in."""
        await asyncio.sleep(self.takes_seconds)
        self.secured = session.ssl is not None
        if self.says_to_mail.startswith("2"):
            raw = envelope.original_content or b""
            self.raw.append(raw)
            self.mails.append(message_from_bytes(raw, EmailMessage, policy=MAIL))
            self.senders.append(str(envelope.mail_from))
            self.recipients += envelope.rcpt_tos
            self.taken()
        return self.says_to_mail


def free_port() -> int:
    """A port nobody listens at."""
    with socket.socket() as line:
        line.bind((HERE, 0))
        port: int = line.getsockname()[1]
        return port


def _known(_server: object, _session: object, _envelope: object, _how: str, said: object) -> object:
    right = LoginPassword(USER.encode(), PASSWORD.encode())
    return AuthResult(success=said == right, handled=False)


@contextmanager
def post_office(
    tls: ssl.SSLContext | None = None, *, from_first_byte: bool = False, asks_who: bool = False
) -> Iterator[PostOffice]:
    """Open one; with `tls` it takes nothing in clear."""
    office = PostOffice()
    office.port = free_port()
    controller = Controller(
        office,
        hostname=HERE,
        port=office.port,
        ssl_context=tls if from_first_byte else None,
        tls_context=None if from_first_byte else tls,
        require_starttls=tls is not None and not from_first_byte,
        authenticator=_known if asks_who else None,
        auth_required=asks_who,
        auth_require_tls=not from_first_byte,
    )
    controller.start()
    try:
        yield office
    finally:
        controller.stop()


def certificate(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """A server's context for this machine's address, and the file by which it is believed."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HERE)])
    at = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - dt.timedelta(days=1))
        .not_valid_after(at + dt.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(HERE))]),
            critical=False,
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    shown, kept = folder / "shown.pem", folder / "kept.pem"
    shown.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    kept.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(shown, kept)
    return context, shown

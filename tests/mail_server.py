"""A real mail server on loopback with a mailbox, that can be told to refuse, delay, drop the connection or be slow."""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

CERTIFICATE = Path(__file__).parent / "flows" / "localhost.pem"  # made for these tests, for the name localhost, until the year 2126
OK = "250 OK"


class Mailbox:
    """
    What came, and how the server is to behave.

    at_mail, at_rcpt, at_data   what it answers; "drop" = it breaks the connection there, "take and drop" = it keeps the letter first
    refuses                     address -> what it answers for that receiver alone
    while_taking                called with each letter before it is answered, in the server's thread
    """

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.envelopes: list[Envelope] = []
        self.at_mail = self.at_rcpt = self.at_data = OK
        self.refuses: dict[str, str] = {}
        self.while_taking: Callable[[EmailMessage], None] = lambda letter: None
        self.connections = 0
        self.port = 0

    @property
    def to(self) -> list[str]:
        """The receivers of the letters that came, in order."""
        return [envelope.rcpt_tos[0] for envelope in self.envelopes]

    @property
    def ids(self) -> list[str]:
        return [str(letter["Message-ID"]) for letter in self.letters]

    async def handle_EHLO(self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:
        envelope.mail_from = address
        return self._answer(server, self.at_mail)

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:
        said = self._answer(server, self.refuses.get(address, self.at_rcpt))
        if said.startswith("250"):
            envelope.rcpt_tos.append(address)
        return said

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        letter = message_from_bytes(bytes(envelope.content or b""), policy=default)
        assert isinstance(letter, EmailMessage)
        if self.at_data in (OK, "take and drop"):
            self.letters.append(letter)
            self.envelopes.append(envelope)
        await asyncio.to_thread(self.while_taking, letter)
        return self._answer(server, self.at_data)

    def _answer(self, server: SMTP, said: str) -> str:
        if "drop" in said:
            assert server.transport is not None
            server.transport.abort()
            return "421 dropped"
        return said


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def mail_server(*, password: str = "", tls: str = "", port: int = 0) -> Iterator[Mailbox]:
    """
    Run a mail server.

    password   the one of the user "samsyn"; with it nothing is taken from anybody who has not signed in
    tls        "starttls" or "tls"; "" for none
    """
    box = Mailbox()
    box.port = port or free_port()
    settings: dict[str, Any] = {"hostname": "127.0.0.1", "port": box.port, "ready_timeout": 30}
    context = _server_context() if tls else None
    if tls == "tls":
        settings["ssl_context"] = context
    if tls == "starttls":
        settings |= {"tls_context": context, "require_starttls": True}
    if password:
        settings |= {"auth_required": True, "auth_require_tls": tls == "starttls", "authenticator": _authenticator(password)}
    controller = Controller(box, **settings)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()


def trusting() -> ssl.SSLContext:
    """Return what trusts the certificate of these tests, and no other."""
    return ssl.create_default_context(cafile=str(CERTIFICATE))


def _server_context() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    return context


def _authenticator(password: str) -> Callable[..., AuthResult]:
    def check(server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: LoginPassword) -> AuthResult:
        return AuthResult(success=(given.login, given.password) == (b"samsyn", password.encode()), handled=False)

    return check


class Gate:
    """Lets a test wait until the server has a letter in its hands, and the server until the test lets it answer."""

    def __init__(self) -> None:
        self.has_letter, self.may_answer = threading.Event(), threading.Event()

    def __call__(self, letter: EmailMessage) -> None:
        self.has_letter.set()
        self.may_answer.wait(30)

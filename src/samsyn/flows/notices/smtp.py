"""
Any mail server, by SMTP. What the server has answered when a connection breaks decides whether a letter is uncertain.

smtplib alone does not tell the two apart: its sendmail raises the same error when the connection breaks before the end of
the letter (the server cannot have taken it) and after (it may have).
"""

from __future__ import annotations

import logging
import re
import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import parseaddr

from samsyn.chain.mail_address import BadAddress, sent_address
from samsyn.flows.notices.delivery import Delivery, Outcome

PATIENCE = 60.0  # seconds to wait for each answer; a server that greylists or scans may be slow
READY_FOR_MORE, CLOSING, GO_AHEAD, TOO_LARGE = 250, 421, 354, 552
log = logging.getLogger(__name__)


@dataclass
class SmtpServer:
    """
    A mail server by its settings; connected when the first letter is to go, and kept until `close`.

    tls        "starttls" (must be offered), "tls" (from the first byte) or "" for none
    sender     what stands in From
    context    whose certificates are trusted; None = those of the machine
    """

    host: str
    port: int
    sender: str
    tls: str = ""
    user: str = ""
    password: str = field(default="", repr=False)
    context: ssl.SSLContext | None = None
    patience: float = PATIENCE
    _connected: smtplib.SMTP | None = field(default=None, init=False, repr=False)

    def deliver(self, message: EmailMessage) -> Delivery:
        """Hand over one letter, and say what became of it."""
        try:
            connection = self._connect()
        except smtplib.SMTPAuthenticationError as fault:
            return self._away(f"Mejlservern tog inte emot användarnamn och lösenord. {_said(fault.smtp_code, fault.smtp_error)}")
        except (OSError, smtplib.SMTPException) as fault:
            return self._away(f"Mejlservern går inte att nå: {_words(fault)}.")
        try:
            refused = self._introduce(connection, message)
        except (OSError, smtplib.SMTPException) as fault:
            return self._away(f"Mejlservern bröt förbindelsen innan den hade fått brevet: {_words(fault)}.")
        return refused or self._hand_over(connection, message)

    def close(self) -> None:
        """Say goodbye and end the connection, if there is one."""
        connection, self._connected = self._connected, None
        if connection is not None:
            with suppress(OSError, smtplib.SMTPException):  # whatever it was to take it has answered already
                connection.quit()
            connection.close()

    def _connect(self) -> smtplib.SMTP:
        """Return the connection, made and signed in if there is none, or the last has been closed by the server."""
        if self._connected is not None and self._is_alive(self._connected):
            return self._connected
        self.close()
        name = parseaddr(self.sender)[1].rpartition("@")[2] or "localhost"
        context = self.context or ssl.create_default_context()
        if self.tls == "tls":
            connection: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, local_hostname=name, timeout=self.patience, context=context)
        else:
            connection = smtplib.SMTP(self.host, self.port, local_hostname=name, timeout=self.patience)
        try:
            if self.tls == "starttls":
                connection.starttls(context=context)
            if self.user:
                connection.login(self.user, self.password)
        except BaseException:
            connection.close()
            raise
        self._connected = connection
        return connection

    def _is_alive(self, connection: smtplib.SMTP) -> bool:
        try:
            return connection.rset()[0] == READY_FOR_MORE
        except (OSError, smtplib.SMTPException):
            return False

    def _introduce(self, connection: smtplib.SMTP, message: EmailMessage) -> Delivery | None:
        """Say from whom and to whom, and ask to send. Returns why not, or None if the server waits for the letter."""
        connection.ehlo_or_helo_if_needed()
        try:
            sender, receiver = sent_address(parseaddr(self.sender)[1]), sent_address(message["To"].addresses[0].addr_spec)
        except BadAddress as fault:
            return Delivery(Outcome.REFUSED, str(fault))
        code, said = connection.mail(sender)
        if code != READY_FOR_MORE:  # says something about us, not about who is to have the letter
            if code == TOO_LARGE:
                return self._refused(code, said, "Mejlservern tog inte emot brevet")
            return self._away(f"Mejlservern tog inte emot avsändaren {sender}. {_said(code, said)}")
        code, said = connection.rcpt(receiver)
        if code not in (250, 251):
            return self._refused(code, said, "Mejlservern tog inte emot adressen")
        code, said = connection.docmd("DATA")
        return None if code == GO_AHEAD else self._refused(code, said, "Mejlservern tog inte emot brevet")

    def _hand_over(self, connection: smtplib.SMTP, message: EmailMessage) -> Delivery:
        """Send the letter and wait for the answer. Before its last line is sent the server cannot have taken it; after that it may have."""
        try:
            connection.send(_on_the_wire(message))
        except (OSError, smtplib.SMTPException) as fault:
            return self._away(f"Mejlservern bröt förbindelsen innan den hade fått brevet: {_words(fault)}.")
        try:
            connection.send(b".\r\n")
            code, said = connection.getreply()
        except (OSError, smtplib.SMTPException) as fault:
            self._drop()
            return Delivery(Outcome.UNCERTAIN, f"Mejlservern bröt förbindelsen innan den hade svarat: {_words(fault)}. Brevet kan ha kommit fram.", True)
        return Delivery(Outcome.SENT) if code == READY_FOR_MORE else self._refused(code, said, "Mejlservern tog inte emot brevet")

    def _refused(self, code: int, said: bytes, what: str) -> Delivery:
        """Return what a refusal means: for ever (5xx), or for now (4xx and anything that is no answer)."""
        fault = f"{what}. {_said(code, said)}"
        if code == CLOSING or code < 0:
            return self._away(fault)
        return Delivery(Outcome.REFUSED if 500 <= code < 600 else Outcome.LATER, fault)

    def _away(self, fault: str) -> Delivery:
        self._drop()
        return Delivery(Outcome.LATER, fault, is_away=True)

    def _drop(self) -> None:
        """Leave a connection that is of no more use, without saying anything on it."""
        connection, self._connected = self._connected, None
        if connection is not None:
            connection.close()


def _on_the_wire(message: EmailMessage) -> bytes:
    """Return a message as SMTP wants it, all but its last line: lines end with CR LF, and one that begins with a dot has two (RFC 5321, 4.5.2)."""
    written = re.sub(rb"\r\n|\r|\n", b"\r\n", message.as_bytes())
    whole = written if written.endswith(b"\r\n") else written + b"\r\n"
    return re.sub(rb"(?m)^\.", b"..", whole)


def _said(code: int, said: bytes | str) -> str:
    """Return a server's own words, on one line and not too many of them."""
    words = " ".join((said.decode("utf-8", "replace") if isinstance(said, bytes) else said).split())
    return f"Den svarade: {code} {words[:300]}"


def _words(fault: Exception) -> str:
    return " ".join(str(fault).split())[:300].rstrip(".") or type(fault).__name__

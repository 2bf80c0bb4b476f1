"""A letter as a mail server takes it. No word of a user can become a header of its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr

from samsyn.chain.mail_address import sent_address
from samsyn.chain.notice_values import Person
from samsyn.flows.notices.header_words import WholeWords
from samsyn.records.outbox.reads import WholeLetter

SEVEN_BITS = WholeWords(linesep="\r\n", cte_type="7bit")  # any server takes it, also one that does not know 8BITMIME
READABLE = "quoted-printable"  # base64 would be shorter at times, and looks like junk to those who filter it

Attached = tuple[str, str, bytes]  # file name, type with its parameters ("application/pdf", 'text/calendar; method=REQUEST'), content


def message_of(letter: WholeLetter, *, sender: str, reply_to: Person | None, attached: Sequence[Attached], at: datetime) -> EmailMessage:
    """
    Return a letter as a message: plain words, the same as HTML if there is any, and what is attached.

    sender     "samsyn@exempel.se" or "Samsyn <samsyn@exempel.se>"
    reply_to   who reads the answers; None = the sender
    at         the moment it is sent; Message-ID is the letter's own, the same each time
    raises     BadAddress   if the receiver's or the sender's address cannot be used
    """
    message = EmailMessage(policy=SEVEN_BITS)
    name, address = parseaddr(sender)
    message["From"] = _address(name, address)
    message["To"] = _address(letter.head.name, letter.head.email)
    if reply_to is not None and reply_to.email:
        message["Reply-To"] = _address(reply_to.name, reply_to.email)
    message["Subject"] = _one_line(letter.head.subject)
    message["Date"] = format_datetime(at)
    message["Message-ID"] = letter.message_id
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no absence answers, please
    message.set_content(letter.text, cte=READABLE)
    if letter.html:
        message.add_alternative(letter.html, subtype="html", cte=READABLE)
    for file_name, kind, content in attached:
        _attach(message, _one_line(file_name), kind, content)
    return message


def _attach(message: EmailMessage, file_name: str, kind: str, content: bytes) -> None:
    about = EmailMessage()
    about["Content-Type"] = kind
    main, _, sub = about.get_content_type().partition("/")
    message.add_attachment(content, maintype=main, subtype=sub, filename=file_name, params=dict(about["Content-Type"].params))


def _address(name: str, address: str) -> Address:
    local, _, domain = sent_address(address).partition("@")
    return Address(_one_line(name) if name != address else "", local, domain)


def _one_line(text: str) -> str:
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())

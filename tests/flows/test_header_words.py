"""What stands in a letter's headers is read as it was written, by a reader that follows the standards."""

from __future__ import annotations

from email import message_from_bytes
from email.header import decode_header, make_header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import compat32, default

import pytest

from samsyn.flows.notices.message import SEVEN_BITS

TEXTS = [
    "Hej", "En sak väntar på svar: Trygg kväll i centrum", "Bo behöver hjälp: Byt källardörrar och lås på Vikbacken",
    "Åtgärd " * 30 + "slut", "å" * 300, "Plain words that go on for so long that the line must be folded somewhere, though none of them has dots",
    "Två saker väntar på svar: Trygg kväll i centrum och Arbetsgruppen för Vikbacken, Hamnen och Ängen",
]


def sent(message: EmailMessage) -> tuple[bytes, EmailMessage]:
    wire = message.as_bytes()
    read = message_from_bytes(wire, policy=default)
    assert isinstance(read, EmailMessage)
    return wire, read


@pytest.mark.parametrize("text", TEXTS)
def test_no_space_of_a_subject_is_lost_and_no_line_is_too_long(text: str) -> None:
    message = EmailMessage(policy=SEVEN_BITS)
    message["Subject"] = text
    wire, read = sent(message)
    assert read["Subject"] == " ".join(text.split())
    assert wire.isascii() and max(len(line) for line in wire.split(b"\r\n")) <= 78


@pytest.mark.parametrize("name", ["Bo", "Åsa Öberg", "Bo \"Berra\" Ek", "Ek, Bo", "Ärlig, Åke"])
@pytest.mark.parametrize("header", ["To", "From", "Reply-To"])
def test_a_name_comes_through_whole_beside_its_address(name: str, header: str) -> None:
    message = EmailMessage(policy=SEVEN_BITS)
    message[header] = Address(name, "asa.oberg", "granviken.example")
    wire, read = sent(message)
    (one,) = read[header].addresses
    assert (one.display_name, one.addr_spec) == (name, "asa.oberg@granviken.example")
    assert wire.isascii() and wire.count(b"\r\n") == wire.count(b"\n")


def test_a_name_too_long_for_one_word_is_put_together_again_by_a_reader_that_follows_the_standard() -> None:
    name = "Åsa Öberg Ström Hjälmarström Brännström Äppelblom"
    message = EmailMessage(policy=SEVEN_BITS)
    message["To"] = Address(name, "asa.oberg", "granviken.example")
    read = message_from_bytes(message.as_bytes(), policy=compat32)["To"]  # the newer reader of Python 3.11 puts a space between two such words
    assert str(make_header(decode_header(read))).split(" <")[0].rstrip() == name

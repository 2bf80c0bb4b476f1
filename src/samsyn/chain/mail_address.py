"""An e-mail address as it may stand in a letter: one, on one line, that a mail server can be given."""

from __future__ import annotations

import re

LONGEST = 254  # RFC 5321, 4.5.3.1.3: a path of 256 with its two angle brackets
LONGEST_LOCAL = 64  # RFC 5321, 4.5.3.1.1
LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
DOMAIN = re.compile(r"(?!-)[A-Za-z0-9-]{1,63}(?<!-)(\.(?!-)[A-Za-z0-9-]{1,63}(?<!-))*")


class BadAddress(ValueError):
    """What was given is not one e-mail address that a letter can be sent to. The message says so in Swedish."""

    def __init__(self, why: str) -> None:
        super().__init__(f"Adressen går inte att använda: {why}.")


def one_address(text: str) -> str:
    """
    Return the one address that a text is, without space around it; "" for "".

    raises   BadAddress   for two addresses, a line break, a name in front, or anything that a mail server would not take
    """
    if any(ord(sign) < 32 or ord(sign) == 127 or sign in "\u0085\u2028\u2029" for sign in text.strip(" ")):
        raise BadAddress("den har en radbrytning eller ett osynligt tecken i sig")
    address = text.strip()
    if not address:
        return ""
    if "," in address or ";" in address or address.count("@") > 1:
        raise BadAddress("skriv bara en adress")
    local, _, domain = address.partition("@")
    written = _as_servers_write(domain)
    if not LOCAL.fullmatch(local) or len(local) > LONGEST_LOCAL or not DOMAIN.fullmatch(written) or len(local) + len(written) >= LONGEST:
        raise BadAddress("den ska se ut som namn@exempel.se")
    return address


def usable_address(text: str) -> str:
    """Return the address, or "" if it cannot be used: then somebody passes the letter on by another way."""
    try:
        return one_address(text)
    except BadAddress:
        return ""


def sent_address(address: str) -> str:
    """Return an address as a mail server wants it: a domain with å, ä or ö in its other spelling. Raises BadAddress."""
    local, _, domain = one_address(address).partition("@")
    return f"{local}@{_as_servers_write(domain)}"


def _as_servers_write(domain: str) -> str:
    try:
        return domain if domain.isascii() else domain.encode("idna").decode("ascii")
    except UnicodeError as fault:
        raise BadAddress("den ska se ut som namn@exempel.se") from fault

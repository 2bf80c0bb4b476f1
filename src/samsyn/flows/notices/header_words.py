"""How a letter's headers are written on the wire, so that every space of a subject or a name comes through."""

from __future__ import annotations

from email.header import Header
from email.headerregistry import Address
from email.policy import EmailPolicy
from typing import Any

WITH_NAMES = ("from", "to", "reply-to")
LONGEST_LINE = 76  # RFC 2047


class WholeWords(EmailPolicy):
    """
    The ordinary policy, except that a subject or name with å, ä or ö is encoded from its first sign to its last.

    Python 3.11 encodes such a header word by word, and a space between two encoded words is lost when it is read: "dörrar ochlås".
    """

    def fold(self, name: str, value: Any) -> str:
        """Return a header as it is written, with its name and line end."""
        written = _written(name, value)
        return super().fold(name, value) if written is None else f"{name}: {written.replace(chr(10), self.linesep)}{self.linesep}"

    def fold_binary(self, name: str, value: Any) -> bytes:
        """Return a header as bytes, in the same way."""
        return super().fold_binary(name, value) if _written(name, value) is None else self.fold(name, value).encode("ascii")


def _written(name: str, value: Any) -> str | None:
    """Return what stands after the colon, lines with \\n between; None if the ordinary way keeps every space."""
    if str(value).isascii():
        return None
    if name.lower() == "subject":
        return _encoded(str(value), name)
    if name.lower() in WITH_NAMES:
        return ",\n ".join(_address(one, name) for one in value.addresses)
    return None


def _address(one: Address, name: str) -> str:
    if one.display_name.isascii():
        return str(one)
    return f"{_encoded(one.display_name, name)}\n <{one.addr_spec}>"


def _encoded(text: str, name: str) -> str:
    return Header(text, "utf-8", LONGEST_LINE, name).encode()

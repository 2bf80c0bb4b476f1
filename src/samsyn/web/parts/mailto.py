"""A link that opens a letter in the reader's own mail program, with everything written in."""

from __future__ import annotations

from urllib.parse import quote

LONGEST = 1900  # characters: Windows and Outlook cut or refuse a longer address


def mailto(email: str, subject: str, text: str) -> str:
    """
    Return a mailto link (RFC 6068). A text too long for it is left out: then it is copied instead; `holds_text` says which.

    email   one address, or "" for a letter whose receiver is chosen in the mail program
    """
    short = _link(email, subject, "")
    whole = _link(email, subject, text)
    return whole if len(whole) <= LONGEST else short


def holds_text(email: str, subject: str, text: str) -> bool:
    """Whether the link of a letter carries its text."""
    return len(_link(email, subject, text)) <= LONGEST


def _link(email: str, subject: str, text: str) -> str:
    lines = text.replace("\r\n", "\n").strip().replace("\n", "\r\n")
    body = f"&body={quote(lines, safe='')}" if text else ""
    return f"mailto:{quote(email, safe='@')}?subject={quote(subject, safe='')}{body}"

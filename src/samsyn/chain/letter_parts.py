"""What every letter has: how it calls somebody, and the simple HTML round its words. Nothing in it is fetched from anywhere."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from samsyn.chain.wording import clipped

LONGEST_NAME = 200


def greeting(name: str) -> str:
    """Return "Hej Bo!" to Bo Berg. A name that is not two words may be an office or a family, and is said whole."""
    words = name.split()
    if not words:
        return "Hej!"
    return f"Hej {words[0] if len(words) == 2 and all(word.replace('-', '').isalpha() for word in words) else flat(name)}!"


def flat(text: str) -> str:
    """Return a name or an address as it may stand in a sentence: on one line, and not too long."""
    return clipped(text, LONGEST_NAME)


def paragraph(text: str) -> str:
    """Return a text as a paragraph of HTML."""
    return f"<p>{escape(text)}</p>"


def html_document(title: str, parts: Iterable[str]) -> str:
    """Return a whole document of parts that are HTML already; empty ones are left out."""
    body = "\n".join(part for part in parts if part)
    return f'<!doctype html>\n<html lang="sv"><head><meta charset="utf-8"><title>{escape(title)}</title></head>\n<body>\n{body}\n</body></html>\n'

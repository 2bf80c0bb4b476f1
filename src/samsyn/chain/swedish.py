"""Swedish order and likeness of words: å, ä, ö come last, and search does not care about case or accents."""

from __future__ import annotations

import re
import unicodedata

_LAST = {"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}"}
_PLAIN = re.compile("[\\s!-~åäöÅÄÖ]*")


def fold(text: str) -> str:
    """Return the text as search compares it: lower case, å ä ö kept, other accents dropped, white space as one space."""
    if _PLAIN.fullmatch(text):  # nearly every text: an import of 10,000 rows folds a quarter of a million
        return " ".join(text.casefold().split())
    kept = []
    for letter in unicodedata.normalize("NFC", text).casefold():
        kept.append(letter if letter in _LAST else _without_accent(letter))
    return re.sub(r"\s+", " ", "".join(kept)).strip()


def sort_key(text: str) -> tuple[tuple[str, int], ...]:
    """Return a key that sorts as a Swedish dictionary does, with numbers in the text by their size."""
    parts = re.findall(r"\d+|\D+", fold(text))
    return tuple((" ", int(part)) if part.isdecimal() else ("".join(_LAST.get(c, c) for c in part), 0) for part in parts)


def _without_accent(letter: str) -> str:
    if letter.isascii():
        return letter
    return "".join(c for c in unicodedata.normalize("NFD", letter) if not unicodedata.combining(c))

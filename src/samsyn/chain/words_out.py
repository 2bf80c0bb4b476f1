"""Words that must go: how they are found however they are written, and what stands in their place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from samsyn.chain.choices import Choice

REMOVED = "[borttaget]"
FEWEST_LETTERS, FEWEST_DIGITS, MOST_WORDS = 2, 9, 20
_UNSEEN = "\u00ad\u034f\u180b-\u180f\u200b-\u200f\u2060-\u2064\ufeff"  # soft hyphens and signs without width, as a word processor leaves them
_DASHES = "\u2010-\u2015\u2212"
_BETWEEN = rf"(?:[\s._\-{_DASHES}{_UNSEEN}]|\\[nrt])+"  # in the log's JSON a line break is two signs
_APART = re.compile(rf"[\s._\-{_DASHES}]+")
_NOT_SEEN = re.compile(f"[{_UNSEEN}]")
_WRITTEN = {"'": "(?:['\u2019]|&#x27;)", "\u2019": "(?:['\u2019]|&#x27;)", '"': r'(?:\\?"|&quot;)', "&": "(?:&amp;|&)", "<": "(?:<|&lt;)", ">": "(?:>|&gt;)"}
"""Signs that a letter's HTML and the log's JSON write in other ways."""

TOO_FEW = "”{words}” är för kort för att tas bort överallt. Skriv hela namnet."
OUR_OWN = "”{words}” är ett ord som Samsyn självt använder. Skriv hela namnet."
TOO_MANY = f"Ta bort högst {MOST_WORDS} namn eller ord på en gång."
NOTHING = "Skriv de ord som ska bort."


def pattern_of(words: Iterable[str]) -> re.Pattern[str]:
    """
    Return what finds any of the words, each a name or a few words, whole words only.

    Capitals do not matter, nor what stands between the words (Nils Nilsson, nils.nilsson, Nils-Nilsson), nor an s at the end,
    nor what nobody can see inside them, nor whether an apostrophe or & is written as HTML has it.
    """
    said = (_BETWEEN.join(map(_any_way, _parts(one))) for one in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{'|'.join(said)})s?(?!\w)", re.IGNORECASE)


def without(text: str, pattern: re.Pattern[str]) -> str:
    """Return the text with [borttaget] in place of the words; the very same text if they are not there."""
    plain = unicodedata.normalize("NFC", text)
    cleaned = pattern.sub(REMOVED, plain)
    return text if cleaned == plain else cleaned


def without_in(value: Any, pattern: re.Pattern[str]) -> Any:
    """Return a JSON value with the words taken out of every text in it; keys are left as they are."""
    if isinstance(value, str):
        return without(value, pattern)
    if isinstance(value, list):
        return [without_in(one, pattern) for one in value]
    if isinstance(value, dict):
        return {key: without_in(one, pattern) for key, one in value.items()}
    return value


def fault_of(words: list[str]) -> str:
    """Return a sentence that says why the words cannot be taken out everywhere; "" if they can."""
    if not words:
        return NOTHING
    if len(words) > MOST_WORDS:
        return TOO_MANY
    for one in words:
        parts = "".join(_parts(one))
        if sum(sign.isalpha() for sign in parts) < FEWEST_LETTERS and sum(sign.isdigit() for sign in parts) < FEWEST_DIGITS:
            return TOO_FEW.format(words=one)
        if any(pattern_of([one]).fullmatch(code) for code in _own_words()):
            return OUR_OWN.format(words=one)
    return ""


def _own_words() -> list[str]:
    """The codes of every closed list: in what is stored as JSON a name cannot be told from them."""
    return [str(one.value) for words in Choice.__subclasses__() for one in words]


def _any_way(part: str) -> str:
    return f"[{_UNSEEN}]*".join(_WRITTEN.get(sign) or re.escape(sign) for sign in part)


def _parts(words: str) -> list[str]:
    return [part for part in _APART.split(_NOT_SEEN.sub("", unicodedata.normalize("NFC", words))) if part]

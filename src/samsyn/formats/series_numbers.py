"""
A number as Swedes write it in a table, by a grammar of our own: never float() on text somebody typed.

Comma is the decimal sign, space the thousands sign. What can be read in two ways is not read at all, but asked.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from samsyn.formats.grid import Value

MAX_DIGITS = 18


class Standing(Enum):
    """VALUE = a number; MISSING = nothing was counted; HIDDEN = counted but not shown ("<5", ".."); UNREAD = not a number."""

    VALUE = "value"
    MISSING = "missing"
    HIDDEN = "hidden"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class ReadNumber:
    """
    typed     as it stood
    value     the number, not rounded; a percentage as a share (12,5 % is 0.125); None unless standing is VALUE
    percent   True if it was written with a per cent sign
    ask       the user must be asked what is meant
    why       what is odd about it, in Swedish, "" if nothing
    """

    typed: str
    value: Decimal | None = None
    standing: Standing = Standing.VALUE
    percent: bool = False
    ask: bool = False
    why: str = ""


_MISSING = frozenset({"", "-", "–", "—", "−", ".", "saknas", "uppgift saknas", "na", "n/a", "null", "none", "ej uppgift", "ej svar", "#n/a", "#saknas!"})
_HIDDEN = re.compile(r"\.\.\.?|…|[xX*]|[<≤]\s?\d{1,3}|[>≥]\s?\d{1,3}\s?%?|\d{1,3}\s?[–-]\s?\d{1,3}", re.ASCII)
_MARK = re.compile(r"(?<=[0-9])(?:\s?(?:[*†‡¹²³⁰-⁹]+|[1-9]\))|\s[prPR])$", re.ASCII)
_UNIT = re.compile(r"\s?(?:kr|kronor|sek|st\.?|tim\.?|h|timmar|personer|procentenheter)$", re.I)
_SIGNS = str.maketrans({"−": "-", "–": "-", "‐": "-", "‑": "-", "＋": "+"})
_SPACED = re.compile(r"\d{1,3}(?: \d{3})+(?:,\d+)?", re.ASCII)
_PLAIN = re.compile(r"\d+(?:,\d+)?", re.ASCII)
_EXPONENT = re.compile(r"\d(?:[,.]\d+)?[eE][+-]?\d{1,2}", re.ASCII)


def read_number(value: Value) -> ReadNumber:
    """Return what a cell of a numeric column says. Never raises: what cannot be read says so in `why`."""
    if value is None:
        return ReadNumber("", standing=Standing.MISSING)
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return _unread(str(value), "går inte att läsa som tal.")
    if isinstance(value, str):
        return _of_text(value)
    if isinstance(value, float) and not math.isfinite(value):
        return _unread(str(value), "går inte att läsa som tal.")
    return ReadNumber(str(value), Decimal(repr(value)))


def _unread(typed: str, why: str) -> ReadNumber:
    return ReadNumber(typed, standing=Standing.UNREAD, ask=True, why=why)


def _of_text(typed: str) -> ReadNumber:
    text = re.sub(r"\s+", " ", typed).strip()
    if text.casefold() in _MISSING:
        return ReadNumber(typed, standing=Standing.MISSING, why="saknas." if text else "")
    if _HIDDEN.fullmatch(text):
        return ReadNumber(typed, standing=Standing.HIDDEN, why="är dolt eller ett intervall och räknas inte som ett tal.")
    bare, remarks = _without_marks(text)
    bare, percent = _without_percent(bare)
    sign, bare, odd_sign = _without_sign(bare)
    number, why, ask = _unsigned(bare)
    if number is None:
        return _unread(typed, why)
    said = " ".join(part for part in (why, remarks, odd_sign) if part)
    return ReadNumber(typed, sign * number * percent, percent=percent != 1, ask=ask or bool(said), why=said)


def _without_marks(text: str) -> tuple[str, str]:
    """Take away a footnote's mark and a unit; return the rest and what was taken, in words."""
    without = _MARK.sub("", text)
    said = f"fotnotstecknet ”{text[len(without):].strip()}” togs bort – bekräfta." if without != text else ""
    bare = _UNIT.sub("", without) if re.search(r"[0-9]", without) else without
    if bare != without:
        said = f"enheten ”{without[len(bare):].strip()}” togs bort – bekräfta. {said}".strip()
    return bare, said


def _without_percent(text: str) -> tuple[str, Decimal]:
    for sign, share in (("%", "0.01"), ("procent", "0.01"), ("‰", "0.001"), ("promille", "0.001")):
        if text.casefold().endswith(sign):
            return text[: -len(sign)].strip(), Decimal(share)
    return text, Decimal(1)


def _without_sign(text: str) -> tuple[int, str, str]:
    text = text.translate(_SIGNS)
    if text.startswith("(") and text.endswith(")"):
        return -1, text[1:-1].strip(), "parentes tolkad som minus – bekräfta."
    if text.endswith("-") and not text.startswith("-"):
        return -1, text[:-1].strip(), "minustecknet står sist – bekräfta."
    if text[:1] in ("-", "+"):
        return (-1 if text[0] == "-" else 1), text[1:].strip(), ""
    return 1, text, ""


def _unsigned(text: str) -> tuple[Decimal | None, str, bool]:
    """Return a number without sign and per cent, why it is odd, and whether to ask."""
    if sum(sign.isdigit() for sign in text) > MAX_DIGITS:
        return None, "har för många siffror för att vara ett tal.", True
    if _SPACED.fullmatch(text):
        return _decimal(text.replace(" ", "").replace(",", ".")), "", False
    if re.fullmatch(r"[1-9]\d{0,2}[,.]\d{3}", text, re.ASCII):
        return None, f"tvetydigt ({text.replace('.', ',')} eller {re.sub('[,.]', '', text)}).", True
    if _PLAIN.fullmatch(text):
        return _decimal(text.replace(",", ".")), "", False
    return _foreign(text)


def _foreign(text: str) -> tuple[Decimal | None, str, bool]:
    """Numbers written in another country's way: read, and asked about."""
    for shape, thousands, point in ((r"\d{1,3}(?:\.\d{3})+,\d+", ".", ","), (r"\d{1,3}(?:,\d{3})+\.\d+", ",", "."),
                                    (r"\d{1,3}(?:\.\d{3}){2,}", ".", ","), (r"\d{1,3}(?:,\d{3}){2,}", ",", "."),
                                    (r"\d{1,3}(?:['’]\d{3})+(?:[,.]\d+)?", "'", ",")):
        if re.fullmatch(shape, text, re.ASCII):
            plain = text.replace("’", "'").replace(thousands, "").replace(point, ".")
            return _decimal(plain), f"tolkat {plain.replace('.', ',')} – bekräfta.", True
    if re.fullmatch(r"\d+\.\d+", text, re.ASCII):
        return _decimal(text), "punkt som decimaltecken – bekräfta.", True
    if _EXPONENT.fullmatch(text):
        number = Decimal(text.replace(",", "."))
        return number, f"skrivet med exponent, tolkat {format(number, 'f').replace('.', ',')} – bekräfta.", True
    return None, "går inte att läsa som tal.", True


def _decimal(text: str) -> Decimal:
    return Decimal(text)

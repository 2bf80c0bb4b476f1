"""The causes that a cell names: numbered or not, one or several, or only their numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from samsyn.formats.grid import Cell, Value
from samsyn.formats.plan_columns import text_of
from samsyn.formats.reading import ReadCause

LONGEST_NUMBERS = 200  # characters of a cell with nothing but numbers
LONGEST_SPAN = 30  # "1-30" at most: anything wider is no span of causes

_NOTHING = re.compile(r"[-–—_.\s]*")
_ONLY_NUMBERS = re.compile(
    r"^(?:orsak(?:er|erna|en)?|nr|nummer|#|o)?\.?:?\s*(?:nr\.?\s*)?\d{1,3}\.?"
    r"(?:\s*(?:[,;/&+\n]|och|samt|-|–|—|till|and)\s*(?:orsak\s*|nr\.?\s*)?\d{1,3}\.?)*$", re.IGNORECASE)
_MARK = r"(?:orsak(?:en)?\s*)?(?:nr\.?\s*)?(?P<number>\d{1,3})"
_NUMBERED = re.compile(
    rf"^(?:{_MARK}\s*(?:[.):]|\s[-–—])\s*(?=\D)|orsak\s*(?P<word>\d{{1,3}})\s*[-–—.):]?\s*|(?P<bare>\d{{1,2}})\s+(?=[A-ZÅÄÖ\"”]))", re.IGNORECASE)
_BARE_NEEDS_CAPITAL = re.compile(r"^\d{1,2}\s+[a-zåäö]")
_BREAK = re.compile(r"\s*(?:\n|;|,)\s*(?=(?i:orsak(?:en)?\s*)?\d{1,3}\s*[.):]\s*\D)|\s+(?=\d{1,2}[.)]\s+[A-ZÅÄÖ])")
_BULLET = re.compile(r"^\s*[-–—•·*▪●]\s+")


@dataclass(frozen=True, slots=True)
class CausesRead:
    """The causes of a cell. `ask` is True where it could mean something else."""

    causes: tuple[ReadCause, ...]
    ask: bool = False


def read_causes(value: Value, number: str = "") -> CausesRead:
    """
    Read the causes a cell names.

    value    the cell: text, or a number as a spreadsheet keeps it (1, or 1.3 for a typed "1,3")
    number   what stands in a column of its own for the cause's number, "" if there is none
    """
    if isinstance(value, date):
        return CausesRead((), True)  # "1-3" that a spreadsheet took for a date
    if isinstance(value, float) and re.fullmatch(r"\d{1,3}\.[1-9]\d?", str(value)):
        parts = [int(part) for part in str(value).split(".")]
        return CausesRead(tuple(ReadCause(part, "") for part in parts), True)
    text = text_of(Cell(value))
    own = re.match(r"\D{0,8}(\d{1,3})\b", number)
    if not text or _NOTHING.fullmatch(text):
        return CausesRead((ReadCause(int(own.group(1)), ""),) if own else ())
    if len(text) <= LONGEST_NUMBERS and _ONLY_NUMBERS.match(text):
        return CausesRead(tuple(ReadCause(one, "") for one in numbers_in(text)))
    pieces = _pieces(text)
    causes = tuple(_one(piece) for piece in pieces)
    if own and len(causes) == 1 and causes[0].number is None:
        causes = (ReadCause(int(own.group(1)), causes[0].text),)
    return CausesRead(causes)


def numbers_in(text: str) -> tuple[int, ...]:
    """Return the numbers of "1, 3", "1 och 3" and "1-3", each once, in their order."""
    numbers: list[int] = []
    for found in re.finditer(r"(\d{1,3})\.?\s*(?:[-–—]|till)\s*(?:orsak\s*|nr\.?\s*)?(\d{1,3})|(\d{1,3})", text, re.IGNORECASE):
        if found.group(3):
            numbers.append(int(found.group(3)))
            continue
        first, last = int(found.group(1)), int(found.group(2))
        spans = first < last <= first + LONGEST_SPAN
        numbers.extend(range(first, last + 1) if spans else (first, last))
    return tuple(dict.fromkeys(numbers))


def _pieces(text: str) -> list[str]:
    """Return the text cut where a new numbered cause begins, or at its bullets. Lines without either belong together."""
    if _NUMBERED.match(text):
        pieces = [piece.strip() for piece in _BREAK.split(text) if piece and piece.strip()]
        numbers = [one.number for one in map(_one, pieces)]
        if all(number is not None for number in numbers) and len(set(numbers)) == len(numbers):
            return pieces
        return [text]
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) > 1 and all(_BULLET.match(line) for line in lines):
        return [_BULLET.sub("", line).strip() for line in lines]
    if len(lines) > 1 and all(_NUMBERED.match(_BULLET.sub("", line)) for line in lines):
        return [_BULLET.sub("", line).strip() for line in lines]
    return [text]


def _one(piece: str) -> ReadCause:
    found = _NUMBERED.match(piece)
    if not found or (found["bare"] and _BARE_NEEDS_CAPITAL.match(piece)):
        return ReadCause(None, piece)
    number = int(found["number"] or found["word"] or found["bare"])
    return ReadCause(number, piece[found.end():].strip())

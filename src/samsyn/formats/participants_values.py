"""What one cell of a participants' sheet says: a number, a day, a year, a word or yes and no, or why it says none of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

from samsyn.formats.grid import Value
from samsyn.formats.problems import Weight
from samsyn.formats.series_dates import Grain, read_period
from samsyn.formats.series_numbers import Standing, read_number

T = TypeVar("T")

YEARS = range(1950, 2101)
BIRTH_YEARS = range(1900, 2101)
OLDEST = 110

LEFT_EMPTY = "Cellen räknas som tom."
_SAYS_MISSING = frozenset((*"- – — − . .. ... … saknas na n/a #n/a null none okänt okänd ? missing bortfall unknown".split(" "), *(
    "uppgift saknas, svar saknas, vet ej, vet inte, ej svar, inget svar, ej besvarat, ej besvarad, vill ej svara, vill inte svara, ej aktuellt, "
    "ej tillämpligt, no answer, not answered, don't know").split(", ")))  # fmt: skip
_SURELY_POINT = re.compile(r"-?\d{1,9}\.(?:\d{1,2}|\d{4,15})", re.ASCII)
_POINT, _COMMA = re.compile(r"-?\d{1,9}\.\d{1,15}", re.ASCII), re.compile(r"-?\d+,\d+", re.ASCII)
_STILL_ON = frozenset("pågår, pågående, pågår fortfarande, ongoing, ej avslutad, inte avslutad".split(", "))
_YES = frozenset("ja j yes y x 1 sant true".split())
_NO = frozenset("nej n no 0 falskt false".split())


@dataclass(frozen=True, slots=True)
class Read(Generic[T]):
    """
    What a cell says.

    value        None if it says nothing, or nothing that can be used
    why          Swedish: what is the matter; "" if nothing
    what_to_do   Swedish
    weight       NOTE: told only; ASK: used, but look at it; BAD: a value that stood there could not be used
    """

    value: T | None
    why: str = ""
    what_to_do: str = ""
    weight: Weight = Weight.NOTE


def read_amount(value: Value) -> Read[float]:
    """Return a number that may be anything: a score."""
    if isinstance(value, datetime | date):
        return Read(None, "är ett datum där det ska stå ett tal.", f"Skriv talet. {LEFT_EMPTY}", Weight.BAD)
    read = read_number(value)
    if read.standing is Standing.HIDDEN:
        return Read(None, "är dolt eller ett intervall och inte ett tal.", f"Skriv talet om du har det. {LEFT_EMPTY}", Weight.BAD)
    if read.standing is Standing.MISSING or says_missing(value):
        return Read(None, "betyder att svaret saknas." if read.typed.strip() else "", LEFT_EMPTY if read.typed.strip() else "")
    if read.value is None:
        return Read(None, _capped(read.why), f"Skriv ett tal, till exempel 12 eller 12,5. {LEFT_EMPTY}", Weight.BAD)
    if read.percent:
        return Read(None, "är skrivet i procent.", f"Skriv talet utan procent. {LEFT_EMPTY}", Weight.BAD)
    if read.ask:
        return Read(float(read.value), _capped(read.why).replace(" – bekräfta", ""), "Kontrollera talet. Det räknas med.", Weight.ASK)
    return Read(float(read.value))


def with_point_as_decimal(values: Sequence[Value]) -> list[Value]:
    """
    Return a column where 3.125 is a number between 3 and 4, if the column shows that a point is its decimal sign.

    It shows it by a number such as 3.5, and no number with a comma. Without that 3.125 may be three thousand and more, and is asked about.
    """
    texts = [value.strip() for value in values if isinstance(value, str)]
    if not any(_SURELY_POINT.fullmatch(text) for text in texts) or any(_COMMA.fullmatch(text) for text in texts):
        return list(values)
    return [float(value) if isinstance(value, str) and _POINT.fullmatch(value.strip()) else value for value in values]


def read_quantity(value: Value) -> Read[float]:
    """Return a number of 0 or more: an amount of the intervention."""
    read = read_amount(value)
    if read.value is not None and read.value < 0:
        return Read(None, "är under noll.", f"Rätta talet. {LEFT_EMPTY}", Weight.BAD)
    return read


def read_day(value: Value) -> Read[date]:
    """Return a day."""
    if value is None or says_missing(value):
        return _missing(value)
    read = read_period(value, days_only=True)
    if read.first is None or read.grain is not Grain.DAY:
        why = "är inget datum som finns." if "ogiltigt" in read.why else "är en hel månad eller ett helt år." if read.first else "är inget datum."
        if "tvetydigt" in read.why:
            why = "går att läsa som två olika datum."
        return Read(None, why, f"Skriv datumet som 2026-11-21. {LEFT_EMPTY}", Weight.BAD)
    if read.first.year not in YEARS:
        return Read(None, f"ligger år {read.first.year}, och det är orimligt.", f"Rätta datumet. {LEFT_EMPTY}", Weight.BAD)
    if read.ask:
        return Read(read.first, f"lästes som {read.first.isoformat()}.", "Kontrollera datumet. Det räknas med.", Weight.ASK)
    return Read(read.first)


def read_end(value: Value) -> Read[date]:
    """Return the day something ended; words that say that it goes on are no day, and nothing is the matter with them."""
    if isinstance(value, str) and _text(value).casefold() in _STILL_ON:
        return Read(None)
    read = read_day(value)
    if read.value is None and read.weight is Weight.BAD:
        return Read(None, read.why, f"{read.what_to_do} Utan avslutsorsak räknas insatsen som pågående.", read.weight)
    return read


def read_birth_year(value: Value) -> Read[int]:
    """Return a year of birth with four digits; of a whole date only its year."""
    if value is None or says_missing(value):
        return _missing(value)
    if isinstance(value, date):
        return Read(value.year, "är ett helt födelsedatum.", "Bara året används. Skriv hellre bara året.") if value.year in BIRTH_YEARS else _no_year()
    text = str(value).strip().removesuffix(".0")
    if re.fullmatch(r"\d{4}", text, re.ASCII) and int(text) in BIRTH_YEARS:
        return Read(int(text))
    day = read_period(value) if isinstance(value, str) else None
    if day is not None and day.grain is Grain.DAY and day.first is not None and day.first.year in BIRTH_YEARS and not day.ask:
        return Read(day.first.year, "är ett helt födelsedatum.", "Bara året används. Skriv hellre bara året.")
    return _no_year()


def _no_year() -> Read[int]:
    return Read(None, "är inget födelseår.", f"Skriv året med fyra siffror. {LEFT_EMPTY}", Weight.BAD)


def read_age(value: Value) -> Read[int]:
    """Return an age in whole years."""
    read = read_amount(value)
    if read.value is None:
        return Read(None, read.why, read.what_to_do, read.weight)
    if not 0 <= read.value <= OLDEST:
        return Read(None, "är ingen rimlig ålder.", f"Rätta åldern. {LEFT_EMPTY}", Weight.BAD)
    return Read(int(read.value))


def read_word(value: Value) -> Read[str]:
    """Return a word as it stands, spaces at the ends taken away."""
    text = _text(value)
    if not text or says_missing(text):
        return _missing(value)
    return Read(text)


def read_belonging(value: Value) -> Read[str]:
    """Return a word of a column that asks whether somebody is in the target group: yes and no become words that say so."""
    read = read_word(value)
    if read.value is not None and read.value.casefold() in _YES | _NO:
        return Read("i målgruppen" if read.value.casefold() in _YES else "utanför målgruppen")
    return read


def is_yes_or_no(value: Value) -> bool:
    """Return whether a cell is an answer to a question, and no name of anything."""
    return isinstance(value, bool) or _text(value).casefold() in ("ja", "nej", "yes", "no")


def read_truth(value: Value) -> Read[bool]:
    """Return yes or no."""
    if value is None or says_missing(value):
        return _missing(value)
    text = _text(value).casefold()
    if text in _YES or text in _NO:
        return Read(text in _YES)
    return Read(None, "är varken ja eller nej.", f"Skriv ja eller nej. {LEFT_EMPTY}", Weight.BAD)


def _missing(value: Value) -> Read[T]:
    """Return nothing; told where a sign stood for it."""
    text = _text(value)
    return Read(None, "betyder att svaret saknas.", LEFT_EMPTY) if text else Read(None)


def says_missing(value: Value) -> bool:
    """Return whether words or a sign say that there is no answer."""
    return isinstance(value, str) and " ".join(value.split()).casefold() in _SAYS_MISSING


def _text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value).split())


def _capped(why: str) -> str:
    return why if why else "går inte att läsa som tal."

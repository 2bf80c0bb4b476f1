"""Dates, weeks, numbers and counts in Swedish. The one place where they are formatted (numbers: `analysis/written_numbers.py`)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from zoneinfo import ZoneInfo

from samsyn.analysis import written_numbers
from samsyn.analysis.written_numbers import written

THIN_SPACE, MINUS = written_numbers.THIN_SPACE, written_numbers.MINUS

SMALL_COUNTS = ("noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")
WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
FIRST_SENTENCE = re.compile(r".*?[.!?](?=\s+[A-ZÅÄÖ]|\s*$)", re.DOTALL)
MONTHS = ("jan", "feb", "mars", "april", "maj", "juni", "juli", "aug", "sep", "okt", "nov", "dec")


def date_words(day: date) -> str:
    """Return a day as 2026-11-21."""
    return f"{day.year:04}-{day.month:02}-{day.day:02}"


def week_words(day: date) -> str:
    """Return the ISO week of a day as "v. 47"."""
    return f"v. {day.isocalendar().week}"


def month_words(day: date) -> str:
    """Return the short name of a day's month: "nov"."""
    return MONTHS[day.month - 1]


def number_words(number: int | float | Decimal, decimals: int | None = None) -> str:
    """
    Return a number with decimal comma and a thin space between thousands: 40 000 or 12,5.

    number     finite
    decimals   how many are shown, 0 or more; None shows those it has, at most 2
    raises     ValueError if the number is not finite
    """
    return written(number, decimals)


def count_words(count: int, *, neuter: bool = False) -> str:
    """
    Return a count as it stands in a sentence: in letters up to twelve, in figures above.

    count    0 or more
    neuter   True for ett-words: "ett mål"
    """
    if count == 1 and neuter:
        return "ett"
    return SMALL_COUNTS[count] if count < len(SMALL_COUNTS) else number_words(count)


def counted(count: int, one: str, many: str, *, neuter: bool = False) -> str:
    """Return a count with its noun: "en åtgärd", "tolv åtgärder", "300 åtgärder"."""
    return f"{count_words(count, neuter=neuter)} {one if count == 1 else many}"


def days_words(days: int) -> str:
    """Return a number of days: "1 dag", "12 dagar". In figures, since days are compared."""
    return f"{number_words(days)} {'dag' if days == 1 else 'dagar'}"


def listed(parts: Iterable[str]) -> str:
    """Return parts as "a, b och c"."""
    *before, last = list(parts) or [""]
    return f"{', '.join(before)} och {last}" if before else last


def sentence(text: str) -> str:
    """Return text with a capital first letter and a full stop last; empty stays empty."""
    text = text.strip()
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text[-1] in ".!?…:" else ".")


def first_sentence(text: str) -> str:
    """Return the first sentence of a text, or all of it if it is one."""
    found = FIRST_SENTENCE.match(text)
    return found[0] if found else text


def capitalised(text: str) -> str:
    """Return text with a capital first letter: what is handed out at a meeting is often typed without."""
    return text[:1].upper() + text[1:]


def clipped(text: str, length: int) -> str:
    """Return text on one line, at most `length` characters, cut at a word and ended by … where it was cut."""
    flat = " ".join(text.split())
    if len(flat) <= length:
        return flat
    last_space = flat.rfind(" ", 0, length)
    cut = last_space if last_space >= length // 2 else length - 1
    return flat[:cut].rstrip(" ,;:.-–") + "…"


def in_sweden(moment: datetime) -> datetime:
    """Return what a clock in Sweden shows at a moment, without time zone. A moment without one is taken as Swedish already."""
    return moment if moment.tzinfo is None else moment.astimezone(sweden()).replace(tzinfo=None)


def local_day(moment: datetime) -> date:
    """Return the day in Sweden of a moment. A moment without time zone is taken as Swedish already."""
    return in_sweden(moment).date()


def moment_words(moment: datetime) -> str:
    """Return a moment as a list holds it, in Swedish time: 2026-11-21 06:27."""
    return in_sweden(moment).strftime("%Y-%m-%d %H:%M")


def clock_words(moment: datetime) -> str:
    """Return the Swedish clock at a moment: 13.09."""
    return in_sweden(moment).strftime("%H.%M")


@cache
def sweden() -> ZoneInfo:
    """Return the time zone of Sweden."""
    return ZoneInfo("Europe/Stockholm")

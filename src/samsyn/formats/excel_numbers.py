"""What a number in a workbook means by its number format: a number, a share in per cent, a date, a time."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from functools import cache

LAST_SERIAL = 2_958_465        # 9999-12-31
NO_SUCH_DAY = 60               # Excel's 1900-02-29, which never was
DAYS_TO_1904 = 1_462

_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,4})?", re.ASCII)
_NOT_FORMAT = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.I)


class Shape(Enum):
    """What a number is shown as."""

    NUMBER = "number"
    PERCENT = "percent"
    DATE = "date"
    TIME = "time"
    DURATION = "duration"


BUILT_IN = {
    9: Shape.PERCENT, 10: Shape.PERCENT, **dict.fromkeys((14, 15, 16, 17, 22, *range(27, 32), 36, *range(50, 55), 57, 58), Shape.DATE),
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 34, 35, 45, 47, 55, 56), Shape.TIME), 46: Shape.DURATION}


@cache
def shape_of(code: str) -> Shape:
    """Return what a number format code shows, by its first section: "yyyy-mm-dd" is a date, "0.0%" a percentage."""
    plain = _NOT_FORMAT.sub("", code).split(";")[0].lower()
    if plain.strip() == "general":
        return Shape.NUMBER
    if re.search(r"\[[hms]+\]", plain):
        return Shape.DURATION
    if re.search(r"[dy]", plain) or re.search(r"^[^hs]*m[^hs]*$", plain):
        return Shape.DATE
    if re.search(r"[hs]", plain):
        return Shape.TIME
    return Shape.PERCENT if "%" in plain else Shape.NUMBER


def number_of(text: str) -> int | float | None:
    """Return the number a workbook's XML holds as text, or None if it is no finite number."""
    if not _NUMBER.fullmatch(text.strip()):
        return None
    number = float(text)
    if not math.isfinite(number):
        return None
    return int(number) if number.is_integer() and abs(number) < 10 ** 15 else number


def day_of(serial: float, *, from_1904: bool = False) -> date | datetime | None:
    """Return the day, or the moment, of Excel's day number; None if there is no such day."""
    serial += DAYS_TO_1904 if from_1904 else 0
    if not 1 <= serial < LAST_SERIAL + 1 or NO_SUCH_DAY <= serial < NO_SUCH_DAY + 1:
        return None
    whole = math.floor(serial)
    seconds = round((serial - whole) * 86_400)
    moment = datetime(1899, 12, 31 if whole < NO_SUCH_DAY else 30) + timedelta(days=whole, seconds=seconds)
    return moment if seconds % 86_400 else moment.date()


def why_no_day(serial: float) -> str:
    """Return why a number that `day_of` knows no day for is none."""
    return "talet 60 är Excels dag 1900-02-29, som inte finns." if int(serial) == NO_SUCH_DAY else "talet är inget datum som finns."


def clock_of(serial: float) -> str:
    """Return a time of day or a length of time as "H:MM" or "H:MM:SS", hours not cut at 24."""
    seconds = round(abs(serial) * 86_400)
    sign = "-" if serial < 0 and seconds else ""
    hours, rest = divmod(seconds, 3_600)
    shown = f"{sign}{hours}:{rest // 60:02}"
    return shown + (f":{rest % 60:02}" if rest % 60 else "")


def percent_of(number: float) -> str:
    """Return a share as it is shown: 0.125 is "12,5 %"."""
    hundredths = Decimal(repr(number)) * 100
    shown = format(round(hundredths, 6).normalize(), "f")
    return shown.replace(".", ",") + " %"

"""
The ways of writing a date that are known, and what day each means. What is asked of the user is decided in swedish_dates.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = {
    "januari": 1, "jan": 1, "january": 1, "februari": 2, "feb": 2, "febr": 2, "february": 2, "mars": 3, "mar": 3, "march": 3,
    "april": 4, "apr": 4, "maj": 5, "may": 5, "juni": 6, "jun": 6, "june": 6, "juli": 7, "july": 7, "jul": 7,
    "augusti": 8, "aug": 8, "august": 8, "september": 9, "sept": 9, "sep": 9, "oktober": 10, "okt": 10, "oct": 10, "october": 10,
    "november": 11, "nov": 11, "december": 12, "dec": 12,
}
"""Name of a month in Swedish or English, whole or short -> its number."""
_ORDINALS = {"första": 1, "andra": 2, "tredje": 3, "fjärde": 4, "sista": 4}
_MONTH = "(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")(?![a-zåäö])\.?"
_DAY = r"(?P<day>\d{1,2})(?: ?:?(?:e|a|de|te)\b)?"
_YEAR = r"(?P<year>(?:18|19|20|21)\d{2})"
_SHORT = r"(?:'|-|/| -)(?P<short>\d{2})"
_END = r"(?![\d])"
_START = r"(?<![\d.,/-])"
_AFTER_DASH = r"(?<![\d.,])"
_EITHER = rf"(?:[ ,/.-]{{0,3}}{_YEAR}|{_SHORT}|[ ](?P<bare>\d{{2}})){_END}"


@dataclass(frozen=True, slots=True)
class Hit:
    """
    One date found in a text.

    day    the day meant, or None if the words mean a day that does not exist or could be two
    ask    whether the user must be asked even if it stands alone
    """

    start: int
    end: int
    day: date | None
    ask: bool = False


def plain(typed: str) -> str:
    """Return what was typed in small letters, with one sort of dash, of apostrophe and of space."""
    text = unicodedata.normalize("NFKC", typed).lower()
    text = re.sub("[\u2010-\u2015\u2212]", "-", text)
    text = re.sub("[’´`‘]", "'", text)
    return re.sub(r"\s+", " ", text).strip(" ,;:!")


_Maker = Callable[["re.Match[str]", date], tuple[date | None, bool]]


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month_end(year: int, month: int) -> date | None:
    if not 1 <= month <= 12 or not 1 <= year <= 9998:
        return None
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _week_end(year: int, week: int) -> date | None:
    try:
        return date.fromisocalendar(year, week, 7)
    except ValueError:
        return None


def _next(make: Callable[[int], date | None], today: date) -> date | None:
    """Return the first day from today on that `make` gives for a year near."""
    for year in range(today.year, today.year + 9):
        found = make(year)
        if found is not None and found >= today:
            return found
    return None


def _year_of(found: re.Match[str]) -> int | None:
    groups = found.groupdict()
    if groups.get("year"):
        return int(groups["year"])
    short = groups.get("short") or groups.get("bare")
    return 2000 + int(short) if short else None


def _iso(found: re.Match[str], today: date) -> tuple[date | None, bool]:
    return _day(int(found["year"]), int(found["m"]), int(found["d"])), False


def _eight(found: re.Match[str], today: date) -> tuple[date | None, bool]:
    return _day(int(found["year"]), int(found["m"]), int(found["d"])), False


def _six(found: re.Match[str], today: date) -> tuple[date | None, bool]:
    """Read 270331, and 202703 as a month."""
    a, b, c = (int(part) for part in found.group("a", "b", "c"))
    if a == 20 and not 1 <= b <= 12 and 1 <= c <= 12:
        return _month_end(2000 + b, c), False
    return _of_three(a, b, c, today)


def _of_three(a: int, b: int, c: int, today: date, *, slashed: bool = False) -> tuple[date | None, bool]:
    """
    Read three numbers of two digits as year first or day first, whichever is a day near today.

    If both are it is asked about; year first (the Swedish standard) is the likely one, but not between slashes.
    """
    likely = range(today.year - 10, today.year + 16)
    readings = {_day(2000 + a, b, c), _day(2000 + c, b, a)} | ({_day(2000 + c, a, b)} if slashed else set())
    near = {day for day in readings if day is not None and day.year in likely}
    if len(near) == 1:
        return near.pop(), False
    if near:
        standard = _day(2000 + a, b, c)
        return (None if slashed or standard not in near else standard), True
    return _day(2000 + a, b, c) or _day(2000 + c, b, a), True


def _slashed(found: re.Match[str], today: date) -> tuple[date | None, bool]:
    """Read 31/12/2026 or 1-2-2026: with both under 13 it can be either order."""
    first, second, year = int(found["d"]), int(found["m"]), int(found["year"])
    readings = {day for day in (_day(year, second, first), _day(year, first, second)) if day}
    return (readings.pop(), False) if len(readings) == 1 else (None, True)


def _short_three(found: re.Match[str], today: date) -> tuple[date | None, bool]:
    return _of_three(int(found["a"]), int(found["b"]), int(found["c"]), today, slashed=found["sep"] == "/")


def _day_month(found: re.Match[str], today: date) -> tuple[date | None, bool]:
    """Read 31/3 2027, 31.3.2027, 31/3-27: Swedish order, day first."""
    year = _year_of(found)
    return (None, True) if year is None else (_day(year, int(found["m"]), int(found["d"])), False)


def _day_month_alone(found: re.Match[str], today: date) -> tuple[date | None, bool]:
    return _next(lambda year: _day(year, int(found["m"]), int(found["d"])), today), True


def _worded(found: re.Match[str], today: date) -> tuple[date | None, bool]:
    """Read 31 mars 2027, den 31:a mars, and without a year the next one."""
    month, day, year = MONTHS[found["month"]], int(found["day"]), _year_of(found)
    if year is None:
        return _next(lambda near: _day(near, month, day), today), True
    return _day(year, month, day), False


def _month(found: re.Match[str], today: date) -> tuple[date | None, bool]:
    """Read mars 2027, mars -27, mar 27 (day or year: asked), mars alone. "jul" alone may be Christmas."""
    month, year = MONTHS[found["month"]], _year_of(found)
    if year is None:
        day = None if found["month"] == "jul" else _next(lambda near: _month_end(near, month), today)
        return day, True
    bare = found.groupdict().get("bare")
    return _month_end(year, month), bool(bare and int(bare) <= 31) or (found["month"] == "jul" and not found.group().startswith("jul-"))


def _month_number(found: re.Match[str], today: date) -> tuple[date | None, bool]:
    return _month_end(int(found["year"]), int(found["m"])), False


def _week(found: re.Match[str], today: date) -> tuple[date | None, bool]:
    """Read v. 12 2027, v. 12-14 2027 (the last), v 12 (the next one)."""
    week, year = int(found["to"] or found["week"]), _year_of(found)
    if year is None:
        return _next(lambda near: _week_end(near, week), today), True
    return _week_end(year, week), found.groupdict().get("bare") is not None


def _quarter(found: re.Match[str], today: date) -> tuple[date | None, bool]:
    groups = found.groupdict()
    word = groups.get("word")
    number = int(groups.get("to") or _ORDINALS.get(word or "", 0) or groups["quarter"])
    year = _year_of(found)
    if year is None:
        return _next(lambda near: _month_end(near, 3 * number), today), True
    return _month_end(year, 3 * number), False


def _six_to_four(found: re.Match[str], today: date) -> tuple[date | None, bool]:
    """Read 260101-0331: the last day of the span."""
    return _day(2000 + int(found["year_two"]), int(found["m"]), int(found["d"])), True


_WEEK_WORD = r"(?:\bveckorna|\bvecka|\bveckan|\bvecko|\bv|\bweek|\bwk)(?:r)?\.? ?"
_QUARTER_WORD = r"(?:\bkvartal(?:et)?|\bkv\.?|\bquarter|\bq|\bk(?=[1-4] ))\.? ?"
_YEAR_LAST = rf"(?:[ ,/.()-]{{0,4}}(?:år )?{_YEAR}|{_SHORT}|[ ](?P<bare>\d{{2}})(?= *$)){_END}"
_WEEK_YEAR = rf"(?:[ ,/.()-]{{0,4}}(?:år )?{_YEAR}|(?:'|/| -|-')(?P<short>\d{{2}})|[ ](?P<bare>\d{{2}})(?= *$)){_END}"
_WORD_ORDINAL = "(?P<word>" + "|".join(_ORDINALS) + r"|(?P<quarter>[1-4])(?::?(?:a|e))?) kvartalet"

_WAYS: tuple[tuple[re.Pattern[str], _Maker], ...] = tuple((re.compile(pattern), make) for pattern, make in (
    (rf"{_START}{_YEAR} ?(?P<sep>[-/.]) ?(?P<m>\d{{1,2}}) ?(?P=sep) ?(?P<d>\d{{1,2}}){_END}", _iso),
    (rf"{_START}{_YEAR}(?P<m>\d\d)(?P<d>\d\d){_END}", _eight),
    (rf"{_START}(?P<d>\d{{1,2}})(?P<sep>[/-])(?P<m>\d{{1,2}})(?P=sep){_YEAR}{_END}", _slashed),
    (rf"{_START}(?P<a>\d{{1,2}})(?P<sep>[/.-])(?P<b>\d{{1,2}})(?P=sep)(?P<c>\d\d){_END}", _short_three),
    (rf"{_AFTER_DASH}(?<!/)(?P<d>\d{{1,2}})(?:/| ?\. ?)(?P<m>\d{{1,2}})\.?"
     rf"(?:[ ,/.-]{{0,3}}{_YEAR}|[ ]?-[ ]?(?P<short>\d\d)|[ ]'?(?P<bare>\d\d))(?![\d/]|\.\d)", _day_month),
    (rf"{_START}{_YEAR}[ -]?w(?P<week>\d{{1,2}})(?P<to>(?!)x)?{_END}(?:-\d)?", _week),
    (rf"{_START}{_YEAR}[ ,-]{{0,2}}{_WEEK_WORD}(?P<week>\d{{1,2}})(?: ?- ?(?:v\.? ?)?(?P<to>\d{{1,2}}))?{_END}", _week),
    (rf"{_WEEK_WORD}(?P<week>\d{{1,2}})(?: ?(?:-|till|och|/|,) ?(?:v(?:ecka)?\.? ?)?(?P<to>\d{{1,2}})(?![\d]))?{_WEEK_YEAR}", _week),
    (rf"{_WEEK_WORD}(?P<week>\d{{1,2}})(?: ?(?:-|till|och|,) ?(?:v(?:ecka)?\.? ?)?(?P<to>\d{{1,2}}))?{_END}", _week),
    (rf"{_START}{_YEAR}[ ,-]{{0,2}}{_QUARTER_WORD}(?P<quarter>[1-4])(?: ?- ?(?:q|kv\.?)? ?(?P<to>[1-4]))?{_END}", _quarter),
    (rf"{_QUARTER_WORD}(?P<quarter>[1-4])(?: ?(?:-|och|/|till) ?(?:q|kv\.?)? ?(?P<to>[1-4])(?!\d))?{_YEAR_LAST}", _quarter),
    (rf"{_QUARTER_WORD}(?P<quarter>[1-4])(?: ?(?:-|och|/|till) ?(?:q|kv\.?)? ?(?P<to>[1-4]))?{_END}", _quarter),
    (rf"{_WORD_ORDINAL}(?:{_YEAR_LAST})?", _quarter),
    (rf"{_AFTER_DASH}(?<!/){_DAY} ?-? ?(?:i )?{_MONTH}(?:{_EITHER})?", _worded),
    (rf"(?<![a-zåäö]){_MONTH} (?P<day>\d{{1,2}}),? {_YEAR}{_END}", _worded),
    (rf"{_START}{_YEAR}[ ,-]{{1,2}}{_MONTH}", _month),
    (rf"(?<![a-zåäö]){_MONTH}(?:{_EITHER})?", _month),
    (rf"{_START}{_YEAR}[-/.](?P<m>0?[1-9]|1[0-2]){_END}", _month_number),
    (rf"{_START}(?P<m>0?[1-9]|1[0-2])[-/]{_YEAR}{_END}", _month_number),
    (rf"{_START}(?P<year_two>\d\d)\d{{4}}-(?P<m>\d\d)(?P<d>\d\d){_END}", _six_to_four),
    (rf"{_AFTER_DASH}(?P<a>\d\d)(?P<b>\d\d)(?P<c>\d\d){_END}", _six),
    (rf"{_AFTER_DASH}(?<!/)(?P<d>\d{{1,2}})/(?P<m>\d{{1,2}}){_END}(?!/)", _day_month_alone),
))


def find_hits(text: str, today: date) -> Iterator[Hit]:
    """Yield the dates of a text from left to right. At a place the first way that fits is taken."""
    place = 0
    while place < len(text):
        found = [(match.start(), order, match, make) for order, (way, make) in enumerate(_WAYS) if (match := way.search(text, place))]
        if not found:
            return
        _, _, match, make = min(found, key=lambda one: one[:2])
        day, ask = make(match, today)
        yield Hit(match.start(), match.end(), day, ask or day is None)
        place = match.end()

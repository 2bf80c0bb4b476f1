"""
A day as somebody says it in a meeting: "före 15 mars", "nästa fredag", "om två veckor". The year is chosen so that the day is ahead.

Nothing is guessed that was not said: "från 15 mars" and "varje fredag" are no days to be done by, and stay in the text.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from samsyn.chain.wording import SMALL_COUNTS, WEEKDAYS, date_words

LONGEST = 90  # characters from the end of a line in which its day is looked for
MONTHS = ("januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december")
_SHORT_MONTHS = {"jan": 1, "feb": 2, "febr": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "okt": 10, "nov": 11, "dec": 12}
_MONTH_NUMBERS = {**{name: number for number, name in enumerate(MONTHS, 1)}, **_SHORT_MONTHS}
_COUNTS = {word: number for number, word in enumerate(SMALL_COUNTS)} | {"ett": 1, "fjorton": 14}


@dataclass(frozen=True, slots=True)
class FoundDay:
    """
    A day found in a text.

    start, end   where its words stand, those that lead to it included ("senast den 15 mars")
    day          None if there is no such day; then `fault` says so
    fault        what is to be said to the person, in Swedish; "" if all is well
    is_strong    whether words before it say that something is to be done by then: före, innan, senast
    """

    start: int
    end: int
    day: date | None
    fault: str = ""
    is_strong: bool = False


class _NoSuchDay(ValueError):
    """The words mean a day that does not exist. The message is what stood there."""


_Maker = Callable[[re.Match[str], date], date | None]


def _day(year: int, month: int, day: int, said: str) -> date:
    try:
        return date(year, month, day)
    except ValueError as fault:
        raise _NoSuchDay(said) from fault


def _ahead(make: Callable[[int], date], years: tuple[int, int], today: date) -> date:
    """Return the first of two years' days that is not past. Raises _NoSuchDay if neither is a day ahead."""
    fault: _NoSuchDay | None = None
    for year in years:
        try:
            found = make(year)
        except _NoSuchDay as no_day:
            fault = no_day
            continue
        if found >= today:
            return found
    raise fault or _NoSuchDay("Den dagen")


def _year(found: re.Match[str], today: date) -> int | None:
    said = found["year"]
    if not said:
        return None
    if "år" in said.lower():
        return today.year + ("nästa" in said.lower())
    digits = re.sub(r"\D", "", said)
    return int(digits) + (2000 if len(digits) == 2 else 0)


def _of_month(found: re.Match[str], today: date, month: int) -> date:
    year, number, said = _year(found, today), int(found["day"]), found["said"]
    if year is not None:
        return _day(year, month, number, said)
    return _ahead(lambda one: _day(one, month, number, said), (today.year, today.year + 1), today)


def _worded(found: re.Match[str], today: date) -> date | None:
    return _of_month(found, today, _MONTH_NUMBERS[found["month"].lower()])


def _slashed(found: re.Match[str], today: date) -> date | None:
    """Read 15/3. What cannot be a day, as 50/50, is taken as one only after a word that leads to a day."""
    month = int(found["month"])
    if not 1 <= month <= 12 or not 1 <= int(found["day"]) <= 31:
        if found["lead"]:
            raise _NoSuchDay(found["said"])
        return None
    return _of_month(found, today, month)


def _iso(found: re.Match[str], today: date) -> date | None:
    return _day(int(found["y"]), int(found["m"]), int(found["d"]), found["said"])


def _month_alone(found: re.Match[str], today: date) -> date | None:
    """Read "i mars", "i slutet av mars" as its last day; "i början av" as the 10th, "i mitten av" as the 15th; "före mars" as the day before."""
    if not found["lead"] and not found["part"] and not found["year"]:
        return None
    month, part = _MONTH_NUMBERS[found["month"]], (found["part"] or "").lower()

    def make(year: int) -> date:
        if _is_before(found) and not part:
            return _day(year, month, 1, found["said"]) - timedelta(days=1)
        number = 10 if "början" in part else 15 if "mitten" in part else monthrange(year, month)[1]
        return _day(year, month, number, found["said"])

    year = _year(found, today)
    return make(year) if year is not None else _ahead(make, (today.year, today.year + 1), today)


def _is_before(found: re.Match[str]) -> bool:
    return re.search(r"\b(?:före|innan)\b", found["lead"] or "", re.IGNORECASE) is not None


def _week(found: re.Match[str], today: date) -> date | None:
    """Read "v. 12" as its Sunday, "fredag v. 12" as that day, "före v. 12" as the day before it begins."""
    number, said = int(found["week"]), found["said"]
    weekday = WEEKDAYS.index(found["weekday"].lower().removesuffix("en")) + 1 if found["weekday"] else 7

    def make(year: int) -> date:
        try:
            if _is_before(found) and not found["weekday"]:
                return date.fromisocalendar(year, number, 1) - timedelta(days=1)
            return date.fromisocalendar(year, number, weekday)
        except (ValueError, OverflowError) as fault:
            raise _NoSuchDay(said) from fault

    year = _year(found, today)
    this = today.isocalendar().year
    return make(year) if year is not None else _ahead(make, (this, this + 1), today)


def _weekday(found: re.Match[str], today: date) -> date | None:
    """Read "fredag" as the next one after today; "nästa fredag" as the one of next week."""
    wanted = WEEKDAYS.index(found["weekday"].lower().removesuffix("en"))
    if found["next"] or found["nextweek"]:
        return today + timedelta(days=7 - today.weekday() + wanted)
    return today + timedelta(days=(wanted - today.weekday() - 1) % 7 + 1)


def _this_week(found: re.Match[str], today: date) -> date | None:
    if not found["lead"] and not found["part"] and not found["next"]:
        return None
    monday = today - timedelta(days=today.weekday())
    return monday + timedelta(days=13 if found["next"] else 6)


def _near(found: re.Match[str], today: date) -> date | None:
    word = found["near"].lower().replace(" ", "").removeprefix("i")
    return today + timedelta(days={"dag": 0, "morgon": 1}.get(word, 2))


def _later(found: re.Match[str], today: date) -> date | None:
    """Read "om två veckor", "inom 14 dagar", "om en månad"."""
    count_word, unit = found["count"].lower(), found["unit"].lower()
    count = int(count_word) if count_word.isdigit() else _COUNTS[count_word]
    if unit.startswith(("dag", "dygn")):
        return today + timedelta(days=count)
    if unit.startswith("veck"):
        return today + timedelta(days=7 * count)
    months = count * (12 if unit == "år" else 6 if unit == "halvår" else 3 if unit == "kvartal" else 1)
    year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


def _year_end(found: re.Match[str], today: date) -> date | None:
    return date(today.year, 12, 31)


_LEAD = (r"(?<![\w@])(?P<lead>(?:(?:före|innan|senast|tills|till\s+och\s+med|t\.?\s?o\.?\s?m\.?|till|den|på|nu|under|i)\s+)+)?"
         r"(?<![\w/.–-])")
_YEAR = r"(?P<year>\s*[ ,-]\s*(?:19|20|21)\d\d|\s*[-'’]\d\d|\s+nästa\s+år|\s+i\s+år)?"
_WEEKDAY = "(?P<weekday>(?:" + "|".join(WEEKDAYS) + ")(?:en)?)"
_SOME_WEEKDAY = "(?:(?:" + "|".join(WEEKDAYS) + r")(?:en)?,?\s+(?:den\s+)?)?"
_ANY_MONTH = "(?P<month>" + "|".join(sorted(_MONTH_NUMBERS, key=len, reverse=True)) + r")\b\.?"
_WHOLE_MONTH = "(?P<month>(?-i:" + "|".join(MONTHS) + "))"
_PART = r"(?P<part>(?:slutet|utgången|början|mitten)\s+(?:av|på)\s+)?"
_COUNT = r"(?P<count>\d{1,3}|" + "|".join(_COUNTS) + ")"
_UNIT = r"(?P<unit>dag(?:ar)?|dygn|veck(?:a|or)|månad(?:er)?|mån|kvartal|halvår|år)"
_WAYS: tuple[tuple[str, _Maker], ...] = (
    (rf"{_SOME_WEEKDAY}(?P<said>(?P<y>(?:19|20|21)\d\d)-(?P<m>\d\d)-(?P<d>\d\d))", _iso),
    (rf"{_SOME_WEEKDAY}(?P<said>(?P<day>\d{{1,2}})(?::?[ea])?\s*{_ANY_MONTH}{_YEAR})", _worded),
    (rf"{_SOME_WEEKDAY}(?P<said>(?P<day>\d{{1,2}})/(?P<month>\d{{1,2}}){_YEAR})", _slashed),
    (rf"{_PART}(?P<said>{_WHOLE_MONTH}{_YEAR})", _month_alone),
    (rf"(?:{_WEEKDAY}\s+(?:i\s+)?)?(?P<said>(?:veckan?\s*|v\.?\s*)(?P<week>\d{{1,2}}){_YEAR})", _week),
    (rf"(?:(?P<next>nästa)\s+)?{_WEEKDAY}(?P<nextweek>\s+(?:i\s+)?nästa\s+vecka)?", _weekday),
    (rf"{_PART}(?:(?P<next>nästa\s+vecka)|(?:denna|den\s+här|nästa)?\s*veckan?)", _this_week),
    (r"(?P<near>i\s?dag|i\s?morgon|(?:i\s?)?övermorgon)", _near),
    (rf"(?:om|inom)\s+{_COUNT}\s+{_UNIT}", _later),
    (r"(?:årets\s+slut|årsskiftet)", _year_end),
)
_AT_END = tuple((re.compile(rf"{_LEAD}{way}(?![\w/-])[\s.!)]*$", re.IGNORECASE), make) for way, make in _WAYS)
_ANYWHERE = tuple((re.compile(rf"{_LEAD}{way}(?![\w/-])", re.IGNORECASE), make) for way, make in _WAYS)
_STRONG = re.compile(r"\b(?:före|innan|senast)\b", re.IGNORECASE)
_NOT_A_DEADLINE = re.compile(r"\b(?:varje|var|varannan|vart|från|fr\.?\s?o\.?\s?m\.?|efter|sedan|tidigast|start|med\s+start|mellan|och|inte)\s*$",
                             re.IGNORECASE)
_CLOCK = re.compile(r"[\s,]+(?:kl\.?|klockan)\s*\d{1,2}(?:[.:]\d\d)?[\s.!]*$", re.IGNORECASE)


def day_at_end(text: str, today: date) -> FoundDay | None:
    """Return the day that a line ends with, or None. Only the last LONGEST characters are looked at."""
    return _first(_AT_END, text, max(0, len(text) - LONGEST), len(text), today)


def day_inside(text: str, today: date) -> FoundDay | None:
    """Return a day that stands before a clock time at the end, or after före, innan or senast somewhere in the line; None if there is none, or two."""
    clock = _CLOCK.search(text, max(0, len(text) - LONGEST))
    if clock and (found := _first(_AT_END, text, max(0, clock.start() - LONGEST), clock.start(), today)):
        return found
    leads = [lead.start() for lead in _STRONG.finditer(text[: 4 * LONGEST])]
    days = [day for start in leads if (day := _first(_ANYWHERE, text, start, start + LONGEST, today)) and day.start == start]
    return days[0] if len(days) == 1 else None


def _first(ways: tuple[tuple[re.Pattern[str], _Maker], ...], text: str, start: int, end: int, today: date) -> FoundDay | None:
    """Return what is found first between two places; of two ways that begin together the longer."""
    hits = sorted(((match.start(), -match.end(), order) for order, (way, _) in enumerate(ways) if (match := way.search(text, start, end))))
    for _, _, order in hits:
        way, make = ways[order]
        match = way.search(text, start, end)
        if match is None or _NOT_A_DEADLINE.search(text, max(0, match.start() - 20), match.start()):
            continue
        found = _made(match, make, today)
        if found:
            return found
    return None


def _made(match: re.Match[str], make: _Maker, today: date) -> FoundDay | None:
    is_strong = bool(match["lead"] and _STRONG.search(match["lead"]))
    try:
        day = make(match, today)
    except (_NoSuchDay, OverflowError) as fault:
        said = str(fault) if isinstance(fault, _NoSuchDay) else match.group().strip()
        return FoundDay(match.start(), match.end(), None, f"{said.strip()} finns inte. Skriv en annan dag.", is_strong)
    if day is None:
        return None
    past = f"{date_words(day)} har redan varit. Stämmer dagen?" if day < today else ""
    return FoundDay(match.start(), match.end(), day, past, is_strong)

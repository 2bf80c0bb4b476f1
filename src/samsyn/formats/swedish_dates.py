"""
Dates as people write them in a Swedish plan: read, never guessed.

`interpreted` is a day only where a day, or the last day of a stated month, week or quarter, is meant. A season, a
half-year or a bare year is no such thing: it stays as typed and is asked about, and `propose` says what day could
be suggested for it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from samsyn.formats.grid import Value
from samsyn.formats.reading import ReadDate

EXCEL_ZERO = date(1899, 12, 30)
EXCEL_DAYS = range(32874, 73415)  # 1990-01-01 to 2100-12-31 as Excel's day numbers
LONGEST = 300  # characters: more than that is no date, whatever dates it holds
LIKELY_YEARS = range(2000, 2100)

_MONTHS = {
    "januari": 1, "jan": 1, "january": 1, "februari": 2, "feb": 2, "febr": 2, "february": 2, "mars": 3, "mar": 3, "march": 3,
    "april": 4, "apr": 4, "maj": 5, "may": 5, "juni": 6, "jun": 6, "june": 6, "juli": 7, "july": 7, "jul": 7,
    "augusti": 8, "aug": 8, "august": 8, "september": 9, "sept": 9, "sep": 9, "oktober": 10, "okt": 10, "oct": 10, "october": 10,
    "november": 11, "nov": 11, "december": 12, "dec": 12,
}
_ORDINALS = {"första": 1, "andra": 2, "tredje": 3, "fjärde": 4, "sista": 4}
_MONTH = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")(?![a-zåäö])\.?"
_DAY = r"(?P<day>\d{1,2})(?: ?:?(?:e|a|de|te)\b)?"
_YEAR = r"(?P<year>(?:18|19|20|21)\d{2})"
_SHORT = r"(?:'|-|/| -)(?P<short>\d{2})"
_END = r"(?![\d])"
_START = r"(?<![\d.,/-])"
_AFTER_DASH = r"(?<![\d.,])"
_EITHER = rf"(?:[ ,/.-]{{0,3}}{_YEAR}|{_SHORT}|[ ](?P<bare>\d{{2}})){_END}"

_NO_DATE = re.compile(
    r"löpande|tills ?vidare|kontinuerlig|ständig|årlig|årsvis|\bvarje\b|varannan|\bvart(?:annat)? \w+ år|fortlöpande|"
    r"återkommande|daglig|veckovis|månadsvis|månatlig|kvartalsvis|terminsvis|regelbund|vid behov|permanent|året (?:om|runt)|hela året|"
    r"\balltid\b|\bpågå|gång(?:er)? (?:per|om|i|varje)\b|gånger/|\bggr\b|ongoing|continuous|until further notice|ordinarie|"
    r"^(?:(?:mån|tis|ons|tors|fre|lör|sön)(?:dag)?(?:ar)?[ /,-]*(?:och|kväll(?:ar)?|till)?[ /,-]*)+(?:kl\.? ?[\d.:-]+)?$")
_NOTHING = re.compile(r"^[-–_. ]*$|^(?:ingen|inget|ej aktuellt?|n/?a)$")
_TO = re.compile(r"(?:\bt\.?o\.?m\b\.?|\btill och med|\btill|\bsenast|\bklar[at]?\b|\bfärdigt?\b|\bslut\w*|\bdeadline|\bföre|\binnan|\buntil|\bby)"
                 r"[ :.]*(?:den|vecka|i|med)?[ :]*$")
_FROM = re.compile(r"(?:\bfrån|\bfr\.?o\.?m\b\.?|\bfrån och med|\befter|\btidigast|\bstart\w*|\bbörja\w*|\bpåbörja\w*|\bsedan|\bfrom|\bsince)"
                   r"[ :.]*(?:den|vecka|i|med)?[ :]*$")
_LONE_YEAR = re.compile(r"(?<![\d./-])20\d\d(?![\d./-])")
_HEDGE = re.compile(
    r"\bprel\b|\bpreliminär|\bca\b|\bcirka\b|\bomkring|\bkring\b|\btroligen|\bkanske|\bungefär|\bmitten\b|\bbörjan\b|skiftet|\bförhoppning|"
    r"\?|\beller\b|\btidigast|\bmöjligen|\bev\b|\beventuell|\bbör\b|\bomkr\b|≈|~|\bor\b")
_RANGE = re.compile(r"^ *(?:-|t\.?o\.?m\.?|till och med|till|to|\.\.+) *(?:den|vecka|v\.?|i|och med)? *$")
_CLOCK = re.compile(r"\bkl(?:ockan)?\.? ?\d{1,2}(?:[.:]\d{2})?(?: ?- ?\d{1,2}(?:[.:]\d{2})?)?|(?<!\d)[012]?\d:[0-5]\d(?::[0-5]\d)?(?!\d)")
_SEASON = re.compile(
    r"\bvår(?!d|t|a\b)|\bsomm|\bhöst|\bvint|\bvt\b|\bht\b|\bvt ?-?\d|\bht ?-?\d|termin|halvår|\bh[12]\b|\bjul(?:en|lov)?\b|\bpåsk|midsommar|"
    r"skolstart|skolavslut|årsskift|\bsportlov|\blov\b|spring|summer|autumn|\bfall\b|winter|semester|mandatperiod")


@dataclass(frozen=True, slots=True)
class _Hit:
    """
    One date found in a text.

    day    the day meant, or None if the words mean a day that does not exist or could be two
    ask    whether the user must be asked even if it stands alone
    """

    start: int
    end: int
    day: date | None
    ask: bool = False


def read_date(value: Value, today: date) -> ReadDate:
    """
    Read what stands in a cell for a date.

    value     text, a date, a number (Excel's day number) or nothing
    today     a day or month without a year is taken as the next one from here, and asked about
    returns   typed as it stood; interpreted None where there is no day, or where it is not certain enough
    """
    if value is None:
        return ReadDate("", None, False)
    if isinstance(value, bool):
        return ReadDate("Ja" if value else "Nej", None, True)
    if isinstance(value, datetime):
        return _of_moment(value)
    if isinstance(value, date):
        return ReadDate(value.isoformat(), value, value.year not in LIKELY_YEARS)
    if isinstance(value, (int, float)):
        return _of_number(value, today)
    typed = value.strip()
    return _of_text(typed, today)


def says_anything_of_time(typed: str) -> bool:
    """Return whether there is a date, a season or any other word of time in the text."""
    text = _plain(typed)[:LONGEST]
    return bool(_SEASON.search(text) or _NO_DATE.search(text) or _VAGUE.search(text) or next(_hits(text, date(2000, 1, 1)), None))


def propose(typed: str, today: date) -> date | None:
    """
    Return a day to suggest for words that are no date, or None if there is none to suggest.

    "våren 2027" -> 2027-05-31; a year -> its last day. Without a year: the next one from today. What can be
    read as a date is suggested as it is read.
    """
    read = _of_text(typed.strip(), today)
    text = _plain(typed)[:LONGEST]
    if read.interpreted or _NO_DATE.search(text) or _hits_of(text, today):
        return read.interpreted
    year = _stated_year(text)
    for pattern, month, day, years_on in _PROPOSALS:
        if re.search(pattern, text):
            if year is not None:
                return date(year + years_on, month, day)
            found = date(today.year + years_on, month, day)
            return found if found >= today else date(today.year + 1 + years_on, month, day)
    return date(year, 12, 31) if year is not None else None


def _of_moment(value: datetime) -> ReadDate:
    typed = value.date().isoformat() if value.time() == time() else value.strftime("%Y-%m-%d %H:%M")
    return ReadDate(typed, value.date(), value.year not in LIKELY_YEARS)


def _of_number(value: int | float, today: date) -> ReadDate:
    """Read a number: 20270331 and 2027 as if typed; Excel's day number as the day it is, asked about."""
    if value != value or value in (float("inf"), float("-inf")):
        return ReadDate(str(value), None, True)
    typed = str(int(value)) if float(value).is_integer() else str(value).replace(".", ",")
    if EXCEL_DAYS.start <= value < EXCEL_DAYS.stop:
        return ReadDate(typed, EXCEL_ZERO + timedelta(days=int(value)), True)
    if float(value).is_integer() and len(typed) in (4, 6, 8):
        return replace(_of_text(typed, today), typed=typed)
    return ReadDate(typed, None, True)


def _of_text(typed: str, today: date) -> ReadDate:
    text = _plain(typed)
    if _NOTHING.fullmatch(text):
        return ReadDate(typed, None, False)
    if len(text) > LONGEST:
        return ReadDate(typed, None, True)
    hits = _hits_of(text, today)
    if _NO_DATE.search(text):
        return _lasting(typed, text, hits)
    if not hits:
        return ReadDate(typed, None, True)
    chosen = _chosen(text, hits)
    day, ask = chosen.day, chosen.ask
    if day is not None and day.year not in LIKELY_YEARS:
        day, ask = (day if 1900 <= day.year < 2200 else None), True
    if _HEDGE.search(text) and not (len(hits) == 1 and _TO.search(text[:hits[0].start]) and not re.search(r"[?≈~]|prel|\bca\b|cirka", text)):
        ask = True
    if len(hits) == 1 and _SEASON.search(text[:chosen.start] + text[chosen.end:]) and not _TO.search(text[:chosen.start]):
        ask = True
    return ReadDate(typed, day, ask or day is None)


def _hits_of(text: str, today: date) -> list[_Hit]:
    """Return the dates of a text. A year that stands apart ("senast 31 maj, våren 2027") is theirs that have none, and asked about."""
    text = _CLOCK.sub(lambda found: " " * len(found.group()), text)
    hits = list(_hits(text, today))
    if any(hit.ask for hit in hits):
        apart = {year for year in _LONE_YEAR.finditer(text) if not any(hit.start <= year.start() < hit.end for hit in hits)}
        if len(apart) == 1:
            return list(_hits(text, date(int(apart.pop().group()), 1, 1)))
    return hits


def _lasting(typed: str, text: str, hits: list[_Hit]) -> ReadDate:
    """Read words that say it goes on: they have no date, unless one follows that says until when."""
    until = [hit for hit in hits if hit.day and (_TO.search(text[:hit.start]) or _RANGE.search(text[:hit.start]))]
    if until:
        return ReadDate(typed, until[-1].day, until[-1].ask)
    exact = [hit for hit in hits if hit.day and not hit.ask and not _FROM.search(text[:hit.start])]
    if exact and not re.search(r"varje|varannan|årlig|dagar\b", text):
        return ReadDate(typed, exact[-1].day, True)
    return ReadDate(typed, None, False)


def _chosen(text: str, hits: list[_Hit]) -> _Hit:
    """Return the date that says when it is to be ready: the last of a range, the one after "senast"; asks where it is unclear."""
    last = hits[-1]
    after = text[last.end:]
    if len(hits) == 1:
        if _FROM.search(text[:last.start]) or re.match(r"^ *(?:-|och framåt|och senare|och tills vidare|\.\.+) *$", after):
            return replace(last, day=None, ask=True)
        return last
    between = text[hits[-2].end:last.start]
    if _RANGE.match(between) or _TO.search(text[:last.start]):
        before = hits[-2].day
        backwards = before is not None and last.day is not None and before > last.day and not hits[-2].ask
        return replace(last, ask=last.ask or backwards)
    outside = [hit for hit in hits if text[:hit.start].count("(") <= text[:hit.start].count(")")]
    if len(outside) == 1:
        return replace(outside[0], ask=True)
    ready = [hit for hit in hits if _TO.search(text[:hit.start])]
    if len(ready) == 1:
        return ready[0]
    days = {hit.day for hit in hits}
    if len(days) == 1:
        return replace(last, ask=any(hit.ask for hit in hits))
    known = [hit for hit in hits if hit.day is not None]
    return replace(max(known, key=lambda hit: hit.day or date.min), ask=True) if len(known) == len(hits) else replace(last, day=None, ask=True)


def _plain(typed: str) -> str:
    text = unicodedata.normalize("NFKC", typed).lower()
    text = re.sub("[\u2010-\u2015\u2212]", "-", text)
    text = re.sub("[’´`‘]", "'", text)
    return re.sub(r"\s+", " ", text).strip(" ,;:!")


# ---- the ways of writing a date, tried in this order at every place ----

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
    month, day, year = _MONTHS[found["month"]], int(found["day"]), _year_of(found)
    if year is None:
        return _next(lambda near: _day(near, month, day), today), True
    return _day(year, month, day), False


def _month(found: re.Match[str], today: date) -> tuple[date | None, bool]:
    """Read mars 2027, mars -27, mar 27 (day or year: asked), mars alone. "jul" alone may be Christmas."""
    month, year = _MONTHS[found["month"]], _year_of(found)
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


def _hits(text: str, today: date) -> Iterator[_Hit]:
    """Yield the dates of a text from left to right. At a place the first way that fits is taken."""
    place = 0
    while place < len(text):
        found = [(match.start(), order, match, make) for order, (way, make) in enumerate(_WAYS) if (match := way.search(text, place))]
        if not found:
            return
        _, _, match, make = min(found, key=lambda one: one[:2])
        day, ask = make(match, today)
        yield _Hit(match.start(), match.end(), day, ask or day is None)
        place = match.end()


_VAGUE = re.compile(
    r"snar|omgående|genast|\basap|omedelbart|bestäm|\btbd\b|oklar|\bsenare\b|inom kort|kommande|meddelas|planer|efter |nästa|i år|år|månad|dag")

_PROPOSALS: tuple[tuple[str, int, int, int], ...] = (
    (r"årsskift", 12, 31, 0),
    (r"(?:före|innan|inför) (?:sommar|semester|midsommar)|skolavslut", 5, 31, 0),
    (r"vårtermin|\bvt\b|\bvt ?-?\d", 6, 15, 0),
    (r"hösttermin|\bht\b|\bht ?-?\d", 12, 20, 0),
    (r"första halvår|\bh1\b|halvår ?1|1:a halvår|vårhalvår", 6, 30, 0),
    (r"andra halvår|\bh2\b|halvår ?2|2:a halvår|hösthalvår", 12, 31, 0),
    (r"\bjul", 12, 24, 0),
    (r"midsommar", 6, 20, 0),
    (r"skolstart", 8, 20, 0),
    (r"\bvår|spring", 5, 31, 0),
    (r"\bsomm|summer|semester", 8, 31, 0),
    (r"\bhöst|autumn", 11, 30, 0),
    (r"\bvint|winter", 2, 28, 1),
)


def _stated_year(text: str) -> int | None:
    """Return the last year that stands in the text: 2027, or -27 after a season."""
    years = re.findall(r"(?<!\d)(20\d\d)(?!\d)", text)
    if years:
        return int(years[-1])
    short = re.search(r"(?:'|-|[a-zåäö] ?)(\d\d)(?!\d)", text)
    return 2000 + int(short.group(1)) if short else None

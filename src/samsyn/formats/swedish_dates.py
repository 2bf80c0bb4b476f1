"""
Dates as people write them in a Swedish plan: read, never guessed.

`interpreted` is a day only where a day, or the last day of a stated month, week or quarter, is meant. A season, a
half-year or a bare year is no such thing: it stays as typed and is asked about, and `propose` says what day could
be suggested for it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from samsyn.formats.date_forms import Hit, find_hits, plain
from samsyn.formats.grid import Value
from samsyn.formats.reading import ReadDate

EXCEL_ZERO = date(1899, 12, 30)
EXCEL_DAYS = range(32874, 73415)  # 1990-01-01 to 2100-12-31 as Excel's day numbers
LONGEST = 300  # characters: more than that is no date, whatever dates it holds
LIKELY_YEARS = range(2000, 2100)

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


def propose(typed: str, today: date) -> date | None:
    """
    Return a day to suggest for words that are no date, or None if there is none to suggest.

    "våren 2027" -> 2027-05-31; a year -> its last day. Without a year: the next one from today. What can be
    read as a date is suggested as it is read.
    """
    read = _of_text(typed.strip(), today)
    text = plain(typed)[:LONGEST]
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
    text = plain(typed)
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


def _hits_of(text: str, today: date) -> list[Hit]:
    """Return the dates of a text. A year that stands apart ("senast 31 maj, våren 2027") is theirs that have none, and asked about."""
    text = _CLOCK.sub(lambda found: " " * len(found.group()), text)
    hits = list(find_hits(text, today))
    if any(hit.ask for hit in hits):
        apart = {year for year in _LONE_YEAR.finditer(text) if not any(hit.start <= year.start() < hit.end for hit in hits)}
        if len(apart) == 1:
            return list(find_hits(text, date(int(apart.pop().group()), 1, 1)))
    return hits


def _lasting(typed: str, text: str, hits: list[Hit]) -> ReadDate:
    """Read words that say it goes on: they have no date, unless one follows that says until when."""
    until = [hit for hit in hits if hit.day and (_TO.search(text[:hit.start]) or _RANGE.search(text[:hit.start]))]
    if until:
        return ReadDate(typed, until[-1].day, until[-1].ask)
    exact = [hit for hit in hits if hit.day and not hit.ask and not _FROM.search(text[:hit.start])]
    if exact and not re.search(r"varje|varannan|årlig|dagar\b", text):
        return ReadDate(typed, exact[-1].day, True)
    return ReadDate(typed, None, False)


def _chosen(text: str, hits: list[Hit]) -> Hit:
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

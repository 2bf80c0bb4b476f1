"""Days, weeks, numbers and money in the page. The words come from `samsyn.chain.wording`."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from samsyn.chain.wording import THIN_SPACE, date_words, days_words, number_words, sweden, week_words
from samsyn.web.components.symbols import NOTHING

Number = int | float | Decimal
DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")


def day(on: date | None, late_days: int = 0, typed: str = "") -> SafeString:
    """
    Return a day as 2026-11-21: `{% day action.due_on late_days=3 typed=action.due_typed %}`.

    late_days   whole days too late, 0 if it is not late: then the number of days stands under it
    typed       what somebody wrote where there is no day ("löpande"); without it "Inget datum"
    """
    if on is None:
        return mark_safe(escape(typed) if typed else '<span class="unsaid">Inget datum</span>')
    stamp = f'<time class="n" datetime="{date_words(on)}">{date_words(on)}</time>'
    return mark_safe(f'<span class="late">{stamp}<br><span class="n">{days_words(late_days)} sen</span></span>' if late_days else stamp)


def whole_days(text: str) -> SafeString:
    """Return running text whose days never break at a hyphen at the end of a line: `{{ point.title|whole_days }}`."""
    return mark_safe(DAY.sub(r'<span class="n">\g<0></span>', escape(text)))


def moment(at: datetime | None) -> SafeString:
    """Return a moment as Swedish time, 2026-11-21 kl. 10.14: `{% moment event.at %}`. None draws nothing. `at` has a time zone."""
    if at is None:
        return NOTHING
    here = at.astimezone(sweden())
    return mark_safe(
        f'<time class="n" datetime="{here.isoformat(timespec="minutes")}">{date_words(here.date())} kl. {here.hour:02}.{here.minute:02}</time>')


def week(on: date) -> SafeString:
    """Return a day's week as v. 47: `{% week today %}`."""
    return format_html('<span class="n">{}</span>', week_words(on))


def number(amount: Number | None, decimals: int | None = None) -> SafeString:
    """Return a number as 40 000 or 12,5: `{% number 40000 %}`. None is shown as unknown, never as zero."""
    return _amount(amount, "", decimals)


def hours(amount: Number | None) -> SafeString:
    """Return time as 12,5 h: `{% hours check_in.hours %}`."""
    return _amount(amount, "h")


def money(amount: Number | None) -> SafeString:
    """Return money in whole crowns as 40 000 kr: `{% money check_in.cost %}`."""
    return _amount(amount, "kr", decimals=0)


def estimate(value: Number, low: Number, high: Number, n: int, unit: str = "", bottom: Number = 0, top: Number = 1) -> SafeString:
    """
    Return an estimate with its 95 % interval and a drawn range: `{% estimate 6.1 4.2 8.1 n=34 unit="poäng" bottom=0 top=10 %}`.

    value, low, high   in `unit`, low <= value <= high
    n                  how many it rests on
    bottom, top        the ends of the drawn axis, bottom < top
    """
    at, start, end = (_place(x, bottom, top) for x in (value, low, high))
    return format_html(
        '<span class="est"><b class="n">{}</b><small>95 %: {} till {}, n = {}</small>'
        '<svg viewBox="0 0 144 14" preserveAspectRatio="none" aria-hidden="true"><rect class="axis" y="6" width="144" height="2"/>'
        '<rect class="between" x="{}" y="4" width="{}" height="6" rx="3"/><rect class="at" x="{}" width="4" height="14" rx="2"/></svg></span>',
        _with_unit(value, unit), number_words(low), number_words(high), number_words(n), start, max(end - start, 1), at - 2)


def meter(reached: int, whole: int, label: str) -> SafeString:
    """Return a bar of how many of `whole` are reached: `{% meter 13 18 "Kontroller som är klara" %}`."""
    return format_html('<progress class="meter" value="{}" max="{}" aria-label="{}"></progress>', reached, max(whole, 1), label)


def _amount(amount: Number | None, unit: str, decimals: int | None = None) -> SafeString:
    """Return an amount that never breaks over two lines."""
    if amount is None:
        return mark_safe('<span class="unsaid">Inte känt</span>')
    return format_html('<span class="n">{}</span>', _with_unit(amount, unit, decimals))


def _with_unit(amount: Number, unit: str, decimals: int | None = None) -> str:
    """Return a number and its unit with a space that does not break."""
    words = number_words(amount, decimals)
    return f"{words}{THIN_SPACE}{unit}" if unit else words


def _place(amount: Number, bottom: Number, top: Number) -> int:
    """Return where an amount stands on the axis: 0 to 144 pixels."""
    share = (float(amount) - float(bottom)) / (float(top) - float(bottom))
    return round(144 * min(max(share, 0.0), 1.0))

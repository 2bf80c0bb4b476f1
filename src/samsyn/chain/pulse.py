"""The pulse: how many of the open actions somebody has said something about, since the last meeting and before. Always counts, never a share alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from samsyn.chain.swedish import sort_key
from samsyn.chain.wording import date_words, month_words

MOST_PERIODS = 6
WITHOUT_MEETINGS = 30  # days
NO_PARTY = "Ingen organisation sagd"
ENOUGH_FOR_PERCENT = 20  # with fewer a percentage says more than there is


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """
    An action as the pulse sees it.

    party      the responsible's organisation, or ""
    made_on    the day it was written down; None = as long as anybody knows
    ended_on   the day somebody said that it had ended; None = it is open
    signs      the days of its signs of life
    """

    id: str
    party: str = ""
    made_on: date | None = None
    ended_on: date | None = None
    signs: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Period:
    """The days after `after` until and with `until`, and what they are called in words: "sedan mötet 2026-10-05", "okt 2026"."""

    after: date
    until: date
    words: str


@dataclass(frozen=True, slots=True)
class Count:
    """How many of the open actions had a sign of life."""

    alive: int
    open: int

    @property
    def words(self) -> str:
        """"7 av 12"; a percentage stands beside it only where there are many."""
        if self.open < ENOUGH_FOR_PERCENT:
            return f"{self.alive} av {self.open}"
        return f"{self.alive} av {self.open} ({round(100 * self.alive / self.open)} %)"


@dataclass(frozen=True, slots=True)
class PartyPulse:
    party: str
    count: Count


@dataclass(frozen=True, slots=True)
class PeriodPulse:
    period: Period
    count: Count


@dataclass(frozen=True, slots=True)
class Pulse:
    """
    The pulse of a collaboration.

    now       the period that is going on
    parties   the same by organisation: the one with most silent actions first
    periods   over time, oldest first, at most six; the last one is `now`, or holds it
    """

    now: PeriodPulse
    parties: tuple[PartyPulse, ...]
    periods: tuple[PeriodPulse, ...]
    has_meetings: bool


def pulse(watched: Iterable[Watched], met_on: Sequence[date], today: date) -> Pulse:
    """
    Return the pulse of a day.

    met_on   the days on which meetings were closed; one that is closed today has not begun a new period yet
    """
    every = list(watched)
    *over_time, now = periods_of(met_on, today)
    has_meetings = bool(_met(met_on, today))
    shown = [*over_time, now] if has_meetings else over_time
    return Pulse(PeriodPulse(now, count_in(every, now)), _by_party(every, now), tuple(PeriodPulse(one, count_in(every, one)) for one in shown), has_meetings)


def periods_of(met_on: Iterable[date], today: date) -> tuple[Period, ...]:
    """Return the periods that the pulse looks at, oldest first, and last the one that is going on: since the last meeting, or the last 30 days."""
    met = _met(met_on, today)
    if met:
        return tuple(_between(met, today))
    return (*_months(today), Period(today - timedelta(days=WITHOUT_MEETINGS), today, f"de senaste {WITHOUT_MEETINGS} dagarna"))


def _met(met_on: Iterable[date], today: date) -> list[date]:
    return sorted({day for day in met_on if day < today})


def count_in(watched: Iterable[Watched], period: Period) -> Count:
    """
    Return how many actions were open in a period, and how many of them had a sign of life in it.

    Open: written down before its end, and not ended when it began. One that was ended in it was open, and its ending is a sign.
    """
    here = [one for one in watched if (one.made_on is None or one.made_on <= period.until) and (one.ended_on is None or one.ended_on > period.after)]
    return Count(sum(_is_alive(one, period) for one in here), len(here))


def _is_alive(one: Watched, period: Period) -> bool:
    days = (*one.signs, one.ended_on) if one.ended_on else one.signs
    return any(period.after < day <= period.until for day in days)


def _by_party(watched: Sequence[Watched], period: Period) -> tuple[PartyPulse, ...]:
    parties: dict[str, list[Watched]] = {}
    for one in watched:
        parties.setdefault(" ".join(one.party.split()) or NO_PARTY, []).append(one)
    counted = [PartyPulse(party, count_in(own, period)) for party, own in parties.items()]
    return tuple(sorted((one for one in counted if one.count.open), key=lambda one: (one.count.alive - one.count.open, sort_key(one.party))))


def _between(met: Sequence[date], today: date) -> list[Period]:
    """Return the periods between meetings, the last one still going on; where there are few, also the 30 days before the first."""
    days = [*met[-MOST_PERIODS:], today]
    found = [] if len(met) >= MOST_PERIODS else [Period(met[0] - timedelta(days=WITHOUT_MEETINGS), met[0], f"före mötet {date_words(met[0])}")]
    found += [Period(first, last, f"{date_words(first)} till {date_words(last)}") for first, last in zip(days[:-2], days[1:-1], strict=True)]
    return [*found, Period(met[-1], today, f"sedan mötet {date_words(met[-1])}")]


def _months(today: date) -> list[Period]:
    """Return the last six calendar months, this one as far as it has come."""
    found = []
    first = today.replace(day=1)
    last = today
    for _ in range(MOST_PERIODS):
        found.append(Period(first - timedelta(days=1), last, f"{month_words(first)} {first.year}"))
        last = first - timedelta(days=1)
        first = last.replace(day=1)
    return found[::-1]

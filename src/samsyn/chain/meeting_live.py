"""A meeting that goes on, as the shared screen tells it: the time that is left, who is here, and what a line was understood as."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from samsyn.chain.field import Kind, described
from samsyn.chain.meeting_line import LONGEST_LINE, day_fault
from samsyn.chain.meeting_values import Here, LineKind
from samsyn.chain.wording import clock_words, count_words, date_words, local_day, sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class LineWords:
    """A line of a meeting, as its form asks for it."""

    kind: LineKind | None = described("Vad är det?", choices=LineKind, default=None)
    text: str = described("Vad står det?", kind=Kind.TEXT, max_length=LONGEST_LINE)
    owner: str = described("Vem gör det?", "Bara för ett uppdrag.", max_length=200)
    due_on: date | None = described("Klart senast", kind=Kind.DATE, default=None)


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """
    The clock of a meeting.

    minutes   whole minutes that are left, below 0 when the time is out
    words     "24 min"; under = what stands below it: "kvar av 60. Slut 14.00."
    """

    minutes: int
    words: str
    under: str


def time_left(starts_at: datetime, minutes: int, at: datetime) -> TimeLeft:
    """Return what the clock of a meeting shows at a moment. Before it begins all its time is left."""
    ends_at = starts_at + timedelta(minutes=minutes)
    left = min(minutes, -int((at - ends_at).total_seconds() // 60))
    end = f"Slut {clock_words(ends_at)}."
    if left >= 0:
        return TimeLeft(left, f"{left} min", f"kvar av {minutes}. {end}")
    return TimeLeft(left, "Tiden är ute", f"{-left} min över. {end}")


def here_words(here: Iterable[Here]) -> str:
    """Return who is at a meeting in a sentence: "Fem är här, två på länk." Nothing is said of those who are away."""
    counts = list(here)
    present, remote = counts.count(Here.PRESENT), counts.count(Here.REMOTE)
    if not present and not remote:
        return "Ingen är antecknad än."
    said = [f"{count_words(present)} är här"] if present else []
    said += [f"{count_words(remote)} på länk"] if remote else []
    return sentence(", ".join(said))


def chip_words(kind: LineKind, owner: str, due_on: date | None) -> str:
    """Return how a line was understood: "Uppdrag · Bo · senast 2027-03-15"."""
    if kind is not LineKind.ASSIGNMENT:
        return kind.label
    return f"{kind.label} · {owner} · {f'senast {date_words(due_on)}' if due_on else 'ingen dag'}"


def line_fault(text: str, due_on: date | None, written_at: datetime) -> str:
    """Return what is to be said of an assignment's day: it does not exist, or was past already when it was written; "" if all is well."""
    written_on = local_day(written_at)
    if due_on is None:
        return day_fault(text, written_on)
    return f"{date_words(due_on)} hade redan varit när det skrevs. Stämmer dagen?" if due_on < written_on else ""

"""An invented unit of 24 participants, for the tests of Loke's seven questions; nobody in it exists."""

from __future__ import annotations

from datetime import date

from samsyn.analysis.direction import Direction
from samsyn.analysis.episodes import Episodes
from samsyn.analysis.loke_settings import EndWords, LokeSettings
from samsyn.analysis.norm import Norm

ROWS = """
K 2005 A 2025-01-13 2025-05-05 fullfort 12 12 52 61 60
M 2006 A 2025-01-20 2025-05-20 fullfort 12 11 47 58 55
K 2004 A 2025-01-27 2025-06-02 fullfort 12 12 60 66 -
K 2007 B 2025-02-03 2025-03-10 avbrott_klient 10 4 44 - -
M 2005 A 2025-02-10 2025-06-16 fullfort 12 10 55 54 53
K 2003 B 2025-02-17 2025-05-26 fullfort 10 10 41 55 57
M 2008 B 2025-02-24 2025-06-09 fullfort 10 9 49 63 61
K 2006 utanfor 2025-03-03 2025-04-14 hanvisad 12 3 58 - -
K 2005 A 2025-03-10 2025-07-07 fullfort 12 12 50 68 66
M 2007 B 2025-03-17 2025-06-30 fullfort 10 8 53 50 -
K 2004 A 2025-03-24 2025-08-18 fullfort 12 12 46 57 58
M 2006 A 2025-03-31 2025-05-12 avbrott_klient 12 5 43 - -
K 2008 B 2025-04-07 2025-08-25 fullfort 10 10 57 65 64
K 2005 A 2025-04-14 2025-09-01 fullfort 12 11 39 52 50
M 2003 utanfor 2025-04-22 2025-08-11 fullfort 12 9 62 64 -
K 2007 B 2025-04-28 2025-08-18 fullfort 10 10 48 59 62
M 2005 A 2025-05-05 2025-09-22 fullfort 12 12 51 60 59
K 2006 A 2025-05-12 2025-06-16 avbrott_verksamhet 12 4 45 47 -
M 2004 B 2025-05-19 2025-09-15 fullfort 10 9 56 70 68
K 2008 A 2025-05-26 2025-10-06 fullfort 12 12 42 49 47
M 2006 B 2025-06-02 - pagar 10 6 54 - -
K 2005 A 2025-06-09 2025-10-20 fullfort 12 11 49 62 -
K 2007 B 2025-06-16 2025-07-21 avbrott_klient 10 2 - - -
M 2003 A 2025-06-23 2025-11-03 fullfort 12 12 53 59 58
"""
SETTINGS = LokeSettings(
    direction=Direction.HIGHER_IS_BETTER, reliability=0.85, norm=Norm(70.7, 11.7, 523), outside_words=frozenset({"utanfor"}),
    end_words=EndWords(frozenset({"fullfort"}), frozenset({"pagar"})),
)  # fmt: skip


def unit(times: int = 1) -> Episodes:
    """Return the 24 participants, each so many times over with a code of its own."""
    rows = [line.split() for line in ROWS.split("\n") if line] * times
    columns = list(zip(*rows, strict=True))
    sex, born, target, start, end, reason, planned, delivered, first, last, later = columns
    return Episodes(
        id=[f"P{number}" for number in range(len(rows))], sex=sex, target_group=target, end_reason=reason,
        birth_year=[int(year) for year in born], start=_days(start), end=_days(end), planned=_scores(planned), delivered=_scores(delivered),
        score_start=_scores(first), score_end=_scores(last), score_follow_up=_scores(later),
    )  # fmt: skip


def _days(column: tuple[str, ...]) -> list[date | None]:
    return [None if day == "-" else date.fromisoformat(day) for day in column]


def _scores(column: tuple[str, ...]) -> list[float | None]:
    return [None if score == "-" else float(score) for score in column]

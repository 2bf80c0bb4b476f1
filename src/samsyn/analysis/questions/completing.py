"""Question 4: how many complete, and who drops out?"""

from __future__ import annotations

from samsyn.analysis.answer import Finding
from samsyn.analysis.attrition import kept_against_lost
from samsyn.analysis.completion import Stays, median_stay
from samsyn.analysis.frequency import Frequencies
from samsyn.analysis.loke_settings import LokeSettings
from samsyn.analysis.loke_tables import Ending, GroupTables
from samsyn.analysis.questions.fidelity import NO_WORDS
from samsyn.analysis.questions.finding import Found

NOBODY_ENDED = "Ingen insats har avslutats."


def stays(tables: GroupTables) -> Stays:
    """Return the times to dropping out: those under way are followed until then, those who completed to the end of what is followed."""
    return Stays(tables.dropped_days, censored_days(tables))


def censored_days(tables: GroupTables) -> Frequencies:
    """
    Return the times of those who did not drop out.

    Who has completed can no longer drop out, and is held among those who have not to the last day that anybody was followed:
    followed only to the day of completing, they would leave the few who stay long to speak for all, and the curve could come
    down to nothing where most completed.
    source   Fine & Gray 1999, Journal of the American Statistical Association 94:496 (the risk set of the subdistribution)
    """
    import numpy as np

    completed = tables.durations.n - tables.dropped_days.n
    if not completed:
        return tables.under_way_days
    last = max(times.values[-1] for times in (tables.durations, tables.under_way_days) if times.n)
    values, counts = np.append(tables.under_way_days.values, last), np.append(tables.under_way_days.counts, completed)
    return Frequencies(values, counts)


def findings(tables: GroupTables, settings: LokeSettings) -> tuple[Finding, ...]:
    """Return the share completed, of ended; how many are under way; the share with an end score; and how those lost differ."""
    found = Found(4, tables.group)
    why = NO_WORDS if settings.end_words is None else NOBODY_ENDED
    lost = kept_against_lost(tables.kept_starts, tables.ended_starts, settings.level)
    return (
        found.share("share_completed", tables.completed, tables.ended, "fullföljda, av avslutade", settings.level, why),
        found.count("n_ended", tables.ended_at_all, "avslutade"),
        found.count("n_ongoing", tables.endings[Ending.ONGOING], "pågående"),
        found.share(
            "follow_up_share", tables.ended_with_end_score, tables.ended_at_all, "har slutvärde, av avslutade", settings.level, NOBODY_ENDED
        ),
        found.effect("kept_minus_lost_start", lost.difference, "startvärde: de med slutvärde mot de utan, i standardavvikelser"),
        found.plain("median_days_to_dropping_out", median_stay(stays(tables), settings.level), "dagar tills hälften har avbrutit"),
    )

"""Question 2: do we do what we say that we do?"""

from __future__ import annotations

from samsyn.analysis.answer import Finding
from samsyn.analysis.estimate import Estimate
from samsyn.analysis.loke_settings import LokeSettings
from samsyn.analysis.loke_tables import GroupTables
from samsyn.analysis.questions.finding import Found

NO_WORDS = "Underlaget säger inte vilka ord som betyder att insatsen är fullföljd. Ange dem i inställningarna."
NO_DOSE = "Ingen fullföljd insats har både planerad och genomförd omfattning."


def findings(tables: GroupTables, settings: LokeSettings) -> tuple[Finding, ...]:
    """Return the dose of completed episodes with both planned and delivered known, the waiting, the time, and the core components."""
    found = Found(2, tables.group)
    why = NO_WORDS if settings.end_words is None else NO_DOSE
    return (
        found.share("share_dose_80", tables.enough, tables.dose.n, "fick minst 80 % av det planerade, av fullföljda", settings.level, why),
        _delivered(found, tables, why),
        *found.quartiles("dose_median", tables.dose, "genomfört av planerat, median", "share"),
        *found.quartiles("waiting_median", tables.waiting_days, "dagar från aktualisering till start, median", "days"),
        *found.quartiles("time_in_median", tables.durations, "dagar i insatsen, median", "days"),
        *(
            found.share(f"share_core_{name}", got, known, f"fick {name}, av dem det är känt för", settings.level)
            for name, (got, known) in tables.core.items()
        ),
    )


def _delivered(found: Found, tables: GroupTables, why: str) -> Finding:
    name, label = "share_delivered", "genomfört av allt planerat"
    if not tables.planned:
        return found.untold(name, why, label, unit="ratio", method="sum_of_delivered / sum_of_planned")
    estimate = Estimate(tables.delivered / tables.planned, tables.dose.n, "ratio", "sum_of_delivered / sum_of_planned")
    return found.plain(name, estimate, label)

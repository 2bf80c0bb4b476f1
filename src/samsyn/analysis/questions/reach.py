"""Question 1: who comes to us?"""

from __future__ import annotations

from samsyn.analysis.answer import Finding
from samsyn.analysis.loke_settings import LokeSettings
from samsyn.analysis.loke_tables import GroupTables, InTarget
from samsyn.analysis.questions.finding import NOBODY, Found

NO_TARGET = "Underlaget säger inte vilka som hör till målgruppen."


def findings(tables: GroupTables, settings: LokeSettings) -> tuple[Finding, ...]:
    """Return how many started, how old they were, and the share in the target group, of all who started."""
    found = Found(1, tables.group)
    return (
        found.count("n_started", tables.started, "påbörjade"),
        _in_target(found, tables, settings),
        found.count("n_outside_target_group", tables.target[InTarget.OUTSIDE], "utanför målgruppen"),
        *found.quartiles("age_median", tables.ages, "ålder vid start, median", "years"),
    )


def _in_target(found: Found, tables: GroupTables, settings: LokeSettings) -> Finding:
    name, label = "share_in_target_group", "i målgruppen, av alla påbörjade"
    if tables.started and tables.target[InTarget.UNKNOWN] == tables.started:
        return found.untold(name, NO_TARGET, label, unit="share", method="wilson", n=tables.started)
    return found.share(name, tables.target[InTarget.INSIDE], tables.started, label, settings.level, NOBODY)

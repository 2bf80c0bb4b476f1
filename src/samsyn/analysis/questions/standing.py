"""Question 3: how are they doing, at the start, at the end, and when followed up?"""

from __future__ import annotations

from samsyn.analysis import change
from samsyn.analysis.answer import Finding
from samsyn.analysis.frequency import Frequencies
from samsyn.analysis.loke_settings import LokeSettings
from samsyn.analysis.loke_tables import GroupTables
from samsyn.analysis.norms import share_beyond
from samsyn.analysis.questions.finding import Found

NO_CUTOFF = "Ingen gräns för instrumentet är angiven."
NO_DIRECTION = "Det är inte angivet om höga eller låga värden är bättre."
OCCASIONS = (("start", "vid start"), ("end", "vid slut"), ("follow_up", "vid uppföljning"))


def at(tables: GroupTables, occasion: str) -> Frequencies:
    """Return the scores of an occasion: start and end among the pairs; follow-up among those with a start score too."""
    if occasion == "follow_up":
        return tables.start_follow_up.last
    return tables.start_end.first if occasion == "start" else tables.start_end.last


def findings(tables: GroupTables, settings: LokeSettings) -> tuple[Finding, ...]:
    """Return mean, SD, median and the share beyond the cut-off at every occasion."""
    return tuple(one for occasion, when in OCCASIONS for one in _of(tables, settings, occasion, when))


def _of(tables: GroupTables, settings: LokeSettings, occasion: str, when: str) -> tuple[Finding, ...]:
    found, values = Found(3, tables.group), at(tables, occasion)
    return (
        found.plain(f"mean_{occasion}", change.mean(values, settings.level), f"medelvärde {when}"),
        found.plain(f"sd_{occasion}", change.standard_deviation(values, settings.level), f"standardavvikelse {when}"),
        found.quartiles(f"median_{occasion}", values, f"median {when}", "points")[0],
        _beyond(found, values, settings, occasion, when),
    )


def _beyond(found: Found, values: Frequencies, settings: LokeSettings, occasion: str, when: str) -> Finding:
    name, label = f"share_beyond_cutoff_{occasion}", f"på den sämre sidan av gränsen {when}"
    if settings.cutoff is None or settings.direction is None:
        return found.untold(name, NO_CUTOFF if settings.cutoff is None else NO_DIRECTION, label, unit="share", method="wilson", n=values.n)
    return found.plain(name, share_beyond(values, settings.cutoff, settings.direction, settings.level), label)

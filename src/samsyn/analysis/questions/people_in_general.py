"""Question 7: how are they doing compared with people in general?"""

from __future__ import annotations

from dataclasses import replace

from samsyn.analysis.answer import Finding
from samsyn.analysis.estimate import Estimate
from samsyn.analysis.frequency import Frequencies
from samsyn.analysis.loke_settings import LokeSettings
from samsyn.analysis.loke_tables import GroupTables
from samsyn.analysis.norm import Norm
from samsyn.analysis.norm_gap import share_gap_closed
from samsyn.analysis.norms import beyond_cutoff, norm_difference, percentile, share_within_one_sd
from samsyn.analysis.questions.better import NO_NORM
from samsyn.analysis.questions.finding import NOBODY, Found
from samsyn.analysis.questions.standing import OCCASIONS, at

UNITS = {"norm_difference": "sd", "percentile": "percentile", "share_within_norm": "share"}
LABELS = {
    "norm_difference": "medelvärde minus normens, i normens standardavvikelser",
    "percentile": "andel av normen under gruppens medelvärde, procent",
    "share_within_norm": "högst en standardavvikelse från normen",
}


def findings(tables: GroupTables, settings: LokeSettings) -> tuple[Finding, ...]:
    """Return the distance to the norm at start and end, the share of it closed, and the share beyond the cut-off against it."""
    found = Found(7, tables.group)
    label = "del av avståndet till normen som har minskat"
    if settings.norm is None:
        names = [
            (f"{name}_{occasion}", unit, f"{LABELS[name]}, {when}") for name, unit in UNITS.items() for occasion, when in OCCASIONS[:2]
        ]
        names.append(("share_gap_closed", "share", label))
        return tuple(found.untold(name, NO_NORM, words, unit=unit, n=tables.start_end.n) for name, unit, words in names)
    gap = share_gap_closed(tables.start_end, settings.norm, settings.direction, settings.level)
    beside = (
        one for occasion, when in OCCASIONS[:2] for one in _beside(found, at(tables, occasion), settings, settings.norm, occasion, when)
    )
    return (*beside, found.plain("share_gap_closed", gap, label))


def _beside(found: Found, values: Frequencies, settings: LokeSettings, norm: Norm, occasion: str, when: str) -> tuple[Finding, ...]:
    place = _percentile(values, norm, settings.level) if values.n else None
    named = {name: (f"{name}_{occasion}", f"{words}, {when}") for name, words in LABELS.items()}
    return (
        found.plain(named["norm_difference"][0], norm_difference(values, norm, settings.level), named["norm_difference"][1]),
        found.plain(named["percentile"][0], place, named["percentile"][1])
        if place is not None
        else found.untold(named["percentile"][0], NOBODY, named["percentile"][1], unit="percentile"),
        found.plain(named["share_within_norm"][0], share_within_one_sd(values, norm, settings.level), named["share_within_norm"][1]),
        *_over(found, values, settings, norm, occasion, when),
    )


def _percentile(values: Frequencies, norm: Norm, level: float) -> Estimate:
    """Return where in the norm the group's mean lies; it rests on as many as the mean does, whatever the norm rests on."""
    of_norm = percentile(values.mean, norm, level)
    return replace(of_norm, n=values.n, settings={**of_norm.settings, "norm_mean": norm.mean, "norm_sd": norm.sd, "norm_n": norm.n})


def _over(found: Found, values: Frequencies, settings: LokeSettings, norm: Norm, occasion: str, when: str) -> tuple[Finding, ...]:
    """Return how much more common it is to be beyond the cut-off than in the population, where both are stated."""
    if settings.cutoff is None or settings.direction is None or norm.over_cutoff is None:
        return ()
    told = beyond_cutoff(values, settings.cutoff, settings.direction, norm.over_cutoff, settings.level)
    words = "vanligare på den sämre sidan av gränsen än i befolkningen"
    return (
        found.plain(f"beyond_cutoff_difference_{occasion}", told.difference, f"{words}, {when}"),
        found.effect(f"p_beyond_cutoff_{occasion}", told.test.p, f"sannolikhet för minst så stor skillnad av en slump, {when}"),
    )

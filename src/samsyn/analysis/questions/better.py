"""Question 5: does it get better?"""

from __future__ import annotations

from dataclasses import replace

from samsyn.analysis import change
from samsyn.analysis.answer import Finding
from samsyn.analysis.attrition import share_bounds
from samsyn.analysis.loke_settings import LokeSettings
from samsyn.analysis.loke_tables import GroupTables
from samsyn.analysis.norms import expected_regression
from samsyn.analysis.questions.finding import Found
from samsyn.analysis.questions.standing import NO_DIRECTION
from samsyn.analysis.ranks import rank_biserial, wilcoxon
from samsyn.analysis.reliable_change import ReliableChange, of_pairs, share_reliably_deteriorated, share_reliably_improved

NO_RELIABILITY = "Instrumentets tillförlitlighet är inte angiven: det går inte att skilja en förändring från mätfel."
NO_NORM = "Ingen norm är angiven."
SHARES = (("share_better", "bättre"), ("share_same", "oförändrade"), ("share_worse", "sämre"))


def reliable_settings(tables: GroupTables, settings: LokeSettings) -> ReliableChange | None:
    """Return the settings of reliable change, with the SD of the start among the pairs; None where one is not stated."""
    if settings.direction is None or settings.reliability is None:
        return None
    source = settings.reliability_source
    return of_pairs(tables.start_end, settings.direction, settings.reliability, settings.cutoff, reliability_source=source)


def findings(tables: GroupTables, settings: LokeSettings) -> tuple[Finding, ...]:
    """Return the shares better, same and worse, with bounds for those lost, the mean change, and reliable change; among the pairs."""
    found, pairs = Found(5, tables.group), tables.start_end
    return (
        *_shares(found, tables, settings),
        found.plain("mean_change", change.mean_change(pairs, settings.level), "förändring i medel, slut minus start"),
        found.plain("sd_change", change.sd_of_change(pairs, settings.level), "förändringens standardavvikelse"),
        found.effect("p_wilcoxon", wilcoxon(pairs).two_sided.p, "sannolikhet för minst så stora förändringar av en slump, Wilcoxon"),
        found.effect("p_paired_t", change.paired_t(pairs).p, "det samma, parat t-test"),
        found.effect("rank_biserial", rank_biserial(pairs, settings.level), "höjningar mot sänkningar, rangkorrelation"),
        *_reliable(found, tables, settings),
        _expected(found, tables, settings),
    )


def _shares(found: Found, tables: GroupTables, settings: LokeSettings) -> tuple[Finding, ...]:
    """Return better, same and worse, and the least and most that can be better among all with a start score whose episode ended."""
    pairs = tables.start_end
    bounds = (
        ("share_better_least", "bättre, om ingen av dem utan slutvärde blev det"),
        ("share_better_most", "bättre, om alla utan slutvärde blev det"),
    )
    if settings.direction is None:
        names = (*((name, f"{word}, av par") for name, word in SHARES), *bounds)
        return tuple(found.untold(name, NO_DIRECTION, label, unit="share", method="wilson", n=pairs.n) for name, label in names)
    told = change.shares_of_change(pairs, settings.direction, level=settings.level)
    shown = tuple(
        found.plain(name, one, f"{word}, av par") for (name, word), one in zip(SHARES, (told.better, told.same, told.worse), strict=True)
    )
    started = pairs.n + tables.ended_starts.n
    if not started:
        return shown
    limits = share_bounds(told.counts[0], pairs.n, started, settings.level)
    return (*shown, *(found.plain(name, one, label) for (name, label), one in zip(bounds, (limits.least, limits.most), strict=True)))


def _reliable(found: Found, tables: GroupTables, settings: LokeSettings) -> tuple[Finding, ...]:
    names = ("share_reliably_improved", "förbättrade med mer än mätfelet, av par"), ("share_reliably_deteriorated", "försämrade med mer än mätfelet, av par")
    chosen = reliable_settings(tables, settings)
    if chosen is None:
        why = NO_DIRECTION if settings.direction is None else NO_RELIABILITY
        return tuple(found.untold(name, why, label, unit="share", method="jacobson_truax", n=tables.start_end.n) for name, label in names)
    told = (
        share_reliably_improved(tables.start_end, chosen, settings.level),
        share_reliably_deteriorated(tables.start_end, chosen, settings.level),
    )
    return tuple(found.plain(name, one, label) for (name, label), one in zip(names, told, strict=True))


def _expected(found: Found, tables: GroupTables, settings: LokeSettings) -> Finding:
    """Return the change (end minus start) to expect by itself where people enter because of a high or low start: regression to the mean."""
    name, label = "expected_regression", "förändring att vänta av sig själv, när man kommer in på sitt startvärde"
    if settings.norm is None or settings.reliability is None or not tables.start_end.n:
        why = NO_NORM if settings.norm is None else NO_RELIABILITY
        return found.untold(name, why, label, unit="points", method="regression_to_the_mean", n=tables.start_end.n)
    pairs = tables.start_end
    fall = expected_regression(pairs.first.mean, settings.norm.mean, settings.reliability, pairs.n)
    assert fall.value is not None
    return found.plain(name, replace(fall, value=-fall.value), label)

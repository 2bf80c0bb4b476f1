"""How much of the way to "people in general" a group has gone."""

from __future__ import annotations

from math import sqrt

from samsyn.analysis.change import NO_PAIRS
from samsyn.analysis.direction import Direction
from samsyn.analysis.estimate import Estimate, Setting, cannot_be_told
from samsyn.analysis.frequency import Pairs
from samsyn.analysis.norm import Norm
from samsyn.analysis.significance import t_of
from samsyn.analysis.spread import SAME, PairedSummary, summed_up

NO_GAP = "Gruppen började på normens nivå: det fanns inget avstånd att minska."
PAST_THE_NORM = "Gruppen började på den bättre sidan av normen: det fanns inget avstånd att minska."
NO_SPREAD_OF_CHANGE = "Alla har ändrats lika mycket: det finns ingen spridning att räkna ett intervall med."
SPREAD_UNKNOWN = "Det går inte att räkna ett intervall: hur mycket förändringarna varierar är inte känt."
GAP_UNSURE = "Avståndet till normen vid start går inte att skilja från noll: andelen är osäker och intervallet har inget slut."


def share_gap_closed(changed: Pairs | PairedSummary, norm: Norm, direction: Direction | None = None, level: float = 0.95) -> Estimate:
    """
    Return change / (mean of the norm - mean at start): 0 nothing, 1 all the way, below 0 away from it; Fieller's interval.

    changed    the joint table, or its summary
    direction  which way is better; None: which side of the norm the group began on is not looked at
    returns    share, not held within 0 to 1; None without pairs, or if there was no gap to close. No interval where the gap
               itself cannot be told from 0, or the spreads are not known. The norm is taken as known
    source     Fieller 1954, Journal of the Royal Statistical Society B 16:175
    """
    settings: dict[str, Setting] = {"norm_mean": norm.mean, "direction": direction and direction.value, "interval": "fieller"}
    if isinstance(changed, Pairs) and not changed.n:
        return cannot_be_told(NO_PAIRS, n=0, unit="share", method="share_gap_closed", settings=settings)
    summary = summed_up(changed)
    gap = norm.mean - summary.mean_before
    why = _no_gap(gap, norm, summary, direction)
    if why:
        return cannot_be_told(why, n=summary.n, unit="share", method="share_gap_closed", settings=settings)
    value, limits = summary.change / gap, _fieller(summary, gap, level)
    if limits is None:
        why = _no_limits(summary)
        return Estimate(value, summary.n, "share", "share_gap_closed", level=level, settings=settings, reason=why)
    return Estimate(value, summary.n, "share", "share_gap_closed", limits[0], limits[1], level, settings)


def _no_gap(gap: float, norm: Norm, summary: PairedSummary, direction: Direction | None) -> str:
    if abs(gap) <= SAME * max(abs(norm.mean), abs(summary.mean_before)):
        return NO_GAP
    return PAST_THE_NORM if direction is not None and gap * direction.sign < 0 else ""


def _no_limits(summary: PairedSummary) -> str:
    if summary.n < 2 or summary.sd_change is None:
        return SPREAD_UNKNOWN
    return GAP_UNSURE if summary.sd_change else NO_SPREAD_OF_CHANGE


def _fieller(summary: PairedSummary, gap: float, level: float) -> tuple[float, float] | None:
    """Return the limits of change / gap; None where the gap may be 0 or the spreads are not known."""
    if summary.n < 2 or not summary.sd_change:
        return None
    reach = t_of(level, summary.n - 1) ** 2 / summary.n
    r = 0.0 if not (summary.sd_before and summary.sd_after) else summary.r
    if r is None:
        return None
    of_change, of_start = summary.sd_change**2, summary.sd_before**2
    together = of_start - r * summary.sd_before * summary.sd_after  # covariance of the change and of minus the start
    a, b, c = gap**2 - reach * of_start, summary.change * gap - reach * together, summary.change**2 - reach * of_change
    if a <= 0 or b * b < a * c:
        return None
    width = sqrt(b * b - a * c)
    return (b - width) / a, (b + width) / a

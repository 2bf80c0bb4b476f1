"""
Standardised change: the mean change as a multiple of a standard deviation, which is NAMED in every function.

The interval of d_z is exact for normal changes (noncentral t). Those of d_av, d_pre and d_rm are that interval times
SD of change / their own denominator, which is approximate: the denominator is taken as known. Where neither the SD of
change nor r is known, the noncentral t is put on d x sqrt(n), as the R package MOTE does; the correlation is then left
out, and the settings say so.
"""

from __future__ import annotations

from collections.abc import Callable
from math import exp, inf, isnan, sqrt

from scipy.special import gammaln

from samsyn.analysis import noncentral_t
from samsyn.analysis.change import ALL_THE_SAME, NO_PAIRS, NO_SPREAD, ONE_PAIR, SPREAD_UNKNOWN
from samsyn.analysis.estimate import Estimate, Setting, cannot_be_told
from samsyn.analysis.frequency import Pairs
from samsyn.analysis.refused import OutOfRange
from samsyn.analysis.significance import z_of
from samsyn.analysis.spread import PairedSummary, summed_up

LARGE_DF = 1e5
EXACT = "noncentral t"
SCALED = "noncentral t of d_z x SD of change / denominator, approximate"
TWO_PAIRS = "Bara två personer har svarat båda gångerna: rättningen för små grupper kräver minst tre."
WITHOUT_R = "noncentral t on d x sqrt(n), without the correlation, approximate"


def exact_j(df: float) -> float:
    """
    Return Hedges' exact correction for small groups: gamma(df/2) / (sqrt(df/2) gamma((df - 1)/2)).

    df       degrees of freedom, above 1 (at 1 it is 0)
    returns  ratio 0 to 1
    raises   OutOfRange if df is below 1 or has no end
    source   Hedges 1981, Journal of Educational Statistics 6:107
    """
    if not 1 <= df < inf:
        raise OutOfRange(f"Antalet frihetsgrader, {df}, måste vara minst 1.")
    if df > LARGE_DF:
        return 1 - 3 / (4 * df - 1)  # the difference is less than the last digits that the gamma functions lose
    return exp(float(gammaln(df / 2) - gammaln((df - 1) / 2))) / sqrt(df / 2) if df > 1 else 0.0


def d_z(changed: Pairs | PairedSummary, level: float = 0.95) -> Estimate:
    """
    Return the mean change / the SD of the changes.

    changed  the joint table, or its summary
    returns  sd; None below two pairs, where all have changed as much, or where the SD of change is not known
    source   Cohen 1988, Statistical Power Analysis for the Behavioral Sciences; interval: Cumming & Finch 2001, Educational and
             Psychological Measurement 61:532
    """
    return _standardised(changed, _sd_of_change, "d_z", "SD of change", level)


def d_av(changed: Pairs | PairedSummary, level: float = 0.95) -> Estimate:
    """
    Return the mean change / the root mean square of the two SDs.

    Arguments as `d_z`. None below two pairs or where neither occasion varies.
    source  Cohen 1988; Cumming 2012, Understanding the New Statistics, chapter 11
    """
    return _standardised(changed, _root_mean_square, "d_av", "root mean square of SD before and SD after", level)


def d_av_arithmetic(changed: Pairs | PairedSummary, level: float = 0.95) -> Estimate:
    """
    Return the mean change / the arithmetic mean of the two SDs, with the interval that the R package MOTE gives it.

    Arguments as `d_z`. The interval leaves the correlation out.
    source  Lakens 2013, Frontiers in Psychology 4:863
    """
    return _standardised(
        changed, _arithmetic_mean, "d_av_arithmetic", "arithmetic mean of SD before and SD after", level, _interval_without_r
    )


def d_pre(changed: Pairs | PairedSummary, level: float = 0.95) -> Estimate:
    """
    Return the mean change / the SD before, which the intervention has not touched.

    Arguments as `d_z`. None below two pairs or where the first occasion does not vary.
    source  Glass 1976, Educational Researcher 5:3; Becker 1988, British Journal of Mathematical and Statistical Psychology 41:257
    """
    return _standardised(changed, _sd_before, "d_pre", "SD before", level)


def d_rm(changed: Pairs | PairedSummary, level: float = 0.95) -> Estimate:
    """
    Return d_z times sqrt(2 (1 - r)): the change on the scale of single scores, from the spread of the changes.

    Arguments as `d_z`. The SD of change is worked out from the two SDs and r. None where r is not known or is 1.
    source  Morris & DeShon 2002, Psychological Methods 7:105; Lakens 2013, formula 9
    """
    return _standardised(changed, _repeated, "d_rm", "SD of change / sqrt(2 (1 - r))", level)


def g_av(changed: Pairs | PairedSummary, level: float = 0.95) -> Estimate:
    """Return d_av times Hedges' exact J with df = n - 1, its interval likewise. Arguments as `d_av`."""
    return _corrected(d_av(changed, level), "g_av")


def g_av_arithmetic(changed: Pairs | PairedSummary, level: float = 0.95) -> Estimate:
    """Return d_av_arithmetic times Hedges' exact J with df = n - 1, its interval likewise. Arguments as `d_av`."""
    return _corrected(d_av_arithmetic(changed, level), "g_av_arithmetic")


def g_z(changed: Pairs | PairedSummary, level: float = 0.95) -> Estimate:
    """Return d_z times Hedges' exact J with df = n - 1, its interval likewise. Arguments as `d_z`."""
    return _corrected(d_z(changed, level), "g_z")


def g_pre(changed: Pairs | PairedSummary, level: float = 0.95) -> Estimate:
    """Return d_pre times Hedges' exact J with df = n - 1, its interval likewise. Arguments as `d_pre`."""
    return _corrected(d_pre(changed, level), "g_pre")


def g_rm(changed: Pairs | PairedSummary, level: float = 0.95) -> Estimate:
    """Return d_rm times Hedges' exact J with df = n - 1, its interval likewise. Arguments as `d_rm`."""
    return _corrected(d_rm(changed, level), "g_rm")


def _sd_of_change(summary: PairedSummary) -> float | None:
    return summary.sd_change


def _root_mean_square(summary: PairedSummary) -> float:
    return sqrt((summary.sd_before**2 + summary.sd_after**2) / 2)


def _arithmetic_mean(summary: PairedSummary) -> float:
    return (summary.sd_before + summary.sd_after) / 2


def _sd_before(summary: PairedSummary) -> float:
    return summary.sd_before


def _repeated(summary: PairedSummary) -> float | None:
    """Return the denominator of d_rm; None without r, 0 where r is 1."""
    from_r = summary.sd_change_from_r()
    if from_r is None or summary.r is None:
        return None
    return from_r / sqrt(2 * (1 - summary.r)) if summary.r < 1 else 0.0


Interval = tuple[float, float, str] | None


def _interval(summary: PairedSummary, denominator: float, level: float) -> Interval:
    """Return low, high and what they rest on; None where all have changed as much."""
    if summary.sd_change is None:
        return _interval_without_r(summary, denominator, level)
    if summary.sd_change == 0:
        return None
    t, scale = summary.change / summary.sd_change * sqrt(summary.n), summary.sd_change / denominator / sqrt(summary.n)
    low, high = noncentral_t.limits(t, summary.n - 1, level)
    return low * scale, high * scale, EXACT if denominator == summary.sd_change else SCALED


def _interval_without_r(summary: PairedSummary, denominator: float, level: float) -> Interval:
    """Return low and high with the pivot d x sqrt(n), as MOTE."""
    low, high = noncentral_t.limits(summary.change / denominator * sqrt(summary.n), summary.n - 1, level)
    return low / sqrt(summary.n), high / sqrt(summary.n), WITHOUT_R


def _standardised(
    changed: Pairs | PairedSummary,
    denominator_of: Callable[[PairedSummary], float | None],
    name: str,
    words: str,
    level: float,
    interval_of: Callable[[PairedSummary, float, float], Interval] = _interval,
) -> Estimate:
    """Return the mean change / the denominator, with its interval; None with a reason where it has no value."""
    z_of(level)
    settings: dict[str, Setting] = {"denominator": words}
    if isinstance(changed, Pairs) and changed.n < 2:
        return cannot_be_told(ONE_PAIR if changed.n else NO_PAIRS, n=changed.n, unit="sd", method=name, settings=settings)
    summary = summed_up(changed)
    denominator = denominator_of(summary)
    if summary.n < 2 or not denominator or isnan(denominator):
        return cannot_be_told(_why_not(summary, denominator, name), n=summary.n, unit="sd", method=name, settings=settings)
    value, interval = summary.change / denominator, interval_of(summary, denominator, level)
    if interval is None:
        return Estimate(value, summary.n, "sd", name, level=level, settings=settings, reason=NO_SPREAD)
    settings["interval"] = interval[2]
    return Estimate(value, summary.n, "sd", name, interval[0], interval[1], level, settings)


def _why_not(summary: PairedSummary, denominator: float | None, name: str) -> str:
    if summary.n < 2:
        return ONE_PAIR
    if denominator is None:
        return SPREAD_UNKNOWN if summary.sd_before and summary.sd_after else ALL_THE_SAME
    return NO_SPREAD if name in ("d_z", "d_rm") else ALL_THE_SAME


def _corrected(uncorrected: Estimate, name: str) -> Estimate:
    """Return an effect size times J, its interval likewise; None below three pairs, where J is 0."""
    n = uncorrected.n
    if uncorrected.is_told and n < 3:
        return cannot_be_told(TWO_PAIRS, n=n, unit="sd", method=name, settings=uncorrected.settings)
    j = exact_j(n - 1) if n > 2 else 0.0
    value, low, high = (None if number is None else number * j for number in (uncorrected.value, uncorrected.low, uncorrected.high))
    settings = {**uncorrected.settings, "correction": "Hedges' exact J", "j": j, "df": n - 1}
    return Estimate(value, n, "sd", name, low, high, uncorrected.level, settings, uncorrected.reason)

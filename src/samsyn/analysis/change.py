"""How far, and in which direction, a group has moved between two occasions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import atanh, sqrt, tanh

import numpy as np
from scipy.special import bdtr, chdtri

from samsyn.analysis.direction import Direction
from samsyn.analysis.estimate import Estimate, cannot_be_told
from samsyn.analysis.frequency import LARGEST, Frequencies, Pairs
from samsyn.analysis.proportion import share
from samsyn.analysis.refused import OutOfRange
from samsyn.analysis.significance import Significance, no_test, p_of_t, t_of, made_test, z_of
from samsyn.analysis.spread import SAME, PairedSummary, changes_on_paper, largest, sd, summed_up

NOBODY = "Ingen har svarat."
NO_PAIRS = "Ingen har svarat båda gångerna."
ONE_PAIR = "Bara en person har svarat båda gångerna: det går inte att säga hur mycket svaren varierar."
NO_SPREAD = "Alla har förändrats lika mycket: det finns ingen spridning att räkna med."
ONE_ROW = "Bara en person har svarat: det går inte att säga hur mycket svaren varierar."
ALL_THE_SAME = "Alla har samma värde: det finns ingen spridning att räkna med."
NO_CHANGE = "Ingen har förändrats."
SPREAD_UNKNOWN = "Förändringarnas spridning är inte känd: ange den, eller korrelationen mellan före och efter."


def mean(values: Frequencies, level: float = 0.95) -> Estimate:
    """
    Return the mean with its t interval.

    values   one occasion, in points
    returns  points; None of nobody; no interval below two rows or where all are the same
    source   Student 1908, Biometrika 6:1
    """
    if not values.n:
        return cannot_be_told(NOBODY, n=0, unit="points", method="t_interval")
    return _with_t_interval(values.mean, sd(values), values.n, level, ONE_ROW, ALL_THE_SAME)


def standard_deviation(values: Frequencies, level: float = 0.95) -> Estimate:
    """
    Return the standard deviation (n - 1 below) with its chi-square interval, which assumes a normal distribution.

    returns  points; None below two rows. No interval where all are the same.
    """
    if values.n < 2:
        return cannot_be_told(ONE_ROW if values.n else NOBODY, n=values.n, unit="points", method="chi_square")
    spread, df = sd(values), values.n - 1
    if spread == 0:
        return Estimate(0.0, values.n, "points", "chi_square", level=level, reason=ALL_THE_SAME)
    z_of(level)
    low, high = (spread * sqrt(df / float(chdtri(df, tail))) for tail in ((1 - level) / 2, (1 + level) / 2))
    return Estimate(spread, values.n, "points", "chi_square", low, high, level)


def mean_change(changed: Pairs | PairedSummary, level: float = 0.95) -> Estimate:
    """
    Return the mean of after minus before AS MEASURED, with its t interval.

    changed  the joint table, or its summary, in points
    returns  points; None without pairs; no interval below two pairs or where all have changed as much
    source   Student 1908, Biometrika 6:1
    """
    if isinstance(changed, Pairs) and not changed.n:
        return cannot_be_told(NO_PAIRS, n=0, unit="points", method="t_interval")
    summary = summed_up(changed)
    return _with_t_interval(summary.change, summary.sd_change, summary.n, level, ONE_PAIR, NO_SPREAD)


def paired_t(changed: Pairs | PairedSummary) -> Significance:
    """
    Test whether the mean change is 0: Student's t for pairs.

    changed  the joint table, or its summary
    returns  t, two-sided p and df = n - 1; None below two pairs or where all have changed as much
    source   Student 1908, Biometrika 6:1
    """
    if isinstance(changed, Pairs) and not changed.n:
        return no_test(NO_PAIRS, unit="t", n=0, method="paired_t")
    summary = summed_up(changed)
    if summary.n < 2 or not summary.sd_change:
        why = ONE_PAIR if summary.n < 2 else SPREAD_UNKNOWN if summary.sd_change is None else NO_SPREAD
        return no_test(why, unit="t", n=summary.n, method="paired_t")
    t, df = summary.change / summary.sd_change * sqrt(summary.n), summary.n - 1
    return made_test(t, p_of_t(t, df), unit="t", n=summary.n, method="paired_t", df=df)


def sd_of_change(pairs: Pairs, level: float = 0.95) -> Estimate:
    """Return the standard deviation of the changes with its chi-square interval; None below two pairs."""
    if pairs.n < 2:
        return cannot_be_told(ONE_PAIR if pairs.n else NO_PAIRS, n=pairs.n, unit="points", method="chi_square")
    if sd(pairs.changes, max(largest(pairs.before), largest(pairs.after))) == 0:
        return Estimate(0.0, pairs.n, "points", "chi_square", level=level, reason=NO_SPREAD)
    return standard_deviation(pairs.changes, level)


def correlation(changed: Pairs | PairedSummary, level: float = 0.95) -> Estimate:
    """
    Return Pearson's correlation between before and after, with Fisher's z interval from four pairs on.

    returns  -1 to 1; None below two pairs or where one occasion does not vary
    source   Fisher 1921, Metron 1:3
    """
    if isinstance(changed, Pairs) and not changed.n:
        return cannot_be_told(NO_PAIRS, n=0, unit="correlation", method="pearson")
    summary = summed_up(changed)
    if summary.r is None:
        return cannot_be_told(ONE_PAIR if summary.n < 2 else ALL_THE_SAME, n=summary.n, unit="correlation", method="pearson")
    bare = Estimate(summary.r, summary.n, "correlation", "pearson", level=level)
    if summary.n < 4 or abs(summary.r) > 1 - 1e-12:
        return bare.because("Intervallet kräver minst fyra par som inte ligger på en rät linje.")
    middle, reach = atanh(summary.r), z_of(level) / sqrt(summary.n - 3)
    return Estimate(summary.r, summary.n, "correlation", "pearson", tanh(middle - reach), tanh(middle + reach), level)


def sign_test(pairs: Pairs) -> Significance:
    """
    Test whether rises and falls are equally common, exactly; those who have not changed are left out.

    returns  the number of rises, and p; n is those who changed, and the settings say how many did not
    source   Dixon & Mood 1946, Journal of the American Statistical Association 41:557
    """
    changes = changes_on_paper(pairs)
    rises, falls = int(pairs.counts[changes > 0].sum()), int(pairs.counts[changes < 0].sum())
    changed = rises + falls
    settings = {"unchanged_left_out": pairs.n - changed}
    if not changed:
        return no_test(NO_CHANGE if pairs.n else NO_PAIRS, unit="count", n=0, method="sign_test", settings=settings)
    p = 2 * float(bdtr(min(rises, falls), changed, 0.5))
    return made_test(rises, p, unit="count", n=changed, method="sign_test", settings=settings)


@dataclass(frozen=True, slots=True)
class Better:
    """How many became better, stayed the same and became worse: each a share of the pairs, with Wilson's interval."""

    better: Estimate
    same: Estimate
    worse: Estimate
    counts: tuple[int, int, int]
    """Better, same, worse."""


def shares_of_change(pairs: Pairs, direction: Direction, at_least: float | None = None, level: float = 0.95) -> Better:
    """
    Return how large shares of the pairs became better, stayed the same and became worse.

    direction  which way is better on the instrument
    at_least   points a change must reach to count, above 0 (the minimal important difference); None: any change counts
    returns    shares 0 to 1 with Wilson's interval; None without pairs
    raises     OutOfRange if at_least is not above 0
    source     minimal important difference: Jaeschke, Singer & Guyatt 1989, Controlled Clinical Trials 10:407
    """
    if at_least is not None and not 0 < at_least <= LARGEST:
        raise OutOfRange(f"Den minsta förändring som betyder något, {at_least}, måste vara över 0.")
    gain = changes_on_paper(pairs) * direction.sign
    enough = np.nextafter(0.0, 1.0) if at_least is None else at_least * (1 - SAME)
    better, worse = int(pairs.counts[gain >= enough].sum()), int(pairs.counts[gain <= -enough].sum())
    counts = better, pairs.n - better - worse, worse
    settings = {"direction": direction.value, "at_least": at_least}
    if not pairs.n:
        nothing = cannot_be_told(NO_PAIRS, n=0, unit="share", method="wilson", settings=settings)
        return Better(nothing, nothing, nothing, counts)
    shares = [share(count, pairs.n, level) for count in counts]
    better_share, same_share, worse_share = (replace(one, settings=settings) for one in shares)
    return Better(better_share, same_share, worse_share, counts)


def change_in_important_differences(changed: Pairs | PairedSummary, important: float, level: float = 0.95) -> Estimate:
    """
    Return the mean change as a multiple of the minimal important difference; below 1 in size: less than what matters.

    important  points, above 0
    returns    ratio, negative for a fall; None without pairs
    raises     OutOfRange if important is not above 0
    """
    if not 1 / LARGEST <= important <= LARGEST:
        raise OutOfRange(f"Den minsta förändring som betyder något, {important}, måste vara över 0.")
    points = mean_change(changed, level)
    scaled = [None if number is None else number / important for number in (points.value, points.low, points.high)]
    settings = {"important": important}
    return Estimate(scaled[0], points.n, "ratio", points.method, scaled[1], scaled[2], level, settings, points.reason)


def _with_t_interval(value: float, spread: float | None, n: int, level: float, too_few: str, no_spread: str) -> Estimate:
    """Return a mean with its t interval, or alone with the reason why it has none."""
    bare = Estimate(value, n, "points", "t_interval", level=level)
    if n < 2:
        return bare.because(too_few)
    if not spread:
        return bare.because(SPREAD_UNKNOWN if spread is None else no_spread)
    reach = t_of(level, n - 1) * spread / sqrt(n)
    return Estimate(value, n, "points", "t_interval", value - reach, value + reach, level)

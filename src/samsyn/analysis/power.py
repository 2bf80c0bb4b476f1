"""
Power at planning time: what can be seen at all, before anything is begun.

A place with 38 offences a year can, year against year, only show a fall of 54 per cent or more.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, inf, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.special import bdtr, gammaln, ndtr, ndtri, xlogy

from samsyn.analysis import noncentral_t
from samsyn.analysis.estimate import Estimate, Setting, cannot_be_told
from samsyn.analysis.refused import OutOfRange, TooFewPoints
from samsyn.analysis.significance import finite, t_of, z_of

NOT_EVEN_NONE = "Antalet är så litet att inte ens om händelserna upphörde helt skulle det gå att skilja från slump."
SMALLEST_EFFECT = 1e-6
MOST_EXPECTED = 1e6
"""More expected events than this are not added up outcome by outcome."""
NO_EFFECT = "Utan någon skillnad att se räcker inget antal."


def _reachable(power: float, level: float) -> None:
    if not 0 < level < 1 or not 1 - level < power < 1:
        raise OutOfRange(f"Styrkan {power} måste ligga mellan testets nivå och 1.")


def _test_level(level: float) -> float:
    """Return the level of the test as it is told: 0.05 of 0.95, where floats give 0.050000000000000044."""
    return round(1 - level, 12)


def power_of_paired_t(d: float, pairs: int, level: float = 0.95) -> Estimate:
    """
    Return the power of a two-sided paired t test.

    d       the change to see, in standard deviations of the changes (d_z)
    pairs   how many persons are measured twice, 2 or more
    level   of confidence: 0.95 is a test at 5 %
    returns Estimate, share
    raises  TooFewPoints below two pairs; OutOfRange, NotANumber
    source  noncentral t; R's pwr.t.test(type = "paired")
    """
    if not pairs >= 2:
        raise TooFewPoints(f"Det behövs minst två par; här är det {pairs}.")
    return Estimate(_paired_power(finite(d, "Skillnaden"), pairs, level), pairs, "share", "power_paired_t", settings={"d": d, "test_level": _test_level(level)})


def _paired_power(d: float, pairs: float, level: float) -> float:
    """Return the power; pairs need not be whole, above 1."""
    df, shift = pairs - 1, d * sqrt(pairs)
    limit = t_of(level, df)
    return noncentral_t.cumulative(-limit, df, shift) + noncentral_t.cumulative(-limit, df, -shift)


def pairs_needed(d: float, power: float = 0.8, level: float = 0.95) -> Estimate:
    """
    Return how many pairs a two-sided paired t test needs; the value is not rounded: setting "pairs" is the whole number.

    d        the change to see, in standard deviations of the changes; its sign does not matter
    returns  no value where there is next to nothing to see (d below 1e-6 in size)
    raises   OutOfRange if the power is not between 1 - level and 1; NotANumber
    source   noncentral t; R's pwr.t.test(type = "paired")
    """
    from scipy.optimize import brentq

    _reachable(power, level)
    if abs(finite(d, "Skillnaden")) < SMALLEST_EFFECT:
        return cannot_be_told(NO_EFFECT, n=0, unit="count", method="pairs_needed")
    high = 4.0
    while _paired_power(abs(d), high, level) < power:
        high *= 2
    low = 1.0 + 1e-6 if high == 4.0 else high / 2
    if _paired_power(abs(d), 2.0, level) >= power:
        return Estimate(2.0, 2, "count", "pairs_needed", settings={"d": d, "power": power, "test_level": _test_level(level), "pairs": 2})
    exact = float(brentq(lambda pairs: _paired_power(abs(d), pairs, level) - power, max(low, 2.0), high, xtol=1e-10))
    whole = ceil(exact - 1e-9)
    settings: dict[str, Setting] = {"d": d, "power": power, "test_level": _test_level(level), "pairs": whole}
    return Estimate(exact, whole, "count", "pairs_needed", settings=settings)


def smallest_visible_d(pairs: int, power: float = 0.8, level: float = 0.95) -> Estimate:
    """
    Return the smallest change that a two-sided paired t test can see: `pairs_needed` turned round.

    pairs    how many persons are measured twice, 2 or more
    returns  Estimate, sd: in standard deviations of the changes (d_z)
    raises   TooFewPoints below two pairs; OutOfRange if the power is not between 1 - level and 1
    source   noncentral t; R's pwr.t.test(type = "paired")
    """
    from scipy.optimize import brentq

    _reachable(power, level)
    if pairs < 2:
        raise TooFewPoints(f"Det behövs minst två par; här är det {pairs}.")
    high = 1.0
    while _paired_power(high, pairs, level) < power:
        high *= 2
    value = float(brentq(lambda d: _paired_power(d, pairs, level) - power, 0.0, high, xtol=1e-12))
    return Estimate(value, pairs, "sd", "power_paired_t", settings={"power": power, "test_level": _test_level(level)})


@dataclass(frozen=True, slots=True)
class CountDesign:
    """
    How a place will be followed.

    time_ratio    length of the period after over the one before, above 0
    control_size  expected count of the control area before, over that of the place; None: no control area
    dispersion    how much more than chance the counts vary, 1 or more
    level         of confidence: 0.95 is a two-sided test at 5 %
    power         chance to see what is there, 0.8 by custom
    """

    time_ratio: float = 1.0
    control_size: float | None = None
    dispersion: float = 1.0
    level: float = 0.95
    power: float = 0.8

    def __post_init__(self) -> None:
        if not 0 < self.time_ratio < inf or (self.control_size is not None and not 0 < self.control_size < inf):
            raise OutOfRange("Periodens längd och jämförelseområdets storlek måste vara över 0.")
        if not 1 <= self.dispersion < inf:
            raise OutOfRange(f"Spridningstalet, {self.dispersion}, måste vara 1 eller mer.")
        _reachable(self.power, self.level)

    @property
    def variance(self) -> float:
        """Variance of the difference of square roots of counts, per period of the length before: 1/2 for two equal periods."""
        control = 1 + (1 / self.control_size if self.control_size else 0.0)
        return (1 + 1 / self.time_ratio) / 4 * control * self.dispersion

    @property
    def reach(self) -> float:
        """How many standard errors an effect must be to be seen with the power asked for."""
        return z_of(self.level) + float(ndtri(self.power))

    def settings(self) -> dict[str, Setting]:
        """Return the design as settings of an estimate."""
        return {
            "time_ratio": self.time_ratio,
            "control_size": self.control_size,
            "dispersion": self.dispersion,
            "test_level": _test_level(self.level),
            "power": self.power,
        }


YEAR_AGAINST_YEAR = CountDesign()


def count_needed(ratio: float, design: CountDesign = YEAR_AGAINST_YEAR) -> Estimate:
    """
    Return how many events the period before must hold for a change to be seen: the square-root rule.

    ratio    rate after over before to see, 0 or more: 0.8 is a fall of 20 %
    returns  Estimate, count, not rounded; a control area of the same size doubles it
    raises   OutOfRange if the ratio is below 0
    source   variance-stabilising square root of Poisson counts; describes the conditional mid-p test
    """
    if not 0 <= ratio < inf:
        raise OutOfRange(f"Kvoten {ratio} måste vara 0 eller mer.")
    if ratio == 1:
        return cannot_be_told(NO_EFFECT, n=0, unit="count", method="square_root_rule")
    value = design.reach**2 * design.variance / (1 - sqrt(ratio)) ** 2
    return Estimate(value, 0, "count", "square_root_rule", settings={**design.settings(), "ratio": ratio})


def smallest_visible_fall(count: float, design: CountDesign = YEAR_AGAINST_YEAR) -> Estimate:
    """
    Return the smallest fall that can be seen in a place: the square-root rule turned round.

    count    expected events in the period before, above 0
    returns  Estimate, share 0 to 1 (38 events: 0.54); no value when not even a fall to nothing could be seen
    raises   OutOfRange if the count is not above 0
    """
    if not 0 < count < inf:
        raise OutOfRange(f"Antalet händelser, {count}, måste vara över 0.")
    step = design.reach * sqrt(design.variance / count)
    if step > 1:
        return cannot_be_told(NOT_EVEN_NONE, n=int(count), unit="share", method="square_root_rule", settings=design.settings())
    return Estimate(1 - (1 - step) ** 2, int(count), "share", "square_root_rule", settings=design.settings())


def power_by_square_root(count: float, ratio: float, design: CountDesign = YEAR_AGAINST_YEAR) -> Estimate:
    """
    Return the chance that a change is seen, by the square-root rule; also with a control area.

    count   expected events before, above 0
    ratio   rate after over before, 0 or more
    returns Estimate, share; the power of the design is not used
    """
    if not (0 < count < inf and 0 <= ratio < inf):
        raise OutOfRange("Antalet före måste vara över 0 och kvoten 0 eller mer.")
    effect = (1 - sqrt(ratio)) * sqrt(count / design.variance)
    limit = z_of(design.level)
    value = float(ndtr(effect - limit) + ndtr(-effect - limit))
    return Estimate(value, int(count), "share", "square_root_rule", settings={**design.settings(), "ratio": ratio})


def power_of_exact_test(count: float, ratio: float, design: CountDesign = YEAR_AGAINST_YEAR) -> Estimate:
    """
    Return the power of the exact conditional test of two periods, by adding up every possible outcome.

    count    expected events before, above 0
    ratio    rate after over before, 0 or more
    returns  Estimate, share; the test is two-sided with half its level in each tail
    raises   OutOfRange; a design with control area or dispersion is refused: use `power_by_square_root`
    """
    return Estimate(
        _enumerated(count, ratio, design, 0.0), int(count), "share", "conditional_exact", settings={**design.settings(), "ratio": ratio}
    )


def power_of_mid_p_test(count: float, ratio: float, design: CountDesign = YEAR_AGAINST_YEAR) -> Estimate:
    """Return the same for the conditional mid-p test: half the chance of the outcome itself counts."""
    return Estimate(
        _enumerated(count, ratio, design, 0.5), int(count), "share", "conditional_mid_p", settings={**design.settings(), "ratio": ratio}
    )


def _enumerated(count: float, ratio: float, design: CountDesign, part: float) -> float:
    """Return the chance of an outcome with a tail, less `part` of its own chance, of at most half the test's level."""
    if design.control_size is not None or design.dispersion > 1:
        raise OutOfRange("Den exakta styrkan räknas utan jämförelseområde och för oberoende händelser.")
    if not (0 < count < inf and 0 <= ratio < inf):
        raise OutOfRange("Antalet före måste vara över 0 och kvoten 0 eller mer.")
    if count * (1 + ratio * design.time_ratio) > MOST_EXPECTED:
        raise OutOfRange("Så många händelser räknas inte en och en: använd kvadratrotsregeln.")
    after = count * ratio * design.time_ratio
    null = design.time_ratio / (1 + design.time_ratio)
    true = after / (after + count)
    tail = (1 - design.level) / 2
    seen = 0.0
    for total in _likely(count + after):
        low, high = _rejected(int(total), null, tail, part)
        chance = float(np.exp(xlogy(total, count + after) - (count + after) - gammaln(total + 1)))
        below = float(bdtr(low, total, true)) if low >= 0 else 0.0
        above = 1 - float(bdtr(high - 1, total, true)) if high <= total else 0.0
        seen += chance * (below + above)
    return min(seen, 1.0)


def _likely(mean: float) -> NDArray[np.int64]:
    """Return the totals that hold all but a billionth of a billionth of the chance; 0 can show nothing."""
    reach = 10 * sqrt(mean) + 40
    return np.arange(max(1, int(mean - reach)), ceil(mean + reach) + 1)


def _rejected(total: int, null: float, tail: float, part: float) -> tuple[int, int]:
    """Return (the largest count after that is too small, -1 if none; the smallest that is too large, total + 1 if none)."""
    reach = 9 * sqrt(total * null * (1 - null)) + 10  # what lies outside has no chance that is counted
    x = np.arange(max(0, int(total * null - reach)), min(total, ceil(total * null + reach)) + 1)
    up_to = bdtr(x, total, null)
    own = np.diff(up_to, prepend=0.0)
    allowed = tail * (1 + 1e-9)
    small = np.flatnonzero(up_to - part * own <= allowed)
    large = np.flatnonzero(1 - up_to + (1 - part) * own <= allowed)
    return (int(x[small[-1]]) if len(small) else -1), (int(x[large[0]]) if len(large) else total + 1)

"""How long people stay: the Kaplan-Meier curve, its median, and the log-rank test between groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import exp, log, sqrt

import numpy as np

from samsyn.analysis.estimate import Estimate, cannot_be_told
from samsyn.analysis.frequency import Frequencies, Numbers
from samsyn.analysis.refused import OutOfRange, TooFewPoints
from samsyn.analysis.significance import Significance, no_test, p_of_chi2, made_test, z_of

NOT_REACHED = "Hälften har inte slutat under den tid som följts: mediantiden går inte att säga."
NO_LIMIT = "Den övre gränsen ligger bortom den tid som följts."
ALL_ENDED = "Alla som fanns kvar slutade här: intervallet går inte att räkna ut."
NOBODY_ENDED = "Ingen har slutat."
NEVER_SIDE_BY_SIDE = "Ingen slutade medan någon i en annan grupp var kvar: grupperna går inte att jämföra."
HALF = 0.5 + 1e-12


@dataclass(frozen=True, eq=False)
class Stays:
    """
    How long everybody stayed.

    ended     time to the event (dropping out, ending), in days, 0 or more
    censored  time followed of those without the event (still there, or ended in another way); at the same time after the events
    """

    ended: Frequencies
    censored: Frequencies = field(default_factory=lambda: Frequencies.of([]))

    def __post_init__(self) -> None:
        for times in (self.ended, self.censored):
            if len(times.values) and times.values[0] < 0:
                raise OutOfRange(f"En tid kan inte vara under 0: {times.values[0]:g}.")

    @property
    def n(self) -> int:
        """How many stayed, for any time."""
        return self.ended.n + self.censored.n

    def at_risk(self, times: Numbers) -> Numbers:
        """Return how many were still there just before each of the times."""
        return self.n - _up_to(self.ended, times) - _up_to(self.censored, times)


def _up_to(values: Frequencies, times: Numbers) -> Numbers:
    """Return how many have a value below each of the times."""
    cumulated = np.concatenate([[0.0], np.cumsum(values.counts)])
    return np.asarray(cumulated[np.searchsorted(values.values, times, side="left")])


@dataclass(frozen=True, slots=True)
class Step:
    """
    One step of the curve.

    time      days
    at_risk   how many were still there just before
    ended     how many ended then
    remaining share that stays longer, with the log-log interval; no interval where all at risk ended
    error     Greenwood's standard error of it; None where all at risk ended
    """

    time: float
    at_risk: int
    ended: int
    remaining: Estimate
    error: float | None


def kaplan_meier(stays: Stays, level: float = 0.95) -> tuple[Step, ...]:
    """
    Return the steps of the curve, one a time at which somebody ended; none if nobody did.

    source  Kaplan & Meier 1958, Journal of the American Statistical Association 53:457; error: Greenwood 1926; interval on
            log(-log): Kalbfleisch & Prentice 1980, The Statistical Analysis of Failure Time Data
    """
    curve, z = _curve(stays), z_of(level)
    columns = [column.tolist() for column in (curve.times, curve.at_risk, curve.ended, curve.remaining, curve.hazard)]
    return tuple(_step(*row, z=z, level=level, n=stays.n) for row in zip(*columns, strict=True))


@dataclass(frozen=True, eq=False)
class _Curve:
    """The steps in columns: time, how many at risk and ended, share remaining, Greenwood's sum (infinite where all ended)."""

    times: Numbers
    at_risk: Numbers
    ended: Numbers
    remaining: Numbers
    hazard: Numbers

    def first_at_most_half(self, shares: Numbers) -> float | None:
        """Return the first time at which a share is at most a half; None if it never is."""
        reached = np.flatnonzero(shares <= HALF)
        return float(self.times[reached[0]]) if len(reached) else None

    def limits(self, z: float) -> tuple[Numbers, Numbers]:
        """Return the log-log interval of every step; NaN where all at risk ended."""
        with np.errstate(divide="ignore", invalid="ignore"):
            reach = np.exp(z * np.sqrt(self.hazard) / np.abs(np.log(self.remaining)))
            low, high = self.remaining**reach, self.remaining ** (1 / reach)
        no_limits = self.at_risk == self.ended
        return np.where(no_limits, np.nan, low), np.where(no_limits, np.nan, high)


def _curve(stays: Stays) -> _Curve:
    times, ended = stays.ended.values, stays.ended.counts.astype(np.float64)
    at_risk = stays.at_risk(times)
    left = at_risk - ended
    with np.errstate(divide="ignore"):
        hazard = np.cumsum(np.where(left > 0, ended / (at_risk * left), np.inf))
    return _Curve(times, at_risk, ended, np.cumprod(left / at_risk).astype(np.float64), hazard)


def _step(time: float, at_risk: float, ended: float, remaining: float, hazard: float, *, z: float, level: float, n: int) -> Step:
    """Return a step; hazard is Greenwood's sum."""
    if at_risk == ended:
        return Step(time, int(at_risk), int(ended), Estimate(0.0, n, "share", "kaplan_meier", level=level, reason=ALL_ENDED), None)
    reach = exp(z * sqrt(hazard) / abs(log(remaining)))
    low, high = remaining**reach, remaining ** (1 / reach)
    share = Estimate(remaining, n, "share", "kaplan_meier", low, high, level, {"interval": "log-log"})
    return Step(time, int(at_risk), int(ended), share, remaining * sqrt(hazard))


def remaining_at(stays: Stays, time: float, level: float = 0.95) -> Estimate:
    """
    Return the share that stays longer than a time.

    returns  share; 1 without interval before the first end; None of nobody, or beyond the time that anybody was followed
    """
    if not stays.n:
        return cannot_be_told("Det finns ingen att följa.", n=0, unit="share", method="kaplan_meier")
    passed = [step.remaining for step in kaplan_meier(stays, level) if step.time <= time]
    last = max(float(times.values[-1]) for times in (stays.ended, stays.censored) if times.n)
    if time > last and (not passed or passed[-1].value):
        return cannot_be_told("Ingen har följts så länge.", n=stays.n, unit="share", method="kaplan_meier")
    return passed[-1] if passed else Estimate(1.0, stays.n, "share", "kaplan_meier", level=level, reason=NOBODY_ENDED)


def median_stay(stays: Stays, level: float = 0.95) -> Estimate:
    """
    Return the first time at which at most half remain, with the interval where the curve's own interval crosses a half.

    returns  days; None where the curve never comes down to a half. The upper limit is None where it lies beyond what was followed
    source   Brookmeyer & Crowley 1982, Biometrics 38:29
    """
    curve = _curve(stays)
    middle = curve.first_at_most_half(curve.remaining)
    settings = {"interval": "log-log", "rule": "first time at which at most half remain"}
    if middle is None:
        return cannot_be_told(NOT_REACHED, n=stays.n, unit="days", method="kaplan_meier_median", settings=settings)
    low, high = (curve.first_at_most_half(limit) for limit in curve.limits(z_of(level)))
    return Estimate(middle, stays.n, "days", "kaplan_meier_median", low, high, level, settings, "" if high is not None else NO_LIMIT)


def log_rank(groups: Sequence[Stays]) -> Significance:
    """
    Test whether two or more groups stay equally long.

    returns  chi-square; df is one less than the groups (fewer still if a group was gone before anybody ended); no test if nobody
             ended while there was anybody in another group
    raises   TooFewPoints below two groups with anybody in them
    source   Mantel 1966, Cancer Chemotherapy Reports 50:163; Peto & Peto 1972
    """
    filled = [group for group in groups if group.n]
    if len(filled) < 2:
        raise TooFewPoints("Minst två grupper med någon i behövs för att jämföra.")
    n, times = sum(group.n for group in filled), np.unique(np.concatenate([group.ended.values for group in filled]))
    at_risk = np.array([group.at_risk(times) for group in filled])
    ended = np.array([_at(group.ended, times) for group in filled])
    all_at_risk, all_ended = at_risk.sum(axis=0), ended.sum(axis=0)
    away = ended.sum(axis=1) - at_risk @ (all_ended / all_at_risk)
    share = at_risk / all_at_risk
    several = np.maximum(all_at_risk - 1, 1)
    weight = all_ended * (all_at_risk - all_ended) / several
    covariance = np.diag(share @ weight) - (share * weight) @ share.T
    df = int(np.linalg.matrix_rank(covariance, hermitian=True))
    if not df:
        why = NOBODY_ENDED if not len(times) else "Alla slutade på en gång." if not weight.any() else NEVER_SIDE_BY_SIDE
        return no_test(why, unit="chi2", n=n, method="log_rank")
    chi2 = float(away @ np.linalg.pinv(covariance, hermitian=True) @ away)
    return made_test(chi2, p_of_chi2(chi2, df), unit="chi2", n=n, method="log_rank", df=df)


def _at(values: Frequencies, times: Numbers) -> Numbers:
    """Return how many have exactly each of the times, all of which are sorted and hold every value."""
    counts = np.zeros(len(times))
    counts[np.searchsorted(times, values.values)] = values.counts
    return counts

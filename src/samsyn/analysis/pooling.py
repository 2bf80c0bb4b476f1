"""One estimate from several completed copies of a table with missing values: Rubin's rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from samsyn.analysis.estimate import Estimate
from samsyn.analysis.frequency import numbers, same_length
from samsyn.analysis.refused import OutOfRange, TooFewPoints
from samsyn.analysis.significance import t_of, z_of


@dataclass(frozen=True, slots=True)
class Pooled:
    """
    The pooled estimate and what it rests on.

    estimate          with its t interval
    within            mean of the variances
    between           variance between the estimates
    total             of the pooled estimate
    df                degrees of freedom; None = without end (nothing differs between the copies, and n is not known)
    increase          relative increase of the variance because of what is missing
    missing_information share of the information that is missing, 0 to 1
    """

    estimate: Estimate
    within: float
    between: float
    total: float
    df: float | None
    increase: float
    missing_information: float


def rubin(estimates: Sequence[float], variances: Sequence[float], n: int | None = None, parameters: int = 1,
          level: float = 0.95) -> Pooled:  # fmt: skip
    """
    Pool the estimates of two or more completed copies, with Barnard and Rubin's degrees of freedom.

    estimates, variances  one a copy; variances above 0
    n                     rows of the table, above `parameters`; None: as if without end (Rubin's first formula)
    parameters            estimated from each copy
    raises                TooFewPoints below two copies; UnequalLengths; NotANumber; OutOfRange
    source                Rubin 1987, Multiple Imputation; Barnard & Rubin 1999, Biometrika 86:948
    """
    each, spread = numbers(estimates, "Skattningarna"), numbers(variances, "Varianserna")
    same_length(each, spread)
    if len(each) < 2:
        raise TooFewPoints("Minst två ifyllda kopior behövs för att slå ihop.")
    if (spread <= 0).any() or (n is not None and n <= parameters):
        raise OutOfRange("Varianserna måste vara över 0, och raderna fler än det som skattas.")
    copies, within, between = len(each), float(spread.mean()), float(each.var(ddof=1))
    added = (1 + 1 / copies) * between
    total, increase = within + added, added / within
    df = _degrees(copies, added / total, None if n is None else n - parameters)
    centre, reach = float(each.mean()), (z_of(level) if df is None else t_of(level, df)) * sqrt(total)
    of_df = 0.0 if df is None else 2 / (df + 3)
    settings = {"copies": copies, "df": df}
    estimate = Estimate(centre, n or 0, "points", "rubin", centre - reach, centre + reach, level, settings)
    return Pooled(estimate, within, between, total, df, increase, (increase + of_df) / (increase + 1))


def _degrees(copies: int, missing_share: float, complete: float | None) -> float | None:
    """Return the degrees of freedom; `missing_share` is the share of the variance due to what is missing."""
    first = None if missing_share == 0 else (copies - 1) / missing_share**2
    if complete is None:
        return first
    observed = (complete + 1) / (complete + 3) * complete * (1 - missing_share)
    return observed if first is None else first * observed / (first + observed)

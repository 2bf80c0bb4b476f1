"""
Multiple imputation of scores after, from scores before: for when the missing can be explained by what is known. An extra.

The main analysis never fills in what is missing. This shows what the mean change would be if those lost had developed as
others with the same start, with the doubt that it brings.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import sqrt

import numpy as np

from samsyn.analysis.estimate import Estimate, Setting
from samsyn.analysis.frequency import Numbers, Pairs
from samsyn.analysis.pooling import rubin
from samsyn.analysis.refused import OutOfRange, TooFewPoints
from samsyn.analysis.significance import finite
from samsyn.analysis.spread import sd

FEWEST_PAIRS = 10


@dataclass(frozen=True, slots=True)
class ImputationSettings:
    """
    How the missing are filled in.

    copies   how many complete tables are made, 2 or more
    seed     of the draws, 0 or more: the same seed gives the same answer
    shift    points added to every score filled in: what if those lost did worse (or better) than others like them?
    """

    copies: int = 50
    seed: int = 1
    shift: float = 0.0

    def __post_init__(self) -> None:
        finite(self.shift, "Tillägget")
        if self.seed < 0:
            raise OutOfRange(f"Fröet {self.seed} måste vara 0 eller mer.")
        if self.copies < 2:
            raise OutOfRange(f"Det behövs minst två ifyllda tabeller; här är det {self.copies}.")


@dataclass(frozen=True, eq=False)
class Imputed:
    """
    The mean change in each complete table.

    changes    one a copy, points, after minus before
    variances  the squared standard error of each
    persons    how many persons each table holds
    filled_in  how many of them had no score after
    """

    changes: Numbers
    variances: Numbers
    persons: int
    filled_in: int


FIFTY_COPIES = ImputationSettings()


def imputed_changes(pairs: Pairs, settings: ImputationSettings = FIFTY_COPIES) -> Imputed:
    """
    Return the mean change in many complete tables, the scores after drawn by a Bayesian normal regression on those before.

    pairs    the joint table; those measured only before are filled in; those measured only after are not used
    raises   TooFewPoints below 10 pairs; OutOfRange if all started alike
    source   Rubin (1987), Multiple Imputation for Nonresponse in Surveys, ex. 5.1; shift: delta adjustment
    """
    x, y = np.repeat(pairs.before, pairs.counts), np.repeat(pairs.after, pairs.counts)
    lost = pairs.only_before.one_by_one()
    n = len(x)
    if n < FEWEST_PAIRS:
        raise TooFewPoints(f"Det behövs minst 10 par för att fylla i saknade värden; här är det {n}.")
    if not sd(pairs.first):
        raise OutOfRange("Alla började på samma värde: det går inte att fylla i efter utgångsläget.")
    middle = float(x.mean())
    parts = np.column_stack([np.ones(n), x - middle])
    precision = np.linalg.inv(parts.T @ parts)
    fitted = precision @ parts.T @ y
    squares = float(((y - parts @ fitted) ** 2).sum())
    root = np.linalg.cholesky(precision)
    source = np.random.default_rng(settings.seed)
    changes, variances = np.empty(settings.copies), np.empty(settings.copies)
    for copy in range(settings.copies):
        spread = sqrt(squares / source.chisquare(n - 2))
        drawn = fitted + spread * root @ source.standard_normal(2)
        filled = drawn[0] + drawn[1] * (lost - middle) + spread * source.standard_normal(len(lost)) + settings.shift
        all_changes = np.concatenate([y - x, filled - lost])
        changes[copy], variances[copy] = all_changes.mean(), all_changes.var(ddof=1) / len(all_changes)
    return Imputed(changes, variances, n + len(lost), len(lost))


def imputed_mean_change(pairs: Pairs, settings: ImputationSettings = FIFTY_COPIES, level: float = 0.95) -> Estimate:
    """
    Return the mean change with those lost filled in, the doubt of the filling in included.

    returns  Estimate, points; the number filled in and the settings beside it
    raises   as `imputed_changes`
    source   pooled by Rubin's rules
    """
    imputed = imputed_changes(pairs, settings)
    pooled = rubin(imputed.changes.tolist(), imputed.variances.tolist(), imputed.persons, level=level)
    choices: dict[str, Setting] = {
        "copies": settings.copies,
        "seed": settings.seed,
        "shift": settings.shift,
        "filled_in": imputed.filled_in,
        "missing_information": pooled.missing_information,
    }
    return replace(pooled.estimate, method="multiple_imputation", settings=choices)

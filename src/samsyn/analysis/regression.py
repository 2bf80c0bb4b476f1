"""Regression of counts and values over time: quasi-Poisson, negative binomial, and least squares with Newey-West errors."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import digamma, polygamma, xlogy

from samsyn.analysis.estimate import Estimate, cannot_be_told
from samsyn.analysis.frequency import Numbers, numbers, same_length, whole_counts
from samsyn.analysis.refused import NotANumber, OutOfRange, Refused, TooFewPoints

MOST_ROUNDS = 200
NEAR_ENOUGH = 1e-12
LARGEST_LOG = 115.0
"""No mean is taken beyond e to this, 1e50, while the answer is sought: its square would not fit in a float."""
LARGEST_THETA = 1e5
"""Above this the negative binomial cannot be told from Poisson."""


class DidNotSettle(Refused):
    """A model found no stable answer: usually one of its parts has no events, or has too few periods."""


@dataclass(frozen=True, eq=False)
class Design:
    """
    The parts of a model.

    names    one a part
    columns  one row a period, one column a part, as many as the names; no part may follow from the others
    """

    names: tuple[str, ...]
    columns: Numbers

    def __post_init__(self) -> None:
        try:
            columns = np.array(self.columns, dtype=np.float64)
        except (TypeError, ValueError) as error:
            raise NotANumber("Modellens kolumner innehåller något annat än tal.") from error
        if columns.ndim != 2 or columns.shape[1] != len(self.names):
            raise OutOfRange("En modell behöver ett namn för varje kolumn.")
        numbers(columns, "Modellens kolumner")
        if len(columns) <= columns.shape[1]:
            raise TooFewPoints(f"{len(columns)} perioder räcker inte till en modell med {columns.shape[1]} delar.")
        if np.linalg.matrix_rank(columns) < columns.shape[1]:
            raise OutOfRange("Modellens delar går inte att skilja åt: någon av dem följer av de andra.")
        columns.setflags(write=False)
        object.__setattr__(self, "columns", columns)


@dataclass(frozen=True, slots=True)
class Fit:
    """
    A fitted model.

    names            of the parts, in order
    coefficients     log rates for counts, units of the values for least squares
    standard_errors  as many, the dispersion included
    dispersion       Pearson chi-square over degrees of freedom; least squares: residual variance
    df               periods minus parts
    method           name, for the settings of what is made from it
    """

    names: tuple[str, ...]
    coefficients: tuple[float, ...]
    standard_errors: tuple[float, ...]
    dispersion: float
    df: int
    method: str

    def of(self, name: str) -> tuple[float, float]:
        """Return (coefficient, standard error) of a part. Raises OutOfRange if the model has no such part."""
        if name not in self.names:
            raise OutOfRange(f"Modellen har ingen del som heter {name}.")
        place = self.names.index(name)
        return self.coefficients[place], self.standard_errors[place]


@dataclass(frozen=True, slots=True)
class NegativeBinomialFit:
    """A negative binomial model: the fit given theta, and theta; variance = mean + mean squared / theta."""

    fit: Fit
    theta: Estimate


def poisson(counts: ArrayLike, design: Design, exposure: ArrayLike | None = None) -> Fit:
    """
    Return a Poisson regression with log link.

    counts    whole, one a period
    exposure  as many, above 0: what the counts are rates of; None: equal periods
    returns   Fit; standard errors take the events to be independent; the dispersion shows whether they are
    raises    DidNotSettle when there are no events, or none where a part alone tells
    source    McCullagh and Nelder (1989), Generalized Linear Models; iterated weighted least squares
    """
    y, offset = _counted(counts, design, exposure)
    return _fit(y, design, offset, 0.0, quasi=False)


def quasi_poisson(counts: ArrayLike, design: Design, exposure: ArrayLike | None = None) -> Fit:
    """Return the same with standard errors times the root of the dispersion, also when it is below 1 (as R's quasipoisson)."""
    y, offset = _counted(counts, design, exposure)
    return _fit(y, design, offset, 0.0, quasi=True)


def negative_binomial(counts: ArrayLike, design: Design, exposure: ArrayLike | None = None) -> NegativeBinomialFit:
    """
    Return a negative binomial regression by maximum likelihood; standard errors are conditional on theta, as R's glm.nb.

    returns  NegativeBinomialFit; theta has no value when the counts vary no more than Poisson: the fit is then Poisson
    raises   as `poisson`
    source   Venables and Ripley (2002), Modern Applied Statistics with S, 7.4
    """
    y, offset = _counted(counts, design, exposure)
    fit, theta = _fit(y, design, offset, 0.0, quasi=False), 0.0
    for _ in range(MOST_ROUNDS):
        means = np.exp(design.columns @ np.array(fit.coefficients) + offset)
        found = _theta(y, means)
        if found is None:
            reason = "Antalen varierar inte mer än slumpen: modellen är vanlig Poisson."
            return NegativeBinomialFit(
                _fit(y, design, offset, 0.0, quasi=False),
                cannot_be_told(reason, n=len(y), unit="theta", method="negative_binomial"),
            )
        settled = abs(found - theta) <= 1e-9 * found
        theta = found
        fit = _fit(y, design, offset, 1 / theta, quasi=False)
        if settled:
            return NegativeBinomialFit(fit, Estimate(theta, len(y), "theta", "negative_binomial"))
    raise DidNotSettle("Modellen för överspridda antal hittade inget stabilt svar.")


def _counted(counts: ArrayLike, design: Design, exposure: ArrayLike | None) -> tuple[Numbers, Numbers]:
    """Return (counts as floats, log of exposure), checked."""
    y = whole_counts(counts, "Antalen").astype(np.float64)
    same_length(y, design.columns)
    if exposure is None:
        return y, np.zeros(len(y))
    size = numbers(exposure, "Nämnaren")
    same_length(y, size)
    if (size <= 0).any():
        raise OutOfRange("Nämnaren måste vara över 0 i varje period.")
    return y, np.log(size)


def _fit(y: Numbers, design: Design, offset: Numbers, alpha: float, *, quasi: bool) -> Fit:
    """Return the fit by iterated weighted least squares; variance = mean + alpha x mean squared."""
    if not y.sum():
        raise DidNotSettle("Det finns inga händelser att räkna på.")
    x, means, before = design.columns, y + 0.1, np.inf
    eta = np.log(means)
    for _ in range(MOST_ROUNDS):
        weights = means / (1 + alpha * means)
        root = np.sqrt(weights)
        coefficients, *_ = np.linalg.lstsq(x * root[:, None], (eta - offset + (y - means) / means) * root, rcond=None)
        eta = np.clip(x @ coefficients + offset, -LARGEST_LOG, LARGEST_LOG)
        means = np.exp(eta)
        now = _deviance(y, means, alpha)
        if abs(now - before) <= NEAR_ENOUGH * (abs(now) + 0.1):
            break
        before = now
    else:
        raise DidNotSettle("Modellen hittade inget stabilt svar. Har någon del av serien inga händelser alls?")
    if (means < 1e-8).any():
        raise DidNotSettle("Någon del av serien har inga händelser alls: modellen kan inte räkna på den.")
    weights = means / (1 + alpha * means)
    covariance = np.linalg.inv(x.T @ (x * weights[:, None]))
    df = len(y) - x.shape[1]
    spread = float(((y - means) ** 2 / (means + alpha * means**2)).sum()) / df
    errors = np.sqrt(np.diag(covariance) * (spread if quasi else 1.0))
    name = "quasi_poisson" if quasi else "negative_binomial" if alpha else "poisson"
    return Fit(design.names, tuple(map(float, coefficients)), tuple(map(float, errors)), spread, df, name)


def _deviance(y: Numbers, means: Numbers, alpha: float) -> float:
    own = xlogy(y, y / means)
    if not alpha:
        return float(2 * (own - (y - means)).sum())
    return float(2 * (own - (y + 1 / alpha) * np.log((1 + alpha * y) / (1 + alpha * means))).sum())


def _theta(y: Numbers, means: Numbers) -> float | None:
    """Return theta of the highest likelihood given the means, by bracketed Newton on its logarithm; None when it is infinite."""
    if float(((y - means) ** 2 - y).sum()) <= 0:  # the slope of the likelihood at infinity
        return None
    low, high = np.log(1e-6), np.log(LARGEST_THETA)
    place = np.log(max(1e-3, min(1e3, len(y) / max(1e-9, float(((y / means - 1) ** 2).sum())))))
    for _ in range(MOST_ROUNDS):
        theta = float(np.exp(place))
        score = _theta_score(y, means, theta)
        low, high = (place, high) if score > 0 else (low, place)
        slope = theta * (score + theta * _theta_slope(y, means, theta))
        step = place - theta * score / slope if slope < 0 else low
        following = step if low < step < high else (low + high) / 2
        if abs(following - place) < 1e-13:
            break
        place = following
    found = float(np.exp(place))
    return found if found < 0.99 * LARGEST_THETA else None


def _theta_score(y: Numbers, means: Numbers, theta: float) -> float:
    """Return the slope of the log likelihood in theta."""
    return float((digamma(theta + y) - digamma(theta) + np.log(theta) + 1 - np.log(theta + means) - (y + theta) / (means + theta)).sum())


def _theta_slope(y: Numbers, means: Numbers, theta: float) -> float:
    inner = polygamma(1, theta + y) - polygamma(1, theta) + 1 / theta - 2 / (means + theta) + (y + theta) / (means + theta) ** 2
    return float(inner.sum())


@dataclass(frozen=True, slots=True)
class NeweyWest:
    """
    How errors that depend on their neighbours are allowed for.

    lag               how many periods back; None: the whole part of 4 (n / 100) ^ (2/9)
    small_sample      whether the variance is multiplied by n / (n - parts)
    """

    lag: int | None = None
    small_sample: bool = True

    def lag_for(self, n: int) -> int:
        """Return the lag used for a series of n periods. Raises OutOfRange if it is not from 0 to n - 1."""
        used = int(4 * (n / 100) ** (2 / 9)) if self.lag is None else self.lag
        if not 0 <= used < n:
            raise OutOfRange(f"Eftersläpningen {used} måste vara från 0 till {n - 1} perioder.")
        return used


LAG_BY_LENGTH = NeweyWest()


def newey_west(values: ArrayLike, design: Design, settings: NeweyWest = LAG_BY_LENGTH) -> Fit:
    """
    Return least squares with standard errors that allow for unequal variance and dependence between near periods.

    values   one a period, at equal distances
    source   Newey and West (1987), Econometrica 55, 703-708; Bartlett weights
    """
    y, x = numbers(values, "Serien"), design.columns
    same_length(y, x)
    n, parts = x.shape
    coefficients, *_ = np.linalg.lstsq(x, y, rcond=None)
    rest = y - x @ coefficients
    scores = x * rest[:, None]
    lag = settings.lag_for(n)
    middle = scores.T @ scores
    for back in range(1, lag + 1):
        together = scores[back:].T @ scores[:-back]
        middle += (1 - back / (lag + 1)) * (together + together.T)
    inverse = np.linalg.inv(x.T @ x)
    covariance = inverse @ middle @ inverse * (n / (n - parts) if settings.small_sample else 1.0)
    errors = tuple(sqrt(max(variance, 0.0)) for variance in np.diag(covariance))
    return Fit(design.names, tuple(map(float, coefficients)), errors, float(rest @ rest) / (n - parts), n - parts, "newey_west")

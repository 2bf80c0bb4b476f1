"""Paired change by ranks: Wilcoxon's signed-rank test, the Hodges-Lehmann shift and the rank-biserial correlation."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from math import atanh, ceil, sqrt, tanh

import numpy as np
from scipy.special import ndtr

from samsyn.analysis.change import NO_CHANGE, NO_PAIRS
from samsyn.analysis.estimate import Estimate, Setting, cannot_be_told
from samsyn.analysis.frequency import Frequencies, Numbers, Pairs, Whole
from samsyn.analysis.significance import Significance, no_test, made_test, z_of
from samsyn.analysis.spread import changes_on_paper

EXACT_UP_TO = 25
EXACT_LIMIT_UP_TO = 200
ALL_ONE_WAY = "Alla som har förändrats har gjort det åt samma håll: intervallet går inte att räkna ut."


class Zeros(Enum):
    """What becomes of those who have not changed."""

    LEFT_OUT = "left out (Wilcoxon 1945)"
    RANKED = "ranked, then left out of the sums (Pratt 1959)"


@dataclass(frozen=True, slots=True)
class SignedRanks:
    """
    The signed-rank test of a change.

    two_sided     its statistic is the sum of the ranks of the rises (after above before)
    p_rise        one-sided: how probable are ranks of rises at least as large
    p_fall        one-sided: how probable are ranks of rises at most as large
    """

    two_sided: Significance
    p_rise: Estimate
    p_fall: Estimate


@dataclass(frozen=True, slots=True)
class _Ranked:
    """Midranks of the changes in size, one place a distinct size: rank, how many rises, how many falls."""

    ranks: Numbers
    rises: Whole
    falls: Whole

    @property
    def n(self) -> int:
        return int(self.rises.sum() + self.falls.sum())

    @property
    def rise_sum(self) -> float:
        return float(self.ranks @ self.rises)

    @property
    def middle(self) -> float:
        return float(self.ranks @ (self.rises + self.falls)) / 2

    @property
    def variance(self) -> float:
        return float(self.ranks**2 @ (self.rises + self.falls)) / 4


def wilcoxon(pairs: Pairs, zeros: Zeros = Zeros.LEFT_OUT) -> SignedRanks:
    """
    Test whether rises and falls are equally large and common: exactly up to 25 who changed, ties or not; else by the normal.

    pairs    the joint table
    zeros    what becomes of those who have not changed
    returns  the sum of ranks of the rises, p-values; n is those who changed
    source   Wilcoxon 1945, Biometrics Bulletin 1:80; exact with ties: the distribution over all signs of the midranks
    """
    ranked = _rank(pairs, zeros)
    return wilcoxon_exact(pairs, zeros) if ranked.n <= EXACT_UP_TO else wilcoxon_normal(pairs, zeros)


def wilcoxon_exact(pairs: Pairs, zeros: Zeros = Zeros.LEFT_OUT) -> SignedRanks:
    """Test as `wilcoxon`, always from the exact distribution over all signs; time grows as n cubed."""
    ranked = _rank(pairs, zeros)
    if not ranked.n:
        return _nothing(pairs, "wilcoxon_exact", zeros)
    each = np.repeat(np.rint(2 * ranked.ranks).astype(np.int64), ranked.rises + ranked.falls)
    chance, seen = _sign_distribution(tuple(each.tolist())), round(2 * ranked.rise_sum)
    return _signed_ranks(ranked, float(chance[seen:].sum()), float(chance[: seen + 1].sum()), "wilcoxon_exact", zeros, pairs.n)


def wilcoxon_normal(pairs: Pairs, zeros: Zeros = Zeros.LEFT_OUT) -> SignedRanks:
    """Test as `wilcoxon`, by the normal distribution with correction for ties and continuity."""
    return _by_normal(pairs, zeros, 0.5, "wilcoxon_normal")


def wilcoxon_normal_uncorrected(pairs: Pairs, zeros: Zeros = Zeros.LEFT_OUT) -> SignedRanks:
    """Test as `wilcoxon`, by the normal distribution with correction for ties but not for continuity."""
    return _by_normal(pairs, zeros, 0.0, "wilcoxon_normal_uncorrected")


def rank_biserial(pairs: Pairs, level: float = 0.95) -> Estimate:
    """
    Return the matched-pairs rank-biserial correlation: (ranks of rises - ranks of falls) / all ranks.

    pairs    the joint table; those who have not changed are left out
    returns  -1 (all fell) to 1 (all rose); None if nobody changed; no interval if all changed the same way
    source   Kerby 2014, Comprehensive Psychology 3:11.IT.3.1; interval by Fisher's z with the standard error of R's effectsize
    """
    ranked = _rank(pairs, Zeros.LEFT_OUT)
    if not ranked.n:
        return cannot_be_told(_why_nothing(pairs), n=0, unit="correlation", method="rank_biserial")
    n, settings = ranked.n, _settings(Zeros.LEFT_OUT, pairs.n - ranked.n)
    value = ranked.rise_sum / ranked.middle - 1
    if not ranked.rises.any() or not ranked.falls.any():
        return Estimate(round(value), n, "correlation", "rank_biserial", level=level, settings=settings, reason=ALL_ONE_WAY)
    reach = z_of(level) * sqrt((2 * n**3 + 3 * n**2 + n) / 6) / (n * (n + 1) / 2)
    low, high = tanh(atanh(value) - reach), tanh(atanh(value) + reach)
    return Estimate(value, n, "correlation", "rank_biserial", low, high, level, settings)


def _by_normal(pairs: Pairs, zeros: Zeros, continuity: float, method: str) -> SignedRanks:
    ranked = _rank(pairs, zeros)
    if not ranked.n:
        return _nothing(pairs, method, zeros)
    away, spread = ranked.rise_sum - ranked.middle, sqrt(ranked.variance)
    p_rise, p_fall = float(ndtr(-(away - continuity) / spread)), float(ndtr((away + continuity) / spread))
    return _signed_ranks(ranked, p_rise, p_fall, method, zeros, pairs.n)


def _signed_ranks(ranked: _Ranked, p_rise: float, p_fall: float, method: str, zeros: Zeros, all_pairs: int) -> SignedRanks:
    settings = _settings(zeros, all_pairs - ranked.n)
    sided = [Estimate(min(1.0, p), ranked.n, "p", method, settings={**settings, "sided": side})
             for p, side in ((p_rise, "rise"), (p_fall, "fall"))]  # fmt: skip
    both = made_test(ranked.rise_sum, 2 * min(p_rise, p_fall), unit="rank_sum", n=ranked.n, method=method, settings=settings)
    return SignedRanks(both, *sided)


def _nothing(pairs: Pairs, method: str, zeros: Zeros) -> SignedRanks:
    neither = no_test(_why_nothing(pairs), unit="rank_sum", n=0, method=method, settings=_settings(zeros, pairs.n))
    return SignedRanks(neither, neither.p, neither.p)


def _why_nothing(pairs: Pairs) -> str:
    return NO_CHANGE if pairs.n else NO_PAIRS


def _settings(zeros: Zeros, unchanged: int) -> dict[str, Setting]:
    return {"zeros": zeros.value, "unchanged": unchanged}


@lru_cache(maxsize=4)
def _rank(pairs: Pairs, zeros: Zeros) -> _Ranked:
    """Return the midranks of the changes in size; zeros are never among them, but RANKED they push the others up."""
    changes = Frequencies(changes_on_paper(pairs), pairs.counts)
    sizes, place = np.unique(np.abs(changes.values), return_inverse=True)
    rises, falls = (
        np.bincount(place, weights=changes.counts * side, minlength=len(sizes)).astype(np.int64)
        for side in (changes.values > 0, changes.values <= 0)
    )
    if zeros is Zeros.LEFT_OUT:
        sizes, rises, falls = sizes[sizes > 0], rises[sizes > 0], falls[sizes > 0]
    tied = rises + falls
    ranks = np.cumsum(tied) - (tied - 1) / 2
    return _Ranked(ranks[sizes > 0], rises[sizes > 0], falls[sizes > 0])


def _sign_distribution(doubled_ranks: tuple[int, ...]) -> Numbers:
    """Return the chance of each doubled sum of ranks when every sign is a toss: place k holds the chance of the sum k / 2."""
    chance = np.zeros(sum(doubled_ranks) + 1)
    chance[0] = 1.0
    for rank in doubled_ranks:
        with_it = chance[: len(chance) - rank].copy()
        chance *= 0.5
        chance[rank:] += 0.5 * with_it
    return chance


@lru_cache(maxsize=1024)
def lowest_rank_sum(n: int, tail: float) -> int:
    """
    Return the smallest sum of ranks that n changes without ties reach or fall below with a chance of at least `tail`.

    Exact up to 200 changes, by the normal distribution above that.
    """
    if n <= EXACT_LIMIT_UP_TO:
        up_to = np.cumsum(_sign_distribution(tuple(range(1, n + 1))))
        return int(np.searchsorted(up_to, tail * (1 - 1e-12)))
    spread = sqrt(n * (n + 1) * (2 * n + 1) / 24)
    return max(0, ceil(n * (n + 1) / 4 - z_of(1 - 2 * tail) * spread - 0.5))

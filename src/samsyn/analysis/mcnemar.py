"""Yes or no, before and after, among the same persons: is it as common to go from yes to no as from no to yes?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import bdtr, betaincinv

from samsyn.analysis.estimate import Estimate, cannot_be_told
from samsyn.analysis.frequency import Pairs, is_whole
from samsyn.analysis.proportion import share_difference_paired
from samsyn.analysis.refused import OutOfRange
from samsyn.analysis.significance import Significance, no_test, p_of_chi2, made_test, z_of

Chosen = NDArray[np.bool_]

NOBODY_CHANGED = "Ingen bytte svar mellan gångerna."


@dataclass(frozen=True, slots=True)
class YesNo:
    """
    How many said yes when; whole counts, 0 or more.

    both, only_before, only_after, neither   rows of the table before x after, yes first
    """

    both: int
    only_before: int
    only_after: int
    neither: int

    def __post_init__(self) -> None:
        for name in ("both", "only_before", "only_after", "neither"):
            count = getattr(self, name)
            if not (is_whole(count) and count >= 0):
                raise OutOfRange(f"Antalet {count} måste vara ett helt antal, 0 eller fler.")
            object.__setattr__(self, name, int(count))

    @classmethod
    def above(cls, pairs: Pairs, cutoff: float) -> YesNo:
        """Return how many were above the cut-off, strictly, when."""
        return cls._where(pairs, pairs.before > cutoff, pairs.after > cutoff)

    @classmethod
    def below(cls, pairs: Pairs, cutoff: float) -> YesNo:
        """Return how many were below the cut-off, strictly, when."""
        return cls._where(pairs, pairs.before < cutoff, pairs.after < cutoff)

    @classmethod
    def _where(cls, pairs: Pairs, before: Chosen, after: Chosen) -> YesNo:
        chosen = (before & after, before & ~after, ~before & after, ~before & ~after)
        return cls(*(int(pairs.counts[cells].sum()) for cells in chosen))

    @property
    def n(self) -> int:
        """How many answered both times."""
        return self.both + self.only_before + self.only_after + self.neither

    @property
    def changed(self) -> int:
        """How many changed their answer."""
        return self.only_before + self.only_after


def difference(answers: YesNo, level: float = 0.95) -> Estimate:
    """Return the share of yes after minus before, with Newcombe's interval for pairs. Raises NothingToCount of nobody."""
    return share_difference_paired(answers.both, answers.only_before, answers.only_after, answers.neither, level)


def odds_of_change(answers: YesNo, level: float = 0.95) -> Estimate:
    """
    Return how many went from no to yes for each who went from yes to no, with the exact interval.

    returns  ratio; None if nobody went from yes to no
    source   conditional on those who changed: Clopper & Pearson 1934; Breslow & Day 1980, chapter 5
    """
    yes, no, n = answers.only_after, answers.only_before, answers.changed
    if not no:
        why = NOBODY_CHANGED if not n else "Ingen gick från ja till nej: kvoten går inte att räkna ut."
        return cannot_be_told(why, n=n, unit="ratio", method="conditional_odds_ratio")
    z_of(level)
    low = float(betaincinv(yes, no + 1, (1 - level) / 2)) if yes else 0.0
    high = float(betaincinv(yes + 1, no, (1 + level) / 2))
    return Estimate(yes / no, n, "ratio", "conditional_odds_ratio", low / (1 - low), high / (1 - high), level)


def mid_p(answers: YesNo) -> Significance:
    """
    Test by McNemar's mid-p: the exact test less half the chance of what was seen. First choice for small counts.

    returns  the number who went from yes to no, and p; n is those who changed
    source   Fagerland, Lydersen & Laake 2013, BMC Medical Research Methodology 13:91
    """
    if not answers.changed:
        return no_test(NOBODY_CHANGED, unit="count", n=0, method="mcnemar_mid_p")
    n, fewest = answers.changed, min(answers.only_before, answers.only_after)
    up_to, below = float(bdtr(fewest, n, 0.5)), float(bdtr(fewest - 1, n, 0.5)) if fewest else 0.0
    p = 1 - (up_to - below) / 2 if answers.only_before == answers.only_after else up_to + below
    return made_test(answers.only_before, p, unit="count", n=n, method="mcnemar_mid_p")


def exact(answers: YesNo) -> Significance:
    """Test by McNemar's exact (binomial) test; else as `mid_p`. Source: McNemar 1947, Psychometrika 12:153."""
    if not answers.changed:
        return no_test(NOBODY_CHANGED, unit="count", n=0, method="mcnemar_exact")
    p = 2 * float(bdtr(min(answers.only_before, answers.only_after), answers.changed, 0.5))
    return made_test(answers.only_before, p, unit="count", n=answers.changed, method="mcnemar_exact")


def asymptotic(answers: YesNo) -> Significance:
    """Test by McNemar's chi-square without correction, df 1; good from about 25 who changed. Source: McNemar 1947."""
    return _chi2(answers, 0, "mcnemar_asymptotic")


def asymptotic_corrected(answers: YesNo) -> Significance:
    """Test as `asymptotic`, with Edwards' correction for continuity. Source: Edwards 1948, Psychometrika 13:185."""
    return _chi2(answers, 1, "mcnemar_corrected")


def _chi2(answers: YesNo, correction: int, method: str) -> Significance:
    if not answers.changed:
        return no_test(NOBODY_CHANGED, unit="chi2", n=0, method=method)
    away = max(0, abs(answers.only_before - answers.only_after) - correction)
    chi2 = away**2 / answers.changed
    return made_test(chi2, p_of_chi2(chi2, 1), unit="chi2", n=answers.changed, method=method, df=1)

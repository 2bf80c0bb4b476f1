"""Several categories, before and after, among the same persons: has the distribution moved, and which way?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike

from samsyn.analysis.change import Better
from samsyn.analysis.direction import Direction
from samsyn.analysis.estimate import cannot_be_told
from samsyn.analysis.frequency import Numbers, Pairs, Whole, numbers, whole_counts
from samsyn.analysis.mcnemar import NOBODY_CHANGED
from samsyn.analysis.proportion import share
from samsyn.analysis.refused import OutOfRange, UnequalLengths
from samsyn.analysis.significance import Significance, no_test, p_of_chi2, p_of_z, made_test


@dataclass(frozen=True, eq=False)
class SquareTable:
    """
    How many went from each category (row, before) to each (column, after).

    counts  square, whole, 0 or more; a copy that cannot be written to
    raises  UnequalLengths if it is not square; OutOfRange, NotANumber
    """

    counts: Whole

    def __post_init__(self) -> None:
        try:
            given = np.array(self.counts, dtype=np.float64)
        except (TypeError, ValueError) as error:
            raise UnequalLengths("Tabellen måste ha lika många tal i varje rad.") from error
        if given.ndim != 2 or given.shape[0] != given.shape[1] or given.shape[0] < 2:
            raise UnequalLengths("Tabellen måste ha lika många rader som kolumner, minst två.")
        square = whole_counts(given, "Tabellen").reshape(given.shape)
        object.__setattr__(self, "counts", square)

    @classmethod
    def of(cls, pairs: Pairs, categories: Sequence[float]) -> SquareTable:
        """
        Return the table of a joint table whose values are categories.

        categories  every value that can occur, in order
        raises      OutOfRange if a value is none of them
        """
        known = numbers(categories, "Kategorierna")
        table = np.zeros((len(known), len(known)), dtype=np.int64)
        places = [_place(column, known) for column in (pairs.before, pairs.after)]
        np.add.at(table, (places[0], places[1]), pairs.counts)
        return cls(table)

    @property
    def n(self) -> int:
        """How many answered both times."""
        return int(self.counts.sum())

    @property
    def changed(self) -> int:
        """How many changed category."""
        return self.n - int(np.trace(self.counts))


def _place(column: Numbers, known: Numbers) -> Whole:
    found = column[:, None] == known[None, :]
    if not found.any(axis=1).all():
        raise OutOfRange(f"Värdet {column[~found.any(axis=1)][0]:g} är ingen av kategorierna.")
    return found.argmax(axis=1).astype(np.int64)


def stuart_maxwell(table: SquareTable) -> Significance:
    """
    Test whether every category is as common after as before.

    returns  chi-square; df is one less than the categories that somebody has left or come to (less still if the table
             falls apart into groups of categories that nobody moved between)
    source   Stuart 1955, Biometrika 42:412; Maxwell 1970, British Journal of Psychiatry 116:651
    """
    if not table.changed:
        return no_test(NOBODY_CHANGED, unit="chi2", n=table.n, method="stuart_maxwell")
    counts = table.counts.astype(np.float64)
    moved = counts.sum(axis=1) - counts.sum(axis=0)
    covariance = -(counts + counts.T)
    np.fill_diagonal(covariance, counts.sum(axis=1) + counts.sum(axis=0) - 2 * np.diag(counts))
    df = int(np.linalg.matrix_rank(covariance, hermitian=True))
    chi2 = float(moved @ np.linalg.pinv(covariance, hermitian=True) @ moved)
    return made_test(chi2, p_of_chi2(chi2, df), unit="chi2", n=table.n, method="stuart_maxwell", df=df)


def bowker(table: SquareTable) -> Significance:
    """
    Test whether as many go from each category to each other as come back: symmetry.

    returns  chi-square; df is the number of pairs of categories that somebody has moved between
    source   Bowker 1948, Journal of the American Statistical Association 43:572
    """
    if not table.changed:
        return no_test(NOBODY_CHANGED, unit="chi2", n=table.n, method="bowker")
    above = np.triu_indices(len(table.counts), 1)
    there, back = table.counts[above].astype(np.float64), table.counts.T[above].astype(np.float64)
    used = there + back > 0
    chi2, df = float(((there - back)[used] ** 2 / (there + back)[used]).sum()), int(used.sum())
    return made_test(chi2, p_of_chi2(chi2, df), unit="chi2", n=table.n, method="bowker", df=df, settings={"pairs_of_categories": df})


def ordinal_shift(table: SquareTable, scores: ArrayLike | None = None) -> Significance:
    """
    Test whether answers have moved up or down a scale of ordered categories: z above 0 means up.

    scores   one number a category; None: 1, 2, 3 ...
    returns  z, the sum of the steps divided by the square root of the sum of their squares, and two-sided p
    raises   UnequalLengths if there are not as many scores as categories
    source   Agresti 2013, Categorical Data Analysis, section 11.3; R coin mh_test with scores
    """
    of_each = np.arange(1.0, len(table.counts) + 1) if scores is None else numbers(scores, "Kategoriernas poäng")
    if len(of_each) != len(table.counts):
        raise UnequalLengths(f"Det finns {len(table.counts)} kategorier men {len(of_each)} poäng.")
    steps = of_each[None, :] - of_each[:, None]
    squares = float((table.counts * steps**2).sum())
    if not squares:
        return no_test(NOBODY_CHANGED, unit="z", n=table.n, method="ordinal_shift")
    z = float((table.counts * steps).sum()) / sqrt(squares)
    return made_test(z, p_of_z(z), unit="z", n=table.n, method="ordinal_shift")


def shares_moved(table: SquareTable, direction: Direction, level: float = 0.95) -> Better:
    """Return how large shares came to a better category, stayed, and came to a worse; None of nobody."""
    up, down = int(np.triu(table.counts, 1).sum()), int(np.tril(table.counts, -1).sum())
    better, worse = (up, down) if direction is Direction.HIGHER_IS_BETTER else (down, up)
    counts = better, table.n - better - worse, worse
    if not table.n:
        nothing = cannot_be_told("Ingen har svarat båda gångerna.", n=0, unit="share", method="wilson")
        return Better(nothing, nothing, nothing, counts)
    better_share, same_share, worse_share = (share(count, table.n, level) for count in counts)
    return Better(better_share, same_share, worse_share, counts)

"""The small tables: means, quantiles and pairs as numpy makes them of single rows, and in whatever order the cells come."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samsyn.analysis.frequency import Counts, Frequencies, Pairs, Series
from samsyn.analysis.refused import OutOfRange, UnequalLengths

MODEST = settings(deadline=None, max_examples=40)
ROWS = st.lists(st.sampled_from([-2.0, 0.0, 0.5, 1.0, 3.0, 7.25]), min_size=2, max_size=25)


@MODEST
@given(ROWS, st.floats(0, 1))
def test_moments_and_quantiles_are_numpys(rows: list[float], share: float) -> None:
    told = Frequencies.of(rows)
    assert (told.n, told.mean, told.sd) == pytest.approx((len(rows), np.mean(rows), np.std(rows, ddof=1)))
    assert told.quantile(share) == pytest.approx(np.quantile(rows, share))
    assert told.one_by_one().tolist() == sorted(rows)


@MODEST
@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_the_cells_does_not_matter(rows: list[float], order: object) -> None:
    values, counts = np.unique(rows, return_counts=True)
    shuffled = list(zip(values, counts, strict=True))
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    told = Frequencies(np.array([value for value, _ in shuffled]), np.array([count for _, count in shuffled]))
    assert told.values.tolist() == values.tolist() and told.counts.tolist() == counts.tolist()


def test_missing_rows_are_counted_and_nothing_has_no_mean() -> None:
    assert Frequencies.of([1.0, None, None]).missing == 2 and np.isnan(Frequencies.of([]).mean) and np.isnan(Frequencies.of([1.0]).sd)
    assert np.isnan(Frequencies.of([]).quantile(0.5))
    with pytest.raises(OutOfRange, match="under 0"):
        Frequencies(np.array([1.0]), np.array([1]), -1)


@MODEST
@given(st.lists(st.tuples(st.none() | st.integers(0, 3), st.none() | st.integers(0, 3)), max_size=25))
def test_pairs_are_those_counted_one_by_one(rows: list[tuple[int | None, int | None]]) -> None:
    told = Pairs.of([first for first, _ in rows], [second for _, second in rows])
    both = [(first, second) for first, second in rows if first is not None and second is not None]
    cells = list(zip(told.before.tolist(), told.after.tolist(), told.counts.tolist(), strict=True))
    assert cells == [(*cell, both.count(cell)) for cell in sorted(set(both))]  # type: ignore[comparison-overlap]
    assert told.n == len(both) and told.neither == rows.count((None, None))
    assert told.only_before.n == sum(second is None and first is not None for first, second in rows)
    assert told.only_after.n == sum(first is None and second is not None for first, second in rows)
    if len({first for first, _ in both}) > 1 and len({second for _, second in both}) > 1:
        assert told.r == pytest.approx(np.corrcoef(np.array(both, dtype=float).T)[0, 1])
    elif both:
        assert np.isnan(told.r)


def test_cells_that_are_twice_or_empty_become_one_or_none() -> None:
    told = Pairs(np.array([2.0, 1, 2, 1, 3]), np.array([1.0, 5, 1, 4, 0]), np.array([3, 1, 2, 4, 0]))
    assert list(zip(told.before, told.after, told.counts, strict=True)) == [(1, 4, 4), (1, 5, 1), (2, 1, 5)]
    assert Pairs(np.array([1.0]), np.array([1.0]), np.array([0])).n == 0


def test_tables_cannot_be_written_to() -> None:
    for column in (Frequencies.of([1, 2]).values, Pairs.of([1, 2], [2, 3]).before, Pairs.of([2, 1], [2, 3]).counts):
        with pytest.raises(ValueError, match="read-only"):
            column[0] = 9


def test_columns_that_do_not_fit_are_refused() -> None:
    with pytest.raises(UnequalLengths):
        Pairs.of([1.0], [1.0, 2.0])
    with pytest.raises(UnequalLengths):
        Frequencies(np.array([1.0]), np.array([1, 2]))
    with pytest.raises(UnequalLengths, match="2 värden men 1"):
        Series(np.array([1.0, 2.0]), periods=("a",))
    with pytest.raises(OutOfRange, match="över 0 i varje period"):
        Series(np.array([1.0, 2.0]), np.array([1.0, 0.0]))


@pytest.mark.parametrize("wrong", [{"before": -1}, {"after": -1}, {"before": 1.5}, {"earlier": (3, -1)}, {"time_before": 0}, {"time_after": -2}, {"area": 0}])
def test_counts_that_cannot_be_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(OutOfRange):
        Counts(**{"before": 3, "after": 2, **wrong})  # type: ignore[arg-type]

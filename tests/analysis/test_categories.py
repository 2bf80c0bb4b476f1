"""Yes and no, and ordered categories, before and after."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.contingency_tables import SquareTable as TheirTable
from statsmodels.stats.contingency_tables import mcnemar as their_mcnemar

from samsyn.analysis import categories, mcnemar
from samsyn.analysis.categories import SquareTable
from samsyn.analysis.direction import Direction
from samsyn.analysis.frequency import Pairs
from samsyn.analysis.mcnemar import YesNo
from samsyn.analysis.refused import NothingToCount, OutOfRange, UnequalLengths

MODEST = settings(deadline=None, max_examples=40)
VISION = SquareTable(np.array([[1520, 266, 124, 66], [234, 1512, 432, 78], [117, 362, 1772, 205], [36, 82, 179, 492]]))


@pytest.mark.parametrize(
    ("cells", "chi2", "p", "corrected", "p_corrected", "p_exact", "p_mid", "difference"),
    [
        ((794, 150, 86, 570), 17.3559322034, 3.09929344105e-05, 16.8177966102, 4.11456228135e-05, 3.71593613957e-05, 2.89338951762e-05, -0.04),
        ((1, 1, 7, 12), 4.5, 0.0338948535247, 3.125, 0.0770998717435, 0.0703125, 0.0390625, 0.285714285714),
    ],
)  # fmt: skip
def test_the_printed_mcnemar_tests_are_found(
    cells: tuple[int, ...], chi2: float, p: float, corrected: float, p_corrected: float, p_exact: float, p_mid: float, difference: float
) -> None:
    answers = YesNo(*cells)
    plain, edwards = mcnemar.asymptotic(answers), mcnemar.asymptotic_corrected(answers)
    assert (plain.statistic.value, plain.p.value, plain.df) == pytest.approx((chi2, p, 1))
    assert (edwards.statistic.value, edwards.p.value) == pytest.approx((corrected, p_corrected))
    assert (mcnemar.exact(answers).p.value, mcnemar.mid_p(answers).p.value) == pytest.approx((p_exact, p_mid))
    told = mcnemar.difference(answers)
    assert told.value == pytest.approx(difference) and told.low < told.value < told.high


@MODEST
@given(st.integers(0, 40), st.integers(0, 40))
def test_mcnemar_is_statsmodels_and_the_mid_p_is_half_the_seen_less(before: int, after: int) -> None:
    answers, n = YesNo(3, before, after, 5), before + after
    if not n:
        for ask in (mcnemar.exact, mcnemar.mid_p, mcnemar.asymptotic, mcnemar.asymptotic_corrected):
            assert (ask(answers).p.value, ask(answers).p.reason) == (None, mcnemar.NOBODY_CHANGED)
        return
    table = [[3, before], [after, 5]]
    exact = their_mcnemar(table, exact=True).pvalue
    assert mcnemar.exact(answers).p.value == pytest.approx(exact)
    assert mcnemar.asymptotic(answers).p.value == pytest.approx(their_mcnemar(table, exact=False, correction=False).pvalue)
    if before != after:
        assert mcnemar.asymptotic_corrected(answers).p.value == pytest.approx(their_mcnemar(table, exact=False).pvalue)
    seen = stats.binom.pmf(before, n, 0.5)
    expected = 1 - seen / 2 if before == after else exact - seen
    assert mcnemar.mid_p(answers).p.value == pytest.approx(expected, abs=1e-12)


def test_equally_many_both_ways_is_no_difference_corrected_or_not() -> None:
    assert mcnemar.asymptotic_corrected(YesNo(0, 4, 4, 0)).statistic.value == 0


def test_yes_and_no_are_counted_from_the_joint_table() -> None:
    pairs = Pairs.of([1, 5, 9, 9, 5], [9, 1, 9, 5, 5])
    assert YesNo.above(pairs, 5) == YesNo(1, 1, 1, 2)
    assert YesNo.below(pairs, 5) == YesNo(0, 1, 1, 3)
    assert YesNo.above(pairs, 5).n == 5
    with pytest.raises(OutOfRange):
        YesNo(1, -1, 0, 0)
    with pytest.raises(NothingToCount):
        mcnemar.difference(YesNo(0, 0, 0, 0))


def test_the_odds_of_change_have_the_exact_interval() -> None:
    told, share = mcnemar.odds_of_change(YesNo(0, 4, 12, 9)), stats.binomtest(12, 16).proportion_ci()
    assert (told.value, told.low, told.high) == pytest.approx((3, share.low / (1 - share.low), share.high / (1 - share.high)))
    assert mcnemar.odds_of_change(YesNo(0, 4, 0, 9)).low == 0
    assert mcnemar.odds_of_change(YesNo(0, 0, 3, 9)).value is None
    assert mcnemar.odds_of_change(YesNo(3, 0, 0, 9)).reason == mcnemar.NOBODY_CHANGED


def test_the_vision_of_stuarts_women_is_found() -> None:
    stuart, bowker = categories.stuart_maxwell(VISION), categories.bowker(VISION)
    assert (stuart.statistic.value, stuart.df, stuart.p.value) == pytest.approx((11.956569623, 3, 0.0075334250548))
    assert (bowker.statistic.value, bowker.df, bowker.p.value) == pytest.approx((19.1065502153, 6, 0.00398741984043))
    shift = categories.ordinal_shift(VISION)
    assert (abs(shift.statistic.value), shift.p.value) == pytest.approx((3.45639503915, 0.000547452366384))
    assert categories.shares_moved(VISION, Direction.HIGHER_IS_BETTER).counts == (1171, 5296, 1010)
    assert categories.shares_moved(VISION, Direction.LOWER_IS_BETTER).counts == (1010, 5296, 1171)


@MODEST
@given(st.lists(st.integers(1, 20), min_size=9, max_size=9))
def test_square_tables_are_tested_as_by_statsmodels(cells: list[int]) -> None:
    counts = np.array(cells).reshape(3, 3)
    ours, theirs = SquareTable(counts), TheirTable(counts, shift_zeros=False)
    for ask, their in ((categories.stuart_maxwell, theirs.homogeneity), (categories.bowker, theirs.symmetry)):
        told, expected = ask(ours), their()
        assert (told.statistic.value, told.df, told.p.value) == pytest.approx((expected.statistic, expected.df, expected.pvalue), abs=1e-9)


def test_categories_that_nobody_left_or_came_to_do_not_count_as_degrees_of_freedom() -> None:
    lonely = SquareTable(np.array([[5, 3, 0], [1, 4, 0], [0, 0, 7]]))
    pair = YesNo(5, 3, 1, 4)
    for ask in (categories.stuart_maxwell, categories.bowker):
        told = ask(lonely)
        assert (told.statistic.value, told.df) == pytest.approx((mcnemar.asymptotic(pair).statistic.value, 1))


def test_two_categories_moved_are_mcnemars() -> None:
    assert categories.ordinal_shift(SquareTable(np.array([[5, 3], [1, 4]]))).statistic.value == pytest.approx(1.0)


def test_nobody_who_changed_gives_no_test() -> None:
    still = SquareTable(np.diag([3, 4, 5]))
    for ask in (categories.stuart_maxwell, categories.bowker, categories.ordinal_shift):
        assert ask(still).p.reason == mcnemar.NOBODY_CHANGED
    assert categories.shares_moved(SquareTable(np.zeros((2, 2))), Direction.HIGHER_IS_BETTER).better.value is None


def test_a_joint_table_becomes_a_square_one_and_the_callers_array_is_left_alone() -> None:
    table = SquareTable.of(Pairs.of([1, 1, 2, 3], [2, 2, 3, 1]), [1, 2, 3])
    assert table.counts.tolist() == [[0, 2, 0], [0, 0, 1], [1, 0, 0]]
    given_array = np.array([[0, 1], [2, 3]])
    SquareTable(given_array)
    given_array[0, 0] = 9
    assert given_array.flags.writeable
    assert categories.ordinal_shift(table, [0, 0, 5]).statistic.value == pytest.approx((5 - 5) / 50**0.5)
    with pytest.raises(OutOfRange):
        SquareTable.of(Pairs.of([1], [4]), [1, 2, 3])


@pytest.mark.parametrize("wrong", [[[1, 2, 3], [4, 5, 6]], [[1]], [1, 2]])
def test_tables_that_are_not_square_are_refused(wrong: list[object]) -> None:
    with pytest.raises(UnequalLengths):
        SquareTable(np.array(wrong))
    with pytest.raises(UnequalLengths):
        categories.ordinal_shift(VISION, [1, 2])

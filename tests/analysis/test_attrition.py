"""Those kept against those lost, bounds, and two groups in general."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from samsyn.analysis import attrition, change, two_groups
from samsyn.analysis.frequency import Frequencies
from samsyn.analysis.refused import NothingToCount, OutOfRange
from samsyn.analysis.two_groups import Summary

MODEST = settings(deadline=None, max_examples=40)
LOST_SCORES = [16, 34, 27, 31, 30, 30, 27, 19, 25, 36, 46, 47]
LOST_AGES = [52, 25, 27, 34, 31, 19, 33, 29, 23, 27, 32, 32]
KEPT_SCORES = [41, 34, 40, 32, 28, 16, 36, 23, 34, 35, 37, 22, 32, 35, 36, 16, 21, 29, 32, 21, 32, 31, 37, 21, 26, 33, 22, 15, 37, 38, 28,
               31, 29, 28, 34, 25, 31, 33, 31, 13, 9, 32, 37, 18, 33, 30, 34, 39, 29, 23, 37, 26, 32, 24, 36, 31, 13, 22, 13, 38, 26, 19,
               27, 31, 21, 28, 23, 33]  # fmt: skip
KEPT_AGES = [20, 22, 22, 38, 30, 32, 51, 34, 55, 52, 48, 35, 23, 28, 40, 39, 37, 43, 42, 38, 36, 22, 37, 32, 30, 27, 26, 40, 21, 30, 34,
             42, 25, 28, 19, 27, 43, 36, 32, 39, 29, 31, 34, 46, 38, 35, 17, 34, 32, 23, 36, 37, 34, 41, 38, 41, 42, 37, 35, 23, 25, 23,
             16, 19, 23, 26, 30, 53]  # fmt: skip


def test_the_eighty_made_in_r_are_found() -> None:
    score = attrition.kept_against_lost(Frequencies.of(KEPT_SCORES), Frequencies.of(LOST_SCORES))
    age = attrition.kept_against_lost(Frequencies.of(KEPT_AGES), Frequencies.of(LOST_AGES))
    assert (score.difference.value, age.difference.value) == pytest.approx((-0.254170239774, 0.325934846085))
    test = score.welch.test
    assert (test.statistic.value, test.df, test.p.value) == pytest.approx((-0.758377403143, 13.6616056401, 0.46110868449))
    assert (age.welch.test.p.value, age.difference.n) == pytest.approx((0.296404111373, 80))
    sex = attrition.kept_against_lost_share(32, 68, 7, 12)
    assert (sex.difference.value, sex.fisher.p.value) == pytest.approx((-0.227272061531, 0.541648267785))


@pytest.mark.parametrize("case", [(60, 42, 30, 3), (7, 7, 4, 0), (12, 0, 0, 0)])
def test_the_bounds_are_those_counted_by_hand(case: tuple[int, int, int, int]) -> None:
    started, followed, improved, deteriorated = case
    told, lost = attrition.outcome_bounds(*case), case[0] - case[1]
    assert told.follow_up.value == followed / started
    assert told.improved.followed.value == (improved / followed if followed else None)
    assert (told.improved.least.value, told.improved.most.value) == (improved / started, (improved + lost) / started)
    assert (told.deteriorated.least.value, told.deteriorated.most.value) == (deteriorated / started, (deteriorated + lost) / started)


def test_the_printed_bounds_are_found() -> None:
    told = attrition.outcome_bounds(60, 42, 30, 3)
    numbers = (told.follow_up, told.improved.followed, told.improved.least, told.improved.most, told.deteriorated.most)
    assert [number.value for number in numbers] == pytest.approx([0.7, 0.714285714286, 0.5, 0.8, 0.35])
    nobody = attrition.outcome_bounds(12, 0, 0, 0)
    assert (nobody.improved.followed.reason, nobody.improved.most.value) == (attrition.NOBODY_FOLLOWED, 1)


@pytest.mark.parametrize("wrong", [(5, 6, 0, 0), (5, 4, 3, 2), (5, 4, -1, 2), (5, -1, 0, 0)])
def test_counts_that_do_not_fit_are_refused(wrong: tuple[int, int, int, int]) -> None:
    with pytest.raises(OutOfRange):
        attrition.outcome_bounds(*wrong)
    with pytest.raises(OutOfRange):
        attrition.share_bounds(5, 4, 6)


def test_nobody_at_all_is_refused() -> None:
    with pytest.raises(NothingToCount):
        attrition.outcome_bounds(0, 0, 0, 0)
    with pytest.raises(NothingToCount):
        attrition.kept_against_lost_share(1, 2, 0, 0)


groups = st.lists(st.integers(0, 9), min_size=2, max_size=25).filter(lambda values: len(set(values)) > 1)


@MODEST
@given(groups, groups)
def test_welch_is_scipys(first: list[int], second: list[int]) -> None:
    theirs = stats.ttest_ind(np.array(first, dtype=float), np.array(second, dtype=float), equal_var=False)
    told = two_groups.welch(Summary.of(Frequencies.of(first)), Summary.of(Frequencies.of(second)))
    interval = theirs.confidence_interval()
    assert (told.test.statistic.value, told.test.p.value) == pytest.approx((theirs.statistic, theirs.pvalue), rel=1e-9, abs=1e-12)
    assert told.test.df == pytest.approx(theirs.df)
    assert (told.difference.low, told.difference.high) == pytest.approx((interval.low, interval.high), rel=1e-9, abs=1e-9)


@MODEST
@given(st.tuples(*[st.integers(0, 25)] * 4).filter(lambda cells: cells[0] + cells[1] > 0 and cells[2] + cells[3] > 0))
def test_fishers_test_is_scipys(cells: tuple[int, int, int, int]) -> None:
    a, b, c, d = cells
    told = two_groups.fisher_exact(a, a + b, c, c + d)
    assert told.p.value == pytest.approx(stats.fisher_exact([[a, b], [c, d]]).pvalue, rel=1e-8)


@MODEST
@given(groups, groups)
def test_a_standardised_difference_is_its_formula(first: list[int], second: list[int]) -> None:
    told = two_groups.standardised_difference(Summary.of(Frequencies.of(first)), Summary.of(Frequencies.of(second)))
    expected = (np.mean(first) - np.mean(second)) / np.sqrt((np.var(first, ddof=1) + np.var(second, ddof=1)) / 2)
    assert told.value == pytest.approx(expected, abs=1e-12)
    assert told.low < told.value < told.high


def test_a_standardised_difference_of_shares_uses_their_own_spread() -> None:
    told = two_groups.standardised_difference_of_shares(3, 4, 1, 4)
    assert told.value == pytest.approx(0.5 / (3 / 16) ** 0.5)
    assert two_groups.standardised_difference_of_shares(4, 4, 0, 4).reason == change.ALL_THE_SAME


def test_groups_too_small_or_all_alike_are_not_compared() -> None:
    many, one, alike, nobody = Summary(3, 1, 9), Summary(4, float("nan"), 1), Summary(3, 0, 5), Summary.of(Frequencies.of([]))
    for first, second, why in ((many, one, two_groups.TOO_FEW), (alike, Summary(4, 0, 3), change.ALL_THE_SAME), (nobody, many, two_groups.TOO_FEW)):
        told = two_groups.welch(first, second)
        assert (told.test.p.value, told.test.p.reason, told.difference.low) == (None, why, None)
        assert two_groups.standardised_difference(first, second).reason == why
    assert two_groups.welch(many, one).difference.value == -1
    assert two_groups.welch(nobody, many).difference.value is None
    assert two_groups.welch(many, alike).test.df == pytest.approx(8)
    with pytest.raises(OutOfRange):
        Summary(1, -1, 3)

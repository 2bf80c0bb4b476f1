"""Mean change, the paired t, correlation, the sign test, and how many became better."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from samsyn.analysis import change
from samsyn.analysis.direction import Direction
from samsyn.analysis.frequency import Frequencies, Pairs
from samsyn.analysis.refused import NotANumber, OutOfRange
from samsyn.analysis.spread import PairedSummary, changes_on_paper, on_paper, sd, summed_up

MODEST = settings(deadline=None, max_examples=40)
SLEEP_BEFORE = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2]
SLEEP_AFTER = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
SLEEP = Pairs.of(SLEEP_BEFORE, SLEEP_AFTER)
BETTER = Direction.HIGHER_IS_BETTER

scores = st.integers(0, 12)
some_pairs = st.lists(st.tuples(scores, scores), min_size=3, max_size=30)


def table(rows: list[tuple[float, float]]) -> Pairs:
    return Pairs.of([row[0] for row in rows], [row[1] for row in rows])


def test_the_sleep_of_student_is_found() -> None:
    mean, test = change.mean_change(SLEEP), change.paired_t(SLEEP)
    assert (mean.value, mean.low, mean.high, mean.n) == pytest.approx((1.58, 0.700114236723, 2.45988576328, 10), rel=1e-9)
    assert (test.statistic.value, test.df, test.p.value) == pytest.approx((4.06212768338, 9, 0.00283289019738), rel=1e-9)
    assert change.sd_of_change(SLEEP).value == pytest.approx(1.22999548328)
    assert change.correlation(SLEEP).value == pytest.approx(0.795170205834)
    assert change.mean(SLEEP.first).value == pytest.approx(0.75)
    assert change.standard_deviation(SLEEP.last).value == pytest.approx(2.0022487358)


@MODEST
@given(some_pairs.filter(lambda rows: len({b - a for a, b in rows}) > 1))
def test_the_paired_t_is_scipys(rows: list[tuple[int, int]]) -> None:
    before, after = np.array(rows, dtype=float).T
    theirs, ours, mean = stats.ttest_rel(after, before), change.paired_t(table(rows)), change.mean_change(table(rows), 0.9)
    interval = theirs.confidence_interval(0.9)
    assert (ours.statistic.value, ours.p.value) == pytest.approx((theirs.statistic, theirs.pvalue), rel=1e-9, abs=1e-12)
    assert (mean.low, mean.high) == pytest.approx((interval.low, interval.high), rel=1e-9, abs=1e-9)


@MODEST
@given(some_pairs.filter(lambda rows: len(rows) > 3 and len({a for a, _ in rows}) > 1 and len({b for _, b in rows}) > 1))
def test_the_correlation_is_scipys(rows: list[tuple[int, int]]) -> None:
    before, after = np.array(rows, dtype=float).T
    theirs, ours = stats.pearsonr(before, after), change.correlation(table(rows))
    assert ours.value == pytest.approx(theirs.statistic, abs=1e-9)
    if ours.low is not None:
        interval = theirs.confidence_interval()
        assert (ours.low, ours.high) == pytest.approx((interval.low, interval.high), abs=1e-9)
    else:
        assert abs(theirs.statistic) == pytest.approx(1)


@MODEST
@given(some_pairs)
def test_the_sign_test_is_the_binomial_test_of_those_who_changed(rows: list[tuple[int, int]]) -> None:
    rises, falls = sum(b > a for a, b in rows), sum(b < a for a, b in rows)
    ours = change.sign_test(table(rows))
    if not rises + falls:
        assert (ours.p.value, ours.p.reason) == (None, change.NO_CHANGE)
        return
    assert (ours.statistic.value, ours.p.n, ours.p.settings["unchanged_left_out"]) == (rises, rises + falls, len(rows) - rises - falls)
    assert ours.p.value == pytest.approx(stats.binomtest(rises, rises + falls).pvalue)


@MODEST
@given(some_pairs, st.sampled_from(Direction), st.sampled_from([None, 1, 2.5, 3]))
def test_better_same_and_worse_are_counted_one_by_one(
    rows: list[tuple[int, int]], direction: Direction, at_least: float | None
) -> None:
    gains = [(after - before) * direction.sign for before, after in rows]
    better = sum(gain > 0 if at_least is None else gain >= at_least for gain in gains)
    worse = sum(gain < 0 if at_least is None else gain <= -at_least for gain in gains)
    told = change.shares_of_change(table(rows), direction, at_least)
    assert told.counts == (better, len(rows) - better - worse, worse)
    assert [share.value for share in (told.better, told.same, told.worse)] == [count / len(rows) for count in told.counts]
    assert told.better.settings["direction"] == direction.value


def test_scores_equal_on_paper_are_the_same_although_their_last_digits_differ() -> None:
    pairs = Pairs.of([0.1 + 0.2, 1.1, 0.1], [0.3, 1.2, 0.2])
    assert change.shares_of_change(pairs, BETTER).counts == (2, 1, 0)
    assert changes_on_paper(pairs).tolist() == [0.1, 0.0, 0.1]
    assert change.shares_of_change(pairs, BETTER, at_least=0.1).counts == (2, 1, 0)
    assert on_paper(np.array([0.0]), 0.0).tolist() == [0.0]


def test_a_change_without_spread_gives_the_number_and_no_inference() -> None:
    same = Pairs.of([0.1, 0.2, 0.7], [0.3, 0.4, 0.9])
    mean, test = change.mean_change(same), change.paired_t(same)
    assert (mean.value, mean.low, mean.reason) == (pytest.approx(0.2), None, change.NO_SPREAD)
    assert (test.p.value, test.statistic.value, test.p.reason) == (None, None, change.NO_SPREAD)
    assert (change.sd_of_change(same).value, change.sd_of_change(same).low) == (0.0, None)
    assert change.standard_deviation(Frequencies.of([3, 3])).value == 0.0
    assert change.correlation(Pairs.of([1, 1, 1], [1, 2, 3])).reason == change.ALL_THE_SAME
    assert change.correlation(Pairs.of([1, 2, 3], [1, 2, 3])).low is None
    assert change.mean(Frequencies.of([2, 2])).reason == change.ALL_THE_SAME


def test_one_person_and_nobody_are_told_apart() -> None:
    one, nobody = Pairs.of([3], [5]), Pairs.of([], [])
    assert (change.mean_change(one).value, change.mean_change(one).low, change.mean_change(one).reason) == (2, None, change.ONE_PAIR)
    assert change.paired_t(one).p.reason == change.sd_of_change(one).reason == change.correlation(one).reason == change.ONE_PAIR
    for told in (change.mean_change(nobody), change.paired_t(nobody).p, change.sd_of_change(nobody), change.correlation(nobody),
                 change.sign_test(nobody).p, change.shares_of_change(nobody, BETTER).better):  # fmt: skip
        assert (told.value, told.n, told.reason) == (None, 0, change.NO_PAIRS)
    assert change.mean(Frequencies.of([])).reason == change.standard_deviation(Frequencies.of([])).reason == change.NOBODY
    assert change.mean(Frequencies.of([4])).reason == change.standard_deviation(Frequencies.of([4])).reason == change.ONE_ROW


def test_the_interval_of_a_standard_deviation_is_that_of_chi_square() -> None:
    told = change.standard_deviation(Frequencies.of([1, 2, 4, 8]), 0.9)
    variance = np.var([1, 2, 4, 8], ddof=1)
    expected = [(3 * variance / stats.chi2.ppf(tail, 3)) ** 0.5 for tail in (0.95, 0.05)]
    assert [told.low, told.high] == pytest.approx(expected)


def test_the_change_is_told_in_important_differences() -> None:
    told, points = change.change_in_important_differences(SLEEP, 0.5), change.mean_change(SLEEP)
    assert (told.value, told.low, told.unit) == pytest.approx((points.value / 0.5, points.low / 0.5, "ratio"))
    assert not change.change_in_important_differences(Pairs.of([], []), 1).is_told
    for wrong in (0, -1):
        with pytest.raises(OutOfRange):
            change.change_in_important_differences(SLEEP, wrong)
        with pytest.raises(OutOfRange):
            change.shares_of_change(SLEEP, BETTER, wrong)


def test_a_summary_works_out_the_spread_of_change_from_r_and_takes_a_stated_one() -> None:
    worked_out, stated = PairedSummary(5, 4, 2, 3, 7, 0.5), PairedSummary(5, 4, 2, 3, 7, 0.5, 2.6)
    assert (worked_out.sd_change, stated.sd_change, worked_out.change) == (pytest.approx(7**0.5), 2.6, -1)
    assert PairedSummary(1, 2, 3, 3, 5, 1.0).sd_change == 0.0
    assert PairedSummary(1, 2, 3, 3, 5).sd_change is None
    assert change.mean_change(PairedSummary(1, 2, 3, 3, 5)).reason == change.SPREAD_UNKNOWN
    assert change.paired_t(PairedSummary(1, 2, 3, 3, 5)).p.reason == change.SPREAD_UNKNOWN
    summary = summed_up(SLEEP)
    assert summary.sd_change == pytest.approx(summary.sd_change_from_r())
    assert summed_up(summary) is summary
    assert np.isnan(sd(Frequencies.of([1])))


@MODEST
@given(some_pairs)
def test_a_summary_made_without_sorting_is_that_of_the_frequencies(rows: list[tuple[int, int]]) -> None:
    pairs = table(rows)
    told = PairedSummary.of(pairs)
    seen = (told.mean_before, told.mean_after, told.sd_before, told.sd_after, told.sd_change)
    assert seen == pytest.approx((pairs.first.mean, pairs.last.mean, pairs.first.sd, pairs.last.sd, pairs.changes.sd), abs=1e-12)
    assert told.r == (None if np.isnan(pairs.r) else pytest.approx(pairs.r))
    assert (told.n, told.change) == (len(rows), pytest.approx(pairs.changes.mean, abs=1e-12))


def test_nobody_has_no_summary() -> None:
    with pytest.raises(OutOfRange):
        PairedSummary.of(Pairs.of([], []))


@pytest.mark.parametrize(
    ("values", "refusal"),
    [((1, 2, -1, 1, 5), OutOfRange), ((1, 2, 1, 1, 0), OutOfRange), ((1, 2, 1, 1, 5, 1.2), OutOfRange),
     ((1, 2, 1, 1, 5, 0.5, -1), OutOfRange), ((float("nan"), 2, 1, 1, 5), NotANumber)],
)  # fmt: skip
def test_summaries_that_cannot_be_are_refused(values: tuple[float, ...], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        PairedSummary(*values)

"""How long people stay, many comparisons at once, and pooling of completed tables."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.duration.survfunc import SurvfuncRight, survdiff

from samsyn.analysis import completion, multiple, pooling
from samsyn.analysis.completion import Stays
from samsyn.analysis.frequency import Frequencies
from samsyn.analysis.refused import NotANumber, OutOfRange, TooFewPoints, UnequalLengths

MODEST = settings(deadline=None, max_examples=40)
MAINTAINED = Stays(Frequencies.of([9, 13, 18, 23, 31, 34, 48]), Frequencies.of([13, 28, 45, 161]))
NOT_MAINTAINED = Stays(Frequencies.of([5, 5, 8, 8, 12, 23, 27, 30, 33, 43, 45]), Frequencies.of([16]))
EXPECTED = {
    "remaining": [0.909090909091, 0.818181818182, 0.715909090909, 0.613636363636, 0.490909090909, 0.368181818182, 0.184090909091],
    "error": [0.0866784172041, 0.11629129983, 0.139664970557, 0.152632331027, 0.164193267221, 0.162668885827, 0.153492745786],
    "low": [0.50808020577, 0.447428614682, 0.350190385908, 0.265752040001, 0.167330909777, 0.092829574937, 0.0117384801232],
    "high": [0.986673822668, 0.951162228582, 0.899023974191, 0.83529924325, 0.753399790371, 0.657040832398, 0.525014842727],
}


def test_the_curve_of_millers_patients_is_found() -> None:
    steps = completion.kaplan_meier(MAINTAINED)
    assert [(step.time, step.at_risk, step.ended) for step in steps] == [
        (9, 11, 1), (13, 10, 1), (18, 8, 1), (23, 7, 1), (31, 5, 1), (34, 4, 1), (48, 2, 1)]  # fmt: skip
    assert [step.remaining.value for step in steps] == pytest.approx(EXPECTED["remaining"])
    assert [step.error for step in steps] == pytest.approx(EXPECTED["error"])
    assert [step.remaining.low for step in steps] == pytest.approx(EXPECTED["low"])
    assert [step.remaining.high for step in steps] == pytest.approx(EXPECTED["high"])
    assert completion.median_stay(MAINTAINED).value == 31
    assert completion.median_stay(NOT_MAINTAINED).value == 23


@pytest.mark.parametrize(("group", "low", "high"), [(MAINTAINED, 13, None), (NOT_MAINTAINED, 5, 33)])
def test_the_medians_interval_is_where_the_limits_of_the_curve_cross_a_half(group: Stays, low: float, high: float | None) -> None:
    told, steps = completion.median_stay(group), [step for step in completion.kaplan_meier(group) if step.remaining.low is not None]
    assert (told.low, told.high) == (low, high)
    assert low == min(step.time for step in steps if step.remaining.low <= 0.5)
    assert high == min((step.time for step in steps if step.remaining.high <= 0.5), default=None)
    assert bool(told.reason) is (high is None)


def test_the_last_step_to_nothing_has_no_interval() -> None:
    last = completion.kaplan_meier(NOT_MAINTAINED)[-1]
    assert (last.remaining.value, last.remaining.low, last.error, last.remaining.reason) == (0, None, None, completion.ALL_ENDED)
    assert completion.kaplan_meier(NOT_MAINTAINED)[-2].remaining.low == pytest.approx(0.00574630569586)


def test_the_log_rank_of_millers_patients_is_found() -> None:
    told = completion.log_rank([MAINTAINED, NOT_MAINTAINED])
    assert (told.statistic.value, told.df, told.p.value) == pytest.approx((3.39638869898, 1, 0.0653393220405))


people = st.lists(st.tuples(st.integers(1, 12), st.booleans()), min_size=4, max_size=25)


def stays(rows: list[tuple[int, bool]]) -> Stays:
    return Stays(Frequencies.of([time for time, ended in rows if ended]), Frequencies.of([time for time, ended in rows if not ended]))


@MODEST
@given(people.filter(lambda rows: any(ended for _, ended in rows)))
def test_the_curve_is_statsmodels(rows: list[tuple[int, bool]]) -> None:
    times, ended = np.array([row[0] for row in rows], dtype=float), np.array([row[1] for row in rows])
    theirs, ours = SurvfuncRight(times, ended.astype(int)), completion.kaplan_meier(stays(rows))
    assert [step.time for step in ours] == theirs.surv_times.tolist()
    assert [step.remaining.value for step in ours] == pytest.approx(theirs.surv_prob.tolist())
    assert [step.at_risk for step in ours] == theirs.n_risk.tolist()
    for step, error in zip(ours, theirs.surv_prob_se, strict=True):
        assert step.error is None or step.error == pytest.approx(error)


@MODEST
@given(people, people, people)
def test_the_log_rank_is_statsmodels(first: list[tuple[int, bool]], second: list[tuple[int, bool]], third: list[tuple[int, bool]]) -> None:
    groups = [first, second, third]
    rows = [(time, ended, place) for place, group in enumerate(groups) for time, ended in group]
    times, ended, of = (np.array(column) for column in zip(*rows, strict=True))
    told = completion.log_rank([stays(group) for group in groups])
    assume(told.df == 2)
    chi2, p = survdiff(times.astype(float), ended.astype(int), of)
    assert (told.statistic.value, told.p.value) == pytest.approx((chi2, p), abs=1e-9)


def test_a_curve_that_stays_above_a_half_has_no_median() -> None:
    few = Stays(Frequencies.of([3]), Frequencies.of([5, 6, 7, 8]))
    assert (completion.median_stay(few).value, completion.median_stay(few).reason) == (None, completion.NOT_REACHED)
    assert completion.median_stay(Stays(Frequencies.of([]), Frequencies.of([5]))).value is None
    exactly = Stays(Frequencies.of([3, 5]), Frequencies.of([8, 9]))
    assert completion.median_stay(exactly).value == 5
    assert completion.median_stay(exactly).reason == completion.NO_LIMIT


def test_the_share_that_stays_longer_is_read_from_the_curve() -> None:
    assert completion.remaining_at(MAINTAINED, 13).value == pytest.approx(0.818181818182)
    assert completion.remaining_at(MAINTAINED, 12.9).value == pytest.approx(0.909090909091)
    assert (completion.remaining_at(MAINTAINED, 1).value, completion.remaining_at(MAINTAINED, 1).low) == (1, None)
    assert completion.remaining_at(MAINTAINED, 200).value is None
    assert completion.remaining_at(NOT_MAINTAINED, 200).value == 0
    assert completion.remaining_at(Stays(Frequencies.of([])), 3).value is None


def test_one_group_or_nobody_who_ended_is_not_compared() -> None:
    with pytest.raises(TooFewPoints):
        completion.log_rank([MAINTAINED, Stays(Frequencies.of([]))])
    still = Stays(Frequencies.of([]), Frequencies.of([4, 5]))
    assert completion.log_rank([still, still]).p.reason == completion.NOBODY_ENDED
    at_once = Stays(Frequencies.of([4, 4]))
    assert completion.log_rank([at_once, at_once]).p.value is None
    with pytest.raises(OutOfRange):
        Stays(Frequencies.of([-1]))


@MODEST
@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_adjusted_p_values_are_scipys(p_values: list[float]) -> None:
    told = multiple.benjamini_hochberg(p_values, 0.1)
    assert told.p_values == pytest.approx(stats.false_discovery_control(p_values).tolist())
    assert told.found == tuple(adjusted <= 0.1 or adjusted == pytest.approx(0.1, rel=1e-12) for adjusted in told.p_values)


def test_the_fifteen_of_benjamini_and_hochberg_keep_four() -> None:
    printed = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0]
    assert sum(multiple.benjamini_hochberg(printed).found) == 4
    assert multiple.benjamini_hochberg([]).found == ()


def test_of_forty_comparisons_two_differ_by_chance_and_seldom_more_than_four() -> None:
    told = multiple.by_chance(40)
    assert (told.value, told.low, told.high, told.n) == (pytest.approx(2), 0, 4, 40)
    assert multiple.by_chance(0).high == 0
    assert multiple.by_chance(200, 0.002).high == stats.binom.ppf(0.95, 200, 0.002)


def test_impossible_p_values_and_numbers_of_comparisons_are_refused() -> None:
    for wrong in ([1.1], [-0.1]):
        with pytest.raises(OutOfRange):
            multiple.benjamini_hochberg(wrong)
    with pytest.raises(NotANumber):
        multiple.benjamini_hochberg([float("nan")])
    for ask in (lambda: multiple.benjamini_hochberg([0.1], 0), lambda: multiple.by_chance(-1), lambda: multiple.by_chance(5, 1)):
        with pytest.raises(OutOfRange):
            ask()


def test_rubins_rules_give_what_mice_gives() -> None:
    estimates, variances = [1.2, 0.9, 1.5, 1.1, 1.05], [0.0441, 0.0361, 0.0625, 0.04, 0.0484]
    told, endless = pooling.rubin(estimates, variances, 60, 2), pooling.rubin(estimates, variances)
    assert (told.estimate.value, told.within, told.between, told.total) == pytest.approx((1.15, 0.04622, 0.05, 0.10622))
    assert (told.df, told.increase, told.missing_information) == pytest.approx((8.28263873652, 1.29813933362, 0.641998859351))
    assert (endless.df, endless.missing_information) == pytest.approx((12.5363204444, 0.620880519398))
    reach = stats.t.ppf(0.975, told.df) * 0.10622**0.5
    assert (told.estimate.low, told.estimate.high) == pytest.approx((1.15 - reach, 1.15 + reach))


def test_copies_that_agree_have_the_degrees_of_freedom_of_the_whole_table() -> None:
    told = pooling.rubin([1, 1, 1], [0.04] * 3, 60, 2)
    assert (told.between, told.df) == (0, pytest.approx(58 * 59 / 61))
    endless = pooling.rubin([1, 1, 1], [0.04] * 3)
    assert (endless.df, endless.missing_information) == (None, 0)
    assert endless.estimate.high == pytest.approx(1 + 1.959963984540054 * 0.2)


def test_what_cannot_be_pooled_is_refused() -> None:
    with pytest.raises(TooFewPoints):
        pooling.rubin([1], [1])
    with pytest.raises(UnequalLengths):
        pooling.rubin([1, 2], [1])
    for wrong in (([1, 2], [1, 0], None), ([1, 2], [1, 1], 1)):
        with pytest.raises(OutOfRange):
            pooling.rubin(*wrong)


def test_groups_that_are_never_there_side_by_side_cannot_be_compared() -> None:
    gone_early = Stays(Frequencies.of([]), Frequencies.of([1, 1]))
    told = completion.log_rank([gone_early, Stays(Frequencies.of([5, 6, 7]))])
    assert told.p.value is None and told.statistic.value is None and told.p.reason == completion.NEVER_SIDE_BY_SIDE

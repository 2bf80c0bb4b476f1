"""Wilcoxon's signed ranks, the rank-biserial correlation and the Hodges-Lehmann shift."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from samsyn.analysis import change, ranks, shift
from samsyn.analysis.frequency import Frequencies, Pairs
from samsyn.analysis.ranks import Zeros
from samsyn.analysis.refused import OutOfRange

MODEST = settings(deadline=None, max_examples=25)
DEPRESSION = Pairs.of([0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29], [1.83, 0.5, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.3])
LOKE_START = [52, 47, 60, 55, 41, 49, 50, 53, 46, 57, 39, 62, 48, 51, 45, 56, 42, 49, 53]
LOKE_END = [61, 58, 66, 54, 55, 63, 68, 50, 57, 65, 52, 64, 59, 60, 47, 70, 49, 62, 59]

changes = st.lists(st.integers(-6, 6), min_size=1, max_size=9)


def of_changes(values: list[float]) -> Pairs:
    return Pairs.of([0.0] * len(values), list(values))


def test_the_depressed_of_hollander_and_wolfe_are_found() -> None:
    told = ranks.wilcoxon(DEPRESSION)
    assert (told.two_sided.statistic.value, told.two_sided.p.value, told.p_rise.value) == (40, 0.0390625, 0.01953125)
    point = shift.hodges_lehmann(DEPRESSION)
    assert (point.value, point.low, point.high) == pytest.approx((0.46, 0.01, 0.786), rel=1e-9)
    correlation = ranks.rank_biserial(DEPRESSION)
    assert (correlation.value, correlation.low, correlation.high) == pytest.approx((0.777777777778, 0.295363129336, 0.94415590192))


def test_the_nineteen_pairs_of_the_worked_unit_are_found_both_ways() -> None:
    pairs = Pairs.of(LOKE_START, LOKE_END)
    normal, exact = ranks.wilcoxon_normal_uncorrected(pairs).two_sided, ranks.wilcoxon(pairs).two_sided
    assert (190 - normal.statistic.value, normal.p.value) == pytest.approx((5, 0.000288), abs=5e-7)
    assert exact.p.value == pytest.approx(2 * 9 / 2**19)
    assert (exact.p.method, exact.p.n) == ("wilcoxon_exact", 19)


def by_all_signs(values: list[int]) -> tuple[float, float, float]:
    """Return the rank sum of the rises and the chances of at least and at most that, by going through every choice of signs."""
    sizes = np.array([abs(value) for value in values if value])
    of_each = stats.rankdata(sizes)
    seen = float(of_each[np.array([value for value in values if value]) > 0].sum())
    sums = [float(of_each @ np.array(signs)) for signs in product((0, 1), repeat=len(sizes))]
    return seen, float(np.mean([total >= seen for total in sums])), float(np.mean([total <= seen for total in sums]))


@MODEST
@given(changes.filter(any))
def test_the_exact_distribution_is_that_of_all_signs(values: list[int]) -> None:
    told, (seen, rise, fall) = ranks.wilcoxon_exact(of_changes(values)), by_all_signs(values)
    assert told.two_sided.statistic.value == pytest.approx(seen)
    assert (told.p_rise.value, told.p_fall.value) == pytest.approx((rise, fall))
    assert told.two_sided.p.value == pytest.approx(min(1, 2 * min(rise, fall)))
    assert told.two_sided.p.settings["unchanged"] == values.count(0)


@MODEST
@given(st.lists(st.integers(-9, 9), min_size=12, max_size=60).filter(lambda values: np.count_nonzero(values) > 3), st.sampled_from(Zeros))
def test_the_normal_approximation_is_scipys(values: list[int], zeros: Zeros) -> None:
    named = {Zeros.LEFT_OUT: "wilcox", Zeros.RANKED: "pratt"}[zeros]
    for ours, corrected in ((ranks.wilcoxon_normal, True), (ranks.wilcoxon_normal_uncorrected, False)):
        theirs = stats.wilcoxon(np.array(values, dtype=float), zero_method=named, correction=corrected, method="asymptotic")
        told = ours(of_changes(values), zeros)
        assert told.two_sided.p.value == pytest.approx(theirs.pvalue, rel=1e-9)


def test_up_to_twenty_five_who_changed_the_test_is_exact() -> None:
    values = list(range(1, 26))
    assert ranks.wilcoxon(of_changes([*values, 0, 0])).two_sided.p.method == "wilcoxon_exact"
    assert ranks.wilcoxon(of_changes([*values, 26])).two_sided.p.method == "wilcoxon_normal"
    assert ranks.wilcoxon(of_changes(values)).two_sided.p.value == pytest.approx(2**-24)


def test_ranked_zeros_push_the_others_up() -> None:
    pairs = of_changes([0, 0, 1, -2, 3])
    assert ranks.wilcoxon(pairs).two_sided.statistic.value == 1 + 3
    pratt = ranks.wilcoxon(pairs, Zeros.RANKED)
    assert (pratt.two_sided.statistic.value, pratt.two_sided.p.n) == (3 + 5, 3)
    assert pratt.two_sided.p.settings["zeros"] == Zeros.RANKED.value
    assert pratt.p_rise.value == pytest.approx(3 / 8)


def test_changes_equal_on_paper_are_tied() -> None:
    pairs = Pairs.of([1.1, 0.0, 1.0], [1.2, 0.1, 2.0])
    assert len(pairs.changes.values) == 3
    assert ranks.wilcoxon(pairs).two_sided.p.value == 0.25
    assert ranks.wilcoxon(Pairs.of([1.1, 0.1, 1.0], [1.2, 0.0, 3.0])).two_sided.statistic.value == 1.5 + 3
    assert ranks.rank_biserial(Pairs.of([1.1, 0.1], [1.2, 0.0])).value == 0


def test_when_nobody_changed_there_is_no_test() -> None:
    same, nobody = of_changes([0, 0, 0]), Pairs.of([], [])
    for ask in (ranks.wilcoxon, ranks.wilcoxon_exact, ranks.wilcoxon_normal, ranks.wilcoxon_normal_uncorrected):
        assert (ask(same).two_sided.p.value, ask(same).p_rise.reason) == (None, change.NO_CHANGE)
        assert ask(nobody).two_sided.p.reason == change.NO_PAIRS
    assert ranks.rank_biserial(same).reason == change.NO_CHANGE
    assert ranks.rank_biserial(nobody).reason == shift.hodges_lehmann(nobody).reason == change.NO_PAIRS
    assert shift.hodges_lehmann(of_changes([0] * 8)).value == 0


def test_when_all_changed_one_way_the_correlation_is_whole_and_has_no_interval() -> None:
    for values, whole in (([1, 2, 3, 0], 1), ([-1, -1, -2], -1)):
        told = ranks.rank_biserial(of_changes(values))
        assert (told.value, told.low, told.high, told.reason) == (whole, None, None, ranks.ALL_ONE_WAY)


def all_averages(values: list[float]) -> list[float]:
    return sorted((values[i] + values[j]) / 2 for i in range(len(values)) for j in range(i, len(values)))


@MODEST
@given(st.lists(st.integers(-20, 20), min_size=6, max_size=25))
def test_the_shift_and_its_interval_are_among_all_averages(values: list[int]) -> None:
    averages, told = all_averages(values), shift.hodges_lehmann(of_changes(values))
    assert told.value == pytest.approx(float(np.median(averages)))
    place = ranks.lowest_rank_sum(len(values), 0.025)
    assert (told.low, told.high) == (averages[place - 1], averages[-place])


@MODEST
@given(st.lists(st.integers(-50, 50), min_size=1, max_size=30), st.data())
def test_halving_finds_the_same_average_as_the_whole_list(values: list[int], data: st.DataObject) -> None:
    averages, table = all_averages(values), Frequencies.of(values)
    place = data.draw(st.integers(1, len(averages)))
    assert shift._ordered_by_halving(table, place) == pytest.approx(averages[place - 1], abs=1e-9)
    assert shift._ordered(table, place) == averages[place - 1]


def test_many_different_changes_are_ordered_by_halving(monkeypatch: pytest.MonkeyPatch) -> None:
    pairs = of_changes([float(value**2) for value in range(-30, 30)])
    listed = shift.hodges_lehmann(pairs)
    monkeypatch.setattr(shift, "ALL_AVERAGES_UP_TO", 5)
    halved = shift.hodges_lehmann(pairs)
    assert (halved.value, halved.low, halved.high) == pytest.approx((listed.value, listed.low, listed.high))


@pytest.mark.parametrize(("n", "lowest"), [(6, 1), (9, 6), (10, 9), (20, 53), (25, 90), (49, 416), (50, 435)])
def test_the_lowest_rank_sums_are_rs_qsignrank(n: int, lowest: int) -> None:
    assert ranks.lowest_rank_sum(n, 0.025) == lowest


def test_above_two_hundred_the_rank_sums_follow_the_normal_distribution() -> None:
    exact = np.cumsum(ranks._sign_distribution(tuple(range(1, 251))))
    assert abs(ranks.lowest_rank_sum(250, 0.025) - int(np.searchsorted(exact, 0.025))) <= 1


@pytest.mark.parametrize("tail", [0.005, 0.025, 0.05])
def test_up_to_two_hundred_the_rank_sums_are_exact(tail: float) -> None:
    exact = np.cumsum(ranks._sign_distribution(tuple(range(1, 62))))
    assert ranks.lowest_rank_sum(61, tail) == int(np.searchsorted(exact, tail))


def test_a_group_too_small_for_the_level_has_no_interval_of_its_shift() -> None:
    told = shift.hodges_lehmann(of_changes([1, 2, 3, 4, 5]))
    assert (told.value, told.low) == (3, None) and told.reason
    assert shift.hodges_lehmann(of_changes([1, 2, 3, 4, 5]), 0.9).low == 1
    with pytest.raises(OutOfRange):
        shift.hodges_lehmann(of_changes([1]), 1)

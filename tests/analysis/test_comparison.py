"""Places beside each other: printed limits, R's spdep, and differences no larger than chance."""

from __future__ import annotations

from math import nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from samsyn.analysis.comparison import (
    NO_LARGER_THAN_CHANCE,
    funnel_of_ratios,
    funnel_of_shares,
    overdispersion_of_ratios,
    overdispersion_of_shares,
    rank_intervals,
    share_outside,
    shrink,
    widened_funnel_of_ratios,
    widened_funnel_of_shares,
)
from samsyn.analysis.refused import NothingToCount, OutOfRange, TooFewPoints, UnequalLengths

DEATHS = [1, 0, 5, 1, 9, 7, 0, 0, 4, 1, 2, 16, 4, 4, 4, 18, 3, 4, 1, 1, 1, 0, 1, 2, 10, 23, 13, 6, 4, 16, 8, 0, 10, 6, 0, 2, 16, 2,
          4, 1, 0, 8, 5, 5, 0, 5, 7, 2, 11, 3, 14, 5, 9, 6, 2, 0, 7, 3, 4, 5, 12, 18, 6, 10, 8, 2, 5, 44, 3, 3, 5, 5, 0, 10, 3, 11,
          1, 0, 4, 1, 2, 38, 1, 4, 15, 7, 0, 4, 4, 0, 13, 8, 29, 31, 5, 8, 4, 15, 12, 5]  # fmt: skip
BIRTHS = [1091, 487, 3188, 508, 1421, 1452, 286, 420, 968, 1612, 1035, 4449, 1671, 1556, 2180, 3608, 1638, 3146, 1323, 484, 751, 781,
          1269, 1399, 11858, 16184, 4672, 1324, 3164, 7970, 4021, 671, 3657, 3609, 770, 1549, 14484, 765, 4139, 1207, 1333, 5509, 3573,
          990, 248, 1946, 4456, 1646, 3702, 4606, 5094, 5754, 7515, 3999, 2110, 521, 2692, 675, 870, 2252, 2992, 6638, 3776, 4866, 2216,
          1143, 2648, 21588, 4099, 1258, 2356, 2574, 415, 3589, 1173, 9014, 533, 797, 3025, 542, 1027, 20366, 578, 3915, 1570, 1494,
          338, 2483, 2756, 284, 5868, 2255, 11158, 7889, 2414, 1782, 1228, 3350, 5526, 2181]  # fmt: skip


def test_funnel_limits_are_the_printed_ones() -> None:
    near, far = funnel_of_ratios([15, 20, 30]), funnel_of_ratios([15, 20, 30], level=0.998)
    assert near.low == pytest.approx([0.559692408852, 0.61082597927, 0.674695800714], abs=1e-9)
    assert near.high == pytest.approx([1.64934792477, 1.54441889513, 1.42756217983], abs=1e-9)
    assert far.low == pytest.approx([0.386265034855, 0.447910663381, 0.528972359905], abs=1e-9)
    assert far.high == pytest.approx([2.0829073019, 1.90209406769, 1.70277080553], abs=1e-9)


@settings(deadline=None, max_examples=30)
@given(st.floats(0.05, 500), st.floats(0.01, 5))
def test_limits_round_another_target_are_those_of_the_expected_events(size: float, target: float) -> None:
    limits = funnel_of_ratios([size], target)
    mean = size * target
    assert limits.low[0] == pytest.approx(stats.chi2.ppf(0.025, 2 * mean) / 2 / size, abs=1e-12)
    assert limits.high[0] == pytest.approx(stats.chi2.ppf(0.975, 2 * mean + 2) / 2 / size)
    assert 0 <= limits.low[0] <= target <= limits.high[0]


def test_limits_of_shares_are_clopper_and_pearsons_where_the_count_is_whole() -> None:
    limits = funnel_of_shares([10, 200], 0.3)
    for place, (hits, n) in enumerate(((3, 10), (60, 200))):
        theirs = stats.binomtest(hits, n).proportion_ci(0.95, "exact")
        assert (limits.low[place], limits.high[place]) == pytest.approx((theirs.low, theirs.high))


def test_a_tiny_place_never_has_a_limit_below_nothing() -> None:
    assert funnel_of_ratios([0.05]).low[0] >= 0
    assert widened_funnel_of_ratios([0.2], 0.5).low[0] == 0
    assert widened_funnel_of_shares([2], 0.5, 0.1).low[0] == 0


def test_overdispersion_is_the_mean_of_the_winsorised_squares() -> None:
    observed, expected = np.array([100, 150, 180, 80, 120, 225]), np.array([108.0, 112, 165, 95, 100, 220])
    found = overdispersion_of_ratios(observed, expected)
    scores = 2 * (np.sqrt(observed) - np.sqrt(expected))
    pulled = np.clip(scores, *np.quantile(scores, [0.1, 0.9]))
    phi, weight = float((pulled**2).mean()), 4 * expected
    assert found.phi.value == pytest.approx(phi)
    assert found.between.value == pytest.approx((6 * phi - 5) / (weight.sum() - (weight**2).sum() / weight.sum()))
    widened, exact = widened_funnel_of_ratios(expected, found.between.value or nan), funnel_of_ratios(expected)
    assert (widened.low < exact.low).all() and (widened.high > exact.high).all()


def test_places_that_differ_less_than_chance_have_no_variance_between_them() -> None:
    found = overdispersion_of_ratios([100, 101, 99], [100, 100, 100])
    assert (found.between.value, found.between.reason) == (0.0, NO_LARGER_THAN_CHANCE)
    assert overdispersion_of_shares([50, 51, 49], [100] * 3, 0.5).between.value == 0.0


def test_shares_that_differ_widely_are_overdispersed() -> None:
    found = overdispersion_of_shares([10, 50, 90, 30], [100] * 4, 0.45, winsorised=0.0)
    scores = 20 * (np.arcsin(np.sqrt([0.1, 0.5, 0.9, 0.3])) - np.arcsin(np.sqrt(0.45)))
    assert found.phi.value == pytest.approx((scores**2).mean())
    limits = widened_funnel_of_shares([100], found.between.value or nan, 0.45)
    assert 0 <= limits.low[0] < 0.1 and 0.85 < limits.high[0] <= 1


def test_shrinkage_is_that_of_spdep_in_north_carolina() -> None:
    found = shrink(DEATHS, BIRTHS)
    assert (found.between.value, found.overall.value) == pytest.approx((7.69293064702e-07, 0.00202144489365))
    assert found.rates[[0, 1, 4, 24, 84, 99]] == pytest.approx(
        [0.00169729733086, 0.00170537768084, 0.00353491314916, 0.00105702296298, 0.00483880405213, 0.00214439557077]
    )
    assert found.between.reason == ""


def test_all_get_the_overall_rate_when_the_differences_are_no_larger_than_chance() -> None:
    found = shrink([10, 11, 9], [1000, 1000, 1000])
    assert found.rates == pytest.approx([0.01] * 3)
    assert (found.between.value, found.between.reason) == (0.0, NO_LARGER_THAN_CHANCE)


@settings(deadline=None, max_examples=30)
@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 500)), min_size=2, max_size=12))
def test_a_shrunk_rate_lies_between_its_own_and_the_overall(places: list[tuple[int, int]]) -> None:
    events, population = zip(*places, strict=True)
    if not sum(events):
        with pytest.raises(NothingToCount):
            shrink(events, population)
        return
    found = shrink(events, population)
    own, overall = np.array(events) / np.array(population), found.overall.value or nan
    assert ((found.rates >= np.minimum(own, overall) - 1e-12) & (found.rates <= np.maximum(own, overall) + 1e-12)).all()


def test_ranks_of_places_that_cannot_be_told_apart_reach_over_the_whole_list() -> None:
    alike = rank_intervals([10, 12, 11], [1000] * 3)
    assert [(rank.value, rank.low, rank.high) for rank in alike] == [(3, 1, 3), (1, 1, 3), (2, 1, 3)]
    apart = rank_intervals([10, 100, 11], [1000] * 3)
    assert [(rank.low, rank.high) for rank in apart] == [(2, 3), (1, 1), (2, 3)]


def test_ties_share_their_rank() -> None:
    assert [rank.value for rank in rank_intervals([5, 5, 9], [100] * 3)] == [2.5, 2.5, 1]


def test_intervals_of_ranks_hold_all_true_ranks_together() -> None:
    source, held = np.random.default_rng(7), 0
    true = np.array([5.0, 8, 12, 20, 33, 34])
    ranks = stats.rankdata(-true)
    for _ in range(200):
        found = rank_intervals(source.poisson(true), np.ones(6))
        held += all((rank.low or 0) <= place <= (rank.high or 0) for rank, place in zip(found, ranks, strict=True))
    assert held >= 190


def test_the_share_outside_is_shown_beside_what_chance_gives() -> None:
    found = share_outside([0.1, 1.0, 1.0, 3.0], funnel_of_ratios([20] * 4))
    assert (found.value, found.settings["by_chance"]) == (0.5, pytest.approx(0.05))
    assert share_outside([], funnel_of_ratios([])).value is None


def test_impossible_comparisons_are_refused() -> None:
    with pytest.raises(OutOfRange, match="över 0"):
        funnel_of_ratios([0.0])
    with pytest.raises(OutOfRange, match="Jämförelsevärdet"):
        funnel_of_shares([10], 1.0)
    with pytest.raises(OutOfRange, match="större"):
        overdispersion_of_shares([11], [10], 0.5)
    with pytest.raises(OutOfRange, match="under 0"):
        widened_funnel_of_ratios([10.0], -0.1)
    with pytest.raises(OutOfRange, match="Nivån"):
        funnel_of_ratios([10.0], level=1.0)
    with pytest.raises(OutOfRange, match="dras in"):
        overdispersion_of_ratios([1, 2], [1, 2], winsorised=0.5)
    with pytest.raises(TooFewPoints):
        shrink([1], [10])
    with pytest.raises(TooFewPoints):
        overdispersion_of_ratios([1], [1])
    with pytest.raises(UnequalLengths):
        rank_intervals([1, 2], [1])
    with pytest.raises(NothingToCount):
        rank_intervals([], [])

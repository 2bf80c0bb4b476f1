"""Shares, differences between shares, odds, and a share against a population's."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.contingency_tables import Table2x2

from samsyn.analysis import proportion
from samsyn.analysis.refused import NothingToCount, OutOfRange

MODEST = settings(deadline=None, max_examples=40)


@st.composite
def parts(draw: st.DrawFn, most: int = 60) -> tuple[int, int]:
    of = draw(st.integers(1, most))
    return draw(st.integers(0, of)), of


@pytest.mark.parametrize(
    ("count", "of", "wilson", "exact"),
    [
        (81, 263, (0.255288519878, 0.366209576983), (0.252736745585, 0.367621922601)),
        (15, 148, (0.0623863995307, 0.160487241723), (0.0578440100834, 0.161650490349)),
        (0, 20, (0, 0.161125158053), (0, 0.168433470983)),
        (1, 29, (0.00611321429276, 0.171755218793), (0.00087264688358, 0.177644295489)),
    ],
)
def test_the_intervals_of_newcombes_table_are_found(
    count: int, of: int, wilson: tuple[float, float], exact: tuple[float, float]
) -> None:
    score, clopper = proportion.share(count, of), proportion.share_clopper_pearson(count, of)
    assert (score.value, score.n, score.unit) == (count / of, of, "share")
    assert (score.low, score.high) == pytest.approx(wilson, abs=1e-9)
    assert (clopper.low, clopper.high) == pytest.approx(exact, abs=1e-9)


@MODEST
@given(parts(), st.floats(0.5, 0.999))
def test_intervals_of_a_share_are_scipys(part: tuple[int, int], level: float) -> None:
    count, of = part
    theirs = stats.binomtest(count, of)
    for ours, name in ((proportion.share(count, of, level), "wilson"), (proportion.share_clopper_pearson(count, of, level), "exact")):
        interval = theirs.proportion_ci(level, method=name)
        assert (ours.low, ours.high) == pytest.approx((interval.low, interval.high), abs=1e-9)
        assert ours.level == level


def test_the_differences_newcombe_printed_are_found() -> None:
    apart = proportion.share_difference(56, 70, 48, 80)
    assert (apart.value, apart.low, apart.high, apart.n) == pytest.approx((0.2, 0.0524, 0.3339, 150), abs=5e-5)
    paired = proportion.share_difference_paired(36, 2, 12, 0)
    assert (paired.value, paired.low, paired.high, paired.n) == pytest.approx((0.2, 0.0569, 0.3404, 50), abs=5e-5)


@MODEST
@given(st.tuples(*[st.integers(0, 30)] * 4).filter(any))
def test_a_paired_difference_turns_around_with_its_answers_and_holds_its_value(cells: tuple[int, int, int, int]) -> None:
    both, before, after, neither = cells
    there = proportion.share_difference_paired(both, before, after, neither)
    back = proportion.share_difference_paired(both, after, before, neither)
    assert (back.value, back.low, back.high) == pytest.approx((-there.value, -there.high, -there.low), abs=1e-9)
    assert -1 - 1e-9 <= there.low <= there.value <= there.high <= 1 + 1e-9


@MODEST
@given(st.tuples(*[st.integers(0, 30)] * 4).filter(any))
def test_a_paired_difference_is_its_formula_written_out(cells: tuple[int, int, int, int]) -> None:
    a, b, c, d = cells
    n = a + b + c + d
    after, before = proportion.share(a + c, n), proportion.share(a + b, n)
    margins = (a + b) * (c + d) * (a + c) * (b + d)
    product = a * d - b * c
    phi = 0.0 if not margins else (max(product - n / 2, 0) if product > 0 else product) / margins**0.5
    down, up = after.value - after.low, before.high - before.value
    expected = after.value - before.value - max(0, down**2 - 2 * phi * down * up + up**2) ** 0.5
    assert proportion.share_difference_paired(*cells).low == pytest.approx(expected, abs=1e-9)


def test_odds_have_no_number_when_all_are_in() -> None:
    told = proportion.odds(3, 4)
    wilson = proportion.share(3, 4)
    assert (told.value, told.low, told.high) == pytest.approx((3, wilson.low / (1 - wilson.low), wilson.high / (1 - wilson.high)))
    assert not proportion.odds(4, 4).is_told and proportion.odds(4, 4).reason
    assert proportion.odds(0, 4).low == 0


def test_an_odds_ratio_has_woolfs_interval_and_none_with_an_empty_cell() -> None:
    told = proportion.odds_ratio(10, 30, 5, 40)
    assert (told.value, told.low, told.high) == pytest.approx((3.5, *Table2x2([[10, 20], [5, 35]]).oddsratio_confint()))
    assert not proportion.odds_ratio(0, 30, 5, 40).is_told


@MODEST
@given(parts(), st.one_of(st.sampled_from([0.0, 1.0, 0.5]), st.floats(0.001, 0.999)))
def test_the_exact_test_against_a_population_is_scipys(part: tuple[int, int], expected: float) -> None:
    count, of = part
    ours = proportion.binomial_test(count, of, expected)
    assert ours.p.value == pytest.approx(stats.binomtest(count, of, expected).pvalue, rel=1e-9, abs=1e-15)
    assert (ours.statistic.value, ours.p.n, ours.p.settings["expected_share"]) == (count, of, expected)


def test_nine_of_twenty_risky_drinkers_are_more_than_eighteen_per_cent() -> None:
    assert proportion.binomial_test(9, 20, 0.18).p.value == pytest.approx(0.004876937156)


@pytest.mark.parametrize(("count", "of", "refusal"), [(0, 0, NothingToCount), (3, 2, OutOfRange), (-1, 2, OutOfRange), (1.5, 2, OutOfRange)])
def test_counts_that_are_no_part_are_refused(count: int, of: int, refusal: type[Exception]) -> None:
    for ask in (proportion.share, proportion.share_clopper_pearson, proportion.odds):
        with pytest.raises(refusal):
            ask(count, of)
    with pytest.raises(refusal):
        proportion.share_difference(count, of, 1, 2)
    with pytest.raises(refusal):
        proportion.odds_ratio(1, 2, count, of)
    with pytest.raises(refusal):
        proportion.binomial_test(count, of, 0.5)


def test_levels_and_shares_outside_their_range_are_refused() -> None:
    for level in (0, 1, 1.5):
        with pytest.raises(OutOfRange):
            proportion.share(1, 2, level)
        with pytest.raises(OutOfRange):
            proportion.share_clopper_pearson(1, 2, level)
    with pytest.raises(OutOfRange):
        proportion.binomial_test(1, 2, 1.1)
    with pytest.raises(NothingToCount):
        proportion.share_difference_paired(0, 0, 0, 0)

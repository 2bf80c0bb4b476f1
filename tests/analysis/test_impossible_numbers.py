"""
What nobody should send in: NaN, infinity, numbers too large to square, counts that are not whole, levels outside 0 to 1.

Each function either answers with finite numbers or refuses by name; nothing else comes out, and numpy says nothing.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from math import inf, isfinite, nan
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samsyn.analysis import (
    attrition,
    change,
    comparison,
    completion,
    counts,
    cutoffs,
    displacement,
    effect_size,
    mcnemar,
    multiple,
    noncentral_t,
    norms,
    power,
    proportion,
    ranks,
    regression,
    reliable_change,
    rounding,
    segmented,
    shift,
    similar,
    spc,
    spc_rules,
    standardisation,
    structural_level,
    synthetic_control,
    trend,
    two_groups,
)
from samsyn.analysis.categories import SquareTable
from samsyn.analysis.direction import Direction
from samsyn.analysis.displacement import Level
from samsyn.analysis.frequency import Counts, Frequencies, Pairs, Series, whole_counts
from samsyn.analysis.imputation import ImputationSettings
from samsyn.analysis.norm import Norm
from samsyn.analysis.refused import NotANumber, NothingToCount, OutOfRange, Refused, UnequalLengths
from samsyn.analysis.spread import PairedSummary

ANY = st.sampled_from([nan, inf, -inf, -1, 0, 1, 2, 3, 0.5, 5, 12, 40, 2.5, 1e6, 1e-9, 1e12, 1e300, -1e300, 1e-300])
LEVEL = st.sampled_from([0.95, 0.95, 0.95, 0.9, 0.99, 0, 1, -1, 1.5, nan, inf, 1e-9])
COLUMN = st.lists(st.one_of(ANY, st.sampled_from([0, 1, 2, 3, 5, 8])), max_size=12)
HIGHER = Direction.HIGHER_IS_BETTER


def _not_finite(told: Any, path: str = "") -> str:
    """Return where in an answer there is a number that is not finite; "" if nowhere."""
    if isinstance(told, float | np.floating):
        return "" if isfinite(told) else path or "value"
    if isinstance(told, np.ndarray):
        return "" if told.dtype.kind != "f" or np.isfinite(told).all() else f"{path}[]"
    parts: list[tuple[str, Any]] = []
    if is_dataclass(told):
        parts = [(field.name, getattr(told, field.name)) for field in fields(told)]
    elif isinstance(told, Mapping):
        parts = [(str(key), value) for key, value in told.items()]
    elif isinstance(told, tuple | list):
        parts = [(str(place), value) for place, value in enumerate(told)]
    return next((found for name, value in parts if (found := _not_finite(value, f"{path}.{name}"))), "")


def _answers_or_refuses(question: Callable[[], Any]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            told = question()
        except Refused:
            return
    assert _not_finite(told) == ""


OF_TWO = {
    "share": lambda a, b, level: proportion.share(a, b, level),
    "share_clopper_pearson": lambda a, b, level: proportion.share_clopper_pearson(a, b, level),
    "share_difference": lambda a, b, level: proportion.share_difference(a, b, 3, 10, level),
    "share_difference_paired": lambda a, b, level: proportion.share_difference_paired(3, a, b, 2, level),
    "odds_ratio": lambda a, b, level: proportion.odds_ratio(a, b, 3, 10, level),
    "binomial_test": lambda a, b, level: proportion.binomial_test(3, 10, a),
    "fisher_exact": lambda a, b, level: two_groups.fisher_exact(a, b, 3, 10),
    "odds_of_change": lambda a, b, level: mcnemar.odds_of_change(mcnemar.YesNo(1, a, b, 1), level),
    "mid_p": lambda a, b, level: mcnemar.mid_p(mcnemar.YesNo(1, a, b, 1)),
    "by_chance": lambda a, b, level: multiple.by_chance(a, b, level),
    "count_with_interval": lambda a, b, level: counts.count_with_interval(a, level, b),
    "rate": lambda a, b, level: counts.rate(a, b, level),
    "rate_p": lambda a, b, level: counts.rate_p(3, a, b),
    "rate_p_of_count": lambda a, b, level: counts.rate_p(a, 1.0, b),
    "rate_ratio": lambda a, b, level: counts.rate_ratio(Counts(5, 3, a, b), level),
    "rate_ratio_of_counts": lambda a, b, level: counts.rate_ratio(Counts(a, b), level),
    "rate_ratio_mid_p": lambda a, b, level: counts.rate_ratio_mid_p(Counts(a, b), level),
    "rate_ratio_widened": lambda a, b, level: counts.rate_ratio_mid_p(Counts(3, 2, earlier=(1, 2, 3, 4, 5, 6, a, b)), level),
    "e_test": lambda a, b, level: counts.e_test(Counts(5, 3, a, b)),
    "weighted_difference": lambda a, b, level: displacement.weighted_difference(Counts(5, 3, a, b), Counts(4, 4), level=level),
    "difference_in_levels": lambda a, b, level: displacement.difference_in_levels(Level(a, 1, 1, b), Level(1, 2, 1, 1), level),
    "ratio_of_ratios_of_levels": lambda a, b, level: displacement.ratio_of_ratios_of_levels(Level(a, b), Level(1, 2)),
    "standardised_ratio": lambda a, b, level: standardisation.standardised_ratio(a, b, level),
    "standardised_ratio_lognormal": lambda a, b, level: standardisation.standardised_ratio_lognormal(a, b, level),
    "poisson_test": lambda a, b, level: standardisation.poisson_test(a, b),
    "byar_limits": lambda a, b, level: standardisation.byar_limits(a, level),
    "poisson_limits": lambda a, b, level: standardisation.poisson_limits(a, level),
    "crude_rate": lambda a, b, level: standardisation.crude_rate(a, b, level),
    "share_bounds": lambda a, b, level: attrition.share_bounds(a, 10, b, level),
    "cutoff_a": lambda a, b, level: cutoffs.cutoff_a(a, b, HIGHER),
    "cutoff_c": lambda a, b, level: cutoffs.cutoff_c(a, 1, 2, b),
    "reliable_points": lambda a, b, level: reliable_change.reliable_points(reliable_change.ReliableChange(HIGHER, 0.8, a, "", cutoff=b)),
    "index": lambda a, b, level: reliable_change.index(np.array([a]), np.array([b]), reliable_change.ReliableChange(HIGHER, 0.8, 3.0, "")),
    "norm_difference": lambda a, b, level: norms.norm_difference(Frequencies.of([1, 2]), Norm(a, b), level),
    "percentile": lambda a, b, level: norms.percentile(a, Norm(10, b, 12), level),
    "one_sample_d": lambda a, b, level: norms.one_sample_d(two_groups.Summary(a, b, 9), 1.0, level),
    "welch": lambda a, b, level: two_groups.welch(two_groups.Summary(a, b, 9), two_groups.Summary(1, 2, 9), level),
    "beyond_cutoff": lambda a, b, level: norms.beyond_cutoff(Frequencies.of([1, 2]), a, HIGHER, b, level),
    "expected_regression": lambda a, b, level: norms.expected_regression(a, b, 0.8),
    "effect_of_summary": lambda a, b, level: effect_size.g_av(PairedSummary(1, a, b, 3, 9, 0.5), level),
    "exact_j": lambda a, b, level: effect_size.exact_j(a),
    "cumulative": lambda a, b, level: noncentral_t.cumulative(a, 9, b),
    "limits": lambda a, b, level: noncentral_t.limits(2, a, level),
    "power_of_paired_t": lambda a, b, level: power.power_of_paired_t(a, b, level),
    "pairs_needed": lambda a, b, level: power.pairs_needed(a, 0.8, level),
    "count_needed": lambda a, b, level: power.count_needed(a, power.CountDesign(b)),
    "smallest_visible_fall": lambda a, b, level: power.smallest_visible_fall(a, power.CountDesign(control_size=b)),
    "power_by_square_root": lambda a, b, level: power.power_by_square_root(a, b),
    "longest_run_limit": lambda a, b, level: spc_rules.longest_run_limit(a),
    "rounded": lambda a, b, level: rounding.rounded(a, b),
    "shares_of_change": lambda a, b, level: change.shares_of_change(Pairs.of([1, 2], [2, 2]), HIGHER, a, level),
    "change_in_important_differences": lambda a, b, level: change.change_in_important_differences(Pairs.of([1, 2], [2, 2]), a, level),
}


@pytest.mark.parametrize("name", OF_TWO)
@settings(deadline=None, max_examples=60)
@given(a=ANY, b=ANY, level=LEVEL)
def test_impossible_numbers_are_refused_by_name(name: str, a: float, b: float, level: float) -> None:
    _answers_or_refuses(lambda: OF_TWO[name](a, b, level))


def _pairs(values: list[float]) -> Pairs:
    return Pairs.of(values, list(reversed(values)))


def _design(values: list[float]) -> regression.Design:
    return regression.Design(("level", "other"), np.column_stack([np.ones(len(values)), np.arange(len(values)) % 3]))


OF_COLUMN = {
    "mean": lambda column, level: change.mean(Frequencies.of(column), level),
    "standard_deviation": lambda column, level: change.standard_deviation(Frequencies.of(column), level),
    "mean_change": lambda column, level: change.mean_change(_pairs(column), level),
    "correlation": lambda column, level: change.correlation(_pairs(column), level),
    "g_av": lambda column, level: effect_size.g_av(_pairs(column), level),
    "d_rm": lambda column, level: effect_size.d_rm(_pairs(column), level),
    "wilcoxon": lambda column, level: ranks.wilcoxon(_pairs(column)),
    "rank_biserial": lambda column, level: ranks.rank_biserial(_pairs(column), level),
    "hodges_lehmann": lambda column, level: shift.hodges_lehmann(_pairs(column), level),
    "kaplan_meier": lambda column, level: completion.kaplan_meier(completion.Stays(Frequencies.of(column)), level),
    "median_stay": lambda column, level: completion.median_stay(completion.Stays(Frequencies.of(column)), level),
    "log_rank": lambda column, level: completion.log_rank(
        [completion.Stays(Frequencies.of(column)), completion.Stays(Frequencies.of([]), Frequencies.of([2]))]
    ),
    "funnel_of_ratios": lambda column, level: comparison.funnel_of_ratios(column, 1.0, level),
    "funnel_of_shares": lambda column, level: comparison.funnel_of_shares(column, 0.3, level),
    "shrink": lambda column, level: comparison.shrink(np.ones(len(column)), column),
    "rank_intervals": lambda column, level: comparison.rank_intervals(column, np.ones(len(column)), level),
    "widened_funnel": lambda column, level: comparison.widened_funnel_of_ratios(column, level),
    "xmr_chart": lambda column, level: spc.xmr_chart(Series(column)),
    "c_chart": lambda column, level: spc.c_chart(Series(column)),
    "t_chart": lambda column, level: spc.t_chart(Series(column)),
    "mann_kendall": lambda column, level: trend.mann_kendall(Series(column)),
    "sen_slope": lambda column, level: trend.sen_slope(Series(column), None, level),
    "segmented_counts": lambda column, level: segmented.segmented_counts(Series(column), segmented.Break(5), level),
    "segmented_values": lambda column, level: segmented.segmented_values(Series(column), segmented.Break(5), level=level),
    "negative_binomial": lambda column, level: regression.negative_binomial(column, _design(column)),
    "local_level": lambda column, level: structural_level.local_level(Series(column)),
    "synthetic_control": lambda column, level: synthetic_control.synthetic_control(column, np.ones((len(column), 2)), [1], [[1, 2]]),
    "direct_rate": lambda column, level: standardisation.direct_rate(np.ones(len(column)), column, np.ones(len(column)), level),
    "standard": lambda column, level: standardisation.Standard(np.ones(len(column)), column).crude_rate,
    "benjamini_hochberg": lambda column, level: multiple.benjamini_hochberg(column, level),
    "with_log": lambda column, level: similar.with_log(np.array([column]), [0, 7]),
}


@pytest.mark.parametrize("name", OF_COLUMN)
@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(column=COLUMN, level=LEVEL)
def test_columns_of_impossible_numbers_are_refused_by_name(name: str, column: list[float], level: float) -> None:
    _answers_or_refuses(lambda: OF_COLUMN[name](column, level))


def test_the_check_itself_sees_a_number_that_is_not_finite() -> None:
    with pytest.raises(AssertionError):
        _answers_or_refuses(lambda: (1.0, {"low": nan}))
    with pytest.raises(ZeroDivisionError):
        _answers_or_refuses(lambda: 1 / 0)
    with pytest.raises(RuntimeWarning):
        _answers_or_refuses(lambda: np.float64(1e300) ** 2)


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        (lambda: Series(["a"]), NotANumber),
        (lambda: whole_counts([1e300], "Antalen"), NotANumber),
        (lambda: whole_counts([1e17], "Antalen"), OutOfRange),
        (lambda: SquareTable([[1], [2, 3]]), UnequalLengths),  # type: ignore[arg-type]
        (lambda: similar.nearest([[1], [2, 3]], ["a", "b"], "a", 1, [1]), UnequalLengths),  # type: ignore[arg-type]
        (lambda: standardisation.Standard([], []), NothingToCount),  # type: ignore[arg-type]
        (lambda: ImputationSettings(seed=-1), OutOfRange),
        (lambda: ImputationSettings(shift=nan), NotANumber),
        (lambda: comparison.rank_intervals([1, 2], [1, 1], -1), OutOfRange),
        (lambda: power.power_of_exact_test(1e9, 0.5), OutOfRange),
        (lambda: counts.rate_p(3, 1e300, 1e300), OutOfRange),
    ],
)
def test_each_refusal_has_its_own_name(wrong: Callable[[], Any], error: type[Refused]) -> None:
    with pytest.raises(error):
        wrong()

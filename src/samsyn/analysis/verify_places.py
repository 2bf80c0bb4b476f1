"""Reference cases about places, time, comparison and disclosure: what the library says of the inputs of each."""

from __future__ import annotations

from typing import Any

import numpy as np

from samsyn.analysis import comparison, counts, displacement, power, regression, rounding, segmented, spc, spc_rules, trend
from samsyn.analysis.disclosure import Rule
from samsyn.analysis.disclosure_audit import Attack
from samsyn.analysis.disclosure_protect import protected
from samsyn.analysis.frequency import Counts, Series
from samsyn.analysis.linked_tables import two_way
from samsyn.analysis.similar import nearest, with_log
from samsyn.analysis.structural_level import local_level
from samsyn.analysis.synthetic_control import synthetic_control
from samsyn.analysis.verify_persons import Found, ends


def did_banks(given: Any) -> Found:
    """Find the additive and the multiplicative difference in differences of levels."""
    place, control = displacement.Level(*given["treated"]), displacement.Level(*given["control"])
    return {
        "did": displacement.difference_in_levels(place, control).value,
        "ratio_of_ratios": displacement.ratio_of_ratios_of_levels(place, control).value,
    }


def eb_shrinkage_nc_sids74(given: Any) -> Found:
    """Draw the rates of all areas towards the whole."""
    found = comparison.shrink(given["events"], given["population"])
    return {"a": found.between.value, "b": found.overall.value, "estimate": found.rates.tolist()}


def etest_krishnamoorthy(given: Any) -> Found:
    """Find the E-test of each pair of counts."""
    return [{"p": counts.e_test(Counts(one["k2"], one["k1"], one["n2"], one["n1"])).value} for one in given]


def funnel_limits_shmi(given: Any) -> Found:
    """Find both pairs of funnel limits."""
    near, far = (comparison.funnel_of_ratios(given["expected_counts"], given["target"], level) for level in (0.95, 0.998))
    return {"lower95": near.low.tolist(), "upper95": near.high.tolist(), "lower998": far.low.tolist(), "upper998": far.high.tolist()}


def its_sicily_smoking_ban(given: Any) -> Found:
    """Fit the three models of the break, and say the seasonally adjusted ratio."""
    series = Series(given["counts"], given["population"])
    season = segmented.Season(given["season_period"], given["harmonics"], given["first_month"])
    last = given["last_before"]
    models = {
        "m2": segmented.Break(last, slope_change=False),
        "m3": segmented.Break(last, slope_change=False, season=season),
        "m4": segmented.Break(last, slope_change=True, season=season),
    }
    found = {name: segmented.segmented_counts(series, at) for name, at in models.items()}
    level = found["m3"].level_change
    return {**{name: _fit(one.fit) for name, one in found.items()}, "m3_rr": level.value, "m3_rr_ci": ends(level)}


def _fit(fit: regression.Fit) -> Found:
    return {
        "coef": dict(zip(fit.names, fit.coefficients, strict=True)),
        "se": dict(zip(fit.names, fit.standard_errors, strict=True)),
        "disp": fit.dispersion,
    }


def nb_glm_insectsprays(given: Any) -> Found:
    """Fit counts by group, negative binomial and Poisson."""
    groups = sorted(set(given["group"]))
    names = ("(Intercept)", *(f"spray{group}" for group in groups[1:]))
    columns = [np.ones(len(given["group"])), *(np.array([one == group for one in given["group"]], dtype=float) for group in groups[1:])]
    design = regression.Design(names, np.column_stack(columns))
    found, plain = regression.negative_binomial(given["count"], design), regression.poisson(given["count"], design)
    fit = _fit(found.fit)
    return {"coef": fit["coef"], "se": fit["se"], "theta": found.theta.value, "poisson_se": _fit(plain)["se"], "pearson_dispersion": plain.dispersion}


def poisson_exact_ci_and_ratio(given: Any) -> Found:
    """Find exact intervals of counts, of a rate, and of a ratio of two rates."""
    one, (first, second), (time_1, time_2) = given["one_sample"], given["ratio"]["x"], given["ratio"]["T"]
    rate, both = counts.rate(one["x"], one["T"]), Counts(second, first, time_2, time_1)
    ratio = counts.rate_ratio(both)
    return {
        "count_ci": [ends(counts.count_with_interval(count)) for count in given["counts"]],
        "one_sample": {"rate": rate.value, "ci": ends(rate)},
        "ratio": {"ratio": ratio.value, "ci": ends(ratio), "p": counts.rate_ratio_p(both).value},
    }


def power_prepost_counts(given: Any) -> Found:
    """Find the power of the exact test, and the counts that the square-root rule asks for."""
    return {
        "exact": [power.power_of_exact_test(one["pre"], one["ratio"]).value for one in given["exact"]],
        "needed": [power.count_needed(ratio).value for ratio in given["needed_pre_count_for_80pct"]],
    }


def rate_ratio_with_control(given: Any) -> Found:
    """Find the ratio of rate ratios, and as a change in per cent."""
    place, control = Counts(*given["treated"]), Counts(*given["control"])
    ratio = displacement.ratio_of_rate_ratios(place, control)
    return {
        "log_ratio": ratio.settings["log_ratio"], "se": ratio.settings["se_log"], "ratio": ratio.value, "ci": ends(ratio),
        "percent_change": displacement.net_percent_change(place, control).value,
    }  # fmt: skip


def runs_limits_anhoej(given: Any) -> Found:
    """Find the limits of both rules of a run chart."""
    return {
        "longest_run_max": [spc_rules.longest_run_limit(n) for n in given["n_useful"]],
        "crossings_min": [spc_rules.fewest_crossings(n) for n in given["n_useful"]],
    }


def sdc_rounding(given: Any) -> Found:
    """Round to the nearest, and find the chance of rounding up."""
    found: dict[str, list[float]] = {}
    for base in (3, 5):
        found[f"base{base}_nearest"] = [rounding.rounded(value, base) for value in given["values"]]
        found[f"base{base}_p_up"] = [rounding.chance_of_rounding_up(value, base) for value in given["values"]]
    return found


def sdc_secondary_suppression_2way(given: Any) -> Found:
    """Protect the table, and let an attacker try."""
    tables, highest_hidden = two_way(given["rows"], given["columns"], given["counts"]), int(given["rule"].rsplit("..", 1)[1])
    found = protected(tables, Rule(threshold=highest_hidden + 1))
    known = Attack(tables, found.hidden).intervals(sorted(found.hidden))
    return {
        "primary": [list(key) for key in sorted(found.small)],
        "secondary": [list(key) for key in sorted(found.others)],
        "n_secondary": len(found.others),
        "suppressed_total": sum(tables.counts[key] for key in found.hidden),
        "attacker_intervals": {"|".join(key): [interval.low, interval.high] for key, interval in known.items()},
    }


def similar_municipalities(given: Any) -> Found:
    """Find the nearest for each set of weights."""
    features = with_log(given["rows"], [place for place, name in enumerate(given["columns"]) if name.endswith("(log)")])
    codes = [f"{place:04d}" for place in range(len(given["rows"]))]
    found = [nearest(features, codes, codes[given["focus"]], given["k"], weights) for weights in given["weights"]]
    return [{"nearest": [one.row for one in near], "distance": [one.distance for one in near]} for near in found]


def spc_p_montgomery_split(given: Any) -> Found:
    """Draw the p chart, with points left out and a split."""
    settings = spc.ChartSettings(splits=(given["split_after"],), excluded=frozenset(given["exclude"]))
    first, second = spc.p_chart(Series(given["count"], given["n"]), settings).phases
    return {"part1": _lines(first), "part2": _lines(second), "runs": [_runs(phase.runs) for phase in (first, second)]}


def _lines(phase: spc.Phase) -> Found:
    return {"centre": phase.centre, "lcl": phase.lcl[0], "ucl": phase.ucl[0]}


def _runs(runs: spc_rules.Runs) -> Found:
    return {
        "n_useful": runs.useful, "longest_run": runs.longest, "longest_run_max": runs.longest_limit,
        "crossings": runs.crossings, "crossings_min": runs.crossings_limit,
    }  # fmt: skip


def spc_xmr_montgomery(given: Any) -> Found:
    """Draw the XmR chart with frozen limits."""
    chart = spc.xmr_chart(Series(given["values"]), spc.ChartSettings(freeze=given["freeze"]))
    (phase,) = chart.phases
    return {
        **_lines(phase), **_runs(phase.runs), "mr_bar": phase.mean_range, "mr_ucl": phase.range_limit,
        "signal_points": list(chart.points_that_broke(spc.ChartRule.OUTSIDE_LIMITS)),
        "runs_signal": phase.runs.is_too_long or phase.runs.crosses_too_seldom,
    }  # fmt: skip


def structural_level_lakehuron(given: Any) -> Found:
    """Fit the local level model."""
    found = local_level(Series(given["y"]))
    return {"var_level": found.var_level.value, "var_irregular": found.var_irregular.value}


def synthetic_control_exact_mix(given: Any) -> Found:
    """Find the mix and what came after it."""
    found = synthetic_control(given["pre_treated"], given["pre_donors"], given["post_treated"], given["post_donors"])
    return {
        "weights": found.weights.tolist(), "effects": found.effects.tolist(), "average": found.average.value, "pre_rmspe": found.misfit.value,
    }  # fmt: skip


def trend_mannkendall_nile(given: Any) -> Found:
    """Find the trend and its slope."""
    series = Series(given["y"])
    found = trend.mann_kendall(series)
    return {
        "S": found.s, "var": found.variance, "z": found.z.value, "p": found.p.value, "tau_b": found.tau_b.value,
        "slope": trend.sen_slope(series).value,
    }  # fmt: skip


def wdd_wheeler_ratcliffe_paper(given: Any) -> Found:
    """Find the weighted displacement difference of each set of areas."""
    return [_difference(one) for one in given]


def _difference(one: Any) -> Found:
    near, near_control = (Counts(*one[name]) if name in one else None for name in ("disp_treated", "disp_control"))
    found = displacement.weighted_difference(Counts(*one["treated"]), Counts(*one["control"]), near, near_control, 1 - one["alpha"])
    return {
        "Est_Local": found.local.value, "SE_Local": found.local_error, "Est_Displace": found.displaced.value,
        "SE_Displace": found.displaced_error, "Est_Total": found.total.value, "SE_Total": found.total_error, "Z": found.z.value,
        "LowCI": found.total.low, "HighCI": found.total.high,
    }  # fmt: skip


def wdq_total_net_effect(given: Any) -> Found:
    """Find the displacement quotient and what it is made of, for each set of areas."""
    told = [displacement.displacement_quotient(Counts(*one["response"]), Counts(*one["buffer"]), Counts(*one["control"])) for one in given]
    return [
        {"gross_effect": one.gross_effect.value, "net_effect": one.net_effect.value, "success_measure": one.success.value,
         "buffer_measure": one.buffer.value, "wdq": one.quotient.value, "total_net_effect": one.total_net_effect.value}
        for one in told
    ]  # fmt: skip

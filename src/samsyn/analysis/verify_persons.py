"""Reference cases about persons: what the library says of the inputs of each, in the shape of what is expected."""

from __future__ import annotations

from typing import Any

import numpy as np

from samsyn.analysis import (
    attrition,
    categories,
    change,
    completion,
    cutoffs,
    effect_size,
    mcnemar,
    norms,
    pooling,
    power,
    proportion,
    ranks,
    reliable_change,
    shift,
    standardisation,
)
from samsyn.analysis.direction import Direction
from samsyn.analysis.estimate import Estimate
from samsyn.analysis.frequency import Frequencies, Pairs
from samsyn.analysis.goal_attainment import goal_attainment_t
from samsyn.analysis.spread import PairedSummary
from samsyn.analysis.two_groups import Summary

Found = Any
"""Mappings and lists as in the case, with numbers, texts, truth values or None at the ends."""


def ends(estimate: Estimate) -> list[float | None]:
    """Return the interval of an estimate as a list."""
    return [estimate.low, estimate.high]


def attrition_synthetic(given: Any) -> Found:
    """Compare those kept with those lost in score, age and sex."""
    dropped = given["dropped"]

    def parted(name: str) -> tuple[list[float], list[float]]:
        rows = list(zip(given[name], dropped, strict=True))
        return [value for value, lost in rows if not lost], [value for value, lost in rows if lost]

    def compared(name: str) -> attrition.KeptAgainstLost:
        kept, lost = parted(name)
        return attrition.kept_against_lost(Frequencies.of(kept), Frequencies.of(lost))

    score, age = compared("score"), compared("age")
    kept, lost = parted("sex")
    sex = attrition.kept_against_lost_share(int(sum(kept)), len(kept), int(sum(lost)), len(lost))
    test = score.welch.test
    return {
        "smd_score": score.difference.value, "smd_age": age.difference.value, "smd_sex": sex.difference.value,
        "welch_t": test.statistic.value, "welch_df": test.df, "welch_p": test.p.value, "welch_p_age": age.welch.test.p.value,
        "fisher_p_sex": sex.fisher.p.value, "n": score.difference.n, "n_dropped": len(lost),
    }  # fmt: skip


def clinsig_cutoffs_unequal_sd(given: Any) -> Found:
    """Find the cut-offs of two groups, plain and with true scores."""
    better = direction_of(given)
    clinical, functional = (given["m_clinical"], given["sd_clinical"]), (given["m_functional"], given["sd_functional"])
    reliability = given["reliability"]
    return {
        "cut_a": cutoffs.cutoff_a(*clinical, better),
        "cut_b": cutoffs.cutoff_b(*functional, better),
        "cut_c": cutoffs.cutoff_c(*clinical, *functional),
        "cut_a_true": cutoffs.true_cutoff_a(*clinical, reliability, better),
        "cut_b_true": cutoffs.true_cutoff_b(*functional, reliability, better),
        "cut_c_true": cutoffs.true_cutoff_c(*clinical, *functional, reliability),
    }


def direction_of(given: Any) -> Direction:
    """Return which way is better."""
    return Direction.HIGHER_IS_BETTER if given["better"] == "higher" else Direction.LOWER_IS_BETTER


def clinsig_jacobson1989_das(given: Any) -> Found:
    """Class every person by reliable change, with the start's own spread and cut-off c."""
    pairs = Pairs.of(given["pre"], given["post"])
    cutoff = cutoffs.cutoff_c(pairs.first.mean, pairs.first.sd, given["m_functional"], given["sd_functional"])
    chosen = reliable_change.of_pairs(pairs, direction_of(given), given["reliability"], cutoff)
    kinds = reliable_change.ChangeClass
    counts = reliable_change.classes(pairs, chosen).counts
    return {
        "m_pre": change.mean(pairs.first).value, "sd_pre": chosen.sd, "se": reliable_change.standard_error(chosen),
        "s_diff": reliable_change.standard_error_of_difference(chosen), "cut_c": cutoff,
        "rci": reliable_change.index(np.array(given["pre"], dtype=float), np.array(given["post"], dtype=float), chosen).tolist(),
        "recovered": counts[kinds.RECOVERED], "improved": counts[kinds.IMPROVED], "unchanged": counts[kinds.UNCHANGED],
        "deteriorated": counts[kinds.DETERIORATED] + counts[kinds.HARMED],
    }  # fmt: skip


def effect_paired_sleep(given: Any) -> Found:
    """Find everything that is said of a paired change."""
    pairs, level = Pairs.of(given["pre"], given["post"]), given["conf"]
    mean, test, d_z = change.mean_change(pairs, level), change.paired_t(pairs), effect_size.d_z(pairs, level)
    return {
        "n": pairs.n, "mean_pre": change.mean(pairs.first).value, "mean_post": change.mean(pairs.last).value,
        "sd_pre": change.standard_deviation(pairs.first).value, "sd_post": change.standard_deviation(pairs.last).value,
        "r": change.correlation(pairs).value, "mean_change": mean.value, "sd_change": change.sd_of_change(pairs).value,
        "t": test.statistic.value, "df": test.df, "p": test.p.value, "ci_low": mean.low, "ci_high": mean.high,
        "d_z": d_z.value, "d_z_ci": ends(d_z), "d_rm": effect_size.d_rm(pairs).value,
        "d_av_arith": effect_size.d_av_arithmetic(pairs).value, "d_av_rms": effect_size.d_av(pairs).value,
        "J": effect_size.exact_j(pairs.n - 1), "g_z": effect_size.g_z(pairs).value,
        "g_av_arith": effect_size.g_av_arithmetic(pairs).value, "d_pre_sd": effect_size.d_pre(pairs).value,
    }  # fmt: skip


def effect_summary_stats_mote(given: Any) -> Found:
    """Find effect sizes from means and spreads alone; MOTE takes the first minus the second."""
    summary = PairedSummary(given["m2"], given["m1"], given["sd2"], given["sd1"], given["n"], given["r"], given["sd_diff"])
    d_av, d_z = effect_size.d_av_arithmetic(summary), effect_size.d_z(summary)
    return {"d_av_arith": d_av.value, "d_av_ci": ends(d_av), "d_z": d_z.value, "d_z_ci": ends(d_z), "d_rm": effect_size.d_rm(summary).value}


def gas_equal_weights(given: Any) -> Found:
    """Find the T-score of each set of goals."""
    return [{"T": goal_attainment_t(one["scores"]).value} for one in given]


def km_dropout_aml(given: Any) -> Found:
    """Find the curves of both groups, their medians, and the log-rank test between them."""
    rows = list(zip(given["time"], given["event"], given["group"], strict=True))
    names = list(dict.fromkeys(given["group"]))
    groups = {
        name: completion.Stays(*(Frequencies.of([time for time, ended, of in rows if of == name and bool(ended) is one]) for one in (True, False)))
        for name in names
    }  # fmt: skip
    test = completion.log_rank(list(groups.values()))
    return {"groups": {name: _curve(group) for name, group in groups.items()}, "logrank_chi2": test.statistic.value, "logrank_p": test.p.value}


def _curve(group: completion.Stays) -> Found:
    steps = completion.kaplan_meier(group)
    return {
        "time": [step.time for step in steps], "n_risk": [step.at_risk for step in steps], "n_event": [step.ended for step in steps],
        "survival": [step.remaining.value for step in steps], "se_greenwood": [step.error for step in steps],
        "ci_low_loglog": [step.remaining.low for step in steps], "ci_high_loglog": [step.remaining.high for step in steps],
        "median": completion.median_stay(group).value,
    }  # fmt: skip


def mcnemar_tests(given: Any) -> Found:
    """Find McNemar's four tests and the difference; the table's rows are before, its columns after, yes first."""
    answers = mcnemar.YesNo(*(count for row in given["table"] for count in row))
    plain, corrected = mcnemar.asymptotic(answers), mcnemar.asymptotic_corrected(answers)
    return {
        "b": answers.only_before, "c": answers.only_after, "chi2": plain.statistic.value, "p_asymptotic": plain.p.value,
        "chi2_cc": corrected.statistic.value, "p_cc": corrected.p.value, "p_exact": mcnemar.exact(answers).p.value,
        "p_midp": mcnemar.mid_p(answers).p.value, "difference": mcnemar.difference(answers).value,
    }  # fmt: skip


def missing_outcome_bounds(given: Any) -> Found:
    """Find the shares among those followed, and the least and the most among all who started."""
    told = [attrition.outcome_bounds(one["started"], one["followed"], one["improved"], one["deteriorated"]) for one in given]
    return [
        {"followed_share": one.follow_up.value, "improved_complete_case": one.improved.followed.value,
         "improved_worst": one.improved.least.value, "improved_best": one.improved.most.value,
         "deteriorated_worst": one.deteriorated.most.value}
        for one in told
    ]  # fmt: skip


def norm_one_sample_mote(given: Any) -> Found:
    """Compare a group with a published mean."""
    group = Summary(given["mean"], given["sd"], given["n"])
    d, test = norms.one_sample_d(group, given["norm_mean"]), norms.one_sample_t(group, given["norm_mean"])
    return {"d": d.value, "d_ci": ends(d), "t": test.statistic.value, "p": test.p.value, "df": test.df}


def ordinal_shift_vision(given: Any) -> Found:
    """Find the tests of a square table, and how many moved; a higher category counts as better here."""
    table = categories.SquareTable(np.array(given["table"]))
    margins, symmetry, shifted = categories.stuart_maxwell(table), categories.bowker(table), categories.ordinal_shift(table)
    higher, same, lower = categories.shares_moved(table, Direction.HIGHER_IS_BETTER).counts
    return {
        "stuart_maxwell": margins.statistic.value, "stuart_maxwell_df": margins.df, "stuart_maxwell_p": margins.p.value,
        "bowker": symmetry.statistic.value, "bowker_df": symmetry.df, "bowker_p": symmetry.p.value,
        "ordinal_shift_z_abs": abs(shifted.statistic.value or 0.0), "ordinal_shift_p": shifted.p.value,
        "higher_after": higher, "same": same, "lower_after": lower,
    }  # fmt: skip


def power_paired_t(given: Any) -> Found:
    """Find how many pairs are needed, and what power there is."""
    needed, had = given
    pairs = power.pairs_needed(needed["d"], needed["power"], 1 - needed["alpha"])
    return [
        {"n": pairs.value, "n_rounded_up": pairs.settings["pairs"]},
        {"power": power.power_of_paired_t(had["d"], had["n"], 1 - had["alpha"]).value},
    ]


def proportion_wilson_newcombe(given: Any) -> Found:
    """Find both intervals of each share."""
    return [
        {"wilson": ends(proportion.share(one["x"], one["n"])), "clopper_pearson": ends(proportion.share_clopper_pearson(one["x"], one["n"]))}
        for one in given
    ]


def rci_jacobson_truax_worked(given: Any) -> Found:
    """Follow one person through the index and the cut-offs."""
    better, clinical, functional = direction_of(given), (given["m_clinical"], given["sd_clinical"]), (given["m_functional"], given["sd_functional"])
    cutoff = cutoffs.cutoff_c(*clinical, *functional)
    chosen = reliable_change.ReliableChange(better, given["reliability"], given["sd_clinical"], "clinical group", cutoff=cutoff)
    index = float(reliable_change.index(np.array([given["pre"]]), np.array([given["post"]]), chosen)[0])
    kind = reliable_change.class_of(given["pre"], given["post"], chosen)
    kinds = reliable_change.ChangeClass
    return {
        "se": reliable_change.standard_error(chosen), "s_diff": reliable_change.standard_error_of_difference(chosen),
        "rci": index, "rci_printed": index,
        "cut_a": cutoffs.cutoff_a(*clinical, better), "cut_b": cutoffs.cutoff_b(*functional, better), "cut_c": cutoff,
        "reliable": kind in (kinds.RECOVERED, kinds.IMPROVED),
        "category_by_c": {kinds.RECOVERED: "recovered", kinds.IMPROVED: "improved_not_recovered"}.get(kind, kind.value),
        "crosses_c": kind is kinds.RECOVERED,
    }  # fmt: skip


def rubin_rules_scalar(given: Any) -> Found:
    """Pool completed copies, with the rows known and as if without end."""
    rows = given["estimates"], given["variances"]
    told, endless = pooling.rubin(*rows, given["n"], given["k"]), pooling.rubin(*rows)
    return {
        "qbar": told.estimate.value, "ubar": told.within, "b": told.between, "t": told.total, "df": told.df, "r": told.increase,
        "fmi": told.missing_information, "df_inf": endless.df, "fmi_inf": endless.missing_information,
    }  # fmt: skip


def standardisation_indirect_cancer(given: Any) -> Found:
    """Find the expected count and the ratio with its intervals."""
    standard = standardisation.Standard(np.array(given["std_count"], dtype=float), np.array(given["std_pop"], dtype=float))
    observed, expected = sum(given["count"]), standardisation.expected_count(given["pop"], standard).value or 0.0
    ratio = standardisation.standardised_ratio(observed, expected)
    return {
        "observed": observed, "expected": expected, "ratio": ratio.value, "ci_byar": ends(ratio),
        "ci_lognormal": ends(standardisation.standardised_ratio_lognormal(observed, expected)),
        "crude_rate": standardisation.crude_rate(observed, sum(given["pop"])).value,
        "adjusted_rate": standardisation.indirectly_adjusted_rate(observed, given["pop"], standard).value,
    }  # fmt: skip


def wilcoxon_depression(given: Any) -> Found:
    """Find the signed-rank test; the case takes before minus after, so the occasions are turned round."""
    pairs = Pairs.of(given["after"], given["before"])
    test, middle, biserial = ranks.wilcoxon_exact(pairs), shift.hodges_lehmann(pairs), ranks.rank_biserial(pairs)
    return {
        "V": test.two_sided.statistic.value, "p_greater": test.p_rise.value, "p_two_sided": test.two_sided.p.value,
        "hodges_lehmann": middle.value, "hl_ci": ends(middle), "rank_biserial": biserial.value, "rank_biserial_ci": ends(biserial),
    }  # fmt: skip

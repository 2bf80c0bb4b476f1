"""The reference case of a whole unit: from the rows of a sheet, through the engine, to the answers of the seven questions."""

from __future__ import annotations

from datetime import date
from typing import Any

from samsyn.analysis import change, cutoffs, effect_size, norms, ranks, reliable_change
from samsyn.analysis.direction import Direction
from samsyn.analysis.engine import aggregated
from samsyn.analysis.episodes import Episodes
from samsyn.analysis.frequency import Frequencies
from samsyn.analysis.loke_settings import EndWords, LokeSettings
from samsyn.analysis.loke_tables import GroupTables, InTarget
from samsyn.analysis.norm import Norm
from samsyn.analysis.norm_gap import share_gap_closed
from samsyn.analysis.proportion import share
from samsyn.analysis.two_groups import Summary
from samsyn.analysis.verify_persons import Found, ends

HIGHER = Direction.HIGHER_IS_BETTER


def loke_24_participants(given: Any) -> Found:
    """Read the rows through the engine and compute the answers from its tables."""
    norm = Norm(**given["norm"])
    tables = aggregated(_episodes(given), _settings(given, norm)).everybody
    return {
        "reach": _reach(tables),
        "fidelity": {
            "delivered": tables.delivered, "planned": tables.planned, "percent_of_dose_median": 100 * tables.dose.quantile(0.5),
            "enough": tables.enough, "with_dose": tables.dose.n,
        },
        "completing": _completing(tables),
        "change": _change(tables),
        "effect": _effect(tables),
        "reliable": _reliable(tables, norm, given["reliability"]),
        "norm": _norm(tables, norm),
        "lost": {
            "without_end": tables.start_end.only_before.n, "mean_start_without_end": tables.start_end.only_before.mean,
            "mean_start_with_both": tables.start_end.first.mean,
            "percent_followed_of_ended": 100 * tables.ended_with_end_score / tables.ended,
            "with_follow_up": tables.start_follow_up.n,
        },
    }  # fmt: skip


def _episodes(given: Any) -> Episodes:
    columns = ("id", "sex", "birth_year", "target_group", "end_reason", "planned", "delivered", "score_start", "score_end", "score_follow_up")
    start, end = ([None if day is None else date.fromisoformat(day) for day in given[name]] for name in ("start", "end"))
    return Episodes(start=start, end=end, **{name: given[name] for name in columns})


def _settings(given: Any, norm: Norm) -> LokeSettings:
    words = EndWords(frozenset(given["completed"]), frozenset(given["ongoing"]))
    return LokeSettings(HIGHER, reliability=given["reliability"], norm=norm, outside_words=frozenset(given["outside"]), end_words=words)


def _percent_ends(count: int, of: int) -> list[float | None]:
    return [None if end is None else 100 * end for end in ends(share(count, of))]


def _reach(tables: GroupTables) -> Found:
    inside = tables.target[InTarget.INSIDE]
    return {
        "started": tables.started, "in_target": inside, "target_groups": dict(tables.target_groups), "sexes": dict(tables.sexes),
        "percent_in_target_ci": _percent_ends(inside, tables.started),
    }  # fmt: skip


def _completing(tables: GroupTables) -> Found:
    return {
        "ended": tables.ended, "completed": tables.completed, "percent": 100 * tables.completed / tables.ended,
        "percent_ci": _percent_ends(tables.completed, tables.ended), "reasons": dict(tables.reasons),
    }  # fmt: skip


def _change(tables: GroupTables) -> Found:
    pairs = tables.start_end
    mean, test, signed = change.mean_change(pairs), change.paired_t(pairs), ranks.wilcoxon_normal_uncorrected(pairs).two_sided
    rises, every = signed.statistic.value or 0.0, pairs.n * (pairs.n + 1) / 2
    return {
        "pairs": pairs.n, "with_start": pairs.n + pairs.only_before.n, "mean_start": pairs.first.mean, "sd_start": pairs.first.sd,
        "mean_end": pairs.last.mean, "sd_end": pairs.last.sd, "r": change.correlation(pairs).value, "mean_change": mean.value,
        "sd_change": change.sd_of_change(pairs).value, "mean_change_ci": ends(mean), "t": test.statistic.value, "df": test.df,
        "p": test.p.value, "wilcoxon_smaller_sum": min(rises, every - rises), "wilcoxon_p": signed.p.value,
    }  # fmt: skip


def _effect(tables: GroupTables) -> Found:
    pairs = tables.start_end
    named = {
        "d_av": effect_size.d_av, "g_av": effect_size.g_av, "d_z": effect_size.d_z, "d_pre": effect_size.d_pre, "d_rm": effect_size.d_rm,
    }  # fmt: skip
    return {**{name: quantity(pairs).value for name, quantity in named.items()}, "j": effect_size.exact_j(pairs.n - 1)}


def _reliable(tables: GroupTables, norm: Norm, reliability: float) -> Found:
    pairs = tables.start_end
    cutoff = cutoffs.cutoff_c(pairs.first.mean, pairs.first.sd, norm.mean, norm.sd)
    found: dict[str, Any] = {"cutoff_c": cutoff}
    own = reliable_change.of_pairs(pairs, HIGHER, reliability, cutoff)
    published = reliable_change.of_norm(norm, HIGHER, reliability, cutoff)
    for name, chosen in (("start_sd", own), ("norm_sd", published)):
        counts = reliable_change.classes(pairs, chosen).counts
        found[f"s_diff_{name}"] = reliable_change.standard_error_of_difference(chosen)
        found[f"points_{name}"] = reliable_change.reliable_points(chosen).value
        found[f"classes_{name}"] = {kind.value: count for kind, count in counts.items() if kind is not reliable_change.ChangeClass.HARMED}
    better, same, worse = change.shares_of_change(pairs, HIGHER).counts
    return {**found, "better": better, "same": same, "worse": worse}


def _norm(tables: GroupTables, norm: Norm) -> Found:
    pairs = tables.start_end
    gap = share_gap_closed(pairs, norm, HIGHER).value
    return {
        "start": _against(pairs.first, norm), "end": _against(pairs.last, norm),
        "percent_of_gap_closed": None if gap is None else 100 * gap,
    }  # fmt: skip


def _against(occasion: Frequencies, norm: Norm) -> Found:
    welch = norms.against_norm(Summary.of(occasion), norm)
    inside = norms.share_within_one_sd(occasion, norm).value or 0.0
    return {
        "n": occasion.n, "mean": occasion.mean, "sd": occasion.sd, "difference": welch.difference.value,
        "in_norm_sd": norms.norm_difference(occasion, norm).value, "percentile": norms.percentile_normal(occasion.mean, norm).value,
        "welch_t": welch.test.statistic.value, "df": welch.test.df, "within_one_sd": round(inside * occasion.n),
    }  # fmt: skip

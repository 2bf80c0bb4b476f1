"""
The baseline of the analysis: the seven questions for every unit, as one would plainly write them with pandas and scipy.

Usage: python benchmarks/_analysis_pandas.py FILE.parquet
"""

from __future__ import annotations

import sys

import duckdb
import numpy as np
import pandas as pd
from scipy import stats

NORM_MEAN, NORM_SD, NORM_N = 70.7, 11.7, 523
RELIABILITY, CUTOFF, IMPORTANT = 0.85, 57, 5


def share(part: int, whole: int) -> tuple[float, float, float]:
    """Return a share with Wilson's interval."""
    if not whole:
        return np.nan, np.nan, np.nan
    z = stats.norm.ppf(0.975)
    p, below = part / whole, 1 + z * z / whole
    middle, reach = (p + z * z / (2 * whole)) / below, z * np.sqrt(p * (1 - p) / whole + z * z / (4 * whole * whole)) / below
    return p, middle - reach, middle + reach


def mean(values: pd.Series) -> tuple[float, float, float]:
    """Return a mean with its t interval."""
    low, high = stats.t.interval(0.95, len(values) - 1, values.mean(), values.std() / np.sqrt(len(values)))
    return values.mean(), low, high


def quartiles(values: pd.Series) -> list[float]:
    return list(values.quantile([0.25, 0.5, 0.75]))


def median_stay(days: pd.Series, dropped: pd.Series) -> float:
    """Return the Kaplan-Meier median."""
    times = days[dropped].value_counts().sort_index()
    at_risk = np.array([(days >= time).sum() for time in times.index])
    remaining = np.cumprod(1 - times.to_numpy() / at_risk)
    reached = np.flatnonzero(remaining <= 0.5)
    return float(times.index[reached[0]]) if len(reached) else np.nan


def answered(unit: pd.DataFrame) -> dict[str, object]:
    """Return the numbers of the seven questions about one unit."""
    told: dict[str, object] = {}
    told["started"] = len(unit)
    told["in_target"] = share((unit.target_group != "utanför").sum(), len(unit))
    told["sexes"], told["groups"] = unit.sex.value_counts().to_dict(), unit.target_group.value_counts().to_dict()
    told["age"] = quartiles(unit.start.dt.year - unit.birth_year)

    ended = unit[unit.end_reason != "pågår"]
    completed = ended[ended.end_reason == "fullföljt"]
    dose = completed.delivered / completed.planned
    told["dose"], told["dose_80"] = quartiles(dose), share((completed.delivered >= 0.8 * completed.planned).sum(), len(completed))
    told["delivered"] = completed.delivered.sum() / completed.planned.sum()
    days = (ended.end - ended.start).dt.days
    told["days"] = quartiles(days.dropna())

    pairs = unit.dropna(subset=["score_start", "score_end"])
    later = unit.dropna(subset=["score_start", "score_follow_up"])
    for name, values in (("start", pairs.score_start), ("end", pairs.score_end), ("follow_up", later.score_follow_up)):
        told[f"mean_{name}"], told[f"sd_{name}"], told[f"median_{name}"] = mean(values), values.std(), values.median()
        told[f"beyond_{name}"] = share((values < CUTOFF).sum(), len(values))

    told["completed"] = share(len(completed), len(ended))
    told["reasons"] = unit.end_reason.value_counts().to_dict()
    told["followed"] = share(ended.score_end.notna().sum(), len(ended))
    kept, lost = ended[ended.score_end.notna()].score_start.dropna(), ended[ended.score_end.isna()].score_start.dropna()
    told["kept_minus_lost"] = (kept.mean() - lost.mean()) / np.sqrt((kept.var() + lost.var()) / 2)
    told["median_stay"] = median_stay(days, ended.end_reason != "fullföljt")

    change = pairs.score_end - pairs.score_start
    told["better"], told["same"], told["worse"] = (share(int(chosen.sum()), len(change)) for chosen in (change > 0, change == 0, change < 0))
    told["change"], told["t"], told["wilcoxon"] = mean(change), stats.ttest_rel(pairs.score_end, pairs.score_start), stats.wilcoxon(change)
    reach = 1.96 * pairs.score_start.std() * np.sqrt(2 * (1 - RELIABILITY))
    told["improved"], told["deteriorated"] = share((change > reach).sum(), len(change)), share((change < -reach).sum(), len(change))
    told["expected"] = (1 - RELIABILITY) * (pairs.score_start.mean() - NORM_MEAN)

    d_av = change.mean() / np.sqrt((pairs.score_start.var() + pairs.score_end.var()) / 2)
    told["d_av"], told["g_av"] = d_av, d_av * (1 - 3 / (4 * (len(change) - 1) - 1))
    told["d_z"], told["d_pre"] = change.mean() / change.std(), change.mean() / pairs.score_start.std()
    told["important"] = change.mean() / IMPORTANT

    for name, values in (("start", pairs.score_start), ("end", pairs.score_end)):
        told[f"norm_{name}"] = (values.mean() - NORM_MEAN) / NORM_SD
        told[f"percentile_{name}"] = stats.t.cdf((values.mean() - NORM_MEAN) / (NORM_SD * np.sqrt((NORM_N + 1) / NORM_N)), NORM_N - 1)
        told[f"within_{name}"] = share(((values - NORM_MEAN).abs() < NORM_SD).sum(), len(values))
    told["gap"] = change.mean() / (NORM_MEAN - pairs.score_start.mean())
    return told


def main(path: str) -> None:
    frame = duckdb.read_parquet(path).df()
    told = {name: answered(unit) for name, unit in frame.groupby("unit")}
    told["alla"] = answered(frame)
    print(f"{len(told) - 1} units")


if __name__ == "__main__":
    main(sys.argv[1])

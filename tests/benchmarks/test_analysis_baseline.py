"""The pandas script that the analysis is timed against answers the same questions with the same numbers."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from benchmarks import _analysis_pandas as baseline
from benchmarks import analysis
from samsyn.analysis.direction import Direction
from samsyn.analysis.engine import aggregated
from samsyn.analysis.loke import findings
from samsyn.analysis.loke_settings import EndWords, LokeSettings
from samsyn.analysis.norm import Norm
from samsyn.analysis.split import Split

SETTINGS = LokeSettings(
    direction=Direction.HIGHER_IS_BETTER, reliability=0.85, norm=Norm(70.7, 11.7, 523), cutoff=57, important=5, scale=(13, 91),
    outside_words=frozenset({"utanfor"}), end_words=EndWords(frozenset({"fullfoljt"}), frozenset({"pagar"})),
)  # fmt: skip
SHARES = {"in_target": "share_in_target_group", "dose_80": "share_dose_80", "completed": "share_completed", "followed": "follow_up_share",
          "better": "share_better", "worse": "share_worse", "improved": "share_reliably_improved", "change": "mean_change",
          "mean_start": "mean_start", "mean_follow_up": "mean_follow_up", "beyond_end": "share_beyond_cutoff_end"}  # fmt: skip
SINGLE = {"delivered": "share_delivered", "d_av": "d_av", "d_z": "d_z", "gap": "share_gap_closed", "norm_end": "norm_difference_end",
          "important": "change_in_important_differences", "started": "n_started"}  # fmt: skip


def test_both_say_the_same_of_the_same_file(tmp_path: Path) -> None:
    path = tmp_path / "few.parquet"
    analysis.make(path, 3000)
    ours = {one.name: one.estimate for one in findings(aggregated(path, SETTINGS, split=Split.UNIT, threads=1).everybody, SETTINGS)}
    theirs = baseline.answered(duckdb.read_parquet(str(path)).df())
    for name, finding in SHARES.items():
        assert theirs[name] == pytest.approx((ours[finding].value, ours[finding].low, ours[finding].high)), name
    for name, finding in SINGLE.items():
        assert theirs[name] == pytest.approx(ours[finding].value), name
    assert ours["n_started"].value == 3000


def test_the_file_is_the_same_every_time(tmp_path: Path) -> None:
    for name in ("one", "two"):
        analysis.make(tmp_path / name, 200)
    first, second = (duckdb.read_parquet(str(tmp_path / name)).fetchall() for name in ("one", "two"))
    assert first == second and len(first) == 200

"""The command line: how quickly it answers, and what a plan of 1,000 and 10,000 actions costs."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from benchmarks.files import write_plan
from benchmarks.measured import Cost, Figure, cost_of

SAMSYN = [str(Path(sys.executable).parent / "samsyn")]
READ_BARE = "import sys, openpyxl\nfor sheet in openpyxl.load_workbook(sys.argv[1]): list(sheet.values)"


def run() -> list[Figure]:
    """Measure the start, then reading and checking plans of two sizes."""
    with tempfile.TemporaryDirectory() as folder:
        thousand = write_plan(Path(folder) / "1000.xlsx", 1_000)
        ten_thousand = write_plan(Path(folder) / "10000.xlsx", 10_000)
        return [*start_figures(), *plan_figures(thousand, ten_thousand)]


def start_figures() -> list[Figure]:
    """Measure `samsyn --help` against a Python that does nothing."""
    nothing, asked = cost_of([sys.executable, "-c", "pass"], times=7), cost_of([*SAMSYN, "--help"], times=7)
    return [
        Figure("samsyn --help", asked.seconds, "s", nothing.seconds, "python -c pass", 0.4),
        Figure("samsyn --help, memory", asked.megabytes, "MB", nothing.megabytes, "python -c pass", 60),
    ]


def plan_figures(thousand: Path, ten_thousand: Path) -> list[Figure]:
    """Measure import and check of 1,000 actions against openpyxl alone, and how the cost grows to 10,000."""
    bare = cost_of([sys.executable, "-c", READ_BARE, str(thousand)])
    bare_ten = cost_of([sys.executable, "-c", READ_BARE, str(ten_thousand)], times=1)
    read, read_ten = _imported(thousand, 1_000, 3), _imported(ten_thousand, 10_000, 1)
    check, check_ten = _checked(thousand, 3), _checked(ten_thousand, 1)
    return [
        Figure("import --dry-run, 1,000 actions", read.seconds, "s", bare.seconds, "openpyxl alone", 2.5),
        Figure("import --dry-run, 1,000 actions, memory", read.megabytes, "MB", bare.megabytes, "openpyxl alone", 250),
        Figure("check, 1,000 actions, cold", check.seconds, "s", bare.seconds, "openpyxl alone", 2),
        Figure("check, 1,000 actions, memory", check.megabytes, "MB", bare.megabytes, "openpyxl alone"),
        _growth("import --dry-run, 10,000 against 1,000", read, read_ten, bare, bare_ten),
        _growth("check, 10,000 against 1,000", check, check_ten, bare, bare_ten),
    ]


def _imported(path: Path, rows: int, times: int) -> Cost:
    command = [*SAMSYN, "import", "--dry-run", "--json", "--as", "plan", str(path)]
    return cost_of(command, times=times, says=f'"outcome": "accept", "rows": {rows},')


def _checked(path: Path, times: int) -> Cost:
    return cost_of([*SAMSYN, "check", str(path)], times=times, exits=(0, 1), says="åtgärder")  # 1 = something must be mended


def _growth(name: str, small: Cost, large: Cost, bare: Cost, bare_large: Cost) -> Figure:
    """Ten times the rows shall cost at most ten times the seconds, a little over for the noise of one run."""
    return Figure(name, large.seconds / small.seconds, "times", bare_large.seconds / bare.seconds, "openpyxl alone", 11)

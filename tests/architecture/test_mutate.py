"""`make mutate`: what it counts, what it leaves out, and that too few killed fails it. The mutants here are planted, not run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tools import mutate

SOURCE = "X = 1\n\n\ndef part(a: int, b: int) -> float:\n    kind = 'wilson'\n    return a / b\n\n\nclass Whole:\n    def size(self):\n        return 1\n"
MUTANTS = """
def x_part__mutmut_orig(a: int, b: int) -> float:
    kind = 'wilson'
    return a / b
def x_part__mutmut_1(a: int, b: int) -> float:
    kind = 'XXwilsonXX'
    return a / b
def x_part__mutmut_2(a: int, b: int) -> float:
    kind = None
    return a / b
def x_part__mutmut_3(a: int, b: int) -> float:
    kind = 'wilson'
    return a * b
class Whole:
    def xǁWholeǁsize__mutmut_orig(self) -> int:
        return 1
    def xǁWholeǁsize__mutmut_1(self) -> int:
        return 2
"""
NAMES = ("x_part__mutmut_1", "x_part__mutmut_2", "x_part__mutmut_3", "xǁWholeǁsize__mutmut_1")


def run_of(folder: Path, *outcomes: int | None) -> Path:
    """Make a folder as mutmut leaves it, with these exit statuses of the four mutants."""
    own, copied = folder / "src/samsyn/analysis", folder / "mutants/src/samsyn/analysis"
    own.mkdir(parents=True)
    copied.mkdir(parents=True)
    (own / "planted.py").write_text(SOURCE, encoding="utf-8")
    (copied / "planted.py").write_text(MUTANTS, encoding="utf-8")
    statuses = {f"samsyn.analysis.planted.{name}": outcome for name, outcome in zip(NAMES, outcomes, strict=True)}
    (copied / "planted.py.meta").write_text(json.dumps({"exit_code_by_key": statuses}), encoding="utf-8")
    return folder


def test_a_mutant_is_named_by_its_line_and_its_change(tmp_path: Path) -> None:
    found = mutate.found_in(run_of(tmp_path, 0, 1, 0, 33), ["planted"])
    assert [(one.line, one.words, one.is_killed) for one in found] == [(5, True, False), (5, False, True), (6, False, False), (11, False, False)]
    assert found[2].change == "return a / b -> return a * b"


def test_the_share_leaves_out_words_and_names_the_survivors(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert mutate.main(["--report", str(run_of(tmp_path, 0, 1, 0, 33)), "planted"]) == 1
    shown = capsys.readouterr().out
    assert "planted                     3       1  33.3%" in shown and "1 that change only words" in shown
    assert "planted.py:6  return a / b -> return a * b" in shown and "planted.py:11  return 1 -> return 2  (no test reaches it)" in shown


def test_enough_killed_passes_and_one_that_never_ends_is_killed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert mutate.main(["--report", str(run_of(tmp_path, 0, 1, -24, 1)), "planted"]) == 0
    assert "100.0%" in capsys.readouterr().out


def test_what_was_not_run_is_told_and_a_run_of_nothing_is_no_success(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert mutate.main(["--report", str(run_of(tmp_path / "a", None, 1, None, 1)), "--every", "3", "planted"]) == 0
    shown = capsys.readouterr().out
    assert "Not run: 1." in shown and "one mutant of 3" in shown
    assert mutate.main(["--report", str(run_of(tmp_path / "b", None, None, None, None)), "planted"]) == 2


def test_a_module_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="no module planted"):
        mutate.prepared(tmp_path, ["planted"])


def test_what_is_copied_is_only_the_pure_packages_and_their_tests(tmp_path: Path) -> None:
    mutate.prepared(tmp_path, ["guards"])
    assert (tmp_path / "src/samsyn/analysis/guards.py").is_file() and (tmp_path / "tests/analysis/test_guards.py").is_file()
    assert sorted(path.name for path in (tmp_path / "src/samsyn").iterdir()) == ["__init__.py", "analysis", "catalog"]
    assert '"*/analysis/guards.py"' in (tmp_path / "pyproject.toml").read_text(encoding="utf-8")


def test_every_core_module_is_there() -> None:
    assert len(mutate.CORE) == 22 and all((mutate.ROOT / "src/samsyn/analysis" / f"{module}.py").is_file() for module in mutate.CORE)

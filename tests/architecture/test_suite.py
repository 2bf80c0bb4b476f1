"""What `make check` and `make test` say and end with: a failed part, or a run without tests, is never green."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tools import suite
from tools.suite import Part

RunParts = Callable[..., tuple[int, str]]


@pytest.fixture
def run_parts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> RunParts:
    """Run the suite with the parts given, on this small folder of tests; returns exit status and what it printed."""
    (tmp_path / "test_good.py").write_text("def test_good():\n    assert True\n", encoding="utf-8")
    (tmp_path / "test_bad.py").write_text("def test_bad():\n    assert False\n", encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")

    def go(*parts: Part) -> tuple[int, str]:
        monkeypatch.setattr(suite, "ROOT", tmp_path)
        monkeypatch.setattr(suite, "check_parts", lambda: list(parts))
        monkeypatch.setattr(sys, "argv", ["suite.py", "check"])
        return suite.main(), capfd.readouterr().out

    return go


def part_with(file: str) -> Part:
    return Part("tests", ("pytest", "-q", "-p", "no:django", "-p", "no:cacheprovider", file), tests=True)


PYTHON_FAILS = Part("lint", ("python", "-c", "raise SystemExit(1)"))
PYTHON_PASSES = Part("lint", ("python", "-c", "pass"))


def test_all_green_is_green_and_counted_in_the_last_line(run_parts: RunParts) -> None:
    status, said = run_parts(PYTHON_PASSES, part_with("test_good.py"))
    assert status == 0
    assert said.rstrip().splitlines()[-1] == "1 passed, 0 failed, 0 skipped"


def test_a_part_that_fails_stops_nothing_and_is_not_green(run_parts: RunParts) -> None:
    status, said = run_parts(PYTHON_FAILS, part_with("test_good.py"))
    assert status == 1
    assert "FAILED" in said
    assert said.rstrip().endswith("1 passed, 0 failed, 0 skipped")


def test_a_test_that_fails_is_counted(run_parts: RunParts) -> None:
    status, said = run_parts(part_with("."))
    assert status == 1
    assert said.rstrip().endswith("1 passed, 1 failed, 0 skipped")


def test_a_run_without_tests_is_not_green(run_parts: RunParts) -> None:
    assert run_parts(PYTHON_PASSES)[0] == 1


def test_the_whole_suite_holds_the_quick_part_and_the_journeys() -> None:
    names = [part.name for part in suite.test_parts()]
    assert names[:3] == ["lint", "types", "import contracts"]
    assert {"guards", "unit, records, web"} <= set(names)
    assert ("journeys in Chromium" in names) is (suite.ROOT / "tests/journeys").exists()


def test_the_users_own_folder_is_not_touched(run_parts: RunParts, tmp_path: Path) -> None:
    where = tmp_path / "where"
    program = f"import os, pathlib; pathlib.Path({str(where)!r}).write_text(os.environ['SAMSYN_FOLDER'])"
    run_parts(Part("look", ("python", "-c", program)))
    assert not where.read_text(encoding="utf-8").startswith(str(tmp_path))

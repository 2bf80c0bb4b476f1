"""
Run what `make check` and `make test` run, part by part, and say what each part took.

Every part runs even if one before it failed, so that one run tells everything. The last line counts the tests.
Usage: tools/suite.py check|test
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
COUNTED = ("tests", "failures", "errors", "skipped")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the suite: its name, and the command with its arguments. `tests` = pytest runs it and counts."""

    name: str
    command: tuple[str, ...]
    tests: bool = False


def template_files() -> tuple[str, ...]:
    """Return every page template, from the root of the repository."""
    return tuple(str(path.relative_to(ROOT)) for path in sorted((ROOT / "src").rglob("templates/**/*.html")))


def check_parts() -> list[Part]:
    """Return the quick parts: lint, types, import contracts, template format and the guards of the house."""
    parts = [
        Part("lint", ("ruff", "check", "--quiet", ".")),
        Part("types", ("mypy",)),
        Part("import contracts", ("lint-imports", "--no-logo")),
    ]
    templates = template_files()
    if templates:
        parts.append(Part("template format", ("djade", "--check", "--target-version", "5.2", *templates)))
    return [*parts, Part("guards", ("pytest", "-q", "tests/architecture"), tests=True)]


def test_parts() -> list[Part]:
    """Return everything: the quick parts, the tests on all cores, then the journeys one by one."""
    parts = check_parts()
    parts.append(Part("unit, records, web", (
        "pytest", "-q", "-n", str(os.cpu_count() or 1), "--ignore", "tests/architecture", "--ignore", "tests/journeys",
        "--durations", "5", "tests"), tests=True))
    if (ROOT / "tests/journeys").exists():
        parts.append(Part("journeys in Chromium", ("pytest", "-q", "--durations", "5", "tests/journeys"), tests=True))
    return parts


def run(part: Part, counts: dict[str, int]) -> tuple[bool, float]:
    """Run a part, add what pytest counted to `counts`, and return whether it passed and how many seconds it took."""
    print(f"\n--- {part.name}", flush=True)
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "SAMSYN_FOLDER": str(Path(folder) / "var")}  # never the user's own
        report = Path(folder) / "report.xml"
        extra = (f"--junitxml={report}",) if part.tests else ()
        done = subprocess.run([str(BIN / part.command[0]), *part.command[1:], *extra], cwd=ROOT, check=False, env=environment)
        if report.exists():
            for suite in ElementTree.parse(report).iter("testsuite"):
                for name in COUNTED:
                    counts[name] += int(suite.get(name, 0))
    return done.returncode == 0, time.monotonic() - started


def main() -> int:
    """Run the parts asked for and return the exit status: 0 only if all passed and at least one test ran."""
    parts = {"check": check_parts, "test": test_parts}[sys.argv[1]]()
    counts = dict.fromkeys(COUNTED, 0)
    results = [(part.name, *run(part, counts)) for part in parts]
    print("\nPart                      seconds")
    for name, passed, seconds in results:
        print(f"{name:<25} {seconds:>7.1f}  {'ok' if passed else 'FAILED'}")
    print(f"{'all':<25} {sum(seconds for _, _, seconds in results):>7.1f}")
    failed = counts["failures"] + counts["errors"]
    print(f"\n{counts['tests'] - failed - counts['skipped']} passed, {failed} failed, {counts['skipped']} skipped")
    return 0 if all(passed for _, passed, _ in results) and counts["tests"] else 1


if __name__ == "__main__":
    sys.exit(main())

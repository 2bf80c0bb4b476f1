"""The plan as Word and on its way through Excel: made, read again and compared. Baselines are the least the same libraries can do."""

from __future__ import annotations

import sys
from datetime import date, timedelta
from pathlib import Path

from benchmarks.measured import Figure, cost_of

TODAY = date(2026, 11, 22)
MAKE = "import sys; from benchmarks.word import {function}; {function}(int(sys.argv[1]))"
ROWS, ACTIONS = 300, 1000


def run() -> list[Figure]:
    """Measure processes: the Word report of 300 actions and of 600, the Word plan, and 1,000 actions out, in and compared."""
    report, twice, plan, empty = (cost_of(command(function, rows), says="made") for function, rows in (
        ("report", ROWS), ("report", 2 * ROWS), ("plan", ROWS), ("report", 0)))
    journey, book = cost_of(command("journey", ACTIONS), says="nothing has changed"), cost_of(command("workbook", ACTIONS), says="made")
    return [
        Figure(f"Word report, {ROWS} actions", report.seconds, "s", empty.seconds, "an empty report", 3),
        Figure(f"Word report, {ROWS} actions, memory", report.megabytes, "MB", empty.megabytes, "an empty report"),
        Figure(f"Word report, {2 * ROWS} against {ROWS}", twice.seconds / report.seconds, "times", limit=2.5),
        Figure(f"Word plan, {ROWS} actions", plan.seconds, "s", empty.seconds, "an empty report", 3),
        Figure(f"Excel out, in and compared, {ACTIONS} actions", journey.seconds, "s", book.seconds, "the workbook alone", 6),
        Figure(f"Excel out, in and compared, {ACTIONS} actions, memory", journey.megabytes, "MB", book.megabytes, "the workbook alone"),
    ]


def command(function: str, rows: int) -> list[str]:
    """Return the command that calls a function of this module with so many actions."""
    root = str(Path(__file__).resolve().parent.parent)
    return [sys.executable, "-c", f"import sys; sys.path.insert(0, {root!r}); {MAKE.format(function=function)}", str(rows)]


def report(rows: int) -> None:
    """Make the report of an invented plan as Word."""
    from benchmarks.report import plan_of
    from samsyn.chain.report import build_report
    from samsyn.formats.word_report import report_docx

    print("made", len(report_docx(build_report(plan_of(rows), TODAY, since=TODAY - timedelta(days=30)))))


def plan(rows: int) -> None:
    """Make the plan itself as Word."""
    from benchmarks.report import plan_of
    from samsyn.formats.word_plan import plan_docx

    print("made", len(plan_docx(plan_of(rows))))


def workbook(rows: int) -> bytes:
    """Make the workbook with its sheet Detaljer."""
    from benchmarks.report import plan_of
    from samsyn.formats.plan_xlsx import plan_workbook

    content = plan_workbook(plan_of(rows), title="Trygg kväll", exported_on=TODAY)
    print("made", len(content))
    return content


def journey(rows: int) -> None:
    """Make the workbook, read it in a child process as the product does, and compare it with the plan it came from."""
    from benchmarks.report import plan_of
    from samsyn.formats.child import read_safely
    from samsyn.formats.plan_again import diff_again

    again = read_safely("samsyn.formats.plan_again:read_again", "plan.xlsx", workbook(rows), today=TODAY)
    diff = diff_again(plan_of(rows), again, "plan.xlsx", TODAY)
    print("nothing has changed" if diff.is_empty and len(diff.same) > rows else f"{len(diff.changed)} changes")

"""The report of 300 actions as PDF, against an empty document made by the same child process."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measured import Figure, cost_of

TODAY = date(2026, 11, 22)
MAKE = "import sys; from benchmarks.report import make; make(int(sys.argv[1]), sys.argv[2])"


def run() -> list[Figure]:
    """Measure a process that builds the report of 300 actions and prints it, then the same of 600, against an empty document."""
    with TemporaryDirectory() as folder:
        target = str(Path(folder) / "report.pdf")
        empty, whole, twice = (cost_of(command(rows, target)) for rows in (0, 300, 600))
    return [
        Figure("report PDF, 300 actions", whole.seconds, "s", empty.seconds, "an empty Typst document", 3),
        Figure("report PDF, 300 actions, memory", whole.megabytes, "MB", empty.megabytes, "an empty Typst document"),
        Figure("report PDF, 600 against 300", twice.seconds / whole.seconds, "times", limit=2.5),
    ]


def command(rows: int, target: str) -> list[str]:
    """Return the command that makes a report of so many actions, 0 for an empty document."""
    root = str(Path(__file__).resolve().parent.parent)
    return [sys.executable, "-c", f"import sys; sys.path.insert(0, {root!r}); {MAKE}", str(rows), target]


def make(rows: int, target: str) -> None:
    """Make the PDF of an invented plan, or an empty document, in a child process as the product does."""
    from samsyn.chain.report import build_report
    from samsyn.formats.report_typst import report_pdf

    pdf = report_pdf(build_report(plan_of(rows), TODAY, since=TODAY - timedelta(days=30))) if rows else empty_document()
    Path(target).write_bytes(pdf)


def empty_document() -> bytes:
    import json

    job = {"template": '#set document(title: "Tom")\n#set text(lang: "sv")', "fonts": [], "inputs": {}, "on": TODAY.isoformat()}
    return subprocess.run([sys.executable, "-P", "-m", "samsyn.formats.typst_child"], input=json.dumps(job).encode(),
                          capture_output=True, check=True).stdout


def plan_of(rows: int):  # type: ignore[no-untyped-def]  # the import of Plan belongs to what is measured
    """Return a plan of so many actions with faces, check-ins and reasons, in 5 problems and 40 causes."""
    from datetime import datetime

    from samsyn.chain.choices import Implementation, RestsOn, Result
    from samsyn.chain.plan import Action, Cause, CheckIn, Face, Goal, Plan, Problem

    words, results, then = list(Implementation), list(Result), datetime(2026, 11, 3)
    return Plan(
        id="plan", name="Trygg kväll i centrum", period="2026–2027",
        problems=tuple(Problem(id=f"p{n}", title=f"Otrygghet i kvarter {n} sena kvällar", priority=n + 1) for n in range(5)),
        causes=tuple(Cause(id=f"c{n}", problem=f"p{n % 5}", number=n + 1, text=f"Mörkt och få vuxna i kvarter {n}") for n in range(40)),
        goals=tuple(Goal(id=f"g{n}", problem=f"p{n % 5}", text=f"Färre anmälningar i kvarter {n}") for n in range(20)),
        actions=tuple(
            Action(id=f"a{n}", number=f"{n % 40 + 1}.{n}", causes=(f"c{n % 40}",), goals=(f"g{n % 20}",),
                   text=f"Vandra kvällstid i kvarter {n % 40} med grupp {n}, två kvällar i veckan hela terminen",
                   responsible="Bo Ek", responsible_organisation="Granvikens Bostäder", hours=Decimal(n % 90),
                   start_on=TODAY - timedelta(days=n % 300), due_on=TODAY + timedelta(days=n % 400 - 200),
                   late_reason="Personen slutade, en ny börjar i januari." if n % 2 else "",
                   implementation=Face(value=words[n % 6], at=then, by="Anna Berg") if n % 3 else None,
                   result=Face(value=results[n % 6], at=then, by="Anna Berg", why="Så säger räkningen.", rests_on=RestsOn.OWN_COUNT)
                   if n % 4 == 0 else None,
                   check_ins=(CheckIn(id=f"k{n}", at=then, by="Bo Ek", text="Det går framåt, men sakta.", hours=Decimal(3)),))
            for n in range(rows)),
    )

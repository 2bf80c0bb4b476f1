"""
`samsyn verify`: the validation protocol. Every shipped reference case through the analysis, every number beside the expected one.

With --json one object is printed:

    passed      true when every value passed
    date        the day, "2027-03-01"
    versions    {"samsyn", "python", "numpy", "scipy", "duckdb"}
    counts      {"cases", "cases_passed", "values", "values_passed", "left_out"}
    cases       [{"name", "family", "title", "source", "checked", "note", "passed", "fault",
                  "values": [{"place", "expected", "found", "difference", "allowed", "passed"}],
                  "left_out": [{"place", "why"}]}]

Exit status: 0 everything passed, 1 something did not, 2 the protocol cannot be written where it was asked for.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from samsyn.cli.check import REFUSED, Today, day_of_the_clock, plain, write_json

if TYPE_CHECKING:
    from samsyn.analysis.verify import Verified

SOMETHING_FAILED = 1
PARTS = ("samsyn", "numpy", "scipy", "duckdb")

AsJson = Annotated[bool, typer.Option("--json", help="Skriv protokollet som JSON, för andra program.")]
Output = Annotated[Path | None, typer.Option("-o", "--output", metavar="PROTOKOLL", help="Spara protokollet: .txt, .md eller .html.")]
Short = Annotated[bool, typer.Option("--short", help="En rad för varje fall, utan de enskilda värdena.")]


def verify_command(as_json: AsJson = False, output: Output = None, short: Short = False, today: Today = None) -> None:
    """
    Kontrollera analysen mot publicerade tal, och skriv ett protokoll.

    Varje referensfall räknas om. Protokollet visar det väntade värdet, det som räknades fram, skillnaden och hur stor den får
    vara. Slutkoden är 0 när allt stämmer och 1 när något inte gör det.
    """
    from samsyn.analysis.verify import all_verified
    from samsyn.catalog.reference import references
    from samsyn.cli.verify_protocol import Protocol, check_output, lines_of, saved
    from samsyn.formats.problems import Refused

    try:
        check_output(output)
        cases = all_verified(references())
        protocol = Protocol(today.date() if today else day_of_the_clock(), versions(), cases)
        if as_json:
            write_json(json_of(protocol))
        elif output is None:
            for line in lines_of(protocol, short=short):
                typer.echo(plain(line))
        if output is not None:
            saved(protocol, output)
            typer.echo(plain(f"{protocol.summary} Protokollet är sparat i {output}."), err=as_json)
    except Refused as refusal:
        typer.echo(plain(str(refusal)), err=True)
        raise typer.Exit(REFUSED) from None
    raise typer.Exit(0 if protocol.passed else SOMETHING_FAILED)


def versions() -> dict[str, str]:
    """Return the versions of what the numbers come from, by name."""
    from importlib.metadata import version

    found = {part: version(part) for part in PARTS}
    return {"samsyn": found.pop("samsyn"), "python": ".".join(str(part) for part in sys.version_info[:3]), **found}


def json_of(protocol: Any) -> dict[str, Any]:
    """Return the object that is described at the top of this module."""
    values = [one for case in protocol.cases for one in case.comparisons]
    return {
        "passed": protocol.passed,
        "date": protocol.day.isoformat(),
        "versions": protocol.versions,
        "counts": {
            "cases": len(protocol.cases), "cases_passed": sum(case.passed for case in protocol.cases), "values": len(values),
            "values_passed": sum(one.passed for one in values), "left_out": sum(len(case.left_out) for case in protocol.cases),
        },
        "cases": _json_of_cases(protocol.cases),
    }  # fmt: skip


def _json_of_cases(cases: Sequence[Verified]) -> list[dict[str, Any]]:
    return [
        {
            **{name: getattr(one.reference, name) for name in ("name", "family", "title", "source", "checked", "note")},
            "passed": one.passed, "fault": one.fault,
            "values": [
                {name: getattr(value, name) for name in ("place", "expected", "found", "difference", "allowed", "passed")}
                for value in one.comparisons
            ],
            "left_out": [{"place": place, "why": why} for place, why in one.left_out],
        }
        for one in cases
    ]  # fmt: skip

"""
`samsyn report`: the steering group's report of a plan in a file, as PDF, without any server.

Exit status: 0 the report is written, 2 the file was refused or the report cannot be written where it was asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from samsyn.chain.wording import counted, date_words
from samsyn.cli.check import REFUSED, PlanFile, Today, day_of_the_clock, plain, read_plan_of

if TYPE_CHECKING:
    from samsyn.chain.report_values import Report

Output = Annotated[Path, typer.Option("-o", "--output", metavar="PDF", help="Var rapporten ska sparas, till exempel rapport.pdf.")]
Since = Annotated[datetime | None, typer.Option(
    "--since", metavar="DATUM", formats=["%Y-%m-%d"], help="Jämför från den här dagen. Ur en fil går det inte att se vad som har ändrats.")]


def report_command(file: PlanFile, output: Output = Path("rapport.pdf"), since: Since = None, today: Today = None) -> None:
    """
    Gör en rapport till styrgruppen av en åtgärdsplan i en fil.

    Rapporten är en PDF: en sida först, sedan varje problem för sig. Filen ändras inte.
    """
    from samsyn.chain.report import build_report
    from samsyn.formats.problems import Refused

    day = today.date() if today else day_of_the_clock()
    try:
        check_output(output)
        plan, reading = read_plan_of(file, day)
        report = build_report(plan, day, since=since.date() if since else None, source=file.name)
        write_report(report, output)
    except Refused as refusal:
        typer.echo(plain(str(refusal)), err=True)
        raise typer.Exit(REFUSED) from None
    for words in said(report, output, len(reading)):
        typer.echo(plain(words))


def said(report: Report, output: Path, remarks: int) -> Iterator[str]:
    """Yield what is said when the report is written: the finding, where it is, and what the reading left open."""
    yield " ".join(report.headline)
    yield f"Rapporten är sparad i {output}."
    if report.changes.since and not report.changes.known:
        yield f"Vad som har ändrats sedan {date_words(report.changes.since)} går inte att se i filen."
    if remarks:
        yield f"Läsningen gav {counted(remarks, 'anmärkning', 'anmärkningar')}. Se dem med samsyn check."


def check_output(output: Path) -> None:
    """
    Make sure that the report can be a file there.

    raises   Refused   if the name does not end in .pdf, or its folder does not exist
    """
    from samsyn.formats.problems import Refused

    if output.suffix.lower() != ".pdf":
        raise Refused(f"Rapporten görs som PDF. Välj ett namn som slutar på .pdf i stället för {output.name}.")
    if not output.absolute().parent.is_dir():
        raise Refused(f"Mappen {output.parent} finns inte. Skapa den först eller välj en annan.")
    if output.is_dir():
        raise Refused(f"{output} är en mapp. Välj ett filnamn som slutar på .pdf.")


def write_report(report: Report, output: Path) -> None:
    """
    Write the report. An earlier file of that name is replaced only by a whole one.

    raises   Refused   if the file cannot be written
    """
    from samsyn.formats.problems import Refused
    from samsyn.formats.report_typst import report_pdf

    pdf = report_pdf(report)
    beside = output.with_name(f".{output.name}.ny")
    try:
        beside.write_bytes(pdf)
        beside.replace(output)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise Refused(f"Rapporten kunde inte sparas i {output}: {error.strerror or error}. Är filen öppen i ett annat program?") from error

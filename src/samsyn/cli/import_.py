"""
`samsyn import`: read a file and show what was understood, row by row, without storing anything.

With --json one line is printed: {"outcome", "rows", "warnings", "flagged", "reason"}, and with --rows also "reading".

    outcome   accept, accept_with_warnings, reject, or hold_for_review (personal identity numbers)
    rows      how many rows were read, 0 if the file was refused
    warnings  sentences
    flagged   where personal identity numbers stand
    reason    one sentence for reject and hold_for_review, else ""
    reading   for a plan: [{"sheet", "row", "causes": [{"number", "text"}], "action", "goal", "when": {"typed", "interpreted", "ask"},
              "responsible": [{"name", "email", "phone"}], "status": {"face", "implementation", "ask"}}]; numbers of a held file are
              [person] there. For a series: [{"sheet", "row", "when": {"typed", "first", "last", "ask"},
              "numbers": [{"typed", "value", "ask"}], "texts"}], and [] when it is held

The exit status is 0 for every outcome, and 2 if the command was written wrongly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from samsyn.cli.check import day_of_the_clock, plain

if TYPE_CHECKING:
    from samsyn.formats.attachment import AttachmentReading
    from samsyn.formats.problems import RowProblem
    from samsyn.formats.reading import PlanReading, ReadRow
    from samsyn.formats.series import SeriesReading, SeriesRow

SHOWN_ROWS = 200
WIDEST = 160  # signs on a line where the answer goes to a file
HELD = "Filen har personnummer och sparas inte. Ta bort dem, eller låt Samsyn skriva [person] i stället."
NEEDS_THE_WEB = ("Det här kommandot visar bara vad som förstods; ingenting är sparat. Starta Samsyn med samsyn serve och läs in filen där, "
                 "eller skriv --dry-run för att slippa den här raden.")


class Target(str, Enum):
    """What a file is to be read as."""

    PLAN = "plan"
    SERIES = "series"
    ATTACHMENT = "attachment"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a file, in the words of the contract. `table` is what a person is shown: a header and its rows."""

    outcome: str
    rows: int = 0
    warnings: tuple[str, ...] = ()
    flagged: tuple[str, ...] = ()
    reason: str = ""
    reading: tuple[dict[str, Any], ...] = ()
    table: tuple[tuple[str, ...], ...] = ()


SourceFile = Annotated[Path, typer.Argument(metavar="FIL", exists=True, dir_okay=False, readable=True, help="Filen som ska läsas.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Visa bara, spara ingenting.")]
AsJson = Annotated[bool, typer.Option("--json", help="Skriv svaret som en rad JSON, för andra program.")]
As = Annotated[Target, typer.Option("--as", help="Vad filen är: plan, series (siffror över tid) eller attachment (bilaga).")]
WithRows = Annotated[bool, typer.Option("--rows", help="Ta med varje rad som den förstods i JSON-svaret.")]
Today = Annotated[datetime | None, typer.Option(metavar="DATUM", formats=["%Y-%m-%d"], hidden=True, help="Räkna som om det vore den här dagen.")]


def import_command(
    file: SourceFile, dry_run: DryRun = False, as_json: AsJson = False, target: As = Target.PLAN, rows: WithRows = False, today: Today = None,
) -> None:
    """
    Läs en fil och visa vad som förstods, utan att spara något.

    Filen öppnas i en egen, begränsad process och ändras inte. Inläsning på riktigt görs i webbprogrammet.
    """
    answer = answer_for(file, target, today.date() if today else day_of_the_clock())
    if as_json:
        write_json(answer, with_rows=rows)
        return
    write_text(file, answer)
    if not dry_run:
        typer.echo(f"\n{NEEDS_THE_WEB}")


def answer_for(file: Path, target: Target, today: date) -> Answer:
    """Read a file as what it is said to be, in a limited process of its own. Every refusal becomes an answer."""
    from samsyn.formats.child import read_safely
    from samsyn.formats.package import FILE_TOO_LARGE, MAX_PACKED
    from samsyn.formats.personal_numbers import redact
    from samsyn.formats.problems import Refused

    try:
        if file.stat().st_size > MAX_PACKED:
            return Answer("reject", reason=FILE_TOO_LARGE)
        content = file.read_bytes()
        if target is Target.ATTACHMENT:
            return _of_attachment(read_safely("samsyn.formats.attachment:check_attachment", file.name, content))
        if target is Target.SERIES:
            return _of_series(read_safely("samsyn.formats.series:open_series", file.name, content))
        return _of_plan(read_safely("samsyn.formats.plan_reading:read_plan_file", file.name, content, today=today))
    except Refused as refusal:
        return Answer("reject", reason=redact(str(refusal)))


def _judged(rows: int, problems: Sequence[RowProblem], flagged: Sequence[str]) -> Answer:
    warnings = tuple(str(problem) for problem in problems)
    if flagged:
        return Answer("hold_for_review", rows, warnings, tuple(flagged), HELD)
    return Answer("accept_with_warnings" if warnings else "accept", rows, warnings)


def _of_plan(reading: PlanReading) -> Answer:
    from samsyn.formats.plan_redacted import without_personal_numbers

    judged = _judged(len(reading.rows), reading.problems, [flag.place for flag in reading.flags])
    if reading.flags:
        reading = without_personal_numbers(reading)
    table = (("Rad", "Orsak", "Åtgärd", "Mål", "När", "Vem", "Uppföljning"), *map(_shown, reading.rows))
    return Answer(judged.outcome, judged.rows, judged.warnings, judged.flagged, judged.reason, tuple(map(json_of_row, reading.rows)), table)


def _of_series(reading: SeriesReading) -> Answer:
    judged = _judged(len(reading.rows), reading.problems, [flag.place for flag in reading.flags])
    rows = tuple(_json_of_figures(reading, row) for row in reading.rows) if not reading.flags else ()
    table = (("Rad", *(column.header for column in reading.columns)), *(_shown_figures(reading, row) for row in reading.rows)) if rows else ()
    return Answer(judged.outcome, judged.rows, judged.warnings, judged.flagged, judged.reason, rows, table)


def _json_of_figures(reading: SeriesReading, row: SeriesRow) -> dict[str, Any]:
    first, last = row.when.first, row.when.last
    return {
        "sheet": reading.sheet, "row": row.number,
        "when": {"typed": row.when.typed, "first": first.isoformat() if first else None, "last": last.isoformat() if last else None, "ask": row.when.ask},
        "numbers": [{"typed": one.typed, "value": None if one.value is None else str(one.value), "ask": one.ask} for one in row.numbers],
        "texts": list(row.texts),
    }


def _shown_figures(reading: SeriesReading, row: SeriesRow) -> tuple[str, ...]:
    from samsyn.formats.series import Role

    numbers, texts = iter(row.numbers), iter(row.texts)
    cells = []
    for column in reading.columns:
        one = row.when if column.role is Role.WHEN else next(numbers) if column.role is Role.NUMBER else next(texts)
        cells.append(one if isinstance(one, str) else one.typed + (" ?" if one.ask else ""))
    return (str(row.number), *cells)


def _of_attachment(reading: AttachmentReading) -> Answer:
    return _judged(0, reading.problems, [flag.place for flag in reading.flags])


def json_of_row(row: ReadRow) -> dict[str, Any]:
    """Return a row of a plan as the contract says it."""
    day = row.when.interpreted
    return {
        "sheet": row.sheet, "row": row.number,
        "causes": [{"number": cause.number, "text": cause.text} for cause in row.causes],
        "action": row.action, "goal": row.goal,
        "when": {"typed": row.when.typed, "interpreted": day.isoformat() if day else None, "ask": row.when.ask},
        "responsible": [{"name": person.name, "email": person.email, "phone": person.phone} for person in row.responsible],
        "status": {
            "face": row.status.face.value if row.status.face else None,
            "implementation": row.status.implementation.value if row.status.implementation else None, "ask": row.status.ask},
    }


def write_json(answer: Answer, *, with_rows: bool) -> None:
    """Print one line. Where the terminal cannot write every sign, JSON's own \\u is used."""
    import json
    import sys

    said: dict[str, Any] = {"outcome": answer.outcome, "rows": answer.rows, "warnings": list(answer.warnings), "flagged": list(answer.flagged),
                            "reason": answer.reason}
    if with_rows:
        said["reading"] = list(answer.reading)
    whole = (getattr(sys.stdout, "encoding", None) or "").lower().replace("-", "") == "utf8"
    typer.echo(json.dumps(said, ensure_ascii=not whole))


def _shown(row: ReadRow) -> tuple[str, ...]:
    """Return a row of a plan as a person is shown it: question marks where we ask."""
    causes = "\n".join(" ".join(filter(None, (f"{cause.number}." if cause.number is not None else "", cause.text))) for cause in row.causes)
    day = row.when.interpreted.isoformat() if row.when.interpreted else ""
    when = " ".join(dict.fromkeys(filter(None, (row.when.typed, f"({day})" if day and day != row.when.typed else ""))))
    people = "\n".join(" ".join(filter(None, (person.name, person.phone, person.email))) for person in row.responsible)
    said = ". ".join(choice.label for choice in (row.status.face, row.status.implementation, row.status.result) if choice)
    return (str(row.number), causes, f"{row.action_number} {row.action}".strip(), row.goal, when + (" ?" if row.when.ask else ""), people,
            said + (" ?" if row.status.ask else ""))


HEADLINES = {
    "accept": "Allt förstods.", "accept_with_warnings": "Filen går att läsa in. Titta på det här först:",
    "reject": "Filen läses inte in.", "hold_for_review": "Filen stoppas.",
}


def write_text(file: Path, answer: Answer) -> None:
    """Write the answer for a person: what came of it, what to look at, and the rows."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        console.width = WIDEST
    rows = f", {answer.rows} rader" if answer.rows else ""
    console.print(Text(plain(f"{file.name}{rows}. {HEADLINES[answer.outcome]}"), style="bold"))
    if answer.reason:
        console.print(plain(answer.reason))
    for place in answer.flagged:
        console.print(plain(f"  • personnummer: {place}"))
    for warning in answer.warnings:
        console.print(plain(f"  • {warning}"))
    if len(answer.table) > 1:
        shown = Table(*answer.table[0], show_lines=True)
        for row in answer.table[1:SHOWN_ROWS + 1]:
            shown.add_row(*(Text(plain(cell, lines=True)) for cell in row))
        console.print()
        console.print(shown)
        if any(cell.endswith(" ?") for row in answer.table[1:] for cell in row):
            console.print("? = vi frågar när filen läses in.")
        if len(answer.table) > SHOWN_ROWS + 1:
            console.print(f"Bara de första {SHOWN_ROWS} raderna visas. Skriv --json --rows för alla.")

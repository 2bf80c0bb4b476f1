"""An answer of the analysis in the terminal: sentences, tables, reservations and how it was counted; or its findings as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from samsyn.cli.check import WIDEST, Paper, plain

if TYPE_CHECKING:
    from samsyn.analysis.answer import Answer, Finding, Table


def json_of_findings(answer: Answer) -> list[dict[str, Any]]:
    """Return the findings as `samsyn analyse` lists them."""
    return [json_of_finding(one) for one in answer.findings]


def json_of_finding(finding: Finding) -> dict[str, Any]:
    """Return one finding with its estimate."""
    one = finding.estimate
    return {
        "question": finding.question, "name": finding.name, "group": finding.group, "label": finding.label, "value": one.value, "low": one.low,
        "high": one.high, "level": one.level, "n": one.n, "unit": one.unit, "method": one.method, "settings": dict(one.settings), "reason": one.reason,
    }  # fmt: skip


def write_answer(answer: Answer, title: str) -> None:
    """Write an answer for a person: what is said first, then the table, what it cannot show, and how it was counted."""
    from rich.console import Console

    console = Console(highlight=False, markup=False, emoji=False)
    paper = Paper(console, min(console.width, WIDEST) if console.is_terminal else WIDEST)
    paper.line(title, style="bold")
    for words in answer.sentences:
        paper.item(words)
    for table in answer.tables:
        console.print()
        _write_table(paper, table)
    if answer.warnings:
        paper.heading("Tänk på")
        for words in answer.warnings:
            paper.item(words)
    if answer.method:
        paper.heading("Så räknade vi")
        for words in answer.method:
            paper.item(words)


def _write_table(paper: Paper, table: Table) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table as Drawn
    from rich.text import Text

    drawn = Drawn(box=SIMPLE_HEAD, title=plain(table.caption), title_justify="left", title_style="italic", pad_edge=False, padding=(0, 2, 0, 0))
    for place, head in enumerate(table.heads):
        drawn.add_column(Text(plain(head)), justify="right" if place else "left")
    for row in table.rows:
        drawn.add_row(*(Text(plain(cell)) for cell in row))
    paper.console.print(drawn, width=paper.width)
    for note in table.notes:
        paper.line(note, style="dim")

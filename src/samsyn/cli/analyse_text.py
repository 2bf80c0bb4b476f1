"""The answers of `samsyn analyse` for a person at a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from samsyn.cli.check import WIDEST, Paper, plain

if TYPE_CHECKING:
    from samsyn.analysis.answer import Answer, Table
    from samsyn.cli.analyse import Analysed

SHOWN_PROBLEMS = 10


def write_text(analysed: Analysed, answers: Sequence[Answer]) -> None:
    """Write the answers for a person: what was understood, the seven answers, what was left out."""
    from rich.console import Console

    console = Console(highlight=False, markup=False, emoji=False)
    paper = Paper(console, min(console.width, WIDEST) if console.is_terminal else WIDEST)
    console.width = max(console.width, paper.width)  # into a file or another program: as wide as the text
    _write_understood(paper, analysed)
    for answer in answers:
        _write_answer(paper, answer)
    _write_left_out(paper, analysed)


def protection_words(analysed: Analysed) -> list[str]:
    """Return who it is for and what the one who hands it out has to see to; nothing for a reader who may see everything."""
    from samsyn.chain.wording import listed

    if analysed.shows_rows:
        return []
    told = [f"För {analysed.reader_label}: små antal är skyddade och visas som .."]
    if analysed.earlier:
        had = listed(one.label for one in analysed.earlier)
        told.append(f"Prövat mot uppdelningen efter {had}: inget skyddat antal går att räkna ut ur dem tillsammans.")
    elif analysed.split.value != "nothing":
        told.append("Ge samma läsare bara en uppdelning av filen. Två kan tillsammans visa ett litet antal som är skyddat i var och en. "
                    "Har läsaren redan en prövas de ihop med --earlier.")
    return told


def _write_understood(paper: Paper, analysed: Analysed) -> None:
    from samsyn.analysis.disclosure import may_show_total
    from samsyn.chain.wording import counted

    reading = analysed.reading
    sheet = f", blad {reading.sheet}" if reading.sheet else ""
    seen = may_show_total((count for _, count in reading.dropped), analysed.rule) and not analysed.rule.hides(reading.rows_read)
    rows = "" if not seen else f": {counted(reading.rows_read, 'rad', 'rader')}"
    paper.line(f"{analysed.file}{sheet}{rows}", style="bold")
    for words in protection_words(analysed):
        paper.line(words)
    paper.line("Så förstods kolumnerna: " + ", ".join(f"{column.label} = {column.header}" for column in reading.used) + ".", style="dim")
    if reading.unused:
        paper.line(f"Används inte: {', '.join(reading.unused)}.", style="dim")
    for name, words in analysed.understood.choices:
        paper.line(f"{name}: {words}.", style="dim")


def _write_answer(paper: Paper, answer: Answer) -> None:
    from samsyn.formats.analysis_report import EVERYBODY, attrition_words, first_words

    group = "" if answer.group == EVERYBODY else f" – {answer.group}"
    paper.heading(f"{answer.question}. {answer.title}{group}")
    for words in answer.sentences or (first_words(answer),):
        paper.line(words)
    for words in answer.warnings:
        paper.line(f"Tänk på: {words}")
    for table in answer.tables[:1]:
        _write_table(paper, table)
    paper.line(attrition_words(answer), style="dim")
    if answer.group == EVERYBODY and answer.method:
        paper.line(f"Så räknade vi: {' '.join(answer.method)}", style="dim")


def _write_table(paper: Paper, table: Table) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table as Drawn
    from rich.text import Text

    from samsyn.formats.analysis_report import rows_are_numbers

    drawn = Drawn(box=SIMPLE_HEAD, title=plain(table.caption), title_justify="left", title_style="italic", pad_edge=False, padding=(0, 2, 0, 0))
    for place, head in enumerate(table.heads):
        word = max(map(len, plain(head).split()), default=1)
        drawn.add_column(Text(plain(head)), justify="right" if place and rows_are_numbers(table.rows, place) else "left", overflow="fold", min_width=word)
    for row in table.rows:
        drawn.add_row(*(Text(plain(cell)) for cell in row))
    paper.console.print(drawn, width=paper.width)


def _write_left_out(paper: Paper, analysed: Analysed) -> None:
    from samsyn.analysis.disclosure import shown_count

    if analysed.understood.lacking:
        paper.heading("Det här är inte angivet (skriv det i en fil och ta med den med --settings)")
        for words in analysed.understood.lacking:
            paper.item(words)
    if analysed.left_out:
        paper.heading("Det här räknades inte")
        for why, count in analysed.left_out:
            paper.item(f"{why}: {shown_count(count, analysed.rule)}")
    problems = analysed.problems
    if problems and not analysed.shows_rows:
        paper.heading(f"Anmärkningar på filen ({len(problems)}) visas bara för enheten")
    elif problems:
        paper.heading(f"Anmärkningar på filen ({len(problems)})")
        for problem in problems[:SHOWN_PROBLEMS]:
            paper.item(str(problem))
        if len(problems) > SHOWN_PROBLEMS:
            paper.item(f"och {len(problems) - SHOWN_PROBLEMS} till. Fler står i rapporten (-o), och alla visas med --json.")

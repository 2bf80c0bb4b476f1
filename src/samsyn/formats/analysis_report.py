"""The report of an analysis as values, and as the strings its paper shows: the same for PDF, Word and HTML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from samsyn.analysis.answer import Answer, Chart, Table
from samsyn.analysis.disclosure import EVERYTHING, PROTECTED, Rule, may_show_total, shown_count
from samsyn.analysis.written_numbers import written
from samsyn.chain.wording import date_words, sentence
from samsyn.formats.participants_reading import ParticipantsReading
from samsyn.formats.problems import RowProblem

View = dict[str, Any]

TITLE = "Sju svar om våra insatser"
SHOWN_PROBLEMS = 40
EVERYBODY = "alla"
HEADINGS = {
    "answers": "Svaren i korthet", "understood": "Så lästes filen", "columns": "Kolumnerna", "choices": "Vad som gällde", "lacking": "Det här är inte angivet",
    "left_out": "Det här räknades inte", "problems": "Anmärkningar på filen", "attrition": "Vilka svaret bygger på", "method": "Så räknade vi",
    "warnings": "Tänk på",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class AnalysisReport:
    """
    All that the report of an analysis tells.

    file       the file's name
    on         the day it was made
    reader     Swedish: who it is made for
    split      Swedish: what the groups are; "" if there are none
    reading    what was understood of the file
    choices    (Swedish name, words): the settings and the sheet's words, as they were understood
    lacking    Swedish sentences: what is not stated, and what it costs
    left_out   Swedish reason to how many: rows and values that are not counted
    problems   faults of the file and of the settings, with their places
    answers    of everybody first, then of each group
    rule       what the reader may see; only who may see everything is shown what single rows say
    """

    file: str
    on: date
    reader: str
    split: str
    reading: ParticipantsReading
    choices: tuple[tuple[str, str], ...]
    lacking: tuple[str, ...]
    left_out: tuple[tuple[str, int], ...]
    problems: tuple[RowProblem, ...]
    answers: tuple[Answer, ...] = field(default=())
    rule: Rule = EVERYTHING

    @property
    def shows_rows(self) -> bool:
        """Whether the reader may see what single rows say."""
        return self.rule == EVERYTHING

    @property
    def charts(self) -> tuple[Chart, ...]:
        """The charts in the order they stand."""
        return tuple(chart for answer in self.answers for chart in answer.charts)


def view_of(report: AnalysisReport) -> View:
    """Return the report's words by name: only str, bool, int and lists and dicts of them. Charts are numbered in the order of `charts`."""
    everybody = [answer for answer in report.answers if answer.group == EVERYBODY]
    groups = list(dict.fromkeys(answer.group for answer in report.answers if answer.group != EVERYBODY))
    numbers = iter(range(len(report.charts)))
    in_order = {id(answer): _answer(answer, numbers) for answer in report.answers}
    return {
        "headings": dict(HEADINGS), "title": TITLE, "stamp": stamp_of(report), "lead": lead_of(report), "file": report.file, "on": date_words(report.on),
        "first": [{"number": str(one.question), "title": one.title, "words": first_words(one)} for one in everybody],
        "questions": [in_order[id(answer)] for answer in everybody],
        "groups": [{"title": f"{sentence(report.split).rstrip('.')}: {group}",
                    "questions": [in_order[id(answer)] for answer in report.answers if answer.group == group]} for group in groups],
        "columns": [[column.label, column.header] for column in report.reading.used], "unused": ", ".join(report.reading.unused),
        "choices": [list(choice) for choice in report.choices], "lacking": list(report.lacking),
        "left_out": [[sentence(why).rstrip("."), shown_count(count, report.rule)] for why, count in report.left_out],
        "problems": [_problem(one) for one in report.problems[:SHOWN_PROBLEMS]] if report.shows_rows else [],
        "more_problems": more_words(len(report.problems) - SHOWN_PROBLEMS) if report.shows_rows else "",
    }  # fmt: skip


def stamp_of(report: AnalysisReport) -> list[str]:
    """Return the two lines at the top: the file and the reader, and the day."""
    return [f"Ur filen {report.file}, för {report.reader}", f"Gjord {date_words(report.on)}"]


def lead_of(report: AnalysisReport) -> str:
    """Return what the answers rest on, in a few sentences."""
    rows, dropped = report.reading.rows_read, sum(count for _, count in report.reading.dropped)
    known = f"{written(rows - dropped)} av {written(rows)} rader" if dropped else f"{written(rows)} rader"
    seen = may_show_total((count for _, count in report.reading.dropped), report.rule)
    if not seen or any(report.rule.hides(count) for count in (rows, rows - dropped) if count):
        known = "raderna"
    lead = f"Svaren bygger på {known} i filen, en rad för varje insats. De säger vad siffrorna visar, inte varför."
    return lead + (" Allt som inte kunde räknas står under ”" + HEADINGS["understood"] + "”." if report.left_out or report.problems else "")


def first_words(answer: Answer) -> str:
    """Return the answer's most important sentence with what must go with it; why there is none if there is none."""
    first = answer.sentences[:1] or ("Frågan går inte att besvara med det som finns i filen.",)
    return " ".join(dict.fromkeys((*first, *answer.cautions)))


def attrition_words(answer: Answer) -> str:
    """Return n and who was lost, in a sentence."""
    counted, started = answer.attrition.counted, answer.attrition.started
    words = f"Bygger på {_shown(counted)} av {_shown(started)}."
    lost = [f"{why}: {written(count)}" for why, count in answer.attrition.lost if count]
    return f"{words} {sentence('; '.join(lost))}" if lost else words


def _shown(count: int | None) -> str:
    return PROTECTED if count is None else written(count)


def more_words(count: int) -> str:
    """Return how many are left; "" if none."""
    return f"och {written(count)} till" if count > 0 else ""


def _answer(answer: Answer, numbers: Iterator[int]) -> View:
    return {
        "number": str(answer.question), "title": answer.title, "sentences": list(answer.sentences) or [first_words(answer)],
        **drawn_and_told(answer, numbers), "attrition": attrition_words(answer), "method": list(answer.method),
        "warnings": list(answer.warnings),
    }  # fmt: skip


def drawn_and_told(answer: Answer, numbers: Iterator[int]) -> View:
    """Return the answer's charts and tables; each chart takes its place among the drawings from `numbers`."""
    return {
        "charts": [{"place": next(numbers), "title": chart.title, "words": chart.description, "table": _table(chart.table)} for chart in answer.charts],
        "tables": [_table(table) for table in _distinct(answer)],
    }  # fmt: skip


def _distinct(answer: Answer) -> list[Table]:
    """Return the answer's tables, and those of its charts that are not among them; each once."""
    return list(dict.fromkeys((*answer.tables, *(chart.table for chart in answer.charts))))


def _table(table: Table) -> View:
    return {"caption": table.caption, "heads": list(table.heads), "rows": [list(row) for row in table.rows], "notes": list(table.notes)}


def _problem(problem: RowProblem) -> list[str]:
    shown = f"{problem.place}: ”{problem.value}”" if problem.value else problem.place
    return [shown, problem.why, problem.what_to_do]


def rows_are_numbers(rows: Sequence[Sequence[str]], column: int) -> bool:
    """Return whether most cells of a column are figures, so that they stand to the right."""
    cells = [row[column] for row in rows if column < len(row) and row[column]]
    return bool(cells) and sum(cell.lstrip("−-")[:1].isdigit() or cell in ("..", ".", "saknas") for cell in cells) > len(cells) / 2

"""
`samsyn check`: the plan check in the terminal, without any server.

With --json one object is printed:

    file          the file's name
    plan          the plan's name
    today         the day that counts as today, "2027-03-01"
    headline      what was found, in words
    must_be_mended  true when the exit status is 1
    rows          {"problems", "causes", "goals", "actions"}: how many of each were read
    counts        {"must", "should", "consider"}: remarks; {"fine", "silenced", "unseen"}: rules
    three_first   [{"rule", "title", "severity", "sentence", "what_to_do", "remarks" (how many), "frees": [row id]}]
    remarks       [{"rule", "title", "severity", "sentence", "kind", "id", "field", "place", "frees": [row id]}], the heaviest first
    fine          [{"rule", "title"}]
    silenced      [{"rule", "title", "reason"}]
    unseen        [{"rule", "title", "missing": [what the file does not say]}]
    reading       [{"place", "value", "why", "what_to_do", "weight"}]: what the reader of the file has to say

A file that is refused gives {"file", "refused": the reason} instead. Exit status: 0 nothing must be mended, 1 something
must, 2 the file was refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from samsyn.chain.check import CheckResult, Mend, MendsOfRule, Remark
    from samsyn.chain.plan import Plan
    from samsyn.formats.problems import RowProblem

SOMETHING_TO_MEND = 1
REFUSED = 2
SHOWN_ROWS = 10          # of one rule; the rest are counted, and stand in --json
WIDEST = 100             # signs on a line


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that was read and checked. `reading` is what the reader has to say of it."""

    file: str
    plan: Plan
    today: date
    result: CheckResult
    reading: Sequence[RowProblem]


PlanFile = Annotated[Path, typer.Argument(
    metavar="FIL", exists=True, dir_okay=False, readable=True, help="Planen: Excel, ODS, CSV eller Word.")]
AsJson = Annotated[bool, typer.Option("--json", help="Skriv resultatet som JSON, för andra program.")]
Today = Annotated[datetime | None, typer.Option(
    metavar="DATUM", formats=["%Y-%m-%d"], help="Räkna som om det vore den här dagen, till exempel 2026-11-21.")]


def check_command(file: PlanFile, as_json: AsJson = False, today: Today = None) -> None:
    """
    Kontrollera en åtgärdsplan i en fil: vad saknas, vad är sent?

    Filen ändras inte och inget sparas. Slutkoden är 1 när något måste rättas, 0 när inget måste det och 2 när filen
    inte går att läsa.
    """
    from samsyn.formats.problems import Refused

    try:
        checked = checked_file(file, today.date() if today else day_of_the_clock())
    except Refused as refusal:
        refuse(file, str(refusal), as_json)
        raise typer.Exit(REFUSED) from None
    if as_json:
        write_json(json_of(checked))
    else:
        write_text(checked)
    raise typer.Exit(SOMETHING_TO_MEND if checked.result.must_be_mended else 0)


def checked_file(file: Path, today: date) -> Checked:
    """Read a file and check the plan in it. Raises Refused as `read_plan_of` does."""
    from samsyn.chain.check import check

    plan, reading = read_plan_of(file, today)
    return Checked(file.name, plan, today, check(plan, today), reading)


def read_plan_of(file: Path, today: date) -> tuple[Plan, tuple[RowProblem, ...]]:
    """
    Return the plan in a file, named as the file, and what the reader has to say of it.

    today    for dates without a year
    raises   Refused   if the file cannot be read, or if it holds personal identity numbers
    """
    from samsyn.formats.child import read_safely
    from samsyn.formats.package import MAX_PACKED
    from samsyn.formats.plan_from_reading import plan_from_reading
    from samsyn.formats.problems import Refused

    try:
        with file.open("rb") as opened:
            content = opened.read(MAX_PACKED + 1)  # enough for the reader to see that it is too large
    except OSError as error:
        raise Refused(f"Filen {file.name} går inte att öppna: {error.strerror or error}.") from error
    reading = read_safely("samsyn.formats.plan_reading:read_plan_file", file.name, content, today=today)
    hold_personal_numbers([flag.place for flag in reading.flags])
    return plan_from_reading(reading, name=file.stem), reading.problems


def hold_personal_numbers(places: Sequence[str]) -> None:
    """Refuse a file with personal identity numbers before any of its text is shown. The numbers are never repeated."""
    from samsyn.chain.wording import listed
    from samsyn.formats.problems import Refused

    if places:
        shown = listed([*places[:SHOWN_ROWS], *(["fler ställen"] if len(places) > SHOWN_ROWS else [])])
        raise Refused(f"Filen har personnummer i {shown}. Ta bort dem, spara filen och försök igen.")


def day_of_the_clock() -> date:
    """Return today's date in Sweden."""
    from samsyn.chain.wording import sweden

    return datetime.now(sweden()).date()


def refuse(file: Path, reason: str, as_json: bool) -> None:
    """Say why the file was refused."""
    if as_json:
        write_json({"file": file.name, "refused": reason})
    else:
        typer.echo(plain(reason), err=True)


def write_json(answer: dict[str, Any] | list[dict[str, Any]]) -> None:
    import json

    typer.echo(json.dumps(answer, ensure_ascii=False, indent=2))


def json_of(checked: Checked) -> dict[str, Any]:
    """Return the object that is described at the top of this module."""
    from samsyn.chain.check import three_first

    plan, result = checked.plan, checked.result
    return {
        "file": checked.file, "plan": plan.name, "today": checked.today.isoformat(), "headline": finding(checked),
        "must_be_mended": result.must_be_mended,
        "rows": {name: len(getattr(plan, name)) for name in ("problems", "causes", "goals", "actions")},
        "counts": {
            **{str(severity): count for severity, count in result.count_by_severity().items()},
            "fine": len(result.fine), "silenced": len(result.silenced), "unseen": len(result.unseen)},
        "three_first": [
            {"rule": mend.rule, "title": mend.title, "severity": str(mend.severity), "sentence": mend.sentence,
             "what_to_do": mend.what_to_do, "remarks": len(mend.remarks), "frees": list(mend.frees)} for mend in three_first(result)],
        "remarks": [_json_of_remark(remark) for remark in result.remarks],
        "fine": [{"rule": rule.id, "title": rule.title} for rule in result.fine],
        "silenced": [{"rule": one.rule.id, "title": one.rule.title, "reason": one.reason} for one in result.silenced],
        "unseen": [{"rule": one.rule.id, "title": one.rule.title, "missing": list(one.missing)} for one in result.unseen],
        "reading": [
            {"place": one.place, "value": one.value, "why": one.why, "what_to_do": one.what_to_do, "weight": one.weight.value}
            for one in checked.reading],
    }


def finding(checked: Checked) -> str:
    """Return what the check found, in words; of a file without actions that there was nothing to check."""
    from samsyn.chain.check import headline

    return headline(checked.result) if checked.plan.actions else "Filen har inga åtgärder, så det finns inget att kontrollera."


def _json_of_remark(remark: Remark) -> dict[str, Any]:
    return {"rule": remark.rule, "title": remark.title, "severity": str(remark.severity), "sentence": remark.sentence,
            "kind": remark.kind, "id": remark.id, "field": remark.field, "place": remark.place, "frees": list(remark.frees)}


def write_text(checked: Checked) -> None:
    """Write the answer for a person: the finding, three to mend first, the rest by rule, what is fine, what cannot be seen."""
    from rich.console import Console

    console = Console(highlight=False, markup=False, emoji=False)
    paper = Paper(console, min(console.width, WIDEST) if console.is_terminal else WIDEST)
    _write_finding(paper, checked)
    _write_three_first(paper, checked.result)
    _write_remarks(paper, checked.result)
    _write_other_rules(paper, checked.result)
    _write_reading(paper, checked.reading)


@dataclass(frozen=True, slots=True)
class Paper:
    """Lines of at most `width` signs, with the mark of a list hanging to the left of its text."""

    console: Console
    width: int

    def heading(self, text: str) -> None:
        self.console.print()
        self.line(text, style="bold")

    def item(self, text: str, mark: str = "•") -> None:
        self.line(text, first=f"  {mark} ", then=" " * (3 + len(mark)))

    def line(self, text: str, first: str = "", then: str = "", style: str = "") -> None:
        from textwrap import wrap

        from rich.text import Text

        for one in wrap(plain(text), self.width, initial_indent=first, subsequent_indent=then or first):
            self.console.print(Text(one, style=style), soft_wrap=True)


def plain(text: str, *, lines: bool = False) -> str:
    """Return text without signs that steer a terminal; line breaks stay if asked."""
    return "".join(sign if sign.isprintable() or (lines and sign == "\n") else " " for sign in text)


def _write_finding(paper: Paper, checked: Checked) -> None:
    from samsyn.chain.wording import counted, date_words, listed

    plan = checked.plan
    read = listed((
        counted(len(plan.problems), "problem", "problem", neuter=True), counted(len(plan.causes), "orsak", "orsaker"),
        counted(len(plan.goals), "mål", "mål", neuter=True), counted(len(plan.actions), "åtgärd", "åtgärder")))
    paper.line(plan.name or checked.file, style="bold")
    paper.line(finding(checked))
    paper.line(f"Läst: {read}. Dagens datum: {date_words(checked.today)}.", style="dim")


def _write_three_first(paper: Paper, result: CheckResult) -> None:
    from samsyn.chain.check import three_first

    mends = three_first(result)
    if not mends:
        return
    paper.heading("Rätta det här först")
    for number, mend in enumerate(mends, 1):
        paper.item(said_of(mend), mark=f"{number})")
        paper.line(mend.what_to_do, first="     ", style="dim")


def _write_remarks(paper: Paper, result: CheckResult) -> None:
    from samsyn.chain.check import all_mends

    mends: dict[str, list[Mend]] = {}
    for mend in all_mends(result):
        mends.setdefault(mend.rule, []).append(mend)
    for rule, remarks in result.remarks_by_rule().items():
        paper.heading(f"{rule.title} ({len(remarks)}) – {remarks[0].severity.label.lower()}")
        _write_items(paper, [said_of(mend) for mend in mends[rule.id]])
        paper.line(rule.why, first="  ", style="dim")


def _write_items(paper: Paper, lines: Sequence[str]) -> None:
    """Write a list, folded after SHOWN_ROWS."""
    for line in lines[:SHOWN_ROWS]:
        paper.item(line)
    if len(lines) > SHOWN_ROWS:
        paper.item(f"och {len(lines) - SHOWN_ROWS} till. Alla finns med --json.")


def said_of(mend: Mend | MendsOfRule) -> str:
    """Return what is to be mended, and where it stood in the file if that is one place."""
    place = mend.remarks[0].place if len(mend.remarks) == 1 else ""
    return f"{mend.sentence} ({place})" if place else mend.sentence


def _write_other_rules(paper: Paper, result: CheckResult) -> None:
    from samsyn.chain.wording import listed

    if result.fine:
        paper.heading(f"Inget att rätta ({len(result.fine)})")
        paper.line(", ".join(rule.title for rule in result.fine), first="  ")
    if result.silenced:
        paper.heading(f"Tystat ({len(result.silenced)})")
        _write_items(paper, [f"{one.rule.title}: {one.reason}" for one in result.silenced])
    if result.unseen:
        paper.heading(f"Går inte att se i filen ({len(result.unseen)})")
        for one in result.unseen:
            paper.item(f"{one.rule.title}. Filen säger inget om {listed(one.missing)}.")


def _write_reading(paper: Paper, reading: Sequence[RowProblem]) -> None:
    if reading:
        paper.heading(f"När filen lästes ({len(reading)})")
        _write_items(paper, [str(problem) for problem in reading])

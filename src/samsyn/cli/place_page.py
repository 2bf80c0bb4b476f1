"""The page that `samsyn evaluate` and `samsyn power` write with -o: a PDF, a Word document or a web page, by the ending of its name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from samsyn.cli.check import day_of_the_clock

if TYPE_CHECKING:
    from samsyn.analysis.answer import Answer
    from samsyn.formats.place_report import PlaceReport

Choices = tuple[tuple[str, str], ...]

PlacePage = Annotated[Path | None, typer.Option("-o", "--output", metavar="RAPPORT", help="Spara en sida att dela ut: .pdf, .docx eller .html.")]
PlaceName = Annotated[str | None, typer.Option("--place", metavar="NAMN", help="Vad platsen heter, till exempel Stortorget.")]
Begun = Annotated[str | None, typer.Option("--action", metavar="TEXT", help="Vad som började, till exempel Ny belysning. Står på sidan och i diagrammet.")]
SourceWords = Annotated[str | None, typer.Option(
    "--source", metavar="TEXT", help="Var siffrorna kommer från, till exempel Polisens anmälningar, hämtade 2026-11-02. Står på sidan.")]


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """
    What a person calls things.

    what                   what is counted, Swedish plural
    place, begun, source   the place, what began, where the numbers come from; "" if not told
    """

    what: str
    place: str = ""
    begun: str = ""
    source: str = ""

    @property
    def name(self) -> str:
        """What the place is called in tables and charts."""
        return self.place or "Platsen"


@dataclass(frozen=True, slots=True)
class Told:
    """
    An answer with what its page says beside it.

    lead       Swedish: what is compared
    source     Swedish: where the numbers come from
    choices    the settings, as they were understood
    remarks    Swedish: how the file was read, and what was left out
    problems   Swedish: what is wrong in single rows; for who has the file, not on the page
    """

    answer: Answer
    lead: str
    source: str
    choices: Choices
    remarks: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


def words_given(what: str, place: str | None, begun: str | None, source: str | None) -> PlaceWords:
    """Return the words without space round them, and without line breaks."""
    return PlaceWords(*(" ".join((text or "").split()) for text in (what, place, begun, source)))


def check_page(output: Path | None, as_json: bool, only_on_page: dict[str, str]) -> None:
    """
    Make sure that the page can be made, before anything is counted.

    only_on_page   options that are shown nowhere else: name to what was given, "" if nothing
    raises         Refused
    """
    from samsyn.cli.analyse_report import check_output
    from samsyn.formats.problems import Refused

    if output is None:
        alone = [name for name, words in only_on_page.items() if words]
        if alone:
            raise Refused(f"{alone[0]} står på sidan som sparas. Skriv också -o rapport.pdf.")
        return
    if as_json:
        raise Refused("Välj --json eller -o, inte båda.")
    check_output(output)


def write_page(told: Told, words: PlaceWords, output: Path, today: datetime | None) -> str:
    """Write the page and return what is said of it. Raises Refused if the file cannot be written."""
    from samsyn.cli.analyse_report import save_whole
    from samsyn.formats.place_report import PlaceReport

    on = today.date() if today else day_of_the_clock()
    report = PlaceReport(told.answer, on, words.place, told.lead, told.source, told.choices, told.remarks)
    save_whole(_content(report, output.suffix.lower()), output)
    return f"Sidan är sparad i {output}."


def _content(report: PlaceReport, ending: str) -> bytes:
    if ending == ".pdf":
        from samsyn.formats.place_pdf import place_pdf

        return place_pdf(report)
    if ending == ".docx":
        from samsyn.formats.place_docx import place_docx

        return place_docx(report)
    from samsyn.formats.place_html import place_html

    return place_html(report).encode("utf-8")

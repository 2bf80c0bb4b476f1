"""
`samsyn analyse`: Loke's seven questions answered from a sheet of participants, without any server.

With --json a list is printed, and nothing else on standard output. Each finding:

    question   1 to 7; 0 for what was read and what was left out
    name       "share_completed" and so on
    group      "alla", or the label of a group
    label      what a person reads beside the number
    value      the number, not rounded; null where it cannot be told
    low, high  the interval at `level`; null where there is none
    level      0 to 1
    n          how many it rests on
    unit       "share" (0 to 1), "points", "sd", "count" ...
    method     how it was computed
    settings   every choice that changes the answer
    reason     why value is null, or why it is uncertain

Exit status: 0 the questions are answered, 2 the file or the settings cannot be used.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Annotated

import typer

from samsyn.cli.check import REFUSED, Today, day_of_the_clock, plain, write_json

if TYPE_CHECKING:

    from samsyn.analysis.answer import Answer
    from samsyn.analysis.disclosure import Rule
    from samsyn.analysis.engine import Aggregated
    from samsyn.analysis.split import Split
    from samsyn.formats.analysis_settings import AnalysisSettings
    from samsyn.formats.analysis_understood import Understood
    from samsyn.formats.participants_reading import ParticipantsReading
    from samsyn.formats.problems import RowProblem

SECONDS_BEFORE_PROGRESS = 2.0
SECONDS_BETWEEN_PROGRESS = 1.0

SheetFile = Annotated[Path, typer.Argument(
    metavar="FIL", exists=True, dir_okay=False, readable=True, help="Deltagarna: Excel, ODS, CSV, SPSS (.sav) eller Parquet. En rad för varje insats.")]
Mapped = Annotated[list[str] | None, typer.Option(
    "--map", metavar="UPPGIFT=KOLUMN", help="Säg vilken kolumn en uppgift står i, till exempel --map före=Poäng1. Kan upprepas.")]
SettingsFile = Annotated[Path | None, typer.Option(
    "--settings", metavar="FIL", exists=True, dir_okay=False, readable=True, help="Det som inte står i filen: riktning, skala, norm ... YAML eller JSON.")]
SplitBy = Annotated[str | None, typer.Option(
    "--split", metavar="UPPDELNING", help="Dela upp efter unit, sex, target_group, year, half_year eller quarter.")]
ReaderOf = Annotated[str | None, typer.Option(
    "--reader", metavar="LÄSARE", help="Vem som ska läsa: unit, committee, partnership eller public. Styr vad som skyddas.")]
EarlierSplits = Annotated[list[str] | None, typer.Option(
    "--earlier", metavar="UPPDELNING", help="En uppdelning av samma fil som läsaren redan har. Prövas ihop med den nya. Kan upprepas.")]
AsJson = Annotated[bool, typer.Option("--json", help="Skriv siffrorna som JSON, för andra program.")]
Output = Annotated[Path | None, typer.Option("-o", "--output", metavar="RAPPORT", help="Spara en rapport: .pdf, .docx eller .html.")]


@dataclass(frozen=True, slots=True)
class Analysed:
    """A file that was read and counted."""

    file: str
    reading: ParticipantsReading
    settings: AnalysisSettings
    understood: Understood
    counted: Aggregated
    split: Split
    reader: str
    rule: Rule
    earlier: tuple[Split, ...] = ()

    @property
    def problems(self) -> tuple[RowProblem, ...]:
        """What is wrong with the settings and with the file."""
        return (*self.settings.problems, *self.reading.problems)

    @property
    def shows_rows(self) -> bool:
        """Whether the reader may see what single rows say."""
        from samsyn.analysis.disclosure import EVERYTHING

        return self.rule == EVERYTHING

    @property
    def reader_label(self) -> str:
        """Swedish: who it is made for."""
        from samsyn.catalog.disclosure import reader_limits

        return reader_limits()[self.reader].label

    @property
    def left_out(self) -> tuple[tuple[str, int], ...]:
        """Rows and values that are not counted: Swedish reason to how many."""
        return (*self.reading.dropped, *self.reading.emptied, *self.counted.left_out)


def analyse_command(
    file: SheetFile, mapped: Mapped = None, settings: SettingsFile = None, split: SplitBy = None, reader: ReaderOf = None,
    earlier: EarlierSplits = None, as_json: AsJson = False, output: Output = None, today: Today = None,
) -> None:  # fmt: skip
    """
    Svara på Lokes sju frågor om en verksamhet, ur en tabell med deltagare.

    Filen ändras inte och inget sparas. Det som inte går att säga får ett skäl i stället för en siffra. Slutkoden är 0 när
    frågorna är besvarade och 2 när filen inte går att använda.
    """
    from samsyn.analysis.refused import Refused as NotUsable
    from samsyn.formats.problems import Refused

    try:
        if output is not None:
            from samsyn.cli.analyse_report import check_output

            check_output(output)
            if as_json:
                raise Refused("Välj --json eller -o, inte båda.")
        day = today.date() if today else day_of_the_clock()
        analysed = analysed_file(file, _pairs(mapped or []), settings, split, reader, earlier or [], today=day)
        if as_json:
            from samsyn.cli.analyse_json import json_of

            write_json(json_of(analysed))
            _tell_briefly(analysed)
            return
        if output is not None:
            from samsyn.cli.analyse_report import write_report

            write_report(analysed, answers_of(analysed), output, day)
            for words in _said(analysed, output):
                typer.echo(plain(words))
            return
        from samsyn.cli.analyse_text import write_text

        write_text(analysed, answers_of(analysed))
    except (Refused, NotUsable) as refusal:
        typer.echo(plain(str(refusal)), err=True)
        raise typer.Exit(REFUSED) from None


def analysed_file(
    file: Path, mapped: dict[str, str], settings: Path | None, split: str | None, reader: str | None, earlier: Sequence[str] = (),
    *, today: date,
) -> Analysed:  # fmt: skip
    """Read a file and count it. Raises Refused, of the formats or of the analysis, with one kind sentence."""
    from samsyn.analysis.disclosure import Rule
    from samsyn.analysis.split import Split
    from samsyn.catalog.disclosure import reader_limits
    from samsyn.cli.analyse_splits import check_split, earlier_splits, hold_what_meets
    from samsyn.formats.analysis_understood import understood

    _import_meanwhile()
    stated = _settings(settings)
    groups = _split(split) or stated.split or Split.NOTHING
    who = _reader(reader) or stated.reader or "unit"
    reading = _reading(file, mapped, stated)
    reading = replace(reading, problems=(*reading.days_to_come(today), *reading.problems))
    check_split(groups, reading)
    known = understood(stated, reading.words_of("end_reason"), reading.words_of("target_group"))
    from samsyn.analysis.engine import aggregated

    threads = None if reading.file else 1  # a sheet is small: starting threads takes longer than counting
    counted = aggregated(reading.source(), known.loke, split=groups, last_day=stated.last_day, threads=threads, on_progress=progress())
    limits = reader_limits()[who]
    rule = Rule(limits.threshold, limits.zeros_shown, limits.base)
    analysed = Analysed(file.name, reading, stated, known, counted, groups, who, rule, earlier_splits(earlier, groups))
    hold_what_meets(analysed)
    return analysed


def _import_meanwhile() -> None:
    """Begin to load what the counting takes, a second of work, while another process reads the file."""
    Thread(target=lambda: [import_module(name) for name in ("samsyn.analysis.engine", "duckdb", "samsyn.analysis.loke")], daemon=True).start()


def answers_of(analysed: Analysed) -> tuple[Answer, ...]:
    """Return the seven answers, of everybody and of each group, as the reader may see them."""
    from samsyn.analysis.loke import answers

    return answers(analysed.counted, analysed.understood.loke, analysed.rule)


def _settings(path: Path | None) -> AnalysisSettings:
    from samsyn.formats.analysis_settings import AnalysisSettings, read_settings
    from samsyn.formats.problems import Refused

    if path is None:
        return AnalysisSettings()
    try:
        return read_settings(path.name, path.read_bytes())
    except OSError as error:
        raise Refused(f"Filen {path.name} går inte att öppna: {error.strerror or error}.") from error


def _reading(file: Path, mapped: dict[str, str], stated: AnalysisSettings) -> ParticipantsReading:
    """Read the file: Parquet by the engine, everything else in a limited process of its own."""
    import json

    from samsyn.formats.child import read_safely
    from samsyn.formats.package import MAX_PACKED
    from samsyn.formats.problems import Refused

    scale = stated.loke.scale
    try:
        with file.open("rb") as opened:
            start = opened.read(4)
            if start == b"PAR1":
                from samsyn.formats.participants_parquet import read_parquet

                return read_parquet(file, mapped, stated.columns, scale)
            content = start + opened.read(MAX_PACKED + 1)
    except OSError as error:
        raise Refused(f"Filen {file.name} går inte att öppna: {error.strerror or error}.") from error
    read: ParticipantsReading = read_safely(
        "samsyn.formats.participants_sheet:read_participants", file.name, content, seconds=30.0,
        wished=json.dumps(mapped), stated=json.dumps(dict(stated.columns)), scale=json.dumps(scale),
    )  # fmt: skip
    return read


def _pairs(mapped: Sequence[str]) -> dict[str, str]:
    from samsyn.formats.problems import Refused

    pairs = {}
    for pair in mapped:
        name, sign, header = pair.partition("=")
        if not sign or not name.strip() or not header.strip():
            raise Refused(f"--map {pair} går inte att förstå. Skriv uppgiften, ett likhetstecken och kolumnens rubrik: --map före=Poäng1.")
        pairs[name.strip()] = header.strip()
    return pairs


def _split(stated: str | None) -> Split | None:
    from samsyn.formats.analysis_setting_values import choice_of
    from samsyn.formats.analysis_words import SPLITS

    return choice_of({"--split": stated}, "--split", SPLITS)


def _reader(stated: str | None) -> str | None:
    from samsyn.formats.analysis_setting_values import choice_of
    from samsyn.formats.analysis_words import READERS

    return choice_of({"--reader": stated}, "--reader", READERS)


def progress(seconds: Callable[[], float] = time.monotonic) -> Callable[[float], None]:
    """Return what tells, on standard error, how far long work has come; short work says nothing."""
    began = told = seconds()

    def tell(share: float) -> None:
        nonlocal told
        now = seconds()
        if now - began > SECONDS_BEFORE_PROGRESS and now - told > SECONDS_BETWEEN_PROGRESS and share < 1:
            told = now
            typer.echo(f"Räknar: {share:.0%}".replace("%", " %"), err=True)

    return tell


def _tell_briefly(analysed: Analysed) -> None:
    """Say on standard error what is wrong with the file, so that the list stands alone on standard output."""
    from samsyn.cli.analyse_text import protection_words

    for words in protection_words(analysed):
        typer.echo(words, err=True)
    if analysed.problems and not analysed.shows_rows:
        typer.echo(f"Anmärkningar på filen ({len(analysed.problems)}) visas bara för enheten.", err=True)
        return
    for problem in analysed.problems:
        typer.echo(plain(str(problem)), err=True)


def _said(analysed: Analysed, output: Path) -> list[str]:
    """Return what is said when the report is written: where it is, and what was left out."""
    from samsyn.chain.wording import counted
    from samsyn.cli.analyse_text import protection_words

    told = [f"Rapporten är sparad i {output}."]
    told += [f"Räknades inte: {'; '.join(f'{why} ({count})' for why, count in analysed.left_out)}."] if analysed.left_out else []
    told += protection_words(analysed)
    if analysed.problems:
        where = "De står sist i rapporten" if analysed.shows_rows else f"De står inte i rapporten, som är för {analysed.reader_label}"
        told.append(f"Filen gav {counted(len(analysed.problems), 'anmärkning', 'anmärkningar')}. {where}.")
    return told

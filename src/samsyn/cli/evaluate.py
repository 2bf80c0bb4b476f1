"""
`samsyn evaluate`: counts or a series from one place, before and after something was begun.

With --json a list of findings is printed, each as in `samsyn analyse`: {question (0), name, group, label, value, low, high, level,
n, unit, method, settings, reason}.

    counts    count_before, count_after, rate_ratio, percent_change, p_rate_ratio, dispersion, smallest_visible_fall;
              with a control ratio_of_rate_ratios, net_percent_change, difference_in_differences;
              with the area round the place wdd_displaced, wdd_total, p_wdd_total, wdq, total_net_effect
    a series  percent_change, dispersion, centre, points_signalled, level_change, slope_change, trend_before;
              without --change-date sen_slope, p_trend; with --control-column ratio_of_rate_ratios, net_percent_change,
              difference_in_differences

With -o one page is saved: the question, what may be said, its charts, the numbers, and how it was counted.

Exit status: 0 answered, 2 the numbers or the file cannot be used.
"""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from samsyn.cli.check import REFUSED, Today, plain, write_json
from samsyn.cli.place_page import Begun, PlaceName, PlacePage, SourceWords

if TYPE_CHECKING:
    from samsyn.analysis.frequency import Counts
    from samsyn.analysis.place_answers import PlaceQuestion
    from samsyn.cli.place_page import Choices, PlaceWords, Told

EARLIER_SIGNS = " ,;\t\n"


class ChartChoice(str, Enum):
    """Which chart of a series."""

    RUN = "run"
    XMR = "xmr"
    C = "c"
    U = "u"


SeriesFile = Annotated[Path | None, typer.Argument(
    metavar="FIL", exists=True, dir_okay=False, readable=True, help="En tabell med datum eller period och antal: Excel, ODS eller CSV.")]
Before = Annotated[int | None, typer.Option("--before", metavar="ANTAL", help="Antal händelser före.")]
After = Annotated[int | None, typer.Option("--after", metavar="ANTAL", help="Antal händelser efter.")]
ControlBefore = Annotated[int | None, typer.Option("--control-before", metavar="ANTAL", help="Antal före på en liknande plats där inget gjordes.")]
ControlAfter = Annotated[int | None, typer.Option("--control-after", metavar="ANTAL", help="Antal efter på den platsen.")]
AroundBefore = Annotated[int | None, typer.Option("--displacement-before", metavar="ANTAL", help="Antal före i området runt, dit problemet kan ha flyttat.")]
AroundAfter = Annotated[int | None, typer.Option("--displacement-after", metavar="ANTAL", help="Antal efter i området runt.")]
AroundControlBefore = Annotated[int | None, typer.Option("--displacement-control-before", metavar="ANTAL", help="Antal före i en jämförelse till det.")]
AroundControlAfter = Annotated[int | None, typer.Option("--displacement-control-after", metavar="ANTAL", help="Antal efter i den jämförelsen.")]
MonthsBefore = Annotated[float | None, typer.Option("--months-before", metavar="MÅNADER", help="Månader i tiden före, om tiderna inte är lika långa.")]
MonthsAfter = Annotated[float | None, typer.Option("--months-after", metavar="MÅNADER", help="Månader i tiden efter.")]
Earlier = Annotated[str | None, typer.Option(
    "--earlier", metavar="ANTAL", help='Antal i tidigare perioder, lika långa som tiden före, äldst först: --earlier "30 41 35".')]
ControlName = Annotated[str | None, typer.Option("--control-name", metavar="NAMN", help="Vad jämförelseplatsen heter, till exempel Norra torget.")]
What = Annotated[str, typer.Option("--what", metavar="ORD", help="Vad som räknas, i flertal, till exempel anmälda misshandelsbrott.")]
ChangeDate = Annotated[datetime | None, typer.Option(
    "--change-date", metavar="DATUM", formats=["%Y-%m-%d", "%Y-%m"], help="Dagen eller månaden då något började. Delar serien i före och efter.")]
Column = Annotated[str | None, typer.Option("--column", metavar="RUBRIK", help="Vilken kolumn antalen står i, om det finns flera.")]
SizeColumn = Annotated[str | None, typer.Option("--size-column", metavar="RUBRIK", help="Kolumn med vad varje antal räknades bland: invånare, dagar.")]
ControlColumn = Annotated[str | None, typer.Option(
    "--control-column", metavar="RUBRIK", help="Kolumn med antalen på en liknande plats där inget gjordes, under samma perioder.")]
Chosen = Annotated[ChartChoice | None, typer.Option("--chart", help="Diagram till serien: run, xmr, c eller u.")]
Level = Annotated[float, typer.Option("--level", metavar="NIVÅ", help="Osäkerhetsintervallens nivå, mellan 0 och 1.")]
AsJson = Annotated[bool, typer.Option("--json", help="Skriv siffrorna som JSON, för andra program.")]


def evaluate_command(
    file: SeriesFile = None, before: Before = None, after: After = None, control_before: ControlBefore = None, control_after: ControlAfter = None,
    displacement_before: AroundBefore = None, displacement_after: AroundAfter = None,
    displacement_control_before: AroundControlBefore = None, displacement_control_after: AroundControlAfter = None,
    months_before: MonthsBefore = None, months_after: MonthsAfter = None, earlier: Earlier = None, control_name: ControlName = None,
    what: What = "händelser", change_date: ChangeDate = None, column: Column = None, size_column: SizeColumn = None,
    control_column: ControlColumn = None, chart: Chosen = None, level: Level = 0.95, as_json: AsJson = False,
    output: PlacePage = None, place: PlaceName = None, action: Begun = None, source: SourceWords = None, today: Today = None,
) -> None:  # fmt: skip
    """
    Jämför antal händelser på en plats före och efter en åtgärd.

    Skriv antalen direkt: samsyn evaluate --before 207 --after 110. Eller ge en tabell med datum och antal, och dagen då
    åtgärden började. Svaret säger vad som hände, hur säkert det är och vad siffrorna inte kan visa. Med -o sida.pdf blir det
    en sida att dela ut, med diagram.
    """
    from samsyn.analysis.refused import Refused as NotUsable
    from samsyn.cli.answer_out import json_of_findings, write_answer
    from samsyn.cli.place_page import check_page, words_given, write_page
    from samsyn.formats.problems import Refused

    areas = {
        "": (before, after), "control": (control_before, control_after), "displacement": (displacement_before, displacement_after),
        "displacement-control": (displacement_control_before, displacement_control_after),
    }  # fmt: skip
    words = words_given(what, place, action, source)
    try:
        _check_level(level)
        check_page(output, as_json, {"--action": words.begun, "--source": words.source})
        if file is not None:
            _check_apart([*(number for pair in areas.values() for number in pair), months_before, months_after, earlier])
            from samsyn.cli.evaluate_series import SeriesColumns, answer_of_file

            columns = SeriesColumns(column, size_column, control_column, control_name)
            told = answer_of_file(file, change_date.date() if change_date else None, columns, chart, words, level)
        else:
            _check_counts_only(change_date, column, size_column, control_column, chart)
            told = _answer_of_counts(areas, (months_before, months_after), earlier, control_name or "jämförelseområdet", words, level)
        saved = write_page(told, words, output, today) if output is not None else ""
    except (Refused, NotUsable) as refusal:
        typer.echo(plain(str(refusal)), err=True)
        raise typer.Exit(REFUSED) from None
    if saved:
        typer.echo(plain(saved))
    elif as_json:
        write_json(json_of_findings(told.answer))
    else:
        write_answer(told.answer, told.answer.title if file is None else f"{file.name}: {told.answer.title}")
    for remark in (*told.remarks, *told.problems):
        typer.echo(plain(remark), err=as_json)


def _check_level(level: float) -> None:
    from samsyn.formats.problems import Refused

    if not 0 < level < 1:
        raise Refused("Nivån --level ska ligga mellan 0 och 1, till exempel 0.95.")


def _check_apart(numbers: list[object]) -> None:
    from samsyn.formats.problems import Refused

    if any(number is not None for number in numbers):
        raise Refused("Ge antingen en fil med en serie eller antal med --before och --after, inte båda.")


def _check_counts_only(*of_a_series: object) -> None:
    from samsyn.formats.problems import Refused

    if any(choice is not None for choice in of_a_series):
        raise Refused("--change-date, --column, --size-column, --control-column och --chart hör till en serie. Skriv filens namn först.")


def _answer_of_counts(
    areas: dict[str, tuple[int | None, int | None]], months: tuple[float | None, float | None], earlier: str | None, control_name: str,
    words: PlaceWords, level: float,
) -> Told:  # fmt: skip
    """Return the answer of counts. Raises Refused if one of a pair is missing, or if there is nothing to answer."""
    from samsyn.analysis.place_answers import PlaceQuestion, place_answer
    from samsyn.cli.place_page import Told
    from samsyn.formats.problems import Refused

    if areas[""] == (None, None):
        raise Refused("Skriv antalen med --before och --after, eller ge en fil med datum och antal.")
    if (months[0] is None) != (months[1] is None):
        raise Refused("Skriv både --months-before och --months-after, eller ingen av dem.")
    place, control, around, around_control = (_counts(name, pair, months, earlier if not name else None) for name, pair in areas.items())
    assert place is not None  # given: checked above
    per = "" if months[0] is None else " i månaden"
    asked = PlaceQuestion(place, control, around, around_control, control_name, words.what, per, level, words.name)
    lead = f"{words.what[:1].upper()}{words.what[1:]} före och efter{f': {words.begun}' if words.begun else ''}."
    return Told(place_answer(asked), lead, words.source or "antal som skrevs in för hand", _choices(asked, with_months=months[0] is not None))


def _choices(asked: PlaceQuestion, *, with_months: bool) -> Choices:
    """Return the settings of an answer about counts, as a reader sees them."""
    from samsyn.analysis.written_numbers import written

    place = asked.place
    months = f"{written(place.time_before)} månader före, {written(place.time_after)} efter"
    earlier = ", ".join(written(count) for count in place.earlier)
    named = (
        ("Det som räknas", asked.what), ("Tid", months if with_months else "lika lång före och efter"), ("Tidigare perioder", earlier),
        ("Jämförelse", asked.control_name if asked.control is not None else "ingen"), ("Osäkerhetsintervall", f"{written(100 * asked.level)} %"),
    )  # fmt: skip
    return tuple(choice for choice in named if choice[1])


def _counts(name: str, pair: tuple[int | None, int | None], months: tuple[float | None, float | None], earlier: str | None) -> Counts | None:
    from samsyn.analysis.frequency import Counts
    from samsyn.formats.problems import Refused

    first, second = pair
    prefix = f"--{name}-" if name else "--"
    if first is None and second is None:
        return None
    if first is None or second is None:
        raise Refused(f"Skriv både {prefix}before och {prefix}after.")
    time_before, time_after = (1.0 if length is None else length for length in months)
    return Counts(first, second, time_before, time_after, earlier=whole_numbers(earlier))


def whole_numbers(text: str | None) -> tuple[int, ...]:
    """Return "30 41, 35" as whole numbers. Raises Refused for anything else."""
    from samsyn.formats.problems import Refused

    parts = (text or "").translate(dict.fromkeys(map(ord, EARLIER_SIGNS), " ")).split()
    wrong = [part for part in parts if not (part.isascii() and part.isdigit())]
    if wrong:
        raise Refused(f"--earlier: {wrong[0]} är inget antal. Skriv hela tal med mellanslag, till exempel \"30 41 35\".")
    return tuple(int(part) for part in parts)

"""
`samsyn power`: what can be seen at all, before anything is begun.

With --json a list of findings is printed, each as in `samsyn analyse`: smallest_visible_fall, count_needed and power for counts;
smallest_visible_change, pairs_needed and power for persons measured twice.

Exit status: 0 answered, 2 the numbers cannot be used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from samsyn.cli.check import REFUSED, Today, plain, write_json
from samsyn.cli.place_page import PlaceName, PlacePage

if TYPE_CHECKING:
    from samsyn.analysis.answer import Answer
    from samsyn.analysis.power import CountDesign

Before = Annotated[float | None, typer.Option("--before", metavar="ANTAL", help="Hur många händelser som väntas på ett år, eller under den tid ni jämför med.")]
Ratio = Annotated[float | None, typer.Option("--ratio", metavar="KVOT", help="Den kvot ni hoppas på, efter genom före: 0.8 är en minskning på 20 procent.")]
Control = Annotated[float | None, typer.Option("--control", metavar="ANTAL", help="Hur många händelser som väntas på jämförelseplatsen under samma tid.")]
TimeRatio = Annotated[float, typer.Option("--time-ratio", metavar="KVOT", help="Hur lång tiden efter är mot tiden före: 2 är dubbelt så lång.")]
Earlier = Annotated[str | None, typer.Option(
    "--earlier", metavar="ANTAL", help='Antal i åtta eller fler tidigare perioder, äldst först. Varierar de mer än slumpen syns mindre.')]
PairsGiven = Annotated[int | None, typer.Option("--pairs", metavar="ANTAL", help="Hur många personer som mäts både före och efter.")]
D = Annotated[float | None, typer.Option("--d", metavar="TAL", help="Den förändring ni hoppas på, i förändringarnas standardavvikelser (d_z).")]
Wanted = Annotated[float, typer.Option("--power", metavar="CHANS", help="Chansen att se det som finns, mellan 0 och 1.")]
Level = Annotated[float, typer.Option("--level", metavar="NIVÅ", help="Osäkerhetsintervallens nivå, mellan 0 och 1.")]
What = Annotated[str, typer.Option("--what", metavar="ORD", help="Vad som räknas, i flertal.")]
Period = Annotated[str, typer.Option("--period", metavar="ORD", help="Under vilken tid, som i Med 38 brott om året.")]
AsJson = Annotated[bool, typer.Option("--json", help="Skriv siffrorna som JSON, för andra program.")]


def power_command(
    before: Before = None, ratio: Ratio = None, control: Control = None, time_ratio: TimeRatio = 1.0, earlier: Earlier = None,
    pairs: PairsGiven = None, d: D = None, power: Wanted = 0.8, level: Level = 0.95, what: What = "brott", period: Period = "om året",
    as_json: AsJson = False, output: PlacePage = None, place: PlaceName = None, today: Today = None,
) -> None:  # fmt: skip
    """
    Räkna ut hur stor en förändring måste vara för att synas.

    För händelser på en plats: samsyn power --before 38. För personer som mäts två gånger: samsyn power --pairs 24.
    """
    from samsyn.analysis.refused import Refused as NotUsable
    from samsyn.cli.answer_out import json_of_findings, write_answer
    from samsyn.cli.place_page import Told, check_page, words_given, write_page
    from samsyn.formats.problems import Refused

    words = words_given(what, place, None, None)
    try:
        check_page(output, as_json, {"--place": words.place})
        _check(before, ratio, (control, earlier), pairs, d)
        if pairs is not None or d is not None:
            answer = _of_pairs(pairs, d, power, level)
        else:
            answer = _of_counts(before, ratio, _design(before, control, time_ratio, earlier, level, power), what, period)
        choices = _choices(before, ratio, control, earlier, pairs, d)
        saved = write_page(Told(answer, "", "antal som ni väntar er", choices), words, output, today) if output is not None else ""
    except (Refused, NotUsable) as refusal:
        typer.echo(plain(str(refusal)), err=True)
        raise typer.Exit(REFUSED) from None
    if saved:
        typer.echo(plain(saved))
    elif as_json:
        write_json(json_of_findings(answer))
    else:
        write_answer(answer, answer.title)


def _choices(
    before: float | None, ratio: float | None, control: float | None, earlier: str | None, pairs: int | None, d: float | None
) -> tuple[tuple[str, str], ...]:
    """Return what was given, as a reader sees it."""
    from samsyn.analysis.written_numbers import written

    named = (
        ("Väntas före", before), ("Kvoten ni hoppas på", ratio), ("Väntas på jämförelseplatsen", control), ("Personer som mäts två gånger", pairs),
        ("Förändringen ni hoppas på, i standardavvikelser", d),
    )  # fmt: skip
    told = tuple((name, written(number)) for name, number in named if number is not None)
    return (*told, ("Tidigare perioder", " ".join(earlier.split()))) if earlier else told


def _check(before: float | None, ratio: float | None, of_a_place: tuple[object, ...], pairs: int | None, d: float | None) -> None:
    from samsyn.formats.problems import Refused

    place, persons = before is not None or ratio is not None, pairs is not None or d is not None
    if persons and (place or any(choice is not None for choice in of_a_place)):
        raise Refused("Fråga antingen om händelser (--before, --ratio) eller om personer (--pairs, --d), inte båda.")
    if not place and not persons:
        raise Refused("Skriv hur många händelser som väntas med --before, eller hur många personer som mäts två gånger med --pairs.")


def _design(before: float | None, control: float | None, time_ratio: float, earlier: str | None, level: float, power: float) -> CountDesign:
    from samsyn.analysis.counts import dispersion
    from samsyn.analysis.power import CountDesign
    from samsyn.cli.evaluate import whole_numbers
    from samsyn.formats.problems import Refused

    if control is not None and before is None:
        raise Refused("Skriv också --before: jämförelseplatsens storlek räknas mot platsens.")
    if before is not None and not before > 0:
        raise Refused("--before ska vara över 0.")
    found = dispersion(whole_numbers(earlier)) if earlier else None
    if found is not None and found.value is None:
        raise Refused(found.reason)
    spread = max(1.0, found.value) if found is not None and found.value is not None else 1.0
    return CountDesign(time_ratio, None if control is None or before is None else control / before, spread, level, power)


def _of_counts(before: float | None, ratio: float | None, design: CountDesign, what: str, period: str) -> Answer:
    from samsyn.analysis.place_power import power_of_counts

    return power_of_counts(before, ratio, design, what, period)


def _of_pairs(pairs: int | None, d: float | None, power: float, level: float) -> Answer:
    from samsyn.analysis.place_power import power_of_pairs

    return power_of_pairs(pairs, d, power, level)

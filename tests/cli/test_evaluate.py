"""`samsyn evaluate` and `samsyn power`: counts and series in, sentences that may be printed out, and kind refusals."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from samsyn.cli.evaluate import whole_numbers
from samsyn.cli.main import run
from samsyn.formats.problems import Refused

FELL = [12, 11, 14, 10, 13, 12, 9, 15, 12, 11, 13, 12, 14, 12, 6, 5, 7, 4, 6, 5, 8, 6, 5, 4]
KEYS = {"question", "name", "group", "label", "value", "low", "high", "level", "n", "unit", "method", "settings", "reason"}


def said(arguments: list[str], capsys: pytest.CaptureFixture[str], status: int = 0) -> str:
    """Run a command and return what it wrote, on one line; standard error when it refused."""
    assert run(arguments) == status
    written = capsys.readouterr()
    return " ".join((written.err if status else written.out).split())


def found(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> dict[str, dict[str, Any]]:
    assert run([*arguments, "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert all(one.keys() == KEYS for one in listed)
    return {one["name"]: one for one in listed}


@pytest.fixture
def months(tmp_path: Path) -> Path:
    path = tmp_path / "serie.csv"
    rows = [f"{2024 + place // 12}-{place % 12 + 1:02d};{count};40000" for place, count in enumerate(FELL)]
    path.write_text("\n".join(["Månad;Antal;Invånare", *rows]) + "\n", encoding="utf-8")
    return path


def test_counts_are_answered_in_sentences_and_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    shown = said(["evaluate", "--before", "207", "--after", "110", "--control-before", "308", "--control-after", "318",
                  "--control-name", "Norra torget", "--what", "bråk"], capsys)  # fmt: skip
    assert "Jämfört med Norra torget hade platsen en minskning med 49 procent" in shown
    assert "Platsen: 207 bråk före och 110 efter." in shown and "Så räknade vi" in shown and "Tänk på" in shown


def test_counts_as_json_are_findings(capsys: pytest.CaptureFixture[str]) -> None:
    told = found(["evaluate", "--before", "207", "--after", "110", "--control-before", "308", "--control-after", "318",
                  "--displacement-before", "178", "--displacement-after", "157", "--displacement-control-before", "150",
                  "--displacement-control-after", "140"], capsys)  # fmt: skip
    assert told["wdd_total"]["value"] == pytest.approx(-118) and told["wdd_total"]["low"] == pytest.approx(-195.610614164)
    assert told["ratio_of_rate_ratios"]["value"] == pytest.approx(0.514690243977) and told["wdd_total"]["question"] == 0


def test_months_and_earlier_periods_are_taken_into_account(capsys: pytest.CaptureFixture[str]) -> None:
    plain = found(["evaluate", "--before", "60", "--after", "30"], capsys)["percent_change"]
    wide = found(["evaluate", "--before", "60", "--after", "30", "--earlier", "30 41, 22;50 33 60 21 44"], capsys)["percent_change"]
    assert wide["high"] > plain["high"] and plain["reason"] and not wide["reason"]
    longer = found(["evaluate", "--before", "60", "--after", "30", "--months-before", "12", "--months-after", "6"], capsys)["percent_change"]
    assert (plain["value"], longer["value"]) == pytest.approx((-50, 0))
    level = found(["evaluate", "--before", "60", "--after", "30", "--level", "0.8"], capsys)["percent_change"]
    assert level["level"] == 0.8 and level["high"] < plain["high"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "Skriv antalen med --before och --after"),
        (["--before", "3"], "Skriv både --before och --after"),
        (["--before", "3", "--after", "2", "--control-after", "2"], "Skriv både --control-before och --control-after"),
        (["--before", "3", "--after", "2", "--displacement-before", "2", "--displacement-after", "1"], "bredvid en jämförelse"),
        (["--before", "3", "--after", "2", "--months-before", "2"], "Skriv både --months-before och --months-after"),
        (["--before", "3", "--after", "2", "--months-before", "-2", "--months-after", "1"], "måste vara över 0"),
        (["--before", "3", "--after", "2", "--months-before", "0", "--months-after", "1"], "måste vara över 0"),
        (["--before", "3", "--after", "2", "--earlier", "3 fyra"], "fyra är inget antal"),
        (["--before", "3", "--after", "2", "--earlier", "3 4,5x"], "5x är inget antal"),
        (["--before", "3", "--after", "2", "--level", "95"], "mellan 0 och 1"),
        (["--before", "3", "--after", "2", "--chart", "run"], "hör till en serie"),
        (["--before", "-3", "--after", "2"], "0 eller fler"),
        (["--before", "tre", "--after", "2"], "--before"),
        (["finns-inte.csv"], "finns inte"),
    ],
)
def test_what_cannot_be_answered_is_refused_kindly(arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    shown = said(["evaluate", *arguments], capsys, 2)
    assert words in shown and "Traceback" not in shown


def test_earlier_counts_are_read_however_they_are_parted() -> None:
    assert whole_numbers("30 41,22;\t7") == (30, 41, 22, 7) and whole_numbers(None) == ()
    with pytest.raises(Refused, match="²"):
        whole_numbers("3²")


def test_a_series_is_parted_by_the_day_of_the_change(months: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown = said(["evaluate", str(months), "--column", "antal", "--change-date", "2025-03-01"], capsys)
    assert "170 händelser före och 56 efter" in shown and "XmR-diagram" in shown and "med säsong" in shown
    inside = said(["evaluate", str(months), "--column", "Antal", "--change-date", "2025-03-10"], capsys)
    assert "Ändringen föll inne i 2025-03. Den perioden räknas till tiden före." in inside and "176 händelser före" in inside


def test_a_series_with_sizes_is_a_rate(months: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = found(["evaluate", str(months), "--column", "Antal", "--size-column", "Invånare", "--chart", "u", "--change-date", "2025-03-01"], capsys)
    assert told["centre"]["value"] == pytest.approx(170 / 14 / 40000) and told["level_change"]["value"] < 1


def test_a_series_has_another_place_beside_it_in_a_column(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "två.csv"
    rows = [f"{2024 + place // 12}-{place % 12 + 1:02d};{count};{12 + place % 3}" for place, count in enumerate(FELL)]
    path.write_text("\n".join(["Månad;Centrum;Norra torget", *rows]) + "\n", encoding="utf-8")
    asked = ["evaluate", str(path), "--control-column", "Norra torget", "--change-date", "2025-02-01"]
    shown = said(asked, capsys)
    assert "Jämfört med Norra torget hade platsen en minskning" in shown and "Jämförelsen säger inte vad det beror på." in shown
    told = found(asked, capsys)
    assert told["net_percent_change"]["value"] < told["percent_change"]["value"] + 20 and told["net_percent_change"]["high"] < 0
    assert "Jämfört med Torget hade" in said([*asked, "--control-name", "Torget"], capsys)
    assert "ange dagen då något började" in said(asked[:4], capsys, 2)
    assert "kan inte vara både" in said([*asked, "--column", "Norra torget"], capsys, 2)
    assert "hör till en serie" in said(["evaluate", "--before", "3", "--after", "2", "--control-column", "A"], capsys, 2)


def test_a_series_in_excel_without_a_change_shows_its_chart(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in [("Period", "Antal"), *((f"2024-{month:02d}", count) for month, count in enumerate(FELL[:10], 1))]:
        sheet.append(row)
    book.save(tmp_path / "serie.xlsx")
    shown = said(["evaluate", str(tmp_path / "serie.xlsx")], capsys)
    assert "Seriediagram kring medianen" in shown and "Ingen trend syns" in shown


def test_first_days_of_months_are_months_and_that_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "dagar.csv"
    path.write_text("Datum;Antal\n" + "".join(f"2024-{month:02d}-01;{count}\n" for month, count in enumerate(FELL[:12], 1)), encoding="utf-8")
    shown = said(["evaluate", str(path), "--change-date", "2024-07-01"], capsys)
    assert "De läses som hela månader" in shown and "Perioder saknas" not in shown


def test_rows_that_cannot_be_counted_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "luckor.csv"
    rows = [f"2024-{month:02d};{'..' if month == 4 else count}" for month, count in enumerate(FELL[:12], 1)]
    path.write_text("\n".join(["Månad;Antal", *rows]) + "\n", encoding="utf-8")
    shown = said(["evaluate", str(path), "--change-date", "2024-08-01"], capsys)
    assert "Räknades inte, för att datum eller antal saknas: rad 5." in shown and "Perioder saknas i serien" in shown
    assert run(["evaluate", str(path), "--change-date", "2024-08-01", "--json"]) == 0
    written = capsys.readouterr()
    assert "rad 5" in written.err and json.loads(written.out)


@pytest.mark.parametrize(
    ("text", "arguments", "words"),
    [
        ("Månad;A;B\n2024-01;1;2\n2024-02;1;2\n", [], "Filen har flera kolumner med tal: A och B. Säg vilken med --column."),
        ("Månad;A;B\n2024-01;1;2\n2024-02;1;2\n", ["--column", "C"], "ingen kolumn med tal som heter C"),
        ("Månad;A\n2024-01;1\n2024-02;2\n", ["--change-date", "2029-01-01"], "ligger inte inne i serien"),
        ("Månad;A\n2024-01;1\n2024-02;2\n", ["--change-date", "2024-01-01"], "ligger inte inne i serien"),
        ("Månad;A\n2024-01;1\n2024-01;2\n", [], "Rad 2 och 3 gäller samma tid"),
        ("Period;A\n2024-01;1\n2024;2\n", [], "gäller samma tid"),
        ("Period;A\n2024-01;1\n2025;2\n", [], "olika långa perioder"),
        ("Månad;A\n2024-01;..\n2024-02;..\n", [], "Ingen rad i filen"),
        ("Månad;A\n2024-01;1\n", ["--before", "3"], "inte båda"),
        ("Månad;A\n2024-01;850709-9805\n2024-02;2\n", [], "personnummer"),
    ],
)
def test_a_series_that_cannot_be_used_is_refused_kindly(
    tmp_path: Path, text: str, arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "serie.csv"
    path.write_text(text, encoding="utf-8")
    assert words in said(["evaluate", str(path), *arguments], capsys, 2)


def test_the_power_of_a_place_is_said_at_planning_time(capsys: pytest.CaptureFixture[str]) -> None:
    shown = said(["power", "--before", "38"], capsys)
    assert "Med 38 brott om året kan bara en minskning på minst 54 procent synas" in shown
    told = found(["power", "--before", "38", "--ratio", "0.5", "--control", "38", "--time-ratio", "2"], capsys)
    assert told["smallest_visible_fall"]["settings"]["control_size"] == 1 and told.keys() == {"smallest_visible_fall", "count_needed", "power"}
    calm, wild = (found(["power", "--before", "380", "--earlier", text], capsys)["smallest_visible_fall"]["value"]
                  for text in ("30 31 29 30 32 28 30 30", "30 41 22 50 33 60 21 44"))  # fmt: skip
    assert wild > calm == pytest.approx(found(["power", "--before", "380"], capsys)["smallest_visible_fall"]["value"])


def test_the_power_of_pairs_is_said_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert "Med 24 personer som mäts två gånger" in said(["power", "--pairs", "24"], capsys)
    assert found(["power", "--d", "0.5"], capsys)["pairs_needed"]["settings"]["pairs"] == 34


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "Skriv hur många"),
        (["--before", "38", "--pairs", "3"], "inte båda"),
        (["--pairs", "3", "--control", "3"], "inte båda"),
        (["--pairs", "1"], "minst två par"),
        (["--before", "0"], "över 0"),
        (["--ratio", "-1"], "måste vara 0 eller mer"),
        (["--ratio", "0.5", "--control", "3"], "Skriv också --before"),
        (["--before", "38", "--control", "0"], "över 0"),
        (["--before", "38", "--power", "1"], "Styrkan"),
        (["--before", "38", "--time-ratio", "0"], "över 0"),
        (["--before", "38", "--earlier", "3 4"], "Färre än 8"),
        (["--pairs", "24", "--level", "1"], "Styrkan"),
    ],
)
def test_power_that_cannot_be_told_is_refused_kindly(arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert words in said(["power", *arguments], capsys, 2)


def test_numbers_beyond_all_sense_are_answered_or_refused_and_never_a_fault(capsys: pytest.CaptureFixture[str]) -> None:
    assert "synas" in said(["power", "--before", "1e300"], capsys)
    assert "Med 99 999 999 personer" in said(["power", "--pairs", "99999999"], capsys)
    assert "minskning med 100 procent" in said(["evaluate", "--before", "9999999999999", "--after", "1"], capsys)
    for wrong in (["power", "--before", "inf"], ["power", "--d", "nan"], ["evaluate", "--before", "3", "--after", "2", "--level", "nan"]):
        said(wrong, capsys, 2)

"""`samsyn evaluate -o` and `samsyn power -o`: a table in, a page out, opened again by an independent reader."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader

from samsyn.cli import analyse_report
from samsyn.cli.check import REFUSED
from samsyn.cli.evaluate_periods import period_words
from samsyn.cli.main import run
from samsyn.formats.series_dates import read_period

FELL = [12, 11, 14, 10, 13, 12, 9, 15, 12, 11, 13, 12, 14, 12, 6, 5, 7, 4, 6, 5, 8, 6, 5, 4]
BESIDE = [9, 11, 10, 12, 8, 9, 13, 10, 9, 11, 10, 8, 12, 9, 11, 10, 9, 12, 10, 8, 11, 9, 10, 12]
TOLD = ["--what", "anmälda misshandelsbrott", "--place", "Stortorget", "--source", "Polisens anmälningar", "--today", "2026-11-22"]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A sheet as the police send it: a title, an empty row, months as Excel's days, two columns of counts, and a sum."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    rows = [(datetime(2024 + place // 12, place % 12 + 1, 1), *pair) for place, pair in enumerate(zip(FELL, BESIDE, strict=True))]
    for row in [("Uttag ur anmälningssystemet",), (), ("Månad", "Stortorget", "Norra torget"), *rows, ("Summa", sum(FELL), sum(BESIDE))]:
        sheet.append(row)
    path = tmp_path / "polisen.xlsx"
    workbook.save(path)
    return path


def asked(book: Path) -> list[str]:
    beside = ["--column", "Stortorget", "--control-column", "Norra torget", "--change-date", "2025-03-01"]
    return ["evaluate", str(book), *beside, "--action", "Ny belysning", *TOLD]


def text_of(path: Path) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(path.read_bytes())).pages)


@pytest.mark.parametrize(("ending", "start"), [(".pdf", b"%PDF"), (".docx", b"PK"), (".html", b"<!doctype html>")])
def test_a_page_is_saved_in_each_form_and_that_is_said(book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], ending: str, start: bytes) -> None:
    target = tmp_path / f"sida{ending}"
    assert run([*asked(book), "-o", str(target)]) == 0
    written = capsys.readouterr()
    assert target.read_bytes().startswith(start) and f"Sidan är sparad i {target}." in written.out and not written.err
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_the_page_of_a_series_says_what_was_asked_and_from_where(book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "sida.pdf"
    assert run([*asked(book), "-o", str(target)]) == 0
    page = text_of(target)
    for words in ("Anmälda misshandelsbrott i månaden, 2024-01 till 2025-12. Ny belysning: från 2025-03-01.", "Stortorget: 170 anmälda misshandelsbrott före",
                  "Norra torget", "14 månader", "Räknades inte, för att det är en summa av de andra: rad 28 (Summa).", "Gjord 2026-11-22",
                  "Källa: Polisens anmälningar (filen polisen.xlsx, kolumnen Stortorget)"):  # fmt: skip
        assert words in page, words
    assert "Skriv datumet" not in capsys.readouterr().out, "a sum is no date that was written wrongly"


def test_what_to_do_with_a_single_row_is_for_who_has_the_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet, target = tmp_path / "serie.csv", tmp_path / "sida.pdf"
    sheet.write_text("Månad;Antal\n" + "".join(f"2024-{month:02d};{count}\n" for month, count in enumerate(FELL[:11], 1)) + "ju 24;5\n", encoding="utf-8")
    assert run(["evaluate", str(sheet), "-o", str(target)]) == 0
    page = text_of(target)
    assert "Skriv datumet som" in capsys.readouterr().out and "Skriv datumet som" not in page
    assert "Räknades inte, för att datum eller antal saknas: rad 13." in page


def test_counts_become_a_page_of_one_sheet(tmp_path: Path) -> None:
    target = tmp_path / "antal.pdf"
    asked_for = ["evaluate", "--before", "60", "--after", "30", "--months-before", "12", "--months-after", "6", "--earlier", "30 41 22 50 33 60 21 44",
                 "--action", "Ny belysning", *TOLD, "-o", str(target)]  # fmt: skip
    assert run(asked_for) == 0
    page = text_of(target)
    for words in ("Anmälda misshandelsbrott före och efter: Ny belysning.", "12 månader före, 6 efter", "30, 41, 22, 50, 33, 60, 21, 44", "Sida 1 av 1"):
        assert words in page, words


def test_what_can_be_seen_becomes_a_page_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "plan.pdf"
    assert run(["power", "--before", "38", "--ratio", "0.8", "--place", "Stortorget", "-o", str(target)]) == 0
    page = text_of(target)
    assert "Med 38 brott om året kan bara en minskning på minst 54 procent synas" in page and "Kvoten ni hoppas på 0,8" in page
    assert "Sidan är sparad" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (["-o", "sida.txt"], "Rapporten görs som .pdf, .docx eller .html."),
        (["-o", "finns/inte/sida.pdf"], "Skapa den först"),
        (["-o", "sida.pdf", "--json"], "Välj --json eller -o, inte båda."),
        (["--source", "Polisen"], "--source står på sidan som sparas. Skriv också -o rapport.pdf."),
        (["--action", "Ny belysning"], "--action står på sidan som sparas."),
    ],
)
def test_a_page_that_cannot_be_made_is_refused_kindly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], more: list[str], words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["evaluate", "--before", "60", "--after", "30", *more]) == REFUSED
    assert words in capsys.readouterr().err and not list(tmp_path.iterdir())
    assert run(["evaluate", "--before", "60", "--after", "30"]) == 0, "the positive control"


def test_without_what_draws_one_sentence_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(analyse_report, "NEEDS", {".pdf": ("not_installed_anywhere",)})
    for command in (["evaluate", "--before", "60", "--after", "30"], ["power", "--before", "38"]):
        assert run([*command, "-o", str(tmp_path / "sida.pdf")]) == REFUSED
        assert capsys.readouterr().err == 'För att göra rapporten behövs mer. Skriv pip install "samsyn[analysis,report]" och försök igen.\n'


def test_a_refused_file_leaves_the_earlier_page_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet, target = tmp_path / "fel.csv", tmp_path / "sida.pdf"
    sheet.write_text("Månad;A\n2024-01;850709-9805\n2024-02;2\n", encoding="utf-8")
    target.write_bytes(b"earlier")
    assert run(["evaluate", str(sheet), "-o", str(target)]) == REFUSED
    assert target.read_bytes() == b"earlier" and "personnummer" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("typed", "words"),
    [("januari 2024", "2024-01"), ("2024-01", "2024-01"), ("2024-01-15", "2024-01-15"), ("2024 v. 9", "2024 v. 9"), ("2024 kv 3", "2024 kv. 3"),
     ("2024", "2024"), ("2020-2023", "2020-2023")],
)  # fmt: skip
def test_a_period_is_called_the_same_however_it_was_typed(typed: str, words: str) -> None:
    assert period_words(read_period(typed)) == words


@pytest.mark.parametrize("months", [("jan", "feb", "mars", "april"), ("1", "2", "3", "4")])
def test_a_year_in_a_column_of_its_own_is_put_to_its_month(tmp_path: Path, capsys: pytest.CaptureFixture[str], months: tuple[str, ...]) -> None:
    sheet = tmp_path / "serie.csv"
    months = (*months, *("maj juni juli aug sep okt nov dec".split() if months[0] == "jan" else map(str, range(5, 13))))
    rows = [f"{year};{month};{count}" for year, count in ((2024, 3), (2025, 2)) for month in months]
    sheet.write_text("\n".join(["År;Månad;Antal", *rows, ";Totalt;60"]) + "\n", encoding="utf-8")
    assert run(["evaluate", str(sheet), "--change-date", "2025-01"]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "36 händelser före och 24 efter" in shown and "rad 26 (Totalt)" in shown and "Skriv datumet" not in shown


def test_months_without_any_year_are_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet = tmp_path / "serie.csv"
    sheet.write_text("Månad;Antal\njan;3\nfeb;4\n", encoding="utf-8")
    assert run(["evaluate", str(sheet)]) == REFUSED
    assert "Den första perioden står som ”jan”. Skriv månaden som 2026-01." in capsys.readouterr().err

"""`samsyn report`: a plan in a file becomes a PDF, without any server."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

from samsyn.cli import report as command
from samsyn.cli.main import run

HEADER = "Orsak;Åtgärd;Operativa mål;När;Vem;Uppföljning\n"
ROWS = "1. Ingen vuxen på torget;1.1 Nattvandra;Färre slagsmål;2027-01-31;Bo Ek, bo.ek@exempel.se;Pågår\n" \
       "2. Mörk gångväg;2.1 Byta lampor;Tryggare;2027-06-30;Åsa Öst;Klart\n"
TODAY = ["--today", "2027-03-01"]
WITHOUT_WEB = "import sys\nfor name in ('django', 'sqlite3', 'pysqlite3'): sys.modules[name] = None\n"


@pytest.fixture
def plan_file(tmp_path: Path) -> Path:
    path = tmp_path / "plan.csv"
    path.write_text(HEADER + ROWS, encoding="utf-8-sig")
    return path


def words_of(pdf: Path) -> str:
    return " ".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf.read_bytes())).pages).split())


def test_a_plan_in_a_file_becomes_a_report(plan_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "rapport.pdf"
    assert run(["report", str(plan_file), "-o", str(target), *TODAY]) == 0
    assert "En av två åtgärder är igång och en avslutad. En är sen." in capsys.readouterr().out
    shown = words_of(target)
    assert "Läst ur filen plan.csv 2027-03-01" in shown and "29 dagar" in shown and "Åsa Öst" in shown
    assert shown.count("Det går inte att se i filen.") == 2


def test_a_day_to_compare_with_is_taken_and_answered_honestly(plan_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["report", str(plan_file), "-o", str(tmp_path / "r.pdf"), "--since", "2026-12-01", *TODAY]) == 0
    assert "Vad som har ändrats sedan 2026-12-01 går inte att se i filen." in capsys.readouterr().out


def test_it_works_where_nothing_of_the_web_is_installed(plan_file: Path, tmp_path: Path) -> None:
    target = tmp_path / "rapport.pdf"
    program = f"{WITHOUT_WEB}from samsyn.cli.main import run\nsys.exit(run(sys.argv[1:]))"
    done = subprocess.run([sys.executable, "-c", program, "report", str(plan_file), "-o", str(target)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert target.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(("name", "words"), [
    ("rapport.html", "Välj ett namn som slutar på .pdf i stället för rapport.html."), ("rapport", "slutar på .pdf"),
    ("saknas/rapport.pdf", "finns inte"), ("mapp.pdf", "är en mapp"),
])
def test_a_report_that_cannot_be_written_there_is_told_in_a_sentence(
    plan_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, words: str,
) -> None:
    (tmp_path / "mapp.pdf").mkdir()
    assert run(["report", str(plan_file), "-o", str(tmp_path / name), *TODAY]) == command.REFUSED
    said = capsys.readouterr()
    assert words in said.err and said.out == "" and said.err.count("\n") == 1


def test_a_refused_file_leaves_the_earlier_report_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan, target = tmp_path / "plan.csv", tmp_path / "rapport.pdf"
    plan.write_text(HEADER + "1. Bråk;1.1 Prata med 19811218-9876;Lugn;2027-01-31;Bo Ek;\n", encoding="utf-8-sig")
    target.write_bytes(b"earlier")
    assert run(["report", str(plan), "-o", str(target), *TODAY]) == command.REFUSED
    assert "personnummer" in capsys.readouterr().err
    assert target.read_bytes() == b"earlier"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["plan.csv", "rapport.pdf"]


def test_a_disk_that_says_no_is_told_in_a_sentence(
    plan_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    def full(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert run(["report", str(plan_file), "-o", str(tmp_path / "rapport.pdf"), *TODAY]) == command.REFUSED
    assert "Rapporten kunde inte sparas" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["plan.csv"]


def test_a_missing_typst_is_told_before_any_work(plan_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    monkeypatch.setattr(command, "read_plan_of", lambda *_: pytest.fail("the file was read"))
    assert run(["report", str(plan_file)]) == 69
    said = 'Kommandot report behöver mer än som är installerat. Skriv pip install "samsyn[web,report]" och försök igen.\n'
    assert capsys.readouterr().err == said

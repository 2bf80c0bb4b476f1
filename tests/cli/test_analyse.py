"""`samsyn analyse`: a sheet of participants becomes seven answers, as text, as JSON and as a report, without any server."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from samsyn.cli import analyse as command
from samsyn.cli import analyse_report
from samsyn.cli.main import run
from tests.formats.sheet_of_participants import SETTINGS, swedish_csv, unit_csv

TODAY = ["--today", "2026-11-21"]
WITHOUT_WEB = "import sys\nfor name in ('django', 'sqlite3', 'pysqlite3'): sys.modules[name] = None\n"
KEYS = ["question", "name", "group", "label", "value", "low", "high", "level", "n", "unit", "method", "settings", "reason"]

# What the invented unit is known to give: name to value, low, high and n where they are known.
KNOWN: dict[str, tuple[float, float | None, float | None, int]] = {
    "share_in_target_group": (22 / 24, 0.742, 0.977, 24), "share_dose_80": (17 / 18, None, None, 18), "share_completed": (18 / 23, 0.581, 0.903, 23),
    "follow_up_share": (19 / 23, None, None, 23), "mean_start": (50.263, None, None, 19), "mean_end": (58.895, None, None, 19),
    "mean_change": (8.632, 5.937, 11.326, 19), "share_better": (17 / 19, None, None, 19), "share_same": (0, None, None, 19),
    "share_worse": (2 / 19, None, None, 19),
    "share_reliably_improved": (13 / 19, None, None, 19), "d_av": (1.3556, None, None, 19), "g_av": (1.2984, None, None, 19), "d_z": (1.5442, None, None, 19),
    "norm_difference_start": (-1.7467, None, None, 19), "norm_difference_end": (-1.009, None, None, 19), "share_gap_closed": (0.422, None, None, 19),
}  # fmt: skip


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "deltagare.csv"
    path.write_bytes(unit_csv())
    return path


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    path = tmp_path / "settings.json"
    path.write_text(SETTINGS, encoding="utf-8")
    return path


def found(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, Any]]:
    assert run(["analyse", *arguments, "--json"]) == 0
    findings = json.loads(capsys.readouterr().out, parse_constant=pytest.fail)
    assert isinstance(findings, list)
    return findings


def named(findings: list[dict[str, Any]], name: str, group: str = "alla") -> dict[str, Any]:
    (one,) = [finding for finding in findings if (finding["name"], finding["group"]) == (name, group)]
    return one


def test_the_units_findings_are_those_that_are_known(sheet: Path, settings: Path, capsys: pytest.CaptureFixture[str]) -> None:
    findings = found(capsys, str(sheet), "--settings", str(settings))
    for name, (value, low, high, n) in KNOWN.items():
        one = named(findings, name)
        assert list(one) == KEYS and one["n"] == n and one["value"] == pytest.approx(value, abs=6e-4), name
        assert low is None or (one["low"], one["high"]) == (pytest.approx(low, abs=6e-4), pytest.approx(high, abs=6e-4)), name
    assert named(findings, "rows_read")["value"] == 24 and named(findings, "rows_left_out")["value"] == 0


def test_what_nothing_states_has_no_value_and_a_reason(sheet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    findings = found(capsys, str(sheet))
    for name in ("share_better", "share_reliably_improved", "norm_difference_start", "share_gap_closed", "share_completed"):
        assert named(findings, name)["value"] is None and named(findings, name)["reason"], name
    assert named(findings, "mean_change")["value"] == pytest.approx(8.632, abs=6e-4)


def test_a_swedish_sheet_with_a_title_gives_the_same(tmp_path: Path, sheet: Path, settings: Path, capsys: pytest.CaptureFixture[str]) -> None:
    swedish = tmp_path / "svenska.csv"
    swedish.write_bytes(swedish_csv("Granens öppenvård 2025"))
    assert found(capsys, str(swedish), "--settings", str(settings)) == found(capsys, str(sheet), "--settings", str(settings))


def test_a_split_gives_findings_of_every_group(sheet: Path, settings: Path, capsys: pytest.CaptureFixture[str]) -> None:
    findings = found(capsys, str(sheet), "--settings", str(settings), "--split", "kön")
    assert {finding["group"] for finding in findings} == {"alla", "K", "M"}
    assert named(findings, "n_started", "K")["value"] == 14 and named(findings, "n_started", "M")["value"] == 10


def test_another_reader_is_shown_less(sheet: Path, settings: Path, capsys: pytest.CaptureFixture[str]) -> None:
    unit = named(found(capsys, str(sheet), "--settings", str(settings)), "share_completed")
    partnership = named(found(capsys, str(sheet), "--settings", str(settings), "--reader", "samverkan"), "share_completed")
    assert unit["value"] is not None and partnership["value"] is None and partnership["reason"]


def test_the_answers_are_readable(sheet: Path, settings: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["analyse", str(sheet), "--settings", str(settings)]) == 0
    shown = capsys.readouterr().out
    for words in ("deltagare.csv: 24 rader", "startdatum = start", "Fullföljda: ”fullfort”.", "1. Vilka kommer till oss?",
                  "7. Hur är det jämfört med människor i allmänhet?", "Så räknade vi:", "Det här är inte angivet"):  # fmt: skip
        assert words in " ".join(shown.split()), words
    assert not any(odd in shown for odd in ("nan", "None", "inf\n"))


@pytest.mark.parametrize("ending", ["pdf", "docx", "html"])
def test_a_report_is_written_in_each_form(sheet: Path, settings: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], ending: str) -> None:
    target = tmp_path / f"rapport.{ending}"
    assert run(["analyse", str(sheet), "--settings", str(settings), "-o", str(target), *TODAY]) == 0
    assert f"Rapporten är sparad i {target}." in capsys.readouterr().out
    assert target.read_bytes().startswith({"pdf": b"%PDF", "docx": b"PK", "html": b"<!doctype html>"}[ending])
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_the_papers_first_page_has_all_seven(sheet: Path, settings: Path, tmp_path: Path) -> None:
    target = tmp_path / "rapport.pdf"
    assert run(["analyse", str(sheet), "--settings", str(settings), "-o", str(target), *TODAY]) == 0
    first = " ".join(PdfReader(io.BytesIO(target.read_bytes())).pages[0].extract_text().split())
    for question in ("Vilka kommer till oss?", "Gör vi det vi säger att vi gör?", "Hur går det för dem?", "Hur många fullföljer?", "Blir det bättre?",
                     "Hur stora är förändringarna?", "Hur är det jämfört med människor i allmänhet?"):  # fmt: skip
        assert question in first
    assert "Gjord 2026-11-21" in first


def test_what_is_wrong_is_told_beside_the_list_and_counted_in_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet = tmp_path / "fel.csv"
    sheet.write_text("Kod;Start;Före;Efter\nA;2025-02-30;12;N/A\nA;;12;<5\nB;2025-01-01;14;15\nSumma;;26;15\n", encoding="utf-8")
    assert run(["analyse", str(sheet), "--json"]) == 0
    said = capsys.readouterr()
    findings = json.loads(said.out)
    assert named(findings, "rows_read")["value"] == 4 and named(findings, "rows_left_out")["value"] == 2
    assert "samma deltagare en gång till: 1" in named(findings, "rows_left_out")["reason"] and named(findings, "values_left_out")["value"] == 3
    assert "rad 2, kolumn Start ”2025-02-30”: är inget datum som finns." in said.err and "rad 3, kolumn Efter ”<5”" in said.err


def test_a_reader_outside_the_unit_is_not_shown_single_rows(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet = tmp_path / "fel.csv"
    sheet.write_text("Kod;Start;Före;Efter\nHEMLIG1;2025-02-30;12;N/A\nHEMLIG1;;12;<5\nB;2025-01-01;14;15\n", encoding="utf-8")
    assert run(["analyse", str(sheet), "--reader", "public"]) == 0
    shown = capsys.readouterr().out
    assert "HEMLIG1" not in shown and "2025-02-30" not in shown and "visas bara för enheten" in shown
    assert "samma deltagare en gång till: .." in shown
    assert run(["analyse", str(sheet)]) == 0
    assert "HEMLIG1" in capsys.readouterr().out


@pytest.mark.parametrize("rows", [
    ["A;2025-01-01;5;7"], ["A;2025-01-01;;"], [f"{code};2025-01-01;5;5" for code in "ABCDEFGHIJKL"],
    [f"{code};2025-01-01;{n};" for n, code in enumerate("ABCDEF")],
])  # fmt: skip
@pytest.mark.parametrize("arguments", [[], ["--json"]])
def test_few_and_alike_participants_get_guarded_answers(
    tmp_path: Path, settings: Path, capsys: pytest.CaptureFixture[str], rows: list[str], arguments: list[str]
) -> None:
    sheet = tmp_path / "liten.csv"
    sheet.write_text("\n".join(["Kod;Startdatum;Före;Efter", *rows]), encoding="utf-8")
    assert run(["analyse", str(sheet), "--settings", str(settings), *arguments]) == 0
    shown = capsys.readouterr().out
    assert "Traceback" not in shown and "NaN" not in shown and "nan" not in shown and "Infinity" not in shown


@pytest.mark.parametrize(("text", "arguments", "words"), [
    ("", [], "tom"), ("a;b\n1;2\n", [], "ingen rubrik som analysen känner igen"), ("Kod;Före\nA;19811218-9876\n", [], "personnummer i cell B2"),
    ("Kod;Före\nA;1\n", ["--map", "före"], "--map före går inte att förstå"),
    ("Kod;Före\nA;1\n", ["--map", "före=Fore1"], "Det finns ingen kolumn som heter Fore1"),
    ("Kod;Före\nA;1\n", ["--split", "veckodag"], "--split: veckodag går inte"), ("Kod;Före\nA;1\n", ["--split", "unit"], "inte att dela upp efter enhet"),
    ("Kod;Före\nA;1\n", ["--reader", "alla"], "--reader: alla går inte"), ("Kod;Före\nA;1\n", ["-o", "rapport.txt"], ".pdf, .docx eller .html"),
    ("Kod;Före\nA;1\n", ["-o", "saknas/rapport.pdf"], "finns inte"),
])  # fmt: skip
@pytest.mark.parametrize("as_json", [[], ["--json"]])
def test_what_cannot_be_used_is_told_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, arguments: list[str], as_json: list[str], words: str
) -> None:
    sheet = tmp_path / "fel.csv"
    sheet.write_text(text, encoding="utf-8")
    assert run(["analyse", str(sheet), *arguments, *as_json]) == command.REFUSED
    said = capsys.readouterr()
    assert words in said.err and said.out == "" and said.err.count("\n") == 1


HEAD = "Kod;Kön;Start;Slut;Avslutsorsak;Planerade;Genomförda;Före;Efter"
ODD = ("N/A", "<5", "..", "12,5", "1.125", "1 234", "abc", "=1+1", "1e400", "NaN", "inf", "−3", "")
NASTY: dict[str, bytes] = {
    "odd numbers": "\n".join([HEAD, *(f"K{n};K;2025-01-05;2025-06-05;Fullföljt;{odd};{odd};{odd};{n}" for n, odd in enumerate(ODD * 2))]).encode(),
    "odd days": "\n".join([HEAD, *(f"K{n};K;{day};2025-01-01;Fullföljt;1;1;2;3" for n, day in enumerate(
        ("2025-02-30", "0000-00-00", "9999-12-31", "5/6/2025", "44927", "1800-01-01", "2025", "igår", "2025-03-01")))]).encode(),
    "all alike": "\n".join([HEAD, *(f"K{n};K;2025-01-05;2025-06-05;Fullföljt;0;0;20;20" for n in range(30))]).encode(),
    "headers over two rows": "Kod;Poäng;;\n;Före;Efter;Start\nK1;3;4;2025-01-01\nK2;4;4;".encode(),
    "cp1252": "\n".join([HEAD, *(f"K{n};K;;;Fullföljt – bra;;;{n};{n + 1}" for n in range(12))]).encode("cp1252"),
    "utf-16": "\n".join([HEAD, *(f"K{n};K;;;Fullföljt;;;{n};{n + 1}" for n in range(12))]).encode("utf-16"),
    "very large": "\n".join([HEAD, *(f"K{n};K;;;Fullföljt;;;{10**15 + n};{10**15 + 2 * n}" for n in range(30))]).encode(),
    "markup": "\n".join([HEAD, *(f"K{n};<script>;;;\x1b[31mFullföljt;;;{n};{n + 1}" for n in range(12))]).encode(),
    "300 columns": "\n".join([HEAD + ";x" * 300, *(f"K{n};K;;;Fullföljt;;;{n};{n + 1}" + ";1" * 300 for n in range(12))]).encode(),
    "bytes": bytes(range(1, 256)) * 9, "empty": b"", "only headers": HEAD.encode(),
}  # fmt: skip


@pytest.mark.parametrize("name", NASTY)
def test_a_nasty_sheet_gives_guarded_answers_or_one_sentence(
    name: str, tmp_path: Path, settings: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "elak.csv"
    path.write_bytes(NASTY[name])
    ended = run(["analyse", str(path), "--settings", str(settings), "--split", "sex"] if b"K;" in NASTY[name] else ["analyse", str(path)])
    written = capsys.readouterr()
    assert ended == (2 if name in ("300 columns", "bytes", "empty", "only headers") else 0), written.err
    assert not re.search(r"\b(nan|inf|None|Traceback)\b", re.sub(r"”[^”]*”", "", written.out + written.err)) and "\x1b" not in written.out
    if ended:
        assert written.out == "" and len(written.err.splitlines()) == 1
    else:
        assert json.loads(json.dumps(found(capsys, str(path), "--settings", str(settings))), parse_constant=pytest.fail)


def test_a_list_and_a_report_are_not_asked_for_at_once(sheet: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "rapport.pdf"
    assert run(["analyse", str(sheet), "--json", "-o", str(target)]) == command.REFUSED
    said = capsys.readouterr()
    assert said.err == "Välj --json eller -o, inte båda.\n" and said.out == "" and not target.exists()


@pytest.mark.parametrize("arguments", [[], ["--json"], ["-o", "rapport.html"]])
def test_a_second_split_for_the_same_reader_is_warned_of(
    sheet: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    """Each run is protected by itself; a quarter that is hidden in one is a half-year less another quarter in two."""
    monkeypatch.chdir(tmp_path)

    def told(*more: str) -> str:
        assert run(["analyse", str(sheet), *more, *arguments]) == 0
        said = capsys.readouterr()
        return " ".join((said.err if arguments == ["--json"] else said.out).split())

    assert "Ge samma läsare bara en uppdelning" in told("--reader", "public", "--split", "quarter")
    assert "bara en uppdelning" not in told("--split", "quarter") and "bara en uppdelning" not in told("--reader", "public")


def test_a_second_split_is_tried_against_the_one_the_reader_has(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "kvartal.csv"
    sizes = {"2024-02": 30, "2024-05": 32, "2024-08": 20, "2025-02": 3, "2025-05": 40, "2025-08": 41}
    rows = [f"{month};{'KM'[place % 2]};{month}-05" for month, count in sizes.items() for place in range(count)]
    path.write_text("\n".join(["Kod;Kön;Startdatum", *(f"D{place}{row[7:]}" for place, row in enumerate(rows))]), encoding="utf-8")
    asked = ["analyse", str(path), "--reader", "public"]
    assert run([*asked, "--split", "quarter"]) == 0
    assert "prövas de ihop med --earlier" in " ".join(capsys.readouterr().out.split())
    assert run([*asked, "--split", "quarter", "--earlier", "year"]) == 2
    refused = capsys.readouterr()
    assert refused.out == "" and "Läsaren har redan uppdelningen efter startår." in refused.err and "bland annat om 2025 kv. 1" in refused.err
    assert run([*asked, "--split", "sex", "--earlier", "year", "--earlier", "sex"]) == 0
    assert "Prövat mot uppdelningen efter startår: inget skyddat antal går att räkna ut" in " ".join(capsys.readouterr().out.split())
    assert run(["analyse", str(path), "--split", "sex", "--earlier", "year"]) == 2
    assert "Säg med --reader vem det är." in capsys.readouterr().err
    assert run([*asked, "--split", "sex", "--earlier", "unit"]) == 2
    assert "den har ingen kolumn för enhet" in capsys.readouterr().err


def test_a_protected_answer_says_who_it_is_for(sheet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["analyse", str(sheet), "--reader", "public"]) == 0
    assert "För allmänheten: små antal är skyddade och visas som .." in " ".join(capsys.readouterr().out.split())
    assert run(["analyse", str(sheet)]) == 0
    assert "små antal är skyddade" not in capsys.readouterr().out


def test_a_split_nearly_right_is_offered_by_the_name_it_has(sheet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["analyse", str(sheet), "--split", "halvåret"]) == command.REFUSED
    assert "Menade du half_year?" in capsys.readouterr().err


def test_impossible_settings_are_told_in_one_sentence(sheet: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = tmp_path / "fel.yaml"
    wrong.write_text("reliability: 1.2", encoding="utf-8")
    assert run(["analyse", str(sheet), "--settings", str(wrong)]) == command.REFUSED
    assert capsys.readouterr().err == "Inställningen reliability: 1,2 går inte. Talet ska ligga mellan 0 och 1.\n"


def test_a_refused_file_leaves_the_earlier_report_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet, target = tmp_path / "fel.csv", tmp_path / "rapport.pdf"
    sheet.write_text("Kod;Före\nA;19811218-9876\n", encoding="utf-8")
    target.write_bytes(b"earlier")
    assert run(["analyse", str(sheet), "-o", str(target)]) == command.REFUSED
    assert target.read_bytes() == b"earlier" and "personnummer" in capsys.readouterr().err


def test_a_report_says_what_to_install(sheet: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(analyse_report, "NEEDS", {".pdf": ("not_installed_anywhere",)})
    assert run(["analyse", str(sheet), "-o", str(tmp_path / "r.pdf")]) == command.REFUSED
    assert capsys.readouterr().err == 'För att göra rapporten behövs mer. Skriv pip install "samsyn[analysis,report]" och försök igen.\n'


def test_without_the_analysis_installed_one_sentence_says_what_to_install(
    sheet: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    assert run(["analyse", str(sheet)]) == 69
    assert 'Skriv pip install "samsyn[analysis,report]" och försök igen.' in capsys.readouterr().err


def test_it_works_where_nothing_of_the_web_is_installed(sheet: Path, settings: Path) -> None:
    program = f"{WITHOUT_WEB}from samsyn.cli.main import run\nsys.exit(run(sys.argv[1:]))"
    done = subprocess.run(
        [sys.executable, "-c", program, "analyse", str(sheet), "--settings", str(settings), "--json"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "") and named(json.loads(done.stdout), "n_started")["value"] == 24


def test_long_work_tells_how_far_it_has_come_and_short_work_does_not(capsys: pytest.CaptureFixture[str]) -> None:
    moments = iter([0.0, 0.5, 3.0, 3.2, 9.0])
    tell = command.progress(lambda: next(moments))
    for share in (0.1, 0.25, 0.3, 0.5):
        tell(share)
    assert capsys.readouterr().err == "Räknar: 25 %\nRäknar: 50 %\n"

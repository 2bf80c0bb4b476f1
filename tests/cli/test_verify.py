"""`samsyn verify`: the protocol in the terminal, as JSON and in a file; a planted fault fails it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from samsyn.analysis import verify
from samsyn.catalog import reference
from samsyn.cli.main import run
from samsyn.cli.verify_protocol import Protocol, html_of, markdown_of, text_of

TODAY = ["--today", "2027-03-01"]


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only two cases, so that the tests of what is printed are quick."""
    cases = {name: reference.references()[name] for name in ("did_banks", "spc_xmr_montgomery")}
    monkeypatch.setattr(reference, "references", lambda: cases)


@pytest.fixture
def planted(monkeypatch: pytest.MonkeyPatch) -> None:
    """A case with one expected number that is wrong."""
    case = reference.references()["did_banks"]
    monkeypatch.setattr(reference, "references", lambda: {"did_banks": replace(case, expected={**case.expected, "did": 20})})


def test_every_shipped_case_passes(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["verify", "--short", *TODAY]) == 0
    shown = capsys.readouterr().out
    assert shown.splitlines()[-1] == "Godkänt: 39 av 39 fall och 792 av 792 värden stämmer."
    assert "Datum: 2027-03-01" in shown and all(part in shown for part in ("Python 3", "numpy ", "scipy ", "DuckDB "))


def test_every_value_is_printed_with_difference_and_tolerance(few: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["verify", *TODAY]) == 0
    shown = capsys.readouterr().out
    row = next(line.split() for line in shown.splitlines() if line.strip().startswith("centre"))
    assert row == ["centre", "300,5", "300,5", "0", "0,0003", "stämmer"]
    assert "Jämförs inte: lcl_2_66." in shown


def test_a_wrong_number_fails_the_protocol(planted: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["verify", *TODAY]) == 1
    shown = capsys.readouterr().out
    assert shown.splitlines()[-1] == "INTE GODKÄNT: 0 av 1 fall och 1 av 2 värden stämmer."
    assert any(line.split() == ["did", "20", "19", "1", "1e-09", "STÄMMER", "INTE"] for line in shown.splitlines())


def test_a_library_that_cannot_compute_fails_the_protocol(few: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(verify, "RUNS", {})
    monkeypatch.setattr(verify, "all_verified", lambda cases: tuple(verify.verified(case, None) for case in cases.values()))
    assert run(["verify", "--short", *TODAY]) == 1
    assert "Gick inte att räkna: inget i biblioteket räknar det här fallet" in capsys.readouterr().out


def test_the_protocol_as_json_holds_every_number(planted: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["verify", "--json", *TODAY]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["passed"], told["date"], told["counts"]["values_passed"]) == (False, "2027-03-01", 1)
    assert told["cases"][0]["values"][0] == {"place": "did", "expected": 20, "found": 19.0, "difference": 1.0, "allowed": 1e-9, "passed": False}
    assert set(told["versions"]) == {"samsyn", "python", "numpy", "scipy", "duckdb"}


@pytest.mark.parametrize("ending", ["txt", "md", "html"])
def test_the_protocol_can_be_filed(few: None, tmp_path: Path, capsys: pytest.CaptureFixture[str], ending: str) -> None:
    target = tmp_path / f"protokoll.{ending}"
    assert run(["verify", "-o", str(target), *TODAY]) == 0
    filed = target.read_text(encoding="utf-8")
    assert all(words in filed for words in ("2027-03-01", "Skillnad i skillnader", "Montgomery", "300,5", "Godkänt: 2 av 2 fall"))
    assert capsys.readouterr().out.startswith("Godkänt: 2 av 2 fall") and list(tmp_path.iterdir()) == [target]


def test_a_wrong_name_or_folder_is_told_before_anything_is_computed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mapp.txt").mkdir()
    for name, said in (("p.pdf", ".txt, .md eller .html"), ("saknas/p.txt", "finns inte"), ("mapp.txt", "är en mapp")):
        assert run(["verify", "-o", str(tmp_path / name)]) == 2
        assert said in capsys.readouterr().err


def test_a_protocol_that_cannot_be_written_is_told(few: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "disken är full")

    monkeypatch.setattr(Path, "write_text", full)
    assert run(["verify", "-o", str(tmp_path / "p.txt")]) == 2
    assert "disken är full" in capsys.readouterr().err


def test_what_a_case_says_is_never_markup() -> None:
    case = replace(reference.references()["did_banks"], title="<b>|x|</b>", note="_a_ <script>")
    protocol = Protocol(date(2027, 3, 1), {"samsyn": "1"}, (verify.verified(case, verify.RUNS["did_banks"]),))
    assert "&lt;b&gt;|x|&lt;/b&gt;" in html_of(protocol) and "<script>" not in html_of(protocol)
    assert "\\<b\\>\\|x\\|\\</b\\>" in markdown_of(protocol) and "\\_a\\_" in markdown_of(protocol)
    assert "<b>|x|</b>" in text_of(protocol)


def test_a_protocol_of_nothing_does_not_pass() -> None:
    assert not Protocol(date(2027, 3, 1), {}, ()).passed

"""`samsyn import` from outside: one JSON line, every outcome with exit status 0, and a page that a person can read."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from samsyn.cli.import_ import NEEDS_THE_WEB, json_of_row
from samsyn.cli.main import app
from samsyn.formats.grid import Cell, Grid, Row, Sheet
from samsyn.formats.plan_reading import read_plan

PLAN = ("Orsak;Åtgärd;Operativa mål;När;Vem;Uppföljning\n"
        "1. Mörkt, 2. Tomt;1. Ny belysning;Ljust;2027-03-31;Eva Ek, 070-123 45 67, eva.ek@x.example;grön\n"
        "1, 2;Nattvandring;Fler vuxna;löpande;Fritidsgården, Åsa Öberg;pågår\n")
ASKING = PLAN + "2. Tomt;Musik;Fler ute;v. 12;N.N.;ej klart\n"
NUMBERED = PLAN + "3. Unga;Samtal med 850709-9805;;;;\n"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["import", "--today", "2026-11-22", *arguments])


def dry(tmp_path: Path, content: str | bytes, *arguments: str, name: str = "plan.csv", target: str = "plan") -> dict[str, Any]:
    """Return the one line that is printed for a file."""
    file = tmp_path / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    result = run("--dry-run", "--json", "--as", target, *arguments, str(file))
    assert result.exit_code == 0, result.output
    line, = result.output.splitlines()
    said = json.loads(line)
    assert isinstance(said, dict)
    return said


def test_a_clean_plan_is_accepted(tmp_path: Path) -> None:
    assert dry(tmp_path, PLAN) == {"outcome": "accept", "rows": 2, "warnings": [], "flagged": [], "reason": ""}


def test_every_row_is_said_as_it_was_understood(tmp_path: Path) -> None:
    assert dry(tmp_path, PLAN, "--rows")["reading"] == [
        {"sheet": "Text", "row": 2, "causes": [{"number": 1, "text": "Mörkt"}, {"number": 2, "text": "Tomt"}],
         "action": "Ny belysning", "goal": "Ljust",
         "when": {"typed": "2027-03-31", "interpreted": "2027-03-31", "ask": False},
         "responsible": [{"name": "Eva Ek", "email": "eva.ek@x.example", "phone": "070-123 45 67"}],
         "status": {"face": "green", "implementation": None, "ask": False}},
        {"sheet": "Text", "row": 3, "causes": [{"number": 1, "text": ""}, {"number": 2, "text": ""}], "action": "Nattvandring", "goal": "Fler vuxna",
         "when": {"typed": "löpande", "interpreted": None, "ask": False},
         "responsible": [{"name": "Fritidsgården, Åsa Öberg", "email": "", "phone": ""}],
         "status": {"face": None, "implementation": "under_way", "ask": False}},
    ]


def test_questions_are_warnings(tmp_path: Path) -> None:
    said = dry(tmp_path, ASKING, "--rows")

    assert (said["outcome"], said["rows"]) == ("accept_with_warnings", 3)
    assert [said["reading"][2]["when"], said["reading"][2]["responsible"], said["reading"][2]["status"]["ask"]] == [
        {"typed": "v. 12", "interpreted": "2027-03-28", "ask": True}, [], True]
    assert len(said["warnings"]) == 3


def test_personal_numbers_hold_the_file_and_are_never_printed(tmp_path: Path) -> None:
    said = dry(tmp_path, NUMBERED, "--rows")

    assert (said["outcome"], said["flagged"]) == ("hold_for_review", ["rad 4 Åtgärd"])
    assert said["reading"][2]["action"] == "Samtal med [person]"
    assert "850709" not in json.dumps(said)


@pytest.mark.parametrize(("content", "name", "target"), [
    ("", "plan.csv", "plan"), ("hej\nhopp\n", "plan.csv", "plan"), ("<html></html>", "plan.xlsx", "plan"), (b"PK\x03\x04 broken", "plan.xlsx", "plan"),
    ("<svg xmlns='http://www.w3.org/2000/svg'/>", "bild.svg", "attachment"), ("a;b\n1;2\n", "serie.csv", "series"),
])
def test_a_refusal_is_one_kind_sentence(tmp_path: Path, content: str | bytes, name: str, target: str) -> None:
    said = dry(tmp_path, content, "--rows", name=name, target=target)

    assert (said["outcome"], said["rows"], said["reading"]) == ("reject", 0, [])
    assert said["reason"].endswith(".")
    assert "Traceback" not in said["reason"]


def test_a_series_is_read_as_a_series(tmp_path: Path) -> None:
    said = dry(tmp_path, "datum;område;antal\n2026-01-15;Centrum;3\n", "--rows", target="series")

    assert (said["outcome"], said["rows"], said["reading"][0]["when"]["first"]) == ("accept", 1, "2026-01-15")


def test_a_text_may_be_attached(tmp_path: Path) -> None:
    assert dry(tmp_path, "Minnesanteckning från mötet.\n", name="anteckning.txt", target="attachment")["outcome"] == "accept"


def test_a_person_is_shown_the_rows_and_told_that_nothing_is_stored(tmp_path: Path) -> None:
    file = tmp_path / "plan.csv"
    file.write_text(ASKING, encoding="utf-8")
    result = run(str(file))

    assert result.exit_code == 0
    assert "Ny belysning" in result.output
    assert "v. 12 (2027-03-28) ?" in result.output
    assert NEEDS_THE_WEB.split(";")[0] in result.output
    assert NEEDS_THE_WEB.split(";")[0] not in run("--dry-run", str(file)).output


def test_what_a_file_says_cannot_steer_the_terminal(tmp_path: Path) -> None:
    file = tmp_path / "plan.csv"
    file.write_text("Åtgärd;Vem\n[bold]Belysning[/bold] \x1b[2J;Eva Ek\n", encoding="utf-8")
    output = run("--dry-run", str(file)).output

    assert "\x1b[2J" not in output
    assert "[bold]" in output


def test_a_file_that_is_not_there_is_a_mistake_of_writing() -> None:
    assert run("--dry-run", "--json", "finns-inte.csv").exit_code == 2


def test_the_contract_has_exactly_its_keys() -> None:
    grid = Grid("csv", (Sheet("Text", (Row(1, (Cell("Åtgärd"), Cell("Vem"))), Row(2, (Cell("Belysning"), Cell("Eva"))))),))
    row = json_of_row(read_plan(grid, date(2026, 11, 22)).rows[0])

    assert list(row) == ["sheet", "row", "causes", "action", "goal", "when", "responsible", "status"]
    assert list(row["when"]) == ["typed", "interpreted", "ask"]
    assert list(row["responsible"][0]) == ["name", "email", "phone"]
    assert list(row["status"]) == ["face", "implementation", "ask"]

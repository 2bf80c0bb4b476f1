"""What somebody who means ill, or only subtracts, can do with `samsyn analyse`: read a protected count, or make it stop."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from samsyn.analysis.disclosure import EVERYTHING, Rule, may_show_total
from samsyn.analysis.engine import aggregated
from samsyn.analysis.episodes import Episodes
from samsyn.analysis.loke import answers
from samsyn.cli.main import run
from samsyn.formats.analysis_settings import read_settings
from samsyn.formats.problems import Refused
from tests.analysis.loke_unit import SETTINGS, unit
from tests.formats.sheet_of_participants import HEAD, ROWS

# a row of sums, a participant twice and six cells that say nothing, each of its own sort
TORN = [*ROWS[:3], ROWS[2], ROWS[3].replace("K,2007", "okänt,?"), *ROWS[4:], "Summa,,,,,,,270,200,,,"]


@pytest.fixture
def torn(tmp_path: Path) -> Path:
    path = tmp_path / "deltagare.csv"
    path.write_text("\n".join([HEAD, *TORN]), encoding="utf-8")
    return path


def of_reading(sheet: Path, capsys: pytest.CaptureFixture[str], *more: str) -> dict[str, Any]:
    assert run(["analyse", str(sheet), "--json", *more]) == 0
    return {one["name"]: one for one in json.loads(capsys.readouterr().out) if one["question"] == 0 or one["name"] == "n_started"}


@pytest.mark.parametrize(("parts", "may"), [([0, 0], True), ([7, 12], True), ([], True), ([1, 1], False), ([3, 9], False), ([1, 1, 1, 1, 1, 1, 2], False)])
def test_a_total_stands_only_beside_parts_that_are_all_seen(parts: list[int], may: bool) -> None:
    assert may_show_total(parts, Rule(5, True, 30)) is may
    assert may_show_total(parts, EVERYTHING)


def test_the_rows_of_the_file_less_those_counted_are_no_small_count(torn: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """26 rows less 24 who started leave two, in two reasons: one each."""
    told = of_reading(torn, capsys)
    assert told["rows_read"]["value"] == 26 and told["n_started"]["value"] == 24 and told["rows_left_out"]["value"] == 2
    hidden = of_reading(torn, capsys, "--reader", "partnership")
    assert hidden["n_started"]["value"] == 24
    for name in ("rows_read", "rows_left_out", "values_left_out"):
        assert (hidden[name]["value"], hidden[name]["n"]) == (None, 0), name


def test_the_page_and_the_terminal_do_not_say_the_rows_either(torn: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["analyse", str(torn), "--reader", "partnership"]) == 0
    assert "26" not in capsys.readouterr().out.splitlines()[0]
    page = tmp_path / "rapport.html"
    assert run(["analyse", str(torn), "--reader", "partnership", "-o", str(page)]) == 0
    assert "Svaren bygger på raderna i filen" in page.read_text(encoding="utf-8")
    assert run(["analyse", str(torn)]) == 0
    assert "26 rader" in capsys.readouterr().out


@pytest.mark.parametrize("key", ["reliability: *b", "norm: {mean: *b, sd: 1}", "last_day: *b", "reader: *b", "scale: *b"])
def test_settings_of_a_few_lines_that_stand_for_thousands_of_millions_are_refused_at_once(key: str) -> None:
    lines = ["z: &a [x, x, x]", "y: &b [*a, *a, *a]", key]
    with pytest.raises(Refused, match=r"hänvisar till sig själv"):
        read_settings("s.yaml", "\n".join(lines).encode())


def test_a_star_in_a_text_is_no_reference() -> None:
    assert read_settings("s.yaml", b"instrument: 'SDQ *ny* & kort'\n").loke.instrument == "SDQ *ny* & kort"


@pytest.mark.parametrize("name", ["s.json", "s.yaml"])
def test_a_number_of_five_thousand_figures_is_refused_with_a_sentence(name: str) -> None:
    with pytest.raises(Refused):
        read_settings(name, ('{"reliability": ' + "9" * 5000 + "}").encode())


def test_hundreds_of_target_groups_are_drawn_as_the_largest() -> None:
    many = unit(20)
    episodes = Episodes(**(dict(many.columns()) | {"target_group": [f"Grupp {min(number, 400)}" for number in range(480)]}))
    first = answers(aggregated(episodes, SETTINGS, threads=1), SETTINGS, EVERYTHING)[0]
    bars = first.charts[0].spec["layer"][0]["data"]["values"]
    assert len(bars) == 24 and bars[0]["grupp"] == "Grupp 400" and "De 24 största av 401 grupper är ritade." in first.charts[0].description
    assert sum(row[0] == "Målgrupp" for row in first.tables[0].rows) == 401

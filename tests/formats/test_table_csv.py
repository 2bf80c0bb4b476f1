"""Text tables: every encoding and delimiter people send, and nothing lost."""

from __future__ import annotations

import csv
import io

import pytest

from samsyn.formats.grid import Grid
from samsyn.formats.open_file import open_grid, paste_grid
from samsyn.formats.problems import Refused
from samsyn.formats.table_out import harmless, table_csv

PLAN = "Orsak;Åtgärd;När\r\n1. Mörkt på torget;Ny belysning – sju lampor;2027-03-31\r\n2. Öde;Nattvandring;v. 12\r\n"
WANTED = [["Orsak", "Åtgärd", "När"], ["1. Mörkt på torget", "Ny belysning – sju lampor", "2027-03-31"], ["2. Öde", "Nattvandring", "v. 12"]]


def values(grid: Grid) -> list[list[object]]:
    return [[cell.value for cell in row.cells] for sheet in grid.sheets for row in sheet.rows]


@pytest.mark.parametrize("content", [
    PLAN.encode("utf-8"), PLAN.encode("utf-8-sig"), PLAN.encode("cp1252"), PLAN.encode("utf-16"), PLAN.encode("utf-16-le"), PLAN.encode("utf-16-be"),
    b"\xfe\xff" + PLAN.encode("utf-16-be"), PLAN.encode("utf-32"),
    PLAN.replace(";", "\t").encode(), PLAN.replace(";", "|").encode(), PLAN.replace(";", ",").encode("cp1252"),
    PLAN.replace("\r\n", "\n").encode(), PLAN.replace("\r\n", "\r").encode(),
    ("sep=,\n" + PLAN.replace(";", ",")).encode("utf-16"), ('"sep=;"\r\n' + PLAN).encode(),
    PLAN.replace(";", '";"').replace("\r\n", '"\r\n"')[:-1].join(['"', ""]).encode(),
])
def test_every_usual_encoding_and_delimiter_gives_the_same_table(content: bytes) -> None:
    grid = open_grid("plan.csv", content)
    assert values(grid) == WANTED
    assert grid.problems == ()


@pytest.mark.parametrize(("encoding", "says"), [("mac_roman", "Mac"), ("cp850", "DOS")])
def test_a_rare_encoding_is_guessed_and_told(encoding: str, says: str) -> None:
    grid = open_grid("plan.csv", PLAN.replace("–", "-").encode(encoding))
    assert values(grid)[0] == WANTED[0]
    assert says in grid.problems[0].why


def test_one_broken_byte_does_not_spoil_the_rest_of_a_utf8_file() -> None:
    grid = open_grid("plan.csv", PLAN.encode() + "3;b\xc3;åäö\n".encode("latin-1")[:-5] + "åäö;x;y\n".encode())
    assert values(grid)[:3] == WANTED
    assert "gick inte att läsa" in grid.problems[0].why


def test_letters_spoilt_before_the_file_came_are_told() -> None:
    assert "Ã" in open_grid("p.csv", PLAN.encode().decode("latin-1").encode()).problems[0].why


@pytest.mark.parametrize(("content", "says"), [
    (b"", "tom fil"), (b"\xef\xbb\xbf", "tom"), (b" \r\n\t\r\n", "tom"), (b"\xff\xfe", "tom"),
    (b"Orsak;a\0b\n1;2\n", "NUL"), ("Orsak;a\0b\n1;2\n".encode("utf-16"), "NUL"),
    (PLAN.encode("utf-16")[:-1], "avklippt"),
    (b"a;b\n" + b"x" * 40_000 + b";1\n", "längre än 32767"),
    (b'a;b\n"' + b"x;\n" * 20_000, "längre än 32767|för många"),
    (b"a;b\n" * 20_001, "för många rader"), (b"a" + b";b" * 200, "för många rader/kolumner"), (b";" * 1_000_000, "för många rader/kolumner"),
    (b"a;b\n" + b"1;2\n" * 3_000_000, "större än 10 MB"),
])
def test_what_is_no_table_or_too_large_is_refused(content: bytes, says: str) -> None:
    with pytest.raises(Refused, match=says):
        open_grid("x.csv", content)


def test_quotes_delimiters_and_line_breaks_in_a_cell_are_kept() -> None:
    grid = open_grid("x.csv", b'"a";"b"\r\n"1. ""M\xc3\xb6rkt""; kallt";"rad ett\nrad tv\xc3\xa5\r\nrad tre"\r\n3;4\r\n')
    assert values(grid)[1] == ['1. "Mörkt"; kallt', "rad ett\nrad två\nrad tre"]
    assert [row.number for row in grid.sheets[0].rows] == [1, 2, 5]
    assert grid.problems == ()


@pytest.mark.parametrize(("line", "cells"), [
    ('"Mörkt" och kallt;x', ['"Mörkt" och kallt', "x"]),
    ('5" rör;x', ['5" rör', "x"]),
    ('"aldrig stängd;x', ['"aldrig stängd', "x"]),
    ('"a;b" mer;x', ["a;b mer", "x"]),
])
def test_quotes_that_do_not_pair_lose_nothing(line: str, cells: list[str]) -> None:
    assert values(open_grid("x.csv", f"Orsak;Vem\n{line}\n3;4\n".encode()))[1:] == [cells, ["3", "4"]]


def test_quotes_that_do_not_pair_are_told() -> None:
    assert [str(problem.place) for problem in open_grid("x.csv", b'a;b\n"c" d;e\n').problems] == ["rad 2"]
    assert open_grid("x.csv", b'a;b\n5" d;e\n').problems == ()


def test_uneven_rows_are_told_and_keep_their_cells() -> None:
    grid = open_grid("x.csv", b"a;b;c\n1;2\n1;2;3;4;5\n1;;\n1;2;3;;;;\n")
    assert [(problem.place, problem.why) for problem in grid.problems] == [("rad 2", "2 av 3 kolumner."), ("rad 3", "5 kolumner, 2 för många.")]
    assert values(grid)[2] == ["1", "2", "3", "4", "5"]


def test_decimal_commas_do_not_look_like_delimiters() -> None:
    assert values(open_grid("x.csv", b"datum;antal\n2026-01-01;1,5\n2026-02-01;2,5\n"))[1] == ["2026-01-01", "1,5"]
    assert values(open_grid("x.csv", b"Orsak,Mal\n\"a, b\",c; d\ne,f\n"))[1] == ["a, b", "c; d"]


@pytest.mark.parametrize("text", [
    "=1+1", "+46701234567", "-5 %", "@SUM(1)", "\t=1", "＝1", "'citat'", "''=1", "'=1", "– streck först", "vanlig", 'a"b;c\nd', "'", "''",
])
def test_what_we_export_comes_back_as_it_was(text: str) -> None:
    grid = open_grid("x.csv", table_csv(["Orsak", "Åtgärd"], [[text, "x"], ["y", text]]))
    assert values(grid)[1:] == [[text, "x"], ["y", text]]
    assert harmless(text) == text or harmless(text) == "'" + text


def test_our_reader_agrees_with_the_standard_library_on_well_made_files() -> None:
    rows = [[f"{number};å", 'sa "ja"', "a\nb", ""][: 4] + [str(number)] for number in range(50)]
    target = io.StringIO()
    csv.writer(target, delimiter=";").writerows(rows)
    ours = values(open_grid("x.csv", target.getvalue().encode()))
    assert [[cell or "" for cell in row] for row in ours] == list(csv.reader(io.StringIO(target.getvalue()), delimiter=";"))


def test_a_pasted_spreadsheet_keeps_cells_with_line_breaks() -> None:
    grid = paste_grid('Orsak\tÅtgärd\r\n"1. Mörkt\n""här"""\tBelysning; ny\r\n')
    assert grid.kind == "paste"
    assert values(grid) == [["Orsak", "Åtgärd"], ['1. Mörkt\n"här"', "Belysning; ny"]]


def test_a_paste_without_tabs_is_cut_as_it_looks_or_by_lines() -> None:
    assert values(paste_grid("a;b\nc;d")) == [["a", "b"], ["c", "d"]]
    assert values(paste_grid("en rad\nen till")) == [["en rad"], ["en till"]]
    with pytest.raises(Refused, match="Rutan är tom"):
        paste_grid(" \n")


def test_invisible_characters_in_a_header_are_told_by_their_place() -> None:
    grid = open_grid("x.csv", "Ors\u200bak;Åtgärd\n\u202eab\u202c;x\n".encode())
    assert values(grid)[0] == ["Orsak", "Åtgärd"]
    assert [problem.place for problem in grid.problems] == ["rad 1, kolumn 1", "rad 2, kolumn Orsak"]

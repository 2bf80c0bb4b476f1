"""A reading as a plan: rows found again by number and text, each once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from samsyn.chain.choices import FormFace, GoalLevel, Implementation, Result
from samsyn.chain.plan import Action, Cause, Face, Goal, Plan
from samsyn.formats.grid import Cell, Grid, Row, Sheet, Value
from samsyn.formats.plan_csv import plan_csv
from samsyn.formats.plan_from_reading import goals_in, plan_from_reading
from samsyn.formats.plan_reading import read_plan, read_plan_file
from samsyn.formats.plan_redacted import without_personal_numbers
from samsyn.formats.plan_xlsx import plan_workbook
from samsyn.formats.reading import PlanReading
from samsyn.formats.received_file import without_numbers

TODAY = date(2026, 11, 22)
SIX = ("Orsak", "Åtgärd", "Operativa mål", "När", "Vem", "Uppföljning")


def sheet(name: str, *rows: Sequence[Value | Cell]) -> Sheet:
    made = (tuple(value if isinstance(value, Cell) else Cell(value if value != "" else None) for value in row) for row in rows)
    return Sheet(name, tuple(Row(number, cells) for number, cells in enumerate(made, 1) if any(cell.value is not None for cell in cells)))


def reading_of(*rows: Sequence[Value | Cell]) -> PlanReading:
    return read_plan(Grid("xlsx", (sheet("Plan", *rows),)), TODAY)


def plan_of(*rows: Sequence[Value | Cell]) -> Plan:
    return plan_from_reading(reading_of(*rows), "plan.xlsx")


def test_every_column_finds_its_field() -> None:
    plan = plan_of((*SIX, "Startdatum", "Resurser", "Budget"), (
        "1. Mörkt", "1.1 Ny belysning", "Inga trasiga lampor", "mars 2027", "Eva Ek, 070-123 45 67; Bo Alm, bo@x.example",
        "Grön. Klart. Resultat: Bättre.", "2027-01-15",
        "två lampor", 10000))

    assert plan.actions == (Action(
        id="a1", number="1.1", causes=("c1",), goals=("g1",), text="Ny belysning", description="Budget: 10000", responsible="Eva Ek",
        responsible_phone="070-123 45 67", others="Bo Alm, bo@x.example", start_on=date(2027, 1, 15), due_on=date(2027, 3, 31), due_typed="mars 2027",
        resources="två lampor", implementation=Face(value=Implementation.DONE, by="plan.xlsx", by_file=True),
        result=Face(value=Result.BETTER, by="plan.xlsx", by_file=True), form_face=FormFace.GREEN, followed_up="Grön. Klart. Resultat: Bättre.",
        place="Blad Plan, rad 2"),)
    assert plan.causes == (Cause(id="c1", number=1, text="Mörkt"),)
    assert plan.goals == (Goal(id="g1", text="Inga trasiga lampor", level=GoalLevel.OPERATIONAL),)
    assert (plan.from_file, plan.name) == (True, "plan.xlsx")


def test_the_same_cause_and_the_same_goal_are_one() -> None:
    plan = plan_of(SIX, ("1. Mörkt", "A", "Ljust", "", "", ""), ("1. mörkt", "B", "ljust", "", "", ""), ("Mörkt", "C", "Ljust ", "", "", ""),
        ("1", "D", "", "", "", ""))

    assert [(cause.number, cause.text) for cause in plan.causes] == [(1, "Mörkt")]
    assert [goal.text for goal in plan.goals] == ["Ljust"]
    assert [action.causes for action in plan.actions] == [("c1",)] * 4


def test_a_number_finds_its_text_wherever_it_stands() -> None:
    reading = read_plan(Grid("xlsx", (sheet("Plan", SIX, ("1, 2", "A", "", "", "", "")), sheet("Orsaker", ("Nr", "Orsak"), (1, "Mörkt"), (2,
        "Tomt")))), TODAY)
    plan = plan_from_reading(reading, "plan")

    assert [(cause.number, cause.text) for cause in plan.causes] == [(1, "Mörkt"), (2, "Tomt")]
    assert plan.actions[0].causes == ("c1", "c2")


def test_a_number_that_nothing_explains_is_a_cause_without_text() -> None:
    plan = plan_of(SIX, ("7", "A", "", "", "", ""))

    assert [(cause.number, cause.text) for cause in plan.causes] == [(7, "")]


def test_the_same_number_under_two_problems_is_two_causes() -> None:
    plan = plan_of(("Problem", *SIX), ("Stölder", "1. Mörkt", "A", "", "", "", ""), ("Klotter", "1. Tomt", "B", "", "", "", ""), ("", "1", "C",
        "", "", "", ""))

    assert [(cause.id, cause.problem, cause.text) for cause in plan.causes] == [("c1", "p1", "Mörkt"), ("c2", "p2", "Tomt")]
    assert [action.causes for action in plan.actions] == [("c1",), ("c2",), ("c2",)]


@pytest.mark.parametrize(("title", "problem"), [
    ("Åtgärdsplan mot stölder vid stationen 2027", "Stölder vid stationen"), ("Åtgärdsplan 2026–2027", ""), ("Otrygghet på torget",
    "Otrygghet på torget"), ("Åtgärdsplan", ""),
])
def test_the_title_says_the_problem_if_it_says_any(title: str, problem: str) -> None:
    plan = plan_of((title,), SIX, ("1. Mörkt", "A", "", "", "", ""))

    assert [one.title for one in plan.problems] == ([problem] if problem else [])
    assert plan.causes[0].problem == ("p1" if problem else None)


def test_the_period_is_read_from_the_title() -> None:
    assert plan_of(("Åtgärdsplan 2026–2027",), SIX, ("1. Mörkt", "A", "", "", "", "")).period == "2026–2027"


def test_sheets_with_names_of_their_own_are_problems() -> None:
    grid = Grid("xlsx", (sheet("Stölder", SIX, ("1. Mörkt", "A", "", "", "", "")), sheet("Blad2", SIX, ("1. Tomt", "B", "", "", "", ""))))
    plan = plan_from_reading(read_plan(grid, TODAY), "plan")

    assert [one.title for one in plan.problems] == ["Stölder"]
    assert [cause.problem for cause in plan.causes] == ["p1", None]


def test_an_action_over_two_merged_rows_is_one() -> None:
    plan = plan_of(SIX, ("1. Mörkt", "Belysning", "Ljust", "2027-03-31", "Eva Ek", "gul"), (
        Cell("1. Mörkt", merged=True), Cell("Belysning", merged=True), "Fler ute", "2027-05-31", "Bo Alm", ""))

    assert len(plan.actions) == 1
    assert (plan.actions[0].goals, plan.actions[0].others, plan.actions[0].due_on) == (("g1", "g2"), "Bo Alm", date(2027, 5, 31))


def test_causes_and_goals_without_action_stay() -> None:
    plan = plan_of(SIX, ("1. Mörkt", "A", "", "", "", ""), ("2. Tomt", "", "", "", "", ""), ("", "", "Färre stölder", "", "", ""))

    assert [cause.text for cause in plan.causes] == ["Mörkt", "Tomt"]
    assert [goal.text for goal in plan.goals] == ["Färre stölder"]


def test_the_plan_knows_what_its_columns_say() -> None:
    plan = plan_of(("Åtgärd", "När"), ("A", "2027-03-31"))

    assert plan.knows == {"action", "due"}


@pytest.mark.parametrize(("text", "goals"), [
    ("Ljust", ("Ljust",)), ("Färre stölder\nFler ute", ("Färre stölder", "Fler ute")), ("1. Ljust\n2. Tyst", ("Ljust", "Tyst")),
    ("- ljust\n- tyst", ("ljust", "tyst")),
    ("Färre stölder\nän i fjol", ("Färre stölder\nän i fjol",)), ("", ()),
])
def test_a_cell_may_hold_several_goals(text: str, goals: tuple[str, ...]) -> None:
    assert goals_in(text) == goals


ROUND = Plan(
    id="plan", name="Trygg kväll",
    causes=(Cause(id="c1", number=1, text="Mörk gångväg"), Cause(id="c2", number=2, text="Ungdomar utan vuxna"), Cause(id="c3", number=3, text="Tomt torg")),
    goals=(Goal(id="g1", text="Inga trasiga lampor", level=GoalLevel.OPERATIONAL), Goal(id="g2", text="Minst 2 vuxna 20 kvällar", level=GoalLevel.OPERATIONAL)),
    actions=(
        Action(id="a1", causes=("c1",), goals=("g1", "g2"), text="Ny belysning", responsible="Eva Ek", responsible_phone="070-123 45 67",
               responsible_email="eva.ek@x.example", due_on=date(2027, 3, 31), implementation=Face(value=Implementation.DONE_AS_INTENDED)),
        Action(id="a2", causes=("c1", "c2"), goals=("g2",), text="Nattvandring", responsible="Fritidsgården, Åsa Öberg", due_typed="våren 2027",
               implementation=Face(value=Implementation.NOT_STARTED)),
    ))


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_plan_that_went_out_comes_back(kind: str) -> None:
    content = plan_workbook(ROUND, title="Trygg kväll") if kind == "xlsx" else plan_csv(ROUND)
    plan = plan_from_reading(read_plan_file(f"plan.{kind}", content, TODAY), "plan")

    assert [(cause.number, cause.text) for cause in plan.causes] == [(cause.number, cause.text) for cause in ROUND.causes]
    assert [goal.text for goal in plan.goals] == [goal.text for goal in ROUND.goals]
    for came, went in zip(plan.actions, ROUND.actions, strict=True):
        assert (came.text, came.causes, came.goals, came.responsible, came.due_on, came.due_typed) == (
            went.text, went.causes, went.goals, went.responsible, went.due_on, went.due_typed)
        assert came.implementation is not None
        assert went.implementation is not None
        assert came.implementation.value is went.implementation.value


def test_a_cleaned_reading_and_a_cleaned_grid_have_no_numbers() -> None:
    grid = Grid("xlsx", (sheet("Plan", SIX, ("1. Mörkt", "Samtal med 850709-9805", "", 198507099805, "", "")),), loose=(("en kommentar",
        "850709-9805"),))
    reading = read_plan(grid, TODAY)
    cleaned = read_plan(without_numbers(grid), TODAY)

    assert len(reading.flags) == 3
    assert without_personal_numbers(reading).rows[0].action == "Samtal med [person]"
    assert (cleaned.flags, cleaned.rows[0].action, cleaned.rows[0].when.typed) == ((), "Samtal med [person]", "[person]")

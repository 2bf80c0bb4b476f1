"""The plan as one chain: everything stands in full once, and what is missing is drawn where it is missing."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from samsyn.catalog.load import rules
from samsyn.chain.chain_gaps import GAP_WORDS, OWN_MENDS
from samsyn.chain.chain_values import ActionRow, ChainView, Node
from samsyn.chain.chain_view import LOOSE, chain_of
from samsyn.chain.choices import Changeability, GoalLevel, Result, Track
from samsyn.chain.facts import ALL_FACTS
from samsyn.chain.plan import Action, Cause, Face, Goal, Plan, Problem, Silence

TODAY = date(2026, 11, 23)


def cause(key: str = "c1", problem: str | None = "p1", number: int | None = 1, **more: Any) -> Cause:
    return Cause(id=key, problem=problem, number=number, text=f"Orsak {key}", **more)


def goal(key: str = "g1", **more: Any) -> Goal:
    return Goal(id=key, **{"text": f"Mål {key}", "indicator": "Anmälningar", "baseline": "40", "target": "25", "problem": "p1", **more})


def action(key: str = "a1", causes: tuple[str, ...] = ("c1",), goals: tuple[str, ...] = ("g1",), **more: Any) -> Action:
    return Action(id=key, number=f"1.{key[1:]}", text=f"Åtgärd {key}", causes=causes, goals=goals, **{"responsible": "Bo", **more})


def plan(*, problems: int = 1, causes: tuple[Cause, ...] = (cause(),), goals: tuple[Goal, ...] = (goal(),), actions: tuple[Action, ...] = (action(),),
         **more: Any) -> Plan:
    found = tuple(Problem(id=f"p{n}", title=f"Problem {n}", place="Torget") for n in range(1, problems + 1))
    return Plan(id="plan", name="Trygg kväll", problems=found, causes=causes, goals=goals, actions=actions, **more)


def rows(view: ChainView) -> list[ActionRow]:
    return [row for branch in view.branches for cause_branch in branch.causes for row in cause_branch.rows]


def only_row(view: ChainView) -> ActionRow:
    (row,) = rows(view)
    return row


def codes(view: ChainView) -> list[str]:
    return [gap.code for gap in view.gaps]


def test_a_whole_chain_has_no_gap_and_no_broken_thread() -> None:
    view = chain_of(plan(), TODAY)
    assert view.gaps == ()
    assert [node.kind for node in view.nodes()] == ["problem", "cause", "action", "goal", "indicator", "result"]
    assert not any(node.is_loose or node.is_quiet or node.same for node in view.nodes())
    assert [node.label for node in view.nodes()] == ["Problem 1", "1 Orsak c1", "1.1 Åtgärd a1", "Mål g1", "Anmälningar", "För tidigt"]
    assert view.height == 1


@pytest.mark.parametrize(("given", "code", "kind", "row", "field", "where"), [
    (plan(causes=(), actions=(), goals=()), "problem-without-cause", "problem", "p1", "causes", "cause"),
    (plan(actions=(), goals=()), "cause-without-action", "cause", "c1", "actions", "action"),
    (plan(actions=(action(causes=()),), causes=(cause(changeability=Changeability.NO),)), "action-without-cause", "action", "a1", "causes", "cause"),
    (plan(actions=(action(responsible=""),)), "action-without-responsible", "action", "a1", "responsible", "action"),
    (plan(actions=(action(goals=()),), goals=()), "action-without-goal", "action", "a1", "goals", "goal"),
    (plan(goals=(goal(target=""),)), "goal-without-target", "goal", "g1", "target", "goal"),
    (plan(goals=(goal(indicator=" - "),)), "goal-without-indicator", "goal", "g1", "indicator", "indicator"),
    (plan(goals=(goal(baseline=""),)), "goal-without-baseline", "goal", "g1", "baseline", "indicator"),
    (plan(goals=(goal(), goal("g2"))), "goal-without-action", "goal", "g2", "actions", "action"),
    (plan(causes=(cause(problem=None),), goals=(goal(problem=None),), problems=0), "cause-without-problem", "cause", "c1", "problem", "problem"),
])
def test_each_missing_link_is_one_gap_that_says_what_why_and_where(given: Plan, code: str, kind: str, row: str, field: str, where: str) -> None:
    view = chain_of(given, TODAY)
    (gap,) = view.gaps
    assert (gap.code, gap.kind, gap.id, gap.field, gap.number) == (code, kind, row, field, 1)
    assert gap.missing.endswith("saknas") and gap.why.endswith(".") and gap.mend and gap.row
    (node,) = [node for node in view.nodes() if node.gap]
    assert node.kind == where


def test_every_kind_of_gap_can_be_mended_in_words() -> None:
    assert set(GAP_WORDS) == (set(GAP_WORDS) & set(rules())) | set(OWN_MENDS)
    assert all(len(why) <= 60 for _, why in GAP_WORDS.values())


def test_a_gap_breaks_the_thread_after_it_and_not_before() -> None:
    row = only_row(chain_of(plan(goals=(goal(baseline=""),)), TODAY))
    assert [node.is_loose for node in row.nodes()] == [False, False, True, True]
    row = only_row(chain_of(plan(actions=(action(goals=()),), goals=()), TODAY))
    assert [(node.kind, node.is_loose) for node in row.nodes()] == [("action", False), ("goal", True), ("result", True)]


def test_an_action_with_one_whole_goal_has_a_whole_thread_to_its_result() -> None:
    row = only_row(chain_of(plan(actions=(action(goals=("g1", "g2")),), goals=(goal(), goal("g2", target=""))), TODAY))
    assert len(row.ends) == 2 and row.ends[1].goal.is_loose
    assert row.result and not row.result.is_loose


def test_an_action_on_two_causes_stands_in_full_under_the_first() -> None:
    view = chain_of(plan(causes=(cause(), cause("c2", number=2)), actions=(action(causes=("c2", "c1")),)), TODAY)
    first, second = rows(view)
    assert first.action.same is None and first.result
    assert second.action.same and second.action.same.id == "a1"
    assert second.action.about == "Delas med orsak 1"
    assert (second.ends, second.result) == ((), None)


def test_a_shared_goal_stands_in_full_once_and_says_where_it_is_mended() -> None:
    view = chain_of(plan(actions=(action(), action("a2")), goals=(goal(indicator=""),)), TODAY)
    first, second = rows(view)
    assert codes(view) == ["goal-without-indicator"]
    assert first.ends[0].goal.same is None
    assert second.ends[0].goal.title == "Samma mål som 1.1" and second.ends[0].goal.same
    shared = second.ends[0].indicator
    assert shared and shared.title == "Saknas, se 1.1" and shared.is_loose
    whole = rows(chain_of(plan(actions=(action(), action("a2"))), TODAY))[1].ends[0].indicator
    assert whole and whole.title == "Samma som 1.1" and not whole.is_loose


def test_a_shared_goal_of_several_says_which_it_is() -> None:
    view = chain_of(plan(actions=(action(goals=("g1", "g2")), action("a2", goals=("g2",))), goals=(goal(), goal("g2"))), TODAY)
    assert rows(view)[1].ends[0].goal.about == "Mål g2"


@pytest.mark.parametrize(("given", "words"), [
    (plan(actions=(action(goals=(), track=Track.LINE),), goals=()), ("Inget mål", "linje, följs bara")),
    (plan(actions=(), goals=(), causes=(cause(changeability=Changeability.NO),)), ("Går inte att påverka", "")),
    (plan(actions=(action(goals=()),), goals=(), silences=(Silence(rule="action-without-goal", reason="Vi vet"),)), ("Inget mål", "tystat i plankontrollen")),
    (plan(actions=(action(goals=()),), goals=(), from_file=True, knows=ALL_FACTS - {"goal"}), ("Inget mål", "går inte att se i filen")),
])
def test_what_the_plan_check_does_not_ask_for_is_quiet_and_no_gap(given: Plan, words: tuple[str, str]) -> None:
    view = chain_of(given, TODAY)
    assert view.gaps == ()
    assert [(node.title, node.about) for node in view.nodes() if node.is_quiet] == [words]
    assert not any(node.is_loose for node in view.nodes())


def test_an_overall_goal_stands_by_its_problem_and_is_no_gap() -> None:
    view = chain_of(plan(goals=(goal(), goal("g2", level=GoalLevel.OVERALL))), TODAY)
    assert view.branches[0].overall == ("Mål g2",)
    assert view.gaps == ()


def test_a_result_is_the_face_somebody_set_or_what_is_known() -> None:
    said = action(result=Face(value=Result.BETTER))
    waits = action("a2", effect_from=date(2027, 3, 1))
    first, second = rows(chain_of(plan(actions=(said, waits)), TODAY))
    assert first.result and (first.result.face, first.result.title) == ("better", "Bättre")
    assert second.result and (second.result.face, second.result.about) == ("too_early", "väntas 2027-03-01")


def test_one_problem_alone_has_its_own_actions_in_full() -> None:
    given = plan(problems=2, causes=(cause(), cause("c2", "p2", 2)), actions=(action(causes=("c1", "c2")), action("a2", causes=()),))
    whole, alone, loose = (chain_of(given, TODAY, problem=key) for key in ("", "p2", LOOSE))
    assert [key for key, _ in whole.choices] == ["p1", "p2", LOOSE]
    assert [branch.kind for branch in whole.branches] == ["problem", "problem", "no_cause"]
    assert [branch.lead.id for branch in alone.branches] == ["p2"] and rows(alone)[0].action.same is None
    assert [branch.kind for branch in loose.branches] == ["no_cause"] and codes(loose) == ["action-without-cause"]
    assert chain_of(given, TODAY, problem="somebody else's").shown == ""
    assert chain_of(plan(), TODAY).choices == ()


def test_an_empty_plan_has_an_empty_chain() -> None:
    view = chain_of(plan(problems=0, causes=(), goals=(), actions=()), TODAY)
    assert (view.branches, view.gaps, view.height) == ((), (), 0)


def test_the_height_counts_the_lines_of_knots() -> None:
    many = plan(causes=(cause(), cause("c2", number=2)), goals=(goal(), goal("g2")), actions=(action(goals=("g1", "g2")), action("a2"), action("a3")))
    assert chain_of(many, TODAY).height == 2 + 1 + 1 + 1


def random_plan(seed: int) -> Plan:
    """A plan with every kind of link there or missing, dangling ones included."""
    pick = random.Random(seed)
    problems = pick.randrange(0, 4)
    causes = tuple(cause(f"c{n}", pick.choice(["p1", "p2", "p3", "gone", None]), pick.choice([n, None])) for n in range(pick.randrange(0, 7)))
    goals = tuple(goal(f"g{n}", problem=pick.choice(["p1", "gone", None]), indicator=pick.choice(["", "x"]), target=pick.choice(["", "1"]),
                       baseline=pick.choice(["", "9"]), level=pick.choice([None, GoalLevel.OVERALL])) for n in range(pick.randrange(0, 6)))
    def some(letter: str) -> tuple[str, ...]:
        return tuple(f"{letter}{pick.randrange(8)}" for _ in range(pick.randrange(3)))

    actions = tuple(action(f"a{n}", some("c"), some("g"),
                           responsible=pick.choice(["", "Bo"]), track=pick.choice(list(Track))) for n in range(pick.randrange(0, 12)))
    return plan(problems=problems, causes=causes, goals=goals, actions=actions)


@pytest.mark.parametrize("seed", range(60))
def test_every_row_of_any_plan_is_drawn_in_full_exactly_once(seed: int) -> None:
    given = random_plan(seed)
    view = chain_of(given, TODAY)
    drawn = Counter((node.kind, node.id) for node in view.nodes() if node.id and not node.same)
    overall = sum(len(branch.overall) for branch in view.branches)
    assert {key for kind, key in drawn if kind == "action"} == {one.id for one in given.actions}
    assert {key for kind, key in drawn if kind == "cause"} == {one.id for one in given.causes}
    assert sum(kind == "goal" for kind, _ in drawn) + overall == len(given.goals)
    assert set(drawn.values()) <= {1}


@pytest.mark.parametrize("seed", range(60))
def test_gaps_are_numbered_in_the_order_they_are_read_and_links_lead_to_rows_in_full(seed: int) -> None:
    view = chain_of(random_plan(seed), TODAY)
    assert [node.gap.number for node in view.nodes() if node.gap] == list(range(1, len(view.gaps) + 1))
    whole = {node.id for node in view.nodes() if node.kind == "action" and not node.same}
    assert {node.same.id for node in view.nodes() if node.same} <= whole


@pytest.mark.parametrize("seed", range(60))
def test_the_links_between_causes_and_actions_are_those_of_the_plan(seed: int) -> None:
    given = random_plan(seed)
    causes = {one.id for one in given.causes}
    wanted = {(key, one.id) for one in given.actions for key in one.causes if key in causes}
    drawn = {(branch.cause.id, row.action.id) for all_of in chain_of(given, TODAY).branches for branch in all_of.causes
             for row in branch.rows if branch.cause and branch.cause.id and row.action.id}
    assert drawn == wanted


def test_a_planted_double_would_be_found() -> None:
    view = chain_of(plan(), TODAY)
    twice = replace(view, branches=view.branches * 2)
    assert max(Counter((node.kind, node.id) for node in twice.nodes() if node.id and not node.same).values()) == 2


def test_a_node_without_text_still_has_a_name() -> None:
    bare = plan(causes=(replace(cause(), text=""),), actions=(replace(action(), text=""),), goals=(goal(text=""),))
    labels = [node.label for node in chain_of(bare, TODAY).nodes()]
    assert "1 En orsak utan text" in labels and "1.1 En åtgärd utan namn" in labels and "Ett mål utan text" in labels
    assert Node(kind="goal").label == ""

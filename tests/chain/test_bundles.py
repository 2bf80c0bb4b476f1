"""Combinations as they are shown: letters, what must be done, what is lacking, and which parts stand side by side."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from samsyn.chain.bundles import letter_of, parts_of, runs_of, together
from samsyn.chain.chain_view import chain_of
from samsyn.chain.choices import Horizon, Implementation
from samsyn.chain.order import by_horizon, in_order, sequence
from samsyn.chain.plan import Action, Bundle, Cause, Face, Plan, Problem

TODAY = date(2027, 3, 1)


def part(row_id: str, bundle: str | None = None, *, cause: str = "c", **about: object) -> Action:
    return replace(Action(id=row_id, number=row_id, text=row_id.upper(), responsible="Bo", causes=(cause,), bundle=bundle), **about)  # type: ignore[arg-type]


def plan(*actions: Action, bundles: tuple[Bundle, ...] = (Bundle(id="b", text="Ljus på vägen."),)) -> Plan:
    return Plan(id="plan", problems=(Problem(id="p", title="Oro"), Problem(id="q", title="Inbrott")), actions=actions, bundles=bundles,
                causes=(Cause(id="c", problem="p", number=1, text="Mörkt"), Cause(id="d", problem="q", number=2, text="Tomt")))


@pytest.mark.parametrize(("place", "letter"), [(0, "A"), (1, "B"), (25, "Z"), (26, "AA"), (27, "AB"), (26 * 27, "AAA")])
def test_every_combination_has_a_letter_of_its_own(place: int, letter: str) -> None:
    assert letter_of(place) == letter


def test_a_whole_combination_says_what_must_be_done() -> None:
    assert [(one.letter, one.name, one.words) for one in together(plan(part("1.1", "b"), part("1.2", "b")))] == [
        ("A", "Ljus på vägen", "1.1 och 1.2 måste båda göras.")]
    assert together(plan(part("1.1", "b"), part("1.2", "b"), part("1.3", "b")))[0].words == "1.1, 1.2 och 1.3 måste alla göras."


BROKEN = [
    ((part("1.1", "b"), part("1.2", "b", responsible="")), "1.1 och 1.2 måste båda göras. Inte hel: 1.2 Lys har ingen ansvarig."),
    ((part("1.1", "b"), part("1.2", "b", implementation=Face(value=Implementation.NOT_DONE))),
     "1.1 och 1.2 måste båda göras. Inte hel: 1.2 Lys blev inte av."),
    ((part("1.1", "b"),), "Inte hel: bara 1.1 Lys är kvar."),
    ((), "Inte hel: den har inga delar."),
]


@pytest.mark.parametrize(("actions", "words"), BROKEN)
def test_a_combination_that_is_not_whole_says_why(actions: tuple[Action, ...], words: str) -> None:
    (one,) = together(plan(*(replace(action, text="Lys") for action in actions)))
    assert one.lacking and one.words == words


def test_a_part_that_was_taken_out_of_the_plan_is_lacking_even_if_two_are_left() -> None:
    left = (part("1.1", "b"), part("1.2", "b"))
    assert together(plan(*left))[0].lacking == ()
    (one,) = together(plan(*left, bundles=(Bundle(id="b", text="Ljus", taken_out=("Röj sly.",)),)))
    assert one.lacking == ("Röj sly är borttagen ur planen",)
    assert parts_of([one])["1.1"].is_broken


def test_parts_side_by_side_are_one_run_and_everything_else_stands_alone() -> None:
    actions = [part("a"), part("b", "x"), part("c", "x"), part("d"), part("e", "x"), part("f", "y"), part("g")]
    assert [[a.id for a in run] for run in runs_of(actions)] == [["a"], ["b", "c"], ["d"], ["e"], ["f"], ["g"]]


def test_the_chain_marks_the_parts_and_lists_the_combination() -> None:
    view = chain_of(plan(part("1.1", "b"), part("1.2"), part("2.1", "b", cause="d")), TODAY)
    marked = {row.action.id: row.part.words for branch in view.branches for cause in branch.causes for row in cause.rows if row.part}
    assert marked == {"1.1": "Del 1 av 2 i Ljus på vägen", "2.1": "Del 2 av 2 i Ljus på vägen"}
    assert [one.letter for one in view.bundles] == ["A"]


def test_the_chain_of_one_problem_lists_only_its_own_combinations() -> None:
    made = plan(part("1.1", "b"), part("1.2", "b"), part("2.1", "x", cause="d"), part("2.2", "x", cause="d"), bundles=(Bundle(id="b", text="Ljus"),
                                                                                                               Bundle(id="x", text="Lås")))
    assert [one.name for one in chain_of(made, TODAY).bundles] == ["Ljus", "Lås"]
    assert [(one.letter, one.name) for one in chain_of(made, TODAY, problem="q").bundles] == [("B", "Lås")]


def test_the_order_goes_by_place_across_causes_and_what_has_none_stands_last() -> None:
    made = plan(part("1.1", position=3), part("1.2"), part("2.1", cause="d", position=1), part("2.2", cause="d", position=2))
    assert [a.id for a in sequence(made)] == ["2.1", "2.2", "1.1", "1.2"]
    assert in_order(made) == sequence(made)


def test_what_is_waited_for_is_moved_up_in_the_order_of_places() -> None:
    made = plan(part("1.1", position=1, depends_on=("2.1",)), part("1.2", position=2), part("2.1", cause="d", position=3))
    assert [a.id for a in in_order(made)] == ["2.1", "1.1", "1.2"]


def test_what_is_left_is_told_apart_by_when_its_effect_comes() -> None:
    made = plan(part("a", horizon=Horizon.SHORT), part("b", horizon=Horizon.LONG), part("c"),
                part("d", horizon=Horizon.SHORT, implementation=Face(value=Implementation.DONE)))
    assert {horizon: [a.id for a in actions] for horizon, actions in by_horizon(made).items()} == {Horizon.SHORT: ["a"], Horizon.LONG: ["b"], None: ["c"]}

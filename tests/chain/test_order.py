"""The order of a plan: what waits, what is free, what stands together, what goes on. Rings and long plans included."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samsyn.chain.choices import Changeability, GoalLevel, Implementation
from samsyn.chain.order import blocked, bundles_standing, cycles, free_to_start, in_order, roll_forward, waits_for
from samsyn.chain.plan import Action, Bundle, Cause, Face, Goal, Plan, Problem

TODAY = date(2027, 3, 1)
LONG = 5_000


def action(row_id: str, *waited: str, so_far: Implementation | None = None, start_on: date | None = None) -> Action:
    said = Face(value=so_far) if so_far else None
    return Action(id=row_id, text=row_id.upper(), depends_on=waited, implementation=said, start_on=start_on, responsible="Bo")


def plan(*actions: Action) -> Plan:
    return Plan(id="plan", actions=actions)


def ids(actions: tuple[Action, ...]) -> str:
    return " ".join(each.id for each in actions)


RINGS = [
    (plan(action("a"), action("b", "a")), ()),
    (plan(action("a", "a")), (("a",),)),
    (plan(action("a", "b"), action("b", "a")), (("a", "b"),)),
    (plan(action("x", "a"), action("a", "b"), action("b", "c"), action("c", "a"), action("y", "y")), (("a", "b", "c"), ("y",))),
    (plan(action("a", "b"), action("b", "c", "a"), action("c", "a")), (("a", "b"),)),  # the shorter of two
    (plan(action("a", "gone")), ()),
    (plan(), ()),
]


@pytest.mark.parametrize(("made", "rings"), RINGS)
def test_a_ring_is_found_and_given_the_way_it_waits(made: Plan, rings: tuple[tuple[str, ...], ...]) -> None:
    assert cycles(made) == rings


ORDERS = [
    (plan(action("a"), action("b"), action("c")), "a b c"),
    (plan(action("a"), action("b", "a"), action("c", "a", "b")), "a b c"),
    (plan(action("a", "c"), action("b"), action("c")), "c a b"),
    (plan(action("a", "d", "c"), action("b"), action("c"), action("d")), "c d a b"),
    (plan(action("x", "b"), action("a", "b"), action("b", "a"), action("c", "a")), "a b x c"),
    (plan(action("a", "a"), action("b", "gone")), "a b"),
    (plan(), ""),
]


@pytest.mark.parametrize(("made", "order"), ORDERS)
def test_what_is_waited_for_comes_first_and_the_rest_stays(made: Plan, order: str) -> None:
    assert ids(in_order(made)) == order


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.integers(0, 9), max_size=3), max_size=9))
def test_every_action_is_in_the_order_once_and_only_rings_break_it(links: list[list[int]]) -> None:
    made = plan(*(action(str(n), *map(str, waited)) for n, waited in enumerate(links)))
    order = [each.id for each in in_order(made)]
    assert sorted(order) == sorted(each.id for each in made.actions)
    waited = waits_for(made)
    for ring in cycles(made):
        assert all(after in waited[before] for before, after in zip(ring, (*ring[1:], ring[0]), strict=True))
    broken = [(each, other) for each in order for other in waited[each] if order.index(other) >= order.index(each)]
    assert bool(broken) is bool(cycles(made))


def test_a_long_chain_and_a_long_ring_are_no_deeper_than_a_short_one() -> None:
    chain = plan(*(action(str(n), str(n + 1)) for n in range(LONG)))
    assert [each.id for each in in_order(chain)] == [str(n) for n in range(LONG - 1, -1, -1)]
    assert cycles(chain) == ()
    ring = plan(*chain.actions, action(str(LONG), "0"))
    assert len(cycles(ring)[0]) == LONG + 1
    assert len(blocked(ring)) == LONG + 1
    assert in_order(ring) == ring.actions


def test_an_action_that_waits_for_itself_a_thousand_times_over_is_asked_once() -> None:
    assert waits_for(plan(action("a", *["b"] * 1000), action("b"))) == {"a": ("b",), "b": ()}


STARTED = Implementation.UNDER_WAY


def test_free_is_what_is_not_started_and_waits_for_nothing_that_is_left() -> None:
    made = plan(
        action("done", so_far=Implementation.DONE_AS_INTENDED), action("going", so_far=STARTED), action("free", "done"),
        action("held", "done", "going"), action("said", so_far=Implementation.NOT_STARTED), action("later", start_on=date(2027, 3, 2)),
        action("today", start_on=TODAY), action("dropped", so_far=Implementation.NOT_DONE), action("after", "dropped"))
    assert ids(free_to_start(made, TODAY)) == "free said today after"
    assert ids(free_to_start(made, date(2027, 3, 2))) == "free said later today after"
    assert [(each.action.id, ids(each.waits_for)) for each in blocked(made)] == [("held", "going")]


def test_what_is_under_way_is_not_held_although_it_ought_to_have_waited() -> None:
    assert blocked(plan(action("a", so_far=STARTED), action("b", "a", so_far=STARTED))) == ()


def test_nothing_in_a_ring_is_free() -> None:
    made = plan(action("a", "b"), action("b", "a"), action("c", "b"))
    assert free_to_start(made, TODAY) == ()
    assert [each.action.id for each in blocked(made)] == ["a", "b", "c"]


def test_bundles_say_what_they_lack() -> None:
    def part(row_id: str, bundle: str, **about: object) -> Action:
        return replace(action(row_id), bundle=bundle, **about)  # type: ignore[arg-type]

    made = replace(
        plan(part("a", "whole"), part("b", "whole"), part("c", "half", responsible=""), part("d", "half"), part("e", "lone"), part("f", "gone"),
             part("g", "dropped", implementation=Face(value=Implementation.NOT_DONE)), part("h", "dropped")),
        bundles=tuple(Bundle(id=each) for each in ("whole", "half", "lone", "dropped", "empty")))
    told = {one.bundle.id: (ids(tuple(part.action for part in one.parts)), one.is_complete, one.lacking) for one in bundles_standing(made)}
    assert told == {
        "whole": ("a b", True, ()), "half": ("c d", False, ("C har ingen ansvarig",)), "lone": ("e", False, ("bara E är kvar",)),
        "dropped": ("g h", False, ("G blev inte av",)), "empty": ("", False, ("den har inga delar",))}
    assert [part.lacks for part in bundles_standing(made)[1].parts] == ["har ingen ansvarig", ""]


def test_next_year_gets_what_is_open_and_what_it_hangs_on() -> None:
    made = Plan(
        id="plan", problems=(Problem(id="p1"), Problem(id="p2"), Problem(id="p3")),
        causes=(Cause(id="open", problem="p1"), Cause(id="no", problem="p2", changeability=Changeability.NO),
                Cause(id="no-but-acted-on", problem="p1", changeability=Changeability.NO)),
        goals=(Goal(id="over", problem="p1", level=GoalLevel.OVERALL), Goal(id="served", problem="p3"), Goal(id="reached", problem="p1"),
               Goal(id="over-of-p2", problem="p2", level=GoalLevel.OVERALL)),
        actions=(replace(action("going", so_far=STARTED), causes=("open", "no-but-acted-on"), goals=("served",)),
                 replace(action("done", so_far=Implementation.DONE), causes=("no",), goals=("reached", "over-of-p2")), action("new")))
    gone_on = roll_forward(made)
    assert gone_on.actions == ("going", "new")
    assert gone_on.causes == ("open", "no-but-acted-on")
    assert gone_on.goals == ("over", "served")
    assert gone_on.problems == ("p1", "p3")


def test_a_plan_without_rows_has_no_order_to_speak_of() -> None:
    nothing = roll_forward(plan())
    assert (nothing.problems, nothing.causes, nothing.goals, nothing.actions) == ((), (), (), ())
    assert (bundles_standing(plan()), blocked(plan()), free_to_start(plan(), TODAY)) == ((), (), ())

"""What was written is what is read: every described value, the numbering, and rows taken out and back."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from samsyn.chain import plan as chain
from samsyn.chain.check import check
from samsyn.chain.choices import Track
from samsyn.chain.demo_town import demo_town
from samsyn.chain.field import fields_of
from samsyn.chain.wording import local_day
from samsyn.flows.founding import make_demo_town
from samsyn.flows.intake.at_once import take_in
from samsyn.records.access.models import Installation
from samsyn.records.editing import Edit, Gone
from samsyn.records.follow_up.reads import numbered, plan_values
from samsyn.records.partnership.models import Partnership
from samsyn.records.partnership.rights import Role
from samsyn.records.plan import writes
from samsyn.records.plan.models import Action, PlanProblem
from samsyn.records.plan.reads import plan_heads, rows_of_run, withdrawn_rows
from samsyn.records.situation import writes as situation
from samsyn.records.source.reads import original, runs
from tests.records.conftest import AT, Room, another_member

TODAY = date(2026, 11, 23)


def described(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in fields_of(type(row))}


def without_ids(plan: chain.Plan) -> dict[str, Any]:
    """Return a plan with its ids replaced by texts, in the order the board has."""
    problems = {p.id: p.title for p in plan.problems}
    causes = {c.id: c.text for c in plan.causes}
    goals = {g.id: g.text for g in plan.goals}
    actions = {a.id: a.text for a in plan.actions}
    return {
        "plan": described(plan),
        "problems": [described(p) for p in plan.problems],
        "causes": sorted(((described(c), problems.get(c.problem or "")) for c in plan.causes), key=str),
        "goals": [(described(g), problems.get(g.problem or "")) for g in plan.goals],
        "actions": sorted(((described(a), sorted(causes[c] for c in a.causes), sorted(goals[g] for g in a.goals), [described(s) for s in a.steps],
                            sorted(((described(c), c.at, c.by, c.on_behalf_of, c.corrects is not None) for c in a.check_ins), key=str),
                            [f and (f.value, f.at, f.by, f.why, f.rests_on, f.by_file) for f in (a.implementation, a.result)])
                           for a in plan.actions), key=str),
        "silences": [(s.rule, s.reason) for s in plan.silences],
        "decisions": [(described(d), actions.get(d.action or "")) for d in plan.decisions_asked],
    }


def test_the_whole_invented_town_reads_as_it_was_written(db: None) -> None:
    if not Installation.objects.exists():
        make_demo_town(today=TODAY, at=AT, take_in=take_in)
    for town in demo_town(TODAY).partnerships:
        heads = plan_heads(Partnership.objects.get(name=town.name).id)
        assert len(heads) == len(town.plans) > 0
        for wanted in town.plans:
            values = plan_values(next(head for head in heads if head.name == wanted.name))
            for key, rows in without_ids(wanted).items():
                assert without_ids(values)[key] == rows, f"{wanted.name}: {key}"


def test_a_plan_of_the_town_came_in_as_a_file_and_lost_nothing_of_it(db: None) -> None:
    if not Installation.objects.exists():
        make_demo_town(today=TODAY, at=AT, take_in=take_in)
    town = demo_town(TODAY).partnerships[0]
    partnership = Partnership.objects.get(name=town.name).id
    (run,) = runs(partnership)
    wanted = next(plan for plan in town.plans if plan.id in town.brought)
    head = next(head for head in plan_heads(partnership) if head.id == run.plan)
    assert (head.name, run.is_accepted, run.received_by, run.rows_added) == (wanted.name, True, "Anna", len(wanted.actions))
    assert local_day(run.received_at) == town.brought[wanted.id]
    kept = original(partnership, run.id) or b""
    assert kept.startswith(b"PK") and hashlib.sha256(kept).hexdigest() == run.sha256
    assert {row.kind_label for row in rows_of_run(partnership, run.id)} == {"Åtgärd", "Mål", "Orsak", "Problem"}
    assert all(action.place for action in plan_values(head).actions)


def test_the_board_leaves_out_only_the_story(room: Room) -> None:
    with_story, without = plan_values(room.head), plan_values(room.head, with_story=False)
    assert without.decisions_asked == () and with_story.decisions_asked != ()
    bare = tuple(replace(a, steps=(), check_ins=tuple(replace(c, text="", hours=None, cost=None, helped="") for c in a.check_ins))
                 for a in with_story.actions)
    assert replace(with_story, decisions_asked=(), actions=bare) == without


def test_reading_a_plan_takes_the_same_number_of_queries_however_long_it_is(room: Room, django_assert_max_num_queries: Any) -> None:
    for _ in range(5):
        cause = writes.add_cause(plan=room.plan, problem=room.problem, values={"text": "En till"}, **room.given)
        action = writes.add_action(plan=room.plan, values={"text": "En till"}, causes=[cause.id], goals=[room.goal], **room.given)
        writes.add_step(action=action.id, values={"text": "Ett steg"}, **room.given)
    head = room.head
    with django_assert_max_num_queries(10):
        assert len(plan_values(head).actions) == 7
    with django_assert_max_num_queries(8):
        plan_values(head, with_story=False)


def test_actions_are_numbered_after_their_first_cause() -> None:
    problems = (chain.Problem(id="p1", title="A"), chain.Problem(id="p2", title="B"))
    causes = (chain.Cause(id="c3", problem="p2", number=3, text="x"), chain.Cause(id="c1", problem="p1", number=1, text="x"),
              chain.Cause(id="c2", problem="p1", number=2, text="x"))
    actions = [chain.Action(id="a", text="a", causes=("c3",)), chain.Action(id="b", text="b", causes=("c2", "c1")),
               chain.Action(id="c", text="c"), chain.Action(id="d", text="d", causes=("c1",)), chain.Action(id="e", text="e", causes=("c3", "c2"))]
    assert [(a.id, a.number) for a in numbered(actions, causes, problems)] == [("b", "1.1"), ("d", "1.2"), ("e", "2.1"), ("a", "3.1"), ("c", "0.1")]


def test_causes_get_the_next_number_of_the_plan(room: Room) -> None:
    second = writes.add_problem(plan=room.plan, values={"title": "Ett till"}, **room.given)
    made = [writes.add_cause(plan=room.plan, problem=problem, values={"text": "x"}, **room.given).number for problem in (room.problem, second.id)]
    assert made == [2, 3]
    assert writes.add_cause(plan=room.plan, problem=second.id, values={"text": "x", "number": 7}, **room.given).number == 7
    assert writes.add_cause(plan=room.plan, problem=second.id, values={"text": "x", "number": None}, **room.given).number == 8


@pytest.mark.parametrize("kind", ["goal", "action"])
def test_a_row_taken_out_is_gone_from_the_plan_and_can_come_back(room: Room, kind: str) -> None:
    row = getattr(room, kind)
    writes.withdraw_row(plan=room.plan, kind=kind, row_id=row, **room.given)
    rows = {"goal": plan_values(room.head).goals, "action": plan_values(room.head).actions}[kind]
    assert str(row) not in {r.id for r in rows}
    assert [(w.kind, w.id) for w in withdrawn_rows(room.partnership, room.plan)] == [(kind, row)]
    with pytest.raises(Gone):
        writes.withdraw_row(plan=room.plan, kind=kind, row_id=row, **room.given)
    writes.take_up_row(plan=room.plan, kind=kind, row_id=row, **room.given)
    assert withdrawn_rows(room.partnership, room.plan) == ()
    with pytest.raises(Gone):
        writes.take_up_row(plan=room.plan, kind=kind, row_id=row, **room.given)


def test_an_action_stands_without_a_cause_or_goal_that_is_taken_out(room: Room) -> None:
    situation.withdraw_cause(cause=room.cause, **room.given)
    writes.withdraw_row(plan=room.plan, kind="goal", row_id=room.goal, **room.given)
    first, *_ = plan_values(room.head).actions
    assert (first.causes, first.goals, first.number) == ((), (), "0.1")
    situation.take_up_row(kind="cause", row_id=room.cause, **room.given)
    assert plan_values(room.head).actions[0].causes == (str(room.cause),)


def test_a_problem_goes_with_its_causes_and_comes_back_without_them(room: Room) -> None:
    situation.withdraw_problem(problem=room.problem, **room.given)
    values = plan_values(room.head)
    assert (values.problems, values.causes) == ((), ())
    with pytest.raises(Gone):
        situation.take_up_row(kind="cause", row_id=room.cause, **room.given)
    situation.take_up_row(kind="problem", row_id=room.problem, **room.given)
    assert [w.kind for w in withdrawn_rows(room.partnership, room.plan)] == ["cause"]
    situation.take_up_row(kind="cause", row_id=room.cause, **room.given)
    assert len(plan_values(room.head).causes) == 1


def test_a_step_taken_out_is_gone(room: Room) -> None:
    writes.withdraw_step(action=room.action, step=room.step, **room.given)
    assert plan_values(room.head).actions[0].steps == ()


def test_a_decision_that_is_settled_is_asked_for_no_more(room: Room) -> None:
    from samsyn.records.follow_up import writes as follow_up

    follow_up.settle_decision(decision=room.decision, **room.given)
    assert plan_values(room.head).decisions_asked == ()
    with pytest.raises(Gone):
        follow_up.settle_decision(decision=room.decision, **room.given)


def test_whoever_has_the_responsibles_address_owns_the_action(room: Room) -> None:
    bo = another_member(room, Role.RESPONSIBLE)

    def owner() -> UUID | None:
        return Action.objects.within(room.partnership).get(id=room.action).responsible_member_id

    for email, expected in (("BO@granvikshus.example", bo.id), ("okand@granvikshus.example", None), ("bo@granvikshus.example", bo.id), ("", None)):
        version = Action.objects.within(room.partnership).get(id=room.action).version
        writes.change_action(action=room.action, edit=Edit(values={"responsible_email": email}, base={}, version=version), **room.given)
        assert owner() == expected, email


def test_a_new_member_takes_over_what_waited_for_them(room: Room) -> None:
    row = writes.add_action(plan=room.plan, values={"text": "Väntar på Bo", "responsible_email": "bo@granvikshus.example"}, causes=[], goals=[],
                            **room.given)
    assert row.responsible_member_id is None
    bo = another_member(room, Role.RESPONSIBLE)
    assert writes.adopt_responsibility(email="BO@granvikshus.example", member=bo.id, **room.given) == 1
    assert Action.objects.within(room.partnership).get(id=row.id).responsible_member_id == bo.id


def test_a_cause_needs_a_problem_of_the_same_plan(room: Room) -> None:
    other = writes.add_plan(values={"name": "En annan plan"}, **room.given)
    with pytest.raises(Gone):
        writes.add_cause(plan=other.id, problem=room.problem, values={"text": "x"}, **room.given)


def test_rows_keep_the_order_they_were_written_in(room: Room) -> None:
    for title in ("B", "A", "C"):
        writes.add_problem(plan=room.plan, values={"title": title}, **room.given)
    assert [p.title for p in plan_values(room.head).problems] == ["Skadegörelse", "B", "A", "C"]
    assert list(PlanProblem.objects.within(room.partnership).order_by("position").values_list("position", flat=True)) == [1, 2, 3, 4]


def test_a_silence_is_replaced_by_a_new_one_and_can_end(room: Room) -> None:
    writes.silence_rule(plan=room.plan, rule="goal-without-target", reason="Ett nytt skäl", **room.given)
    assert [(s.rule, s.reason) for s in plan_values(room.head).silences] == [("goal-without-target", "Ett nytt skäl")]
    writes.let_rule_speak(plan=room.plan, rule="goal-without-target", **room.given)
    assert plan_values(room.head).silences == ()


def test_an_action_whose_track_nobody_has_said_is_development_and_is_checked(room: Room) -> None:
    made = writes.add_action(plan=room.plan, values={"text": "Nattvandra"}, causes=[], goals=[], **room.given)
    values = plan_values(room.head, with_story=False)
    assert next(a for a in values.actions if a.id == str(made.id)).track is Track.DEVELOPMENT
    assert {remark.rule for remark in check(values, AT.date()).remarks_on(str(made.id))} >= {"action-without-cause", "action-without-responsible"}

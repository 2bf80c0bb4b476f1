"""No query forgets whose rows it asks for, and a stranger sees none of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db.models import Count

from samsyn.chain.choices import Implementation
from samsyn.records.editing import Edit, Gone
from samsyn.records.follow_up import writes as follow_up
from samsyn.records.follow_up.reads import acted_on, editable, latest_report, past_faces, saved_report, saved_reports
from samsyn.records.partnership import writes as partnership
from samsyn.records.partnership.reads import invitations, members, organisations
from samsyn.records.partnership.rights import Role
from samsyn.records.plan import writes
from samsyn.records.plan.reads import plan_head, plan_heads, withdrawn_rows
from samsyn.records.scope import Scoped, Unscoped
from samsyn.records.situation import writes as situation
from samsyn.records.source import writes as source
from samsyn.records.source.reads import original, run, runs
from tests.records.conftest import Room

SCOPED = [m for m in apps.get_models() if issubclass(m, Scoped)]
ASKED: dict[str, Callable[[Any], Any]] = {
    "list": list, "first": lambda q: q.first(), "last": lambda q: q.order_by("pk").last(), "get": lambda q: q.get(), "count": lambda q: q.count(),
    "exists": lambda q: q.exists(), "len": len, "bool": bool, "index": lambda q: q[0], "slice": lambda q: list(q[:3]),
    "iterator": lambda q: list(q.iterator()), "in_bulk": lambda q: q.in_bulk(), "aggregate": lambda q: q.aggregate(n=Count("pk")),
    "values": lambda q: list(q.values("pk")), "values_list": lambda q: list(q.values_list("pk", flat=True)),
    "filter": lambda q: list(q.filter(pk__isnull=False).exclude(pk=None).order_by("pk").distinct()),
    "earliest": lambda q: q.earliest("pk"), "contains": lambda q: q.contains(q.model()), "update": lambda q: q.update(organisation=None),
    "delete": lambda q: q.delete(), "union": lambda q: list(q.union(q)), "get_or_create": lambda q: q.get_or_create(pk="0" * 32),
}


@pytest.mark.parametrize("model", SCOPED, ids=lambda m: m._meta.label)
def test_a_query_without_a_partnership_raises(model: Any, db: None) -> None:
    for name, ask in ASKED.items():
        with pytest.raises(Unscoped, match="without a partnership"):
            pytest.fail(f"{name} gave {ask(model.objects.all())}")


def test_a_query_of_a_partnership_finds_its_rows_only(room: Room, elsewhere: Room) -> None:
    for model in SCOPED:
        own = set(model.objects.within(room.partnership).values_list("pk", flat=True))
        theirs = set(model.objects.within(elsewhere.partnership).values_list("pk", flat=True))
        assert own | theirs <= set(model.objects.in_every_partnership().values_list("pk", flat=True))
        assert not own & theirs
        assert bool(own) == bool(theirs), model


def test_there_are_scoped_tables_with_rows(room: Room) -> None:
    assert sum(m.objects.within(room.partnership).exists() for m in SCOPED) > 12


def test_a_strangers_reads_are_empty(room: Room, elsewhere: Room) -> None:
    other = elsewhere.partnership
    assert plan_head(other, room.plan) is None
    assert room.plan not in {head.id for head in plan_heads(other)}
    assert withdrawn_rows(other, room.plan) == ()
    for kind in ("plan", "problem", "cause", "goal", "action", "step", "decision"):
        assert editable(room.partnership, room.plan, kind, getattr(room, kind)) is not None
        assert editable(other, room.plan, kind, getattr(room, kind)) is None, kind
    assert past_faces(other, room.action) == () and past_faces(room.partnership, room.action) != ()
    assert saved_reports(other, room.plan) == () and latest_report(other, room.plan) is None
    (report,) = saved_reports(room.partnership, room.plan)
    assert saved_report(other, room.plan, report.id) is None and saved_report(room.partnership, room.plan, report.id) == {}
    assert run(other, room.run) is None and original(other, room.run) is None and original(room.partnership, room.run) == b"PK"
    assert room.run not in {r.id for r in runs(other)}
    assert acted_on(other, room.run) == set()
    assert room.member not in {m.id for m in members(other)}
    assert not {i.id for i in invitations(room.partnership)} & {i.id for i in invitations(other)}
    assert not set(organisations(room.partnership)) & set(organisations(other))


def test_a_strangers_writes_find_nothing(room: Room, elsewhere: Room) -> None:
    given = elsewhere.given
    edit = Edit(values={"text": "Kapat"}, base={}, version=1)
    tries: list[Callable[[], Any]] = [
        lambda: writes.change_plan(plan=room.plan, edit=Edit(values={"name": "Kapat"}, base={}, version=1), **given),
        lambda: writes.add_problem(plan=room.plan, values={"title": "Kapat"}, **given),
        lambda: writes.add_cause(plan=elsewhere.plan, problem=room.problem, values={"text": "Kapat"}, **given),
        lambda: situation.add_cause(problem=room.problem, values={"text": "Kapat"}, **given),
        lambda: situation.change_problem(problem=room.problem, edit=Edit(values={"title": "Kapat"}, base={}, version=1), **given),
        lambda: situation.change_cause(cause=room.cause, edit=edit, **given),
        lambda: writes.change_goal(goal=room.goal, edit=edit, **given),
        lambda: writes.change_action(action=room.action, edit=edit, **given),
        lambda: writes.add_action(plan=elsewhere.plan, values={"text": "Ny"}, causes=[room.cause], goals=[], **given),
        lambda: writes.add_action(plan=elsewhere.plan, values={"text": "Ny"}, causes=[], goals=[room.goal], **given),
        lambda: writes.add_step(action=room.action, values={"text": "Kapat"}, **given),
        lambda: writes.change_step(step=room.step, edit=edit, **given),
        lambda: writes.tick_step(action=room.action, step=room.step, done_on=None, **given),
        lambda: writes.withdraw_step(action=room.action, step=room.step, **given),
        lambda: writes.withdraw_row(plan=room.plan, kind="action", row_id=room.action, **given),
        lambda: situation.withdraw_problem(problem=room.problem, **given),
        lambda: situation.withdraw_cause(cause=room.cause, **given),
        lambda: writes.add_check_in(action=room.action, organisation=elsewhere.organisation, values={"text": "Kapat"}, **given),
        lambda: writes.silence_rule(plan=room.plan, rule="goal-without-target", reason="Kapat", **given),
        lambda: follow_up.set_face(action=room.action, value=Implementation.DONE, why="", rests_on=None, **given),
        lambda: follow_up.ask_decision(plan=room.plan, action=None, values={"text": "Kapat"}, **given),
        lambda: follow_up.change_decision(decision=room.decision, edit=edit, **given),
        lambda: follow_up.settle_decision(decision=room.decision, **given),
        lambda: follow_up.save_report(plan=room.plan, content={}, **given),
        lambda: source.cancel_run(run=room.run, **given),
        lambda: partnership.change_role(member=room.member, role=Role.READER, **given),
        lambda: partnership.end_membership(member=room.member, **given),
        lambda: partnership.revoke_invitation(invitation=invitations(room.partnership)[0].id, **given),
    ]
    for one in tries:
        with pytest.raises(Gone):
            one()


def test_a_decision_asked_for_cannot_point_at_a_strangers_action(room: Room, elsewhere: Room) -> None:
    with pytest.raises(Gone):
        follow_up.ask_decision(plan=elsewhere.plan, action=room.action, values={"text": "Kapat"}, **elsewhere.given)


def test_a_goal_cannot_point_at_a_strangers_problem(room: Room, elsewhere: Room) -> None:
    with pytest.raises(Gone):
        writes.add_goal(plan=elsewhere.plan, problem=room.problem, values={"text": "Kapat"}, **elsewhere.given)


def test_a_strangers_silence_stays(room: Room, elsewhere: Room) -> None:
    writes.let_rule_speak(plan=room.plan, rule="goal-without-target", **elsewhere.given)
    from samsyn.records.follow_up.reads import plan_values

    assert [s.rule for s in plan_values(room.head).silences] == ["goal-without-target"]

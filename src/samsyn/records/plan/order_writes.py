"""Changes of the order of things: what waits for what, what must be done together, and which comes first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from samsyn.chain.wording import clipped
from samsyn.records.access.acts import Act, Actor
from samsyn.records.access.writes import apply_edit, found, withdraw, writing
from samsyn.records.editing import Edit, Gone, Saved
from samsyn.records.plan.models import Action, ActionDependency, ActionPlan, Bundle


class Circle(ValueError):
    """An action would wait for itself, by way of others."""


def set_waits_for(*, partnership: UUID, plan: UUID, action: UUID, on: Iterable[UUID], actor: Actor, at: datetime) -> None:
    """
    Say which actions of the plan must be done before this one.

    raises   Circle   if the action would wait for itself, directly or by way of others; nothing is saved
             Gone     if one of them is not in the plan
    """
    wanted = set(on)
    act = Act(kind="action.waits", words="ändrade vad en åtgärd väntar på", partnership=partnership, subject_kind="action", subject=action)
    with writing(actor=actor, at=at, act=act):
        row = _action(partnership, plan, action)
        there = set(Action.objects.within(partnership).filter(plan_id=plan, withdrawn_at=None, id__in=wanted).values_list("id", flat=True))
        if there != wanted:
            raise Gone
        links = ActionDependency.objects.within(partnership)
        pairs = set(links.filter(action__plan_id=plan).exclude(action=row).values_list("action_id", "on_id"))
        if _reaches(pairs, wanted, action):
            raise Circle
        links.filter(action=row).exclude(on_id__in=wanted).delete()
        have = set(links.filter(action=row).values_list("on_id", flat=True))
        for one in sorted(wanted - have, key=str):
            ActionDependency.objects.create(partnership_id=partnership, organisation_id=row.organisation_id, action=row, on_id=one)


def set_times(*, partnership: UUID, plan: UUID, edits: Mapping[UUID, Edit], actor: Actor, at: datetime, once: str = "") -> None:
    """
    Change when several actions of the plan are to be done and give effect, in one act. No edits change nothing.

    raises   Collided   if somebody has changed the same field since the form was opened; nothing is saved
             Gone       if one of them is not in the plan; nothing is saved
    """
    if not edits:
        return
    act = Act(kind="action.times", words="ändrade dagar och väntade effekter", partnership=partnership, subject_kind="plan", subject=plan, once=once)
    with writing(actor=actor, at=at, act=act):
        for action, edit in edits.items():
            apply_edit(_action(partnership, plan, action), edit)


def _reaches(pairs: set[tuple[UUID, UUID]], start: set[UUID], goal: UUID) -> bool:
    """Whether one comes from `start` to `goal` by following what waits for what."""
    onward: dict[UUID, list[UUID]] = {}
    for action, on in pairs:
        onward.setdefault(action, []).append(on)
    seen, left = set[UUID](), list(start)
    while left:
        here = left.pop()
        if here == goal:
            return True
        if here not in seen:
            seen.add(here)
            left += onward.get(here, [])
    return False


def add_bundle(*, partnership: UUID, plan: UUID, values: Mapping[str, Any], actions: Iterable[UUID], actor: Actor, at: datetime,
               once: str = "") -> Bundle:
    """Make a combination of actions of the plan. An action is in at most one. Raises Gone."""
    row_id = uuid4()
    act = Act(kind="bundle.added", words=f"gjorde kombinationen {clipped(values['text'], 80)}", partnership=partnership,
              subject_kind="plan", subject=plan, once=once)
    with writing(actor=actor, at=at, act=act):
        owner = found(ActionPlan.objects.within(partnership).filter(id=plan, withdrawn_at=None).first())
        row = Bundle.objects.create(id=row_id, partnership_id=partnership, organisation_id=owner.organisation_id, plan=owner, **values)
        _set_parts(row, set(actions))
    return row


def change_bundle(*, partnership: UUID, plan: UUID, bundle: UUID, edit: Edit, actor: Actor, at: datetime, once: str = "") -> Saved:
    """
    Change a combination's words and its parts (`actions` in the edit: ids as strings). Raises Collided, Gone.

    Whoever says which the parts are has let go of those that have been taken out of the plan.
    """
    act = Act(kind="bundle.changed", words="ändrade en kombination", partnership=partnership, subject_kind="plan", subject=plan, once=once)
    with writing(actor=actor, at=at, act=act):
        row = found(Bundle.objects.within(partnership).filter(id=bundle, plan_id=plan, withdrawn_at=None).first())
        parts = {"actions": tuple(sorted(str(one) for one in _parts(row)))}
        merged = apply_edit(row, edit, links=parts if "actions" in edit.values else None)
        if "actions" in edit.values:
            _set_parts(row, {UUID(one) for one in merged.values["actions"]})
            _let_go_of_taken_out(row)
    return Saved(merged.from_theirs)


def dissolve_bundle(*, partnership: UUID, plan: UUID, bundle: UUID, actor: Actor, at: datetime) -> None:
    """Let the parts of a combination stand by themselves again. Raises Gone."""
    act = Act(kind="bundle.withdrawn", words="löste upp en kombination", partnership=partnership, subject_kind="plan", subject=plan)
    with writing(actor=actor, at=at, act=act):
        row = found(Bundle.objects.within(partnership).filter(id=bundle, plan_id=plan, withdrawn_at=None).first())
        _set_parts(row, set())
        _let_go_of_taken_out(row)
        withdraw(row, at)


def move_action(*, partnership: UUID, plan: UUID, action: UUID, before: UUID | None, actor: Actor, at: datetime) -> None:
    """Put an action before another of the plan, or last if `before` is None. Raises Gone."""
    act = Act(kind="action.moved", words="flyttade en åtgärd", partnership=partnership, subject_kind="action", subject=action)
    with writing(actor=actor, at=at, act=act):
        row = _action(partnership, plan, action)
        order = list(Action.objects.within(partnership).filter(plan_id=plan, withdrawn_at=None).exclude(id=action).order_by("position", "id"))
        place = len(order) if before is None else next((i for i, one in enumerate(order) if one.id == before), -1)
        if place < 0:
            raise Gone
        order.insert(place, row)
        for position, one in enumerate(order, start=1):
            if one.position != position:
                one.position = position
                one.save(update_fields=["position"])


def _action(partnership: UUID, plan: UUID, action: UUID) -> Action:
    return found(Action.objects.within(partnership).filter(id=action, plan_id=plan, withdrawn_at=None).first())


def _parts(row: Bundle) -> set[UUID]:
    return set(Action.objects.within(row.partnership_id).filter(bundle=row, withdrawn_at=None).values_list("id", flat=True))


def _set_parts(row: Bundle, wanted: set[UUID]) -> None:
    own = Action.objects.within(row.partnership_id).filter(plan_id=row.plan_id, withdrawn_at=None)
    if own.filter(id__in=wanted).count() != len(wanted):
        raise Gone
    own.filter(bundle=row).exclude(id__in=wanted).update(bundle=None)
    own.filter(id__in=wanted).exclude(bundle=row).update(bundle=row)


def _let_go_of_taken_out(row: Bundle) -> None:
    Action.objects.within(row.partnership_id).filter(bundle=row).exclude(withdrawn_at=None).update(bundle=None)

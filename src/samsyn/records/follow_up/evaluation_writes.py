"""Changes of how the plan is followed up, what was learnt, and that it was adopted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from samsyn.chain.wording import clipped
from samsyn.records.access.acts import Act, Actor
from samsyn.records.access.writes import apply_edit, found, withdraw, writing
from samsyn.records.editing import Edit, Saved
from samsyn.records.follow_up.models import Adoption, FollowUpPlan, InformedOn, Lesson
from samsyn.records.plan.models import ActionPlan


def make_follow_up_plan(*, partnership: UUID, plan: UUID, actor: Actor, at: datetime) -> FollowUpPlan:
    """Begin the follow-up plan of a plan, or return the one that is there. Raises Gone."""
    act = Act(kind="follow_up.begun", words="började planera uppföljningen", partnership=partnership, subject_kind="plan", subject=plan)
    owner = found(ActionPlan.objects.within(partnership).filter(id=plan, withdrawn_at=None).first())
    rows = FollowUpPlan.objects.within(partnership).filter(plan=owner)
    there = rows.first()
    if there:
        return there
    with writing(actor=actor, at=at, act=act):
        return rows.first() or FollowUpPlan.objects.create(
            id=uuid4(), partnership_id=partnership, organisation_id=owner.organisation_id, plan=owner)


def change_follow_up_plan(*, partnership: UUID, plan: UUID, edit: Edit, actor: Actor, at: datetime, once: str = "",
                          days: Iterable[tuple[date, str]] | None = None) -> Saved:
    """
    Change the follow-up plan, in the same act with the days that the steering group wants to be informed. Raises Collided, Gone.

    days   each with about what; None leaves them as they are
    """
    act = Act(kind="follow_up.changed", words="ändrade uppföljningsplanen", partnership=partnership, subject_kind="plan", subject=plan, once=once)
    with writing(actor=actor, at=at, act=act):
        merged = apply_edit(found(FollowUpPlan.objects.within(partnership).filter(plan_id=plan).first()), edit)
        if days is not None:
            set_informed_on(partnership=partnership, plan=plan, days=days, actor=actor, at=at)
    return Saved(merged.from_theirs)


def change_owner(*, partnership: UUID, owner: str, to: str, actor: Actor, at: datetime) -> int:
    """Let another person hold every follow-up that one person holds. `owner` is the name as it stands there. Returns how many."""
    act = Act(kind="follow_up.reassigned", words=f"lämnade över uppföljningen från {owner} till {to}", partnership=partnership)
    with writing(actor=actor, at=at, act=act):
        rows = list(FollowUpPlan.objects.within(partnership).filter(owner=owner, plan__withdrawn_at=None))
        for row in rows:
            row.owner = to
            row.version += 1
            row.save(update_fields=["owner", "version"])
    return len(rows)


def set_informed_on(*, partnership: UUID, plan: UUID, days: Iterable[tuple[date, str]], actor: Actor, at: datetime) -> None:
    """Set the days that the steering group wants to be informed, each with about what. Raises Gone."""
    wanted = dict(days)
    act = Act(kind="follow_up.informed", words="satte styrgruppens datum för att bli informerad", partnership=partnership, subject_kind="plan", subject=plan)
    with writing(actor=actor, at=at, act=act):
        owner = found(ActionPlan.objects.within(partnership).filter(id=plan, withdrawn_at=None).first())
        rows = InformedOn.objects.within(partnership).filter(plan=owner)
        rows.exclude(on__in=wanted).delete()
        there = {row.on: row for row in rows}
        for on, what in wanted.items():
            if on not in there:
                InformedOn.objects.create(partnership_id=partnership, organisation_id=owner.organisation_id, plan=owner, on=on, what=what)
            elif there[on].what != what:
                there[on].what = what
                there[on].save(update_fields=["what"])


def add_lesson(*, partnership: UUID, plan: UUID, action: UUID | None, values: Mapping[str, Any], actor: Actor, at: datetime,
               once: str = "") -> Lesson:
    """Write down what was learnt. Raises Gone."""
    row_id = uuid4()
    act = Act(kind="lesson.added", words=f"skrev lärdomen {clipped(values['text'], 80)}", partnership=partnership,
              subject_kind="action" if action else "plan", subject=action or plan, once=once)
    with writing(actor=actor, at=at, act=act):
        owner = found(ActionPlan.objects.within(partnership).filter(id=plan, withdrawn_at=None).first())
        if action:
            found(owner.actions.filter(id=action, withdrawn_at=None).first())
        return Lesson.objects.create(id=row_id, partnership_id=partnership, organisation_id=owner.organisation_id, plan=owner, action_id=action,
                                     at=at, by=actor.name, **values)


def change_lesson(*, partnership: UUID, plan: UUID, lesson: UUID, edit: Edit, actor: Actor, at: datetime, once: str = "") -> Saved:
    """Change a lesson. Raises Collided, Gone."""
    act = Act(kind="lesson.changed", words="ändrade en lärdom", partnership=partnership, subject_kind="plan", subject=plan, once=once)
    with writing(actor=actor, at=at, act=act):
        merged = apply_edit(found(Lesson.objects.within(partnership).filter(id=lesson, plan_id=plan, withdrawn_at=None).first()), edit)
    return Saved(merged.from_theirs)


def withdraw_lesson(*, partnership: UUID, plan: UUID, lesson: UUID, actor: Actor, at: datetime) -> None:
    """Take a lesson out. Raises Gone."""
    with writing(actor=actor, at=at, act=Act(kind="lesson.withdrawn", words="tog bort en lärdom", partnership=partnership,
                                             subject_kind="plan", subject=plan)):
        withdraw(found(Lesson.objects.within(partnership).filter(id=lesson, plan_id=plan, withdrawn_at=None).first()), at)


def adopt(*, partnership: UUID, plan: UUID, adopted_on: date, body: str, decision: str, content: dict[str, Any], pdf: bytes, actor: Actor,
          at: datetime, once: str = "") -> Adoption:
    """
    Freeze the plan as it was adopted.

    body       who decided: "Styrgruppen"
    decision   the decision's words or registry number
    content    the plan's values in JSON, as they are now; pdf the same on paper
    raises     Gone, AlreadyDone
    """
    row_id = uuid4()
    act = Act(kind="plan.adopted", words=f"skrev in att {body} antog planen {adopted_on.isoformat()}", partnership=partnership,
              subject_kind="plan", subject=plan, once=once)
    with writing(actor=actor, at=at, act=act):
        owner = found(ActionPlan.objects.within(partnership).filter(id=plan, withdrawn_at=None).first())
        if owner.adopted_on != adopted_on:
            owner.adopted_on = adopted_on
            owner.version += 1
            owner.save(update_fields=["adopted_on", "version"])
        return Adoption.objects.create(id=row_id, partnership_id=partnership, organisation_id=owner.organisation_id, plan=owner,
                                       adopted_on=adopted_on, body=body, decision=decision, at=at, by=actor.name, content=content, pdf=pdf)


def correct_adoption(*, partnership: UUID, plan: UUID, adoption: UUID, adopted_on: date, body: str, decision: str, why: str, pdf: bytes, actor: Actor,
                     at: datetime, once: str = "") -> Adoption:
    """
    Correct the wording of a decision with a new row. What the plan said stays, and so does the row that is corrected.

    why      the reason, not empty
    pdf      the paper, with the wording corrected
    raises   Gone if the row is not there, or has been corrected already; AlreadyDone
    """
    row_id = uuid4()
    act = Act(kind="plan.adoption_corrected", words=f"rättade beslutet om planen: {clipped(why, 100)}", partnership=partnership, subject_kind="plan",
              subject=plan, once=once)
    with writing(actor=actor, at=at, act=act):
        old = found(Adoption.objects.within(partnership).filter(id=adoption, plan_id=plan, corrected_by=None).first())
        owner = found(ActionPlan.objects.within(partnership).filter(id=plan, withdrawn_at=None).first())
        if owner.adopted_on == old.adopted_on != adopted_on:
            owner.adopted_on = adopted_on
            owner.version += 1
            owner.save(update_fields=["adopted_on", "version"])
        return Adoption.objects.create(id=row_id, partnership_id=partnership, organisation_id=old.organisation_id, plan=owner, adopted_on=adopted_on,
                                       body=body, decision=decision, at=at, by=actor.name, content=old.content, pdf=pdf, corrects=old, why=why.strip())

"""Changes of what it gave: faces, decisions asked for, saved reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from samsyn.chain.choices import Implementation, RestsOn, Result
from samsyn.chain.face import basis_fault
from samsyn.chain.wording import clipped
from samsyn.records.access.acts import Act, Actor
from samsyn.records.access.writes import apply_edit, found, writing
from samsyn.records.editing import Edit, Saved
from samsyn.records.follow_up.models import DecisionAsked, FaceSetting, SavedReport, Side
from samsyn.records.plan.models import Action, ActionPlan


IN_WORDS = {Side.IMPLEMENTATION: "genomförandet", Side.RESULT: "resultatet"}


class NoReason(ValueError):
    """A face was set by a person without a word of why."""


class NoBasis(ValueError):
    """A result that says that nobody has looked was given something to rest on. The message says in Swedish what to do."""


def set_face(*, partnership: UUID, action: UUID, value: Implementation | Result, why: str, rests_on: RestsOn | None, actor: Actor,
             at: datetime, once: str = "", file_name: str = "") -> FaceSetting:
    """
    Set one side of an action's face. The earlier ones are kept.

    value       an Implementation sets the dial, a Result the face
    file_name   set when a file said it; then no reason is asked for
    raises      NoReason   if a person sets a result without saying why
                NoBasis    if it is a result that rests on nothing
                Gone       if the action is not there
    """
    side = Side.IMPLEMENTATION if isinstance(value, Implementation) else Side.RESULT
    if side is Side.RESULT and not why.strip() and not file_name:
        raise NoReason("Skriv kort varför.")
    if isinstance(value, Result) and (fault := basis_fault(value, rests_on)):
        raise NoBasis(fault)
    act = Act(kind=f"face.{side}", words=f"satte {IN_WORDS[side]} till {value.label.lower()}", partnership=partnership,
              subject_kind="action", subject=action, once=once)
    with writing(actor=actor, at=at, act=act):
        owner = found(Action.objects.within(partnership).filter(id=action, withdrawn_at=None).first())
        return FaceSetting.objects.create(
            id=uuid4(), partnership_id=partnership, organisation_id=owner.organisation_id, action=owner, side=side, value=value, at=at,
            by=file_name or actor.name, why=why.strip(), rests_on=rests_on or "", by_file=bool(file_name))


def add_faces_from_file(*, partnership: UUID, run: UUID, faces: Sequence[tuple[UUID, Implementation | Result]], file_name: str, at: datetime) -> None:
    """Set what a file said of the actions that a reading brought, many at a time; called inside that act."""
    owners = dict(Action.objects.within(partnership).filter(import_run_id=run).values_list("id", "organisation_id"))
    FaceSetting.objects.bulk_create([
        FaceSetting(id=uuid4(), partnership_id=partnership, organisation_id=owners[action], action_id=action, value=value, at=at,
                    side=Side.IMPLEMENTATION if isinstance(value, Implementation) else Side.RESULT, by=file_name[:200], by_file=True)
        for action, value in faces])


def set_faces(*, partnership: UUID, action: UUID, implementation: Implementation | None, result: Result | None, why: str,
              rests_on: RestsOn | None, actor: Actor, at: datetime, once: str = "") -> None:
    """Set both sides of a face as one act; None leaves a side as it is. Raises as `set_face`, and AlreadyDone."""
    said = " och ".join(value.label.lower() for value in (implementation, result) if value)
    act = Act(kind="face.set", words=f"satte gubben: {said}" if said else "såg över gubben utan att ändra den", partnership=partnership,
              subject_kind="action", subject=action, once=once)
    with writing(actor=actor, at=at, act=act):
        for value, ground in ((implementation, None), (result, rests_on)):
            if value:
                set_face(partnership=partnership, action=action, value=value, why=why, rests_on=ground, actor=actor, at=at)


def ask_decision(*, partnership: UUID, plan: UUID, action: UUID | None, values: Mapping[str, Any], actor: Actor, at: datetime,
                 once: str = "") -> DecisionAsked:
    """Mark a decision that the steering group is asked for, about one of the plan's actions or none. Raises Gone."""
    row_id = uuid4()
    act = Act(kind="decision.asked", words=f"bad styrgruppen om ett beslut: {clipped(values['text'], 100)}", partnership=partnership,
              subject_kind="plan", subject=plan, once=once)
    with writing(actor=actor, at=at, act=act):
        owner = found(ActionPlan.objects.within(partnership).filter(id=plan, withdrawn_at=None).first())
        if action:
            found(Action.objects.within(partnership).filter(id=action, plan=owner, withdrawn_at=None).first())
        return DecisionAsked.objects.create(id=row_id, partnership_id=partnership, organisation_id=owner.organisation_id, plan=owner,
                                            action_id=action, asked_at=at, **values)


def change_decision(*, partnership: UUID, decision: UUID, edit: Edit, actor: Actor, at: datetime, once: str = "") -> Saved:
    """Change the text of a decision asked for. Raises Collided, Gone."""
    act = Act(kind="decision.changed", words="ändrade ett beslut som begärs", partnership=partnership, subject_kind="decision",
              subject=decision, once=once)
    with writing(actor=actor, at=at, act=act):
        merged = apply_edit(found(DecisionAsked.objects.within(partnership).filter(id=decision, settled_at=None).first()), edit)
    return Saved(merged.from_theirs)


def settle_decision(*, partnership: UUID, decision: UUID, actor: Actor, at: datetime) -> None:
    """Say that a decision is no longer asked for: it has been taken, or is not needed. Raises Gone."""
    act = Act(kind="decision.settled", words="strök ett beslut som begärdes", partnership=partnership, subject_kind="decision", subject=decision)
    with writing(actor=actor, at=at, act=act):
        row = found(DecisionAsked.objects.within(partnership).filter(id=decision, settled_at=None).first())
        row.settled_at = at
        row.version += 1
        row.save(update_fields=["settled_at", "version"])


def save_report(*, partnership: UUID, plan: UUID, content: dict[str, Any], actor: Actor, at: datetime, once: str = "") -> SavedReport:
    """Freeze a report as it is handed over."""
    row_id = uuid4()
    act = Act(kind="report.saved", words="sparade en rapport till styrgruppen", partnership=partnership, subject_kind="plan", subject=plan, once=once)
    with writing(actor=actor, at=at, act=act):
        owner = found(ActionPlan.objects.within(partnership).filter(id=plan, withdrawn_at=None).first())
        return SavedReport.objects.create(id=row_id, partnership_id=partnership, organisation_id=owner.organisation_id, plan=owner, at=at,
                                          by=actor.name, content=content)

"""
What a steering group decides in a meeting is carried out as it is written: one act holds the decision's line and what it does.

An assignment can become an action of a plan; it is then followed there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from samsyn.chain.wording import clipped, date_words, listed, number_words
from samsyn.records.access.acts import Act, Actor
from samsyn.records.access.writes import writing
from samsyn.records.editing import Edit, Gone
from samsyn.records.follow_up.adoption_paper import adoption_paper
from samsyn.records.follow_up.evaluation_writes import adopt, change_follow_up_plan, make_follow_up_plan, set_informed_on
from samsyn.records.follow_up.reads import plan_values
from samsyn.records.follow_up.writes import settle_decision
from samsyn.records.meeting.line_reads import assignment
from samsyn.records.meeting.outcome_writes import AlreadyInPlan as AlreadyInPlan
from samsyn.records.meeting.outcome_writes import MayNotDecide as MayNotDecide
from samsyn.records.meeting.outcome_writes import tie_to_action, write_decision
from samsyn.records.meeting.reads import MeetingHead
from samsyn.records.plan.reads import PlanHead
from samsyn.records.plan.writes import add_action

Days = Sequence[tuple[date, str]]


class DaysHaveChanged(Exception):
    """Somebody else has set the reporting days since the form was opened."""


def adopt_in_meeting(*, meeting: MeetingHead, plan: PlanHead, point: UUID | None, words: str, today: date, actor: Actor, at: datetime, once: str = "") -> UUID:
    """
    Write that the group adopts a plan, and keep the plan as it is now, in values and on paper. Returns the adoption.

    words    the decision, as the minutes will have it
    raises   MayNotDecide, NotLive, Gone, AlreadyDone
    """
    body = meeting.group_name
    made = adoption_paper(plan, adopted_on=meeting.on, body=body, decision=words, written_by=actor.name, today=today, at=at)
    given: dict[str, Any] = {"partnership": plan.partnership, "plan": plan.id, "actor": actor, "at": at}
    with writing(actor=actor, at=at, act=_act(plan, f"skrev in att {body} antog planen", "plan.adopted", once)):
        write_decision(meeting=meeting.id, point=point, text=words, **given)
        return adopt(adopted_on=meeting.on, body=body, decision=words, content=made.content, pdf=made.pdf, **given).id


def set_aside(*, meeting: MeetingHead, plan: PlanHead, point: UUID | None, words: str, money: Decimal | None, staff_hours: Decimal | None, actor: Actor,
              at: datetime, once: str = "") -> None:
    """
    Write that the group sets money (kr) and time (hours) aside for following the plan up; None leaves that one as it is.

    words    the decision; the amounts are written after it
    raises   MayNotDecide, NotLive, Gone, AlreadyDone
    """
    given: dict[str, Any] = {"partnership": plan.partnership, "plan": plan.id, "actor": actor, "at": at}
    with writing(actor=actor, at=at, act=_act(plan, f"satte av till uppföljningen: {clipped(words, 80)}", "follow_up.set_aside", once)):
        amounts = [f"{number_words(amount)} {unit}" for amount, unit in ((money, "kr"), (staff_hours, "timmar")) if amount is not None]
        write_decision(meeting=meeting.id, point=point, text=_with(words, listed(amounts)), **given)
        row = make_follow_up_plan(**given)
        values = {name: value for name, value in (("money", money), ("staff_hours", staff_hours)) if value is not None}
        change_follow_up_plan(edit=Edit(values=values, base={name: getattr(row, name) for name in values}, version=row.version), **given)


def set_days(*, meeting: MeetingHead, plan: PlanHead, point: UUID | None, words: str, days: Days, opened_with: Iterable[date], actor: Actor, at: datetime,
             once: str = "") -> None:
    """
    Write which days the group wants to be informed about the plan, and set them; the days that are not among them are taken away.

    words         the decision; the days that have not been are written after it
    opened_with   the days the form showed
    raises        DaysHaveChanged, MayNotDecide, NotLive, Gone, AlreadyDone
    """
    given: dict[str, Any] = {"partnership": plan.partnership, "plan": plan.id, "actor": actor, "at": at}
    with writing(actor=actor, at=at, act=_act(plan, "satte styrgruppens egna rapportdagar", "follow_up.informed", once)):
        if {day for day, _ in days_now(plan)} != set(opened_with):
            raise DaysHaveChanged
        ahead = [f"{date_words(day)} ({what})" if what else date_words(day) for day, what in days if day >= meeting.on]
        write_decision(meeting=meeting.id, point=point, text=_with(words, listed(ahead)), **given)
        make_follow_up_plan(**given)
        set_informed_on(days=days, **given)


def settle_in_meeting(*, meeting: MeetingHead, plan: PlanHead, decision: UUID, point: UUID | None, words: str, actor: Actor, at: datetime,
                      once: str = "") -> None:
    """Write what the group decided on something it was asked for, and that it is no longer asked for. Raises MayNotDecide, NotLive, Gone, AlreadyDone."""
    given: dict[str, Any] = {"partnership": plan.partnership, "actor": actor, "at": at}
    with writing(actor=actor, at=at, act=_act(plan, f"skrev ett beslut som begärdes: {clipped(words, 80)}", "decision.settled", once)):
        if str(decision) not in {asked.id for asked in plan_values(plan).decisions_asked}:
            raise Gone
        write_decision(meeting=meeting.id, point=point, text=words, plan=plan.id, decision=decision, **given)
        settle_decision(decision=decision, **given)


def put_in_plan(*, line: UUID, plan: PlanHead, cause: UUID | None, text: str, actor: Actor, at: datetime, once: str = "") -> UUID:
    """
    Make an assignment into an action of a plan, with its owner as responsible and its day. Returns the action.

    cause    the cause it acts on, None for none yet
    raises   AlreadyInPlan, Gone, AlreadyDone
    """
    given: dict[str, Any] = {"partnership": plan.partnership, "plan": plan.id, "actor": actor, "at": at}
    with writing(actor=actor, at=at, act=_act(plan, f"lade in ett uppdrag i planen: {clipped(text, 80)}", "action.added", once)):
        held = assignment(plan.partnership, line)
        if held is None:
            raise Gone
        if cause and str(cause) not in {one.id for one in plan_values(plan, with_story=False).causes}:
            raise Gone
        values = {"text": text, "responsible": held.owner, "responsible_email": held.owner_email, "due_on": held.due_on}
        made = add_action(values=values, causes=[cause] if cause else [], goals=[], **given)
        tie_to_action(line=line, action=made.id, **given)
    return made.id


def days_now(plan: PlanHead) -> tuple[tuple[date, str], ...]:
    """Return the days that the steering group has set for being informed, each with about what."""
    follow_up = plan_values(plan, with_story=False).follow_up
    return tuple((day.on, day.what) for day in follow_up.informed_on) if follow_up else ()


def _with(words: str, more: str) -> str:
    return f"{words.rstrip(' .:')}: {more}" if more else words


def _act(plan: PlanHead, words: str, kind: str, once: str) -> Act:
    return Act(kind=kind, words=words, partnership=plan.partnership, subject_kind="plan", subject=plan.id, once=once)

"""Every action of a plan in time, under the cause it acts on: begins, due, ended, and when an effect can be expected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from samsyn.chain.choices import Implementation
from samsyn.chain.late import days_late
from samsyn.chain.plan import Action, Cause, Plan
from samsyn.chain.report_chain import implementation_side
from samsyn.chain.report_values import Timeline, TimelineRow
from samsyn.chain.rows import Rows, causes_in_order, label_of


@dataclass(frozen=True, slots=True)
class DatedAction:
    """An action with its days. `row.label` is number and text; `due_typed` what was written where there is no due day."""

    action: Action
    row: TimelineRow

    @property
    def has_days(self) -> bool:
        """Whether there is anything to draw."""
        return any((self.row.start_on, self.row.due_on, self.row.done_on, self.row.effect_from))


@dataclass(frozen=True, slots=True)
class DatedCause:
    """A cause with its actions, the first due first. `cause` None: actions on no cause. `problem` is its title, or ""."""

    cause: Cause | None
    problem: str
    actions: tuple[DatedAction, ...]


@dataclass(frozen=True, slots=True)
class PlanTimeline:
    """The whole plan in time. An action on several causes stands under the first of them."""

    today: date
    groups: tuple[DatedCause, ...]

    @property
    def actions(self) -> tuple[DatedAction, ...]:
        return tuple(action for group in self.groups for action in group.actions)

    @property
    def drawn(self) -> Timeline:
        """Return all the rows as one chart has them: what the scale is made of."""
        return Timeline(today=self.today, rows=tuple(one.row for one in self.actions if one.has_days), notes=())


def plan_timeline(plan: Plan, today: date) -> PlanTimeline:
    """Return the actions of a plan in time, cause by cause in the order of the chain. A cause without actions is left out."""
    rows = Rows(plan, today)
    causes = causes_in_order(plan.problems, plan.causes)
    order = {cause.id: place for place, cause in enumerate(causes)}
    under: dict[str, list[Action]] = {}
    for action in plan.actions:
        home = min((cause.id for cause in rows.causes_of(action)), key=order.__getitem__, default="")
        under.setdefault(home, []).append(action)
    groups = [DatedCause(cause, rows.problems[cause.problem].title if cause.problem in rows.problems else "", _dated(under[cause.id], today))
              for cause in causes if cause.id in under]
    if "" in under:
        groups.append(DatedCause(None, "", _dated(under[""], today)))
    return PlanTimeline(today, tuple(groups))


def _dated(actions: list[Action], today: date) -> tuple[DatedAction, ...]:
    found = [DatedAction(action, _row(action, today)) for action in actions]
    return tuple(sorted(found, key=lambda one: one.row.due_on or one.row.done_on or date.max))


def _row(action: Action, today: date) -> TimelineRow:
    side = implementation_side(action)
    return TimelineRow(
        action=action.id, label=label_of(action), code=side.code, state=side.label, start_on=action.start_on,
        due_on=action.due_on, done_on=side.on if Implementation(side.code).is_ended else None, days_late=days_late(action, today),
        effect_from=action.effect_from)

"""
The agenda that makes itself: what a group needs to talk about, in order, and no more than the meeting has time for.

A steering group gets decisions, its list, what is late without a reason, and its own days. A working group gets the actions
that need talk, one by one. An action is taken up once, for its gravest reason. What there is no time for is folded into one
point of each kind, so that nothing is hidden.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from samsyn.chain import agenda_points as points
from samsyn.chain.agenda_points import MINUTES, Found
from samsyn.chain.agenda_values import Agenda, AgendaGround, ProposedPoint
from samsyn.chain.meeting_values import STEERS, GroupKind, PointKind

REASONS: dict[PointKind, Callable[[AgendaGround], list[Found]]] = {
    PointKind.STEERING_LIST: points.on_the_list, PointKind.LATE: points.late, PointKind.CHANGED: points.turned,
    PointKind.SILENT: points.silent, PointKind.DUE_BEFORE_NEXT: points.due_before_next,
}
"""Why an action is talked about, the gravest first."""


@dataclass(slots=True)
class _OfKind:
    """The actions with one reason. The first `alone` of them are points of their own, the others are folded."""

    kind: PointKind
    found: list[Found]
    alone: int

    @property
    def minutes(self) -> int:
        folded = MINUTES[PointKind.LATE] if self.alone < len(self.found) else 0
        return self.alone * MINUTES[self.kind] + folded

    def fold_one_more(self) -> None:
        """Fold the last one that stands alone; one alone is never folded by itself, since that gains nothing."""
        self.alone -= 2 if self.alone == len(self.found) and self.alone > 1 else 1

    def made(self, ground: AgendaGround) -> list[ProposedPoint]:
        alone = [points.about_action(self.kind, one, ground) for one in self.found[: self.alone]]
        rest = self.found[self.alone:]
        return [*alone, points.folded(self.kind, rest, ground, are_more=bool(alone))] if rest else alone


def make_agenda(ground: AgendaGround) -> Agenda:
    """Return what to talk about at a meeting. The same ground gives the same agenda."""
    first = [*points.since_last(ground), *_decisions(ground), *points.parked(ground), *_stuck(ground)]
    last = [*points.changed(ground), *points.checks(ground), *points.dates(ground)]
    taken_up = {point.subject_id for point in first}
    groups = _by_reason(ground, taken_up)
    _fold(groups, ground.minutes - sum(point.minutes for point in (*first, *last)))
    middle = [point for group in groups for point in group.made(ground)]
    proposed = (*first, *middle, *last)
    whole = {points.about_action(group.kind, one, ground).key for group in groups for one in group.found}
    return Agenda(points=proposed, holds=frozenset({point.key for point in proposed} | whole))


def _decisions(ground: AgendaGround) -> list[ProposedPoint]:
    """A working group decides nothing that the steering group is asked for."""
    return [] if ground.kind is GroupKind.WORKING else list(points.decisions(ground))


def _stuck(ground: AgendaGround) -> list[ProposedPoint]:
    """An assignment on the steering group's list is for those who steer, unless it comes back as a parked point."""
    parked = {one.subject_id for one in ground.parked}
    return [point for point in points.stuck(ground) if point.subject_id not in parked] if ground.kind in STEERS else []


def _by_reason(ground: AgendaGround, taken_up: set[str]) -> list[_OfKind]:
    """Return the actions to talk about by reason, each action once."""
    wanted = [kind for kind in REASONS if not (ground.kind in STEERS and kind in (PointKind.SILENT, PointKind.DUE_BEFORE_NEXT))]
    seen = set(taken_up)
    groups = []
    for kind in wanted:
        found = [one for one in REASONS[kind](ground) if one[0].id not in seen]
        seen |= {action.id for action, _ in found}
        if found:
            groups.append(_OfKind(kind, found, len(found)))
    return groups


def _fold(groups: list[_OfKind], minutes: int) -> None:
    """Fold the lightest reasons first, until what is left fits in the minutes or everything that can be folded is."""
    spent = sum(group.minutes for group in groups)
    for group in reversed(groups):
        while spent > minutes and group.alone and len(group.found) > 1:
            spent -= group.minutes
            group.fold_one_more()
            spent += group.minutes


def minutes_words(points: tuple[int | None, ...], length: int) -> str:
    """
    Return, kindly, how the agenda's minutes fit the meeting.

    points   minutes of each point; None = nobody has said
    length   of the meeting, in minutes
    """
    total, unsaid = sum(minutes or 0 for minutes in points), sum(minutes is None for minutes in points)
    if not points:
        return "Dagordningen är tom."
    also = f" {'En punkt har' if unsaid == 1 else f'{unsaid} punkter har'} ingen tid." if unsaid else ""
    if total > length:
        return f"Punkterna tar {total} minuter och mötet är {length}. Korta någon, ta bort en eller förläng mötet.{also}"
    left = length - total
    if unsaid or left > length // 2:
        return f"Punkterna tar {total} av {length} minuter.{also}"
    return f"Punkterna tar {total} av {length} minuter. Det ryms."

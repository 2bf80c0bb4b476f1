"""
The order of a plan: what comes first, what waits for what, what is free to start, which combinations stand, what goes on
next year.

Pure, and linear in the number of actions and links. A link to an action that is not in the plan is no link.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from samsyn.chain.choices import GoalLevel, Horizon, Implementation
from samsyn.chain.face import has_ended, implementation_of
from samsyn.chain.plan import Action, Bundle, Ids, Plan
from samsyn.chain.rows import can_be_changed, is_said, name_of_action, shortened

FEWEST_PARTS = 2  # one action alone is no combination


@dataclass(frozen=True, slots=True)
class Waiting:
    """An action that cannot start yet, and the actions it waits for that have not ended (at least one)."""

    action: Action
    waits_for: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """An action of a combination. `lacks` says in Swedish why it cannot be counted on ("har ingen ansvarig"), or is empty."""

    action: Action
    lacks: str


@dataclass(frozen=True, slots=True)
class BundleStanding:
    """A combination, its parts in the plan's order, and in Swedish what it lacks to be whole: nothing if it is."""

    bundle: Bundle
    parts: tuple[Part, ...]
    lacking: tuple[str, ...]

    @property
    def is_complete(self) -> bool:
        return not self.lacking


@dataclass(frozen=True, slots=True)
class RollForward:
    """Ids of the rows that would go into next year's plan, each in the plan's order."""

    problems: Ids
    causes: Ids
    goals: Ids
    actions: Ids


def sequence(plan: Plan) -> tuple[Action, ...]:
    """Return the actions in the order they are to be carried out; those that have no place stand last, as in the plan."""
    return tuple(sorted(plan.actions, key=lambda action: (not action.position, action.position)))


def by_horizon(plan: Plan) -> dict[Horizon | None, tuple[Action, ...]]:
    """Return when an effect is expected -> the actions that have not ended, in order; None holds those of which nobody has said."""
    going = [action for action in sequence(plan) if not has_ended(action)]
    return {horizon: tuple(action for action in going if action.horizon is horizon) for horizon in (*Horizon, None)}


def waits_for(plan: Plan) -> dict[str, Ids]:
    """Return action id -> ids of the actions it waits for, in order. Every action is there; itself counts."""
    actions = sequence(plan)
    place = {action.id: number for number, action in enumerate(actions)}
    return {action.id: tuple(sorted({i for i in action.depends_on if i in place}, key=place.__getitem__)) for action in actions}


def cycles(plan: Plan) -> tuple[Ids, ...]:
    """
    Return the rings of actions that wait for each other: (a, b, c) where a waits for b, b for c, and c for a.

    Of actions tangled in several rings, the shortest ring through the first of them is given. An action that waits for
    itself is a ring of one.
    """
    links = waits_for(plan)
    place = {action: number for number, action in enumerate(links)}
    rings = (_ring(links, knot) for knot in _knots(links, place) if len(knot) > 1 or knot[0] in links[knot[0]])
    return tuple(sorted(rings, key=lambda ring: place[ring[0]]))


def in_order(plan: Plan) -> tuple[Action, ...]:
    """
    Return the actions so that each comes after what it waits for.

    An order that holds already is kept. Otherwise what an action waits for is moved up to stand before it. Actions in a ring
    stand together, in the plan's order.
    """
    links = waits_for(plan)
    actions = {action.id: action for action in plan.actions}
    place = {action: number for number, action in enumerate(links)}
    return tuple(actions[i] for knot in _knots(links, place) for i in knot)


def free_to_start(plan: Plan, today: date) -> tuple[Action, ...]:
    """Return the actions that could start today: not started, all they wait for has ended, and no later start is planned."""
    held = {waiting.action.id for waiting in blocked(plan)}
    return tuple(action for action in sequence(plan)
                 if _is_not_started(action) and action.id not in held and (action.start_on is None or action.start_on <= today))


def blocked(plan: Plan) -> tuple[Waiting, ...]:
    """Return the actions that are not started and wait for something that has not ended."""
    links = waits_for(plan)
    not_ended = {action.id: action for action in plan.actions if not has_ended(action)}
    found = ((action, tuple(not_ended[i] for i in links[action.id] if i in not_ended)) for action in sequence(plan))
    return tuple(Waiting(action, waited) for action, waited in found if waited and _is_not_started(action))


def bundles_standing(plan: Plan) -> tuple[BundleStanding, ...]:
    """Return how each combination stands, in the plan's order. A part that has been taken out of the plan is lacking."""
    parts: dict[str, list[Part]] = {bundle.id: [] for bundle in plan.bundles}
    for action in plan.actions:
        if action.bundle in parts:
            parts[action.bundle].append(Part(action, _what_part_lacks(action)))
    return tuple(BundleStanding(bundle, tuple(parts[bundle.id]), tuple(_what_bundle_lacks(bundle, parts[bundle.id]))) for bundle in plan.bundles)


def roll_forward(plan: Plan) -> RollForward:
    """
    Return what is open and would go into next year's plan.

    actions   those that have not ended
    causes    those that somebody can change, and those that an open action acts on
    goals     those that an open action serves, and the overall goals of the problems that go on
    problems  those of the causes and of the goals that are served
    """
    actions = [action for action in plan.actions if not has_ended(action)]
    acted_on = {i for action in actions for i in action.causes}
    served = {i for action in actions for i in action.goals}
    causes = [cause for cause in plan.causes if cause.id in acted_on or can_be_changed(cause)]
    gone_on = {cause.problem for cause in causes} | {goal.problem for goal in plan.goals if goal.id in served}
    goals = [goal for goal in plan.goals
             if goal.id in served or (goal.level is GoalLevel.OVERALL and goal.problem is not None and goal.problem in gone_on)]
    return RollForward(
        problems=tuple(problem.id for problem in plan.problems if problem.id in gone_on), causes=tuple(cause.id for cause in causes),
        goals=tuple(goal.id for goal in goals), actions=tuple(action.id for action in actions))


def _is_not_started(action: Action) -> bool:
    return implementation_of(action) in (None, Implementation.NOT_STARTED)


def _what_part_lacks(action: Action) -> str:
    if implementation_of(action) is Implementation.NOT_DONE:
        return "blev inte av"
    return "" if is_said(action.responsible) or has_ended(action) else "har ingen ansvarig"


def _what_bundle_lacks(bundle: Bundle, parts: list[Part]) -> Iterator[str]:
    for text in bundle.taken_out:
        yield f"{shortened(text)} är borttagen ur planen"
    if len(parts) < FEWEST_PARTS:
        yield f"bara {name_of_action(parts[0].action)} är kvar" if parts else "den har inga delar"
    for part in parts:
        if part.lacks:
            yield f"{name_of_action(part.action)} {part.lacks}"


def _knots(links: Mapping[str, Ids], place: Mapping[str, int]) -> Iterator[list[str]]:
    """
    Yield the actions in groups that wait for each other (most often one alone), each group after what it waits for.

    source   Tarjan (1972), SIAM Journal on Computing 1, 146-160; with a list for the stack, since a plan may be longer than
             Python's own
    """
    reached: dict[str, int] = {}
    lowest: dict[str, int] = {}
    pending: list[str] = []
    is_pending: set[str] = set()
    for root in links:
        work = [(root, iter(links[root]))] if root not in reached else []
        while work:
            action, rest = work[-1]
            if action not in reached:
                reached[action] = lowest[action] = len(reached)
                pending.append(action)
                is_pending.add(action)
            deeper = next((other for other in rest if not _seen(action, other, reached, lowest, is_pending)), None)
            if deeper is not None:
                work.append((deeper, iter(links[deeper])))
                continue
            work.pop()
            if work:
                lowest[work[-1][0]] = min(lowest[work[-1][0]], lowest[action])
            if lowest[action] == reached[action]:
                knot = list(_popped(pending, action))
                is_pending.difference_update(knot)
                yield sorted(knot, key=place.__getitem__)


def _popped(pending: list[str], last: str) -> Iterator[str]:
    """Take from the end of the list up to and with `last`."""
    while True:
        yield (action := pending.pop())
        if action == last:
            return


def _seen(action: str, other: str, reached: Mapping[str, int], lowest: dict[str, int], is_pending: set[str]) -> bool:
    """Return whether the search has been at `other`, and note how far back it leads if it has."""
    if other in is_pending:
        lowest[action] = min(lowest[action], reached[other])
    return other in reached


def _ring(links: Mapping[str, Ids], knot: list[str]) -> Ids:
    """Return the shortest way from the first of a knot back to itself."""
    first, inside = knot[0], set(knot)
    came_from: dict[str, str] = {}
    reached = [first]
    for action in reached:  # grows as it is walked: breadth first
        for other in links[action]:
            if other == first:
                return tuple(reversed([*_back(came_from, action), first])) if action != first else (first,)
            if other in inside and other not in came_from:
                came_from[other] = action
                reached.append(other)
    raise AssertionError("a knot has a way around")


def _back(came_from: Mapping[str, str], action: str) -> Iterator[str]:
    while action in came_from:
        yield action
        action = came_from[action]

"""Which rows of a plan that comes in are there already, so that nothing is added twice."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from samsyn.chain.plan import Action, Cause, Goal, Plan
from samsyn.chain.swedish import fold
from samsyn.records.follow_up.reads import plan_values
from samsyn.records.plan.reads import PlanHead, places_of_file, plan_head, plan_heads


@dataclass(frozen=True, slots=True)
class Target:
    """
    The plan that rows are to go into, as it is now.

    places   where the same file's rows stood that were read into it before: they are known even if somebody has changed them since
    """

    head: PlanHead
    plan: Plan
    places: frozenset[str]


@dataclass(frozen=True, slots=True)
class Matched:
    """Rows that come in -> the id of the row that is there. `actions` are those that are known and not added."""

    problems: dict[str, UUID]
    causes: dict[str, UUID]
    goals: dict[str, UUID]
    actions: frozenset[str]


NOTHING_THERE = Matched({}, {}, {}, frozenset())


def target_of(partnership: UUID, plan: UUID | None, sha256: str) -> Target | None:
    """Return the plan that rows are to go into, or None if there is no such plan (any more)."""
    head = plan_head(partnership, plan) if plan else None
    if head is None:
        return None
    return Target(head, plan_values(head, with_story=False), places_of_file(partnership, head.id, sha256))


LIKELY = 0.8  # so large a share of a file's actions already in a plan: it is that plan that came back


def likely_plan(partnership: UUID, incoming: Plan) -> UUID | None:
    """Return the plan that holds most of a file's actions already, if any holds nearly all: an export that has come back."""
    if not incoming.actions:
        return None
    found = [(len(match(incoming, Target(head, plan_values(head, with_story=False), frozenset())).actions), head.id)
             for head in plan_heads(partnership)]
    known, plan = max(found, default=(0, None), key=lambda one: one[0])
    return plan if known >= LIKELY * len(incoming.actions) else None


def match(incoming: Plan, target: Target | None) -> Matched:
    """Find the rows that the plan already has: by folded text, and actions by their causes' texts too."""
    if target is None:
        return NOTHING_THERE
    there = target.plan
    problems = {fold(one.title): UUID(one.id) for one in reversed(there.problems)}
    found = {one.id: problems[fold(one.title)] for one in incoming.problems if fold(one.title) in problems}
    causes = _by_text(there.causes)
    goals = _by_text(there.goals)
    known = _known_texts(there)
    own = _cause_texts(incoming)
    return Matched(
        problems=found,
        causes={one.id: made for one in incoming.causes if (made := _same(causes, one, found))},
        goals={one.id: made for one in incoming.goals if (made := _same(goals, one, found))},
        actions=frozenset(one.id for one in incoming.actions if one.place in target.places or known & _texts(one, own)))


TextIndex = dict[str, list[tuple[str | None, UUID]]]


def _by_text(rows: tuple[Cause, ...] | tuple[Goal, ...]) -> TextIndex:
    index: TextIndex = {}
    for row in rows:
        index.setdefault(fold(row.text), []).append((row.problem, UUID(row.id)))
    return index


def _same(index: TextIndex, row: Cause | Goal, problems: dict[str, UUID]) -> UUID | None:
    """Return the row with the same text: the one of the same problem if there are several."""
    found = index.get(fold(row.text), []) if row.text else []
    wanted = str(problems.get(row.problem or "", ""))
    return next((made for problem, made in found if problem == wanted), found[0][1] if found else None)


def _cause_texts(plan: Plan) -> dict[str, str]:
    return {cause.id: fold(cause.text) for cause in plan.causes}


def _known_texts(plan: Plan) -> set[tuple[str, str]]:
    own = _cause_texts(plan)
    return {pair for action in plan.actions for pair in _texts(action, own)}


def _texts(action: Action, causes: dict[str, str]) -> set[tuple[str, str]]:
    """Return what an action is known by: its text with each of its causes' texts; with "" if it has no cause."""
    text = fold(action.text)
    return {(text, causes[cause]) for cause in action.causes} or {(text, "")} if text else set()

"""Weaves a plan into its chain, with every missing link drawn as a gap. The shape stands in samsyn.chain.chain_values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from samsyn.chain import chain_gaps as gap
from samsyn.chain.bundles import parts_of, together
from samsyn.chain.chain_values import ActionRow, Branch, CauseBranch, ChainView, End, Node, PartOf, Same, Together
from samsyn.chain.check import check
from samsyn.chain.choices import GoalLevel, Result, Track, labels_of
from samsyn.chain.plan import Action, Cause, Goal, Plan, Problem
from samsyn.chain.report_chain import result_side
from samsyn.chain.rows import Rows, can_be_changed, is_said, name_of_action, name_of_cause, name_of_goal, name_of_problem, shortened, without_cause
from samsyn.chain.wording import clipped, date_words, sentence

LOOSE = "-"
LOOSE_WORDS = "Det som hänger löst"
LINE_WORDS = "linje, följs bara"


def chain_of(plan: Plan, today: date, *, problem: str = "") -> ChainView:
    """
    Return the plan as one chain. Linear in the number of rows and links.

    problem   id of a problem: only its chain; "-": only what hangs loose; "" or an unknown one: everything
    """
    choices = _choices(plan)
    shown = problem if problem in {key for key, _ in choices} else ""
    weaver = _Weaver(Rows(plan, today), gap.Gaps(check(plan, today)))
    branches = tuple(weaver.branches(shown))
    met = {row.part.letter for branch in branches for cause in branch.causes for row in cause.rows if row.part}
    bundles = tuple(bundle for bundle in weaver.bundles if bundle.letter in met or (not bundle.parts and not shown))
    return ChainView(plan.name, branches, tuple(weaver.gaps.drawn), choices if len(choices) > 1 else (), shown, bundles)


def _choices(plan: Plan) -> tuple[tuple[str, str], ...]:
    problems = tuple((problem.id, problem.title or "Ett problem utan namn") for problem in plan.problems)
    problem_ids = {problem.id for problem in plan.problems}
    served = {goal for action in plan.actions for goal in action.goals}
    hangs = (any(cause.problem not in problem_ids for cause in plan.causes) or bool(without_cause(plan))
             or any(goal.id not in served and goal.problem not in problem_ids for goal in plan.goals))
    return problems + (((LOOSE, LOOSE_WORDS),) if hangs else ())


@dataclass
class _Weaver:
    """Draws branch by branch, in reading order, and remembers where each action and goal stands in full."""

    rows: Rows
    gaps: gap.Gaps
    actions_at: dict[str, str] = field(default_factory=dict)
    goals_at: dict[str, tuple[Same, End, bool]] = field(default_factory=dict)
    names: dict[str, str] = field(init=False)
    bundles: tuple[Together, ...] = field(init=False)
    parts: dict[str, PartOf] = field(init=False)

    def __post_init__(self) -> None:
        plan = self.rows.plan
        self.names = {row.id: name_of_problem(row) for row in plan.problems} | {row.id: name_of_cause(row) for row in plan.causes}
        self.bundles = together(plan)
        self.parts = parts_of(self.bundles)
        self.names |= {row.id: name_of_action(row) for row in plan.actions} | {row.id: name_of_goal(row) for row in plan.goals}

    def branches(self, shown: str) -> Iterator[Branch]:
        plan = self.rows.plan
        causes = sorted(plan.causes, key=lambda c: c.number or 0)
        for problem in plan.problems:
            if shown in ("", problem.id):
                yield self._problem(problem, [c for c in causes if c.problem == problem.id])
        if shown in ("", LOOSE):
            yield from self._loose([c for c in causes if c.problem not in self.rows.problems])

    def _problem(self, problem: Problem, causes: list[Cause]) -> Branch:
        about = " ".join(sentence(words) for words in (problem.place, problem.time) if words)
        lacks = None if causes or not self.gaps.found_on(gap.NO_CAUSE, problem.id) else gap.NO_CAUSE
        lead = Node(kind="problem", id=problem.id, title=problem.title or "Ett problem utan namn", about=about)
        own = [goal for goal in self.rows.plan.goals if goal.problem == problem.id and goal.id not in self.rows.actions_towards]
        overall = tuple(shortened(goal.text) for goal in own if goal.level is GoalLevel.OVERALL and is_said(goal.text))
        drawn = [self._cause(cause) for cause in causes]
        if not causes:
            drawn.append(CauseBranch(self._missing("cause", lacks, gap.NO_CAUSE, "problem", problem.id, "causes", "Ingen orsak"), ()))
        drawn += self._unserved(goal for goal in own if goal.level is not GoalLevel.OVERALL)
        return Branch("problem", lead, tuple(drawn), overall)

    def _loose(self, causes: list[Cause]) -> Iterator[Branch]:
        """Draw what hangs on nothing: causes without problem, actions without cause, goals without action or problem."""
        rows = self.rows
        if causes:
            lead = Node(kind="problem", gap=self._draw(gap.NO_PROBLEM, "cause", causes[0].id, "problem"))
            yield Branch("no_problem", lead, tuple(self._cause(cause, is_loose=True) for cause in causes))
        if actions := rows.without_cause:
            lead = Node(kind="problem", title="Åtgärder utan orsak", is_quiet=True)
            yield Branch("no_cause", lead, tuple(self._homeless(action) for action in actions))
        goals = [goal for goal in rows.plan.goals if goal.id not in rows.actions_towards and goal.problem not in rows.problems]
        if goals:
            lead = Node(kind="problem", title="Mål utan åtgärd", is_quiet=True)
            yield Branch("no_action", lead, tuple(self._unserved(goals)))

    def _cause(self, cause: Cause, *, is_loose: bool = False) -> CauseBranch:
        node = Node(kind="cause", id=cause.id, number=str(cause.number or ""), title=cause.text or "En orsak utan text",
                    about=labels_of(cause.directness, cause.perspective), is_loose=is_loose)
        if actions := self.rows.actions_on.get(cause.id):
            return CauseBranch(node, tuple(self._action(action, cause) for action in actions))
        lacks = gap.NO_ACTION if self.gaps.found_on(gap.NO_ACTION, cause.id) else None
        excuse = "Ingen åtgärd" if can_be_changed(cause) else "Går inte att påverka"
        return CauseBranch(node, (ActionRow(self._missing("action", lacks, gap.NO_ACTION, "cause", cause.id, "actions", excuse)),))

    def _homeless(self, action: Action) -> CauseBranch:
        lacks = gap.LOOSE_ACTION if self.gaps.found_on(gap.LOOSE_ACTION, action.id) else None
        node = self._missing("cause", lacks, gap.LOOSE_ACTION, "action", action.id, "causes", "Ingen orsak")
        return CauseBranch(node, (self._action(action, None, is_loose=node.gap is not None),))

    def _unserved(self, goals: Iterable[Goal]) -> Iterator[CauseBranch]:
        """Draw goals that no action serves: a gap where the action would be. An overall goal is served by other goals."""
        for goal in goals:
            is_overall = goal.level is GoalLevel.OVERALL
            lacks = None if is_overall else gap.LOOSE_GOAL
            action = self._missing("action", lacks, gap.LOOSE_GOAL, "goal", goal.id, "actions", "Övergripande mål")
            yield CauseBranch(None, (ActionRow(action, (self._goal(goal, None, is_loose=not is_overall),)),))

    def _missing(self, kind: str, lacks: str | None, rule: str, row: str, row_id: str, to_fill: str, excuse: str) -> Node:
        """Return a gap if something is missing, else a quiet node that says why not."""
        if lacks:
            return Node(kind=kind, gap=self._draw(lacks, row, row_id, to_fill), is_loose=True)
        return Node(kind=kind, title=excuse, about=self.gaps.excuse(rule, ""), is_quiet=True)

    def _draw(self, code: str, kind: str, row_id: str, to_fill: str) -> gap.Gap:
        return self.gaps.draw(code, kind, row_id, to_fill, self.names[row_id])

    def _action(self, action: Action, cause: Cause | None, *, is_loose: bool = False) -> ActionRow:
        """Return an action in full the first time, and where it stands the next."""
        node = Node(kind="action", id=action.id, number=action.number, title=action.text or "En åtgärd utan namn", about=_who(action), is_loose=is_loose,
                    part=self.parts.get(action.id))
        if action.id in self.actions_at:
            return ActionRow(replace(node, about=f"Delas med {self.actions_at[action.id]}", same=Same(_short_name(action), action.id)))
        self.actions_at[action.id] = f"orsak {cause.number}" if cause and cause.number else "en tidigare orsak"
        if self.gaps.found_on(gap.NOBODY, action.id):
            node = replace(node, gap=self._draw(gap.NOBODY, "action", action.id, "responsible"), is_loose=True)
        is_broken = node.gap is not None
        ends = tuple(self._goal(goal, action, is_loose=is_broken) for goal in self.rows.goals_of(action)) or (self._no_goal(action, is_broken),)
        is_broken |= all((end.indicator or end.goal).is_loose for end in ends)
        return ActionRow(node, ends, self._result(action, is_broken))

    def _no_goal(self, action: Action, is_broken: bool) -> End:
        lacks = gap.NO_GOAL if self.gaps.found_on(gap.NO_GOAL, action.id) else None
        node = self._missing("goal", lacks, gap.NO_GOAL, "action", action.id, "goals", "Inget mål")
        about = node.about or (LINE_WORDS if action.track is Track.LINE and not lacks else "")
        return End(replace(node, about=about, is_loose=node.is_loose or is_broken), None)

    def _goal(self, goal: Goal, action: Action | None, *, is_loose: bool) -> End:
        """Return a goal with its indicator in full the first time; after that, with which action it is shared."""
        if goal.id in self.goals_at:
            return _shared(*self.goals_at[goal.id], is_loose=is_loose)
        node = Node(kind="goal", id=goal.id, title=goal.text or "Ett mål utan text", about=_from_and_to(goal), is_loose=is_loose)
        if self.gaps.found_on(gap.NO_TARGET, goal.id):
            node = replace(node, gap=self._draw(gap.NO_TARGET, "goal", goal.id, "target"), is_loose=True)
        end = End(node, self._indicator(goal, is_loose=is_loose or node.is_loose))
        if action:
            self.goals_at[goal.id] = (Same(_short_name(action), action.id), end, len(self.rows.goals_of(action)) > 1)
        return end

    def _indicator(self, goal: Goal, *, is_loose: bool) -> Node:
        node = Node(kind="indicator", id=goal.id, title=goal.indicator, is_loose=is_loose)
        for code, to_fill in ((gap.NO_INDICATOR, "indicator"), (gap.NO_BASELINE, "baseline")):
            if self.gaps.found_on(code, goal.id):
                return replace(node, gap=self._draw(code, "goal", goal.id, to_fill), is_loose=True)
        if is_said(goal.indicator):
            return node
        return replace(node, title="Ingen indikator", about=self.gaps.excuse(gap.NO_INDICATOR, LINE_WORDS), is_quiet=True)

    def _result(self, action: Action, is_loose: bool) -> Node:
        side = result_side(action, self.rows.today)
        about = "enligt filen" if side.by_file else date_words(side.on) if side.on else ""
        if side.code == Result.TOO_EARLY and action.effect_from:
            about = f"väntas {date_words(action.effect_from)}"
        return Node(kind="result", id=action.id, title=side.label, about=about, face=side.code, is_loose=is_loose)


def _shared(same: Same, end: End, is_one_of_many: bool, *, is_loose: bool) -> End:
    """Return a goal that stands in full elsewhere, and its indicator; what is missing is mended there."""
    which = clipped(end.goal.title, 60) if is_one_of_many else ""
    goal = Node(kind="goal", id=end.goal.id, title=f"Samma mål som {same.name}", about=which, same=same, is_loose=is_loose)
    if end.indicator is None:
        return End(goal, None)
    words = f"Saknas, se {same.name}" if end.indicator.gap else f"Samma som {same.name}"
    is_broken = is_loose or end.goal.gap is not None or end.indicator.gap is not None
    return End(goal, Node(kind="indicator", id=end.indicator.id, title=words, same=same, is_loose=is_broken))


def _short_name(action: Action) -> str:
    return action.number or f"”{name_of_action(action)}”"


def _who(action: Action) -> str:
    return ", ".join(words for words in (action.responsible.strip(), action.responsible_organisation.strip()) if is_said(words))


def _from_and_to(goal: Goal) -> str:
    """Return what the goal moves: "Från 40 till 25, senast 2027-06-01"."""
    moves = f"från {goal.baseline} till {goal.target}" if is_said(goal.baseline) and is_said(goal.target) else ""
    alone = moves or (f"mål {goal.target}" if is_said(goal.target) else f"utgångsläge {goal.baseline}" if is_said(goal.baseline) else "")
    words = ", ".join(part for part in (alone, f"senast {date_words(goal.due_on)}" if goal.due_on else "") if part)
    return words[:1].upper() + words[1:]

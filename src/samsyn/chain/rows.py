"""The rows of a plan found by each other, and named so that a person finds them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar

from samsyn.chain.choices import Changeability, Track
from samsyn.chain.face import has_ended
from samsyn.chain.plan import Action, Bundle, Cause, Commitment, Goal, Ids, Plan, Problem
from samsyn.chain.wording import clipped

Key = TypeVar("Key")
Value = TypeVar("Value")
LONGEST_NAME = 80  # characters of a row's own text in a sentence


def is_said(text: str) -> bool:
    """Return whether there is a letter or a digit in the text: "-" and "?" say nothing."""
    return any(sign.isalnum() for sign in text)


def shortened(text: str) -> str:
    """Return the text of a row as it stands in a sentence: on one line, cut at a word, without a last full stop."""
    return clipped(text, LONGEST_NAME).rstrip(" .")


def label_of(row: Action | Cause) -> str:
    """Return a row as it stands in a list: its number, if it has one, and its whole text."""
    return f"{row.number or ''} {row.text}".strip()


def name_of_action(action: Action) -> str:
    """Return "2.3 Nattvandring", or where the row stands when it has no words."""
    words = shortened(action.text) if is_said(action.text) else ""
    if not words and not action.number:
        return f"Åtgärden i {action.place}" if action.place else "En åtgärd utan namn"
    return f"{action.number} {words}".strip() if words else f"Åtgärd {action.number}"


def name_of_cause(cause: Cause) -> str:
    """Return "Orsak 4 ”Mörk gångväg”"."""
    number = "Orsak" if cause.number is None else f"Orsak {cause.number}"
    words = shortened(cause.text)
    if not words:
        return number if cause.number is not None else "En orsak utan text"
    return f"{number} ”{words}”"


def name_of_goal(goal: Goal) -> str:
    """Return "Målet ”Färre stölder”"."""
    words = shortened(goal.text)
    return f"Målet ”{words}”" if words else "Ett mål utan text"


def name_of_problem(problem: Problem) -> str:
    """Return "Problemet ”Stölder vid stationen”"."""
    words = shortened(problem.title)
    return f"Problemet ”{words}”" if words else "Ett problem utan namn"


def name_of_bundle(bundle: Bundle) -> str:
    """Return "Kombinationen ”Ljus och fri sikt”"."""
    words = shortened(bundle.text)
    return f"Kombinationen ”{words}”" if words else "En kombination utan namn"


def name_of_commitment(commitment: Commitment) -> str:
    """Return "Åtagandet från Granvikshus ”Betala stolparna”"."""
    words, party = shortened(commitment.text), " ".join(commitment.party.split())
    of_whom = f" från {party}" if party else ""
    return f"Åtagandet{of_whom} ”{words}”" if words else f"Ett åtagande{of_whom} utan text"


def shown_person_of(action: Action) -> str:
    """Return the responsible's name as it is shown: on one line."""
    return " ".join(action.responsible.split())


def person_of(action: Action) -> str:
    """Return a key of the responsible: the same name at the same organisation is taken for the same person."""
    return f"{shown_person_of(action)}\n{action.responsible_organisation.strip()}".casefold()


def can_be_changed(cause: Cause) -> bool:
    """Return whether an action is to be expected on the cause: nobody has said that the parties cannot act on it."""
    return cause.changeability is not Changeability.NO


def causes_in_order(problems: Iterable[Problem], causes: Iterable[Cause]) -> list[Cause]:
    """Return the causes as every page and file lists them: in the order of their problems, then of their numbers; without problem last."""
    place = {problem.id: place for place, problem in enumerate(problems)}
    return sorted(causes, key=lambda cause: (place.get(cause.problem or "", len(place)), cause.number or 0))


def without_cause(plan: Plan) -> tuple[Action, ...]:
    """Return the actions that act on no cause of the plan, in their order."""
    known = {cause.id for cause in plan.causes}
    return tuple(action for action in plan.actions if known.isdisjoint(action.causes))


@dataclass(frozen=True)
class Rows:
    """
    A plan with its links followed in both directions, each once: the work grows with the number of rows and links.

    A link to a row that does not exist is no link.
    """

    plan: Plan
    today: date

    @cached_property
    def problems(self) -> dict[str, Problem]:
        """Id -> problem, in the plan's order."""
        return {problem.id: problem for problem in self.plan.problems}

    @cached_property
    def causes(self) -> dict[str, Cause]:
        """Id -> cause, in the plan's order."""
        return {cause.id: cause for cause in self.plan.causes}

    @cached_property
    def goals(self) -> dict[str, Goal]:
        """Id -> goal, in the plan's order."""
        return {goal.id: goal for goal in self.plan.goals}

    def causes_of(self, action: Action) -> tuple[Cause, ...]:
        """Return the causes that an action acts on, each once, in the action's own order."""
        return tuple(self.causes[i] for i in dict.fromkeys(action.causes) if i in self.causes)

    @cached_property
    def without_cause(self) -> tuple[Action, ...]:
        """The actions that act on no cause of the plan, in their order."""
        return without_cause(self.plan)

    def goals_of(self, action: Action) -> tuple[Goal, ...]:
        """Return the goals that an action serves, each once, in the action's own order."""
        return tuple(self.goals[i] for i in dict.fromkeys(action.goals) if i in self.goals)

    @cached_property
    def actions_on(self) -> dict[str, tuple[Action, ...]]:
        """Cause id -> its actions; a cause without any is left out."""
        return _grouped((cause.id, action) for action in self.plan.actions for cause in self.causes_of(action))

    @cached_property
    def actions_towards(self) -> dict[str, tuple[Action, ...]]:
        """Goal id -> its actions; a goal without any is left out."""
        return _grouped((goal.id, action) for action in self.plan.actions for goal in self.goals_of(action))

    @cached_property
    def problems_with_cause(self) -> frozenset[str]:
        """Ids of the problems that a cause names; also of one that does not exist."""
        return frozenset(cause.problem for cause in self.plan.causes if cause.problem is not None)

    @cached_property
    def goals_by_problem(self) -> dict[str | None, tuple[Goal, ...]]:
        """Problem id -> its goals, by the goal's own word or else through its actions; None -> those that have none."""
        return _grouped((problem, goal) for goal in self.plan.goals for problem in self._problems_of(goal))

    def _problems_of(self, goal: Goal) -> Iterable[str | None]:
        if goal.problem in self.problems:
            return (goal.problem,)
        through = {cause.problem: None for action in self.actions_towards.get(goal.id, ()) for cause in self.causes_of(action)}
        return [problem for problem in through if problem in self.problems] or (None,)

    def actions_in(self, tracks: Iterable[str]) -> Iterator[Action]:
        """Yield the actions of these tracks (codes), in their order."""
        wanted = frozenset(Track(code) for code in tracks)
        return (action for action in self.plan.actions if action.track in wanted)

    @cached_property
    def ended(self) -> frozenset[str]:
        """Ids of the actions of which nothing more is to be carried out."""
        return frozenset(action.id for action in self.plan.actions if has_ended(action))

    def open_actions_in(self, tracks: Iterable[str]) -> Iterator[Action]:
        """Yield the actions of these tracks (codes) that have not ended, in their order."""
        return (action for action in self.actions_in(tracks) if action.id not in self.ended)

    def goals_in(self, tracks: Iterable[str]) -> Iterator[Goal]:
        """Yield the goals that have an action of these tracks, or no action at all."""
        wanted = frozenset(Track(code) for code in tracks)
        for goal in self.plan.goals:
            actions = self.actions_towards.get(goal.id, ())
            if not actions or any(action.track in wanted for action in actions):
                yield goal

    def with_actions(self, goal: Goal) -> Ids:
        """Return the goal's id and those of its actions."""
        return (goal.id, *(action.id for action in self.actions_towards.get(goal.id, ())))


def _grouped(pairs: Iterable[tuple[Key, Value]]) -> dict[Key, tuple[Value, ...]]:
    groups: dict[Key, list[Value]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in groups.items()}

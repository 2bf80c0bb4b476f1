"""
The whole plan as one chain: problem -> causes -> actions -> goals -> indicator, and the action's result.

    ChainView
      branches: (Branch, ...)              one for each problem, then those for what hangs loose
        lead: Node                         the problem, or what stands in its place
        causes: (CauseBranch, ...)
          cause: Node
          rows: (ActionRow, ...)           each action in full once; elsewhere `action.same` says where
            action: Node
            ends: (End, ...)               each goal with its indicator
            result: Node or None
      gaps: (Gap, ...)                     every missing link, in the order it is met

Pure: the plan and the day come in. Texts are the user's own, whole; whoever lays them out cuts them. What is missing is
what the plan check says is missing: an empty link that it does not ask for is quiet, not a gap.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from samsyn.chain.chain_gaps import Gap


@dataclass(frozen=True, slots=True)
class Same:
    """Where a row that is shared stands in full: the name and the id of the action to look at."""

    name: str
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """
    One knot of the chain.

    kind      problem, cause, action, goal, indicator or result
    id        the row's id; "" for a link that is not there
    number    "1.2", or ""
    title     the row's text; for a link that is not there, what to say instead
    about     a few words under it, or ""
    gap       what is missing here, or None. With a title the row is there and lacks something.
    same      where it stands in full, if it is shared and not here
    face      code of a Result, on a result only
    is_quiet  nothing is here, and nothing has to be
    is_loose  the thread into it is broken: drawn dashed
    """

    kind: str
    id: str = ""
    number: str = ""
    title: str = ""
    about: str = ""
    gap: Gap | None = None
    same: Same | None = None
    face: str = ""
    is_quiet: bool = False
    is_loose: bool = False

    @property
    def label(self) -> str:
        """Return number and title: "1.2 Nattvandring"."""
        return f"{self.number} {self.title}".strip()


@dataclass(frozen=True, slots=True)
class End:
    """A goal with its indicator. None: there is no goal to have one."""

    goal: Node
    indicator: Node | None


@dataclass(frozen=True, slots=True)
class ActionRow:
    """An action with what it leads to. A row whose action stands elsewhere has neither ends nor result."""

    action: Node
    ends: tuple[End, ...] = ()
    result: Node | None = None

    def nodes(self) -> Iterator[Node]:
        """Yield the knots of the row, from left to right."""
        yield self.action
        for end in self.ends:
            yield end.goal
            if end.indicator:
                yield end.indicator
        if self.result:
            yield self.result


@dataclass(frozen=True, slots=True)
class CauseBranch:
    """A cause with its actions. `cause` None: goals that no action serves."""

    cause: Node | None
    rows: tuple[ActionRow, ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """
    A problem with all that hangs on it, or a place for what hangs on nothing.

    kind      problem, no_problem (causes), no_cause (actions) or no_action (goals)
    overall   texts of the problem's overall goals, which operational goals serve instead of actions
    """

    kind: str
    lead: Node
    causes: tuple[CauseBranch, ...]
    overall: tuple[str, ...] = ()

    def nodes(self) -> Iterator[Node]:
        """Yield every knot in the order it is read."""
        yield self.lead
        for branch in self.causes:
            if branch.cause:
                yield branch.cause
            for row in branch.rows:
                yield from row.nodes()

    @property
    def height(self) -> int:
        """Return how many lines of knots it has, one under another: at least 1."""
        return max(sum(max(sum(max(len(row.ends), 1) for row in branch.rows), 1) for branch in self.causes), 1)


@dataclass(frozen=True, slots=True)
class ChainView:
    """
    The chain of a plan, or of one of its problems.

    choices   (key, words) of what can be shown alone: each problem, and "-" for what hangs loose; empty when there is one thing
    shown     the key that was asked for and found, "" for the whole chain
    """

    name: str
    branches: tuple[Branch, ...]
    gaps: tuple[Gap, ...]
    choices: tuple[tuple[str, str], ...]
    shown: str

    @property
    def height(self) -> int:
        """Return how many lines of knots the chain has."""
        return sum(branch.height for branch in self.branches)

    def nodes(self) -> Iterator[Node]:
        """Yield every knot in the order it is read."""
        for branch in self.branches:
            yield from branch.nodes()

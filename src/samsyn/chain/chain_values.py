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
      bundles: (Together, ...)             the combinations: actions that must all be done

Pure: the plan and the day come in. Texts are the user's own, whole; whoever lays them out cuts them. What is missing is
what the plan check says is missing: an empty link that it does not ask for is quiet, not a gap.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from samsyn.chain.chain_gaps import Gap
from samsyn.chain.wording import listed, sentence


@dataclass(frozen=True, slots=True)
class Same:
    """Where a row that is shared stands in full: the name and the id of the action to look at."""

    name: str
    id: str


@dataclass(frozen=True, slots=True)
class PartOf:
    """Which combination an action is a part of: its letter, "Del 1 av 3 i Ljus på vägen", and whether something is lacking in it."""

    letter: str
    words: str
    is_broken: bool


@dataclass(frozen=True, slots=True)
class Together:
    """
    A combination that is drawn as one thing: its parts bear its letter.

    parts     name and id of each action, in the plan's order
    lacking   in Swedish why it is not whole: nothing if it is
    """

    letter: str
    id: str
    name: str
    parts: tuple[Same, ...]
    lacking: tuple[str, ...]

    @property
    def words(self) -> str:
        """Return what must be done, and what is lacking: "1.1 och 1.2 måste båda göras"."""
        names = listed(part.name for part in self.parts)
        all_of_them = f"{names} måste {'båda' if len(self.parts) == 2 else 'alla'} göras" if len(self.parts) > 1 else ""
        return " ".join(sentence(words) for words in (all_of_them, f"Inte hel: {listed(self.lacking)}" if self.lacking else "") if words)


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
    part      the combination that an action is a part of, or None
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
    part: PartOf | None = None
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

    @property
    def part(self) -> PartOf | None:
        """Return the combination that the row's action is a part of."""
        return self.action.part

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

    def runs(self) -> Iterator[tuple[ActionRow, ...]]:
        """Yield the rows with those side by side that are parts of one combination."""
        for _, rows in groupby(enumerate(self.rows), lambda pair: pair[1].part.letter if pair[1].part else pair[0]):
            yield tuple(row for _, row in rows)


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
    bundles   the combinations that have a part in it, in the order of their letters
    """

    name: str
    branches: tuple[Branch, ...]
    gaps: tuple[Gap, ...]
    choices: tuple[tuple[str, str], ...]
    shown: str
    bundles: tuple[Together, ...] = ()

    @property
    def height(self) -> int:
        """Return how many lines of knots the chain has."""
        return sum(branch.height for branch in self.branches)

    def nodes(self) -> Iterator[Node]:
        """Yield every knot in the order it is read."""
        for branch in self.branches:
            yield from branch.nodes()

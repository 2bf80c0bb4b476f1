"""The chain as the page writes it: every knot ready-made, with the addresses it leads to."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from uuid import UUID

from django.urls import reverse
from django.utils.safestring import SafeString

from samsyn.chain.chain_gaps import Gap
from samsyn.chain.chain_values import ActionRow, Branch, CauseBranch, ChainView, End, Node
from samsyn.chain.row_words import ROW_WORDS
from samsyn.chain.wording import clipped
from samsyn.web.components.knots import KnotLinks, chain_knot, letter
from samsyn.web.parts.checks import address_of
from samsyn.web.parts.returning import returning

ZERO = UUID(int=0)


@dataclass(frozen=True, slots=True)
class ShownEnd:
    goal: SafeString
    indicator: SafeString | None


@dataclass(frozen=True, slots=True)
class ShownRow:
    """
    A row of knots.

    anchor     the id that a shared row points at; "" on the row that points
    css_class  where it stands among parts of one combination side by side: they lie on one tray
    """

    anchor: str
    action: SafeString
    ends: list[ShownEnd]
    result: SafeString | None
    is_broken: bool
    css_class: str


@dataclass(frozen=True, slots=True)
class ShownCause:
    """`knot` None: nothing stands between the problem and the action."""

    knot: SafeString | None
    rows: list[ShownRow]
    is_loose: bool


@dataclass(frozen=True, slots=True)
class ShownBranch:
    """`name` is what a screen reader calls the branch."""

    kind: str
    name: str
    lead: SafeString
    causes: list[ShownCause]


@dataclass(frozen=True, slots=True)
class GapKind:
    """One kind of gap: what is missing, on how many rows, why it matters, the same number, and the number of the first."""

    missing: str
    where: str
    why: str
    count: int
    first: int


@dataclass(frozen=True, slots=True)
class ShownBundle:
    """A combination: its letter, what must be done, the places of its parts, and where it is changed ("" for who may not)."""

    letter: SafeString
    name: str
    words: str
    is_broken: bool
    parts: list[tuple[str, str]]
    address: str


class Shown:
    """Writes a chain. An address is made once for each kind of row: a reverse a knot would cost more than the knot."""

    def __init__(self, view: ChainView, plan: UUID, *, may_edit: bool) -> None:
        self.view, self.plan, self.may_edit = view, plan, may_edit
        self.here = reverse("chain_view", args=[plan]) + (f"?problem={view.shown}" if view.shown else "")
        self.mends: dict[tuple[str, str], str] = {}

    def branches(self) -> list[ShownBranch]:
        return [self._branch(branch) for branch in self.view.branches]

    def bundles(self) -> list[ShownBundle]:
        """Return the combinations with a part in the chain, and where each is changed."""
        return [ShownBundle(letter(one.letter), one.name, one.words, bool(one.lacking), [(f"#rad-{part.id}", part.name) for part in one.parts],
                            reverse("change_bundle", args=[self.plan, one.id]) if self.may_edit else "") for one in self.view.bundles]

    def gap_kinds(self) -> list[GapKind]:
        """Return the kinds of gap there are, the most common first."""
        counts = Counter(gap.code for gap in self.view.gaps)
        first = {gap.code: gap for gap in reversed(self.view.gaps)}
        return [GapKind(first[code].missing, f"på {ROW_WORDS[first[code].kind].counted(count)}", first[code].why, count, first[code].number)
                for code, count in counts.most_common()]

    def _branch(self, branch: Branch) -> ShownBranch:
        overall = f"Övergripande mål: {'; '.join(branch.overall)}" if branch.overall else ""
        name = clipped(branch.lead.label or (branch.lead.gap.missing if branch.lead.gap else ""), 80)
        return ShownBranch(branch.kind, name, chain_knot(branch.lead, self._links(branch.lead), overall), [self._cause(cause) for cause in branch.causes])

    def _cause(self, branch: CauseBranch) -> ShownCause:
        knot = chain_knot(branch.cause, self._links(branch.cause)) if branch.cause else None
        rows = [self._row(row, _tied(place, run)) for run in branch.runs() for place, row in enumerate(run)]
        return ShownCause(knot, rows, not branch.cause or branch.cause.is_loose)

    def _row(self, row: ActionRow, css_class: str) -> ShownRow:
        anchor = f"rad-{row.action.id}" if row.action.id and not row.action.same else ""
        result = chain_knot(row.result) if row.result else None
        return ShownRow(anchor, self._knot(row.action), [self._end(end) for end in row.ends], result, bool(row.result and row.result.is_loose), css_class)

    def _end(self, end: End) -> ShownEnd:
        return ShownEnd(self._knot(end.goal), self._knot(end.indicator) if end.indicator else None)

    def _knot(self, node: Node) -> SafeString:
        return chain_knot(node, self._links(node))

    def _links(self, node: Node) -> KnotLinks:
        pages = self._pages
        row = pages[node.kind].replace(str(ZERO), node.id) if node.id and node.kind in pages else ""
        return KnotLinks(row, self._mend(node.gap) if node.gap and self.may_edit else "", f"#rad-{node.same.id}" if node.same else "")

    @cached_property
    def _pages(self) -> dict[str, str]:
        """Kind of knot -> the address of its row; a reader has only the action's page."""
        names = {"action": "action"}
        if self.may_edit:
            names |= {"problem": "change_problem", "cause": "change_cause", "goal": "change_goal"}
        return {kind: reverse(name, args=[self.plan, ZERO]) for kind, name in names.items()}

    def _mend(self, gap: Gap) -> str:
        """Return where a gap is mended: the page and the field on it, and then back to the row in the chain."""
        key = (gap.kind, gap.field)
        if key not in self.mends:
            self.mends[key] = returning(address_of(replace(gap, id=str(ZERO)), self.plan), f"{self.here}#rad-{ZERO}")
        return self.mends[key].replace(str(ZERO), gap.id)


def _tied(place: int, run: tuple[ActionRow, ...]) -> str:
    """Return the classes of a row of a run of parts of one combination; "" for an action that is no part."""
    part = run[place].part
    if part is None:
        return ""
    kinds = {"tied--first": place == 0, "tied--last": place == len(run) - 1, "tied--broken": part.is_broken}
    return " ".join(["", "tied", *(name for name, is_so in kinds.items() if is_so)])

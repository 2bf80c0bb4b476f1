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
from samsyn.chain.wording import clipped
from samsyn.web.components.knots import KnotLinks, chain_knot
from samsyn.web.parts.checks import address_of

ZERO = UUID(int=0)
LACKING = {"problem": "på ett problem", "cause": "på en orsak", "action": "på en åtgärd", "goal": "på ett mål"}


@dataclass(frozen=True, slots=True)
class ShownEnd:
    goal: SafeString
    indicator: SafeString | None


@dataclass(frozen=True, slots=True)
class ShownRow:
    """`anchor` is the id that a shared row points at; "" on the row that points."""

    anchor: str
    action: SafeString
    ends: list[ShownEnd]
    result: SafeString | None
    is_broken: bool


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
    """One kind of gap: what is missing, why it matters, how many there are, and the number of the first."""

    missing: str
    where: str
    why: str
    count: int
    first: int


class Shown:
    """Writes a chain. An address is made once for each kind of row: a reverse a knot would cost more than the knot."""

    def __init__(self, view: ChainView, plan: UUID, *, may_edit: bool) -> None:
        self.view, self.plan, self.may_edit = view, plan, may_edit
        self.mends: dict[tuple[str, str], str] = {}

    def branches(self) -> list[ShownBranch]:
        return [self._branch(branch) for branch in self.view.branches]

    def gap_kinds(self) -> list[GapKind]:
        """Return the kinds of gap there are, the most common first."""
        counts = Counter(gap.code for gap in self.view.gaps)
        first = {gap.code: gap for gap in reversed(self.view.gaps)}
        return [GapKind(first[code].missing, LACKING[first[code].kind], first[code].why, count, first[code].number) for code, count in counts.most_common()]

    def _branch(self, branch: Branch) -> ShownBranch:
        overall = f"Övergripande mål: {'; '.join(branch.overall)}" if branch.overall else ""
        name = clipped(branch.lead.label or (branch.lead.gap.missing if branch.lead.gap else ""), 80)
        return ShownBranch(branch.kind, name, chain_knot(branch.lead, self._links(branch.lead), overall), [self._cause(cause) for cause in branch.causes])

    def _cause(self, branch: CauseBranch) -> ShownCause:
        knot = chain_knot(branch.cause, self._links(branch.cause)) if branch.cause else None
        return ShownCause(knot, [self._row(row) for row in branch.rows], not branch.cause or branch.cause.is_loose)

    def _row(self, row: ActionRow) -> ShownRow:
        anchor = f"atgard-{row.action.id}" if row.action.id and not row.action.same else ""
        result = chain_knot(row.result) if row.result else None
        return ShownRow(anchor, self._knot(row.action), [self._end(end) for end in row.ends], result, bool(row.result and row.result.is_loose))

    def _end(self, end: End) -> ShownEnd:
        return ShownEnd(self._knot(end.goal), self._knot(end.indicator) if end.indicator else None)

    def _knot(self, node: Node) -> SafeString:
        return chain_knot(node, self._links(node))

    def _links(self, node: Node) -> KnotLinks:
        pages = self._pages
        row = pages[node.kind].replace(str(ZERO), node.id) if node.id and node.kind in pages else ""
        return KnotLinks(row, self._mend(node.gap) if node.gap and self.may_edit else "", f"#atgard-{node.same.id}" if node.same else "")

    @cached_property
    def _pages(self) -> dict[str, str]:
        """Kind of knot -> the address of its row; a reader has only the action's page."""
        names = {"action": "action"}
        if self.may_edit:
            names |= {"problem": "change_problem", "cause": "change_cause", "goal": "change_goal"}
        return {kind: reverse(name, args=[self.plan, ZERO]) for kind, name in names.items()}

    def _mend(self, gap: Gap) -> str:
        """Return where a gap is mended: the page and the field on it."""
        key = (gap.kind, gap.field)
        if key not in self.mends:
            self.mends[key] = address_of(replace(gap, id=str(ZERO)), self.plan)
        return self.mends[key].replace(str(ZERO), gap.id)

"""
Where every knot of a chain stands on a sheet with the proportions of A3 lying down.

Four units are one millimetre on A3. The text is made as large as lets the whole chain stand on one A3; where not even
the smallest will do, the sheet grows to A2, A1, A0 and the text keeps its size.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from samsyn.chain.chain_values import ActionRow, Branch, CauseBranch, ChainView, Node
from samsyn.formats.svg_text import cut_to, lines_of, width_of

WIDTH, HEIGHT = 1680, 1188           # A3 lying down, 4 units a millimetre
MARGIN, HEAD, FOOT = 40, 84, 30
FOOT_LINE = 15                       # of one combination below the chain
MOST_BUNDLES = 12                    # that are written there; the rest are counted
COLUMNS = {"problem": 0.125, "cause": 0.165, "action": 0.25, "goal": 0.2, "indicator": 0.135, "result": 0.125}
GAP = 26                             # between two columns
LINE, SMALL = 1.22, 0.88             # height of a line, and of the small text, as shares of the type size
PAPERS = ((1.0, "A3"), (2**0.5, "A2"), (2.0, "A1"), (2 * 2**0.5, "A0"))


@dataclass(frozen=True, slots=True)
class Level:
    """How large the text is, in units, and how many lines a title may take. `is_tight`: title and the rest share one line."""

    size: float
    title: int
    about: int
    is_tight: bool = False

    @property
    def pad(self) -> float:
        """Return the air above and below a knot's words, in units."""
        return self.size * (0.12 if self.is_tight else 0.22 if self.size < 11 else 0.4)

    @property
    def between(self) -> float:
        """Return the air between two knots, in units."""
        return self.size * (0.18 if self.is_tight else 0.28 if self.size < 11 else 0.5)

    @property
    def chip(self) -> float:
        """Return the radius of the round letter that a part of a combination bears, in units."""
        return self.size * (0.52 if self.is_tight else 0.7)

    @property
    def face(self) -> float:
        """Return the side of a face, in units."""
        return self.size * (1.2 if self.is_tight else 1.5)


LEVELS = (
    Level(15, 4, 2), Level(13, 4, 2), Level(11.5, 3, 2), Level(10.5, 2, 1), Level(10, 1, 1), Level(9.3, 1, 1),
    Level(11.6, 1, 1, True), Level(10.5, 1, 1, True), Level(9.4, 1, 1, True), Level(8.6, 1, 1, True), Level(7.4, 1, 1, True))
WHOLE = tuple(Level(size, 12, 8) for size in (23, 20, 17.5, 15, 13, 11.5))  # for a short chain: every word stands, nothing is cut
MOST_SPREAD = 3                      # type sizes of air between two knots of a short chain
SMALLEST_ON_LARGE = LEVELS[-3:-1]    # a larger paper has room for text that can be read


@dataclass(frozen=True, slots=True)
class Words:
    """One line of a knot. `kind`: title, about or lacks. `after` stands behind it on the same line."""

    text: str
    kind: str
    after: str = ""
    after_kind: str = "about"


@dataclass(slots=True)
class Box:
    """A knot with its lines, and where it stands: upper left corner and size, in units."""

    node: Node
    x: float
    width: float
    height: float
    lines: list[Words]
    is_cut: bool
    y: float = 0

    @property
    def middle(self) -> float:
        return self.y + self.height / 2

    @property
    def right(self) -> float:
        return self.x + self.width


@dataclass(frozen=True, slots=True)
class Link:
    """A piece of the thread from one box's right side to another's left."""

    x: float
    y: float
    to_x: float
    to_y: float
    is_loose: bool


@dataclass(frozen=True, slots=True)
class Tray:
    """What lies under the parts of a combination that stand side by side: upper left corner and size, in units."""

    x: float
    y: float
    width: float
    height: float
    is_broken: bool


@dataclass(slots=True)
class Layout:
    """A finished sheet. `scale` is how many times larger than A3 it is along a side; `paper` its name, "" beyond A0."""

    width: float
    height: float
    scale: float
    paper: str
    level: Level
    boxes: list[Box] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    trays: list[Tray] = field(default_factory=list)


def laid_out(view: ChainView) -> Layout:
    """Return the chain on the smallest paper that holds it, with the largest text that does; whole texts if there is room for them."""
    if (level := whole_level(view)) is not None:
        return _spread(view, level)
    lines = view.height
    for scale, paper in PAPERS:
        room = HEIGHT * scale - 2 * MARGIN - HEAD - foot_of(view)
        for level in LEVELS if scale == 1 else SMALLEST_ON_LARGE:
            if lines * (level.size * LINE + 2 * level.pad) > room:
                continue  # not even one line a knot: nothing needs to be broken to see that
            layout = Layout(WIDTH * scale, HEIGHT * scale, scale, paper, level)
            if _Setter(layout).set(view) <= layout.height - foot_of(view) - MARGIN:
                return layout
    return _larger_than_any(view)


def whole_level(view: ChainView) -> Level | None:
    """Return the largest text that lets every word of the chain stand on one A3, no word of it broken; None if none does."""
    for level in WHOLE:
        if view.height * (level.size * LINE + 2 * level.pad) <= HEIGHT - 2 * MARGIN - HEAD - foot_of(view):
            layout = Layout(WIDTH, HEIGHT, 1.0, "A3", level)
            if _Setter(layout).set(view) <= HEIGHT - foot_of(view) - MARGIN and not any(box.is_cut or _breaks_a_word(box, level) for box in layout.boxes):
                return level
    return None


def _breaks_a_word(box: Box, level: Level) -> bool:
    return any(width_of(word) * level.size > box.width - level.size * 1.2 for word in box.node.label.split())


def _spread(view: ChainView, level: Level) -> Layout:
    """Return the chain with as much air between its knots as lets it fill the sheet, up to MOST_SPREAD."""
    least, most = level.between, level.size * MOST_SPREAD
    layout = Layout(WIDTH, HEIGHT, 1.0, "A3", level)
    for step in range(10, -1, -1):
        layout = Layout(WIDTH, HEIGHT, 1.0, "A3", level)
        if _Setter(layout, least + (most - least) * step / 10).set(view) <= HEIGHT - foot_of(view) - MARGIN:
            break
    return layout


def foot_of(view: ChainView) -> float:
    """Return how much room the lines below the chain take, in units: the key, and a line for each combination."""
    count = len(view.bundles)
    return FOOT + FOOT_LINE * min(count, MOST_BUNDLES + 1) + (FOOT_LINE if count else 0)


def _larger_than_any(view: ChainView) -> Layout:
    """Return the chain on a sheet as large as it takes. A wider sheet needs no more height, so the height of A0 tells."""
    scale, level = PAPERS[-1][0], SMALLEST_ON_LARGE[-1]
    height = _Setter(Layout(WIDTH * scale, HEIGHT * scale, scale, "", level)).set(view) + foot_of(view) + MARGIN
    layout = Layout(height * WIDTH / HEIGHT, height, height / HEIGHT, "", level)
    _Setter(layout).set(view)
    return layout


def column_places(layout: Layout) -> dict[str, tuple[float, float]]:
    """Return kind of knot -> the left side and the width of its column."""
    room = layout.width - 2 * MARGIN - GAP * (len(COLUMNS) - 1)
    places, x = {}, float(MARGIN)
    for kind, share in COLUMNS.items():
        places[kind] = (x, room * share)
        x += room * share + GAP
    return places


@dataclass(slots=True)
class _Row:
    """An action with what it leads to, not yet in its place."""

    action: Box
    ends: list[tuple[Box, Box | None]]
    result: Box | None
    height: float


@dataclass(slots=True)
class _Cause:
    box: Box | None
    rows: list[_Row]
    height: float


class _Setter:
    """Sets a chain: how high everything is first, then where it stands, from the top down."""

    def __init__(self, layout: Layout, between: float | None = None) -> None:
        self.layout, self.level, self.places = layout, layout.level, column_places(layout)
        self.pad, self.between = self.level.pad, between or self.level.between

    def set(self, view: ChainView) -> float:
        """Set the whole chain and return where it ends."""
        y = float(MARGIN + HEAD)
        for branch in view.branches:
            y += self._branch(branch, y) + 3 * self.between
        return y - 3 * self.between

    def _branch(self, branch: Branch, top: float) -> float:
        """Set a branch and return its height."""
        causes = [self._measured_cause(cause) for cause in branch.causes]
        inner = sum(cause.height for cause in causes) + 1.6 * self.between * max(len(causes) - 1, 0)
        lead = self._box(branch.lead, inner, more=f"Övergripande mål: {'; '.join(branch.overall)}" if branch.overall else "")
        height = max(inner, lead.height)
        self._stand(lead, top, height)
        y = top + (height - inner) / 2
        for cause in causes:
            self._join([lead], self._set_cause(cause, y))
            y += cause.height + 1.6 * self.between
        return height

    def _measured_cause(self, branch: CauseBranch) -> _Cause:
        rows = [self._measured_row(row) for row in branch.rows]
        inner = sum(row.height for row in rows) + self.between * max(len(rows) - 1, 0)
        box = self._box(branch.cause, inner) if branch.cause else None
        return _Cause(box, rows, max(inner, box.height if box else 0))

    def _measured_row(self, row: ActionRow) -> _Row:
        ends = [(self._box(end.goal, 0, is_wide=end.indicator is None), self._box(end.indicator, 0) if end.indicator else None) for end in row.ends]
        result = self._box(row.result, 0) if row.result else None
        inner = sum(_end_height(end) for end in ends) + self.between * max(len(ends) - 1, 0)
        action = self._box(row.action, inner)
        return _Row(action, ends, result, max(inner, action.height, result.height if result else 0))

    def _set_cause(self, cause: _Cause, top: float) -> list[Box]:
        """Put a cause in its place and return the boxes that the problem leads to."""
        y = top + (cause.height - sum(row.height for row in cause.rows) - self.between * max(len(cause.rows) - 1, 0)) / 2
        if cause.box:
            self._stand(cause.box, top, cause.height)
        for row in cause.rows:
            self._set_row(row, y)
            y += row.height + self.between
        actions = [row.action for row in cause.rows]
        self._lay_trays(actions)
        if cause.box is None:
            return actions
        self._join([cause.box], actions)
        return [cause.box]

    def _set_row(self, row: _Row, top: float) -> None:
        self._stand(row.action, top, row.height)
        inner = sum(_end_height(end) for end in row.ends) + self.between * max(len(row.ends) - 1, 0)
        y = top + (row.height - inner) / 2
        for goal, indicator in row.ends:
            height = _end_height((goal, indicator))
            self._stand(goal, y, height)
            if indicator:
                self._stand(indicator, y, height)
                self._join([goal], [indicator])
            y += height + self.between
        self._join([row.action], [goal for goal, _ in row.ends])
        if row.result:
            self._stand(row.result, top, row.height)
            self._join([indicator or goal for goal, indicator in row.ends], [row.result])

    def _lay_trays(self, actions: Sequence[Box]) -> None:
        """Lay a tray under every run of parts of one combination."""
        edge = self.level.between * 0.42
        for _, run in groupby(enumerate(actions), lambda pair: pair[1].node.part.letter if pair[1].node.part else pair[0]):
            boxes = [box for _, box in run]
            first, last, part = boxes[0], boxes[-1], boxes[0].node.part
            if part:
                height = last.y + last.height - first.y + 2 * edge
                self.layout.trays.append(Tray(first.x - edge, first.y - edge, first.width + 2 * edge, height, part.is_broken))

    def _stand(self, box: Box, top: float, height: float) -> None:
        """Stand a box in the middle of the room it has."""
        box.y = top + (height - box.height) / 2
        self.layout.boxes.append(box)

    def _join(self, before: Sequence[Box], after: Sequence[Box]) -> None:
        """Draw the thread between boxes, from each to each. Several that lead to one keep their own breaks."""
        for one in before:
            for other in after:
                is_loose = other.node.is_loose or (len(before) > 1 and one.node.is_loose)
                self.layout.links.append(Link(one.right, one.middle, other.x, other.middle, is_loose))

    def _box(self, node: Node, room: float, more: str = "", *, is_wide: bool = False) -> Box:
        """Return a knot with its lines broken: as many as its level allows, or as the room it has anyway."""
        x, width = self.places[node.kind]
        if is_wide:
            width = self.places["indicator"][0] + self.places["indicator"][1] - x
        pad = self.level.size * 0.6
        left = self.level.size * 2 if node.face else 2.4 * self.level.chip if node.part else 0
        most = max(self.level.title, int((room - 2 * self.pad) / (self.level.size * LINE)))
        lines, is_cut = _lines(node, more, (width - 2 * pad - left) / self.level.size, most, self.level)
        height = sum(self.level.size * (LINE if line.kind == "title" else LINE * SMALL) for line in lines)
        return Box(node, x, width, max(height, self.level.face if node.face else 0) + 2 * self.pad, lines, is_cut)


def _end_height(end: tuple[Box, Box | None]) -> float:
    return max(end[0].height, end[1].height if end[1] else 0)


def _lines(node: Node, more: str, room: float, most: int, level: Level) -> tuple[list[Words], bool]:
    """Return a knot's lines, and whether something had to be left out. `room` is a share of the type size."""
    title = node.label or (node.gap.missing if node.gap else "")
    under = [(words, kind) for words, kind in ((node.gap.missing if node.gap and node.label else "", "lacks"), (node.about, "about"), (more, "about"),
                                               (node.gap.why if node.gap and not node.label and not level.is_tight else "", "about")) if words]
    if level.is_tight and most < 2:
        return _one_line(title, under, room)
    made = [Words(line, "title") for line in lines_of(title, room, most)]
    spare = most - len(made) if most > level.title else 0  # only the room that is there anyway
    for words, kind in under:
        made += [Words(line, kind) for line in lines_of(words, room / SMALL, max(level.about, spare))]
    return made, any(line.text.endswith("…") for line in made)


def _one_line(title: str, under: list[tuple[str, str]], room: float) -> tuple[list[Words], bool]:
    """Return title and the first of the rest on one line; the title gets what the rest leaves, at least six tenths."""
    if not under:
        only = cut_to(title, room)
        return [Words(only, "title")], only != title
    words, kind = under[0]
    flat = " ".join(title.split())
    behind = min(width_of(words) * SMALL + 0.6, max(room - width_of(flat), room * 0.4))
    first = cut_to(flat, room - behind)
    after = cut_to(words, (room - width_of(first) - 0.6) / SMALL)
    return [Words(first, "title", after, kind)], first != flat or after != words or len(under) > 1

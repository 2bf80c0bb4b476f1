"""
Which row of a file is which row of the export: known by what stands in it, never by where it stands.

A row is the same if all its cells are the same. Else if its cause and its action are, or its action alone where no
other row says so; else if everything but the action is the same, and no other row can be meant. What is left is
matched by text, or asked about, in samsyn.chain.plan_diff.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field

from samsyn.chain.plan_details import FORM_ROLES, ExportedRow, FileRow, digest

MOST_PAIRS = 400  # rows of a bucket times rows of the other side: more than that is no likeness to go by
EMPTY_OF = {role: digest(role, "") for role in FORM_ROLES}


@dataclass(frozen=True, slots=True)
class RowPair:
    """A row of the export and the row of the file that it is. `touched` are the roles of the cells that have changed."""

    exported: ExportedRow
    row: FileRow
    touched: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MatchedRows:
    """`missing` are printed rows that no sheet of the file has; `unknown` rows of the file that were not exported."""

    pairs: tuple[RowPair, ...]
    missing: tuple[ExportedRow, ...]
    unknown: tuple[FileRow, ...]


def match_rows(exported: Sequence[ExportedRow], rows: Sequence[FileRow]) -> MatchedRows:
    """Match the rows of every sheet to the rows of the export. A plan that stands on two sheets is matched on both."""
    printed = [row for row in exported if row.digests and not row.is_blank]
    sheets: dict[str, list[FileRow]] = defaultdict(list)
    for row in rows:
        if any(found != EMPTY_OF.get(role, found) for role, found in row.digests):
            sheets[row.sheet].append(row)
    pairs: list[RowPair] = []
    unknown: list[FileRow] = []
    for there in sheets.values():
        matcher = _Matcher(printed, there)
        pairs += matcher.match()
        unknown += matcher.free_rows
    found = {(pair.exported.kind, pair.exported.id) for pair in pairs}
    return MatchedRows(tuple(pairs), tuple(row for row in printed if (row.kind, row.id) not in found), tuple(unknown))


@dataclass
class _Matcher:
    """Matches the rows of one sheet."""

    free: list[ExportedRow]
    free_rows: list[FileRow]
    pairs: list[RowPair] = field(default_factory=list)

    def match(self) -> list[RowPair]:
        self._untouched()
        self._by(lambda row: _digests(row, "cause", "action"), is_certain=_says_action)
        self._by(lambda row: _digests(row, "action"), is_certain=_says_action)
        self._by(lambda row: _digests(row, "cause", "goal", "when", "responsible", "status", "fill"), is_certain=_says_enough)
        return self.pairs

    def _untouched(self) -> None:
        """Pair rows that are alike in every cell. Rows that are alike in all are as good as each other."""
        for roles in dict.fromkeys(tuple(role for role, _ in row.digests if role in FORM_ROLES) for row in self.free_rows):
            waiting: dict[Hashable, list[ExportedRow]] = defaultdict(list)
            for exported in reversed(self.free):
                waiting[tuple(exported.digest(role) for role in roles)].append(exported)
            for row in list(self.free_rows):
                key = tuple(found for role, found in row.digests if role in FORM_ROLES)
                if tuple(role for role, _ in row.digests if role in FORM_ROLES) == roles and waiting.get(key):
                    self._pair(waiting[key].pop(), row)
            self._forget()

    def _by(self, key: Callable[[ExportedRow | FileRow], tuple[str, ...] | None], *, is_certain: Callable[[Iterable[str]], bool]) -> None:
        """Pair actions that share a key, where it is certain which is which: the most like, if no other is as like."""
        there, here = _bucket(self.free_rows, key), _bucket([row for row in self.free if row.kind == "action"], key)
        for shared, rows in there.items():
            exported = here.get(shared, [])
            if exported and is_certain(shared) and len(rows) * len(exported) <= MOST_PAIRS:
                self._pair_most_alike(rows, exported)
        self._forget()

    def _pair_most_alike(self, rows: list[FileRow], exported: list[ExportedRow]) -> None:
        left, right = list(rows), list(exported)
        while left and right:
            scored = sorted(((_alike(one, other), i, j) for i, one in enumerate(left) for j, other in enumerate(right)), reverse=True)
            best, i, j = scored[0]
            if any(score == best and (row == i) != (other == j) for score, row, other in scored):
                return
            self._pair(right.pop(j), left.pop(i))

    def _pair(self, exported: ExportedRow, row: FileRow) -> None:
        touched = tuple(role for role, found in row.digests if role not in FORM_ROLES or exported.digest(role) != found)
        self.pairs.append(RowPair(exported, row, touched))

    def _forget(self) -> None:
        taken = {id(pair.exported) for pair in self.pairs}
        taken_rows = {id(pair.row) for pair in self.pairs}
        self.free = [row for row in self.free if id(row) not in taken]
        self.free_rows = [row for row in self.free_rows if id(row) not in taken_rows]


def _digests(row: ExportedRow | FileRow, *roles: str) -> tuple[str, ...] | None:
    """Return a row's digests of these roles; None if a column is not there."""
    if isinstance(row, ExportedRow):
        return tuple(row.digest(role) for role in roles)
    found = dict(row.digests)
    return tuple(found[role] for role in roles) if all(role in found for role in roles) else None


def _bucket(rows: Iterable[ExportedRow | FileRow], key: Callable[[ExportedRow | FileRow], tuple[str, ...] | None]) -> dict[tuple[str, ...], list]:  # type: ignore[type-arg]
    buckets: dict[tuple[str, ...], list[ExportedRow | FileRow]] = defaultdict(list)
    for row in rows:
        if (found := key(row)) is not None:
            buckets[found].append(row)
    return buckets


def _says_action(key: Iterable[str]) -> bool:
    return EMPTY_OF["action"] not in key


def _says_enough(key: Iterable[str]) -> bool:
    """Return whether at least two cells besides the action say something."""
    return sum(found not in EMPTY_OF.values() for found in key) >= 2


def _alike(row: FileRow, exported: ExportedRow) -> int:
    return sum(exported.digest(role) == found for role, found in row.digests)

"""
Problems, causes and goals of a file found again in the plan, so that what an action points to can be compared.

They are known by the rows they stand on: a cause in a cell nobody has touched is the cause it was. In a cell that has
been changed they are known by their text; one that has another text but stands with the same number, or alone, beside
the same actions is the same in other words. Everything else that is like something is asked about.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from samsyn.chain.plan import Action, Cause, Goal, Plan
from samsyn.chain.plan_details import Details, ExportedRow, Value, cause_numbers
from samsyn.chain.plan_diff_values import FILE
from samsyn.chain.plan_findings import Findings
from samsyn.chain.plan_likeness import REWORDED, TextIndex, likeness
from samsyn.chain.plan_rows_matched import MatchedRows, RowPair
from samsyn.chain.plan_sections import Sections
from samsyn.chain.swedish import fold

NAMES = {"cause": "orsaken", "goal": "målet"}


@dataclass
class Links:
    """
    The causes or the goals of a file.

    kind       "cause" or "goal"; also the role of their column
    found      id in the file -> id in the plan, or a reference to a new row
    present    ids that the file surely has
    """

    kind: str
    stored: Plan
    read: Plan
    details: Details
    matched: MatchedRows
    action_at: Mapping[str, Action]
    sections: Sections
    findings: Findings
    found: dict[str, str] = field(default_factory=dict)
    present: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.field = f"{self.kind}s"
        self.here: dict[str, Cause | Goal] = {row.id: row for row in getattr(self.stored, self.field)}
        self.there: dict[str, Cause | Goal] = {row.id: row for row in getattr(self.read, self.field)}
        self.numbers = cause_numbers(self.stored) if self.kind == "cause" else {}
        self.by_text: dict[str, list[str]] = defaultdict(list)
        for key, row in self.here.items():
            self.by_text[fold(row.text)].append(key)

    def settle(self) -> None:
        """Find what every cause or goal of the file is; note what is new, reworded or gone."""
        touched = [pair for pair in self.matched.pairs if self.kind in pair.touched and pair.row.place in self.action_at]
        self.present |= {key for pair in self.matched.pairs if self.kind not in pair.touched for key in self._named(pair.exported)}
        asked = self._in_touched_cells(touched)
        for key in dict.fromkeys(asked):
            if exact := self._by_text(key):
                self._is(key, exact)
        self._reworded(touched)
        left = [key for key in dict.fromkeys(asked) if key not in self.found]
        self._ask_or_add(left)
        self._note_gone()

    def of_row(self, action: Action, exported: ExportedRow | None) -> tuple[str, ...]:
        """Return what an action of the file points to: ids and references. Its own rows come first where texts are alike."""
        ids: list[str] = []
        for key in getattr(action, self.field):
            own = self._own(key, exported)
            ids += own or [self.found.get(key, "")]
        unseen = [key for key in (self._named(exported) if exported else ()) if key in self.here and not self._shows(key)]
        return tuple(dict.fromkeys(one for one in (*ids, *unseen) if one))

    def _named(self, exported: ExportedRow) -> tuple[str, ...]:
        if exported.kind == self.kind:
            return (exported.id,)
        return exported.causes if self.kind == "cause" else exported.goals

    def _shows(self, key: str) -> bool:
        """Return whether a row shows in a cell at all: a goal without text does not."""
        return self.kind == "cause" or bool(self.here[key].text.strip())

    def _own(self, key: str, exported: ExportedRow | None) -> list[str]:
        """Return those of an exported row that have the text of one in the file."""
        text, number = fold(self.there[key].text), getattr(self.there[key], "number", None)
        return [one for one in (self._named(exported) if exported else ()) if one in self.here and (
            fold(self.here[one].text) == text if text else number is not None and self.numbers.get(one) == number)]

    def _in_touched_cells(self, touched: Sequence[RowPair]) -> list[str]:
        """Return what must be found: what stands in cells that are new or changed. Note what is there without a search."""
        asked: list[str] = []
        for pair in touched:
            for key in getattr(self.action_at[pair.row.place], self.field):
                own = self._own(key, pair.exported)
                self.present.update(own)
                if own:
                    self._note_wording(own[0], key, pair.row.place)
                asked += [] if own else [key]
        known = {pair.row.place for pair in self.matched.pairs}
        asked += [key for place, action in self.action_at.items() if place not in known for key in getattr(action, self.field)]
        unknown = {row.place for row in self.matched.unknown}
        named = {key for action in self.read.actions for key in getattr(action, self.field)}
        lone = {(one.number, fold(one.text)) for one in self.details.lone if one.kind == self.kind and one.place in unknown}
        asked += [key for key, row in self.there.items() if key not in named and (
            not self.details.file_rows or (getattr(row, "number", None), fold(row.text)) in lone)]
        return asked

    def _by_text(self, key: str) -> str:
        """Return the stored row with the same text: of the same problem and number if there are several."""
        row = self.there[key]
        if not row.text:
            number = getattr(row, "number", None)
            return next((one for one, own in self.numbers.items() if own == number and number is not None), "")
        same = self.by_text.get(fold(row.text), [])
        wanted = self.sections.problem_of(row.problem)
        number = getattr(row, "number", None)
        scored = sorted(same, key=lambda one: (self.here[one].problem == wanted, number is not None and self.numbers.get(one) == number), reverse=True)
        return scored[0] if scored else ""

    def _is(self, key: str, stored: str) -> None:
        self.found[key] = stored
        self.present.add(stored)
        self._note_wording(stored, key, "")
        if not self.details.exported and self.there[key].text:
            self.findings.want(self.kind, stored, "problem", self.sections.problem_of(self.there[key].problem), "")

    def _note_wording(self, stored: str, key: str, place: str) -> None:
        """Note another spelling, and another number where it was a number of its own."""
        row, own = self.there[key], self.here[stored]
        if row.text:
            self.findings.want(self.kind, stored, "text", row.text, place)
        number = getattr(row, "number", None)
        if number is not None and number != self.numbers.get(stored) and getattr(own, "number", None) == self.numbers.get(stored):
            self.findings.want(self.kind, stored, "number", number, place)

    def _reworded(self, touched: Sequence[RowPair]) -> None:
        """Find those that stand in other words where they stood before."""
        votes: dict[str, Counter[str]] = defaultdict(Counter)
        for pair in touched:
            read = self.action_at[pair.row.place]
            left = [key for key in self._named(pair.exported) if key in self.here and key not in self.present and self._shows(key)]
            right = [key for key in getattr(read, self.field) if key not in self.found and not self._own(key, pair.exported)]
            self._vote(votes, left, right)
        missing = [row.id for row in self.matched.missing if row.kind == self.kind and row.id in self.here and row.id not in self.present]
        named = {key for action in self.read.actions for key in getattr(action, self.field)}
        alone = [key for key in self.there if key not in named and key not in self.found]
        if self.details.lone:
            self._vote(votes, missing, alone, only_numbers=len(missing) > 1 or len(alone) > 1)
        claimed = Counter(stored for choices in votes.values() for stored in choices)
        for key, choices in votes.items():
            stored = next(iter(choices))
            if len(choices) == 1 and claimed[stored] == 1 and likeness(self.there[key].text, self.here[stored].text) >= REWORDED:
                self._is(key, stored)

    def _vote(self, votes: dict[str, Counter[str]], left: Sequence[str], right: Sequence[str], *, only_numbers: bool = False) -> None:
        for key in right:
            number = getattr(self.there[key], "number", None)
            same = [one for one in left if number is not None and self.numbers.get(one) == number]
            if same or (len(left) == len(right) == 1 and not only_numbers):
                votes[key][(same or list(left))[0]] += 1

    def _ask_or_add(self, left: Sequence[str]) -> None:
        index = TextIndex({key: row.text for key, row in self.here.items() if row.text}) if left else None
        for key in left:
            row = self.there[key]
            values: dict[str, Value] = {"text": row.text, "problem": self.sections.problem_of(row.problem)}
            if isinstance(row, Cause):
                values["number"] = row.number
            if isinstance(row, Goal):
                values["level"] = row.level
            reference = f"{FILE}{key}"
            self.found[key] = reference
            candidates = index.most_like(row.text) if index else []
            candidates = sorted(candidates, key=lambda one: one in self.present)
            if candidates:
                self.findings.ask_which(self.kind, reference, row.text, candidates, values, "",
                                        f"Är {NAMES[self.kind]} ”{row.text}” en som redan finns, med ny text, eller en ny?")
            else:
                self.findings.add(self.kind, reference, row.text, values, "")

    def _note_gone(self) -> None:
        asked = set(self.findings.guesses.values())
        printed = _printed(self.kind, self.details.exported) if self.details.exported else {key for key in self.here if self._shows(key)}
        for key in self.here:
            if key in printed and key not in self.present:
                why = "Kan vara en som står i filen med annan text. Svara på frågan först." if key in asked else "Står inte i filen."
                self.findings.lose(self.kind, key, why)
        self.findings.seen |= {(self.kind, key) for key in self.present}


def _printed(kind: str, exported: Iterable[ExportedRow]) -> set[str]:
    """Return the ids that stood in some cell of the export."""
    rows = [row for row in exported if row.digests and not row.is_blank]
    named = {key for row in rows for key in (row.causes if kind == "cause" else row.goals)}
    return named | {row.id for row in rows if row.kind == kind}


def actions_by_place(read: Plan) -> dict[str, Action]:
    """Return the actions of a file by where they stand. Without a place they are known by their id."""
    return {action.place or f"{FILE}{action.id}": action for action in read.actions}

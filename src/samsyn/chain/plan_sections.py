"""
The problems of a file: the headings that its rows stand under, compared with those they were exported under.

A heading that is not there any more, while all its rows stand under one new heading, has been reworded. A cause whose
rows all stand under another heading has been moved. In a sheet that has been sorted the headings say nothing any more:
everything is left under its problem, and that is told. If most causes have moved without that, it is one question.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from samsyn.chain.plan import Action, Plan
from samsyn.chain.plan_details import Details, ExportedRow, FileRow
from samsyn.chain.plan_diff_values import FILE, Doing, Instruction, Option, Question
from samsyn.chain.plan_findings import Findings
from samsyn.chain.plan_likeness import REWORDED, likeness
from samsyn.chain.plan_rows_matched import EMPTY_OF, MatchedRows, RowPair
from samsyn.chain.swedish import fold
from samsyn.chain.wording import counted

MANY = 3        # moved causes, and at least half of all: it is asked about once
MOST_MOVES = 2  # rows that stand before one that they came after: more than that, and the sheet has been sorted
SORTED = ("Bladet med planen är sorterat, så rubrikerna säger inte längre vilket problem raderna hör till. Orsaker och mål är kvar under de problem "
          "de har i Samsyn.")


@dataclass
class Sections:
    """
    The problems of a file.

    renamed   id of a problem in the file -> the stored one that it is, in other words
    made      id of a problem in the file -> reference, for those that are new
    """

    stored: Plan
    read: Plan
    details: Details
    matched: MatchedRows
    action_at: Mapping[str, Action]
    findings: Findings
    renamed: dict[str, str] = field(default_factory=dict)
    made: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.titles = {row.id: row.title for row in self.read.problems}
        self.by_title: dict[str, str] = {}
        for place, row in enumerate(self.stored.problems, 1):
            self.by_title.setdefault(_title(row.title) or _title(f"Problem {place}"), row.id)
        self.ids = {row.id for row in self.stored.problems}
        self.pair_of = {(pair.row.sheet, pair.row.place): pair for pair in self.matched.pairs}
        self.exported_under = dict(_exported_under(self.details.exported))

    def settle(self) -> None:
        """Note problems that are reworded or gone, and causes and goals that stand under another."""
        under = list(self._under())
        self._note_renamed(under)
        self._note_moved(under)
        self._note_gone(under)

    def problem_of(self, problem: str | None) -> str | None:
        """Return the stored problem that one of the file is, or the reference of a new one; None for none."""
        if problem is None or problem not in self.titles:
            return None
        if problem in self.renamed:
            return self.renamed[problem]
        known = self.by_title.get(_title(self.titles[problem]))
        if known:
            return known
        if problem not in self.made:
            self.made[problem] = f"{FILE}{problem}"
            self.findings.add("problem", self.made[problem], self.titles[problem], {"title": self.titles[problem]}, "")
        return self.made[problem]

    def _under(self) -> Iterator[tuple[RowPair, str, FileRow | None]]:
        """Yield every row that was exported, with the id of the heading it stands under, or a heading that is not known."""
        sheet, known, unknown = "", "", None
        lone = {one.place for one in self.details.lone}
        for row in self.details.file_rows:
            if row.sheet != sheet:
                sheet, known, unknown = row.sheet, "", None
            pair = self.pair_of.get((row.sheet, row.place))
            if pair and pair.exported.kind == "problem":
                known, unknown = pair.exported.id, None
            elif pair:
                yield pair, known, unknown
            elif row.place not in self.action_at and row.place not in lone and _may_be_heading(row):
                known, unknown = "", row

    def _note_renamed(self, under: list[tuple[RowPair, str, FileRow | None]]) -> None:
        missing = {row.id for row in self.matched.missing if row.kind == "problem" and row.id in self.ids}
        owners: dict[str, set[str]] = defaultdict(set)
        read: dict[str, str] = {}
        for pair, _, heading in under:
            if heading is not None:
                owners[heading.place].add(self.exported_under.get((pair.exported.kind, pair.exported.id), ""))
                if problem := self._read_problem(pair):
                    read.setdefault(heading.place, problem)
        for place, problems in owners.items():
            problem = read.get(place, "")
            if len(problems) == 1 and problems <= missing and problem and _title(self.titles[problem]) not in self.by_title:
                self._rename(problem, next(iter(problems)), place)

    def _rename(self, problem: str, stored: str, place: str) -> None:
        title = self.titles[problem]
        if likeness(title, self.findings.label("problem", stored)) >= REWORDED:
            self.renamed[problem] = stored
            self.findings.want("problem", stored, "title", title, place)
            return
        reference = self.made[problem] = f"{FILE}{problem}"
        self.findings.ask_which("problem", reference, title, [stored], {"title": title}, place,
                                f"Rubriken ”{self.findings.label('problem', stored)}” heter ”{title}” i filen. Är det samma problem?")

    def _read_problem(self, pair: RowPair) -> str:
        action = self.action_at.get(pair.row.place)
        if action is None:
            return ""
        rows = {row.id: row.problem for row in self.read.causes} | {row.id: row.problem for row in self.read.goals}
        return next((problem for key in (*action.causes, *action.goals) if (problem := rows.get(key))), "")

    def _note_moved(self, under: list[tuple[RowPair, str, FileRow | None]]) -> None:
        stands: dict[tuple[str, str], set[str | None]] = defaultdict(set)
        problem_of = {(row.kind, row.id): row.problem for row in self.details.exported}
        for pair, known, heading in under:
            own = self.exported_under.get((pair.exported.kind, pair.exported.id), "")
            there = known or (self.problem_of(self._read_problem(pair) or None) if heading else None)
            for kind, role, keys in (("cause", "cause", pair.exported.causes), ("goal", "goal", pair.exported.goals)):
                for key in keys if role not in pair.touched else ():
                    if (kind, key) in self.findings.rows and problem_of.get((kind, key), "") == own:
                        stands[kind, key].add(there)
        moved = {key: next(iter(places)) for key, places in stands.items()
                 if len(places) == 1 and (next(iter(places)) or "") != problem_of.get(key, "")}
        if moved and self._is_sorted(under, moved):
            self.findings.remarks.append(SORTED)
            return
        causes = [key for (kind, key), problem in moved.items() if kind == "cause" and problem not in self.findings.guesses]
        if len(causes) >= MANY and len(causes) * 2 >= sum(kind == "cause" for kind, _ in stands):
            self._ask_all({key: problem for key, problem in moved.items() if problem not in self.findings.guesses})
            moved = {key: problem for key, problem in moved.items() if problem in self.findings.guesses}
        for (kind, key), problem in moved.items():
            self.findings.want(kind, key, "problem", problem, "")

    def _is_sorted(self, under: list[tuple[RowPair, str, FileRow | None]], moved: dict[tuple[str, str], str | None]) -> bool:
        """
        Return whether the sheet has been sorted: no single move does what is seen.

        Rows stand in another order at many places; or rows stand under no heading at all though theirs is there; or a
        heading has lost every row and several causes have moved.
        """
        numbers = [(pair.row.sheet, pair.exported.number) for pair, _, _ in under if pair.exported.number]
        if sum(one[0] == other[0] and one[1] > other[1] for one, other in pairwise(numbers)) > MOST_MOVES:
            return True
        there = {pair.exported.id for pair in self.matched.pairs if pair.exported.kind == "problem"}
        homes = {row.id: row.problem for row in self.details.exported if row.kind in ("cause", "goal")}
        if any(problem is None and homes.get(key, "") in there for (_, key), problem in moved.items()):
            return True
        owned = {problem for (kind, _), problem in self.exported_under.items() if kind != "problem"}
        causes = {key for (kind, key), problem in moved.items() if kind == "cause" and problem not in self.findings.guesses}
        return bool((owned & there) - {known for _, known, _ in under}) and len(causes) >= MANY

    def _ask_all(self, moved: dict[tuple[str, str], str | None]) -> None:
        causes = sum(kind == "cause" for kind, _ in moved)
        words = (f"{counted(causes, 'orsak', 'orsaker').capitalize()} står under andra rubriker i filen än i planen. "
                 "Ska de flyttas till de problem de står under i filen?")
        changes = tuple(Instruction(Doing.SET, kind, key, "problem", problem) for (kind, key), problem in moved.items())
        options = (Option("keep", "Nej, låt dem vara kvar."), Option("move", "Ja, flytta dem.", instructions=changes))
        self.findings.questions.append(Question("ask:sections", "problem", "", "Rubrikerna", words, options, ""))

    def _note_gone(self, under: list[tuple[RowPair, str, FileRow | None]]) -> None:
        kept = set(self.renamed.values())
        asked = set(self.findings.guesses.values())
        for row in self.matched.missing:
            if row.kind == "problem" and row.id in self.ids and row.id not in kept:
                why = "Kan ha fått ett annat namn. Svara på frågan först." if row.id in asked else "Rubriken står inte i filen."
                self.findings.lose("problem", row.id, why)
        missing = {row.id for row in self.matched.missing if row.kind == "problem"}
        self.findings.seen |= {("problem", row.id) for row in self.stored.problems if row.id not in missing - kept}


def _exported_under(exported: tuple[ExportedRow, ...]) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield every printed row with the problem whose heading it stood under."""
    problem = ""
    for row in sorted((row for row in exported if row.number), key=lambda row: row.number):
        if row.kind == "problem":
            problem = row.id
        yield (row.kind, row.id), problem


def _may_be_heading(row: FileRow) -> bool:
    found = {role: there for role, there in row.digests if role in EMPTY_OF}
    return found.get("cause", EMPTY_OF["cause"]) != EMPTY_OF["cause"] and all(
        there == EMPTY_OF[role] for role, there in found.items() if role != "cause")


def _title(title: str) -> str:
    return fold(title).removeprefix("problem:").strip()

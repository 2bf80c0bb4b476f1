"""What a file that came back would change, as a page shows it: row by row, with both texts of every field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import groupby

from samsyn.chain.choices import Choice
from samsyn.chain.plan import InformedOn, Plan
from samsyn.chain.plan_apply import YES, marks, preselected
from samsyn.chain.plan_details import KIND_OF, Value
from samsyn.chain.plan_diff_cells import cell_words
from samsyn.chain.plan_diff_values import KEEP, Change, Gone, New, Option, PlanDiff, Question
from samsyn.chain.plan_findings import Findings, field_words
from samsyn.chain.wording import counted, date_words, listed, number_words
from samsyn.flows.intake.applying import SEPARATOR
from samsyn.flows.intake.coming_again import Difference, at_export

MOST_SHOWN = 3000   # choices on a page
LONG = 240          # characters of two texts together; more is folded
NOTHING = "tomt"
IN_FULL = {"name": "", "title": "", "text": ""}  # what a new row is called: it stands in its heading


@dataclass(frozen=True, slots=True)
class FieldShown:
    """A field with both texts. `name` and `value` are its control's; both empty where nothing can be chosen."""

    name: str
    value: str
    label: str
    before: str
    after: str
    place: str
    is_chosen: bool

    @property
    def is_long(self) -> bool:
        return len(self.before) + len(self.after) > LONG


@dataclass(frozen=True, slots=True)
class RowShown:
    """A row of the plan and its changed fields."""

    kind: str
    label: str
    fields: list[FieldShown]

    @property
    def place(self) -> str:
        """Where in the file the first of them stands; only another place is said again."""
        return self.fields[0].place


@dataclass(frozen=True, slots=True)
class NewShown:
    """A row that only the file has: its other fields as (label, words)."""

    name: str
    value: str
    kind: str
    label: str
    values: list[tuple[str, str]]
    place: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class GoneShown:
    """A row that is not in the file."""

    name: str
    value: str
    kind: str
    label: str
    why: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class OptionShown:
    """An answer. `text` is what would stand in the field, where a field is asked about."""

    value: str
    words: str
    text: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class QuestionShown:
    """
    A question.

    is_both   both have changed a field: its texts are shown beside each other
    before    what the field said when the file was taken out; "" if that is not known
    follows   what else is written if the row is new
    """

    name: str
    label: str
    words: str
    place: str
    options: list[OptionShown]
    is_both: bool
    before: str
    follows: list[FieldShown]


@dataclass(frozen=True, slots=True)
class DifferenceShown:
    """The whole difference. `left_out` is how many choices do not fit on the page."""

    title: str
    changed: list[RowShown]
    new: list[NewShown]
    gone: list[GoneShown]
    questions: list[QuestionShown]
    left_out: int

    @property
    def count(self) -> int:
        return sum(len(row.fields) for row in self.changed) + len(self.new) + len(self.gone) + len(self.questions)


def difference_shown(found: Difference, choices: Mapping[str, str] | None = None) -> DifferenceShown:
    """
    Return a difference as its page shows it.

    choices   what is chosen, as `apply_diff` wants it; None = what is chosen from the start
    """
    maker = _Maker(found, preselected(found.diff) if choices is None else choices)
    diff, left_out = _cut(found.diff)
    return DifferenceShown(headline(found.diff), maker.rows(diff.changed), [maker.new(one) for one in diff.new], [maker.gone(one) for one in diff.gone],
                           [maker.question(one) for one in diff.questions], left_out)


def written_shown(written: PlanDiff, names: Mapping[str, str]) -> list[RowShown]:
    """Return what a file has changed, as its receipt shows it."""
    fields = [(change, FieldShown("", "", change.field_label, value_words(change.stored, names), value_words(change.read, names), change.place, False))
              for change in written.changed]
    return [RowShown(KIND_OF[kind].label, label, [shown for _, shown in rows])
            for (kind, label), rows in groupby(fields, key=lambda one: (one[0].kind, one[0].label))]


def headline(diff: PlanDiff) -> str:
    """Return what differs, as the page's heading."""
    parts = [(len(diff.questions), "fråga", "frågor"), (len(diff.changed), "ändring", "ändringar"), (len(diff.new), "ny rad", "nya rader"),
             (len(diff.gone), "rad borta", "rader borta")]
    words = listed([counted(count, one, many) for count, one, many in parts if count])
    return words[:1].upper() + words[1:]


def value_words(value: Value, names: Mapping[str, str]) -> str:
    """Return the whole of a value as a person reads it. `names` says what rows are called, by id or reference."""
    if value is None or value in ("", ()):
        return NOTHING
    if isinstance(value, Choice):
        return value.label
    if isinstance(value, date):
        return date_words(value)
    if isinstance(value, (Decimal, int)):
        return number_words(value)
    if isinstance(value, tuple):
        return "\n".join(f"{date_words(one.on)} {one.what}".strip() if isinstance(one, InformedOn) else names.get(one, one) for one in value)
    return names.get(value, value)


def names_of(found: Difference) -> dict[str, str]:
    """Return what rows are called, by id or reference."""
    asked = {question.reference: question.label for question in found.diff.questions if question.reference}
    return row_names(found.stored) | asked | {new.id: new.label for new in found.diff.new}


def row_names(plan: Plan) -> dict[str, str]:
    """Return what the rows of a plan are called, by id."""
    findings = Findings(plan)
    return {key: findings.label(kind, key) for kind, key in findings.rows}


def _cut(diff: PlanDiff) -> tuple[PlanDiff, int]:
    """Return the difference with at most MOST_SHOWN choices, and how many were left out. Questions come first."""
    room, kept = MOST_SHOWN, {}
    for name in ("questions", "changed", "new", "gone"):
        kept[name] = getattr(diff, name)[:room]
        room -= len(kept[name])
    left_out = sum(len(getattr(diff, name)) - len(rows) for name, rows in kept.items())
    return PlanDiff(diff.plan, **kept), left_out


class _Maker:
    """Makes the shown parts of one difference."""

    def __init__(self, found: Difference, choices: Mapping[str, str]) -> None:
        self.found, self.choices = found, choices
        self.marks = marks(found.diff, found.stored)
        self.names = names_of(found)
        self.findings = Findings(found.stored)

    def rows(self, changed: Iterable[Change]) -> list[RowShown]:
        by_row: dict[tuple[str, str], list[Change]] = {}
        for change in changed:
            by_row.setdefault((change.kind, change.id), []).append(change)
        return [RowShown(KIND_OF[kind].label, rows[0].label, [self.field(one) for one in rows]) for (kind, _), rows in by_row.items()]

    def field(self, change: Change) -> FieldShown:
        return FieldShown(change.key, self.marks.get(change.key, ""), change.field_label, self.words(change.stored), self.words(change.read),
                          change.place, self.choices.get(change.key) == YES)

    def new(self, new: New) -> NewShown:
        values = [(field_words(new.kind, name)[0], self.words(value)) for name, value in new.values
                  if name not in IN_FULL or len(str(value)) > len(new.label)]
        return NewShown(new.key, self.marks[new.key], KIND_OF[new.kind].label, new.label, values, new.place, self.choices.get(new.key) == YES)

    def gone(self, gone: Gone) -> GoneShown:
        return GoneShown(gone.key, self.marks[gone.key], KIND_OF[gone.kind].label, gone.label, gone.why, self.choices.get(gone.key) == YES)

    def question(self, question: Question) -> QuestionShown:
        before = [at_export(self.found, replace(question, field=name)) for name in (question.field, *question.also)] if question.is_both else []
        was = cell_words(self.words(value) if value not in (None, "") else "" for value in before) if before else ""
        is_known = any(value is not None for value in before)
        return QuestionShown(
            question.key, question.label, question.words, question.place, [self.option(question, one) for one in question.options],
            question.is_both, (was or NOTHING) if is_known else "", [self.field(change) for change in question.follows])

    def option(self, question: Question, option: Option) -> OptionShown:
        text = self.cell(question, option) if question.is_both and (option.instructions or option.key == KEEP) else ""
        return OptionShown(f"{self.marks[question.key]}{SEPARATOR}{option.key}", option.words, text, self.choices.get(question.key) == option.key)

    def cell(self, question: Question, option: Option) -> str:
        """Return what would stand in the field, and in those that share its cell, if an option is chosen."""
        written = {one.field: one.value for one in option.instructions}
        values = [written.get(name, self.findings.value(question.kind, question.id, name)) for name in (question.field, *question.also)]
        return cell_words("" if value in (None, "", ()) else self.words(value) for value in values) or NOTHING

    def words(self, value: Value) -> str:
        return value_words(value, self.names)

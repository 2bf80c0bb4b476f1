"""
What the sheet Detaljer holds: for every kind of row, which fields stand there, and what was read of them again.

The six columns of the form carry some fields (FORM_FIELDS); every other described field stands on Detaljer. The
sheet is derived from `fields_of`, so that a new field of the plan needs nothing here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from hashlib import blake2b
from itertools import count
from typing import Any

from samsyn.chain.choices import Choice, FormFace
from samsyn.chain.field import Field, Kind, fields_of
from samsyn.chain.plan import (
    Action, Bundle, Cause, CheckIn, Commitment, DecisionAsked, Face, FollowUpPlan, Goal, InformedOn, Lesson, Plan, Problem, Step,
)
from samsyn.chain.wording import clipped, date_words, local_day

Value = str | int | Decimal | date | bool | Choice | tuple[str, ...] | tuple[InformedOn, ...] | None
ReadValue = str | int | Decimal | date | tuple[str, ...] | tuple[InformedOn, ...] | None
"""What can be read of a cell: as Value, but a choice is its code, since only the column knows which choice."""
RowKey = tuple[str, str]
"""(kind, id)"""

FORM_FIELDS: dict[str, tuple[str, ...]] = {
    "problem": ("title",),
    "cause": ("number", "text"),
    "goal": ("text",),
    "action": ("number", "text", "responsible", "responsible_organisation", "responsible_email", "responsible_phone", "others",
               "due_on", "due_typed", "followed_up"),
}
FORM_ROLES = ("cause", "action", "goal", "when", "responsible", "status", "fill")
"""The six columns, by the field names of ReadColumn, and the colour of the sixth."""

FIELDS_OF_ROLE: dict[str, tuple[str, ...]] = {
    "action": ("number", "text"), "when": ("due_on", "due_typed"), "start": ("start_on",),
    "responsible": ("responsible", "responsible_organisation", "responsible_phone", "responsible_email", "others"),
}
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
DIGEST_LENGTH = 7


@dataclass(frozen=True, slots=True)
class DetailColumn:
    """
    A column of the sheet Detaljer.

    name      the attribute, or an own name for what is not described ("party", "action")
    links     the kind of the rows it points to, "" if it is no link; `many` when it holds several
    is_read   False for what is shown only: history, signatures
    """

    name: str
    label: str
    kind: Kind = Kind.LINE
    choices: type[Choice] | None = None
    max_length: int = 300
    links: str = ""
    many: bool = False
    is_read: bool = True


@dataclass(frozen=True, slots=True)
class DetailKind:
    """A kind of row. `stands_alone` = it has no row in the form: it comes and goes with its row on Detaljer."""

    code: str
    label: str
    columns: tuple[DetailColumn, ...]
    rows: Callable[[Plan], Iterable[tuple[str, Any]]]
    stands_alone: bool = False

    @property
    def is_read(self) -> bool:
        """Whether anything of it is read in again."""
        return any(column.is_read for column in self.columns)

    def column(self, name: str) -> DetailColumn:
        """Return a column by name. Raises KeyError."""
        return {column.name: column for column in self.columns}[name]


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step with the action it belongs to: the fields of the step are reached through it."""

    action: str
    step: Step


@dataclass(frozen=True, slots=True)
class CheckInRow:
    """A check-in with the action it is of."""

    action: str
    check_in: CheckIn


@dataclass(frozen=True, slots=True)
class FaceRow:
    """One side of an action's face. `side` is "Genomförande" or "Resultat"."""

    action: str
    side: str
    face: Face


# ---- what was read of a file again ----

@dataclass(frozen=True, slots=True)
class DetailCell:
    """
    One cell of Detaljer.

    value     as its column's kind has it, a choice by its code; links are ids, or the words that stood there; None where nothing stood
    typed     as it stood
    touched   True if it has changed since the export; None if that is not known
    readable  False if `typed` could not be made a value
    """

    field: str
    value: ReadValue
    typed: str
    touched: bool | None
    readable: bool = True


@dataclass(frozen=True, slots=True)
class DetailRow:
    """
    A row of Detaljer. `id` "" = a new row; `plan` is the id of the plan that the sheet says it belongs to.

    control   digests of its cells as they were exported; empty if they are gone
    """

    plan: str
    kind: str
    id: str
    cells: tuple[DetailCell, ...]
    place: str
    control: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExportedRow:
    """
    A row of the form as it was exported: problem (a heading), cause or goal (alone on their row), action.

    number    the sheet's row, in the order of the export; 0 if the row was not printed (its cause stands beside an action)
    causes, goals  ids that the row named
    problem   id of the problem, for causes and goals
    digests   one for each of FORM_ROLES; empty if it was not printed
    is_blank  True if nothing stood in its cells: no such row comes back
    """

    plan: str
    kind: str
    id: str
    number: int
    causes: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    problem: str = ""
    digests: tuple[str, ...] = ()
    is_blank: bool = False

    def digest(self, role: str) -> str:
        """Return the digest of one cell, "" if the row was not printed."""
        return self.digests[FORM_ROLES.index(role)] if role in FORM_ROLES and self.digests else ""


@dataclass(frozen=True, slots=True)
class FileRow:
    """
    A row of the form in the file that came back.

    place     as Action.place says it
    digests   (role, digest) of the cells whose columns are there
    extra     what stands in columns that the form does not have, as "Rubrik: text" lines
    colour    what the fill of the sixth cell says, or None
    """

    place: str
    sheet: str
    digests: tuple[tuple[str, str], ...]
    extra: str = ""
    colour: FormFace | None = None


@dataclass(frozen=True, slots=True)
class LoneText:
    """A cause or goal that stands on a row of its own in the file."""

    kind: str
    number: int | None
    text: str
    place: str


@dataclass(frozen=True, slots=True)
class DetailSheet:
    """What a sheet Detaljer says of itself. `digests` are those of all ids that were exported; `kinds` those whose headers are there."""

    plan: str
    plan_name: str
    exported_on: str
    digests: tuple[str, ...]
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Details:
    """
    What a file says besides the plan: the sheets Detaljer, and the form's rows as they stand.

    remarks   what the reader has to tell, sentences
    """

    sheets: tuple[DetailSheet, ...] = ()
    rows: tuple[DetailRow, ...] = ()
    exported: tuple[ExportedRow, ...] = ()
    file_rows: tuple[FileRow, ...] = ()
    lone: tuple[LoneText, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Printed:
    """
    What the stored plan would print today.

    digests     (kind, id) -> name of field or role -> digest
    read_back   id of an action -> what the importer reads out of its row: equal to what came back = nothing has changed
    """

    digests: dict[RowKey, dict[str, str]]
    read_back: dict[str, Action]


@lru_cache(maxsize=2 ** 16)  # most cells of a column are empty or alike
def digest(name: str, text: str) -> str:
    """Return seven letters that stand for a text in the field or role `name`. No figures: they could look like a personal number."""
    plain = "\n".join(line for line in (" ".join(line.split()) for line in text.split("\n")) if line)
    rest = int.from_bytes(blake2b(f"{name}\0{plain}".encode("utf-8", "replace"), digest_size=5).digest(), "big")
    signs = []
    for _ in range(DIGEST_LENGTH):
        rest, place = divmod(rest, len(LETTERS))
        signs.append(LETTERS[place])
    return "".join(signs)


def row_label(row: Any) -> str:
    """Return what a row is called in a list: at most 80 characters, without brackets."""
    words = _words_of(row)
    return clipped(words.replace("[", "(").replace("]", ")"), 80)


def _words_of(row: Any) -> str:
    match row:
        case Plan():
            return row.name
        case Problem():
            return row.title
        case Cause():
            return f"{row.number}. {row.text}" if row.number is not None else row.text
        case Action():
            return f"{row.number} {row.text}".strip()
        case StepRow():
            return row.step.text
        case CheckInRow():
            return f"Avstämning {date_words(row.check_in.at)}"
        case FaceRow():
            return row.side
        case FollowUpPlan():
            return "Uppföljningsplanen"
        case _:
            return str(getattr(row, "text", ""))


def value_of(row: Any, column: DetailColumn) -> Value:
    """Return what a row holds in a column."""
    inner = {StepRow: "step", CheckInRow: "check_in", FaceRow: "face"}.get(type(row), "")
    owner = row if not inner or column.name in ("action", "side") else getattr(row, inner)
    found: Value = getattr(owner, column.name)
    if column.links:
        return found if isinstance(found, tuple) else ((found,) if found else ())  # type: ignore[return-value]
    return found


def _described(row_class: type, without: Iterable[str] = ()) -> tuple[DetailColumn, ...]:
    return tuple(_column(about) for name, about in fields_of(row_class).items() if name not in without)


def _column(about: Field) -> DetailColumn:
    label = f"{about.label} ({about.unit})" if about.unit else about.label
    return DetailColumn(about.name, label, about.kind, about.choices, about.max_length)


def _shown(columns: Iterable[DetailColumn]) -> tuple[DetailColumn, ...]:
    return tuple(DetailColumn(c.name, c.label, c.kind, c.choices, c.max_length, c.links, c.many, is_read=False) for c in columns)


_ACTION = DetailColumn("action", "Åtgärden", Kind.LINK, links="action")
_BY = (DetailColumn("at", "När", Kind.DATE), DetailColumn("by", "Av"))


def _by_id(name: str) -> Callable[[Plan], Iterable[tuple[str, Any]]]:
    return lambda plan: [(row.id, row) for row in getattr(plan, name)]


def _faces(plan: Plan) -> Iterable[tuple[str, FaceRow]]:
    for action in plan.actions:
        for side, face in (("Genomförande", action.implementation), ("Resultat", action.result)):
            if face is not None:
                yield f"{action.id}:{side}", FaceRow(action.id, side, face)


DETAIL_KINDS: tuple[DetailKind, ...] = (
    DetailKind("plan", "Plan", (
        *(column for column in _described(Plan) if column.name != "adopted_on"),
        *_shown(column for column in _described(Plan) if column.name == "adopted_on")), lambda plan: [(plan.id, plan)]),
    DetailKind("problem", "Problem", _described(Problem, FORM_FIELDS["problem"]), _by_id("problems")),
    DetailKind("cause", "Orsak", _described(Cause, FORM_FIELDS["cause"]), _by_id("causes")),
    DetailKind("goal", "Mål", _described(Goal, FORM_FIELDS["goal"]), _by_id("goals")),
    DetailKind("action", "Åtgärd", (
        *_described(Action, FORM_FIELDS["action"]),
        DetailColumn("depends_on", "Väntar på", Kind.LINK, links="action", many=True),
        DetailColumn("bundle", "Kombination", Kind.LINK, links="bundle")), _by_id("actions")),
    DetailKind("step", "Moment", (_ACTION, *_described(Step)),
               lambda plan: [(step.id, StepRow(action.id, step)) for action in plan.actions for step in action.steps], stands_alone=True),
    DetailKind("bundle", "Kombination", _described(Bundle), _by_id("bundles"), stands_alone=True),
    DetailKind("commitment", "Åtagande", (
        DetailColumn("party", "Part"), _ACTION, DetailColumn("goal", "Målet", Kind.LINK, links="goal"), *_described(Commitment),
        DetailColumn("signed_by", "Bekräftat av", is_read=False), DetailColumn("signed_on", "Bekräftat", Kind.DATE, is_read=False),
        DetailColumn("on_behalf", "För partens räkning", is_read=False)), _by_id("commitments"), stands_alone=True),
    DetailKind("follow_up", "Uppföljningsplan", (
        *_described(FollowUpPlan), DetailColumn("informed_on", "Dagar då styrgruppen informeras", Kind.TEXT, max_length=5000)),
        lambda plan: [(plan.follow_up.id, plan.follow_up)] if plan.follow_up else [], stands_alone=True),
    DetailKind("lesson", "Lärdom", (_ACTION, *_described(Lesson), *_shown(_BY)), _by_id("lessons"), stands_alone=True),
    DetailKind("decision", "Beslut att ta", (_ACTION, *_described(DecisionAsked)), _by_id("decisions_asked"), stands_alone=True),
    DetailKind("check_in", "Avstämning", _shown((
        _ACTION, *_BY, DetailColumn("on_behalf_of", "För"), *_described(CheckIn))),
        lambda plan: [(one.id, CheckInRow(action.id, one)) for action in plan.actions for one in action.check_ins]),
    DetailKind("face", "Gubbe", _shown((
        _ACTION, DetailColumn("side", "Sida"), DetailColumn("value", "Satt till", Kind.CHOICE), *_BY, DetailColumn("why", "Varför"),
        DetailColumn("rests_on", "Bygger på", Kind.CHOICE))), _faces),
)
"""Every kind of row on Detaljer, in the order it stands."""

KIND_OF: dict[str, DetailKind] = {kind.code: kind for kind in DETAIL_KINDS}


def cause_numbers(plan: Plan) -> dict[str, int]:
    """Return a number for every cause: its own, or the next free one if it has none or shares it with an earlier cause."""
    taken: set[int] = set()
    numbers: dict[str, int] = {}
    for cause in plan.causes:
        if cause.number is not None and cause.number > 0 and cause.number not in taken:
            numbers[cause.id] = cause.number
            taken.add(cause.number)
    free = (number for number in count(1) if number not in taken)
    return numbers | {cause.id: next(free) for cause in plan.causes if cause.id not in numbers}


def rows_by_key(plan: Plan) -> dict[RowKey, Any]:
    """Return every row of the plan that stands on Detaljer, by kind and id."""
    return {(kind.code, key): row for kind in DETAIL_KINDS for key, row in kind.rows(plan)}


def day_of(value: object) -> date | None:
    """Return the day of a date or a moment."""
    return local_day(value) if isinstance(value, datetime) else value if isinstance(value, date) else None

"""
The difference between a plan and a file, as frozen values: what is new, changed and gone, and what must be asked.

A row that only the file has is known by a reference, "file:a7", until it is written. Nothing is chosen here:
`apply_diff` in samsyn.chain.plan_apply makes instructions of what somebody has chosen.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from samsyn.chain.plan_details import RowKey, Value

FILE = "file:"
KEEP = "keep"


class Doing(Enum):
    """What an instruction asks for: a new row, a value of a field, or that a row is withdrawn."""

    ADD = "add"
    SET = "set"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True)
class Instruction:
    """
    One thing to write. `id` is a row's id, or the reference of a row that an earlier instruction adds.

    field, value   for SET; "" and None otherwise. Links are ids: one or None, or a tuple where the field holds several
    """

    doing: Doing
    kind: str
    id: str
    field: str = ""
    value: Value = None


@dataclass(frozen=True, slots=True)
class Change:
    """A field that the file has another value for. `label` says which row, `field_label` which field."""

    key: str
    kind: str
    id: str
    label: str
    field: str
    field_label: str
    stored: Value
    read: Value
    place: str


@dataclass(frozen=True, slots=True)
class New:
    """A row that only the file has, with its fields. `id` is its reference."""

    key: str
    kind: str
    id: str
    label: str
    values: tuple[tuple[str, Value], ...]
    place: str


@dataclass(frozen=True, slots=True)
class Gone:
    """A row that was exported, or stands in the plan, but not in the file. `why` says what is known of it."""

    key: str
    kind: str
    id: str
    label: str
    why: str


@dataclass(frozen=True, slots=True)
class Option:
    """
    An answer to a question.

    takes         the id of the row that the file's row is; "" if it is none
    instructions  what to write if it is chosen, besides the question's `follows`
    """

    key: str
    words: str
    takes: str = ""
    instructions: tuple[Instruction, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """
    What must be answered by a person.

    reference  the file's row that is asked about, "" if the question is about a field
    follows    changes that depend on the answer: those that then change nothing are left out
    field      the field that is asked about, "" if the question is about a row
    is_both    True if the field has been changed both in the file and in Samsyn since the export
    also       the other fields of the same cell that the answer decides too
    """

    key: str
    kind: str
    id: str
    label: str
    words: str
    options: tuple[Option, ...]
    place: str
    reference: str = ""
    follows: tuple[Change, ...] = ()
    field: str = ""
    is_both: bool = False
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanDiff:
    """
    What importing a file would mean for a plan.

    same      rows that stand unchanged in both
    remarks   sentences: what was named and left alone
    """

    plan: str
    new: tuple[New, ...] = ()
    changed: tuple[Change, ...] = ()
    gone: tuple[Gone, ...] = ()
    questions: tuple[Question, ...] = ()
    same: tuple[RowKey, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether the file changes nothing and asks nothing."""
        return not (self.new or self.changed or self.gone or self.questions)

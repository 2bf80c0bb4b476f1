"""How one field is described, once: forms, tables, Excel, report and history read it from here."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from enum import Enum
from functools import cache
from typing import Any

from samsyn.chain.choices import Choice


class Kind(Enum):
    """What a field holds, and so how it is asked for and shown."""

    LINE = "line"          # one row of text
    TEXT = "text"          # several rows of text
    DATE = "date"          # datetime.date or None
    CHOICE = "choice"      # a Choice or None
    NUMBER = "number"      # Decimal or None, with a unit
    WHOLE = "whole"        # int or None
    EMAIL = "email"
    PHONE = "phone"
    LINK = "link"          # the id of another row, or a tuple of ids: never typed


class Section(Enum):
    """Which part of a form a field stands in. A field without one stands with the field before it."""

    WHAT = "Vad och varför"
    WHO = "Vem och när"
    GOING = "Hur det går"
    MORE = "Mer"
    SMART = "Är målet SMART? Fem frågor"

    @property
    def is_folded(self) -> bool:
        """Whether the part is folded while nothing in it is asked for."""
        return self in (Section.GOING, Section.MORE, Section.SMART)


class DataClass(Enum):
    """Who may see it. A field has exactly one."""

    OPEN = "open"
    COLLABORATION = "collaboration"
    CONFIDENTIAL = "confidential"


@dataclass(frozen=True)
class Field:
    """
    One field of a row of the plan.

    name         the attribute's name
    label        what a user reads above it
    help         one sentence that helps a person answer; may be empty
    kind         what it holds
    max_length   characters, for LINE and TEXT
    choices      the closed words, for CHOICE
    unit         of a number ("timmar", "kr"); empty otherwise
    column       the header in an exported sheet
    section      the part of a form where it begins, or None
    """

    name: str
    label: str
    help: str
    kind: Kind
    max_length: int
    choices: type[Choice] | None
    unit: str
    column: str
    data_class: DataClass
    section: Section | None = None


def described(
    label: str,
    help: str = "",
    *,
    kind: Kind = Kind.LINE,
    max_length: int | None = None,
    choices: type[Choice] | None = None,
    unit: str = "",
    column: str = "",
    default: Any = "",
    data_class: DataClass = DataClass.COLLABORATION,
    section: Section | None = None,
) -> Any:
    """Describe a dataclass field so that `fields_of` finds it. `column` defaults to the label."""
    length = max_length or (5000 if kind is Kind.TEXT else 300)
    about = {"label": label, "help": help, "kind": Kind.CHOICE if choices else kind, "max_length": length,
             "choices": choices, "unit": unit, "column": column or label, "data_class": data_class, "section": section}
    return field(default=default, metadata={"samsyn": about})


@cache
def fields_of(row_class: type) -> dict[str, Field]:
    """Return the described fields of a row class by name, in the order they are written. Undescribed ones (ids) are left out."""
    return {f.name: Field(name=f.name, **f.metadata["samsyn"]) for f in fields(row_class) if "samsyn" in f.metadata}

"""An edit as a form sends it, what can come in its way, and a row's values as the tables want them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from samsyn.chain.field import fields_of
from samsyn.chain.merge import Merge


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """
    What a person sent.

    values    field -> new value, as the chain has it (a Choice or its code, a date, a tuple of ids for links)
    base      field -> the value the form was filled with when it was opened
    version   the row's version then
    """

    values: Mapping[str, Any]
    base: Mapping[str, Any]
    version: int


@dataclass(frozen=True, slots=True)
class Saved:
    """What came of an edit: the fields that somebody else had changed meanwhile and that were kept."""

    from_theirs: tuple[str, ...] = ()


def as_stored(row: Any) -> dict[str, Any]:
    """Return the described values of a row of the chain as the tables want them: a choice that is not made is an empty text."""
    row_class: type = type(row)
    return {name: "" if about.choices and getattr(row, name) is None else getattr(row, name) for name, about in fields_of(row_class).items()}


class Collided(Exception):
    """Somebody else has changed the same field to something else. Nothing is saved; `merge` holds both texts."""

    def __init__(self, merge: Merge, version: int, by: str) -> None:
        super().__init__("Någon annan har ändrat samma fält.")
        self.merge = merge
        self.version = version
        self.by = by


class Gone(Exception):
    """The row is not there (any more) in this partnership."""

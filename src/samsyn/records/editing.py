"""An edit as a form sends it, and what can come in its way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

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


class Collided(Exception):
    """Somebody else has changed the same field to something else. Nothing is saved; `merge` holds both texts."""

    def __init__(self, merge: Merge, version: int, by: str) -> None:
        super().__init__("Någon annan har ändrat samma fält.")
        self.merge = merge
        self.version = version
        self.by = by


class Gone(Exception):
    """The row is not there (any more) in this partnership."""

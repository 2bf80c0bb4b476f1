"""What has changed between two states of the same plan: rows that are new, gone or say something else. Rows are matched by id."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from samsyn.chain.choices import Choice
from samsyn.chain.field import Field, fields_of
from samsyn.chain.plan import Action, Bundle, Cause, Commitment, Goal, Lesson, Plan, Problem
from samsyn.chain.rows import name_of_action, name_of_cause, name_of_goal, name_of_problem
from samsyn.chain.wording import date_words, number_words

EMPTY = "tomt"


@dataclass(frozen=True, slots=True)
class ChangedField:
    """A field's words before and after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RowChange:
    """
    One row that is not as it was.

    sort   "new", "gone" or "changed"
    kind   Swedish word for what it is: "Åtgärd"
    """

    sort: str
    kind: str
    id: str
    name: str
    fields: tuple[ChangedField, ...] = ()


KINDS: tuple[tuple[str, str, type, Callable[[Any], str]], ...] = (
    ("problems", "Problem", Problem, name_of_problem), ("causes", "Orsak", Cause, name_of_cause), ("goals", "Mål", Goal, name_of_goal),
    ("actions", "Åtgärd", Action, name_of_action), ("bundles", "Kombination", Bundle, lambda row: row.text),
    ("commitments", "Åtagande", Commitment, lambda row: f"{row.party}: {row.text}"), ("lessons", "Lärdom", Lesson, lambda row: row.text),
)


def changes_between(before: Plan, after: Plan) -> tuple[RowChange, ...]:
    """Return what has changed in the plan's own fields and rows, in the order of the chain. Faces and check-ins are no part of it."""
    found = list(_changed(Plan, "Planen", before.name, before, after))
    for rows, kind, row_class, name_of in KINDS:
        was, now = {r.id: r for r in getattr(before, rows)}, {r.id: r for r in getattr(after, rows)}
        found += [RowChange("new", kind, key, name_of(row)) for key, row in now.items() if key not in was]
        for key, row in now.items():
            if key in was:
                found += _changed(row_class, kind, name_of(row), was[key], row)
        found += [RowChange("gone", kind, key, name_of(row)) for key, row in was.items() if key not in now]
    return tuple(found)


def _changed(row_class: type, kind: str, name: str, before: Any, after: Any) -> Iterable[RowChange]:
    fields = [ChangedField(f.label, _words(f, getattr(before, n)), _words(f, getattr(after, n)))
              for n, f in fields_of(row_class).items() if getattr(before, n) != getattr(after, n)]
    if isinstance(before, Action):
        fields += _links(before, after)
    if fields:
        yield RowChange("changed", kind, before.id, name, tuple(fields))


def _links(before: Action, after: Action) -> Iterable[ChangedField]:
    for name, label in (("causes", "Orsaker"), ("goals", "Mål"), ("depends_on", "Väntar på")):
        was, now = set(getattr(before, name)), set(getattr(after, name))
        if was != now:
            yield ChangedField(label, f"{len(was)} kopplade", f"{len(now)} kopplade")


def _words(about: Field, value: Any) -> str:
    if value in (None, ""):
        return EMPTY
    if isinstance(value, Choice):
        return value.label
    if isinstance(value, date):
        return date_words(value)
    if isinstance(value, Decimal):
        return f"{number_words(value)} {about.unit}".strip()
    return str(value)

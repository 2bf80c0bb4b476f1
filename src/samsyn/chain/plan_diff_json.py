"""
A difference, and what a file's sheet Detaljer said, as JSON with named keys: kept while somebody looks at the preview.

Fields that have their default are left out. A value of a field of the plan says itself what it is: {"date": ...},
{"decimal": ...}, {"choice": [class, code]}, {"informed": [day, what]}; texts, whole numbers, truths and null are as they are.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from samsyn.chain import choices
from samsyn.chain.choices import Choice
from samsyn.chain.plan import InformedOn
from samsyn.chain.plan_details import Details
from samsyn.chain.plan_diff_values import PlanDiff
from samsyn.chain.values_json import NotAsDeclared, Tag, telling


class NotADifference(ValueError):
    """The JSON is not what this module writes."""


def diff_to_json(diff: PlanDiff) -> dict[str, Any]:
    """Return the difference as plain dicts, lists, texts, numbers and truths."""
    found: dict[str, Any] = _SHAPE.plain(diff)
    return found


def diff_from_json(kept: Any) -> PlanDiff:
    """Return the difference that `diff_to_json` gave. Raises NotADifference if it is anything else."""
    found: PlanDiff = _restored(PlanDiff, kept)
    return found


def details_to_json(details: Details) -> dict[str, Any]:
    """Return what the sheet Detaljer said as plain values, to be kept beside the reading of the form."""
    found: dict[str, Any] = _SHAPE.plain(details)
    return found


def details_from_json(kept: Any) -> Details:
    """Return the details that `details_to_json` gave. Raises NotADifference if it is anything else."""
    found: Details = _restored(Details, kept)
    return found


def _restored(row_class: type, kept: Any) -> Any:
    try:
        return _SHAPE.restored(row_class, kept)
    except NotAsDeclared as fault:
        raise NotADifference("Det som sparades av jämförelsen går inte att tolka. Läs in filen igen.") from fault


def _choice(inner: list[str]) -> Choice:
    name, code = inner
    found = getattr(choices, name)
    if not (isinstance(found, type) and issubclass(found, Choice)):
        raise TypeError(name)
    return found(code)


def _informed(inner: list[str]) -> InformedOn:
    day, what = inner
    return InformedOn(on=date.fromisoformat(day), what=what)


_SHAPE = telling(
    Tag("choice", Choice, lambda choice: [type(choice).__name__, str(choice)], _choice),
    Tag("informed", InformedOn, lambda told: [told.on.isoformat(), told.what], _informed), leaves_out_defaults=True)

"""
A difference, and what a file's sheet Detaljer said, as JSON with named keys: kept while somebody looks at the preview.

Fields that have their default are left out. A value of a field of the plan says itself what it is: {"date": ...},
{"decimal": ...}, {"choice": [class, code]}, {"informed": [day, what]}; texts, whole numbers, truths and null are as they are.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from samsyn.chain import choices
from samsyn.chain.choices import Choice
from samsyn.chain.plan import InformedOn
from samsyn.chain.plan_details import Details
from samsyn.chain.plan_diff_values import PlanDiff

Decoder = Callable[[Any], Any]
Kept = TypeVar("Kept", PlanDiff, Details)


class NotADifference(ValueError):
    """The JSON is not what this module writes."""


def diff_to_json(diff: PlanDiff) -> dict[str, Any]:
    """Return the difference as plain dicts, lists, texts, numbers and truths."""
    found: dict[str, Any] = _plain(diff)
    return found


def diff_from_json(kept: Any) -> PlanDiff:
    """Return the difference that `diff_to_json` gave. Raises NotADifference if it is anything else."""
    return _restored(PlanDiff, kept)


def details_to_json(details: Details) -> dict[str, Any]:
    """Return what the sheet Detaljer said as plain values, to be kept beside the reading of the form."""
    found: dict[str, Any] = _plain(details)
    return found


def details_from_json(kept: Any) -> Details:
    """Return the details that `details_to_json` gave. Raises NotADifference if it is anything else."""
    return _restored(Details, kept)


def _restored(row_class: type[Kept], kept: Any) -> Kept:
    made_of: Any = row_class
    try:
        found: Kept = _row(made_of)(kept)
    except (TypeError, ValueError, KeyError, ArithmeticError, AttributeError) as fault:
        raise NotADifference("Det som sparades av jämförelsen går inte att tolka. Läs in filen igen.") from fault
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, InformedOn):
        return {"informed": [value.on.isoformat(), value.what]}
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value) if f.default is MISSING or getattr(value, f.name) != f.default}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Choice):
        return {"choice": [type(value).__name__, str(value)]}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return {"date": value.isoformat()}
    return {"decimal": str(value)} if isinstance(value, Decimal) else value


@cache
def _decoder(declared: Any) -> Decoder:
    """Return the function that makes the declared type of what JSON holds."""
    origin, arguments = get_origin(declared), get_args(declared)
    if origin in (Union, UnionType):
        kinds = [one for one in arguments if one is not NoneType]
        return _value if len(kinds) > 1 or issubclass(kinds[0], Choice) else _or_none(_decoder(kinds[0]))
    if origin is tuple:
        return _sequence(arguments)
    if is_dataclass(declared) and isinstance(declared, type):
        return _row(declared)
    return declared if isinstance(declared, type) and issubclass(declared, Enum) else _exactly(declared)


def _or_none(inner: Decoder) -> Decoder:
    return lambda value: None if value is None else inner(value)


def _exactly(kind: type) -> Decoder:
    def decode(value: Any) -> Any:
        if type(value) is not kind:
            raise TypeError(kind.__name__)
        return value

    return decode


def _sequence(arguments: tuple[Any, ...]) -> Decoder:
    if arguments[-1] is not Ellipsis:
        each = tuple(_decoder(one) for one in arguments)
        return lambda value: tuple(make(one) for make, one in zip(each, value, strict=True))
    make_one = _decoder(arguments[0])
    return lambda value: tuple(make_one(one) for one in _exactly(list)(value))


@cache
def _row(row_class: Any) -> Decoder:
    hints = get_type_hints(row_class)
    each = [(f.name, _decoder(hints[f.name]), f.default) for f in fields(row_class)]

    def decode(value: Any) -> Any:
        given = _exactly(dict)(value)
        return row_class(**{name: make(given[name]) for name, make, default in each if name in given or default is MISSING})

    return decode


def _value(kept: Any) -> Any:
    """Return a value of a field of the plan."""
    if isinstance(kept, list):
        return tuple(_value(one) for one in kept)
    if not isinstance(kept, dict):
        if not isinstance(kept, (str, int, bool, NoneType)):
            raise TypeError(type(kept).__name__)
        return kept
    (tag, inner), = kept.items()
    return _TAGGED[tag](inner)


def _choice(inner: list[str]) -> Choice:
    name, code = inner
    found = getattr(choices, name)
    if not (isinstance(found, type) and issubclass(found, Choice)):
        raise TypeError(name)
    return found(code)


_TAGGED: dict[str, Decoder] = {
    "date": date.fromisoformat, "decimal": Decimal, "choice": _choice,
    "informed": lambda inner: InformedOn(on=date.fromisoformat(inner[0]), what=inner[1])}

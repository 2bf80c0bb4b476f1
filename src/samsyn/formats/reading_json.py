"""
What was understood of a file as JSON with named keys: kept with the file until somebody has answered.

Values that are a field's default are left out, and a field that is not there gets its default: a reading that waits
is still readable when the reader has learnt something more.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from samsyn.formats.reading import PlanReading

Decoder = Callable[[Any], Any]


class NotAReading(ValueError):
    """The JSON is not what `reading_to_json` writes."""


def reading_to_json(reading: PlanReading) -> dict[str, Any]:
    """Return the reading as plain dicts, lists, texts, numbers and truths."""
    found: dict[str, Any] = _plain(reading)
    return found


def reading_from_json(kept: Any) -> PlanReading:
    """Return the reading that `reading_to_json` gave. Raises NotAReading if it is anything else."""
    try:
        found: PlanReading = _decoder(PlanReading)(kept)
    except (TypeError, ValueError, KeyError) as fault:
        raise NotAReading("Det som sparades av filen går inte att tolka.") from fault
    return found


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {name: _plain(one) for name, default in _defaults(type(value)) if (one := getattr(value, name)) != default or one is None}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


@cache
def _defaults(row_class: type) -> tuple[tuple[str, Any], ...]:
    return tuple((field.name, field.default) for field in fields(row_class))


@cache
def _decoder(declared: Any) -> Decoder:
    """Return the function that makes the declared type of what JSON holds."""
    origin, arguments = get_origin(declared), get_args(declared)
    if origin in (Union, UnionType):
        inner = _decoder(next(one for one in arguments if one is not NoneType))
        return lambda value: None if value is None else inner(value)
    if origin is tuple:
        return _sequence(arguments)
    if declared is date:
        return date.fromisoformat
    if isinstance(declared, type) and issubclass(declared, Enum):
        return declared
    return _row(declared) if is_dataclass(declared) else _exactly(declared)


def _exactly(kind: Any) -> Decoder:
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


def _row(row_class: Any) -> Decoder:
    hints = get_type_hints(row_class)
    each = {name: (_decoder(hints[name]), default) for name, default in _defaults(row_class)}

    def decode(value: Any) -> Any:
        given = {name: make(value[name]) for name, (make, default) in each.items() if name in value or default is MISSING}
        return row_class(**given)

    return decode

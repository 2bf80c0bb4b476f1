"""
Values as JSON, told apart by the type they are declared as: how a result comes back from the child process.

JSON and not pickle: what the child writes has been near a hostile file, and JSON can only become the declared types.
A dataclass is a list of its fields in order, an enum its value, a tuple a list, a date its ISO text; where a date may
also be a text it is {"date": ...} or {"moment": ...}.
"""

from __future__ import annotations

import json
import types
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

Decoder = Callable[[Any], Any]
_PLAIN = (str, bool, int, float)
_TAGGED: dict[type, tuple[str, Decoder]] = {
    datetime: ("moment", datetime.fromisoformat), date: ("date", date.fromisoformat), Decimal: ("decimal", Decimal)}


class NotAsDeclared(ValueError):
    """The JSON does not fit the declared type."""


def encoded(value: Any) -> bytes:
    """Return a value of dataclasses, enums, tuples, lists, dates, decimals and plain values as JSON."""
    return json.dumps(value, default=_plain, ensure_ascii=True, separators=(",", ":")).encode("ascii")


def decoded_as(declared: Any, content: bytes) -> Any:
    """Return the value of the declared type that the JSON holds. Raises NotAsDeclared if it is anything else."""
    try:
        return decoder_of(declared)(json.loads(content))
    except (ValueError, TypeError, KeyError, RecursionError, ArithmeticError) as fault:
        raise NotAsDeclared(str(type(fault).__name__)) from fault


def _plain(value: Any) -> Any:
    """Return what JSON has no word for, in words it has. JSON writes tuples as lists, and enums that are texts as texts."""
    if is_dataclass(value) and not isinstance(value, type):
        return [getattr(value, field.name) for field in fields(value)]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    if isinstance(value, date):
        return {"moment" if isinstance(value, datetime) else "date": value.isoformat()}
    raise TypeError(f"{type(value).__name__} cannot be sent from the child process")


@cache
def decoder_of(declared: Any) -> Decoder:
    """Return the function that makes the declared type of what JSON holds."""
    origin = get_origin(declared)
    if origin in (Union, types.UnionType):
        return _any_of(get_args(declared))
    if origin in (tuple, list, frozenset):
        return _sequence(origin, get_args(declared))
    if declared is type(None) or declared is None:
        return _exactly(type(None))
    if declared in _PLAIN:
        return _number if declared is float else _exactly(declared)
    if declared in _TAGGED:
        return _tagged(*_TAGGED[declared])
    if isinstance(declared, type) and issubclass(declared, Enum):
        return declared
    if isinstance(declared, type) and is_dataclass(declared):
        return _row(declared)
    raise TypeError(f"{declared!r} cannot come from the child process")


def _exactly(kind: type) -> Decoder:
    def decode(value: Any) -> Any:
        if type(value) is not kind:
            raise NotAsDeclared(kind.__name__)
        return value

    return decode


def _number(value: Any) -> float:
    if type(value) not in (int, float):
        raise NotAsDeclared("float")
    return float(value)


def _tagged(tag: str, make: Decoder) -> Decoder:
    def decode(value: Any) -> Any:
        if type(value) is not dict or list(value) != [tag]:
            raise NotAsDeclared(tag)
        return make(value[tag])

    return decode


def _sequence(origin: Any, arguments: tuple[Any, ...]) -> Decoder:
    if origin is tuple and len(arguments) != 2 or arguments[-1:] != (Ellipsis,) and origin is tuple:
        return _fixed(tuple(decoder_of(argument) for argument in arguments))
    each = decoder_of(arguments[0])

    def decode(value: Any) -> Any:
        if type(value) is not list:
            raise NotAsDeclared("list")
        return origin(each(item) for item in value)

    return decode


def _fixed(each: tuple[Decoder, ...]) -> Decoder:
    def decode(value: Any) -> Any:
        if type(value) is not list or len(value) != len(each):
            raise NotAsDeclared("tuple")
        return tuple(make(item) for make, item in zip(each, value, strict=True))

    return decode


def _any_of(arguments: tuple[Any, ...]) -> Decoder:
    """Plain values by their own type; otherwise the first of the declared types that fits."""
    plain = {argument for argument in arguments if argument in _PLAIN or argument is type(None)}
    others = [decoder_of(argument) for argument in arguments if argument not in plain]

    def decode(value: Any) -> Any:
        if type(value) in plain:
            return value
        for make in others:
            try:
                return make(value)
            except (ValueError, TypeError, KeyError):
                continue
        raise NotAsDeclared("union")

    return decode


def _row(declared: Any) -> Decoder:
    hints = get_type_hints(declared)
    each = tuple((field.name, decoder_of(hints[field.name])) for field in fields(declared))

    def decode(value: Any) -> Any:
        if type(value) is not list or len(value) != len(each):
            raise NotAsDeclared(declared.__name__)
        return declared(**{name: make(item) for (name, make), item in zip(each, value, strict=True)})

    return decode

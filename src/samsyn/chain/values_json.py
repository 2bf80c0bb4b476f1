"""
Frozen values as JSON, and back: the one place that knows how. What may come back is read from the values' own type hints.

A Shape says how it is written; reading takes only what the declared type allows, so that JSON which has been near a
hostile file can become nothing else. Objects are read by field name: one that has come since gets its default, one that
has gone is left out. Tuples and sets are lists, an enum is its value, a day, a moment or a decimal is text.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

Reader = Callable[[Any], Any]
FAULTS = (ValueError, TypeError, KeyError, ArithmeticError, AttributeError, RecursionError)
_NATIVE = frozenset({str, bool, int, float, NoneType})


class NotAsDeclared(ValueError):
    """The JSON does not fit the declared type."""


@dataclass(frozen=True, eq=False, slots=True)
class Tag:
    """A kind of value that is written as {name: ...}, so that it is told from a text that looks the same."""

    name: str
    kind: type
    write: Callable[[Any], Any]
    read: Reader


@dataclass(frozen=True, eq=False, slots=True)
class Shape:
    """
    How values are written as JSON.

    tags                 kinds that say themselves what they are, a subclass before its base
    by_place             a row is a list of its fields in order, not an object by field name: short, and never kept
    leaves_out_defaults  fields that have their default are not written
    """

    tags: tuple[Tag, ...] = ()
    by_place: bool = False
    leaves_out_defaults: bool = False

    def plain(self, value: Any) -> Any:
        """Return a value as what JSON has: dict, list, str, int, float, bool or None."""
        opened = value if type(value) in _NATIVE else self.opened(value)
        if isinstance(opened, list):
            return [self.plain(one) for one in opened]
        return {name: self.plain(one) for name, one in opened.items()} if isinstance(opened, dict) else opened

    def text(self, value: Any) -> str:
        """Return a value as JSON in ASCII. It is opened piece by piece, so that a large one is not held twice."""
        assert not any(issubclass(tag.kind, str | int | float) for tag in self.tags), "json.dumps would write such a kind without its tag"
        return json.dumps(value, default=self.opened, ensure_ascii=True, separators=(",", ":"))

    def opened(self, value: Any) -> Any:
        """Return the outermost layer of a value in words that JSON has, what is inside as it is."""
        for tag in self.tags:
            if isinstance(value, tag.kind):
                return {tag.name: tag.write(value)}
        if is_dataclass(value):
            return self._row(value)
        if isinstance(value, (set, frozenset)):
            return sorted(value)
        if isinstance(value, (tuple, list)):
            return list(value)
        if isinstance(value, Enum):
            return value.value
        if isinstance(value, Decimal):
            return str(value)
        if isinstance(value, date):
            return value.isoformat()
        raise TypeError(f"{type(value).__name__} cannot be written as JSON")

    def _row(self, row: Any) -> Any:
        if self.by_place:
            return [getattr(row, field.name) for field in fields(row)]
        row_class: type = type(row)
        whole = {field.name: getattr(row, field.name) for field in fields(row)}
        return {name: one for name, one in whole.items() if one != _defaults(row_class)[name]} if self.leaves_out_defaults else whole

    def restored(self, declared: Any, raw: Any) -> Any:
        """Return what `plain` made as the declared type. Raises NotAsDeclared if it is anything else."""
        try:
            return _reader(self, declared)(raw)
        except FAULTS as fault:
            raise NotAsDeclared(type(fault).__name__) from fault


@cache
def _defaults(row_class: type) -> dict[str, Any]:
    return {field.name: field.default for field in fields(row_class)}


@cache
def _reader(shape: Shape, declared: Any) -> Reader:
    """Return the function that makes the declared type of what JSON holds."""
    origin = get_origin(declared)
    if origin in (Union, UnionType):
        return _any_of(shape, get_args(declared))
    if origin in (tuple, list, frozenset):
        return _sequence(shape, origin, get_args(declared))
    if declared in _NATIVE:
        return _number if declared is float else _exactly(declared)
    assert isinstance(declared, type), f"{declared!r} cannot come from JSON"
    return _single(shape, declared)


def _single(shape: Shape, declared: type) -> Reader:
    for tag in shape.tags:
        if issubclass(declared, tag.kind):
            return _tagged(tag, declared)
    if is_dataclass(declared):
        return (_row_by_place if shape.by_place else _row_by_name)(shape, declared)
    if issubclass(declared, Enum):
        return declared
    if issubclass(declared, date):
        return declared.fromisoformat
    assert declared is Decimal, f"{declared!r} cannot come from JSON"
    return _decimal


def _exactly(kind: type) -> Reader:
    def read(raw: Any) -> Any:
        if type(raw) is not kind:
            raise NotAsDeclared(kind.__name__)
        return raw

    return read


def _number(raw: Any) -> float:
    if type(raw) not in (int, float):
        raise NotAsDeclared("float")
    return float(raw)


def _decimal(raw: Any) -> Decimal:
    return Decimal(_exactly(str)(raw))


def _tagged(tag: Tag, declared: type) -> Reader:
    def read(raw: Any) -> Any:
        if type(raw) is not dict or list(raw) != [tag.name]:
            raise NotAsDeclared(tag.name)
        found = tag.read(raw[tag.name])
        if not isinstance(found, declared):
            raise NotAsDeclared(declared.__name__)
        return found

    return read


def _sequence(shape: Shape, origin: Any, arguments: tuple[Any, ...]) -> Reader:
    if origin is tuple and arguments[-1] is not Ellipsis:
        return _fixed([_reader(shape, one) for one in arguments])
    each = _reader(shape, arguments[0])

    def read(raw: Any) -> Any:
        if type(raw) is not list:
            raise NotAsDeclared("list")
        return origin([each(one) for one in raw])

    return read


def _fixed(each: list[Reader]) -> Reader:
    def read(raw: Any) -> Any:
        if type(raw) is not list or len(raw) != len(each):
            raise NotAsDeclared("tuple")
        return tuple(make(one) for make, one in zip(each, raw, strict=True))

    return read


def _any_of(shape: Shape, arguments: tuple[Any, ...]) -> Reader:
    """Plain values by their own type; otherwise the first of the declared types that fits."""
    native = _NATIVE.intersection(arguments)
    others = [_reader(shape, one) for one in arguments if one not in native]
    if native == {NoneType} and len(others) == 1:
        return lambda raw: None if raw is None else others[0](raw)

    def read(raw: Any) -> Any:
        if type(raw) in native:
            return raw
        for make in others:
            try:
                return make(raw)
            except FAULTS:
                continue
        raise NotAsDeclared("union")

    return read


def _row_by_place(shape: Shape, declared: type) -> Reader:
    hints = get_type_hints(declared)
    each = [(name, _reader(shape, hints[name])) for name in _defaults(declared)]

    def read(raw: Any) -> Any:
        if type(raw) is not list or len(raw) != len(each):
            raise NotAsDeclared(declared.__name__)
        return declared(**{name: make(one) for (name, make), one in zip(each, raw, strict=True)})

    return read


def _row_by_name(shape: Shape, declared: type) -> Reader:
    hints = get_type_hints(declared)
    each = [(name, _reader(shape, hints[name]), default) for name, default in _defaults(declared).items()]

    def read(raw: Any) -> Any:
        if type(raw) is not dict:
            raise NotAsDeclared(declared.__name__)
        return declared(**{name: make(raw[name]) for name, make, default in each if name in raw or default is MISSING})

    return read


KEPT = Shape()
"""For what is kept for years (saved reports, adopted plans): every field is written, whatever its default."""

WAITING = Shape(leaves_out_defaults=True)
"""For what waits some days until somebody has answered."""

_DATED = (
    Tag("moment", datetime, datetime.isoformat, datetime.fromisoformat), Tag("date", date, date.isoformat, date.fromisoformat),
    Tag("decimal", Decimal, str, _decimal),
)


def telling(*tags: Tag, by_place: bool = False, leaves_out_defaults: bool = False) -> Shape:
    """Return a shape for values that may be a text, a day or a number: days, moments and decimals say what they are, and the `tags`."""
    return Shape((*tags, *_DATED), by_place=by_place, leaves_out_defaults=leaves_out_defaults)

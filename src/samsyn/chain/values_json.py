"""
Frozen values as JSON by field name, and back. The shape is read from the values' own type hints.

For what is kept for years (saved reports, adopted plans): a field that has come since then gets its default, and one
that has gone is left out.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints


def plain(value: Any) -> Any:
    """Return a value as what JSON has: dict, list, str, int, bool or None. Days are ISO texts, decimals texts."""
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    if isinstance(value, (set, frozenset)):
        return sorted(plain(one) for one in value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def restored(wanted: Any, raw: Any) -> Any:
    """Return what `plain` made as the wanted type. Raises TypeError or ValueError if it cannot be that."""
    origin = get_origin(wanted)
    if origin in (UnionType, Union):
        return _one_of([kind for kind in get_args(wanted) if kind is not NoneType], raw)
    if origin is tuple:
        return _tuple(get_args(wanted), raw)
    if origin is frozenset:
        return frozenset(restored(get_args(wanted)[0], one) for one in raw)
    if is_dataclass(wanted) and isinstance(wanted, type):
        return _row(wanted, raw)
    return _single(wanted, raw)


def _row(wanted: type, raw: Any) -> Any:
    if not isinstance(raw, dict):
        raise TypeError("an object was expected")
    hints = _hints(wanted)
    return wanted(**{name: restored(hints[name], one) for name, one in raw.items() if name in hints})


def _single(wanted: Any, raw: Any) -> Any:
    if wanted in (date, datetime):
        return wanted.fromisoformat(raw)
    if wanted is Decimal:
        return Decimal(raw)
    if isinstance(wanted, type) and issubclass(wanted, Enum):
        return wanted(raw)
    if not isinstance(raw, wanted):
        raise TypeError(f"{wanted} was expected")
    return raw


def _one_of(kinds: list[Any], raw: Any) -> Any:
    """Return raw as the first of the kinds that it can be; None stays None."""
    if raw is None:
        return None
    for kind in kinds[:-1]:
        try:
            return restored(kind, raw)
        except (TypeError, ValueError):
            continue
    return restored(kinds[-1], raw)


def _tuple(inner: tuple[Any, ...], raw: Any) -> tuple[Any, ...]:
    if not isinstance(raw, list):
        raise TypeError("a list was expected")
    if inner[-1] is Ellipsis:
        return tuple(restored(inner[0], one) for one in raw)
    return tuple(restored(kind, one) for kind, one in zip(inner, raw, strict=True))


@cache
def _hints(row_class: type) -> dict[str, Any]:
    return get_type_hints(row_class)

"""A report as JSON and back. The shape is read from the values' own type hints, so a new field needs nothing here."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from samsyn.chain.report_values import VERSION, Report


class NotAReport(ValueError):
    """The text is not a report of a version this program knows. The message says so in Swedish."""


def to_json(report: Report) -> str:
    """Return the report as JSON: days as 2026-11-21, sums as text, so that nothing is rounded."""
    return json.dumps(plain(report), ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> Report:
    """
    Return the report that `to_json` made the text of.

    raises   NotAReport if the text is something else or of another version
    """
    try:
        raw = json.loads(text)
        if raw["version"] != VERSION:
            raise NotAReport(f"Rapporten är sparad i version {raw['version']}, den här Samsyn läser version {VERSION}.")
        report = _restored(Report, raw)
    except NotAReport:
        raise
    except (ValueError, KeyError, TypeError, ArithmeticError) as error:
        raise NotAReport("Texten är inte en rapport från Samsyn.") from error
    return report  # type: ignore[no-any-return]  # _restored builds what it is asked for


def plain(value: Any) -> Any:
    """Return a value of the report as what JSON has: dict, list, str, int, bool or None."""
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


@cache
def _hints(row_class: type) -> dict[str, Any]:
    return get_type_hints(row_class)


def _restored(wanted: Any, raw: Any) -> Any:
    """Return `raw` as the wanted type; TypeError if it cannot be that."""
    if isinstance(wanted, UnionType):
        return None if raw is None else _restored(next(t for t in get_args(wanted) if t is not NoneType), raw)
    if get_origin(wanted) is tuple:
        return _restored_tuple(get_args(wanted), raw)
    if is_dataclass(wanted) and isinstance(wanted, type):
        if not isinstance(raw, dict):
            raise TypeError("an object was expected")
        hints = _hints(wanted)
        return wanted(**{name: _restored(hints[name], one) for name, one in raw.items()})
    if wanted is date:
        return date.fromisoformat(raw)
    if wanted is Decimal:
        return Decimal(raw)
    if not isinstance(raw, wanted):
        raise TypeError(f"{wanted} was expected")
    return raw


def _restored_tuple(inner: tuple[Any, ...], raw: Any) -> tuple[Any, ...]:
    if not isinstance(raw, list):
        raise TypeError("a list was expected")
    if inner[-1] is Ellipsis:
        return tuple(_restored(inner[0], one) for one in raw)
    return tuple(_restored(kind, one) for kind, one in zip(inner, raw, strict=True))

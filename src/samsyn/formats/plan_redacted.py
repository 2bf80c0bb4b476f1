"""A reading, or minutes, with [person] where a personal identity number stood."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from samsyn.formats.personal_numbers import Certainty, redact, scan

Value = TypeVar("Value")


def without_personal_numbers(values: Value) -> Value:
    """
    Return values with [person] in place of every certain number, in every text of them.

    Days and moments are left as they are: written out, the digits of 09:10:52.890117+00:00 can look like somebody's number.
    """
    return _cleaned(values)


def _cleaned(value: Value) -> Value:
    found: Any = value
    if isinstance(value, str):
        found = redact(value) if type(value) is str else value
    elif isinstance(value, bool):
        found = value
    elif isinstance(value, (int, float)) and float(value).is_integer() and any(one.certainty is Certainty.CERTAIN for one in scan(str(int(value)))):
        found = redact(str(int(value)))
    elif isinstance(value, tuple):
        found = tuple(_cleaned(part) for part in value)
    elif is_dataclass(value) and not isinstance(value, type):
        changed = {one.name: new for one in fields(value) if (new := _cleaned(old := getattr(value, one.name))) is not old}
        found = replace(value, **changed) if changed else value
    return found  # type: ignore[no-any-return]

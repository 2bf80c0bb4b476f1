"""
Values as JSON, told apart by the type they are declared as: how a result comes back from the child process.

JSON and not pickle: what the child writes has been near a hostile file, and JSON can only become the declared types.
Rows are written by place, since both ends are the same program.
"""

from __future__ import annotations

import json
from typing import Any

from samsyn.chain.values_json import FAULTS, NotAsDeclared, telling

_SENT = telling(by_place=True)


def encoded(value: Any) -> bytes:
    """Return a value of dataclasses, enums, tuples, lists, dates, decimals and plain values as JSON."""
    return _SENT.text(value).encode("ascii")


def decoded_as(declared: Any, content: bytes) -> Any:
    """Return the value of the declared type that the JSON holds. Raises NotAsDeclared if it is anything else."""
    try:
        raw = json.loads(content)
    except FAULTS as fault:
        raise NotAsDeclared(type(fault).__name__) from fault
    return _SENT.restored(declared, raw)

"""
What was understood of a file as JSON with named keys: kept with the file until somebody has answered.

A field that is not there gets its default: a reading that waits is still readable when the reader has learnt something more.
"""

from __future__ import annotations

from typing import Any

from samsyn.chain.values_json import WAITING, NotAsDeclared
from samsyn.formats.reading import PlanReading


class NotAReading(ValueError):
    """The JSON is not what `reading_to_json` writes."""


def reading_to_json(reading: PlanReading) -> dict[str, Any]:
    """Return the reading as plain dicts, lists, texts, numbers and truths."""
    found: dict[str, Any] = WAITING.plain(reading)
    return found


def reading_from_json(kept: Any) -> PlanReading:
    """Return the reading that `reading_to_json` gave. Raises NotAReading if it is anything else."""
    try:
        found: PlanReading = WAITING.restored(PlanReading, kept)
    except NotAsDeclared as fault:
        raise NotAReading("Det som sparades av filen går inte att tolka.") from fault
    return found

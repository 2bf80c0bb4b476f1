"""Minutes as JSON by field name, and back: how they are kept."""

from __future__ import annotations

from typing import Any

from samsyn.chain.meeting_values import MinutesContent
from samsyn.chain.values_json import KEPT, NotAsDeclared

VERSION = 1


class NotMinutes(ValueError):
    """The JSON is not minutes of a version this program knows."""


def minutes_to_json(content: MinutesContent) -> dict[str, Any]:
    """Return the minutes as what JSON has, with the version of the shape."""
    return {"version": VERSION, "minutes": KEPT.plain(content)}


def minutes_from_json(raw: Any) -> MinutesContent:
    """Return the minutes that `minutes_to_json` made. Raises NotMinutes if it is something else or of another version."""
    try:
        if raw["version"] != VERSION:
            raise NotMinutes(f"Protokollet är sparat i version {raw['version']}, den här Samsyn läser version {VERSION}.")
        content = KEPT.restored(MinutesContent, raw["minutes"])
    except (KeyError, TypeError, NotAsDeclared) as fault:
        raise NotMinutes("Det är inte ett protokoll från Samsyn.") from fault
    assert isinstance(content, MinutesContent)
    return content

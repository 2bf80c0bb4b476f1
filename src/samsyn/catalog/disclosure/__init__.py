"""Who may see what of counts of persons: one table, `readers.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from samsyn.catalog.load import CatalogFault

READERS = Path(__file__).parent / "readers.yaml"


@dataclass(frozen=True, slots=True)
class ReaderLimits:
    """
    The limits of one kind of reader.

    label        Swedish
    threshold    counts from 1 to threshold - 1 are hidden
    zeros_shown  whether a nought is shown
    base         the fewest persons a share or a mean may rest on
    why          Swedish: why the limits are so
    source       Swedish: where they come from
    """

    label: str
    threshold: int
    zeros_shown: bool
    base: int
    why: str
    source: str


KINDS: Mapping[str, type] = {"label": str, "threshold": int, "zeros_shown": bool, "base": int, "why": str, "source": str}


def limits_in(path: Path) -> Mapping[str, ReaderLimits]:
    """Read a table of readers. Raises CatalogFault for a missing, unknown or wrong key."""
    import yaml

    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(raw, dict) or not raw:
        raise CatalogFault(path, "the file", "shall be a table of readers")
    for name, entry in raw.items():
        if not isinstance(entry, dict) or entry.keys() != KINDS.keys():
            raise CatalogFault(path, str(name), f"shall have the keys {', '.join(KINDS)}")
        for key, kind in KINDS.items():
            if type(entry[key]) is not kind:
                raise CatalogFault(path, f"{name}.{key}", f"shall be {kind.__name__}")
    return MappingProxyType({name: ReaderLimits(**entry) for name, entry in raw.items()})


@cache
def reader_limits() -> Mapping[str, ReaderLimits]:
    """Return the limits of every kind of reader, from the strictest authority outwards."""
    return limits_in(READERS)

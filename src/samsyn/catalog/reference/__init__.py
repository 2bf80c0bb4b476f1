"""Reference cases: numbers that others have published or computed, beside what they were computed from. One YAML file a case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from samsyn.catalog.load import CatalogFault

FOLDER = Path(__file__).parent
TEXTS = ("name", "family", "title", "source", "checked", "note")
KEYS = (*TEXTS, "tolerance", "inputs", "expected")
FAMILIES = ("Personer", "Verksamhet över tid", "Platser", "Jämförelser", "Röjandeskydd")


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far from the expected number one may be: `absolute`, or `relative` as a share of the expected number. One is None."""

    absolute: float | None = None
    relative: float | None = None

    def allowed(self, expected: float) -> float:
        """Return the largest difference allowed, in the unit of the number."""
        return self.absolute if self.absolute is not None else (self.relative or 0.0) * abs(expected)


@dataclass(frozen=True, slots=True)
class Reference:
    """
    A reference case.

    name          the same as the file's
    family        one of FAMILIES
    title, note   Swedish: what is computed, and what to know about it
    source        where the numbers come from
    checked       Swedish: how the numbers have been checked, beside the source
    inputs        mappings, lists, numbers, texts
    expected      mappings and lists with numbers, texts, truth values or None at the ends
    tolerance     for every number that `of` does not name
    of            name of a key anywhere above a number, to its tolerance; the innermost counts
    not_compared  key to Swedish reason: numbers that the library does not compute
    """

    name: str
    family: str
    title: str
    source: str
    checked: str
    note: str
    inputs: Any
    expected: Any
    tolerance: Tolerance
    of: Mapping[str, Tolerance]
    not_compared: Mapping[str, str]


def references_in(folder: Path) -> Mapping[str, Reference]:
    """Return every case of a folder, by name. Raises CatalogFault if there is none, or if one cannot be read."""
    found = {path.stem: read_reference(path) for path in sorted(folder.glob("*.yaml"))}
    if not found:
        raise CatalogFault(folder, "*.yaml", "there is no case here")
    return MappingProxyType(found)


def read_reference(path: Path) -> Reference:
    """Return the case of a file. Raises CatalogFault for a missing, unknown or wrong key."""
    import yaml

    raw = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe
    if not isinstance(raw, dict):
        raise CatalogFault(path, "the file", "shall be keys with values")
    for key in KEYS:
        if raw.get(key) in (None, "", [], {}):
            raise CatalogFault(path, key, "is missing")
    for key in raw.keys() - {*KEYS, "not_compared"}:
        raise CatalogFault(path, str(key), f"is not known; known are {', '.join((*KEYS, 'not_compared'))}")
    if raw["name"] != path.stem:
        raise CatalogFault(path, "name", f"is {raw['name']!r} but the file is called {path.stem!r}")
    if raw["family"] not in FAMILIES:
        raise CatalogFault(path, "family", f"{raw['family']!r} is not known; known are {', '.join(FAMILIES)}")
    tolerance, not_compared = dict(raw["tolerance"]), raw.get("not_compared", {})
    of = {key: _tolerance(path, f"tolerance.of.{key}", one) for key, one in tolerance.pop("of", {}).items()}
    texts = {key: str(raw[key]).strip() for key in TEXTS}
    return Reference(**texts, inputs=raw["inputs"], expected=raw["expected"], tolerance=_tolerance(path, "tolerance", tolerance),
                         of=MappingProxyType(of), not_compared=MappingProxyType(not_compared))  # fmt: skip


def _tolerance(path: Path, key: str, raw: object) -> Tolerance:
    if not isinstance(raw, dict) or len(raw) != 1 or not raw.keys() <= {"absolute", "relative"}:
        raise CatalogFault(path, key, "shall be either absolute or relative")
    ((kind, number),) = raw.items()
    if not isinstance(number, int | float) or isinstance(number, bool) or number < 0:
        raise CatalogFault(path, f"{key}.{kind}", "shall be a number, 0 or above")
    return Tolerance(**{kind: float(number)})


@cache
def references() -> Mapping[str, Reference]:
    """Return every reference case that is shipped, by name."""
    return references_in(FOLDER)

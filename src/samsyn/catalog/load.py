"""
Definitions as data: YAML in, frozen dataclasses out.

Nothing is read before somebody asks, and then once. A faulty definition stops with `CatalogFault`, which names
the file and the key, so that a person who has never seen the code can mend it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping
from dataclasses import MISSING, dataclass, fields
from functools import cache
from pathlib import Path
from string import Formatter
from types import MappingProxyType
from typing import Any

CATALOG = Path(__file__).parent
SEVERITIES = ("must", "should", "consider")
TRACKS = ("development", "line")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
PLACEHOLDERS = frozenset({"row", "other", "count", "day", "other_day", "word"})


class CatalogFault(Exception):
    """A definition cannot be used. The message says which file, which key and what is wrong."""

    def __init__(self, path: Path, key: str, why: str) -> None:
        self.path, self.key, self.why = path, key, why
        super().__init__(f"{path.parent.name}/{path.name}: {key}: {why}")


@dataclass(frozen=True, slots=True)
class Example:
    """A row that breaks a rule beside one that does not."""

    bad: str
    good: str


@dataclass(frozen=True, slots=True)
class Rule:
    """
    A rule of the plan check.

    id          stable; English words joined by "-"; the same as the file's name
    slug        the rule in an address: Swedish words without å, ä, ö joined by "-"; no other rule has it as slug or id
    order       whole number from 1: the order in which rules are shown
    severity    "must", "should" or "consider"
    tracks      the tracks of action that it applies to
    facts       names of what a plan must be able to carry for the rule to be answered
    sentence    what is said of one row; {row} is the row's name
    otherwise   what is said of a row that breaks the rule in its second way; "" if there is one way
    together    what is said when one mend frees several; "" if each row is mended by itself
    mend        the words of the link that leads to the field
    """

    id: str
    slug: str
    order: int
    title: str
    severity: str
    tracks: tuple[str, ...]
    facts: tuple[str, ...]
    sentence: str
    mend: str
    why: str
    what_to_do: str
    source: str
    example: Example
    otherwise: str = ""
    together: str = ""


@dataclass(frozen=True, slots=True)
class HelpText:
    """A text of the help: `text` holds short paragraphs parted by an empty line."""

    title: str
    text: str
    source: str


def rules_in(folder: Path) -> tuple[Rule, ...]:
    """
    Read every rule of a folder, in the order they are shown.

    raises   CatalogFault   if a file is not a rule, if two share a number or an address, or if there is none
    """
    found = sorted((read_rule(path) for path in sorted(folder.glob("*.yaml"))), key=lambda rule: rule.order)
    if not found:
        raise CatalogFault(folder, "*.yaml", "there is no rule here")
    for before, after in zip(found, found[1:], strict=False):
        if before.order == after.order:
            raise CatalogFault(folder / f"{after.id}.yaml", "order", f"{before.id} has the same number")
    _own_addresses(folder, found)
    return tuple(found)


def _own_addresses(folder: Path, found: list[Rule]) -> None:
    """Refuse a slug that is another rule's slug or id: an old address, by id, must lead to one rule."""
    taken = {rule.id: rule.id for rule in found}
    for rule in found:
        if rule.slug in taken:
            raise CatalogFault(folder / f"{rule.id}.yaml", "slug", f"{taken[rule.slug]} has the same address")
        taken[rule.slug] = rule.id


def read_rule(path: Path) -> Rule:
    """Read one rule. Raises CatalogFault for a missing, unknown or wrong key."""
    raw = mapping_of(path)
    same_keys(path, raw, Rule, "")
    _is_one_of(path, "severity", raw["severity"], SEVERITIES)
    if raw["id"] != path.stem:
        raise CatalogFault(path, "id", f"is {raw['id']!r} but the file is called {path.stem!r}")
    if not (isinstance(raw["slug"], str) and SLUG.fullmatch(raw["slug"])):
        raise CatalogFault(path, "slug", "shall be Swedish words without å, ä, ö, joined by '-'")
    if not isinstance(raw["order"], int) or isinstance(raw["order"], bool) or raw["order"] < 1:
        raise CatalogFault(path, "order", "shall be a whole number from 1")
    lists = {key: _words(path, key, raw[key]) for key in ("tracks", "facts")}
    for track in lists["tracks"]:
        _is_one_of(path, "tracks", track, TRACKS)
    example = _mapping(path, raw["example"], "example")
    same_keys(path, example, Example, "example.")
    texts = {key: text_of(path, key, raw[key]) for key in raw.keys() - {"order", "example"} - lists.keys()}
    for key in texts.keys() & {"sentence", "otherwise", "together"}:
        _only_placeholders(path, key, texts[key])
    shown = Example(bad=text_of(path, "example.bad", example["bad"]), good=text_of(path, "example.good", example["good"]))
    checked: dict[str, Any] = {**texts, **lists, "order": raw["order"], "example": shown}
    return Rule(**checked)


def texts_in(path: Path) -> Mapping[str, HelpText]:
    """Read one file of help texts: key -> HelpText. Raises CatalogFault."""
    entries = mapping_of(path)
    return MappingProxyType({key: _help_text(path, key, raw) for key, raw in entries.items()})


@cache
def rules() -> Mapping[str, Rule]:
    """Return the rules of the plan check by id, in the order they are shown."""
    return MappingProxyType({rule.id: rule for rule in rules_in(CATALOG / "checks")})


@cache
def rules_by_slug() -> Mapping[str, Rule]:
    """Return the same rules by the word that stands in their addresses."""
    return MappingProxyType({rule.slug: rule for rule in rules().values()})


@cache
def help_texts(name: str) -> Mapping[str, HelpText]:
    """Return the help texts of catalog/texts/<name>.yaml by key."""
    return texts_in(CATALOG / "texts" / f"{name}.yaml")


def _help_text(path: Path, key: str, raw: object) -> HelpText:
    entry = _mapping(path, raw, key)
    same_keys(path, entry, HelpText, f"{key}.")
    return HelpText(**{name: text_of(path, f"{key}.{name}", text) for name, text in entry.items()})


def _parsed(path: Path) -> object:
    import yaml

    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_strict_loader())  # noqa: S506 - a SafeLoader with fewer rights
    except yaml.YAMLError as fault:
        mark = getattr(fault, "problem_mark", None)
        where = f"line {mark.line + 1}" if mark else "the file"
        raise CatalogFault(path, where, f"is not YAML: {getattr(fault, 'problem', fault)}") from fault


@cache
def _strict_loader() -> type[Any]:
    """Make a safe loader that refuses a key given twice: YAML keeps the last one without a word."""
    import yaml

    class StrictLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
        pass

    def mapping_once(loader: Any, node: Any) -> dict[Hashable, Any]:
        keys = [key.value for key, _ in node.value]
        twice = [key for index, key in enumerate(keys) if key in keys[:index]]
        if twice:
            raise yaml.constructor.ConstructorError(None, None, f"the key {twice[0]!r} is given twice", node.start_mark)
        pairs: dict[Hashable, Any] = loader.construct_mapping(node, deep=True)
        return pairs

    add: Callable[..., None] = StrictLoader.add_constructor
    add("tag:yaml.org,2002:map", mapping_once)
    return StrictLoader


def mapping_of(path: Path) -> dict[str, Any]:
    """Return what a file holds. Raises CatalogFault if it is not YAML or not keys with values."""
    return _mapping(path, _parsed(path), "the file")


def _mapping(path: Path, raw: object, key: str) -> dict[str, Any]:
    if not isinstance(raw, dict) or not raw:
        raise CatalogFault(path, key, "shall be keys with values")
    return raw


def same_keys(path: Path, raw: dict[str, Any], shape: type, prefix: str) -> None:
    """Refuse a key that the dataclass does not have, and the lack of one that has no default."""
    known = {f.name: f.default is MISSING for f in fields(shape)}
    for key in raw:
        if key not in known:
            raise CatalogFault(path, f"{prefix}{key}", f"is not known; known are {', '.join(known)}")
    for key, is_needed in known.items():
        if is_needed and key not in raw:
            raise CatalogFault(path, f"{prefix}{key}", "is missing")


def text_of(path: Path, key: str, raw: object) -> str:
    if not isinstance(raw, str) or not raw.strip():
        raise CatalogFault(path, key, "shall be text that is not empty")
    return raw.strip()


def _words(path: Path, key: str, raw: object) -> tuple[str, ...]:
    if not isinstance(raw, list) or not raw or not all(isinstance(word, str) for word in raw):
        raise CatalogFault(path, key, "shall be a list of words")
    return tuple(raw)


def _is_one_of(path: Path, key: str, value: object, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise CatalogFault(path, key, f"{value!r} is not known; known are {', '.join(allowed)}")


def _only_placeholders(path: Path, key: str, text: str) -> None:
    """Refuse a sentence with a placeholder that no rule can fill, or with a brace that is not a placeholder."""
    try:
        named = {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError as fault:
        raise CatalogFault(path, key, str(fault)) from fault
    if named - PLACEHOLDERS:
        raise CatalogFault(path, key, f"{sorted(named - PLACEHOLDERS)[0]!r} is not known; known are {', '.join(sorted(PLACEHOLDERS))}")

"""The rules of what somebody is told, and why: one YAML file a kind in catalog/notices."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

from samsyn.catalog.load import CATALOG, CatalogFault, mapping_of, same_keys, text_of

FACTS = frozenset({"day", "who", "waiting"})


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRule:
    """
    A rule of what somebody is told.

    kind        a code of chain.notice_values.NoticeKind; the same as the file's name
    order       whole number from 1: the order in which the rules are shown
    when        in words, as to_whom and why: what the page of the rules says
    sentence    what the letter says of one thing; {day} is the day it is about, {who} the responsible, {waiting} "tre andra åtgärder"
    for_others  the same sentence to somebody else than the one responsible; "" = the same words
    question    what is asked; "" = nothing is asked
    escalates   whether it goes on, step by step, until somebody says something
    """

    kind: str
    order: int
    title: str
    when: str
    to_whom: str
    why: str
    sentence: str
    escalates: bool
    source: str
    for_others: str = ""
    question: str = ""


@cache
def notice_rules() -> tuple[NoticeRule, ...]:
    """Return the rules of the notices in the order they are shown."""
    return notice_rules_in(CATALOG / "notices")


@cache
def notice_rule(kind: str) -> NoticeRule:
    """Return the rule of a kind. Raises KeyError if there is none."""
    return {rule.kind: rule for rule in notice_rules()}[kind]


def notice_rules_in(folder: Path) -> tuple[NoticeRule, ...]:
    """Read every rule of a folder, by order. Raises CatalogFault for a faulty file, a number used twice, or an empty folder."""
    found = sorted((read_notice_rule(path) for path in sorted(folder.glob("*.yaml"))), key=lambda rule: rule.order)
    if not found:
        raise CatalogFault(folder, "*.yaml", "there is no rule here")
    for before, after in zip(found, found[1:], strict=False):
        if before.order == after.order:
            raise CatalogFault(folder / f"{after.kind}.yaml", "order", f"{before.kind} has the same number")
    return tuple(found)


def read_notice_rule(path: Path) -> NoticeRule:
    """Read one rule. Raises CatalogFault for a missing, unknown or wrong key."""
    raw = mapping_of(path)
    same_keys(path, raw, NoticeRule, "")
    if raw["kind"] != path.stem:
        raise CatalogFault(path, "kind", f"is {raw['kind']!r} but the file is called {path.stem!r}")
    if not isinstance(raw["order"], int) or isinstance(raw["order"], bool) or raw["order"] < 1:
        raise CatalogFault(path, "order", "shall be a whole number from 1")
    if not isinstance(raw["escalates"], bool):
        raise CatalogFault(path, "escalates", "shall be true or false")
    texts = {key: text_of(path, key, raw[key]) for key in raw.keys() - {"order", "escalates"}}
    for key in texts.keys() & {"sentence", "for_others"}:
        _only_facts(path, key, texts[key])
    checked: dict[str, Any] = {**texts, "order": raw["order"], "escalates": raw["escalates"]}
    return NoticeRule(**checked)


def _only_facts(path: Path, key: str, text: str) -> None:
    """Refuse a sentence with a placeholder that no letter can fill, or with a brace that is not a placeholder."""
    try:
        named = {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError as fault:
        raise CatalogFault(path, key, str(fault)) from fault
    if named - FACTS:
        raise CatalogFault(path, key, f"{sorted(named - FACTS)[0]!r} is not known; known are {', '.join(sorted(FACTS))}")

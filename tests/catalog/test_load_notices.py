"""The rules of the notices as data: one a kind, and a fault in a file is named by file and key."""

from __future__ import annotations

from pathlib import Path

import pytest

from samsyn.catalog.load import CatalogFault
from samsyn.catalog.load_notices import notice_rule, notice_rules, notice_rules_in, read_notice_rule
from samsyn.chain.notice_values import NoticeKind

GOOD = """\
kind: late
order: 1
title: Titel
when: När.
to_whom: Vem.
why: Varför.
sentence: "Skulle ha varit klar {day}."
question: Hur gick det?
escalates: true
source: Samsyn
"""


def written(folder: Path, text: str, name: str = "late.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_every_kind_has_its_rule_with_its_own_title() -> None:
    assert {rule.kind for rule in notice_rules()} == {kind.value for kind in NoticeKind}
    assert all(NoticeKind(rule.kind).label == rule.title for rule in notice_rules())
    assert [rule.order for rule in notice_rules()] == list(range(1, len(NoticeKind) + 1))
    assert {rule.kind for rule in notice_rules() if rule.escalates} == {"overdue", "silent"}


def test_a_whole_rule_is_read(tmp_path: Path) -> None:
    rule = read_notice_rule(written(tmp_path, GOOD))
    assert (rule.kind, rule.order, rule.escalates, rule.question, rule.for_others) == ("late", 1, True, "Hur gick det?", "")


FAULTS = [
    ("source: Samsyn\n", "", "source", "is missing"),
    ("source: Samsyn", "sorce: Samsyn\nsource: x", "sorce", "is not known"),
    ("kind: late", "kind: early", "kind", "the file is called"),
    ("order: 1", "order: '1'", "order", "whole number"),
    ("order: 1", "order: true", "order", "whole number"),
    ("order: 1", "order: 0", "order", "whole number"),
    ("escalates: true", "escalates: ja", "escalates", "true or false"),
    ("title: Titel", "title: ' '", "title", "not empty"),
    ("{day}", "{dag}", "sentence", "'dag' is not known"),
    ("{day}", "{day", "sentence", "expected '}'"),
]


@pytest.mark.parametrize(("before", "after", "key", "why"), FAULTS)
def test_a_fault_is_named_by_file_and_key(tmp_path: Path, before: str, after: str, key: str, why: str) -> None:
    with pytest.raises(CatalogFault) as fault:
        read_notice_rule(written(tmp_path, GOOD.replace(before, after)))
    assert fault.value.key == key and why in str(fault.value) and "late.yaml" in str(fault.value)


def test_a_number_is_used_once_and_a_folder_has_rules(tmp_path: Path) -> None:
    with pytest.raises(CatalogFault, match="no rule here"):
        notice_rules_in(tmp_path)
    written(tmp_path, GOOD)
    written(tmp_path, GOOD.replace("kind: late", "kind: soon"), "soon.yaml")
    with pytest.raises(CatalogFault, match="same number"):
        notice_rules_in(tmp_path)


def test_a_rule_that_is_not_there_is_not_guessed() -> None:
    with pytest.raises(KeyError):
        notice_rule("made_up")

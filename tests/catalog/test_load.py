"""Definitions as data: what is shipped can be read, and a fault in a file is named by file and key."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from samsyn.catalog.load import CATALOG, CatalogFault, HelpText, Rule, help_texts, read_rule, rules, rules_by_slug, rules_in, texts_in

GOOD = """\
id: rule-one
slug: regel-ett
order: 1
title: Titel
severity: must
tracks: [line]
facts: [cause]
sentence: "{row} saknar något."
mend: Skriv
why: Därför.
what_to_do: Gör så här.
source: Samsyn
example:
  bad: Fel
  good: Rätt
"""


def written(folder: Path, text: str, name: str = "rule-one.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_whole_rule_is_read(tmp_path: Path) -> None:
    rule = read_rule(written(tmp_path, GOOD))
    assert (rule.id, rule.order, rule.tracks, rule.facts, rule.together) == ("rule-one", 1, ("line",), ("cause",), "")
    assert (rule.example.bad, rule.example.good) == ("Fel", "Rätt")


FAULTS = [
    ("source: Samsyn\n", "", "source", "is missing"),
    ("source: Samsyn", "source: ' '", "source", "not empty"),
    ("source: Samsyn", "source: 7", "source", "shall be text"),
    ("source: Samsyn", "source: Samsyn\nsuorce: x", "suorce", "is not known"),
    ("title: Titel", "title: Titel\ntitle: Igen", "line 1", "given twice"),
    ("severity: must", "severity: terrible", "severity", "'terrible' is not known"),
    ("tracks: [line]", "tracks: [fast]", "tracks", "'fast' is not known"),
    ("tracks: [line]", "tracks: line", "tracks", "list of words"),
    ("facts: [cause]", "facts: []", "facts", "list of words"),
    ("id: rule-one", "id: rule-two", "id", "the file is called"),
    ("slug: regel-ett\n", "", "slug", "is missing"),
    ("slug: regel-ett", "slug: åtgärd", "slug", "without å, ä, ö"),
    ("slug: regel-ett", "slug: Regel ett", "slug", "without å, ä, ö"),
    ("order: 1", "order: first", "order", "whole number"),
    ("order: 1", "order: true", "order", "whole number"),
    ("order: 1", "order: 0", "order", "whole number"),
    ("{row} saknar", "{rov} saknar", "sentence", "'rov' is not known"),
    ("{row} saknar", "{row saknar", "sentence", "expected '}'"),
    ("mend: Skriv", "mend: Skriv\ntogether: '{who} saknar'", "together", "'who' is not known"),
    ("  good: Rätt\n", "", "example.good", "is missing"),
    ("  good: Rätt", "  good: Rätt\n  ugly: x", "example.ugly", "is not known"),
    ("example:\n  bad: Fel\n  good: Rätt", "example: Fel", "example", "keys with values"),
    ("title: Titel", "title: [", "line 6", "is not YAML"),
    ("title: Titel", "title: !!python/object/apply:os.getcwd []", "line 4", "is not YAML"),
]


@pytest.mark.parametrize(("right", "wrong", "key", "why"), FAULTS)
def test_a_fault_is_named_by_file_and_key(tmp_path: Path, right: str, wrong: str, key: str, why: str) -> None:
    assert right in GOOD
    path = written(tmp_path, GOOD.replace(right, wrong))
    with pytest.raises(CatalogFault, match=re.escape(why)) as caught:
        read_rule(path)
    assert caught.value.key == key
    assert str(caught.value).startswith(f"{tmp_path.name}/rule-one.yaml: {key}: ")


def test_an_empty_file_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(CatalogFault, match="keys with values"):
        read_rule(written(tmp_path, ""))


def test_rules_come_in_the_order_they_are_shown(tmp_path: Path) -> None:
    written(tmp_path, GOOD.replace("order: 1", "order: 2"))
    written(tmp_path, GOOD.replace("rule-one", "rule-two").replace("regel-ett", "regel-tva"), "rule-two.yaml")
    assert [rule.id for rule in rules_in(tmp_path)] == ["rule-two", "rule-one"]


def test_two_rules_with_one_number_are_a_fault(tmp_path: Path) -> None:
    written(tmp_path, GOOD)
    written(tmp_path, GOOD.replace("rule-one", "rule-two"), "rule-two.yaml")
    with pytest.raises(CatalogFault, match=r"rule-two\.yaml: order: rule-one has the same number"):
        rules_in(tmp_path)


@pytest.mark.parametrize("taken", ["regel-ett", "rule-one"])
def test_an_address_that_leads_to_another_rule_is_a_fault(tmp_path: Path, taken: str) -> None:
    written(tmp_path, GOOD)
    written(tmp_path, GOOD.replace("rule-one", "rule-two").replace("order: 1", "order: 2").replace("regel-ett", taken), "rule-two.yaml")
    with pytest.raises(CatalogFault, match=r"rule-two\.yaml: slug: rule-one has the same address"):
        rules_in(tmp_path)


def test_every_rule_is_found_by_a_swedish_address_of_its_own() -> None:
    assert len(rules_by_slug()) == len(rules()) and all(rules_by_slug()[rule.slug] is rule for rule in rules().values())
    assert rules()["action-without-cause"].slug == "atgard-utan-orsak"


def test_a_folder_without_rules_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(CatalogFault, match="there is no rule here"):
        rules_in(tmp_path)


def test_help_texts_are_read_and_a_fault_is_named(tmp_path: Path) -> None:
    good = "about:\n  title: Om\n  text: Så här.\n  source: Samsyn\n"
    assert texts_in(written(tmp_path, good)) == {"about": HelpText("Om", "Så här.", "Samsyn")}
    with pytest.raises(CatalogFault, match=r"about\.source: is missing"):
        texts_in(written(tmp_path, good.replace("  source: Samsyn\n", "")))


def test_every_rule_that_is_shipped_has_source_and_explanation() -> None:
    assert len(rules()) == len(list((CATALOG / "checks").glob("*.yaml"))) == 37
    needed = [f.name for f in fields(Rule) if f.name not in ("otherwise", "together")]
    for rule in rules().values():
        assert all(getattr(rule, name) for name in needed), rule.id
        assert rule.source == "Samsyn" or rule.source.startswith("Brås handbok, "), rule.id


def test_the_texts_of_the_plan_check_are_shipped() -> None:
    assert {"about", "must", "should", "consider", "three_first", "unseen", "silenced", "fine"} == set(help_texts("plan_check"))


def readability(text: str) -> float:
    """Return LIX: mean words a sentence + per cent of words longer than six letters (Björnsson 1968)."""
    words = re.findall(r"[\wåäöÅÄÖ-]+", text)
    sentences = max(len(re.findall(r"[.!?:](?:\s|$)", text)), 1)
    return len(words) / sentences + 100 * sum(len(word) > 6 for word in words) / len(words)


def test_the_readability_index_tells_heavy_text_from_light() -> None:
    assert readability("Vi går ut. Det är kallt. Hon ler.") < 20
    assert readability("Verksamhetsövergripande ansvarsfördelning förutsätter kontinuerlig samverkansuppföljning") > 60


@pytest.mark.parametrize("rule_id", list(rules()))
def test_the_explanation_of_a_rule_is_easy_to_read(rule_id: str) -> None:
    rule = rules()[rule_id]
    assert readability(f"{rule.why} {rule.what_to_do}") < 40

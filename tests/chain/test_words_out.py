"""Words that must go are found however they are written, and nothing else is touched."""

from __future__ import annotations

import json
from html import escape
from typing import Any

import pytest

from samsyn.chain.choices import Implementation
from samsyn.chain.words_out import MOST_WORDS, REMOVED, fault_of, pattern_of, without, without_in

NILS = pattern_of(["Nils Nilsson"])


@pytest.mark.parametrize(("text", "left"), [
    ("Vi ringde Nils Nilsson i går.", f"Vi ringde {REMOVED} i går."),
    ("Nils Nilssons mamma", f"{REMOVED} mamma"),
    ("NILS NILSSON", REMOVED),
    ("Nils\u00a0Nilsson, Nils  Nilsson, Nils\nNilsson", f"{REMOVED}, {REMOVED}, {REMOVED}"),
    ("nils.nilsson@skolan.example", f"{REMOVED}@skolan.example"),
    ("Nils-Nilsson_Nils", "Nils-Nilsson_Nils"),
    ("Nils\u200bNilsson, Nils\u200b Nilsson, Ni\u00adls Nils\u00adson", f"{REMOVED}, {REMOVED}, {REMOVED}"),
    ("Nils\u2011Nilsson, Nils \u2013 Nilsson", f"{REMOVED}, {REMOVED}"),
    ('{"text": "Nils\\nNilsson"}', f'{{"text": "{REMOVED}"}}'),
    ("Nils Nilssonson", "Nils Nilssonson"),
    ("Knils Nilsson", "Knils Nilsson"),
    ("Nils. Sedan Nilsson.", "Nils. Sedan Nilsson."),
])
def test_a_name_is_found_as_people_write_it_and_only_whole(text: str, left: str) -> None:
    assert without(text, NILS) == left


def test_what_nobody_sees_in_the_words_that_are_asked_for_does_not_matter() -> None:
    assert without("Nils Nilsson kom", pattern_of(["Ni\u00adls\u200b Nils\u200bson"])) == f"{REMOVED} kom"
    assert fault_of(["\u200b\u00ad"])


@pytest.mark.parametrize("name", ["Nils O'Brien", "Nils O\u2019Brien", 'Sven "Svempa" Ek', "Ek & Al", "Nils <nisse>"])
def test_a_name_is_found_as_a_letters_html_and_the_logs_json_write_it(name: str) -> None:
    for written in (name, escape(name), json.dumps(name, ensure_ascii=False), name.replace("'", "\u2019")):
        assert name.split()[0] not in without(f"<p>Ring {written} nu</p>", pattern_of([name])), written
    assert without("<p>O&#x27;Hara &amp; Ek</p>", pattern_of(["Nils O'Brien"])) == "<p>O&#x27;Hara &amp; Ek</p>"


def test_letters_in_two_parts_are_the_same_letters() -> None:
    assert without("A\u030asa Ek kom", pattern_of(["Åsa Ek"])) == f"{REMOVED} kom"
    assert without("åsa ek kom", pattern_of(["Åsa Ek"])) == f"{REMOVED} kom"


def test_the_longest_of_several_goes_first() -> None:
    assert without("Nils Nilsson och Nils", pattern_of(["Nils", "Nils Nilsson"])) == f"{REMOVED} och {REMOVED}"


def test_what_means_something_in_a_pattern_means_itself() -> None:
    assert without("Kalle (10 år) sa", pattern_of(["(10 år)"])) == f"Kalle {REMOVED} sa"
    assert without("Kalle", pattern_of(["K.*e"])) == "Kalle"


@pytest.mark.parametrize(("value", "left"), [
    ({"a": ["Nils Nilsson", 1, None, {"Nils Nilsson": True}]}, {"a": [REMOVED, 1, None, {"Nils Nilsson": True}]}), (5, 5), (None, None), (True, True)])
def test_every_text_of_a_json_value_is_cleaned_and_keys_are_left(value: Any, left: Any) -> None:
    assert without_in(value, NILS) == left


@pytest.mark.parametrize("words", [[], ["N"], ["1"], ["-"], ["2026"], ["done"], ["DONE"], ["under way"], ["x"] * (MOST_WORDS + 1)])
def test_words_that_cannot_go_are_told_so(words: list[str]) -> None:
    assert fault_of(words)


@pytest.mark.parametrize("words", [["Bo"], ["Nils Nilsson", "Nisse"], ["850709-9805"], ["070-1740605"], ["Åsa"]])
def test_a_name_or_a_number_can_go(words: list[str]) -> None:
    assert fault_of(words) == ""


def test_every_code_of_a_closed_list_is_ours() -> None:
    assert all(fault_of([code.value]) for code in Implementation)

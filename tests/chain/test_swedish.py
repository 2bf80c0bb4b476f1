"""Å, ä, ö come last, and search does not care about case or accents."""

import pytest

from samsyn.chain.swedish import fold, sort_key


def test_words_stand_as_in_a_swedish_dictionary() -> None:
    words = ["Öl", "ål", "Ärla", "zon", "Adam", "ödla", "Åsa", "wok", "Vera", "vinter"]
    assert sorted(words, key=sort_key) == ["Adam", "Vera", "vinter", "wok", "zon", "ål", "Åsa", "Ärla", "ödla", "Öl"]


def test_numbers_in_a_text_stand_by_their_size() -> None:
    assert sorted(["Plan 10", "Plan 9", "Plan"], key=sort_key) == ["Plan", "Plan 9", "Plan 10"]


@pytest.mark.parametrize(("one", "other"), [("ÅSA", "åsa"), ("A\u030asa", "Åsa"), ("Idé", "ide"), ("två  ord", "Två ord")])
def test_texts_that_search_takes_as_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("ar", "är"), ("or", "ör"), ("a", "å")])
def test_our_own_letters_are_not_accents(one: str, other: str) -> None:
    assert fold(one) != fold(other)

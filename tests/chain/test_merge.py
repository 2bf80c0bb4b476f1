"""Two people edit the same row: nothing is lost in silence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samsyn.chain.merge import merge, together

WORDS = st.lists(st.sampled_from(["ny", "lampa", "vid", "torget", "varje", "kväll"]), max_size=6).map(" ".join)
ROWS = st.fixed_dictionaries({"text": WORDS, "place": WORDS, "hours": st.integers(0, 3)})


def test_a_field_only_they_changed_is_kept_as_theirs() -> None:
    found = merge({"a": "1", "b": "2"}, {"a": "9", "b": "2"}, {"a": "1", "b": "2"})
    assert (found.values, found.from_theirs, found.collisions) == ({"a": "9", "b": "2"}, ("a",), ())


def test_changes_of_different_fields_are_both_kept() -> None:
    found = merge({"a": "1", "b": "2"}, {"a": "9", "b": "2"}, {"a": "1", "b": "7"})
    assert found.values == {"a": "9", "b": "7"} and not found.collisions


def test_the_same_change_by_both_is_no_collision() -> None:
    assert not merge({"a": "1"}, {"a": "2"}, {"a": "2"}).collisions


def test_different_changes_of_one_field_collide_and_hold_both_texts() -> None:
    (collision,) = merge({"a": "en lampa"}, {"a": "en ny lampa"}, {"a": "en lampa vid torget"}).collisions
    assert (collision.theirs, collision.mine, collision.together) == ("en ny lampa", "en lampa vid torget", "en ny lampa vid torget")


def test_words_that_touch_are_put_one_after_the_other() -> None:
    assert together("en lampa", "två lampor", "tre lampor") == "två lampor\ntre lampor"


def test_what_is_no_text_is_proposed_as_mine() -> None:
    assert together(1, 2, 3) == 3


@given(base=ROWS, theirs=ROWS, mine=ROWS)
def test_no_change_is_lost_without_being_told(base: dict, theirs: dict, mine: dict) -> None:
    found = merge(base, theirs, mine)
    told = {collision.field for collision in found.collisions}
    for field in base:
        if theirs[field] != base[field] and field not in told:
            assert found.values[field] == theirs[field] or mine[field] == theirs[field]
        if mine[field] != base[field] and field not in told:
            assert found.values[field] == mine[field]


@given(base=WORDS, theirs=WORDS, mine=WORDS)
def test_the_written_together_text_holds_every_word_that_either_added(base: str, theirs: str, mine: str) -> None:
    added = (set(theirs.split()) | set(mine.split())) - set(base.split())
    assert added <= set(together(base, theirs, mine).split())


def test_texts_of_thousands_of_tiny_words_are_not_compared_word_by_word(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[int] = []

    def opcodes(base: list[str], side: list[str]) -> list[tuple[str, int, int, int, int]]:
        compared.append(len(base) * len(side))
        return []

    monkeypatch.setattr("samsyn.chain.merge._opcodes", opcodes)
    tiny = "a " * 2500
    assert together(tiny, tiny + "b", "c " + tiny) == f"{tiny}b\nc {tiny}".strip()
    assert compared == []
    together("en gata " * 200, "en gata " * 201, "gata " * 200)
    assert compared

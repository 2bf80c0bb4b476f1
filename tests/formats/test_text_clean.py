"""Text becomes plain: nothing invisible stays, nothing visible goes."""

from __future__ import annotations

import unicodedata

import pytest

from samsyn.formats.problems import Weight
from samsyn.formats.remarks import SHOWN_OF_A_SORT, Remarks
from samsyn.formats.text_clean import clean, clean_text


@pytest.mark.parametrize(("raw", "plain"), [
    ("Åtgärd", "Åtgärd"),
    (unicodedata.normalize("NFD", "Åtgärder på Ö"), "Åtgärder på Ö"),
    ("Ors\u200bak", "Orsak"), ("\ufeffOrsak", "Orsak"), ("sam\u00adverkan", "samverkan"), ("a\u2060b\u3164", "ab"),
    ("1\u00a0234\u202f567\u2009kr", "1 234 567 kr"),
    ("a\r\nb\rc\u2028d\x0be\x85f", "a\nb\nc\nd\ne\nf"),
    ("\u202egnilten\u202c \u2066x\u2069", "gnilten x"),
    ("a\x07b\x1bc\x00", "abc"),
    ("\t=1+1", "\t=1+1"),
    ("👨\u200d👩\u200d👧 ✔\ufe0f", "👨\u200d👩\u200d👧 ✔\ufe0f"), ("a\u200db\ufe0f", "ab"),
    ("\ud83d\ude00", "😀"), ("a\ud83d", "a\ufffd"),
])
def test_text_is_made_plain(raw: str, plain: str) -> None:
    assert clean(raw).text == plain
    assert clean(plain).text == plain
    clean(raw).text.encode("utf-8")


def test_what_is_taken_away_is_told_with_its_place_and_weight() -> None:
    remarks = Remarks()
    assert clean_text("a\u200bb\u202ec\x07d\ud800", "rad 2, kolumn Orsak", remarks) == "abcd\ufffd"
    assert {(problem.place, problem.weight) for problem in remarks.all()} == {
        ("rad 2, kolumn Orsak", weight) for weight in (Weight.NOTE, Weight.ASK, Weight.BAD)}
    assert len(remarks.all()) == 4


def test_hard_spaces_and_line_endings_are_nothing_to_tell() -> None:
    remarks = Remarks()
    clean_text("1\u00a0234\r\n", "rad 1", remarks)
    assert remarks.all() == ()


def test_a_flood_of_the_same_remark_is_told_as_its_first_and_a_count() -> None:
    remarks = Remarks()
    for row in range(1_000):
        clean_text("a\u200b", f"rad {row}", remarks)
    told = remarks.all()
    assert len(told) == SHOWN_OF_A_SORT + 1
    assert "980 ställen till" in told[-1].why

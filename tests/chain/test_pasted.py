"""Pasted text becomes rows: out of a list, a document, a sheet."""

from __future__ import annotations

import pytest

from samsyn.chain.pasted import lines_of

PASTED = [
    ("Vandra", ("Vandra",)),
    ("Vandra\r\nLys upp\nRöj", ("Vandra", "Lys upp", "Röj")),
    ("\n  Vandra  \n\n\t\nLys   upp\n", ("Vandra", "Lys upp")),
    ("• Vandra\n- Lys upp\n–\tRöj\n* Rond", ("Vandra", "Lys upp", "Röj", "Rond")),
    ("Vandra\tBo\t2027-03-01", ("Vandra Bo 2027-03-01",)),
    ("1. Vandra\n2. Lys upp", ("1. Vandra", "2. Lys upp")),
    ("---\n***\n...", ()),
    ("E-post till alla\n-10 grader", ("E-post till alla", "-10 grader")),
    ("", ()),
    ("Vandra\u2028Lys upp\u0085Röj", ("Vandra", "Lys upp", "Röj")),
]


@pytest.mark.parametrize(("text", "lines"), PASTED)
def test_each_line_that_says_something_is_a_row(text: str, lines: tuple[str, ...]) -> None:
    assert lines_of(text) == lines

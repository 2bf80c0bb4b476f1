"""The words of a cry for help, and of a question that somebody passes on by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from samsyn.chain.letter_parts import greeting, html_document, paragraph
from samsyn.chain.short_letters import HelpNeeded, help_letter, question_letter

NEEDED = HelpNeeded(by="Gun Gäst", by_email="gun@x.example", text="Byt lampor i parken", where="Trygg kväll", words="Vi saknar en nyckel.",
                    help_from="fastighet", url="https://samsyn.example/a/")


def test_a_cry_for_help_says_who_what_from_whom_and_where_to_read_more() -> None:
    subject, text = help_letter(NEEDED, "Anna Lind")
    assert subject == "Gun Gäst behöver hjälp: Byt lampor i parken"
    assert text == (
        "Hej Anna!\n\nGun Gäst (gun@x.example) behöver hjälp med:\nByt lampor i parken\n(Trygg kväll)\n\nSå skriver Gun Gäst (gun@x.example):\n"
        "Vi saknar en nyckel.\n\nHjälpen behövs från: fastighet\n\nInget annat är ändrat. Hör av dig så snart du kan.\n\n"
        "Läs mer i Samsyn:\nhttps://samsyn.example/a/\n")


def test_what_was_not_said_is_not_in_the_letter() -> None:
    bare = HelpNeeded(by="Bo", by_email="", text="Byt lampor", where="Trygg kväll", words="", help_from="", url="https://samsyn.example/a/")
    _, text = help_letter(bare, "Anna")
    assert text.startswith("Hej Anna!\n\nBo behöver hjälp med:\nByt lampor\n(Trygg kväll)\n\nInget annat är ändrat.")
    assert "Så skriver" not in text and "Hjälpen behövs" not in text


def test_a_question_holds_the_link_and_how_long_it_lasts() -> None:
    given: dict[str, Any] = {"answer_url": "https://samsyn.example/svar/x/", "until": date(2026, 12, 23), "by": "Anna"}
    subject, text = question_letter("Bo Berg", "Byt lampor " * 30, "Trygg kväll", **given)
    assert subject.startswith("Hur går det? Byt lampor") and len(subject) < 140
    assert text.startswith("Hej Bo!\n\nHur går det med det här?\nByt lampor") and text.endswith("gäller till och med 2026-12-23.\n\nHälsningar\nAnna")
    assert "\nhttps://samsyn.example/svar/x/\n" in text


@pytest.mark.parametrize(("name", "words"), [
    ("Bo Berg", "Hej Bo!"), ("Anna-Karin Åkesson", "Hej Anna-Karin!"), ("Bo", "Hej Bo!"), ("  ", "Hej!"), ("Familjen von Ek", "Hej Familjen von Ek!"),
    ("Fastighet 3", "Hej Fastighet 3!"), ("x" * 300, f"Hej {'x' * 199}…!")])
def test_a_letter_calls_somebody_by_their_first_name_where_that_is_clear(name: str, words: str) -> None:
    assert greeting(name) == words


def test_no_text_becomes_markup() -> None:
    page = html_document("A & B", [paragraph("<script>x</script>"), ""])
    assert "<title>A &amp; B</title>" in page and "<p>&lt;script&gt;x&lt;/script&gt;</p>\n</body>" in page and "<script>" not in page

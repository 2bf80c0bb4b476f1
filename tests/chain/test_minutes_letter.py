"""The letter with the minutes: one's own assignments first, nobody else's, and nothing of a text is ever markup."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

from samsyn.chain.meeting_values import LineKind
from samsyn.chain.minutes import build_minutes
from samsyn.chain.minutes_letter import OwnAssignment, minutes_letter
from samsyn.chain.notice_values import Person
from tests.chain.a_meeting import EMPTY, ENDS, SAID, line

MADE = build_minutes(SAID, ended_at=ENDS, closed_by="Anna Lind")
BO = Person("Bo Åkesson", "bo@granvikshus.example")
OWN = [OwnAssignment("belysning Parkvägen", date(2027, 3, 15), "https://samsyn.example/svar/abc/")]
URL = "https://samsyn.example/moten/1/protokoll/"


class Words(HTMLParser):
    """What a mail program shows of a letter, and the names of its elements."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.tags: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def test_ones_own_assignments_come_first_with_a_link_each() -> None:
    letter = minutes_letter(MADE, BO, OWN, url=URL)
    assert letter.subject == "Protokoll Styrgruppen 2026-12-01: tre beslut och fyra uppdrag"
    assert letter.text.startswith(
        "Hej Bo!\n\nDu fick ett uppdrag på mötet med Styrgruppen 2026-12-01:\n\n1. Belysning Parkvägen. Klart senast 2027-03-15.\n"
        "Svara här, utan att logga in: https://samsyn.example/svar/abc/\n\nMötet kom fram till tre beslut och fyra uppdrag.\n\n- Styrgruppen antar planen.\n")
    assert letter.text.endswith(f"Nästa möte är 2027-01-12 kl. 13.00.\n\nHela protokollet är bifogat som PDF.\n\nI Samsyn: {URL}\n\nHälsningar\nAnna Lind\n")
    assert "stolparna" not in letter.text and "stolparna" not in letter.html


def test_somebody_without_an_assignment_gets_the_minutes_alone() -> None:
    letter = minutes_letter(MADE, BO, [], url=URL)
    assert letter.text.startswith("Hej Bo!\n\nHär är protokollet från mötet med Styrgruppen 2026-12-01.")
    assert "Svara" not in letter.text and "/svar/" not in letter.html


def test_html_and_text_say_the_same() -> None:
    letter = minutes_letter(MADE, BO, OWN, url=URL)
    shown = " ".join(" ".join(Words(letter.html).said).split())
    for sentence in ("Belysning Parkvägen. Klart senast 2027-03-15.", "Styrgruppen antar planen.", "Nästa möte är 2027-01-12 kl. 13.00."):
        assert sentence in shown and sentence in letter.text


def test_many_decisions_are_cut_and_the_rest_is_said() -> None:
    many = build_minutes(replace(EMPTY, lines=tuple(("", line(LineKind.DECISION, f"beslut {n}")) for n in range(13))), ended_at=ENDS, closed_by="")
    text = minutes_letter(many, BO, [], url=URL).text
    assert text.count("\n- Beslut") == 10 and "Det finns tre beslut till i protokollet." in text and text.endswith("Hälsningar\nSamsyn\n")


def test_hostile_words_are_only_words() -> None:
    hostile = "<script>alert(1)</script>\r\nBcc: x@y.example"
    made = build_minutes(replace(SAID, group=hostile, lines=(("", line(LineKind.DECISION, hostile)),)), ended_at=ENDS, closed_by=hostile)
    letter = minutes_letter(made, Person(hostile, BO.email), [OwnAssignment(hostile, None, URL)], url=URL)
    assert "\n" not in letter.subject and "\r" not in letter.subject
    assert "script" not in Words(letter.html).tags and "a" in Words(letter.html).tags

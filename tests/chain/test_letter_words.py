"""What a letter says: one for all of a person's notices, the same in text and HTML, and nothing that can break out of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest

from samsyn.chain.letter_values import LetterLine, about_key, abouts, letter_line
from samsyn.chain.letter_words import letter_words
from samsyn.chain.notice_values import Duty, Ended, Everything, Gathering, Level, NoticeKind, Person, SteeringDay, ToldAs
from samsyn.chain.notices import derive

TODAY = date(2026, 11, 23)
ANNA, BO = Person("Anna Ek", "anna@granviken.example"), Person("Bo Berg", "bo@granviken.example")
LINK = "https://samsyn.example/svar/abc"
LATE = LetterLine(kind=NoticeKind.OVERDUE, level=Level.NUDGE, text="Belysning Parkvägen", number="3", plan_name="Trygg kväll i centrum",
                  about_on=date(2026, 11, 20), due_on=date(2026, 11, 20), responsible=BO, answer_url=LINK)
SOON = replace(LATE, kind=NoticeKind.DUE_SOON, text="Klipp häckarna", number="4", about_on=date(2026, 11, 24), due_on=date(2026, 11, 24),
               answer_url=LINK + "d")


class Reader(HTMLParser):
    """What a person sees of a letter, the tags it is made of, and where its links lead."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.words, self.tags, self.links, self.skips = "", set[str](), list[str | None](), False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value for name, value in attrs if name == "href"]
        self.skips = tag == "title"

    def handle_data(self, data: str) -> None:
        self.words += "" if self.skips else data + " "
        self.skips = False


def test_a_letter_says_what_by_when_why_where_and_whom_to_ask() -> None:
    letter = letter_words(BO, [LATE, SOON], today=TODAY, answer_days=30, contact=ANNA, partnership="Granviken")
    assert letter.subject == "Två saker väntar på svar: Trygg kväll i centrum"
    assert letter.text == """\
Hej Bo!

Två saker väntar på svar.

1. Belysning Parkvägen (nr 3)
Skulle ha varit klar 2026-11-20. Hur gick det?
Plan: Trygg kväll i centrum
Du får brevet för att du är ansvarig.
Svara här: https://samsyn.example/svar/abc

2. Klipp häckarna (nr 4)
Ska vara klar 2026-11-24 (i morgon). Hur går det?
Plan: Trygg kväll i centrum
Du får brevet för att du är ansvarig.
Svara här: https://samsyn.example/svar/abcd

Ett kort svar räcker, och du behöver inte logga in. Länkarna är dina och gäller i 30 dagar.

Undrar du något, eller är det inte ditt? Hör av dig till Anna Ek, anna@granviken.example.

Hälsningar
Samsyn, för Granviken
"""


def test_html_says_the_same_words_and_fetches_nothing() -> None:
    letter = letter_words(BO, [LATE, SOON], today=TODAY, contact=ANNA, partnership="Granviken")
    seen = Reader(letter.html)
    plain = letter.text.replace("1. ", "").replace("2. ", "").replace(f": {LINK}d", "").replace(f": {LINK}", "")
    assert seen.words.split() == plain.split()
    assert seen.links == [LINK, LINK + "d"]
    assert seen.tags <= {"html", "head", "meta", "title", "body", "p", "ol", "ul", "li", "strong", "br", "a", "big"}


def test_one_thing_that_is_told_twice_is_one_item() -> None:
    blocks = replace(LATE, kind=NoticeKind.BLOCKS_OTHERS, waiting=2)
    letter = letter_words(BO, [blocks, LATE], today=TODAY)
    assert letter.subject == "En sak väntar på svar: Trygg kväll i centrum"
    assert "Skulle ha varit klar 2026-11-20. Två andra åtgärder väntar på att det blir klart. Hur gick det?" in letter.text
    assert letter.text.count("Svara här") == 1 and "1." not in letter.text


SUBJECTS = [
    ([LATE], "En sak väntar på svar: Trygg kväll i centrum"),
    ([LATE, replace(SOON, plan_name="Trygg skolväg")], "Två saker väntar på svar: två planer"),
    ([LATE, replace(SOON, plan_name="Arbetsgruppen", is_handed_out=True)], "Två saker väntar på svar: Trygg kväll i centrum och Arbetsgruppen"),
    ([LATE, replace(LATE, plan_name="Styrgruppen", is_handed_out=True), replace(SOON, plan_name="Arbetsgruppen", is_handed_out=True)],
     "Tre saker väntar på svar"),
    ([replace(LATE, plan_name="")], "En sak väntar på svar: Belysning Parkvägen"),
    ([replace(LATE, kind=NoticeKind.BEFORE_MEETING, text="Styrgruppen", plan_name="")], "En sak att veta: Styrgruppen"),
    ([replace(LATE, kind=NoticeKind.BEFORE_MEETING, text=text, plan_name="", answer_url="", url=text) for text in ("Styrgruppen", "Arbetsgruppen")],
     "Två saker att veta: Styrgruppen och Arbetsgruppen"),
    ([LATE, replace(LATE, kind=NoticeKind.BEFORE_MEETING, text="Styrgruppen", plan_name="", answer_url="")],
     "En sak väntar på svar: Trygg kväll i centrum"),
    ([replace(LATE, text=str(n), answer_url=f"{LINK}{n}") for n in range(14)], "14 saker väntar på svar: Trygg kväll i centrum"),
    ([replace(LATE, plan_name="Ord\r\nBcc: alla@x.example " * 40)],
     "En sak väntar på svar: Ord Bcc: alla@x.example Ord Bcc: alla@x.example Ord Bcc: alla@x.example Ord Bcc: alla@x.example…"),
]


@pytest.mark.parametrize(("lines", "expected"), SUBJECTS)
def test_the_subject_is_one_short_line(lines: list[LetterLine], expected: str) -> None:
    subject = letter_words(BO, lines, today=TODAY).subject
    assert subject == expected and len(subject) <= 120


def test_what_a_meeting_handed_out_is_an_assignment_from_its_group_and_no_plan() -> None:
    handed_out = replace(LATE, text="fråga skolan", number="", plan_name="Arbetsgruppen", is_handed_out=True)
    letter = letter_words(BO, [handed_out], today=TODAY)
    assert "\n\nFråga skolan\n" in letter.text and "\nUppdrag från Arbetsgruppen\nDu får brevet för att du fick uppdraget.\n" in letter.text
    assert "Plan:" not in letter.text and "Uppdrag från Arbetsgruppen" in letter.html


REASONS = [  # what the notice is -> the line that says why just this person gets it
    ({}, "Du får brevet för att du är ansvarig."),
    ({"level": Level.REMINDER}, "Du är ansvarig. Vi har frågat en gång tidigare."),
    ({"told_as": ToldAs.SUBSTITUTE}, "Du får brevet för att du svarar medan Bo Berg är borta."),
    ({"told_as": ToldAs.CONTACT, "level": Level.REMINDER},
     "Du får brevet för att Bo Berg är ansvarig och inte har svarat. Hör gärna av dig: bo@granviken.example."),
    ({"told_as": ToldAs.CONTACT, "responsible": None}, "Du får brevet för att ingen är utsedd som ansvarig hos er."),
    ({"told_as": ToldAs.COORDINATOR, "level": Level.COORDINATOR},
     "Du får brevet som samordnare: Bo Berg är ansvarig och har inte svarat. Hör gärna av dig: bo@granviken.example."),
    ({"told_as": ToldAs.COORDINATOR, "level": Level.COORDINATOR, "responsible": None}, "Du får brevet som samordnare: ingen är ansvarig."),
    ({"told_as": ToldAs.COORDINATOR}, "Du får brevet som samordnare: Bo Berg är borta och har ingen ersättare."),
    ({"told_as": ToldAs.COORDINATOR, "kind": NoticeKind.EFFECT_EXPECTED, "responsible": None}, "Du får brevet för att du är samordnare."),
    ({"told_as": ToldAs.MEMBER, "kind": NoticeKind.BEFORE_MEETING, "responsible": None}, "Du får brevet för att du är med i gruppen."),
]


@pytest.mark.parametrize(("given", "expected"), REASONS)
def test_one_line_says_why_just_you_get_it(given: dict[str, object], expected: str) -> None:
    assert expected in letter_words(Person("Kim", "kim@x.example"), [replace(LATE, **given)], today=TODAY).text.splitlines()  # type: ignore[arg-type]


def test_nothing_that_is_written_in_a_plan_is_markup_in_a_letter() -> None:
    evil = '<script>alert(1)</script><img src=x onerror="y"> {who.__class__} %s'
    line = replace(LATE, text=evil, plan_name=evil, responsible=Person(evil), told_as=ToldAs.SUBSTITUTE, answer_url='https://x.example/"><b>')
    letter = letter_words(Person(evil, "x@x.example"), [line], today=TODAY, contact=Person(evil), partnership=evil)
    seen = Reader(letter.html)
    assert not seen.tags & {"script", "img", "b"} and seen.links == ['https://x.example/"><b>']
    assert "{who.__class__}" in letter.text


def test_a_note_of_ten_thousand_characters_is_cut() -> None:
    long = replace(LATE, text="ord " * 2500, plan_name="plan " * 2500, responsible=Person("namn " * 2500))
    assert len(letter_words(BO, [long], today=TODAY).text) < 1500


def test_a_letter_about_very_much_is_a_list_with_an_end() -> None:
    lines = [replace(LATE, text=f"Åtgärd {n}", answer_url="", url=f"https://samsyn.example/{n}", told_as=ToldAs.COORDINATOR) for n in range(60)]
    letter = letter_words(ANNA, lines, today=TODAY, home="https://samsyn.example/")
    assert letter.text.count("Läs mer") == 25
    assert "Det finns 35 saker till. Du ser allt i Samsyn: https://samsyn.example/" in letter.text
    assert "Länk" not in letter.text and letter.subject == "60 saker att veta: Trygg kväll i centrum"


def test_whoever_is_to_be_asked_is_not_told_to_ask_themselves() -> None:
    assert "Undrar du" not in letter_words(ANNA, [LATE], contact=ANNA).text
    assert "Hör av dig till Kim." in letter_words(ANNA, [LATE], contact=Person("Kim")).text


def test_a_letter_without_anything_to_say_is_refused() -> None:
    with pytest.raises(ValueError, match="something to say"):
        letter_words(BO, [])


def test_every_notice_that_is_derived_becomes_a_line() -> None:
    duty = Duty(kind="action", id="a", plan="p", plan_name="Plan", text="Åtgärd", responsible=BO, made_on=date(2026, 1, 1),
                due_on=date(2026, 11, 1), waited_by=("b",), freed_on=date(2026, 10, 1))
    everything = Everything(
        duties=(duty, replace(duty, id="b", due_on=TODAY), replace(duty, id="c", due_on=None),
                replace(duty, id="d", kind="assignment", made_on=date(2026, 11, 20))),
        ended=(Ended(id="e", plan="p", plan_name="Plan", text="Klar", effect_from=TODAY, has_result=False),), coordinators=(ANNA,),
        gatherings=(Gathering(id="m", group_name="Styrgruppen", on=TODAY, people=(BO,)),), paces={},
        steering_days=(SteeringDay(plan="p", plan_name="Plan", on=TODAY, what="Halvårsläget"), SteeringDay(plan="p", plan_name="Plan", on=date(2026, 11, 30))))
    found, notices = abouts(everything), derive(everything, TODAY)
    said = {n.kind: letter_words(n.person, [letter_line(n, found[about_key(n)])], today=TODAY).text for n in notices}
    assert set(said) == set(NoticeKind) - {NoticeKind.HELP_ASKED}
    assert "Styrgruppen\nMötet är 2026-11-23 (i dag)." in said[NoticeKind.BEFORE_MEETING]
    assert "Det ni väntade på blev klart 2026-10-01." in said[NoticeKind.FREE_NOW]
    assert "Du fick uppdraget på mötet 2026-11-20. Skulle ha varit klar 2026-11-01." in said[NoticeKind.AFTER_MEETING]
    days = [n for n in notices if n.kind is NoticeKind.STEERING_DATE]
    assert [letter_line(n, found[about_key(n)]).text for n in days] == ["Halvårsläget", "Plan"]


def test_only_those_who_can_answer_are_asked() -> None:
    for told_as, responsible, is_asked in ((ToldAs.CONTACT, BO, False), (ToldAs.CONTACT, None, True), (ToldAs.COORDINATOR, BO, False),
                                           (ToldAs.SUBSTITUTE, BO, True)):
        letter = letter_words(Person("Kim"), [replace(LATE, told_as=told_as, responsible=responsible)], today=TODAY)
        assert ("Hur gick det?" in letter.text) == is_asked == ("väntar på svar" in letter.subject)

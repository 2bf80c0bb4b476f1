"""The sixth column: what its words, signs and colours say, and what they do not."""

from __future__ import annotations

from datetime import date

import pytest

from samsyn.chain.choices import Implementation, Result
from samsyn.chain.plan import Action, Face
from samsyn.chain.swedish import fold
from samsyn.formats.plan_form import follow_up_text
from samsyn.formats.status_signs import face_of_colour, read_signs
from samsyn.formats.status_words import read_words

TODAY = date(2026, 11, 22)

WORDS: dict[str, tuple[str | None, bool]] = {
    "klart": ("done", False), "Klar!": ("done", False), "Genomförd": ("done", False), "utfört": ("done", False), "Avslutad": ("done", False),
    "färdigt": ("done", False), "Helt genomförd": ("done", False), "100 %": ("done", False), "Klart 2026-05-01": ("done", False),
    "Klart, men uppföljning pågår": ("done", False), "Done": ("done", False),
    "genomförd som planerat": ("done_as_intended", False), "Genomfört enligt plan": ("done_as_intended", False),
    "Gjord som tänkt": ("done_as_intended", False),
    "delvis genomförd": ("done_in_part", False), "Delvis": ("done_in_part", False), "inte helt klart": ("done_in_part", False),
    "pågår": ("under_way", False), "Påbörjad": ("under_way", False), "på gång": ("under_way", False), "löpande": ("under_way", False),
    "under arbete": ("under_way", False), "50 %": ("under_way", False), "75 % klart": ("under_way", False), "nästan klar": ("under_way", False),
    "delvis påbörjad": ("under_way", False), "Påbörjad, ej klar": ("under_way", False), "In progress": ("under_way", False),
    "Pågår enligt plan": ("under_way", False),
    "ej påbörjad": ("not_started", False), "Inte startad": ("not_started", False), "Ännu ej påbörjad": ("not_started", False),
    "planerad": ("not_started", False),
    "Planerad, ej påbörjad": ("not_started", False), "Kommande": ("not_started", False), "0 %": ("not_started", False),
    "ska påbörjas": ("not_started", False),
    "ej genomförd": ("not_done", False), "inte genomförd": ("not_done", False), "blev inte av": ("not_done", False), "Inställd": ("not_done", False),
    "struken": ("not_done", False), "utgår": ("not_done", False), "Genomfördes inte": ("not_done", False), "avbruten": ("not_done", False),
    "ej klart": (None, True), "ännu inte klar": (None, True), "inte genomförd än": (None, True), "ska vara klart i maj": (None, True),
    "beräknas vara klart 2027": (None, True), "Klart 2027-03-31": (None, True), "klar att starta": (None, True), "Försenad": (None, True),
    "Uppskjuten till hösten": (None, True), "Etapp 1 klar, etapp 2 pågår": (None, True), "Avslutad – ej genomförd": (None, True),
    "klart?": ("done", True), "Lamporna är klara vid torget och lyser nu på kvällarna igen": ("done", True),
    "OK": (None, True), "?": (None, True), "ja": (None, True), "x": (None, True), "3": (None, True),
    "Följs upp vid mötet i maj": (None, False), "Polisens statistik": (None, False), "Statistik följs upp löpande": (None, False),
    "Enkät": (None, False), "": (None, False),
}


@pytest.mark.parametrize(("text", "expected"), WORDS.items())
def test_words_say_how_far(text: str, expected: tuple[str | None, bool]) -> None:
    read = read_words(fold(text), TODAY)

    assert (str(read.implementation) if read.implementation else None, read.ask) == expected


@pytest.mark.parametrize(("text", "result"), [
    ("Genomförd i maj. Minskat antal anmälningar.", Result.BETTER), ("Oförändrat", Result.UNCHANGED), ("Sämre än i fjol", Result.WORSE),
    ("För tidigt att säga", Result.TOO_EARLY), ("Inte mätt", Result.NOT_MEASURED), ("Går inte att säga", Result.CANNOT_BE_TOLD),
    ("Resultat: Bättre.", Result.BETTER), ("ökad trygghet", None), ("minskat deltagande", None), ("Mål: färre stölder", None), ("inte bättre", None),
    ("Bättre på kvällen, sämre på dagen", None), ("klart", None),
])
def test_words_say_what_came_of_it_only_when_they_say_one_thing(text: str, result: Result | None) -> None:
    assert read_words(fold(text), TODAY).result is result


@pytest.mark.parametrize("implementation", Implementation)
@pytest.mark.parametrize("result", [None, *Result])
def test_what_an_export_writes_is_read_back(implementation: Implementation, result: Result | None) -> None:
    action = Action(id="a1", implementation=Face(value=implementation), result=Face(value=result) if result else None)
    signs = read_signs(follow_up_text(action))
    words = read_words(fold(signs.rest), TODAY)

    assert (words.implementation, words.result, words.ask) == (implementation, result, False)


@pytest.mark.parametrize(("text", "face", "rest"), [
    ("grön", "green", ""), ("Gult", "yellow", ""), ("RÖD", "red", ""), ("grön gubbe", "green", ""), ("gröna gubben", "green", ""),
    ("Röd – saknar pengar", "red", "saknar pengar"),
    ("pågår (gul)", "yellow", "pågår"), ("Pågår, gul", "yellow", "Pågår"), ("glad gubbe", "green", ""), ("🟢 Klart", "green", "Klart"), ("✅",
    "green", ""), ("❌", "red", ""),
    ("😐", "yellow", ""), (":-(", "red", ""), ("\uf04a", "green", ""), ("Y", "yellow", ""), ("R", "red", ""), ("Röda korset deltar", None,
    "Röda korset deltar"),
    ("Grönområdet klart", None, "Grönområdet klart"), ("https://x.example", None, "https://x.example"), ("gul/grön", None, ""), ("🟢🔴", None, ""),
    ("", None, ""),
])
def test_signs_fill_the_face_and_leave_the_words(text: str, face: str | None, rest: str) -> None:
    read = read_signs(text)

    assert (str(read.face) if read.face else None, read.rest) == (face, rest)


@pytest.mark.parametrize("text", ["gul/grön", "🟠", "orange", "🟢🔴", "G", "●"])
def test_signs_that_can_mean_two_things_are_asked_about(text: str) -> None:
    assert read_signs(text).ask is True


@pytest.mark.parametrize(("colours", "face"), [
    ("C6EFCE E2EFDA 92D050 00B050 70AD47 EBF1DE 8FD19E 4EA72E CCFFCC 99CC00 008000", "green"),
    ("FFEB9C FFF2CC FFFF00 FFC000 FFE08A FFE699 FFD966 FFFFCC", "yellow"),
    ("FFC7CE FF0000 C00000 F4A6A0 F2DCDB E6B8B7 FFCCCC DA9694", "red"),
])
def test_colours_of_the_form_are_known_however_pale(colours: str, face: str) -> None:
    assert {str(face_of_colour(colour).face) for colour in colours.split()} == {face}


@pytest.mark.parametrize(("colour", "ask"), [("F4B084", True), ("DDEBF7", True), ("FFFFFF", False), ("D9D9D9", False), ("000000", False),
    ("", False)])
def test_other_colours_are_no_face(colour: str, ask: bool) -> None:
    read = face_of_colour(colour)

    assert (read.face, read.ask) == (None, ask)

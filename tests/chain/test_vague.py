"""Vague SMART answers: what is asked about, and what is left in peace."""

from __future__ import annotations

import pytest

from samsyn.chain.plan import Goal
from samsyn.chain.vague import ANSWERS, is_vague, vague_answers

VAGUE = [
    ("specific", "Ökad trygghet"), ("specific", "Det ska bli bättre."), ("specific", "Förbättrad samverkan"), ("specific", "tryggare och säkrare"),
    ("specific", "Alla ska känna sig trygga"), ("measurable", "Det märks"), ("measurable", "Ökad trygghet"), ("measurable", "Genom uppföljning"),
    ("accepted", "Ja"), ("accepted", "Alla är överens"), ("accepted", "Samtliga berörda"), ("realistic", "Ja, det är realistiskt"),
    ("realistic", "Absolut möjligt"), ("time_bound", "Snarast"), ("time_bound", "Så snart som möjligt"), ("time_bound", "Löpande"),
    ("time_bound", "På sikt"),
]
EXACT = [
    ("specific", "Boende inom en kilometer från stationen"), ("specific", "Tryggare på torget"), ("specific", "Färre slagsmål"),
    ("specific", ""), ("specific", " - "), ("measurable", "Anmälningar per år, ur polisens statistik"), ("measurable", "Från 62 till 45"),
    ("measurable", "En fråga i skolenkäten, två gånger om året"), ("measurable", "Vi räknar i dörren"), ("measurable", "Inga inbrott"),
    ("measurable", "Handuppräckning i klassen"), ("measurable", ""), ("accepted", "Polisen, kommunen och Granvikshus"), ("accepted", "Styrgruppen"),
    ("realistic", "Hälften bor närmare än en kilometer"), ("time_bound", "Inom tre år från start"), ("time_bound", "2027-12-31"),
    ("time_bound", "Vid säsongens slut"), ("time_bound", "Till höstterminen"), ("time_bound", "Före jul"), ("time_bound", ""),
]


@pytest.mark.parametrize(("question", "answer"), VAGUE)
def test_an_answer_that_fits_any_goal_is_asked_about(question: str, answer: str) -> None:
    assert is_vague(question, answer)
    assert is_vague(question, answer.upper())


@pytest.mark.parametrize(("question", "answer"), EXACT)
def test_an_answer_that_says_something_is_left_in_peace(question: str, answer: str) -> None:
    assert not is_vague(question, answer)


def test_the_answers_are_named_in_the_order_they_are_asked() -> None:
    assert vague_answers(Goal(id="g", time_bound="Snart", specific="Bättre", accepted="Styrgruppen")) == ("specific", "time_bound")
    assert vague_answers(Goal(id="g", **dict.fromkeys(ANSWERS, "Ja"))) == ANSWERS

"""What is suggested for the two sides of the face, and the colour of the form."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from samsyn.chain.choices import FormFace, Implementation, RestsOn, Result
from samsyn.chain.face import (
    Suggestion, basis_fault, basis_shown, form_face, implementation_of, standing_check_ins, suggest_implementation, suggest_result,
)
from samsyn.chain.late import days_late, is_late, late_reason_of
from samsyn.chain.plan import Action, CheckIn, Face, Step

TODAY = date(2027, 3, 1)
BEFORE, AFTER = date(2027, 2, 26), date(2027, 4, 1)


def action(**about: Any) -> Action:
    return Action(id="a", text="Nattvandring", **about)


def check_in(day: int, implementation: Implementation | None = None, **about: Any) -> CheckIn:
    return CheckIn(id=f"c{day}", at=datetime(2027, 2, day, 12, tzinfo=UTC), implementation=implementation, **about)


def said(value: Implementation | Result, *, by_file: bool = False) -> Face:
    return Face(value=value, by_file=by_file)


IMPLEMENTATIONS: list[tuple[dict[str, Any], Implementation, str]] = [
    ({}, Implementation.NOT_STARTED, "Ingen har skrivit något om åtgärden än."),
    ({"start_on": AFTER}, Implementation.NOT_STARTED, "Den börjar först 2027-04-01."),
    ({"due_on": BEFORE}, Implementation.NOT_STARTED, "Datumet 2027-02-26 har gått. Fråga den som är ansvarig."),
    ({"form_face": FormFace.GREEN}, Implementation.DONE, "Filen har grönt. Då är åtgärden gjord, men färgen säger inte hur."),
    ({"form_face": FormFace.YELLOW}, Implementation.UNDER_WAY, "Filen har gult. Då pågår åtgärden, eller är gjord till en del."),
    ({"form_face": FormFace.RED}, Implementation.NOT_STARTED, "Filen har rött, och datumet har inte gått."),
    ({"form_face": FormFace.RED, "due_on": TODAY}, Implementation.NOT_STARTED, "Filen har rött, och datumet har inte gått."),
    ({"form_face": FormFace.RED, "due_on": BEFORE}, Implementation.NOT_DONE, "Filen har rött, och datumet 2027-02-26 har gått."),
    ({"form_face": FormFace.RED, "implementation": said(Implementation.DONE, by_file=True)}, Implementation.DONE,
     "Filen säger ”gjord, inte sagt hur”."),
    ({"steps": (Step(id="1", done_on=BEFORE), Step(id="2"))}, Implementation.UNDER_WAY, "1 av 2 moment är gjorda."),
    ({"steps": (Step(id="1", done_on=BEFORE),)}, Implementation.DONE, "Alla moment är gjorda. Säg hur det gick till."),
    ({"steps": (Step(id="1"),)}, Implementation.NOT_STARTED, "Ingen har skrivit något om åtgärden än."),
    ({"check_ins": (check_in(3),)}, Implementation.UNDER_WAY, "Det finns en avstämning från 2027-02-03."),
    ({"check_ins": (check_in(3, Implementation.DONE_IN_PART), check_in(9))}, Implementation.DONE_IN_PART,
     "Avstämningen 2027-02-03 säger ”gjord till en del”."),
    ({"check_ins": (check_in(9, Implementation.DONE_AS_INTENDED), check_in(3, Implementation.UNDER_WAY))},
     Implementation.DONE_AS_INTENDED, "Avstämningen 2027-02-09 säger ”gjord som tänkt”."),
    ({"check_ins": (check_in(3, Implementation.NOT_STARTED),), "form_face": FormFace.GREEN}, Implementation.NOT_STARTED,
     "Avstämningen 2027-02-03 säger ”inte påbörjad”."),
]


@pytest.mark.parametrize(("about", "value", "reason"), IMPLEMENTATIONS)
def test_the_implementation_is_suggested_from_what_there_is_with_the_reason(
    about: dict[str, Any], value: Implementation, reason: str,
) -> None:
    suggestion = suggest_implementation(action(**about), TODAY)
    assert suggestion.value is value
    assert reason in suggestion.reasons


def test_steps_that_are_done_say_more_than_an_earlier_check_in() -> None:
    made = action(check_ins=(check_in(3, Implementation.UNDER_WAY),), steps=(Step(id="1", done_on=BEFORE),))
    assert suggest_implementation(made, TODAY) == Suggestion(
        Implementation.DONE, ("Avstämningen 2027-02-03 säger ”pågår”.", "Alla moment är gjorda. Säg hur det gick till."))


def test_a_check_in_that_was_corrected_says_nothing() -> None:
    made = action(check_ins=(check_in(3, Implementation.NOT_DONE), check_in(4, Implementation.UNDER_WAY, corrects="c3")))
    assert [one.id for one in standing_check_ins(made)] == ["c4"]
    assert suggest_implementation(made, TODAY).value is Implementation.UNDER_WAY


RESULTS: list[tuple[dict[str, Any], Result, str]] = [
    ({}, Result.TOO_EARLY, "Åtgärden är inte påbörjad."),
    ({"implementation": said(Implementation.UNDER_WAY)}, Result.TOO_EARLY, "Åtgärden pågår än."),
    ({"implementation": said(Implementation.DONE), "effect_from": AFTER}, Result.TOO_EARLY, "Effekt väntas först från 2027-04-01."),
    ({"implementation": said(Implementation.DONE), "effect_from": TODAY}, Result.NOT_MEASURED,
     "Effekt väntas från 2027-03-01, och den dagen har kommit."),
    ({"implementation": said(Implementation.UNDER_WAY), "effect_from": BEFORE}, Result.NOT_MEASURED,
     "Det finns ingen mätning att bedöma efter."),
    ({"implementation": said(Implementation.NOT_STARTED), "effect_from": BEFORE}, Result.TOO_EARLY, "Åtgärden är inte påbörjad."),
    ({"implementation": said(Implementation.DONE_AS_INTENDED)}, Result.NOT_MEASURED, "Åtgärden är avslutad."),
    ({"implementation": said(Implementation.NOT_DONE)}, Result.NOT_MEASURED,
     "Åtgärden blev inte av. Då säger en ändring inget om den."),
    ({"form_face": FormFace.GREEN}, Result.NOT_MEASURED, "Det finns ingen mätning att bedöma efter."),
    ({"result": said(Result.BETTER), "form_face": FormFace.GREEN}, Result.NOT_MEASURED, "Det finns ingen mätning att bedöma efter."),
]


@pytest.mark.parametrize(("about", "value", "reason"), RESULTS)
def test_the_suggested_result_is_too_early_or_not_measured(about: dict[str, Any], value: Result, reason: str) -> None:
    suggestion = suggest_result(action(**about), TODAY)
    assert suggestion.value is value
    assert reason in suggestion.reasons


SAID: list[tuple[dict[str, Any], Implementation | None]] = [
    ({}, None),
    ({"form_face": FormFace.RED}, None),
    ({"form_face": FormFace.GREEN}, Implementation.DONE),
    ({"form_face": FormFace.GREEN, "implementation": said(Implementation.UNDER_WAY, by_file=True)}, Implementation.UNDER_WAY),
    ({"implementation": said(Implementation.UNDER_WAY, by_file=True), "check_ins": (check_in(3, Implementation.NOT_DONE),)},
     Implementation.NOT_DONE),
    ({"implementation": said(Implementation.UNDER_WAY), "check_ins": (check_in(3, Implementation.NOT_DONE),)}, Implementation.UNDER_WAY),
]


@pytest.mark.parametrize(("about", "value"), SAID)
def test_what_a_person_has_set_weighs_more_than_check_ins_and_they_more_than_a_file(
    about: dict[str, Any], value: Implementation | None,
) -> None:
    assert implementation_of(action(**about)) is value


COLOURS: list[tuple[dict[str, Any], FormFace | None]] = [
    ({}, None),
    ({"form_face": FormFace.RED}, FormFace.RED),
    ({"implementation": said(Implementation.DONE_AS_INTENDED)}, FormFace.GREEN),
    ({"implementation": said(Implementation.DONE)}, FormFace.GREEN),
    ({"implementation": said(Implementation.UNDER_WAY)}, FormFace.YELLOW),
    ({"implementation": said(Implementation.DONE_IN_PART)}, FormFace.YELLOW),
    ({"implementation": said(Implementation.NOT_STARTED)}, FormFace.RED),
    ({"implementation": said(Implementation.NOT_DONE), "form_face": FormFace.GREEN}, FormFace.RED),
    ({"implementation": said(Implementation.NOT_DONE, by_file=True), "form_face": FormFace.GREEN}, FormFace.GREEN),
    ({"implementation": said(Implementation.NOT_DONE, by_file=True)}, FormFace.RED),
]


@pytest.mark.parametrize(("about", "colour"), COLOURS)
def test_the_form_gets_the_colour_of_the_implementation_or_the_one_that_came_with_the_file(
    about: dict[str, Any], colour: FormFace | None,
) -> None:
    assert form_face(action(**about)) is colour


LATE: list[tuple[dict[str, Any], int]] = [
    ({}, 0),
    ({"due_on": TODAY}, 0),
    ({"due_on": BEFORE}, 3),
    ({"due_on": BEFORE, "form_face": FormFace.RED}, 3),
    ({"due_on": BEFORE, "form_face": FormFace.GREEN}, 0),
    ({"due_on": BEFORE, "implementation": said(Implementation.UNDER_WAY)}, 3),
    ({"due_on": BEFORE, "implementation": said(Implementation.DONE_IN_PART)}, 0),
    ({"due_on": BEFORE, "implementation": said(Implementation.NOT_DONE)}, 0),
]


@pytest.mark.parametrize(("about", "days"), LATE)
def test_an_action_is_late_from_the_day_after_its_due_day_until_it_has_ended(about: dict[str, Any], days: int) -> None:
    assert days_late(action(**about), TODAY) == days
    assert is_late(action(**about), TODAY) is (days > 0)


REASONS: list[tuple[dict[str, Any], str]] = [
    ({}, ""),
    ({"followed_up": "Gul, pågår"}, ""),
    ({"followed_up": "Lamporna kommer i maj"}, "Lamporna kommer i maj"),
    ({"late_reason": "Sjukdom", "followed_up": "Lamporna kommer i maj"}, "Sjukdom"),
    ({"check_ins": (check_in(3, hindered="Regn"), check_in(4))}, "Regn"),
    ({"check_ins": (check_in(3, hindered="Regn"), check_in(4, corrects="c3"))}, ""),
]


@pytest.mark.parametrize(("about", "reason"), REASONS)
def test_the_reason_for_being_late_is_taken_from_where_somebody_wrote_it(about: dict[str, Any], reason: str) -> None:
    assert late_reason_of(action(**about)) == reason


@pytest.mark.parametrize("result", list(Result))
def test_only_a_result_that_somebody_has_looked_at_rests_on_something(result: Result) -> None:
    nobody_has_looked = result in (Result.TOO_EARLY, Result.NOT_MEASURED)
    assert bool(basis_fault(result, RestsOn.MEASURED)) is nobody_has_looked
    assert basis_fault(result, None) == ""
    assert basis_shown(result, RestsOn.MEASURED) is (None if nobody_has_looked else RestsOn.MEASURED)

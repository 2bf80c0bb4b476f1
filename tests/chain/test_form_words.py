"""What a person wrote in the form's sixth column, told from the face."""

from __future__ import annotations

import pytest

from samsyn.chain.choices import FormFace, Implementation, Result
from samsyn.chain.form_words import besides_the_face, face_first


@pytest.mark.parametrize("colour", list(FormFace))
@pytest.mark.parametrize("implementation", list(Implementation))
@pytest.mark.parametrize("result", list(Result))
def test_nothing_is_left_of_a_face_alone(colour: FormFace, implementation: Implementation, result: Result) -> None:
    face = f"{colour.label}. {implementation.label}. Resultat: {result.label}."
    assert besides_the_face(face) == ""
    assert besides_the_face(f"{face} Lamporna är sena.") == "Lamporna är sena."


@pytest.mark.parametrize("text", [
    "Pågår även nästa år", "Grönområdet är röjt", "Klart", "Bättre", "Lamporna är sena. Gul.", "Resultat: bättre än förra året", ""])
def test_a_person_s_own_words_are_kept(text: str) -> None:
    assert besides_the_face(text) == text


@pytest.mark.parametrize(("text", "left"), [("gul", ""), ("Röd: ingen har tid", "ingen har tid"), ("PÅGÅR", ""), ("Resultat: Sämre", "")])
def test_parts_of_a_face_are_taken_away(text: str, left: str) -> None:
    assert besides_the_face(text) == left


@pytest.mark.parametrize(("text", "said"), [
    ("Gul. Pågår. Resultat: Inte mätt. Lamporna är sena.", (Implementation.UNDER_WAY, Result.NOT_MEASURED)),
    ("Gjord till en del. En vandring blev inställd.", (Implementation.DONE_IN_PART, None)),
    ("Grön. Resultat: Bättre.", (None, Result.BETTER)), ("Pågår även nästa år", (None, None)), ("", (None, None)),
])
def test_the_face_is_read_as_the_export_writes_it(text: str, said: tuple[Implementation | None, Result | None]) -> None:
    assert face_first(text) == said

"""The words of the form's sixth column: what says the face, told from what a person wrote besides."""

from __future__ import annotations

import re
from enum import Enum

from samsyn.chain.choices import Choice, FormFace, Implementation, Result


def _any_of(words: type[Enum]) -> str:
    labels = (str(word.label) for word in words if isinstance(word, Choice))
    return "|".join(re.escape(label) for label in sorted(labels, key=len, reverse=True))


_FACE_FIRST = re.compile(
    rf"^\s*(?:(?:{_any_of(FormFace)})\b[.,:]?\s*)?(?:(?P<implementation>{_any_of(Implementation)})(?:\.|\Z)\s*)?"
    rf"(?:Resultat: (?P<result>{_any_of(Result)})(?:\.|\Z)\s*)?", re.IGNORECASE)


def face_first(text: str) -> tuple[Implementation | None, Result | None]:
    """Return the implementation and the result that stand first in the sixth column, written as the export writes them."""
    found = _FACE_FIRST.match(text)
    said = [word.strip(" .,:").casefold() for word in (found["implementation"], found["result"]) if word] if found else []
    return (next((one for one in Implementation if one.label.casefold() in said), None),
            next((one for one in Result if one.label.casefold() in said), None))


def besides_the_face(text: str) -> str:
    """
    Return what a person wrote in the sixth column besides the face.

    "Gul. Pågår. Resultat: Inte mätt. Lamporna är sena." gives "Lamporna är sena.". Only words that stand as the
    export writes them are taken away, colour first; "Pågår även nästa år" is kept whole.
    """
    return _FACE_FIRST.sub("", text, count=1).strip()

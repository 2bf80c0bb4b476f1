"""What a person can answer about an action or an assignment with one press, and what it says of the implementation."""

from __future__ import annotations

from dataclasses import dataclass

from samsyn.chain.choices import Choice, Implementation


class Answer(Choice):
    """The answers of a personal link. None touches the result: what the person saw is kept as text."""

    DONE_AS_INTENDED = "done_as_intended", "Klar, som tänkt"
    DONE_IN_PART = "done_in_part", "Klar till en del, eller på annat sätt"
    UNDER_WAY = "under_way", "På väg"
    DELAYED = "delayed", "Försenad"
    NOT_DONE = "not_done", "Blir inte av"
    HELP = "help", "Behöver hjälp"


SAYS = {
    Answer.DONE_AS_INTENDED: Implementation.DONE_AS_INTENDED,
    Answer.DONE_IN_PART: Implementation.DONE_IN_PART,
    Answer.UNDER_WAY: Implementation.UNDER_WAY,
    Answer.DELAYED: Implementation.UNDER_WAY,
    Answer.NOT_DONE: Implementation.NOT_DONE,
    Answer.HELP: None,
}
"""Answer -> the implementation it says, None where the state is left as it is."""


@dataclass(frozen=True, slots=True)
class Press:
    """
    One of the five large buttons.

    code      what stands in the address of a page that opens with it chosen: "?svar=klar"
    answers   what it can mean; more than one is asked about on the next page
    """

    code: str
    label: str
    answers: tuple[Answer, ...]


PRESSES = (
    Press("klar", "Klar", (Answer.DONE_AS_INTENDED, Answer.DONE_IN_PART)),
    Press("pa-vag", "På väg", (Answer.UNDER_WAY,)),
    Press("forsenad", "Försenad", (Answer.DELAYED,)),
    Press("blir-inte-av", "Blir inte av", (Answer.NOT_DONE,)),
    Press("hjalp", "Behöver hjälp", (Answer.HELP,)),
)


def press_of(code: str) -> Press | None:
    """Return the button of a code in an address, None for anything else."""
    return next((press for press in PRESSES if press.code == code), None)

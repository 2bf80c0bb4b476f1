"""The page about one place as values, and as the strings its paper shows: the same for PDF, Word and HTML."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from samsyn.analysis.answer import Answer
from samsyn.analysis.place_sentences import CHANCE
from samsyn.chain.wording import date_words
from samsyn.formats.analysis_report import View, drawn_and_told, first_words

_END = re.compile(r"(?<=[.!?]) (?=[A-ZÅÄÖ])")  # of the first sentence of several
HEADINGS = {"numbers": "Talen", "method": "Så räknade vi", "choices": "Vad som gällde", "warnings": "Tänk på", "choice": "Uppgift", "value": "I det här svaret"}


@dataclass(frozen=True, slots=True)
class PlaceReport:
    """
    What the page about a place tells.

    answer    the question with its sentences, charts and tables
    on        the day it was made
    place     Swedish name of the place; "" if it is not told
    lead      Swedish: what is compared, in a sentence or two; "" if there is nothing to say
    source    Swedish: where the numbers come from
    choices   (Swedish name, words): the settings, as they were understood
    remarks   Swedish sentences: what was left out of a file, and how its periods were read
    """

    answer: Answer
    on: date
    place: str
    lead: str
    source: str
    choices: tuple[tuple[str, str], ...]
    remarks: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The question, with the place it is about."""
        return f"{self.answer.title} {self.place}".strip()


def view_of_place(report: PlaceReport) -> View:
    """Return the page's words by name: only str, bool, int and lists and dicts of them. Charts are numbered in the order of the answer's."""
    answer = report.answer
    first, *others = answer.sentences or (first_words(answer),)
    strong, rest = parted(first)
    return {
        "headings": dict(HEADINGS), "title": report.title, "question": answer.title, "place": report.place, "lead": report.lead,
        "file": f"Källa: {report.source}", "stamp": [f"Gjord {date_words(report.on)}"], "first": strong, "rest": rest, "sentences": others,
        "warnings": list(answer.warnings), **drawn_and_told(answer, iter(range(len(answer.charts)))),
        "method": [*answer.method, *report.remarks], "choices": [["Källa", report.source], *(list(choice) for choice in report.choices)],
    }  # fmt: skip


def parted(words: str) -> tuple[str, str]:
    """Return what stands out, and the reservations after it. That something may be chance stands out with what it is said of."""
    strong, *rest = _END.split(words, maxsplit=1)
    more = rest[0] if rest else ""
    if more.startswith(CHANCE):
        return f"{strong} {CHANCE}", more.removeprefix(CHANCE).strip()
    return strong, more

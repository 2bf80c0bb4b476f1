"""
Is an answer to a SMART question so vague that nobody can say whether the goal is reached?

A guess by words, so it is only ever asked as a question. An answer is vague when nothing is left of it once the words
that fit any goal are taken away ("ökad trygghet"). Measurable must also say a number or how it is counted, and
time-bound a number, a part of the year or what it follows on.
"""

from __future__ import annotations

import re

from samsyn.chain.plan import Goal
from samsyn.chain.rows import is_said
from samsyn.chain.swedish import fold

ANSWERS = ("specific", "measurable", "accepted", "realistic", "time_bound")

_WORD = re.compile(r"[^\W_]+")

_BEGINNINGS = tuple(  # of words that fit any goal
    "bättre bäst förbättr ökad öknin minska minskn trygg otrygg säker säkr stärk utveckl främj motverk förebygg skapa lugn trivs triva trivsel "
    "samverk samarbet attraktiv hållbar långsiktig positiv effektiv tydlig nöjd uppfölj åtgärd kontinuerlig löpande snar snabb möjlig framöver "
    "framtid alltid självklar absolut inblandad berörd överens mätbar mätas realistisk accepter specifik rimlig".split())
_WORDS = frozenset(  # whole words that fit any goal, and small words
    "öka ökar ökas färre fler flera mindre mer mera högre lägre sämre god gott goda bra hälsa målet mål problemet sikt senare tid tiden hela ofta nu "
    "genast ja nej ok okej troligen kanske alla samtliga går kan känns känna känner märks märka syns synas mäta mäts allmänt generellt "
    "det den de vi ni man som att är blir bli ska skall skulle kommer vara var ha har få får till för av om på i och eller en ett med från inom efter "
    "vid så både också inte mycket lite allt allting olika vår våra deras sig sin sitt sina där här när då".split())
_TELLS_HOW = re.compile(
    r"\d|\b(?:två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|noll|inga|ingen|hälften)\b|\b(?:antal|andel|procent|anmäl|enkät|fråg|räkn|statistik|mätning|"
    r"mätt|logg|list|protokoll|intervju|observ|undersök|provköp|dialog|vandring|besök|index|register|journal|halver|svar|handuppräck|kvitt|besikt)\w*")
_TELLS_WHEN = re.compile(
    r"\d|\b(?:år|läsår|halvår|månad|veck|dag|kvartal|termin|säsong|våren|vårtermin|sommar|höst|vint|jan|feb|mars|april|maj|juni|juli|aug|sept|okt|nov|"
    r"dec|jul|påsk|midsommar|nyår|skolstart|skolslut|period|före|innan)")


def vague_answers(goal: Goal) -> tuple[str, ...]:
    """Return the names of the SMART answers that are given but vague, in the order they are asked."""
    return tuple(name for name in ANSWERS if is_vague(name, getattr(goal, name)))


def is_vague(question: str, answer: str) -> bool:
    """
    Return whether an answer to one of ANSWERS is vague. An answer that is not given is not vague.

    A goal with a day of its own (`due_on`) may still have a vague answer to when: the two are asked apart.
    """
    if not is_said(answer):
        return False
    folded = fold(answer)
    if question == "measurable":
        return _TELLS_HOW.search(folded) is None
    if question == "time_bound":
        return _TELLS_WHEN.search(folded) is None
    return all(_says_nothing(word) for word in _WORD.findall(folded))


def _says_nothing(word: str) -> bool:
    return word in _WORDS or word.startswith(_BEGINNINGS)

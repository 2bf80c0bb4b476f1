"""
The words of the sixth column: how far an action has come, or what came of it.

Only what the words say. "Ej klart" is not "blev inte av", and a plan to be ready is not ready: where a word is
taken back or put off, it is asked about.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from samsyn.chain.choices import Implementation, Result
from samsyn.formats.swedish_dates import read_date

_DONE = r"(?:genomför(?:d|da|t|ts|des)|utför(?:d|da|t|ts|des)|avslutad?e?t?|avslutats|slutför(?:d|da|t)|fullför(?:d|da|t)|klar(?:t|a)?|" \
        r"färdig(?:t|a)?|färdigställ(?:d|da|t)|gjor(?:d|da|t)|gjordes|verkställ(?:d|da|t)|done|completed?|finished|implemented)"
_NOT = r"(?:ej|inte|icke|ännu inte|ännu ej|inte ännu|har inte|är inte|aldrig|not|not yet)"
_BEGUN = r"(?:på ?börja(?:d|de|t|ts|des)|starta(?:d|de|t|ts|des)|börjat|inle(?:dd|tt|dda|tts|ddes)|igång(?:satt|sätts)?|i gång|started|begun)"
_PLANNED = r"(?:som (?:planerat|tänkt|avsett|avtalat|beslutat|var tänkt|det var tänkt)|enligt plan(?:en|ering|eringen)?|fullt ut|as planned|as intended)"
_PART = r"(?:delvis|till (?:viss|en|stor) del|till hälften|i viss mån|halvt|partly|partially)"

_NOT_DONE = re.compile(
    rf"\b{_NOT} (?:har |är |blivit )?(?:genomför|utför|verkställ|gjor)\w*|\b(?:genomfördes|utfördes|gjordes|blev|kom) (?:aldrig|inte|ej)(?: av| till stånd)?\b|"
    r"\b(?:inte|ej) (?:blivit|blev) av\b|\binställ(?:d|t|da|des|ts)\b|\bställ(?:s|des|ts) in\b|\bstruken\b|\bstruk(?:its|et|na)\b|\bströks\b|\bstryks\b|\butgår\b|"
    r"\butgått\b|\butgick\b|\bavbr(?:uten|utits|utet|öts|yts)\b|\bnedlag[dt]\w*|\blagts? ned\b|\blades ned\b|\bborttag(?:en|et|its)\b|\btas bort\b|\bkommer inte att (?:genomföras|utföras|göras)\b|"
    r"\binte (?:längre )?aktuell\w*|\bej aktuell\w*|\bcancell?ed\b|\bnot (?:done|carried out|completed|implemented)\b|\bdropped\b|\bskippa[dt]\b|\bavslag(?:en|its)\b")
_NOT_STARTED = re.compile(
    rf"\b{_NOT} (?:har |är |blivit )?(?:ens )?{_BEGUN}\b|\bhar (?:inte|ej) (?:kommit )?{_BEGUN}\b|\boppåbörja[dt]\b|\bostarta[dt]\b|(?<!som )\bplanera[dt]e?\b|\bplaneras\b|\bkommande\b|"
    rf"\bframtida\b|\batt göra\b|\bto ?do\b|\bplanned\b|\b(?:ska|skall|kommer att) (?:på ?börjas|starta(?:s)?|inledas|sättas i ?gång)\b|\b(?:på ?börjas|startas?r?|inleds) (?:i|under|v|våren|hösten|sommaren|efter|senare|först|20)")
_UNDER_WAY = re.compile(
    rf"\b{_BEGUN}\b|\bpågå(?:r|ende|tt)?\b|\bpå gång\b|\bpågick\b|\blöpande\b|\bfortlöpande\b|\bfortgår\b|\bfortsätter\b|\bkontinuerlig\w*|\barbetas med\b|\barbetar med\b|"
    r"\bunder (?:arbete|genomförande|uppbyggnad|framtagande|utveckling|process|produktion|införande)\b|\b(?:på väg|halvvägs|snart klar[ta]?|nästan klar[ta]?|nästan färdigt?)\b|"
    rf"\bin progress\b|\bongoing\b|\bunder way\b|\bunderway\b|\b{_PART} {_BEGUN}\b|\bgenomförs (?:nu|löpande|just nu|kontinuerligt)\b|\bi fas\b|\blöper på\b|\benligt plan(?:en)?\b|\bföljer plan(?:en)?\b")
_DONE_IN_PART = re.compile(
    rf"\b{_PART}\b(?! {_BEGUN})|\b{_DONE} {_PART}\b|\binte helt {_DONE}\b|\bej helt {_DONE}\b|\binte fullt ut\b|\b(?:men|dock) (?:ändrad|förändrad|förenklad)\b")
_DONE_AS_INTENDED = re.compile(rf"\b{_DONE}[ ,]+(?:\w+ )?{_PLANNED}|{_PLANNED}[ ,]+{_DONE}\b|\bhelt enligt plan(?:en)?\b|\bgjord som tänkt\b")
_DONE_WORD = re.compile(rf"\b{_DONE}\b|\bgjord, inte sagt hur\b|\bavklara[dt]\b|\bhar (?:hållits|genomförts|ägt rum|monterats|satts upp)\b|\bi mål\b|\bi hamn\b")
_NOT_READY = re.compile(
    rf"\b{_NOT} (?:har |är |blivit |riktigt )?{_DONE}\b|\b(?:ska|skall|bör|kan|kommer att|väntas|beräknas|förväntas|planeras|hoppas|måste|blir|bli|beräknat|beräknad|vara|när|innan|tills|om)"
    rf" (?:\w+ ){{0,2}}{_DONE}\b|\bklart? (?:för|att|med hjälp|senast|under|till|i|våren|hösten|v\.?|20\d\d)\b|\bo(?:avslutad|färdig|klar[ta]?)\b|\b{_DONE} (?:senast|till|våren|hösten|våren|v\.? ?\d)")
_NOT_UNDER_WAY = re.compile(rf"\b{_NOT} (?:längre )?(?:pågå|igång|i gång)")
_ABOUT_FOLLOWING_UP = re.compile(r"följs? upp|följer upp|uppfölj|utvärder|\bmäts\b|redovisa|avstäm|statistik|enkät|rapporter")
_DATED = re.compile(rf"^{_DONE}:?,? (?:den |i |under |sedan |per )?(?P<when>.*\d.*)$")
_DELAYED = re.compile(r"\bförsena|\buppskjut|\bskjuts upp\b|\bframflytta|\bflyttas fram\b|\bpausa[dt]|\bvilande\b|\bavvakta|\bväntar\b|\bstoppa[dt]\b|\bdelayed\b|\bpostponed\b|\bon hold\b|\bbordlagd")
_UNSURE = re.compile(
    r"\?|\bkanske\b|\boklart\b|\bvet (?:ej|inte)\b|\beventuellt\b|\btroligen\b|\bj/n\b|^(?:ok|okej|bra|dåligt|ja|nej|j|n|x|v|\d{1,2}|[a-z]|yes|no|så ?där|sådär|"
    r"på rätt väg|rätt spår)[.!]?$")

_BETTER = re.compile(
    r"\bbättre\b|\bförbättr\w+|\b(?:har )?minska(?:t|de|r)\b|\bminskning\b|\bfärre\b|\blugnare\b|\btryggare\b|\bsjunk(?:it|er)\b|\bhalvera\w+|\bbetter\b|\bimproved\b")
_UNCHANGED = re.compile(r"\boförändra\w+|\bingen (?:skillnad|förändring|effekt|ändring)\b|\bsamma (?:nivå|läge) som\b|\bunchanged\b")
_WORSE = re.compile(r"\bsämre\b|\bförsämr\w+|\bvärre\b|\botryggare\b|\bworse\b")
_GOOD_TO_HAVE = re.compile(r"delta|närvaro|trygghet|samarbete|tillit|kunskap|personal|resurs|tid\b|budget|anmälningsbenägenhet|antal vuxna|medverka")
_RESULT_LABEL = re.compile(r"\bresultat(?:et)?:? (?P<said>bättre|oförändrat|sämre|går inte att säga|för tidigt|inte mätt)\b")
_TOO_EARLY = re.compile(r"\bför tidigt\b(?: att (?:säga|bedöma|mäta|svara))?")
_NOT_MEASURED = re.compile(r"\b(?:inte|ej) (?:mätt|mätts|uppmätt|uppföljt|följts upp)\b")
_CANNOT_BE_TOLD = re.compile(r"\bgår (?:inte|ej) att (?:säga|bedöma|avgöra|mäta)\b")

_PERCENT = re.compile(r"^(?:(?:ca|cirka|klart?|genomförd?t?|status)?[ :]*)?(\d{1,3})(?:[.,]\d+)? ?(?:%|procent)(?: (?:klart?|klara|färdigt?|genomfört?|genomförda?|utfört?|done|complete))?[.!]?$")
LONGEST_CLEAR = 6  # words of a clause that says how far, and nothing else


@dataclass(frozen=True, slots=True)
class WordsRead:
    """What the words say. `ask` is True where they may mean something else."""

    implementation: Implementation | None = None
    result: Result | None = None
    ask: bool = False


def read_words(text: str, today: date) -> WordsRead:
    """
    Read the words of a status, without its colours.

    text      folded: lower case
    today     "klart 2026-05-01" is done if the day has passed, and a wish if it has not
    returns   nothing at all for words that say nothing of how far it has come
    """
    if not text.strip():
        return WordsRead()
    percent = _PERCENT.match(text)
    if percent:
        return _of_percent(int(percent.group(1)))
    if _UNSURE.search(text) and not re.search(rf"{_DONE}|{_BEGUN}|pågå", text):
        return WordsRead(ask=True)
    found: list[tuple[Implementation | None, bool]] = []
    for clause in re.split(r"[.;!\n]+\s*|,\s+(?=men\b|dock\b|ej\b|inte\b|ännu\b|delvis\b|pågå)|\s[-–]\s|\s+men\s+", _RESULT_LABEL.sub(" ", text)):
        found += _of_clause(clause.strip(), today)
    values = list(dict.fromkeys(value for value, _ in found if value is not None))
    put_off = any(value is None for value, _ in found)
    result = _result_of(text)
    asked = bool(_UNSURE.search(text) or "?" in text)
    if len(values) == 1:
        agrees = not put_off or values[0] in (Implementation.UNDER_WAY, Implementation.NOT_STARTED, Implementation.DONE_IN_PART)
        sure = agrees and any(short for value, short in found if value is not None)
        return WordsRead(values[0], result, asked or not sure)
    if set(values) == {Implementation.NOT_STARTED, Implementation.NOT_DONE} and len(found) == 2 and not put_off:
        return WordsRead(None, result, True)
    return WordsRead(None, result, asked or bool(values) or put_off)


def _of_clause(clause: str, today: date) -> list[tuple[Implementation | None, bool]]:
    """Return what a clause says: (how far, whether it says only that); how far None = taken back or put off."""
    if not clause:
        return []
    short = len(clause.split()) <= LONGEST_CLEAR
    yet = bool(re.search(r"\bännu\b|\bän\b|\byet\b", clause))
    if _NOT_DONE.search(clause):
        return [(None, short)] if yet else [(Implementation.NOT_DONE, short)]
    for value, pattern in (
        (Implementation.DONE_AS_INTENDED, _DONE_AS_INTENDED), (Implementation.NOT_STARTED, _NOT_STARTED),
        (Implementation.DONE_IN_PART, _DONE_IN_PART),
    ):
        if pattern.search(clause) and not (_NOT_READY.search(clause) and value is Implementation.DONE_AS_INTENDED):
            return [(value, short)]
    said: list[tuple[Implementation | None, bool]] = []
    if _UNDER_WAY.search(clause) and not _NOT_UNDER_WAY.search(clause) and not _ABOUT_FOLLOWING_UP.search(clause):
        said.append((Implementation.UNDER_WAY, short))
    if _DELAYED.search(clause) or _is_put_off(clause, today):
        said.append((None, short))
    elif _DONE_WORD.search(clause) and not re.search(r"nästan|snart", clause):
        said.append((Implementation.DONE, short))
    return said


def _is_put_off(clause: str, today: date) -> bool:
    """Return whether a word for ready is taken back, or belongs to a day that has not come."""
    dated = _DATED.search(clause)
    if dated:
        day = read_date(dated["when"], today)
        if day.interpreted is not None and not day.ask:
            return day.interpreted > today
    return bool(_NOT_READY.search(clause))


def _of_percent(percent: int) -> WordsRead:
    if percent > 100:
        return WordsRead(ask=True)
    if percent == 0:
        return WordsRead(Implementation.NOT_STARTED)
    return WordsRead(Implementation.DONE if percent == 100 else Implementation.UNDER_WAY)


def _result_of(text: str) -> Result | None:
    """Return the result if the words say one thing only. More or less of what is good to have says nothing of the problem."""
    labelled = _RESULT_LABEL.search(text)
    if labelled:
        return next(result for result in Result if result.label.lower() == labelled["said"])
    said = [result for result, pattern in (
        (Result.BETTER, _BETTER), (Result.UNCHANGED, _UNCHANGED), (Result.WORSE, _WORSE), (Result.TOO_EARLY, _TOO_EARLY),
        (Result.NOT_MEASURED, _NOT_MEASURED), (Result.CANNOT_BE_TOLD, _CANNOT_BE_TOLD)) if pattern.search(text)]
    if len(said) != 1 or (said[0].is_verdict and _GOOD_TO_HAVE.search(text)) or re.search(r"\?|\bska\b|\bmål|\bskulle\b|\binte (?:bättre|sämre|minska|förbättr|försämr)", text):
        return None
    return said[0]

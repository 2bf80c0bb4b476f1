"""
One line of what is written in a meeting, understood: a note, a decision, or an assignment with owner and day.

"Bo: belysning Parkvägen före 15 mars" is Bo's assignment, to be done by 15 March. What is not understood stays in the text as it was typed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from samsyn.chain.meeting_dates import FoundDay, day_at_end, day_inside
from samsyn.chain.meeting_values import LineKind
from samsyn.chain.notice_values import Person
from samsyn.chain.swedish import fold
from samsyn.chain.wording import listed

LONGEST_LINE = 5000  # characters, as of any field: two texts without end would be compared for hours
LONGEST_OWNER = 80     # characters before the colon
MOST_LINES = 100       # of what is pasted at once
NO_NAMES = frozenset(("obs ps nb info information notera not fråga frågor svar viktigt tips länk kl klockan exempel ex bakgrund syfte mål resultat "
                      "problem orsak orsaker åtgärd åtgärder risk idé förslag status läge nästa steg nuläge plats tid datum tema summering slutsats "
                      "kommentar beslut uppdrag anteckning ärende punkt").split())
_DECISION = re.compile(r"\s*(beslut(?:\s+\d+)?\s*:)\s*", re.IGNORECASE)
_DECIDES = re.compile(r"\s*(?:(?:vi|gruppen|styrgruppen|mötet|arbetsgruppen|rådet|beredningsgruppen)\s+(?:har\s+)?(?:beslutar|beslutade|beslutat)\b"
                      r"|beslutades\b|(?:det\s+)?beslutas\b|beslöts\b)", re.IGNORECASE)
_ASSIGNMENT = re.compile(r"\s*((?:uppdrag|att göra)\s*:)\s*", re.IGNORECASE)
_NOTE = re.compile(r"\s*((?:anteckning|notering|not)\s*:)\s*", re.IGNORECASE)
_BEFORE_COLON = re.compile(rf"\s*([^\W\d_][^:@\n]{{0,{LONGEST_OWNER}}}?)\s*:(?=\s|$)\s*")
_AT_NAME = re.compile(r"(?:(?<=\s)|(?<![\s\S]))@(?=[^\W\d_])")
_ONE_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[-'’.](?=[^\W\d_]))*")


@dataclass(frozen=True, slots=True, kw_only=True)
class UnderstoodLine:
    """
    What a line says.

    text                     never empty unless the line was; together with the words below it holds every word of the line
    owner                    the name as it is known, else as it was typed; "" unless it is an assignment
    person                   whom the owner is, if exactly one known person fits
    choices                  names to choose among, where several fit
    fault                    what the person is to be told, in Swedish; "" if all is well
    kind_words, owner_words, due_words   what was taken out of the text, since kind, owner and day say it
    """

    kind: LineKind
    text: str
    owner: str = ""
    person: Person | None = None
    due_on: date | None = None
    choices: tuple[str, ...] = ()
    fault: str = ""
    kind_words: str = ""
    owner_words: str = ""
    due_words: str = ""


@dataclass(frozen=True, slots=True)
class _Owner:
    """Who a line gives something to: what was typed, whom it fits, and the text without it. `beside` = what stood after the name."""

    words: str
    fits: tuple[Person, ...]
    rest: str
    beside: str = ""


def lines_in(text: str) -> tuple[str, ...]:
    """Return the lines of what was typed or pasted, each one row; more than MOST_LINES stay together as one, so that nothing is lost."""
    found = tuple(line.strip() for line in text.splitlines() if line.strip())
    return found if len(found) <= MOST_LINES else (text.strip(),)


def understand(text: str, people: Sequence[Person], today: date) -> UnderstoodLine:
    """
    Return what a line says.

    text     any length; a line break counts as a space where owner and day are looked for
    people   those of the group and the partnership; a first name fits if one person has it
    today    a day without a year is the next one
    """
    line = text.strip()
    if (decision := _DECISION.match(line)) and line[decision.end():]:
        return UnderstoodLine(kind=LineKind.DECISION, text=line[decision.end():], kind_words=decision[1])
    if _DECIDES.match(line):
        return UnderstoodLine(kind=LineKind.DECISION, text=line)
    if (note := _NOTE.match(line)) and line[note.end():]:
        return UnderstoodLine(kind=LineKind.NOTE, text=line[note.end():], kind_words=note[1])
    said = _ASSIGNMENT.match(line)
    owner = _owner(line[said.end():] if said else line, people, today, is_said=said is not None)
    if owner is None:
        fault = "Vem gör det? Skriv namnet först, som ”Bo: laga lampan”." if said else ""
        return UnderstoodLine(kind=LineKind.NOTE, text=line, fault=fault)
    return _assignment(owner, said[1] if said else "", today)


def fits(name: str, people: Sequence[Person]) -> tuple[Person, ...]:
    """
    Return the known people whom a name may mean: the whole name, else its beginning, else without å, ä and ö.

    people   somebody with two names stands there twice, with the same address, and comes back once
    """
    wanted = fold(name)
    ways = (lambda known: known == wanted, lambda known: _begins(known, wanted), lambda known: _begins(_plain(known), _plain(wanted)))
    for way in ways if wanted else ():
        found = {person.key: person for person in people if way(fold(person.name))}
        if found:
            return tuple(found.values())
    return ()


def owner_fault(owner: str, people: Sequence[Person]) -> str:
    """Return what is to be asked about an owner's name where several people may be meant; "" where it is clear."""
    found = fits(owner, people)
    return f"Vem menas? Välj {' eller '.join(person.name for person in found)}." if len(found) > 1 else ""


def day_fault(text: str, today: date) -> str:
    """Return what is to be said of a day that still stands in an assignment's text because it does not exist; "" if there is none."""
    found = day_at_end(_flat(text), today) or day_inside(_flat(text), today)
    return found.fault if found and found.day is None else ""


def _begins(known: str, wanted: str) -> bool:
    return known == wanted or known.startswith(wanted + " ")


def _plain(text: str) -> str:
    return text.translate(str.maketrans("åäö", "aao"))


def _flat(text: str) -> str:
    """Return a text of the same length where every white space is a space: places in it are places in the text."""
    return re.sub(r"\s", " ", text)


def _owner(line: str, people: Sequence[Person], today: date, *, is_said: bool) -> _Owner | None:
    return _at(line, people) or _before_colon(line, people, today) or _first_words(line, people, today, is_said=is_said)


def _at(line: str, people: Sequence[Person]) -> _Owner | None:
    """Read "@Nour tar nattvandringen", also with the name later in the line: the longest known name, else one word."""
    mark = _AT_NAME.search(line)
    if mark is None:
        return None
    after = line[mark.end():]
    words, found = _known_start(after, people)
    if not words:
        one = _ONE_WORD.match(after)
        words = one[0] if one else ""
    rest = f"{line[:mark.start()].rstrip()} {after[len(words):].lstrip(' :,')}".strip()
    return _Owner(words, found, rest) if words else None


def _known_start(text: str, people: Sequence[Person]) -> tuple[str, tuple[Person, ...]]:
    """Return the most words at the beginning of a text that are somebody's name, and whose."""
    ends = [word.end() for word in re.finditer(r"\S+", text[:LONGEST_OWNER])][:4]
    for end in reversed(ends):
        words = text[:end].rstrip(".,;:!?")
        if words and (found := fits(words, people)):
            return words, found
    return "", ()


def _before_colon(line: str, people: Sequence[Person], today: date) -> _Owner | None:
    """Read "Bo: ..." and "Bo, Granvikshus: ...": a known person, or anybody's name where the line ends with a day."""
    found = _BEFORE_COLON.match(_flat(line))
    if found is None:
        return None
    words, rest = line[found.start(1):found.end(1)], line[found.end():]
    known = fits(words, people)
    if not rest.strip():
        return None
    if known:
        return _Owner(words, known, rest)
    name, comma, beside = words.partition(",")
    if comma and (known := fits(name, people)):
        return _Owner(name.strip(), known, rest, beside.strip())
    return _Owner(words, (), rest) if _may_be_name(words) and day_at_end(_flat(rest), today) else None


def _may_be_name(words: str) -> bool:
    each = words.split()
    return len(each) <= 6 and words[0].isupper() and not any(sign.isdigit() for sign in words) and fold(each[0]).rstrip(".") not in NO_NAMES


def _first_words(line: str, people: Sequence[Person], today: date, *, is_said: bool) -> _Owner | None:
    """
    Read "Bo lagar lampan senast fredag": a known person first and a day to be done by last. After "Uppdrag:" the name is enough.

    What follows the name begins with a small letter: "Bo Ek lagar lampan" is not about another Bo.
    """
    words, found = _known_start(line, people)
    rest = line[len(words):].lstrip(" ,")
    if not words or not rest or not words[0].isupper() or not rest[0].islower():
        return None
    day = day_at_end(_flat(rest), today)
    return _Owner(words, found, rest) if is_said or (day is not None and day.is_strong) else None


def _assignment(owner: _Owner, kind_words: str, today: date) -> UnderstoodLine:
    text, day, due_words = _without_day(owner.rest, today)
    text = f"{text} ({owner.beside})" if owner.beside else text
    person = owner.fits[0] if len(owner.fits) == 1 else None
    choices = tuple(one.name for one in owner.fits) if len(owner.fits) > 1 else ()
    asked = [f"Vem menas? Välj {listed(choices[:-1])} eller {choices[-1]}."] if choices else []
    faults = [*asked, *([day.fault] if day and day.fault else [])]
    return UnderstoodLine(
        kind=LineKind.ASSIGNMENT, text=text or owner.words, owner=person.name if person else owner.words, person=person, due_on=day.day if day else None,
        choices=choices, fault=" ".join(faults), kind_words=kind_words, owner_words=owner.words, due_words=due_words)


def _without_day(rest: str, today: date) -> tuple[str, FoundDay | None, str]:
    """Return a text without the day it ends with, the day, and the words that said it. A day that does not exist stays, and one inside the line."""
    flat = _flat(rest)
    day = day_at_end(flat, today)
    if day is None:
        return rest.strip(), day_inside(flat, today), ""
    left = rest[: day.start].rstrip(" \t\r\n,;–-(")
    if day.day is None or not any(sign.isalnum() for sign in left):
        return rest.strip(), day, ""
    return left.strip(), day, rest[day.start:].strip()

"""The words of the letter that goes out with minutes: a person's own assignments first, then what the meeting came to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from samsyn.chain.letter_parts import flat, greeting, html_document, paragraph
from samsyn.chain.letter_values import LetterText
from samsyn.chain.meeting_values import LineKind, MinutesContent
from samsyn.chain.minutes import finding, lines_of
from samsyn.chain.notice_values import Person
from samsyn.chain.wording import clipped, clock_words, counted, date_words, local_day, sentence

MOST_DECISIONS = 10
LONGEST_LINE, LONGEST_SUBJECT = 400, 150


@dataclass(frozen=True, slots=True)
class OwnAssignment:
    """An assignment that the reader of the letter got. `answer_url` = their own link to answer about it."""

    text: str
    due_on: date | None
    answer_url: str


def minutes_letter(content: MinutesContent, person: Person, own: Sequence[OwnAssignment], *, url: str) -> LetterText:
    """
    Return the letter to one person.

    own    the person's own assignments; nobody else's are told in the letter
    url    where the minutes are read, signed in
    """
    came_to = f"Mötet kom fram till {_lower(finding(content))}."
    decisions = [sentence(clipped(line.text, LONGEST_LINE)) for _, line in lines_of(content, LineKind.DECISION)]
    shown, more = decisions[:MOST_DECISIONS], len(decisions) - MOST_DECISIONS
    closing = [*([_and_more(more)] if more > 0 else []), *_next(content), "Hela protokollet är bifogat som PDF."]
    opening = _opening(content, own)
    return LetterText(_subject(content), _as_text(person, opening, own, came_to, shown, closing, url, content.closed_by),
                      _as_html(person, opening, own, came_to, shown, closing, url, content.closed_by))


def _subject(content: MinutesContent) -> str:
    return clipped(f"Protokoll {content.group} {date_words(local_day(content.starts_at))}: {_lower(finding(content))}", LONGEST_SUBJECT)


def _opening(content: MinutesContent, own: Sequence[OwnAssignment]) -> str:
    meeting = f"mötet med {clipped(content.group, 120)} {date_words(local_day(content.starts_at))}"
    if not own:
        return f"Här är protokollet från {meeting}."
    return f"Du fick {counted(len(own), 'uppdrag', 'uppdrag', neuter=True)} på {meeting}:"


def _next(content: MinutesContent) -> list[str]:
    if content.next_at is None:
        return []
    return [f"Nästa möte är {date_words(local_day(content.next_at))} kl. {clock_words(content.next_at)}."]


def _and_more(count: int) -> str:
    return f"Det finns {counted(count, 'beslut', 'beslut', neuter=True)} till i protokollet."


def _what(one: OwnAssignment) -> str:
    due = f" Klart senast {date_words(one.due_on)}." if one.due_on else ""
    return sentence(clipped(one.text, LONGEST_LINE)) + due


def _as_text(person: Person, opening: str, own: Sequence[OwnAssignment], came_to: str, decisions: Sequence[str], closing: Sequence[str], url: str,
             by: str) -> str:
    rows = [greeting(person.name), opening]
    rows += [f"{number}. {_what(one)}\nSvara här, utan att logga in: {one.answer_url}" for number, one in enumerate(own, 1)]
    rows.append(came_to)
    rows += ["\n".join(f"- {text}" for text in decisions)] if decisions else []
    return "\n\n".join([*rows, *closing, f"I Samsyn: {url}", f"Hälsningar\n{flat(by) or 'Samsyn'}"]) + "\n"


def _as_html(person: Person, opening: str, own: Sequence[OwnAssignment], came_to: str, decisions: Sequence[str], closing: Sequence[str], url: str,
             by: str) -> str:
    items = "\n".join(f'<li><p>{escape(_what(one))}<br><big><a href="{escape(one.answer_url)}">Svara här</a></big>, utan att logga in</p></li>' for one in own)
    return html_document("Protokoll", [
        paragraph(greeting(person.name)), paragraph(opening), f"<ol>\n{items}\n</ol>" if own else "", paragraph(came_to),
        "<ul>\n" + "\n".join(f"<li>{escape(text)}</li>" for text in decisions) + "\n</ul>" if decisions else "", *map(paragraph, closing),
        f'<p><a href="{escape(url)}">Läs protokollet i Samsyn</a></p>', f"<p>Hälsningar<br>{escape(flat(by) or 'Samsyn')}</p>"])


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]

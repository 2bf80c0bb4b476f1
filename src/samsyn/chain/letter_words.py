"""The words of a letter: short, kind and concrete. What, by when, why you, where to answer, whom to ask."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from samsyn.chain.letter_html import as_html
from samsyn.chain.letter_items import Item, items_of
from samsyn.chain.letter_parts import flat, greeting
from samsyn.chain.letter_values import LetterLine, LetterText
from samsyn.chain.notice_values import Person
from samsyn.chain.wording import clipped, counted, days_words, listed, sentence

MOST_ITEMS = 25  # a coordinator's letter after a long silence is a list to read, not a book
LONGEST_SUBJECT = 120


def letter_words(person: Person, lines: Sequence[LetterLine], *, answer_days: int = 30, today: date | None = None,
                 contact: Person | None = None, partnership: str = "", home: str = "") -> LetterText:
    """
    Return one letter that holds all of a person's notices.

    lines        at least one; those about the same thing become one item, and what is to be answered comes first
    answer_days  how long the links last, said in the letter
    today        makes "2026-11-24 (i morgon)" of a day; None = only the day
    contact      whom to ask; None or themselves = nobody is named
    home         the address of Samsyn, for what did not fit; "" = not said
    raises       ValueError if there are no lines
    """
    if not lines:
        raise ValueError("a letter needs something to say")
    items = items_of(lines, today)
    hello, opening = greeting(person.name), _opening(items)
    closing = [*_more(items, home), *_about_links(items, answer_days), *_ask(person, contact)]
    sender = f"Samsyn, för {flat(partnership)}" if partnership else "Samsyn"
    text = "\n\n".join([hello, opening, *(_as_text(item, number, len(items)) for number, item in enumerate(items[:MOST_ITEMS], 1)),
                        *closing, f"Hälsningar\n{sender}"])
    return LetterText(_subject(items), text + "\n", as_html(hello, opening, items[:MOST_ITEMS], closing, sender))


def _opening(items: Sequence[Item]) -> str:
    asked = sum(item.is_asked for item in items)
    if not asked:
        return sentence(f"{counted(len(items), 'sak', 'saker')} är bra att veta")
    besides = f" Och {counted(len(items) - asked, 'sak', 'saker')} är bra att veta." if asked < len(items) else ""
    return sentence(f"{counted(asked, 'sak', 'saker')} väntar på svar") + besides


def _subject(items: Sequence[Item]) -> str:
    """Return "Två saker väntar på svar: Trygg kväll i centrum", on one line."""
    asked = [item for item in items if item.is_asked]
    what = "väntar på svar" if asked else "att veta"
    many = counted(len(asked or items), "sak", "saker")
    where = _where(asked or items)
    return clipped(f"{many[0].upper()}{many[1:]} {what}" + (f": {where}" if where else ""), LONGEST_SUBJECT)


def _where(items: Sequence[Item]) -> str:
    """Return the plan or group that the things come from, else what they are; several plans are counted, and many of both kinds are not said."""
    places = list(dict.fromkeys(item.plan_name for item in items if item.plan_name)) or list(dict.fromkeys(item.text for item in items))
    if len(places) == 1:
        return places[0]
    if not any(item.plan_name for item in items):
        return listed(places) if len(places) == 2 else ""
    if not any(item.is_handed_out for item in items):
        return counted(len(places), "plan", "planer")
    return listed(places) if len(places) == 2 else ""


def _as_text(item: Item, number: int, of: int) -> str:
    head = f"{number}. {item.title}" if of > 1 else item.title
    rows = [head, item.says, *([item.comes_from] if item.comes_from else []), item.because]
    if item.answer_url:
        rows.append(f"Svara här: {item.answer_url}")
    elif item.url:
        rows.append(f"Läs mer: {item.url}")
    return "\n".join(rows)


def _more(items: Sequence[Item], home: str) -> list[str]:
    left = len(items) - MOST_ITEMS
    if left <= 0:
        return []
    return [f"Det finns {counted(left, 'sak', 'saker')} till." + (f" Du ser allt i Samsyn: {home}" if home else " Du ser allt i Samsyn.")]


def _about_links(items: Sequence[Item], answer_days: int) -> list[str]:
    links = sum(bool(item.answer_url) for item in items[:MOST_ITEMS])
    if not links:
        return []
    whose = "Länken är din och gäller" if links == 1 else "Länkarna är dina och gäller"
    return [f"Ett kort svar räcker, och du behöver inte logga in. {whose} i {days_words(answer_days)}."]


def _ask(person: Person, contact: Person | None) -> list[str]:
    if contact is None or contact.key == person.key:
        return []
    return [f"Undrar du något, eller är det inte ditt? Hör av dig till {flat(contact.name)}"
            + (f", {flat(contact.email)}." if contact.email else ".")]

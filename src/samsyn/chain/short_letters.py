"""The words of two short letters: somebody needs help, and somebody is asked how one thing goes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from samsyn.chain.letter_parts import greeting
from samsyn.chain.wording import clipped, date_words

LONGEST_IN_SUBJECT = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpNeeded:
    """
    A cry for help.

    by, by_email   who needs it; the address is "" for somebody who is signed in
    text, where    what it is about, and the name of its plan or group
    words          what they wrote
    help_from      whom they need help from, in their own words; "" if they did not say
    url            where it is read about, signed in
    """

    by: str
    by_email: str
    text: str
    where: str
    words: str
    help_from: str
    url: str


def help_letter(needed: HelpNeeded, name: str) -> tuple[str, str]:
    """Return the subject and the text of a letter to one of those who are told that somebody needs help."""
    who = f"{needed.by} ({needed.by_email})" if needed.by_email else needed.by
    rows = [greeting(name), f"{who} behöver hjälp med:\n{needed.text}\n({needed.where})"]
    rows += [f"Så skriver {who}:\n{needed.words}"] if needed.words else []
    rows += [f"Hjälpen behövs från: {needed.help_from}"] if needed.help_from else []
    rows += ["Inget annat är ändrat. Hör av dig så snart du kan.", f"Läs mer i Samsyn:\n{needed.url}"]
    return f"{needed.by} behöver hjälp: {clipped(needed.text, LONGEST_IN_SUBJECT)}", "\n\n".join(rows) + "\n"


def question_letter(name: str, text: str, where: str, *, answer_url: str, until: date, by: str) -> tuple[str, str]:
    """
    Return the subject and the text of a question that somebody passes on by hand.

    answer_url   the person's own link; `until` the last day it can be used
    by           who asks
    """
    asked = f"Hur går det med det här?\n{text}\n({where})"
    how = f"Svara här. Det tar en halv minut och du behöver inte logga in:\n{answer_url}"
    return f"Hur går det? {clipped(text, LONGEST_IN_SUBJECT)}", "\n\n".join([
        greeting(name), asked, how, f"Länken är din egen och gäller till och med {date_words(until)}.", f"Hälsningar\n{by}"])

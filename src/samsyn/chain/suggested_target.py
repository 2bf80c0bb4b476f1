"""A target value that a goal's own text says: suggested where nobody has written one, never taken for granted."""

from __future__ import annotations

import re

LONGEST_UNIT = 3  # words after a number that are taken for its unit: "0 trasiga lampor"
FIRST_YEAR, LAST_YEAR = 1900, 2199
NUMBER = re.compile(r"(?<![\w.,:/–-])(\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+|\d+)(,\d{1,2})?(?![\w:/–-]|[.,]\d)")
ANY_DIGIT = re.compile(r"\d")
PERCENT = re.compile(r"\s*(?:%|procent\b)", re.IGNORECASE)
LIMIT = re.compile(r"\b(högst|minst|max|min)\s+$", re.IGNORECASE)
WORD = re.compile(r"\s+([^\W\d_]+(?:-[^\W\d_]+)*)([.,;:!?)]?)")
NOT_A_UNIT = frozenset(
    "i på av per år till från vid under före efter för med och eller som ska skall senast innan hos bland mot om inom varje vara är var "
    "blir har deltar kommer genom utan att när där mellan över kring runt jämfört än så kan samt".split())
NAMES_A_THING = re.compile(r"(?:\b(?:kl|klockan|åk|årskurs|klass|vecka|v|nr|nummer|punkt|etapp|steg|zon|linje|hus|kvarter)\.?|gatan|vägen)\s+$", re.IGNORECASE)
CHANGE = re.compile(r"\b(?:minsk|ök|sänk|höj|halver|fördubbl|sjunk|stig|färre|fler|mindre|lägre|högre)\w*", re.IGNORECASE)
UP_TO = re.compile(r"\btill\s+(?:(?:högst|minst|max|min)\s+)?$", re.IGNORECASE)


def suggested_target(text: str) -> str:
    """
    Return the value that a goal's text says it is to reach, with its unit, or "" if it does not say exactly one.

    "Belysning på plats, 0 trasiga lampor" gives "0 trasiga lampor", "60 % av hemmen deltar" gives "60 %". Years are no values.
    Two numbers, a date, a time, a street number or how much something is to change ("minska med 20 %") give nothing.
    """
    flat = " ".join(text.split())
    found = [number for number in NUMBER.finditer(flat) if not _is_year(number)]
    years = [number for number in NUMBER.finditer(flat) if _is_year(number)]
    if len(found) != 1 or _digits_outside(flat, [*found, *years]):
        return ""
    number = found[0]
    before, after = flat[:number.start()], flat[number.end():]
    if NAMES_A_THING.search(before) or (CHANGE.search(flat) and not UP_TO.search(before)):
        return ""
    unit = _unit(after)
    limit = LIMIT.search(before)
    return f"{limit[1].lower() + ' ' if limit else ''}{number[0]}{unit}" if unit else ""


def _is_year(number: re.Match[str]) -> bool:
    return number[0].isdigit() and len(number[0]) == 4 and FIRST_YEAR <= int(number[0]) <= LAST_YEAR


def _digits_outside(text: str, numbers: list[re.Match[str]]) -> bool:
    """Whether there are digits that are no plain number: a date, a time, "7B"."""
    return len(ANY_DIGIT.findall(text)) != sum(len(ANY_DIGIT.findall(number[0])) for number in numbers)


def _unit(after: str) -> str:
    """Return the unit that follows a number, with the space before it; "" if there is none."""
    if PERCENT.match(after):
        return " %"
    words: list[str] = []
    while len(words) < LONGEST_UNIT and (word := WORD.match(after)):
        if word[1].lower() in NOT_A_UNIT:
            break
        words.append(word[1])
        after = after[word.end():]
        if word[2]:
            break
    return f" {' '.join(words)}" if words else ""

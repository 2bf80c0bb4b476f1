"""Single values of a settings file: numbers with decimal comma, spans, shares, words, choices. Each is refused by its key's name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any, TypeVar

from samsyn.analysis.written_numbers import written
from samsyn.formats.participants_columns import plain_header
from samsyn.formats.problems import Refused
from samsyn.formats.series_numbers import read_number

T = TypeVar("T")

_YES, _NO = frozenset({"true", "ja", "yes", "sant"}), frozenset({"false", "nej", "no", "falskt"})
_SPAN = re.compile(r"\s*(-?\d+(?:[.,]\d+)?)\s*(?:-|–|till|to|\.\.)\s*(-?\d+(?:[.,]\d+)?)\s*(?:år)?\s*")


def truth_words(raw: Any) -> str:
    """Return a value as a person wrote it: YAML takes ja and nej for words, but yes and no for truths."""
    return {True: "ja", False: "nej"}[raw] if isinstance(raw, bool) else str(raw)


def number_of(name: str, raw: Any) -> float | None:
    """Return a number; None if nothing is stated. Raises Refused if it is something else."""
    if raw is None:
        return None
    read = read_number(raw) if isinstance(raw, int | float | str) and not isinstance(raw, bool) else None
    if read is None or read.value is None:
        raise Refused(f"Inställningen {name}: {truth_words(raw)} är inget tal. Skriv ett tal, till exempel 0,85.")
    return float(read.value)


def number_between(name: str, raw: Any, above: float, below: float | None = None) -> float | None:
    """Return a number above a limit, and below another if there is one; None if nothing is stated."""
    number = number_of(name, raw)
    if number is not None and not (number > above and (below is None or number < below)):
        where = f"över {written(above)}" if below is None else f"mellan {written(above)} och {written(below)}"
        raise Refused(f"Inställningen {name}: {written(number)} går inte. Talet ska ligga {where}.")
    return number


def whole_of(name: str, raw: Any) -> int | None:
    """Return a whole number; None if nothing is stated."""
    number = number_of(name, raw)
    if number is not None and not number.is_integer():
        raise Refused(f"Inställningen {name}: {truth_words(raw)} är inget heltal.")
    return None if number is None else int(number)


def share_of(name: str, raw: Any) -> float | None:
    """Return a share, 0 to 1, of a share or of per cent; None if nothing is stated."""
    number = number_of(name, raw)
    if number is None:
        return None
    share = number / 100 if number > 1 else number
    if not 0 <= share <= 1:
        raise Refused(f"Inställningen {name}: {truth_words(raw)} är ingen andel. Skriv en andel mellan 0 och 1, eller procent.")
    return share


def span_of(name: str, raw: Any) -> tuple[float, float] | None:
    """Return the lowest and the highest of [13, 91], "13-91" or {min: 13, max: 91}; None if nothing is stated."""
    if raw is None:
        return None
    ends: list[Any] = []
    if isinstance(raw, Mapping):
        by_key = {plain_header(str(key)): value for key, value in raw.items()}
        lowest = [by_key[key] for key in ("min", "low", "lowest", "lagsta", "lagst", "from", "fran") if key in by_key]
        highest = [by_key[key] for key in ("max", "high", "highest", "hogsta", "hogst", "to", "till") if key in by_key]
        ends = [*lowest[:1], *highest[:1]]
    elif isinstance(raw, list | tuple):
        ends = list(raw)
    elif isinstance(raw, str) and (found := _SPAN.fullmatch(raw)):
        ends = [found[1], found[2]]
    numbers = [number_of(name, end) for end in ends]
    if len(numbers) != 2 or numbers[0] is None or numbers[1] is None:
        raise Refused(f"Inställningen {name}: {raw} är inte två tal. Skriv det lägsta och det högsta, till exempel [13, 91].")
    if numbers[0] >= numbers[1]:
        raise Refused(f"Inställningen {name}: {raw} ska gå från det lägsta till det högsta.")
    return numbers[0], numbers[1]


def text_of(name: str, raw: Any) -> str:
    """Return a text; "" if nothing is stated."""
    if raw is None:
        return ""
    if isinstance(raw, Mapping | list):
        raise Refused(f"Inställningen {name} ska vara en text.")
    return truth_words(raw).strip()


def is_true(name: str, raw: Any) -> bool:
    """Return yes or no; no if nothing is stated."""
    if raw is None or isinstance(raw, bool):
        return bool(raw)
    word = str(raw).strip().casefold()
    if word not in _YES | _NO:
        raise Refused(f"Inställningen {name}: {raw} är varken ja eller nej.")
    return word in _YES


def words_of(stated: Mapping[str, Any], name: str) -> tuple[str, ...] | None:
    """Return a list of words, or the single word as one; None if nothing is stated."""
    raw = stated.get(name)
    if raw is None:
        return None
    listed = raw if isinstance(raw, list | tuple) else [raw]
    if any(isinstance(word, Mapping | list) or word is None for word in listed):
        raise Refused(f"Inställningen {name} ska vara en lista med ord, till exempel [fullföljt, enligt plan].")
    return tuple(word for one in listed if (word := truth_words(one).strip()))


def choice_of(stated: Mapping[str, Any], name: str, choices: Mapping[T, frozenset[str]]) -> T | None:
    """Return the choice whose words hold the stated one; None if nothing is stated. Raises Refused with the nearest."""
    raw = stated.get(name)
    if raw is None:
        return None
    plain = plain_header(truth_words(raw))
    found = next((choice for choice, words in choices.items() if plain in words), None)
    if found is None:
        offered = [str(getattr(choice, "value", choice)) for choice in choices]
        by_word = {word: choice for choice, words in choices.items() for word in words}
        near = [by_word[word] for word in get_close_matches(plain, by_word, 1)]
        meant = f" Menade du {getattr(near[0], 'value', near[0])}?" if near else ""
        raise Refused(f"Inställningen {name}: {truth_words(raw)} går inte.{meant} Välj något av: {', '.join(offered)}.")
    return found

"""How wide a text is in Hanken Grotesk, and how it breaks into lines: SVG leaves that to whoever draws."""

from __future__ import annotations

from functools import lru_cache

_LETTERS_OF_WIDTH = {
    0.2: "'", 0.26: "ijI.,:;!() ", 0.3: "l|", 0.36: 'f-"t', 0.45: "r–/”“", 0.5: "szL_", 0.56: "acegkvxyåäéJ?hnu0123456789P",
    0.6: "bdopqöEFST+=", 0.67: "BKRYAXÅÄVUZ", 0.72: "DHNC&…#", 0.78: "wGOÖ%Q", 0.86: "mM", 0.92: "@", 0.98: "W",
}
NARROWEST = min(_LETTERS_OF_WIDTH)
WIDTHS = {letter: width for width, letters in _LETTERS_OF_WIDTH.items() for letter in letters}
"""Letter -> width as a share of the type size: the wider of the regular and the semibold, upwards rounded. Others count as 1."""


@lru_cache(maxsize=4096)
def width_of(words: str) -> float:
    """Return how wide the words are as a share of the type size: 3.1 at size 10 is 31 units."""
    return sum(WIDTHS.get(letter, 1.0) for letter in words)


def cut_to(words: str, room: float) -> str:
    """Return words that fit in `room` (a share of the type size), cut at a word and ended by … if they do not. At least one letter."""
    if width_of(words) <= room:
        return words
    left, last_word = room - WIDTHS["…"], 0
    for place, letter in enumerate(words):
        if letter == " ":
            last_word = place
        left -= WIDTHS.get(letter, 1.0)
        if left < 0:
            kept = last_word if last_word >= place // 2 else max(place, 1)
            return words[:kept].rstrip(" ,;:.-–") + "…"
    return words


def lines_of(words: str, room: float, most: int) -> list[str]:
    """
    Return words broken into at most `most` lines, each at most `room` wide (a share of the type size).

    Broken between words, inside a word that is wider than a line; the last line ends with … if something is left out.
    """
    made: list[str] = []
    rest = " ".join(words.split())[:int(room * most / NARROWEST) + 2]  # no more letters than these can ever fit
    while rest:
        if len(made) == most - 1 or width_of(rest) <= room:
            return [*made, cut_to(rest, room)]
        place = _break(rest, room)
        made.append(rest[:place].rstrip())
        rest = rest[place:].lstrip()
    return made


def _break(words: str, room: float) -> int:
    """Return where the first line ends: after a word if one fits, else inside it."""
    left, last_word = room, 0
    for place, letter in enumerate(words):
        if letter == " ":
            last_word = place
        left -= WIDTHS.get(letter, 1.0)
        if left < 0:
            return last_word or max(place, 1)
    return len(words)

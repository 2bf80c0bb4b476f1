"""
The colours and faces of the sixth column: a word for a colour, an emoji, a smiley, a symbol letter, the fill of the cell.

They fill the form's face and nothing else: a green face says how the carrying out was seen, never what came of it.
"""

from __future__ import annotations

import colorsys
import re
from dataclasses import dataclass

from samsyn.chain.choices import FormFace

_EMOJI: dict[FormFace, str] = {
    FormFace.GREEN: "🟢🟩💚✅☑✔✓👍🙂😀😃😄😁😊☺😎🥳😍🌞😺",
    FormFace.YELLOW: "🟡🟨💛😐😑😶😕🫤⚠⏳",
    FormFace.RED: "🔴🟥❌✖✗✘👎🙁☹😞😟😢😭😠😡🤬😣😩⛔🚫🛑😿",
}
_UNCLEAR_SIGNS = "🟠🟧🔶🧡🔵🟦⚪⚫⬜⬛🟤🟣❓❔🤔"
_BULLETS = "●■◆⬤•⚫⬛○□▪▲▼◼"
_SMILEYS: tuple[tuple[FormFace, re.Pattern[str]], ...] = (
    (FormFace.GREEN, re.compile(r"(?<!\w)[:;=]-?[)D](?!\w)")),
    (FormFace.YELLOW, re.compile(r"(?<!\w)[:=]-?\|(?!\w)|(?<!\w):-?/(?![\w/])")),
    (FormFace.RED, re.compile(r"(?<!\w)[:=]-?\((?!\w)")),
)
_SYMBOL_LETTERS = {"j": FormFace.GREEN, "k": FormFace.YELLOW, "l": FormFace.RED}
_PRIVATE = {"\uf04a": "J", "\uf04b": "K", "\uf04c": "L", "\uf0fc": "✔", "\uf0fb": "✖", "\uf06c": "●", "\uf06e": "■"}
_WORDS = {
    "grön": FormFace.GREEN, "grönt": FormFace.GREEN, "green": FormFace.GREEN, "ljusgrön": FormFace.GREEN, "mörkgrön": FormFace.GREEN,
    "ljusgrönt": FormFace.GREEN, "gul": FormFace.YELLOW, "gult": FormFace.YELLOW, "yellow": FormFace.YELLOW, "röd": FormFace.RED,
    "rött": FormFace.RED, "red": FormFace.RED, "mörkröd": FormFace.RED, "ljusröd": FormFace.RED,
    "glad": FormFace.GREEN, "leende": FormFace.GREEN, "neutral": FormFace.YELLOW, "mellan": FormFace.YELLOW, "ledsen": FormFace.RED,
    "sur": FormFace.RED, "arg": FormFace.RED, "amber": FormFace.YELLOW,
}
_DEFINITE = {"gröna": "grön", "gula": "gul", "röda": "röd", "glada": "glad", "ledsna": "ledsen", "sura": "sur", "neutrala": "neutral"}
_LETTERS = {"r": FormFace.RED, "y": FormFace.YELLOW}
_ABOUT = r"(?:status|läge|färg|gubbe[n]?|smiley|smileys?|ljus(?:et)?|face|markering|trafikljus|ansikte|figur|symbol|ikon|uppföljning|mun|min)"
_COLOUR_FIRST = re.compile(rf"^(?:{_ABOUT}:? )?(?P<word>[a-zåäö]+)(?:[- ]?{_ABOUT})?(?:$|[ ]?[.,:;!)(–/-]|\n| = )")
_BRACKETED = re.compile(r"[(\[](?P<word>grön|grönt|gul|gult|röd|rött)[)\]]")
_UNCLEAR_WORDS = re.compile(r"^(?:orange|gul-?grön|grön-?gul|gul[ /-]+röd|grön[ /-]+gul|gul[ /-]+grön|röd[ /-]+gul|grön[ /-]+röd|lila|blå|grå|vit|svart)\b")


@dataclass(frozen=True, slots=True)
class FaceRead:
    """A face, or None. `rest` is the text without the signs; `ask` is True where they may mean something else."""

    face: FormFace | None = None
    ask: bool = False
    rest: str = ""


def read_signs(text: str, *, symbol_font: bool = False, ink: str = "") -> FaceRead:
    """
    Read the faces that stand as text.

    text          as it stood
    symbol_font   True if the cell is written in Wingdings, where J, K and L are faces
    ink           the colour of the text, "RRGGBB" or "": a filled circle gets its meaning from it
    """
    symbol_font = symbol_font or any(sign in text for sign in _PRIVATE)
    text = "".join(_PRIVATE.get(sign, sign) for sign in text)
    if symbol_font:
        return _of_symbol_font(text.strip(), ink)
    faces = [face for face, signs in _EMOJI.items() if any(sign in text for sign in signs)]
    faces += [face for face, smiley in _SMILEYS if smiley.search(text) and face not in faces]
    unclear = any(sign in text for sign in _UNCLEAR_SIGNS)
    rest = _without_signs(text)
    if any(sign in text for sign in _BULLETS) and not faces and not rest.strip():
        coloured = face_of_colour(ink)
        return FaceRead(coloured.face, coloured.ask or coloured.face is None, "")
    word = _of_word(rest)
    if word.face and word.face not in faces:
        faces.append(word.face)
    if len(faces) > 1:
        return FaceRead(None, True, word.rest)
    return FaceRead(faces[0] if faces else None, unclear or word.ask, word.rest)


def face_of_colour(colour: str) -> FaceRead:
    """
    Return the face of a colour by its hue, however pale: green, yellow (amber too), red; orange and blue are asked about.

    colour    "RRGGBB"; "" and white, grey and black are no colour
    """
    if len(colour) != 6:
        return FaceRead()
    red, green, blue = (int(colour[i:i + 2], 16) / 255 for i in (0, 2, 4))
    hue, saturation, value = colorsys.rgb_to_hsv(red, green, blue)
    degrees = hue * 360
    if saturation < 0.06 or value < 0.2:
        return FaceRead()
    if degrees < 14 or degrees >= 338:
        return FaceRead(FormFace.RED)
    if 38 <= degrees < 68:
        return FaceRead(FormFace.YELLOW)
    if 68 <= degrees < 168:
        return FaceRead(FormFace.GREEN)
    return FaceRead(None, True)


def is_symbol_letter(text: str) -> bool:
    """Return whether the text is J, K or L alone: a Wingdings face that lost its font on the way (CSV)."""
    return text.strip().lower() in _SYMBOL_LETTERS


def face_of_letter(text: str) -> FormFace | None:
    """Return the face of J, K or L."""
    return _SYMBOL_LETTERS.get(text.strip().lower())


def _of_symbol_font(text: str, ink: str) -> FaceRead:
    faces = {face_of_letter(sign) for sign in text if face_of_letter(sign)}
    if len(text) <= 3 and ("l" in text or "n" in text) and face_of_colour(ink).face:
        return FaceRead(face_of_colour(ink).face)  # small l and n are a filled circle and a square: their ink is the face
    if len(faces) == 1 and len(text) <= 3 and text.isupper():
        return FaceRead(faces.pop())
    if text in ("ü", "✔", "þ"):
        return FaceRead(FormFace.GREEN, ask=True)
    if text in ("û", "✖", "ý"):
        return FaceRead(FormFace.RED, ask=True)
    return FaceRead(None, True, "")


def _without_signs(text: str) -> str:
    signs = "".join(_EMOJI.values()) + _UNCLEAR_SIGNS + _BULLETS + "\ufe0f\ufe0e\u200d"
    text = "".join(" " if sign in signs else sign for sign in text)
    for _, smiley in _SMILEYS:
        text = smiley.sub(" ", text)
    return re.sub(r"[ \t]+", " ", text).strip()


def _of_word(text: str) -> FaceRead:
    """Read a colour that is said first or alone ("Grön", "grön gubbe", "Röd – saknar pengar"), not "röda korset"."""
    folded = text.lower().strip()
    if _UNCLEAR_WORDS.match(folded):
        return FaceRead(None, True, "")
    if folded.strip(".") in _LETTERS:
        return FaceRead(_LETTERS[folded.strip(".")])
    if folded.strip(".") == "g":
        return FaceRead(FormFace.GREEN, ask=True)  # grön or gul: the likelier
    for signs in _EMOJI_WORDS.finditer(folded):
        return FaceRead(_WORDS[_DEFINITE[signs["word"]]], rest=(text[:signs.start()] + text[signs.end():]).strip(" .,:;–-"))
    found = _COLOUR_FIRST.match(folded)
    if found and found["word"] in _WORDS:
        return FaceRead(_WORDS[found["word"]], rest=text[found.end():].strip(" .,:;–-()"))
    bracketed = _BRACKETED.search(folded)
    if bracketed:
        return FaceRead(_WORDS[bracketed["word"]], rest=(text[:bracketed.start()] + text[bracketed.end():]).strip())
    last = re.search(r"(?:^|[,.;:–-] ?|\n)(?P<word>grön|grönt|gul|gult|röd|rött)[.!]?$", folded)
    if last:
        return FaceRead(_WORDS[last["word"]], rest=text[:last.start()].strip())
    return FaceRead(rest=text)


_EMOJI_WORDS = re.compile(rf"^(?P<word>{'|'.join(_DEFINITE)}) {_ABOUT}\b")

"""The sixth column of one row: its words, signs, colour and pictures put together, and asked about where they disagree."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from samsyn.chain.choices import FORM_FACE_OF, FormFace, Implementation
from samsyn.chain.swedish import fold
from samsyn.formats.grid import Cell
from samsyn.formats.plan_columns import text_of
from samsyn.formats.plan_fills import conflict
from samsyn.formats.reading import ReadStatus
from samsyn.formats.status_signs import FaceRead, face_of_letter, is_symbol_letter, read_signs
from samsyn.formats.status_words import WordsRead, read_words

LONGEST = 1000  # characters that are searched for words of status; what comes after is kept as typed
_YES = re.compile(r"^(?:ja|j|yes|y|x|✓|✔|✅|☑|sant|true|klar[t]?)[.!]?$")
_NO = re.compile(r"^(?:nej|n|no|falskt|false)[.!]?$")


@dataclass(frozen=True, slots=True)
class StatusCell:
    """A status cell of a row. `is_question` = its header asks for yes or no ("Klart?")."""

    cell: Cell
    is_question: bool = False


@dataclass(frozen=True, slots=True)
class Habits:
    """
    What the whole column tells of its letters.

    letters_are_faces  J, K and L are Wingdings that lost their font
    g_is_green         G stands beside Y, so it is English
    """

    letters_are_faces: bool = False
    g_is_green: bool = False


@dataclass(frozen=True, slots=True)
class StatusRead:
    """The status, and why it must be asked about: one Swedish sentence, "" if it need not be."""

    status: ReadStatus
    why: str = ""


def read_status(cells: Sequence[StatusCell], fill: FaceRead, today: date, habits: Habits) -> StatusRead:
    """
    Read the status of a row.

    cells   its status cells, from left to right
    fill    the face that the cell's fill shows
    """
    read = ReadStatus()
    why = ""
    for one in cells:
        part = _of_cell(one, today, habits)
        read, disagreement = _joined(read, part.status)
        why = why or part.why or disagreement
    if fill.face is not None or fill.ask:
        if conflict(read.face, fill.face):
            why = why or "Färgen i cellen och det som står i den säger olika."
        why = why or ("" if not fill.ask else "Färgen kan betyda något, men den är inte bara statuskolumnens eller inte grön, gul eller röd.")
        read = replace(read, face=read.face or fill.face)
    if read.face is not None and read.implementation is not None and FORM_FACE_OF[read.implementation] is not read.face:
        why = why or "Färgen och orden säger olika."
    return StatusRead(replace(read, ask=bool(why)), why)


def _joined(read: ReadStatus, part: ReadStatus) -> tuple[ReadStatus, str]:
    typed = "\n".join(text for text in (read.typed, part.typed) if text)
    differ = conflict(read.face, part.face) or (
        read.implementation is not None and part.implementation is not None and read.implementation is not part.implementation)
    joined = ReadStatus(typed, read.face or part.face, read.implementation or part.implementation, read.result or part.result)
    return joined, "Två kolumner om läget säger olika." if differ else ""


def habits_of(texts: Sequence[str]) -> Habits:
    """Return what the texts of a status column tell together."""
    said = {text.strip().lower() for text in texts if text.strip()}
    return Habits(len(texts) > 1 and bool(said) and all(map(is_symbol_letter, said)), said <= {"g", "y", "r"} and "y" in said)


def _of_cell(one: StatusCell, today: date, habits: Habits) -> StatusRead:
    cell, text = one.cell, text_of(one.cell)
    if cell.formula and cell.value is None:
        return StatusRead(ReadStatus(), "Cellen är en formel utan sparat värde.")
    if isinstance(cell.value, (int, float)) and not isinstance(cell.value, bool):
        return _of_number(float(cell.value), text)
    if one.is_question and (_YES.match(fold(text)) or _NO.match(fold(text))):
        if _YES.match(fold(text)):
            return StatusRead(ReadStatus(text, implementation=Implementation.DONE))
        return StatusRead(ReadStatus(text), "”Nej” säger inte om åtgärden pågår eller inte har börjat.")
    if habits.g_is_green and fold(text) == "g":
        return StatusRead(ReadStatus(text, face=FormFace.GREEN))
    if habits.letters_are_faces and is_symbol_letter(text):
        return StatusRead(ReadStatus(text, face=face_of_letter(text)), "Bokstaven ser ut att vara en gubbe som har tappat sitt typsnitt.")
    signs = read_signs(text[:LONGEST], symbol_font="wingdings" in cell.font.lower(), ink=cell.ink)
    words = read_words(fold(signs.rest[:LONGEST]), today) if signs.rest else WordsRead()
    status = ReadStatus(text, signs.face, words.implementation, words.result)
    said = signs.face is not None or words.implementation is not None or words.result is not None
    if cell.picture and not said:
        return StatusRead(status, "I cellen sitter en bild, och bilder går inte att läsa.")
    if words.ask:
        return StatusRead(status, "Det går inte att säga säkert hur långt åtgärden har kommit.")
    if signs.ask:
        return StatusRead(status, "Det går inte att säga säkert vilken färg som menas.")
    return StatusRead(status)


def _of_number(value: float, text: str) -> StatusRead:
    """Read a number: a share between 0 and 1 is under way, other numbers are a code of the file's own."""
    if 0 < value < 1:
        return StatusRead(ReadStatus(text, implementation=Implementation.UNDER_WAY), "Talet kan vara hur stor del som är gjord.")
    return StatusRead(ReadStatus(text), "Vad talet betyder framgår inte.")

"""
Bytes of a text file -> text. Tried in order: a byte order mark, UTF-16 without one, UTF-8, Windows-1252; Mac and DOS
only where they give clearly more Swedish letters.
"""

from __future__ import annotations

import codecs
import re

from samsyn.formats.problems import Refused, Weight
from samsyn.formats.remarks import Remarks

MAX_TEXT = 10 * 2 ** 20
HAS_NUL = "Filen innehåller NUL-tecken och är därför ingen vanlig textfil. Öppna den i det program den kom från och spara om den som .xlsx eller .csv."
CUT_OFF = "Filen är avklippt eller skadad. Spara om den i det program den kom från och försök igen."

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SWEDISH_IN_WORD = re.compile("(?<=[A-Za-zåäöÅÄÖ])[åäöé]|[åäöÅÄÖ](?=[a-zåäö])")
_TWICE_ENCODED = re.compile("Ã[¥¤¶…„–©]")
_UTF8_LETTER = re.compile(rb"\xc3[\xa5\xa4\xb6\x85\x84\x96\xa9]")


def decoded(content: bytes, remarks: Remarks) -> str:
    """
    Return the text of a file, without its byte order mark, and tell where the encoding had to be guessed.

    raises  Refused    too large, cut off, or with NUL characters
    """
    if len(content) > MAX_TEXT:
        raise Refused(f"Textfilen är större än {MAX_TEXT // 2 ** 20} MB. Dela den i flera.")
    mark, name = _encoding(content)
    text = _decode_wide(content[len(mark):], name, marked=bool(mark)) if name else _decode_unmarked(content, remarks)
    if "\0" in text:
        raise Refused(HAS_NUL)
    _tell_damage(text, remarks)
    return text.removeprefix("\ufeff")


def start_as_text(content: bytes) -> str:
    """Return the first characters of a file, decoded well enough to see what it is."""
    mark, name = _encoding(content[:4096])
    return content[len(mark):4096].decode(name or "latin-1", "replace").lstrip("\ufeff")


def _encoding(content: bytes) -> tuple[bytes, str]:
    """Return the byte order mark and the encoding it or the pattern of NUL bytes tells; ("", "") if neither does."""
    for mark, name in _MARKS:
        if content.startswith(mark):
            return mark, name
    start = content[:4000]
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if odd > len(start) * 0.2 and even <= odd * 0.1:
        return b"", "utf-16-le"
    if even > len(start) * 0.2 and odd <= even * 0.1:
        return b"", "utf-16-be"
    return b"", ""


def _decode_wide(content: bytes, name: str, *, marked: bool) -> str:
    try:
        return content.decode(name)
    except UnicodeDecodeError as fault:
        if name == "utf-8":
            return content.decode("utf-8", "replace")
        raise Refused(CUT_OFF if marked else HAS_NUL) from fault


def _decode_unmarked(content: bytes, remarks: Remarks) -> str:
    if b"\0" in content:
        raise Refused(HAS_NUL)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        broken = content.decode("utf-8", "replace")
    if len(_UTF8_LETTER.findall(content)) > broken.count("\ufffd"):
        return broken
    return _decode_single_byte(content, remarks)


def _decode_single_byte(content: bytes, remarks: Remarks) -> str:
    """Windows-1252 unless Mac or DOS gives at least twice as many Swedish letters inside words."""
    found = {name: len(_SWEDISH_IN_WORD.findall(content.decode(name, "replace"))) for name in ("cp1252", "mac_roman", "cp850")}
    best = max(found, key=lambda name: found[name])
    if best == "cp1252" or found[best] < 2 * max(found["cp1252"], 1):
        return content.decode("cp1252", "replace")
    remarks.add("Hela filen", f"textens kodning är gissad ({'Mac' if best == 'mac_roman' else 'DOS'}).",
                "Kontrollera att å, ä och ö är rätt. Spara annars om filen som UTF-8.", weight=Weight.ASK)
    return content.decode(best)


def _tell_damage(text: str, remarks: Remarks) -> None:
    if lost := text.count("\ufffd"):
        remarks.add("Hela filen", f"{lost} tecken gick inte att läsa och visas som \ufffd.", "Spara om filen som UTF-8 och försök igen.",
                    weight=Weight.BAD)
    if _TWICE_ENCODED.search(text):
        remarks.add("Hela filen", "å, ä och ö ser ut att ha blivit fel innan filen kom hit (till exempel Ã¥).",
                    "Spara om filen som UTF-8 i det program den kom från.", weight=Weight.ASK)

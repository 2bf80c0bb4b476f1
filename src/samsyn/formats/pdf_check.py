"""PDF as an attachment: whole, without scripts, programs to start, files inside or a password. Its pages are not read."""

from __future__ import annotations

import re
import zlib

from samsyn.formats.problems import Refused

MAX_UNPACKED = 40 * 2 ** 20

_NAME_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"stream\r?\n")
_FORBIDDEN = (
    (re.compile(rb"/Encrypt\b"), "är lösenordsskyddad", "Spara den utan lösenord"),
    (re.compile(rb"/(?:JavaScript|JS)\b"), "innehåller skript", "Skriv ut den till en ny PDF"),
    (re.compile(rb"/(?:Launch|ImportData|SubmitForm)\b"), "försöker starta något när den öppnas", "Skriv ut den till en ny PDF"),
    (re.compile(rb"/(?:EmbeddedFiles?|RichMedia|Movie)\b"), "har andra filer i sig", "Skriv ut den till en ny PDF"),
    (re.compile(rb"/XFA\b"), "är ett formulär med inbyggt program", "Skriv ut den till en ny PDF"),
)


def check_pdf(content: bytes) -> int:
    """Return the number of pages as far as it shows, 0 if it does not. Raises Refused if it is cut off or may act when opened."""
    end = content.rfind(b"%%EOF")
    if end < 0 or b"startxref" not in content:
        raise Refused("PDF-filen är avklippt eller skadad. Spara om den och försök igen.")
    if len(content[end + 5:].strip(b"\0 \r\n\t\x1a")) > 0 or re.search(rb"(?i)<(?:html|script|svg|!doctype)", content[:1024] + content[end:]):
        raise Refused("PDF-filen har något mer efter sitt slut. Skriv ut den till en ny PDF och försök igen.")
    seen = _structure(content)
    for pattern, why, what_to_do in _FORBIDDEN:
        if pattern.search(seen):
            raise Refused(f"PDF-filen {why} och tas inte emot. {what_to_do} och försök igen.")
    return len(re.findall(rb"/Type\s*/Page\b", seen))


def _structure(content: bytes) -> bytes:
    """Return the file without its page contents, but with what its packed object streams hold, names spelt out."""
    pieces, place, budget = [], 0, MAX_UNPACKED
    for start in _STREAM.finditer(content):
        if start.start() < place:
            continue
        pieces.append(content[place:start.start()])
        end = content.find(b"endstream", start.end())
        place = len(content) if end < 0 else end
        if b"/ObjStm" in _spelt_out(content[max(start.start() - 2_000, 0):start.start()].rpartition(b" obj")[2]):
            opened = _unpacked(content[start.end():place], budget)
            budget -= len(opened)
            pieces.append(opened)
    pieces.append(content[place:])
    return _spelt_out(b"\n".join(pieces))


def _unpacked(packed: bytes, budget: int) -> bytes:
    try:
        opened = zlib.decompressobj().decompress(packed, max(budget, 1))
    except zlib.error as fault:
        raise Refused("PDF-filen är packad på ett sätt som inte går att kontrollera. Skriv ut den till en ny PDF och försök igen.") from fault
    if len(opened) >= budget:
        raise Refused("PDF-filen är för stor när den packas upp. Skriv ut den till en ny PDF och försök igen.")
    return opened


def _spelt_out(content: bytes) -> bytes:
    """Names may hide letters as #4A; spell them out."""
    return _NAME_ESCAPE.sub(lambda match: bytes([int(match[1], 16)]), content)

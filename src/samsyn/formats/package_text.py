"""
All text of a package's parts that no reader shows: comments, headers, properties, hidden sheets, pivot caches, text boxes.

It is only searched for personal identity numbers. A number that is cut into several runs of one paragraph is put
together again; paragraphs and cells are kept apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import unquote
from xml.parsers import expat

from samsyn.formats.package import Package
from samsyn.formats.text_clean import clean

APART = " |\n"                 # between texts that do not belong together: digits on either side are never one number
Loose = tuple[tuple[str, str], ...]

_WITHIN_LINE = frozenset({
    "t", "r", "span", "a", "s", "ins", "del", "delText", "instrText", "hyperlink", "smartTag", "fldSimple", "sdt", "sdtContent", "tab", "b", "i", "u"})
_LINES = frozenset({"p", "h", "si", "c", "row", "comment", "text", "table-cell", "table-row", "note", "br", "tr", "tc"})
_NUMBERS_OF_A_DRAWING = frozenset({"posOffset", "pctWidth", "pctHeight", "col", "colOff", "row", "rowOff", "ext", "Anchor", "rsid"})
_TELLING = frozenset({
    "descr", "title", "name", "alt", "Target", "v", "tooltip", "display", "author", "caption", "href", "string-value", "value", "content", "text"})
_STRUCTURE = re.compile(r"(?i)/styles\.xml$|(?:^|/)(?:theme|fonttable|websettings|settings|numbering|calcchain|metadata|\[content_types\]|manifest)[^/]*\.xml$")
_PLACES = (
    ("docprops", "dokumentets egenskaper"), ("meta.xml", "dokumentets egenskaper"), ("customxml", "dokumentets egenskaper"),
    ("threadedcomments", "en kommentar"), ("comments", "en kommentar"), ("header", "sidhuvudet"), ("footer", "sidfoten"),
    ("footnotes", "en fotnot"), ("endnotes", "en slutnot"), ("pivot", "en pivottabells dolda underlag"), ("chart", "ett diagrams underlag"),
    ("drawing", "en ritning eller textruta"), ("diagrams", "en ritning eller textruta"), ("externallinks", "sparade värden från en annan fil"),
    (".rels", "en länk"), ("workbook.xml", "bladens eller områdenas namn"), ("worksheets", "ett dolt blad"), ("notesslides", "anteckningar till en bild"),
)


def loose_text(package: Package, shown: Callable[[str], bool]) -> Loose:
    """
    Return (place, text) of every XML part that `shown` does not say is shown elsewhere, or structure only.

    shown  part name in lower case -> True if a reader shows this part's text
    """
    found = []
    for name in package.names:
        if not name.lower().endswith((".xml", ".rels", ".vml")) or _STRUCTURE.search(name) or shown(name.lower()):
            continue
        if text := part_text(package.stream(name)):
            found.append((place_of(name), text))
    return tuple(found)


def place_of(name: str) -> str:
    """Return in Swedish what sort of part this is."""
    return next((place for word, place in _PLACES if word in name.lower()), "en del av filen som inte visas")


def part_text(chunks: Iterator[bytes]) -> str:
    """Return all text of an XML part, and of the attributes that carry words, line by line."""
    collector = _Collector()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = collector.start
    parser.EndElementHandler = collector.end
    parser.CharacterDataHandler = collector.text
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError):
        collector.pieces.append("\n")  # what came before the fault is searched; readers refuse a part they need
    return clean("".join(collector.pieces)).text.strip()


class _Collector:
    """Gathers text while the parser runs. `own` says for each open element whether it has text of its own."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.own: list[bool] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.own.append(False)
        if tag.endswith("noBreakHyphen"):
            self.pieces.append("-")
        for name, value in attributes.items():
            if name.rpartition(":")[2] in _TELLING and value:
                self.pieces.append((unquote(value) if "%" in value else value) + APART)

    def text(self, text: str) -> None:
        if text.strip() or (text and self.own and self.own[-1]):
            self.pieces.append(text)
            if self.own:
                self.own[-1] = True

    def end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        own = self.own.pop()
        if own and name in _NUMBERS_OF_A_DRAWING:
            self.pieces.pop()
        elif name in _LINES or (own and name not in _WITHIN_LINE):
            self.pieces.append(APART)

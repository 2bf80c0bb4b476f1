"""The text of a paragraph in Word as it is seen: without what is deleted, hidden or stands in a box of its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from samsyn.formats.package import attribute, local
from samsyn.formats.xlsx_look import symbol_font

HIGHLIGHTS = {
    "yellow": "FFFF00", "green": "00FF00", "cyan": "00FFFF", "magenta": "FF00FF", "blue": "0000FF", "red": "FF0000", "darkBlue": "000080",
    "darkCyan": "008080", "darkGreen": "008000", "darkMagenta": "800080", "darkRed": "800000", "darkYellow": "808000"}
_BREAKS = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "-", "ptab": "\t"}
_GONE = ("del", "moveFrom", "Fallback", "pPr", "sdtPr", "tcPr", "trPr", "instrText", "txbxContent", "tbl")


@dataclass(slots=True)
class Seen:
    """
    What is seen of one or more paragraphs.

    aside     text that stands there but is not shown as the cell's text: deleted, hidden, in a box
    deleted, concealed   whether tracked changes or hidden text were met
    """

    pieces: list[str] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)
    font: str = ""
    ink: str = ""
    highlight: str = ""
    picture: bool = False
    deleted: bool = False
    inserted: bool = False
    concealed: bool = False

    @property
    def text(self) -> str:
        return "".join(self.pieces)


def see(element: Element, seen: Seen) -> None:
    """Add to `seen` what a paragraph, or anything in it, shows. Calls itself for what it holds."""
    for child in element:
        name = local(child.tag)
        if name == "r":
            _see_run(child, seen)
        elif name in ("del", "moveFrom"):
            seen.deleted = True
            seen.aside.append(all_text(child))
        elif name not in _GONE:
            seen.inserted = seen.inserted or name == "ins"
            see(child, seen)


def _see_run(run: Element, seen: Seen) -> None:
    look = next((child for child in run if local(child.tag) == "rPr"), None)
    said = {local(child.tag): child for child in look} if look is not None else {}
    if "vanish" in said and attribute(said["vanish"], "val", "1") not in ("0", "false"):
        seen.concealed = True
        seen.aside.append(all_text(run))
        return
    font = symbol_font(attribute(said["rFonts"], "ascii")) if "rFonts" in said else ""
    if "highlight" in said:
        seen.highlight = seen.highlight or HIGHLIGHTS.get(attribute(said["highlight"], "val"), "")
    if "color" in said and len(ink := attribute(said["color"], "val")) == 6:
        seen.ink = seen.ink or ink.upper()
    for child in run:
        _see_piece(child, font, seen)


def _see_piece(piece: Element, font: str, seen: Seen) -> None:
    name = local(piece.tag)
    if name == "t" and piece.text:
        seen.pieces.append(_from_symbols(piece.text) if font else piece.text)
        seen.font = seen.font or font
    elif name in _BREAKS:
        seen.pieces.append(_BREAKS[name])
    elif name == "sym":
        symbol = attribute(piece, "char")
        seen.pieces.append(_from_symbols(chr(int(symbol, 16))) if len(symbol) == 4 and all(sign in "0123456789abcdefABCDEF" for sign in symbol) else "")
        seen.font = seen.font or symbol_font(attribute(piece, "font"))
    elif name in ("drawing", "pict", "object", "AlternateContent"):
        boxed = " ".join(all_text(box) for box in piece.iter() if local(box.tag) == "txbxContent").strip()
        seen.picture = seen.picture or not boxed
        seen.aside.append(boxed)
    elif name == "delText":
        seen.deleted = True
        seen.aside.append(piece.text or "")


def _from_symbols(text: str) -> str:
    """Return letters for the private characters under which Word keeps the signs of a symbol font."""
    return "".join(chr(ord(sign) - 0xF000) if 0xF020 <= ord(sign) <= 0xF0FF else sign for sign in text)


def all_text(element: Element) -> str:
    """Return every word in an element, shown or not, paragraph by paragraph."""
    pieces = []
    for child in element.iter():
        name = local(child.tag)
        if name in ("t", "delText", "instrText"):
            pieces.append(child.text or "")
        elif name in ("p", "br", "tab"):
            pieces.append("\n")
        elif name == "noBreakHyphen":
            pieces.append("-")
    return "".join(pieces).strip()

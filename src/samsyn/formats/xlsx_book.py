"""The parts of a workbook and how they hang together: sheets, relationships, shared strings."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, ParseError, iterparse

from samsyn.formats.package import BROKEN, Package, attribute, local
from samsyn.formats.problems import Refused
from samsyn.formats.xlsx_look import symbol_font

MAX_STRINGS = 1_000_000
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part of the package points at. `kind` is the last word of its type ("worksheet"), `target` a name in the package."""

    kind: str
    target: str


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet as the workbook lists it. `part` is its name in the package, in lower case."""

    name: str
    part: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Book:
    """
    The workbook's own part: its sheets in their order, and the names of the parts that they share ("" where there is none).

    from_1904   days are counted from 1904, as old Macintosh files do
    """

    part: str
    sheets: tuple[SheetPart, ...]
    from_1904: bool
    strings_part: str
    styles_part: str
    theme_part: str


@dataclass(slots=True)
class Strings:
    """The shared strings. `fonts`: place -> symbol font, for those that have one. `used`: those a visible cell shows."""

    texts: list[str] = field(default_factory=list)
    fonts: dict[int, str] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)


def read_book(package: Package) -> Book:
    """Return the workbook's parts. Raises Refused if it has none, or no visible sheet."""
    part = next((relation.target for relation in relations(package, "").values() if relation.kind == "officeDocument"), "xl/workbook.xml")
    if part not in package:
        raise Refused(BROKEN)
    root = package.tree(part)
    linked = relations(package, part)
    targets = {relation.kind: relation.target for relation in linked.values()}
    sheets = []
    for sheet in (element for element in root.iter() if local(element.tag) == "sheet"):
        relation = linked.get(attribute(sheet, "id"))
        if relation and relation.kind == "worksheet" and relation.target in package:
            sheets.append(SheetPart(sheet.get("name", ""), relation.target, sheet.get("state", "visible") != "visible"))
    about = next((element for element in root.iter() if local(element.tag) == "workbookPr"), None)
    return Book(part, tuple(sheets), about is not None and about.get("date1904") in ("1", "true"),
                targets.get("sharedStrings", ""), targets.get("styles", ""), targets.get("theme", ""))


def relations(package: Package, part: str) -> dict[str, Relation]:
    """Return a part's relationships by id, their targets as part names in lower case. Those out of the file are left out."""
    folder, name = posixpath.split(part)
    rels = posixpath.join(folder, "_rels", f"{name}.rels")
    if rels not in package:
        return {}
    found = {}
    for element in package.tree(rels):
        if element.get("TargetMode") == "External":
            continue
        target = element.get("Target", "")
        whole = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        found[element.get("Id", "")] = Relation(element.get("Type", "").rpartition("/")[2], whole.lower())
    return found


def read_strings(package: Package, part: str) -> Strings:
    """Return the workbook's shared strings in their order."""
    strings = Strings()
    if part not in package:
        return strings
    try:
        for _, element in iterparse(package.open(part), events=("end",)):
            if local(element.tag) == "si":
                _add_string(strings, element)
                element.clear()
    except (ParseError, ValueError, LookupError) as fault:
        raise Refused(BROKEN) from fault
    return strings


def _add_string(strings: Strings, element: Element) -> None:
    if len(strings.texts) >= MAX_STRINGS:
        raise Refused("Arbetsboken har för många olika texter för att kunna läsas. Dela den i flera.")
    text, font = rich_text(element)
    if font:
        strings.fonts[len(strings.texts)] = font
    strings.texts.append(text)


def rich_text(element: Element) -> tuple[str, str]:
    """Return the text of a string element and the symbol font of any of its runs. Reading aids (phonetic) are left out."""
    parts = [(local(part.tag), part) for child in element if local(child.tag) in ("t", "r") for part in child.iter()]
    fonts = (symbol_font(part.get("val", "")) for name, part in parts if name == "rFont")
    return unescaped("".join(part.text or "" for name, part in parts if name == "t")), next(filter(None, fonts), "")


def unescaped(text: str) -> str:
    """Return the text with "_x000D_" and the like as the characters they stand for, as Excel shows it."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text

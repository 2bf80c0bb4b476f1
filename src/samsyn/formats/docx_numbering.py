"""Automatic numbering in Word: "1." in front of a paragraph is not in its text, but causes are pointed at by it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from samsyn.formats.package import Package, attribute, local

MAX_LEVEL = 9


@dataclass(frozen=True, slots=True)
class Level:
    """kind: "decimal", "lowerLetter" ...; shape: "%1." with the place of each level's number; start: its first number."""

    kind: str
    shape: str
    start: int


@dataclass(slots=True)
class Numbering:
    """Counts the numbered paragraphs in the order they stand. Bullets and letters give nothing: they point at no cause."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    counts: dict[str, list[int]] = field(default_factory=dict)

    def number_of(self, paragraph: Element) -> str:
        """Return the number shown in front of a paragraph, as "1." or "2.1", with a space after; "" if it has none."""
        found = _reference(paragraph)
        levels = self.levels.get(found[0], {}) if found else {}
        if not found or found[1] not in levels:
            return ""
        depth = found[1]
        counts = self.counts.setdefault(found[0], [0] * MAX_LEVEL)
        counts[depth] = counts[depth] + 1 if counts[depth] else levels[depth].start
        counts[depth + 1:] = [0] * (MAX_LEVEL - depth - 1)
        if levels[depth].kind != "decimal":
            return ""
        return re.sub(r"%([1-9])", lambda match: str(counts[int(match[1]) - 1] or 1), levels[depth].shape) + " "


def read_numbering(package: Package, part: str) -> Numbering:
    """Return the document's numbering; empty if it has none."""
    if part not in package:
        return Numbering()
    root = package.tree(part)
    shapes = {attribute(element, "abstractNumId"): _levels(element) for element in root if local(element.tag) == "abstractNum"}
    levels = {}
    for element in root:
        if local(element.tag) == "num":
            points_at = next((attribute(child, "val") for child in element if local(child.tag) == "abstractNumId"), "")
            levels[attribute(element, "numId")] = shapes.get(points_at, {})
    return Numbering(levels)


def _levels(abstract: Element) -> dict[int, Level]:
    found = {}
    for element in abstract:
        depth = _whole(attribute(element, "ilvl"), -1)
        if local(element.tag) == "lvl" and 0 <= depth < MAX_LEVEL:
            said = {local(child.tag): attribute(child, "val") for child in element}
            found[depth] = Level(said.get("numFmt", "decimal"), said.get("lvlText", "%1.")[:20], _whole(said.get("start", "1"), 1))
    return found


def _reference(paragraph: Element) -> tuple[str, int] | None:
    for properties in paragraph:
        if local(properties.tag) == "pPr":
            for element in properties:
                if local(element.tag) == "numPr":
                    said = {local(child.tag): attribute(child, "val") for child in element}
                    depth = _whole(said.get("ilvl", "0"), 0)
                    return (said.get("numId", ""), depth) if depth < MAX_LEVEL else None
    return None


def _whole(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else otherwise

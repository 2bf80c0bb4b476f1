"""How the cells of a workbook look: styles.xml and the theme -> fill, ink, symbol font and number format for each style number."""

from __future__ import annotations

import colorsys
import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from samsyn.formats.excel_numbers import BUILT_IN, Shape, shape_of
from samsyn.formats.package import Package, first_child, local

SYMBOL_FONTS = ("wingdings", "webdings", "symbol", "marlett")

# ECMA-376 part 1, 18.8.27: the first eight are repeated; 64 and 65 are the system's own
INDEXED = (
    "000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF " * 2 +
    "800000 008000 000080 808000 800080 008080 C0C0C0 808080 9999FF 993366 FFFFCC CCFFFF 660066 FF8080 0066CC CCCCFF "
    "000080 FF00FF FFFF00 00FFFF 800080 800000 008080 0000FF 00CCFF CCFFFF CCFFCC FFFF99 99CCFF FF99CC CC99FF FFCC99 "
    "3366FF 33CCCC 99CC00 FFCC00 FF9900 FF6600 666699 969696 003366 339966 003300 333300 993300 993366 333399 333333").split()
OFFICE_THEME = "FFFFFF 000000 E7E6E6 44546A 4472C4 ED7D31 A5A5A5 FFC000 5B9BD5 70AD47 0563C1 954F72".split()
_THEME_ORDER = ("lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6", "hlink", "folHlink")
_HEX = re.compile(r"(?:[0-9A-Fa-f]{2})?([0-9A-Fa-f]{6})")


@dataclass(frozen=True, slots=True)
class Look:
    """fill and ink as "RRGGBB" or "" if none; font only if it is a symbol font; shape says what a number means."""

    fill: str = ""
    ink: str = ""
    font: str = ""
    shape: Shape = Shape.NUMBER


PLAIN = Look()


@dataclass(frozen=True, slots=True)
class Palette:
    """The workbook's colours as six hex digits: those of its theme, and the old ones that are named by a number."""

    theme: tuple[str, ...]
    indexed: tuple[str, ...]

    def colour(self, element: Element | None) -> str:
        """Return a colour element's six hex digits, or "" if it is automatic or unknown."""
        if element is None or element.get("auto") in ("1", "true"):
            return ""
        shown = self._base(element)
        return tinted(shown, _number(element.get("tint"))) if shown else ""

    def _base(self, element: Element) -> str:
        if match := _HEX.fullmatch(element.get("rgb", "")):
            return match[1].upper()
        for name, colours in (("theme", self.theme), ("indexed", self.indexed)):
            place = element.get(name, "")
            if place.isascii() and place.isdigit():
                return colours[int(place)] if len(place) < 4 and int(place) < len(colours) else ""
        return ""


def symbol_font(name: str) -> str:
    """Return the font's name if it draws symbols in place of letters, else ""."""
    return name if name.casefold().startswith(SYMBOL_FONTS) else ""


def tinted(colour: str, tint: float) -> str:
    """Return the colour made lighter (tint above 0) or darker (below), as ECMA-376 part 1, 18.8.19 says."""
    if not tint:
        return colour
    red, green, blue = (int(colour[place:place + 2], 16) / 255 for place in (0, 2, 4))
    hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    parts = colorsys.hls_to_rgb(hue, min(max(light, 0), 1), saturation)
    return "".join(f"{round(part * 255):02X}" for part in parts)


def read_looks(package: Package, styles_part: str, theme_part: str) -> list[Look]:
    """Return the look of each style number. Raises Refused if a part is not XML."""
    styles = package.tree(styles_part)
    indexed = tuple(colour.get("rgb", "")[-6:].upper() for colour in _all(styles, "indexedColors", "rgbColor"))
    palette = Palette(_theme(package, theme_part), indexed or tuple(INDEXED))
    fills = [_fill(fill, palette) for fill in _all(styles, "fills", "fill")]
    fonts = [_font(font, palette) for font in _all(styles, "fonts", "font")]
    formats = {int(_number(code.get("numFmtId"))): shape_of(code.get("formatCode", "")) for code in _all(styles, "numFmts", "numFmt")}
    return [_look(style, fills, fonts, formats) for style in _all(styles, "cellXfs", "xf")]


def _look(style: Element, fills: list[str], fonts: list[tuple[str, str]], formats: dict[int, Shape]) -> Look:
    fill, font, code = (int(_number(style.get(name))) for name in ("fillId", "fontId", "numFmtId"))
    ink, symbols = fonts[font] if 0 <= font < len(fonts) else ("", "")
    shape = formats.get(code) or BUILT_IN.get(code, Shape.NUMBER)
    return Look(fills[fill] if 0 <= fill < len(fills) else "", ink, symbols, shape)


def _fill(fill: Element, palette: Palette) -> str:
    """A solid fill's colour; a pattern's background, else its lines; a gradient's first colour."""
    pattern = first_child(fill, "patternFill")
    if pattern is None:
        return palette.colour(next((part for part in fill.iter() if local(part.tag) == "color"), None))
    kind = pattern.get("patternType", "none")
    if kind in ("none", "gray125", "gray0625"):
        return ""
    front, back = palette.colour(first_child(pattern, "fgColor")), palette.colour(first_child(pattern, "bgColor"))
    return front or back if kind == "solid" else back or front


def _font(font: Element, palette: Palette) -> tuple[str, str]:
    name = first_child(font, "name")
    return palette.colour(first_child(font, "color")), symbol_font(name.get("val", "")) if name is not None else ""


def _theme(package: Package, part: str) -> tuple[str, ...]:
    if part not in package:
        return tuple(OFFICE_THEME)
    scheme = next((element for element in package.tree(part).iter() if local(element.tag) == "clrScheme"), None)
    if scheme is None:
        return tuple(OFFICE_THEME)
    found = {local(entry.tag): (entry[0].get("lastClr") or entry[0].get("val") or "").upper() for entry in scheme if len(entry)}
    return tuple(found[name] if _HEX.fullmatch(found.get(name, "")) else usual for name, usual in zip(_THEME_ORDER, OFFICE_THEME, strict=True))


def _all(root: Element, group: str, name: str) -> list[Element]:
    found = next((element for element in root.iter() if local(element.tag) == group), None)
    return [child for child in found if local(child.tag) == name] if found is not None else []


def _number(text: str | None) -> float:
    return float(text) if text and re.fullmatch(r"-?\d{1,9}(?:\.\d+)?(?:[eE]-?\d{1,3})?", text, re.ASCII) else 0

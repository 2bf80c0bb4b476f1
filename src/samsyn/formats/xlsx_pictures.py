"""Which cells of a sheet carry a picture or a drawn shape: the one its middle lies in."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree.ElementTree import Element

from samsyn.formats.package import Package, first_child, local

ROW_HEIGHT = 190_500           # EMU: 15 points
COLUMN_WIDTH = 609_600         # EMU: 64 pixels
MAX_STEPS = 100_000            # cells walked over from the anchor to the picture's middle
_SHAPES = ("pic", "sp", "grpSp", "cxnSp")

Size = Callable[[int], int]


def picture_cells(package: Package, part: str, height: Size, width: Size) -> list[tuple[int, int]]:
    """
    Return (row, column), both from 0, of each picture or shape in a drawing. Charts are not pictures.

    height, width  of a row and a column, in EMU
    """
    cells = []
    for anchor in package.tree(part):
        if any(local(child.tag) in _SHAPES for child in anchor.iter()) and (start := first_child(anchor, "from")) is not None:
            cells.append((_middle(anchor, start, "row", height, "cy"), _middle(anchor, start, "col", width, "cx")))
    return cells


def _middle(anchor: Element, start: Element, axis: str, size: Size, extent: str) -> int:
    """Return the row or column in which the middle of an anchored object lies."""
    first, offset = _whole(start, axis), _whole(start, f"{axis}Off")
    end, extents = first_child(anchor, "to"), first_child(anchor, "ext")
    if end is not None:
        last = min(_whole(end, axis), first + MAX_STEPS)
        length = sum(size(place) for place in range(first, last)) + _whole(end, f"{axis}Off") - offset
    else:
        length = _digits(extents.get(extent, "")) if extents is not None else 0
    left, place = offset + max(length, 0) // 2, first
    while left >= size(place) and place - first < MAX_STEPS:
        left -= max(size(place), 0)
        place += 1
    return place


def _whole(parent: Element, name: str) -> int:
    child = first_child(parent, name)
    return _digits(child.text or "") if child is not None else 0


def _digits(text: str) -> int:
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else 0

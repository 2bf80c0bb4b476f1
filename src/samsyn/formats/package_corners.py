"""
Personal identity numbers in the corners of a package that no reader reads: attributes, formulas, number formats, pictures,
embedded files, anything that a program has laid there.

What is read is searched as text, with all the ways of writing a number. Here every part is searched as bytes for the
plain ways alone (yymmdd-nnnn, with or without the century, and twelve digits): chance makes hardly any of those.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from samsyn.formats.grid import Grid
from samsyn.formats.package import Package, open_package
from samsyn.formats.package_text import Loose, place_of
from samsyn.formats.personal_numbers import has_certain
from samsyn.formats.problems import Refused, RowProblem, Weight

OVERLAP = 64                   # bytes: longer than a number in two bytes a sign, that stands across two chunks
_DASH = rb"(?:[-+]|\xc2\xad|\xe2\x80[\x90-\x95]|\xe2\x88\x92)"
_NUMBER = rb"(?:(?:19|20)?\d{6}" + _DASH + rb"\d{4}|(?:19|20)\d{10})"
_IN_XML = re.compile(rb"(?<![0-9A-Za-z/-])" + _NUMBER + rb"(?![0-9A-Za-z-])")  # K850709-9805 is a crime report, and ids have letters
_IN_BINARY = re.compile(rb"(?<![0-9])" + _NUMBER + rb"(?![0-9])")              # any byte may stand beside it
_PACKED = b"PK\x03\x04"
UNSEARCHED = RowProblem("Hela filen", "", "en inbäddad fil gick inte att söka igenom efter personnummer.",
                        "Ta bort den om du inte vet vad som står i den.", Weight.ASK)


def with_corners(grid: Grid, package: Package) -> Grid:
    """Return the grid with the numbers found in corners among its loose texts, and a remark if a file in the file could not be searched."""
    known = _Known(grid)
    found, unsearched = [], False
    for name in package.names:
        try:
            numbers = tuple(_in_part(package, name))
        except Refused:
            numbers, unsearched = tuple(_in_bytes(package.stream(name), _IN_BINARY)), True
        found += [(_place(name), number) for number in dict.fromkeys(numbers) if not known.has(number)]
    if not found and not unsearched:
        return grid
    return Grid(grid.kind, grid.sheets, (*grid.problems, *((UNSEARCHED,) if unsearched else ())), (*grid.loose, *found))


def with_corners_of_file(grid: Grid, content: bytes) -> Grid:
    """Return the grid of a file that is no package (an old workbook), with the numbers found in its bytes among its loose texts."""
    known = _Known(grid)
    numbers = (number for number in dict.fromkeys(_in_bytes([content], _IN_BINARY)) if not known.has(number))
    return Grid(grid.kind, grid.sheets, grid.problems, (*grid.loose, *(("en del av filen som inte visas", number) for number in numbers)))


def corners_of(package: Package) -> Loose:
    """Return (place, number) of every number written plainly in any part of a package."""
    grid = with_corners(Grid("", ()), package)
    return grid.loose


class _Known:
    """What has been read already and is judged where it stands: found again here it would be named twice."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.text = ""

    def has(self, number: str) -> bool:
        if not self.text:
            cells = (str(cell.value) for sheet in self.grid.sheets for row in sheet.rows for cell in row.cells if cell.value is not None)
            self.text = " | ".join((*cells, *(sheet.name for sheet in self.grid.sheets), *(text for _, text in self.grid.loose))) or " "
        return number in self.text


def _in_part(package: Package, name: str) -> Iterator[str]:
    """Yield the numbers of a part. A package within is opened as carefully as the one around it. Raises Refused if it cannot be."""
    chunks = package.stream(name)
    first = next(chunks, b"")
    if not first.startswith(_PACKED):
        yield from _in_bytes(_again(first, chunks), _pattern(name))
        return
    inner = open_package(b"".join(_again(first, chunks)))
    for part in inner.names:
        yield from _in_bytes(inner.stream(part), _pattern(part))


def _pattern(name: str) -> re.Pattern[bytes]:
    return _IN_XML if name.lower().endswith((".xml", ".rels", ".vml")) else _IN_BINARY


def _place(name: str) -> str:
    return "en formel eller en regel på ett blad" if "worksheets/" in name.lower() else place_of(name)


def _in_bytes(chunks: Iterable[bytes], pattern: re.Pattern[bytes]) -> Iterator[str]:
    """Yield what is written plainly and certain, in one byte a sign or two."""
    rest = b""
    for chunk in chunks:
        piece = rest + chunk
        for text in (piece, piece.replace(b"\0", b"")) if b"\0" in piece else (piece,):
            yield from (number for hit in pattern.findall(text) if has_certain(number := hit.decode("utf-8", "replace")))
        rest = piece[-OVERLAP:]


def _again(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest

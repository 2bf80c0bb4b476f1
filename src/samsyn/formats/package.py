"""
A zip package (workbook, text document) opened with care: its directory is judged before anything is unpacked,
and every unpacked byte is counted while it comes.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.parsers import expat

from samsyn.formats.problems import Refused

MAX_PACKED = 20 * 2 ** 20
FILE_TOO_LARGE = f"Filen är större än {MAX_PACKED // 2 ** 20} MB. Ta bort bilder, eller dela den i flera."
MAX_UNPACKED = 80 * 2 ** 20
MAX_XML_PART = 60 * 2 ** 20
MAX_ENTRIES = 2_000
MAX_RATIO = 400                # a real sheet packs 5 to 60 times; only parts above RATIO_FROM are judged
RATIO_FROM = 4 * 2 ** 20
CHUNK = 64 * 2 ** 10
END_OF_DIRECTORY, END_SIZE = b"PK\x05\x06", 22

TOO_LARGE = "Filen är för stor när den packas upp (uppackad storlek över gränsen). Dela den i flera, eller ta bort bilder och tomma rader."
BROKEN = "Filen är skadad och går inte att packa upp. Öppna den i det program den kom från, spara om den och försök igen."
LOCKED = "Filen är lösenordsskyddad. Ta bort lösenordet, spara filen och försök igen."
SUSPECT = "Filen är uppbyggd på ett sätt som riktiga dokument inte är ({why}). Öppna den, spara om den och försök igen."
HAS_DTD = "Filen innehåller en DOCTYPE- eller ENTITY-förklaring i sin XML, vilket riktiga dokument inte gör. Spara om den och försök igen."

# what zipfile and zlib raise on damaged files, found by changing bytes at random
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, struct.error, ValueError, IndexError)
_LOOKS_LIKE_XML = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<|\xff\xfe<\x00|\xfe\xff\x00<|<\x00|\x00<|\xff\xfe\x00\x00|\x00\x00\xfe\xff")
_INSIDE = re.compile(r"^/(?=(?:xl|word|ppt|docProps|_rels|customXml)/)")  # XlsxWriter begins some names so; nothing is laid out on disk
_OUTSIDE = re.compile(r"^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)|[\x00-\x1f]")


@dataclass(frozen=True)
class Package:
    """The parts of a checked zip package. Names are as in its directory; look-ups do not mind case."""

    archive: zipfile.ZipFile
    entries: dict[str, zipfile.ZipInfo]

    @property
    def names(self) -> list[str]:
        return [part_name(entry) for entry in self.entries.values()]

    def __contains__(self, name: str) -> bool:
        return name.lower() in self.entries

    def stream(self, name: str) -> Iterator[bytes]:
        """Yield a part's bytes in chunks. Raises Refused if the part is damaged or another size than it says."""
        entry = self.entries[name.lower()]
        try:
            yield from _counted(self.archive, entry)
        except _DAMAGE as fault:
            raise Refused(BROKEN) from fault

    def read(self, name: str) -> bytes:
        """Return a part's bytes."""
        return b"".join(self.stream(name))

    def open(self, name: str) -> io.BufferedIOBase:
        """Return a part as a file to read, unpacked as it is read."""
        return io.BufferedReader(_Stream(self.stream(name)), CHUNK)

    def tree(self, name: str) -> ElementTree.Element:
        """Return a part as an XML tree. Raises Refused if it is not XML."""
        try:
            return ElementTree.fromstring(self.read(name))  # every part has been searched for a DTD
        except (ElementTree.ParseError, ValueError, LookupError) as fault:
            raise Refused(BROKEN) from fault


class _Stream(io.RawIOBase):
    """Chunks as a raw file, for parsers that want to read."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self.chunks, self.rest = chunks, b""

    def readable(self) -> bool:
        return True

    def readinto(self, target) -> int:  # type: ignore[no-untyped-def]
        self.rest = self.rest or next(self.chunks, b"")
        size = min(len(target), len(self.rest))
        target[:size], self.rest = self.rest[:size], self.rest[size:]
        return size


def open_package(content: bytes) -> Package:
    """
    Return the package's parts after checking its directory and all its XML.

    raises  Refused    too large unpacked, encrypted, damaged, names outside the package, twice the same name, sizes
                       that lie, overlapping parts, an archive within the archive, or a DTD in any XML part
    """
    if len(content) > MAX_PACKED:
        raise Refused(FILE_TOO_LARGE)
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except _DAMAGE as fault:
        raise Refused(BROKEN) from fault
    entries = [entry for entry in archive.infolist() if not entry.filename.endswith("/")]
    _check_directory(entries)
    _check_overlap(entries, content)
    _check_end(content)
    package = Package(archive, {part_name(entry).lower(): entry for entry in entries})
    _check_parts(package)
    return package


def part_name(entry: zipfile.ZipInfo) -> str:
    """Return a part's name within the package, without the slash that some programs begin it with."""
    return _INSIDE.sub("", entry.filename)


def local(tag: str) -> str:
    """Return an XML name without its namespace."""
    return tag.rpartition("}")[2]


def first_child(parent: ElementTree.Element, name: str) -> ElementTree.Element | None:
    """Return the first child with this local name, or None."""
    return next((child for child in parent if local(child.tag) == name), None)


def attribute(element: ElementTree.Element, name: str, default: str = "") -> str:
    """Return an attribute by its local name, whichever namespace it is in."""
    found = element.attrib.get(name)
    if found is None:
        found = next((value for key, value in element.attrib.items() if key.endswith("}" + name)), default)
    return found


def _check_directory(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_ENTRIES:
        raise Refused(SUSPECT.format(why="för många delar"))
    if any(entry.flag_bits & 0x41 for entry in entries):
        raise Refused(LOCKED)
    if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
        raise Refused(SUSPECT.format(why="ovanlig packning"))
    if any(not entry.filename or _OUTSIDE.search(_INSIDE.sub("", entry.orig_filename)) for entry in entries):
        raise Refused(SUSPECT.format(why="delar med sökvägar utanför filen"))
    if len({part_name(entry).lower() for entry in entries}) < len(entries):
        raise Refused(SUSPECT.format(why="två delar med samma namn"))
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED or any(_is_bomb(entry) for entry in entries):
        raise Refused(TOO_LARGE)


def _is_bomb(entry: zipfile.ZipInfo) -> bool:
    return entry.file_size > RATIO_FROM and entry.file_size > MAX_RATIO * max(entry.compress_size, 1)


def _check_overlap(entries: list[zipfile.ZipInfo], content: bytes) -> None:
    """Refuse packages whose parts share the same packed bytes, or reach outside the file."""
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            raise Refused(SUSPECT.format(why="delar som ligger på varandra"))
        end = entry.header_offset + 30 + entry.compress_size
        if end > len(content):
            raise Refused(BROKEN)


def _check_end(content: bytes) -> None:
    """Refuse a package with something written after its directory, a remark or another file: no reader would show it."""
    after = content[content.rfind(END_OF_DIRECTORY) + END_SIZE:]
    if after.strip(b"\x00\r\n "):
        raise Refused(SUSPECT.format(why="något står efter slutet"))


def _counted(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield the unpacked bytes; zipfile stops at the declared size and then checks the sum, so a lie shows as damage."""
    size = 0
    with archive.open(entry) as part:
        while chunk := part.read(CHUNK):
            size += len(chunk)
            if size > min(entry.file_size, MAX_UNPACKED):
                raise Refused(TOO_LARGE)
            yield chunk
    if size != entry.file_size:
        raise Refused(BROKEN)


def _check_parts(package: Package) -> None:
    for name in package.names:
        chunks = package.stream(name)
        first = next(chunks, b"")
        if first[:4] == b"PK\x03\x04" and "embeddings/" not in name.lower():
            raise Refused(SUSPECT.format(why="en packad fil i den packade filen"))
        if _LOOKS_LIKE_XML.match(first) or name.lower().endswith((".xml", ".rels", ".vml")):
            if package.entries[name.lower()].file_size > MAX_XML_PART:
                raise Refused(TOO_LARGE)
            refuse_dtd(_again(first, chunks))


def _again(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def refuse_dtd(chunks: Iterable[bytes]) -> None:
    """
    Raise Refused if the XML declares a document type or an entity, in any encoding.

    The parser that is used afterwards is the same, so what it stops at here it stops at there too.
    """
    parser = expat.ParserCreate()

    def refuse(*_: object) -> None:
        raise Refused(HAS_DTD)

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.UnparsedEntityDeclHandler = refuse
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError):
        return  # not XML after all: whoever needs this part refuses it when reading it

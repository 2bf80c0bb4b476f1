"""Files made by the tests: whole ones by the usual libraries, nasty ones part by part."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

SHEET_NS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DOC_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OFFICE_TYPE = "application/vnd.openxmlformats-officedocument."
WORD_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PLAN_HEADERS = ("Orsak", "Åtgärd", "Operativa mål", "När", "Vem", "Uppföljning")


def zipped(parts: dict[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip file of the parts, in their order."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def workbook(make: Callable[[Any], None]) -> bytes:
    """Return a workbook written by openpyxl; `make` gets it with one sheet named Plan."""
    from openpyxl import Workbook

    book = Workbook()
    book.active.title = "Plan"
    make(book)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def xlsx_parts(
    sheet_data: str, *, before: str = "", after: str = "", strings: str = "", styles: str = "", more: dict[str, str | bytes] | None = None,
    book_extra: str = "", sheets: str = '<sheet name="Plan" sheetId="1" r:id="rId1"/>', main: str = "spreadsheetml.sheet.main",
) -> dict[str, str | bytes]:
    """Return the parts of a small workbook whose sheet holds the given XML."""
    relations = [("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "worksheet", "worksheets/sheet2.xml")]
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types><Override PartName="/xl/workbook.xml" ContentType="{OFFICE_TYPE}{main}+xml"/></Types>',
        "_rels/.rels": f'<Relationships><Relationship Id="a" Type="{DOC_REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{SHEET_NS}" xmlns:r="{DOC_REL}">{book_extra}<sheets>{sheets}</sheets></workbook>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{SHEET_NS}" xmlns:r="{DOC_REL}">{before}<sheetData>{sheet_data}</sheetData>{after}</worksheet>',
    }
    if strings:
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{SHEET_NS}">{strings}</sst>'
        relations.append(("rId3", "sharedStrings", "sharedStrings.xml"))
    if styles:
        parts["xl/styles.xml"] = f'<styleSheet xmlns="{SHEET_NS}">{styles}</styleSheet>'
        relations.append(("rId4", "styles", "styles.xml"))
    linked = "".join(f'<Relationship Id="{id}" Type="{DOC_REL}/{kind}" Target="{target}"/>' for id, kind, target in relations)
    parts["xl/_rels/workbook.xml.rels"] = f"<Relationships>{linked}</Relationships>"
    return parts | (more or {})


def xlsx(sheet_data: str, **parts: Any) -> bytes:
    return zipped(xlsx_parts(sheet_data, **parts))


def text_cell(reference: str, text: str, style: str = "") -> str:
    return f'<c r="{reference}" t="inlineStr"{style}><is><t>{text}</t></is></c>'


def ods(tables: str, *, styles: str = "", more: dict[str, str | bytes] | None = None) -> bytes:
    names = {"office": "office", "table": "table", "text": "text", "style": "style", "draw": "drawing"}
    spaces = " ".join(f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"' for short, long in names.items())
    spaces += ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
    content = (f'<office:document-content {spaces}><office:automatic-styles>{styles}</office:automatic-styles>'
               f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>")
    return zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content} | (more or {}))


def ods_cell(text: str, attributes: str = "") -> str:
    return f"<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>"


def docx(body: str, *, more: dict[str, str | bytes] | None = None, main: str = "wordprocessingml.document.main") -> bytes:
    return zipped({
        "[Content_Types].xml": f'<Types><Override PartName="/word/document.xml" ContentType="{OFFICE_TYPE}{main}+xml"/></Types>',
        "_rels/.rels": f'<Relationships><Relationship Id="a" Type="{DOC_REL}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{WORD_NS}"><w:body>{body}</w:body></w:document>',
    } | (more or {}))


def word_cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"


def word_table(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def png(width: int = 2, height: int = 2, *, extra: bytes = b"", after: bytes = b"", lines: bytes | None = None) -> bytes:
    """Return a grey picture; `extra` goes before its end chunk, `after` behind it."""
    raw = (b"\0" + b"\x80" * width) * height if lines is None else lines
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(raw)) + extra + chunk(b"IEND", b"") + after


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def jpeg(width: int = 8, height: int = 6, *, exif: bytes = b"", after: bytes = b"") -> bytes:
    """Return the frame of a JPEG: markers in the right order around some coded bytes."""
    app = b"\xff\xe1" + struct.pack(">H", 2 + len(exif)) + exif if exif else b""
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\x01\x11\x00"
    scan = b"\xff\xda" + struct.pack(">H", 8) + b"\x01\x01\x00\x00\x3f\x00" + b"\x12\x34\xff\x00\x56\xff\xd0\x78"
    return b"\xff\xd8" + app + frame + scan + b"\xff\xd9" + after


def gif(*, after: bytes = b"", frames: int = 1) -> bytes:
    frame = b"\x2c" + struct.pack("<HHHHB", 0, 0, 2, 2, 0) + b"\x02\x02\x44\x01\x00"
    return b"GIF89a" + struct.pack("<HHBBB", 2, 2, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff" + frame * frames + b";" + after


def webp(*, cut: int = 0, after: bytes = b"") -> bytes:
    body = b"\x2f" + struct.pack("<I", 4 | 3 << 14) + b"\0" * 5
    chunks = b"WEBP" + b"VP8L" + struct.pack("<I", len(body)) + body
    whole = b"RIFF" + struct.pack("<I", len(chunks)) + chunks
    return (whole[:-cut] if cut else whole) + after


def pdf(objects: bytes = b"", *, after: bytes = b"") -> bytes:
    return (b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Count 1 /Kids [3 0 R] >>\nendobj\n"
            b"3 0 obj\n<< /Type /Page /Parent 2 0 R >>\nendobj\n" + objects + b"\nxref\n0 1\ntrailer\n<< /Root 1 0 R >>\nstartxref\n9\n%%EOF\n" + after)


def ole(*names: str) -> bytes:
    """Return the shape of an old Office file with these names in its directory."""
    def entry(name: str) -> bytes:
        return (name.encode("utf-16-le") + b"\0\0").ljust(64, b"\0") + struct.pack("<H", 2 * len(name) + 2) + b"\x02\x01" + b"\0" * 60

    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0") + b"".join(entry(name) for name in names)

"""What a file really is, told by its content. The name is only compared afterwards."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from samsyn.formats.package import LOCKED, Package, open_package
from samsyn.formats.problems import Refused
from samsyn.formats.text_encoding import start_as_text

MACROS = "Filen innehåller makron, och makron tillåts inte. Spara om den utan makron (till exempel som .xlsx eller .docx) och försök igen."
OLE_LOCKED = "Filen är lösenordsskyddad eller i gammalt format. Ta bort lösenordet, eller spara om den som .xlsx eller .docx, och försök igen."

_MAGIC = (  # (first bytes, short name, what it is)
    (b"%PDF", "pdf", "en PDF"), (b"{\\rtf", "rtf", "ett RTF-dokument"),
    (b"\x89PNG\r\n\x1a\n", "png", "en bild (PNG)"), (b"\xff\xd8\xff", "jpeg", "en bild (JPEG)"),
    (b"GIF87a", "gif", "en bild (GIF)"), (b"GIF89a", "gif", "en bild (GIF)"), (b"BM", "bmp", "en bild (BMP)"),
    (b"II*\0", "tiff", "en bild (TIFF)"), (b"MM\0*", "tiff", "en bild (TIFF)"), (b"\0\0\1\0", "ico", "en ikon"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole", "en fil i gammalt Office-format"),
    (b"\x1f\x8b", "gzip", "ett packat arkiv (gzip)"), (b"7z\xbc\xaf\x27\x1c", "7z", "ett packat arkiv (7z)"),
    (b"Rar!\x1a\x07", "rar", "ett packat arkiv (rar)"), (b"BZh", "bz2", "ett packat arkiv (bz2)"),
    (b"\xfd7zXZ\0", "xz", "ett packat arkiv (xz)"), (b"\x28\xb5\x2f\xfd", "zstd", "ett packat arkiv (zstd)"),
    (b"MZ", "program", "ett program"), (b"\x7fELF", "program", "ett program"), (b"#!", "program", "ett skript"),
    (b"\xca\xfe\xba\xbe", "program", "ett program"), (b"\xcf\xfa\xed\xfe", "program", "ett program"),
    (b"SQLite format 3\0", "sqlite", "en databas"), (b"PAR1", "parquet", "en Parquet-fil"),
    (b"$FL2", "spss", "en SPSS-fil"), (b"$FL3", "spss", "en SPSS-fil"), (b"wOFF", "font", "ett typsnitt"), (b"wOF2", "font", "ett typsnitt"),
    (b"<!--", "html", "en webbsida (HTML)"), (b"From:", "mail", "ett e-postbrev"), (b"Received:", "mail", "ett e-postbrev"),
    (b"MIME-Version:", "mhtml", "en sparad webbsida (MHTML)"), (b"BEGIN:VC", "vcard", "ett visitkort eller en kalender"),
    (b"\t\x00\x06\x00", "biff", "en fil i mycket gammalt Excelformat"), (b"\t\x02\x06\x00", "biff", "en fil i mycket gammalt Excelformat"),
    (b"\t\x04\x06\x00", "biff", "en fil i mycket gammalt Excelformat"), (b"\t\x08\x08\x00", "biff", "en fil i mycket gammalt Excelformat"),
)
_MARKUP = (
    (re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+svg|svg)\b", re.I | re.S), "svg", "en bild (SVG)"),
    (re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*"
                r"<(?:!doctype\s+html|html|head|body|table|tr|meta|script|style|div|span|p|iframe|title|link|font|center|h[1-6]|img|a)\b", re.I | re.S),
     "html", "en webbsida (HTML)"),
    (re.compile(r"\s*<\?xml[^>]*>.{0,400}urn:schemas-microsoft-com:office:spreadsheet", re.S), "xml", "en XML-fil från Excel 2003"),
    (re.compile(r"\s*<(?:\?xml|!DOCTYPE|!ENTITY|[A-Za-z][\w.-]*:[A-Za-z])", re.I), "xml", "en XML-fil"),
)
_MAIN_TYPES = (
    ("spreadsheetml.sheet.main", "xlsx"), ("spreadsheetml.template.main", "xlsx"),
    ("wordprocessingml.document.main", "docx"), ("wordprocessingml.template.main", "docx"),
    ("presentationml.presentation.main", "pptx"), ("presentationml.slideshow.main", "pptx"), ("presentationml.template.main", "pptx"),
)
_OPEN_DOCUMENT = {"spreadsheet": "ods", "text": "odt", "presentation": "odp", "graphics": "odg"}
_PACKAGE_NAMES = {
    "xlsx": "en Excelfil", "docx": "ett Word-dokument", "pptx": "en PowerPoint-presentation", "ods": "ett kalkylark (ods)", "odt": "ett dokument (odt)",
    "odp": "en presentation (odp)", "odg": "en teckning (odg)", "xlsb": "en binär Excelfil (xlsb)", "zip": "ett packat arkiv (zip)",
}


@dataclass(frozen=True)
class FileKind:
    """
    kind      "xlsx", "ods", "docx", "xls", "doc", "text", "pdf", "png", "html" ...: always by content
    called    the same in Swedish, with its article: "en webbsida (HTML)"
    package   the opened zip package, for those that are one
    """

    kind: str
    called: str
    package: Package | None = None


def kind_of(content: bytes) -> FileKind:
    """
    Return what the file really is.

    raises  Refused    empty; an unsafe or damaged package; macros; a password
    """
    if not content:
        raise Refused("Filen är en tom fil, 0 byte. Kontrollera att du valde rätt fil och att den är sparad.")
    if content[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return _package_kind(content)
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return FileKind("webp", "en bild (WebP)")
    if content[4:8] == b"ftyp":
        return FileKind("heif", "en bild eller film från en telefon (HEIC eller MP4)")
    for first, kind, called in _MAGIC:
        if content.startswith(first) and not (len(first) <= 2 and _is_mostly_text(content)):
            return _ole_kind(content) if kind == "ole" else FileKind(kind, called)
    return _text_kind(content)


def _is_mostly_text(content: bytes) -> bool:
    """Return whether a two-byte magic number is rather the start of a word ("BM", "MZ")."""
    start = content[:512]
    return content[:2] not in (b"#!", b"\x1f\x8b") and not re.search(rb"[\x00-\x08\x0e-\x1f]", start)


def _text_kind(content: bytes) -> FileKind:
    start = start_as_text(content)
    for pattern, kind, called in _MARKUP:
        if pattern.match(start):
            return FileKind(kind, called)
    if start.startswith("ID;P") and re.search(r"\n[BCFOP];", start):
        return FileKind("sylk", "en SYLK-fil")
    if re.match(r"\s*[\[{]", start) and _is_json(content):
        return FileKind("json", "en JSON-fil")
    return FileKind("text", "en textfil")


def _is_json(content: bytes) -> bool:
    try:
        json.loads(content)
    except (ValueError, RecursionError):
        return False
    return True


def _ole_kind(content: bytes) -> FileKind:
    """Tell the old Office formats apart by the names in their directory."""
    names = set(_ole_names(content))
    if any(name.startswith(("_VBA_PROJECT", "Macros", "VBA")) for name in names):
        raise Refused(MACROS)
    if "WordDocument" in names:
        return FileKind("doc", "ett gammalt Word-dokument (.doc)")
    if "PowerPoint Document" in names:
        return FileKind("ppt", "en gammal PowerPoint-presentation (.ppt)")
    if names & {"Workbook", "Book"}:
        return FileKind("xls", "en gammal Excelfil (.xls)")
    raise Refused(OLE_LOCKED)  # "EncryptedPackage" among them, or nothing we know


def _ole_names(content: bytes) -> Iterator[str]:
    """Yield the names of an OLE file's directory: entries of 128 bytes, name in UTF-16, its length at 64, its type at 66."""
    for place in range(512, len(content) - 127, 128):
        length, sort = int.from_bytes(content[place + 64:place + 66], "little"), content[place + 66]
        if 4 <= length <= 64 and length % 2 == 0 and sort in (1, 2, 5) and content[place + length - 2:place + length] == b"\0\0":
            yield content[place:place + length - 2].decode("utf-16-le", "replace").lstrip("\x05\x01\x06")


def _package_kind(content: bytes) -> FileKind:
    package = open_package(content)
    kind = _open_document_kind(package) or _office_kind(package) or "zip"
    return FileKind(kind, _PACKAGE_NAMES[kind], package)


def _open_document_kind(package: Package) -> str:
    if "mimetype" not in package:
        return ""
    stated = package.read("mimetype")[:200].decode("latin-1").strip()
    kind = next((kind for word, kind in _OPEN_DOCUMENT.items() if stated.startswith(f"application/vnd.oasis.opendocument.{word}")), "")
    if kind and any(re.match(r"(?i)(?:basic|scripts)/.", name) for name in package.names):
        raise Refused(MACROS)
    if kind and "meta-inf/manifest.xml" in package and b"encryption-data" in package.read("meta-inf/manifest.xml"):
        raise Refused(LOCKED)
    return kind


def _office_kind(package: Package) -> str:
    if "[content_types].xml" not in package:
        return ""
    stated = package.read("[content_types].xml").decode("utf-8", "replace")
    names = "\n".join(package.names)
    if "sheet.binary" in stated:
        return "xlsb"
    if re.search(r"macroEnabled|vbaProject|xlMacrosheet|intlmacrosheet", stated, re.I) or re.search(r"(?im)vbaProject|/macrosheets/", names):
        raise Refused(MACROS)
    return next((kind for main, kind in _MAIN_TYPES if main in stated), "")

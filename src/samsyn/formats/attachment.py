"""
A file that comes as an attachment: what it really is, and whether it may be kept. Only kinds that cannot act when they
are opened are taken: pictures, PDF, office documents without macros, plain text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from samsyn.formats.file_kind import FileKind, kind_of
from samsyn.formats.identity_flags import flags_in
from samsyn.formats.image_check import NOT_VALID, check_picture
from samsyn.formats.open_file import ending_of
from samsyn.formats.package import Package
from samsyn.formats.package_corners import corners_of
from samsyn.formats.package_text import loose_text
from samsyn.formats.pdf_check import check_pdf
from samsyn.formats.problems import Refused, RowProblem, Weight
from samsyn.formats.reading import Flag
from samsyn.formats.remarks import Remarks
from samsyn.formats.text_clean import clean
from samsyn.formats.text_encoding import decoded

MAX_SIZE = 20 * 2 ** 20
TAKEN = "Ta en bild (PNG, JPEG, GIF, WebP), PDF, Word, Excel, PowerPoint, OpenDocument eller text."

_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."
_KINDS = {  # kind -> (media type, endings; the first is used when the file is handed out)
    "png": ("image/png", ("png",)), "jpeg": ("image/jpeg", ("jpg", "jpeg", "jpe", "jfif")), "gif": ("image/gif", ("gif",)),
    "webp": ("image/webp", ("webp",)), "pdf": ("application/pdf", ("pdf",)),
    "docx": (_OOXML + "wordprocessingml.document", ("docx",)), "xlsx": (_OOXML + "spreadsheetml.sheet", ("xlsx",)),
    "pptx": (_OOXML + "presentationml.presentation", ("pptx", "ppsx")),
    "odt": (_ODF + "text", ("odt",)), "ods": (_ODF + "spreadsheet", ("ods",)), "odp": (_ODF + "presentation", ("odp",)),
    "text": ("text/plain; charset=utf-8", ("txt", "csv", "tsv", "md")),
}
_PICTURES = ("png", "jpeg", "gif", "webp")
_PICTURE_NAMES = tuple(name for kind in _PICTURES for name in _KINDS[kind][1])
_ADVICE = {
    "heif": "Spara om bilden som JPEG.", "tiff": "Spara om bilden som PNG.", "bmp": "Spara om bilden som PNG.", "svg": "Spara om bilden som PNG.",
    "xls": "Spara om den som .xlsx.", "doc": "Spara om den som .docx.", "ppt": "Spara om den som .pptx.", "rtf": "Spara om den som .docx.",
    "zip": "Packa upp den och bifoga filerna var för sig.", "html": "Skriv ut sidan till en PDF.",
}
_FETCHES = re.compile(rb"(?i)/(?:attachedTemplate|oleObject|frame|subDocument|externalLinkPath)\"[^>]*TargetMode=\"External\""
                      rb"|TargetMode=\"External\"[^>]*/(?:attachedTemplate|oleObject|frame|subDocument)\"")


@dataclass(frozen=True, slots=True)
class AttachmentReading:
    """
    An attachment that may be kept.

    kind        "png", "jpeg", "gif", "webp", "pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp" or "text"
    media_type  to hand it out with: always as a download, with nosniff
    ending      for the name it is handed out under, without the dot
    width, height   pixels of a picture, else 0
    pages       of a PDF, 0 if it does not show
    flags       personal identity numbers found in its text: it is held while there are any. Pictures and PDF are not searched
    """

    kind: str
    media_type: str
    ending: str
    width: int = 0
    height: int = 0
    pages: int = 0
    problems: tuple[RowProblem, ...] = ()
    flags: tuple[Flag, ...] = ()


def check_attachment(name: str, content: bytes) -> AttachmentReading:
    """
    Return what an attachment is.

    name     as the user's file was called: its ending must fit the content
    content  at most MAX_SIZE bytes
    raises   Refused    not one of the kinds taken, another kind than its name says, damaged, or able to act when opened
    """
    if len(content) > MAX_SIZE:
        raise Refused(f"Filen är större än {MAX_SIZE // 2 ** 20} MB. Minska den, eller länka till den i stället.")
    kind, ending = kind_of(content), ending_of(name)
    if kind.kind not in _KINDS:
        raise Refused(NOT_VALID if ending in _PICTURE_NAMES else f"Filtypen tillåts inte: filen är {kind.called}. {_ADVICE.get(kind.kind, TAKEN)}")
    media_type, endings = _KINDS[kind.kind]
    if ending not in endings:
        raise Refused(_wrong_name(kind, ending))
    remarks = Remarks()
    if kind.kind in _PICTURES:
        return _picture(kind.kind, content, media_type, endings[0], remarks)
    if kind.kind == "pdf":
        return AttachmentReading("pdf", media_type, "pdf", pages=check_pdf(content))
    loose = _package(kind.package, remarks) if kind.package else (("texten", clean(decoded(content, remarks)).text),)
    flags = flags_in((*loose, ("filens namn", name)))
    return AttachmentReading(kind.kind, media_type, ending if kind.kind == "text" else endings[0], problems=remarks.all(), flags=flags)


def _wrong_name(kind: FileKind, ending: str) -> str:
    if ending in _PICTURE_NAMES and kind.kind not in _PICTURES:
        return NOT_VALID
    known = any(ending in endings for _, endings in _KINDS.values())
    if not known and kind.kind == "text":
        return f"Filtypen tillåts inte (.{ending}). {TAKEN}"
    return f"Namnet slutar på .{ending}, men innehållet är {kind.called}. Ge filen rätt ändelse och försök igen."


def _picture(kind: str, content: bytes, media_type: str, ending: str, remarks: Remarks) -> AttachmentReading:
    picture = check_picture(kind, content)
    if picture.has_place:
        remarks.add("Bilden", "bilden bär uppgift om platsen där den togs.", "Ta bort platsen i telefonen innan du bifogar, om den inte ska spridas.",
                    weight=Weight.ASK)
    return AttachmentReading(kind, media_type, ending, picture.width, picture.height, problems=remarks.all())


def _package(package: Package, remarks: Remarks) -> tuple[tuple[str, str], ...]:
    for name in package.names:
        if name.lower().endswith(".rels") and _FETCHES.search(package.read(name)):
            raise Refused("Dokumentet hämtar något från en annan plats när det öppnas, och tas inte emot. Spara det som PDF och bifoga den.")
        if re.search(r"(?i)embeddings/|activex/", name):
            remarks.add("Dokumentet", "det finns en annan fil inbäddad i dokumentet.", "Kontrollera att den får följa med.",
                        weight=Weight.ASK, sort="inbäddade filer.")
    return (*loose_text(package, lambda _: False), *corners_of(package))

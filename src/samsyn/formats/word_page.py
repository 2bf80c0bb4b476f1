"""
A Word document while it is written: headings, lists, tables and pictures, as accessible as Word can make them.

The body is put together as XML text and parsed once; python-docx, cell by cell, takes ten times as long. Everything a
person wrote passes `_text`, where markup is escaped and what XML cannot hold becomes a mark.
"""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from samsyn.formats.table_out import legal

PICTURES = Path(__file__).parent / "pictures"
INK, SOFT, ERROR, LINE, EDGE, SHADE = "221D3B", "5A5473", "A3271B", "D9D4DE", "827B97", "F5F3F4"
FONT = "Calibri"
A4, MARGIN = (210, 297), 17  # millimetres
PER_MM = 56.7                # twentieths of a point
EMU_PER_MM = 36_000

_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative"')
_BEFORE_EDGE = {1: (0, 160), 2: (300, 120), 3: (220, 80), 4: (160, 60)}


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text. `look` is "", "strong", "soft" (small and grey) or "warn"."""

    text: str
    look: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture by its file's name. `alt` "" = it only adorns the word beside it, and is marked so."""

    name: str
    alt: str = ""
    millimetres: float = 5


Piece = Run | Picture
Paragraph = Sequence[Piece]
CellContent = str | Sequence[Paragraph]


class WordPage:
    """A document being written from the top."""

    def __init__(self, *, title: str, made_at: datetime, landscape: bool = False) -> None:
        from docx import Document

        self.document = Document()
        self.body: list[str] = []
        self.pictures: dict[str, str] = {}
        self.drawings = 0
        self.width = (A4[1] if landscape else A4[0]) - 2 * MARGIN
        self._set_properties(title, made_at)
        self._set_language()
        self._set_styles()
        self._set_paper(landscape)

    # ---- what a document is made of ----

    def heading(self, level: int, text: str) -> None:
        """Add a heading, 1 to 4."""
        self.body.append(f'<w:p><w:pPr><w:pStyle w:val="Heading{level}"/></w:pPr>{self._pieces([Run(" ".join(text.split()))])}</w:p>')

    def paragraph(self, *pieces: Piece | str, with_next: bool = False) -> None:
        """Add a paragraph; none if there is nothing in it. `with_next`: it stands on the same page as what follows, a table say."""
        whole = [Run(piece) if isinstance(piece, str) else piece for piece in pieces]
        if any(isinstance(piece, Picture) or piece.text for piece in whole):
            self.body.append(self._paragraph(whole, with_next=with_next))

    def figure(self, png: bytes, alt: str, width: float, height: float) -> None:
        """Add a picture in a paragraph of its own. `alt` says what it shows; sizes in millimetres."""
        self.drawings += 1
        relation = self.document.part.get_or_add_image(io.BytesIO(png))[0]
        self.body.append(f"<w:p>{_inline(self.drawings, 'figure', alt, '', relation, width, height)}</w:p>")

    def bullets(self, items: Iterable[Paragraph]) -> None:
        """Add a list."""
        self.body += [self._paragraph(item, "ListBullet") for item in items]

    def numbered(self, items: Iterable[tuple[str, Sequence[Paragraph]]]) -> None:
        """Add paragraphs that each begin with their number, as it is said in the text: "1. "."""
        for number, (first, *others) in items:
            self.body.append(self._paragraph([Run(f"{number}. ", "strong"), *first]))
            self.body += [self._paragraph(one, indent=6) for one in others]

    def table(
        self, headers: Sequence[str], rows: Iterable[Sequence[CellContent]], *, widths: Sequence[float], title: str,
        width: float | None = None, right: Collection[int] = (), together: bool = False,
    ) -> None:  # fmt: skip
        """
        Add a table with a header row that is repeated on every page.

        widths     the columns' shares of the table's width
        title      what the table is, for those who hear it read
        width      of the table, millimetres; None: as wide as the text
        right      places of the columns whose cells stand to the right
        together   whether all its rows stand on one page
        """
        total, wide = sum(widths), self.width if width is None else min(width, self.width)
        twips = [int(wide * PER_MM * one / total) for one in widths]
        whole = list(rows)
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in twips)
        self.body.append(
            f'<w:tbl><w:tblPr><w:tblW w:w="{sum(twips)}" w:type="dxa"/><w:tblBorders>'
            f'<w:bottom w:val="single" w:sz="4" w:space="0" w:color="{LINE}"/><w:insideH w:val="single" w:sz="4" w:space="0" w:color="{LINE}"/>'
            f'</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="50" w:type="dxa"/><w:left w:w="70" w:type="dxa"/>'
            f'<w:bottom w:w="50" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar>'
            f'<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
            f'<w:tblCaption w:val="{_attribute(title)}"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
            f'{self._header_row(headers, twips, right)}'
            f'{"".join(self._row(row, twips, right, with_next=together and place < len(whole) - 1) for place, row in enumerate(whole))}</w:tbl>')
        self.body.append('<w:p><w:pPr><w:spacing w:before="0" w:after="60"/></w:pPr></w:p>')

    def content(self) -> bytes:
        """Return the document (.docx)."""
        from docx.oxml import parse_xml

        whole = parse_xml(f"<w:body {_NAMESPACES}>{''.join(self.body)}</w:body>")
        body = self.document.element.body
        end = body[-1]  # the section's properties stay last
        for element in list(whole):
            end.addprevious(element)
        target = io.BytesIO()
        self.document.save(target)
        return target.getvalue()

    # ---- rows and paragraphs ----

    def _header_row(self, headers: Sequence[str], twips: Sequence[int], right: Collection[int]) -> str:
        cells = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:tcBorders><w:bottom w:val="single" w:sz="8" w:space="0" w:color="{EDGE}"/></w:tcBorders>'
            f'<w:shd w:val="clear" w:color="auto" w:fill="{SHADE}"/></w:tcPr>'
            f'{self._cell_paragraph([Run(header, "strong")], with_next=True, to_the_right=place in right)}</w:tc>'
            for place, (header, width) in enumerate(zip(headers, twips, strict=True)))
        return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"

    def _row(self, row: Sequence[CellContent], twips: Sequence[int], right: Collection[int], *, with_next: bool) -> str:
        cells = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{self._cell(content, with_next=with_next, to_the_right=place in right)}</w:tc>'
            for place, (content, width) in enumerate(zip(row, twips, strict=True)))
        return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"

    def _cell(self, content: CellContent, *, with_next: bool, to_the_right: bool) -> str:
        paragraphs: Sequence[Paragraph] = [[Run(content)]] if isinstance(content, str) else content
        return "".join(self._cell_paragraph(paragraph, with_next=with_next, to_the_right=to_the_right) for paragraph in paragraphs or [[]])

    def _cell_paragraph(self, pieces: Paragraph, *, with_next: bool, to_the_right: bool) -> str:
        kept, side = "<w:keepNext/>" if with_next else "", '<w:jc w:val="right"/>' if to_the_right else ""
        return f'<w:p><w:pPr>{kept}<w:spacing w:before="0" w:after="20"/>{side}</w:pPr>{self._pieces(pieces)}</w:p>'

    def _paragraph(self, pieces: Paragraph, style: str = "", indent: float = 0, *, with_next: bool = False) -> str:
        named = f'<w:pStyle w:val="{style}"/>' if style else ""
        kept = "<w:keepNext/>" if with_next else ""
        moved = f'<w:ind w:left="{int(indent * PER_MM)}"/>' if indent else ""
        return f"<w:p><w:pPr>{named}{kept}{moved}</w:pPr>{self._pieces(pieces)}</w:p>"

    def _pieces(self, pieces: Paragraph) -> str:
        return "".join(self._drawing(piece) if isinstance(piece, Picture) else _run(piece) for piece in pieces)

    def _drawing(self, picture: Picture) -> str:
        self.drawings += 1
        decorative = ('<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative val="1"/></a:ext></a:extLst>'
                      if not picture.alt else "")
        return _inline(self.drawings, picture.name, picture.alt, decorative, self._relation(picture.name), picture.millimetres, picture.millimetres)

    def _relation(self, name: str) -> str:
        if name not in self.pictures:
            self.pictures[name] = self.document.part.get_or_add_image(str(PICTURES / f"{name}.png"))[0]
        return self.pictures[name]

    # ---- the document as a whole ----

    def _set_properties(self, title: str, made_at: datetime) -> None:
        about = self.document.core_properties
        about.title, about.author, about.language = legal(" ".join(title.split()))[:255], "Samsyn", "sv-SE"
        about.comments, about.last_modified_by = "", "Samsyn"
        about.created = about.modified = made_at

    def _set_language(self) -> None:
        from docx.oxml.ns import qn

        for element in self.document.styles.element.iter(qn("w:lang")):
            element.set(qn("w:val"), "sv-SE")
        for element in self.document.settings.element.iter(qn("w:themeFontLang")):
            element.set(qn("w:val"), "sv-SE")

    def _set_styles(self) -> None:
        from docx.shared import Pt, RGBColor

        for name, size, colour, bold in (("Normal", 10.5, INK, False), ("Heading 1", 20, INK, True), ("Heading 2", 14, INK, True),
                                         ("Heading 3", 12, INK, True), ("Heading 4", 11, SOFT, True), ("List Bullet", 10.5, INK, False)):
            style = self.document.styles[name]
            _set_font(style)
            style.font.size, style.font.color.rgb, style.font.bold = Pt(size), RGBColor.from_string(colour), bold
            before, after = _BEFORE_EDGE.get(int(name[-1]), (0, 100)) if name.startswith("Heading") else (0, 100)
            style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before / 20), Pt(after / 20)
            style.paragraph_format.keep_with_next = name.startswith("Heading")

    def _set_paper(self, landscape: bool) -> None:
        from docx.enum.section import WD_ORIENT
        from docx.shared import Mm

        section = self.document.sections[0]
        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = (Mm(A4[1]), Mm(A4[0])) if landscape else (Mm(A4[0]), Mm(A4[1]))
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(MARGIN)

    def footer(self, text: str) -> None:
        """Set what stands at the foot of every page, with the page's number."""
        from docx.oxml import parse_xml

        right = int(self.width * PER_MM)
        number = "".join(
            f'{_run(Run(before, "soft"))}<w:fldSimple w:instr="{field}">{_run(Run("1", "soft"))}</w:fldSimple>'
            for before, field in (("Sida ", "PAGE"), (" av ", "NUMPAGES")))
        paragraph = self.document.sections[0].footer.paragraphs[0]._p
        paragraph.getparent().replace(paragraph, parse_xml(
            f'<w:p {_NAMESPACES}><w:pPr><w:tabs><w:tab w:val="right" w:pos="{right}"/></w:tabs></w:pPr>{_run(Run(" ".join(text.split()), "soft"))}'
            f"<w:r><w:tab/></w:r>{number}</w:p>"))


_LOOKS = {
    "": "", "strong": "<w:rPr><w:b/></w:rPr>", "soft": f'<w:rPr><w:color w:val="{SOFT}"/><w:sz w:val="18"/></w:rPr>',
    "warn": f'<w:rPr><w:b/><w:color w:val="{ERROR}"/></w:rPr>',
}


def _inline(number: int, name: str, alt: str, more: str, relation: str, width: float, height: float) -> str:
    """Return a drawing as a run; `more` is XML inside its properties, sizes in millimetres."""
    extent = f'cx="{int(width * EMU_PER_MM)}" cy="{int(height * EMU_PER_MM)}"'
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {extent}/>'
        f'<wp:docPr id="{number}" name="{name} {number}" descr="{_attribute(alt)}">{more}</wp:docPr>'
        f'<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="{number}" name="{name}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        f'</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>')


def _run(run: Run) -> str:
    return f"<w:r>{_LOOKS[run.look]}{_text(run.text)}</w:r>" if run.text else ""


def _text(text: str) -> str:
    """Return a text as Word has it: line breaks and tabs are elements of their own."""
    pieces = re.split(r"([\n\t])", legal(text))
    return "".join({"\n": "<w:br/>", "\t": "<w:tab/>"}.get(piece) or f'<w:t xml:space="preserve">{escape(piece)}</w:t>' for piece in pieces if piece)


def _attribute(text: str) -> str:
    return escape(" ".join(legal(text).split()), {'"': "&quot;"})


def _set_font(style: Any) -> None:
    """Name the font in place of the theme's: the theme would win otherwise."""
    from docx.oxml.ns import qn

    style.font.name = FONT
    fonts = style.element.rPr.rFonts
    for name in [name for name in fonts.attrib if name.endswith("Theme")]:
        del fonts.attrib[name]
    fonts.set(qn("w:cs"), FONT)


def lines(*texts: str | Run | None) -> list[Paragraph]:
    """Return a paragraph for each text that says something."""
    return [[Run(text) if isinstance(text, str) else text] for text in texts if text and (text if isinstance(text, str) else text.text)]

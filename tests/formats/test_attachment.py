"""Attachments: whole, of a kind that cannot act, and what their name says."""

from __future__ import annotations

import struct
import zlib

import pytest

from samsyn.formats.attachment import check_attachment
from samsyn.formats.image_check import MAX_SIDE
from samsyn.formats.problems import Refused
from tests.formats.made_files import chunk, docx, gif, jpeg, ods, ole, pdf, png, text_cell, webp, word_cell, word_table, xlsx, xlsx_parts, zipped

GPS = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x25\x88\x04\0\x01\0\0\0\x1a\0\0\0\0\0\0\0"
NO_GPS = GPS.replace(b"\x25\x88", b"\x12\x01")
FETCHES = '<R><Relationship Type="x/attachedTemplate" Target="http://x/" TargetMode="External"/></R>'
SHEET = xlsx(f'<row r="1">{text_cell("A1", "a")}</row>')


@pytest.mark.parametrize(("name", "content", "kind", "size"), [
    ("a.png", png(3, 5), "png", (3, 5)), ("a.JPG", jpeg(8, 6), "jpeg", (8, 6)), ("a.jpeg", jpeg(after=jpeg()), "jpeg", (8, 6)),
    ("a.jpg", jpeg(after=b"\0\0\0"), "jpeg", (8, 6)), ("a.gif", gif(frames=3), "gif", (2, 2)), ("a.webp", webp(), "webp", (5, 4)),
    ("a.pdf", pdf(), "pdf", (0, 0)), ("a.docx", docx(word_table(word_cell("a"))), "docx", (0, 0)), ("a.xlsx", SHEET, "xlsx", (0, 0)),
    ("a.ods", ods(""), "ods", (0, 0)), ("a.txt", "Hej åäö".encode("cp1252"), "text", (0, 0)), ("a.csv", b"a;b\n", "text", (0, 0)),
])
def test_kinds_that_are_taken(name: str, content: bytes, kind: str, size: tuple[int, int]) -> None:
    reading = check_attachment(name, content)
    assert (reading.kind, (reading.width, reading.height), reading.problems, reading.flags) == (kind, size, (), ())
    assert "/" in reading.media_type


@pytest.mark.parametrize(("name", "content", "says"), [
    ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "filtypen tillåts inte"),
    ("a.svg", b'<?xml version="1.0"?><!-- x --><svg/>', "filtypen tillåts inte"),
    ("a.png", b"\x89PNG\r\n\x1a\n<html><script>alert(1)</script>", "inte en giltig bild"),
    ("a.png", b"<html></html>", "inte en giltig bild"), ("a.png", pdf(), "inte en giltig bild"),
    ("a.jpg", b"\xff\xd8\xff\xe0", "inte en giltig bild"),
    ("a.html", b"<html></html>", "filtypen tillåts inte"), ("a.exe", b"MZ\x90\0\x03", "filtypen tillåts inte"),
    ("a.zip", zipped({"a": "b"}), "filtypen tillåts inte"),
    ("a.js", b"alert(1)", "filtypen tillåts inte"), ("a.bat", b"@echo off", "filtypen tillåts inte"), ("a.png.exe", png(), "rätt ändelse"),
    ("a.jpg", png(), "rätt ändelse"), ("a.txt", pdf(), "rätt ändelse"), ("a", png(), "rätt ändelse"), ("a.txt", b"a\0b", "NUL"),
    ("a.heic", b"\0\0\0\x18ftypheic", "JPEG"), ("a.doc", ole("WordDocument"), "Spara om den som .docx"), ("a.tiff", b"II*\0abc", "PNG"),
    ("a.txt", b"", "tom fil"), ("a.docx", docx("", more={"word/vbaProject.bin": b"x"}), "makron"),
    ("a.xlsx", zipped(xlsx_parts("", more={"xl/a.xml": "<!DOCTYPE a><a/>"})), "DOCTYPE"),
    ("a.docx", docx("", more={"word/_rels/settings.xml.rels": FETCHES}), "hämtar något"),
    ("a.txt", b"x" * (20 * 2 ** 20 + 1), "större än 20 MB"),
])
def test_kinds_that_are_not_taken(name: str, content: bytes, says: str) -> None:
    with pytest.raises(Refused) as refused:
        check_attachment(name, content)
    assert says.casefold() in str(refused.value).casefold()


def oversized(width: int, height: int) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.mark.parametrize(("name", "content", "says"), [
    ("a.png", png()[:-20], "avklippt"), ("a.png", png().replace(b"IEND", b"IENX"), "avklippt"), ("a.png", png(lines=b"\0"), "avklippt"),
    ("a.png", oversized(MAX_SIDE + 1, 1), "för många bildpunkter"), ("a.png", oversized(10_000, 10_000), "för många bildpunkter"),
    ("a.png", oversized(0, 5), "inte en giltig bild"), ("a.png", png(after=b"<script>alert(1)</script>"), "efter sitt slut"),
    ("a.png", png(after=zipped({"a": "b"})), "efter sitt slut"),
    ("a.jpg", jpeg()[:-2], "avklippt"), ("a.jpg", jpeg(30_000, 30_000), "för många bildpunkter"),
    ("a.jpg", jpeg(after=b"<html>"), "efter sitt slut"),
    ("a.jpg", jpeg(after=b"\0\0\0\x18ftypmp42"), "efter sitt slut"), ("a.jpg", b"\xff\xd8\xff\xd9", "inte en giltig bild"),
    ("a.gif", gif()[:-3], "avklippt"), ("a.gif", gif(frames=0), "inte en giltig bild"),
    ("a.gif", gif(after=b"<script>"), "efter sitt slut"),
    ("a.gif", gif(frames=501), "bildpunkter"), ("a.webp", webp(cut=4), "avklippt"), ("a.webp", webp(after=b"<html>"), "efter sitt slut"),
    ("a.webp", b"RIFF\x04\0\0\0WEBP", "inte en giltig bild"),
])
def test_pictures_that_are_not_whole_too_large_or_more_than_pictures(name: str, content: bytes, says: str) -> None:
    with pytest.raises(Refused) as refused:
        check_attachment(name, content)
    assert says in str(refused.value)


def test_a_picture_that_unpacks_to_far_more_than_it_shows_is_never_laid_out() -> None:
    assert check_attachment("a.png", png(lines=b"\0" * (200 * 2 ** 20))).width == 2


@pytest.mark.parametrize("objects", [
    b"4 0 obj << /S /JavaScript /JS (app.alert\\(1\\)) >> endobj", b"4 0 obj << /S /J#61vaScript >> endobj", b"4 0 obj << /S /Launch >> endobj",
    b"4 0 obj << /Type /EmbeddedFile >> endobj", b"4 0 obj << /XFA 5 0 R >> endobj", b"trailer << /Encrypt 5 0 R >>",
    b"4 0 obj << /Type /ObjStm /Filter /FlateDecode >>\nstream\n" + zlib.compress(b"1 0 << /S /JavaScript >>") + b"\nendstream endobj",
    b"4 0 obj << /Type /ObjStm /Filter /ASCIIHexDecode >>\nstream\n3c3c\nendstream endobj",
])
def test_a_pdf_that_could_act_is_refused_with_what_to_do(objects: bytes) -> None:
    with pytest.raises(Refused, match="PDF-filen .*ny PDF|utan lösenord"):
        check_attachment("a.pdf", pdf(objects))


@pytest.mark.parametrize("objects", [
    b"4 0 obj << /Length 30 >>\nstream\n/JavaScript in a picture's bytes\nendstream endobj", b"4 0 obj (he said JavaScript) endobj",
    b"4 0 obj << /Type /ObjStm /Filter /FlateDecode >>\nstream\n" + zlib.compress(b"1 0 << /Type /Page >>") + b"\nendstream endobj",
])
def test_a_pdf_that_only_seems_so_is_taken(objects: bytes) -> None:
    assert check_attachment("a.pdf", pdf(objects)).pages >= 1


@pytest.mark.parametrize("content", [pdf()[:-30], pdf(after=b"<script>alert(1)</script>"), pdf(after=zipped({"a": "b"})), b"%PDF-1.7\n"])
def test_a_pdf_that_is_cut_off_or_goes_on_after_its_end_is_refused(content: bytes) -> None:
    with pytest.raises(Refused, match="avklippt|efter sitt slut"):
        check_attachment("a.pdf", content)


def test_a_pdf_printed_by_a_real_program_is_taken() -> None:
    import io

    from pypdf import PdfWriter
    writer, target = PdfWriter(), io.BytesIO()
    for _ in range(3):
        writer.add_blank_page(200, 200)
    writer.write(target)
    assert check_attachment("a.pdf", target.getvalue()).pages == 3


def test_where_a_picture_was_taken_is_asked_about() -> None:
    assert "platsen" in check_attachment("a.jpg", jpeg(exif=GPS)).problems[0].why
    assert check_attachment("a.jpg", jpeg(exif=NO_GPS)).problems == ()
    assert "platsen" in check_attachment("a.png", png(extra=chunk(b"eXIf", GPS[6:]))).problems[0].why


def test_identity_numbers_and_files_inside_are_told_without_the_number() -> None:
    reading = check_attachment("a.docx", docx(word_table(word_cell("Kalle 850709-9805")), more={"word/embeddings/a.xlsx": SHEET}))
    assert len(reading.flags) == 1
    assert "850709" not in repr(reading)
    assert "inbäddad" in reading.problems[0].why
    assert len(check_attachment("a.txt", b"Kalle 850709-9805").flags) == 1
    assert len(check_attachment("850709-9805.txt", b"Kalle").flags) == 1

"""
A file as a grid: the one door for tables that come in. What the file is, its content decides; the name is only compared.

`open_grid` and `paste_grid` do not protect the process they run in: call them through `samsyn.formats.child`.
"""

from __future__ import annotations

from dataclasses import replace

from samsyn.formats.file_kind import MACROS, FileKind, kind_of
from samsyn.formats.grid import Grid
from samsyn.formats.package import FILE_TOO_LARGE, MAX_PACKED
from samsyn.formats.package_corners import with_corners, with_corners_of_file
from samsyn.formats.problems import Refused, RowProblem
from samsyn.formats.text_clean import clean

READ = "Samsyn läser Excel (.xlsx), LibreOffice (.ods), Word (.docx) och .csv."
_NAMES_OF = {
    "xlsx": ("xlsx", "xltx"), "ods": ("ods", "ots"), "docx": ("docx", "dotx"), "xls": ("xls", "xlt"), "text": ("csv", "tsv", "tab", "txt", "skv")}
_TABLE_NAMES = tuple(name for names in _NAMES_OF.values() for name in names)
_MACRO_NAMES = ("xlsm", "xltm", "xlam", "xla", "docm", "dotm", "pptm")
_SAVE_AS = {
    "xlsb": "Spara om som .xlsx.", "biff": "Spara om som .xlsx.", "doc": "Spara om som .docx.", "rtf": "Spara om som .docx.", "odt": "Spara om som .docx.",
    "pdf": "Läs in originalet i Excel eller Word i stället, eller kopiera tabellen och klistra in den.",
    "html": "Öppna den i Excel och spara om som .xlsx, eller kopiera tabellen och klistra in den.",
    "xml": "Öppna den i Excel och spara om som .xlsx.", "mhtml": "Öppna den i Excel och spara om som .xlsx.",
    "sylk": "Öppna den i Excel och spara om som .xlsx.",
    "zip": "Packa upp den och läs in filen som ligger i.",
}


def open_grid(name: str, content: bytes) -> Grid:
    """
    Return the tables of a file.

    name     as the user's file was called; only its ending is used
    content  the whole file, at most MAX_PACKED bytes, text at most text_encoding.MAX_TEXT
    raises   Refused    with one kind sentence that says what happened and what to do
    """
    if len(content) > MAX_PACKED:
        raise Refused(FILE_TOO_LARGE)
    kind, ending = kind_of(content), ending_of(name)
    if ending in _MACRO_NAMES:
        raise Refused(MACROS)
    if kind.kind not in _NAMES_OF:
        raise Refused(_wrong_kind(kind, ending))
    if ending and ending not in _TABLE_NAMES:
        raise Refused(f"Filens namn slutar på .{ending}, men innehållet är {kind.called}. Ge den rätt ändelse. {READ}")
    grid = _read(kind, content)
    if kind.package is not None:
        grid = with_corners(grid, kind.package)
    elif kind.kind == "xls":
        grid = with_corners_of_file(grid, content)
    if ending and ending not in _NAMES_OF[kind.kind]:
        told = RowProblem("Hela filen", f".{ending}", f"namnet säger något annat än innehållet, som är {kind.called}.",
                          "Filen lästes efter sitt innehåll. Kontrollera att det är rätt fil.")
        grid = replace(grid, problems=(told, *grid.problems))
    return replace(grid, loose=(*grid.loose, ("filens namn", clean(name).text)))


def paste_grid(text: str) -> Grid:
    """Return the table that was pasted. Raises Refused if there is none, or it is too large."""
    from samsyn.formats.table_csv import read_paste

    return read_paste(text)


def open_paste(name: str, content: bytes) -> Grid:
    """Return the pasted table, given as UTF-8: `paste_grid` in the shape that `child.read_safely` calls. `name` is not used."""
    return paste_grid(content.decode("utf-8", "replace"))


def ending_of(name: str) -> str:
    """Return a file name's ending in lower case without the dot, "" if it has none."""
    last = clean(name).text.strip().rstrip(".").replace("\\", "/").rpartition("/")[2]
    stem, dot, ending = last.rpartition(".")
    return ending.strip().lower() if dot else ""


def _read(kind: FileKind, content: bytes) -> Grid:
    if kind.package is None:
        if kind.kind == "xls":
            from samsyn.formats.table_xls import read_xls

            return read_xls(content)
        from samsyn.formats.table_csv import read_csv

        return read_csv(content)
    if kind.kind == "xlsx":
        from samsyn.formats.table_xlsx import read_xlsx

        return read_xlsx(kind.package)
    if kind.kind == "ods":
        from samsyn.formats.table_ods import read_ods

        return read_ods(kind.package)
    from samsyn.formats.table_docx import read_docx

    return read_docx(kind.package)


def _wrong_kind(kind: FileKind, ending: str) -> str:
    named = {"xlsx": "inte en Excelfil", "xls": "inte en Excelfil", "ods": "inte ett kalkylark", "docx": "inte ett Word-dokument"}.get(ending)
    what = f"{named} utan {kind.called}" if named else f"{kind.called}, inte en tabell"
    return f"Filen är {what}. {_SAVE_AS.get(kind.kind, READ)}"

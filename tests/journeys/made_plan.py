"""A plan in the handbook's form, as a municipality has it: made here."""

from __future__ import annotations

from pathlib import Path

HEADER = ("Orsak", "Åtgärd", "Operativa mål", "När", "Vem", "Uppföljning")
ROWS = (
    ("1. Mörk gångväg vid torget", "1. Ny belysning", "Belysning på plats, 0 trasiga lampor", "2027-03-31", "Gatuchef Eva Ek", "grön"),
    ("2. Ungdomar samlas utan vuxna", "2. Nattvandring fre/lör", "Minst 2 vuxna 20 kvällar", "2027-06-15", "Fritidsgården, Åsa Öberg", "gul"),
    ("2. Ungdomar samlas utan vuxna", "3. Föräldramöte åk 7–9", "60 % av hemmen deltar", "våren 2027", "", "röd"))


def write_plan(folder: Path, name: str = "Åtgärdsplan torget 2027.xlsx") -> Path:
    """Write the plan as an Excel file and return where it lies."""
    import xlsxwriter

    path = folder / name
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Plan")
        for number, row in enumerate((HEADER, *ROWS)):
            sheet.write_row(number, 0, row)
    return path

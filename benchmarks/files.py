"""Action plans of any size in the handbook's six columns, for the benchmarks."""

from __future__ import annotations

from pathlib import Path

HEADER = ("Orsak", "Åtgärd", "Operativa mål", "När", "Vem", "Uppföljning")
FACES = ("Klart", "Pågår", "Inte påbörjad", "", "grön", "gul")


def write_plan(path: Path, actions: int) -> Path:
    """Write a plan with that many actions as .xlsx: a cause for every fifth row, dates, people with contact. Returns the path."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Åtgärdsplan")
    for column, word in enumerate(HEADER):
        sheet.write_string(0, column, word)
    for row in range(1, actions + 1):
        for column, text in enumerate(row_of(row)):
            sheet.write_string(row, column, text)
    book.close()
    return path


def row_of(number: int) -> tuple[str, ...]:
    """Return the six cells of one invented action."""
    cause = (number - 1) // 5 + 1
    return (
        f"{cause}. Platsen är mörk och få vuxna rör sig där sent, kvarter {cause}",
        f"Vandra kvällstid i kvarter {cause}, grupp {number}",
        f"Färre som känner sig otrygga i kvarter {cause}",
        f"2027-{number % 12 + 1:02d}-{number % 28 + 1:02d}",
        f"Bo Ek {number}, bo.ek{number}@exempel.se, 070-000 00 00",
        FACES[number % len(FACES)],
    )

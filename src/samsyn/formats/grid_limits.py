"""How large a table may be. The product promises 10,000 actions; twice that is read."""

from __future__ import annotations

from samsyn.formats.problems import Refused

MAX_ROWS = 20_000
MAX_COLUMNS = 200
MAX_CELLS = 400_000            # with something in them
MAX_MERGES = 50_000
MAX_CELL = 32_767  # characters (Excel's own limit)


def check_size(rows: int, columns: int, cells: int = 0) -> None:
    """Raise Refused if the table has more rows, columns or cells than can be read."""
    if rows > MAX_ROWS or columns > MAX_COLUMNS or cells > MAX_CELLS:
        raise Refused(f"Tabellen har för många rader/kolumner: högst {MAX_ROWS} rader och {MAX_COLUMNS} kolumner läses. "
                      "Ta bort det som ligger långt utanför tabellen, eller dela filen.")


def letters(column: int) -> str:
    """Return the column's letters: 0 is A, 26 is AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name

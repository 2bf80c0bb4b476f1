"""What the readers of workbooks have to tell of any of them, in the same words whatever the format."""

from __future__ import annotations

from samsyn.formats.grid_limits import letters
from samsyn.formats.problems import Weight
from samsyn.formats.remarks import Remarks

LEAVE_OUT = "Ta bort den om den inte ska vara med."


def tell_hidden_sheet(remarks: Remarks, sheet: str) -> None:
    """Tell that a hidden sheet was not read in."""
    remarks.add(f"Blad {sheet}", f"dolt blad '{sheet}' lästes inte in.", "Ta fram bladet i Excel om det ska vara med.")


def tell_hidden_row(remarks: Remarks, sheet: str, number: int) -> None:
    """Tell that a hidden row was read in. `number` is the sheet's own, from 1."""
    remarks.add(f"Blad {sheet}, rad {number}", f"dold rad {number} lästes in.", LEAVE_OUT, sort="dolda rader lästes in.")


def tell_hidden_column(remarks: Remarks, sheet: str, column: int) -> None:
    """Tell that a hidden column was read in. `column` is counted from 0."""
    name = letters(column)
    remarks.add(f"Blad {sheet}, kolumn {name}", f"dold kolumn {name} lästes in.", LEAVE_OUT, sort="dolda kolumner lästes in.")


def tell_error_value(remarks: Remarks, place: str, shown: str, *, program: str = "Excel") -> None:
    """Tell that a cell shows an error ("#REF!") and no value. `program` is where to mend it, "" if it can be any."""
    where = f" i {program}" if program else ""
    remarks.add(place, f"felvärde {shown[:20]} i stället för ett värde.", f"Rätta formeln{where}, eller skriv in värdet.", value=shown, weight=Weight.BAD)

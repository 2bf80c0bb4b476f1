"""
An SPSS file as a grid.

Where every value has a label the labels are read, except of columns that are numbers by their name. Of columns that are words by
their name each label is read, whether or not all values have one. A label that says that there is no answer is read everywhere:
99 with the label "Ej svar" is no score.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import datetime, timedelta
from math import isfinite
from typing import Any

from samsyn.formats.grid import Cell, Grid, Row, Sheet, Value
from samsyn.formats.grid_limits import check_size
from samsyn.formats.participants_columns import could_be, could_be_numbers, could_be_words, plain_header
from samsyn.formats.participants_values import says_missing
from samsyn.formats.problems import Refused
from samsyn.formats.text_clean import clean

NOT_INSTALLED = 'För att läsa SPSS-filer behövs mer. Skriv pip install "samsyn[analysis]" och försök igen.'
EPOCH = datetime(1582, 10, 14)  # SPSS keeps a day as seconds since then
DAYS, MOMENTS = ("DATE", "ADATE", "EDATE", "SDATE", "JDATE"), ("DATETIME", "YMDHMS")
PERIODS: Mapping[str, str] = {"MOYR": "%Y-%m", "QYR": "%Y-%m", "WKYR": "%G-W%V"}
UNREADABLE = "SPSS-filen går inte att läsa. Öppna den i SPSS, spara den som .sav eller .csv och försök igen."


def sav_grid(content: bytes) -> Grid:
    """
    Return the rows of an SPSS file (.sav, .zsav) as a grid with one sheet; the first row holds the headers.

    raises   Refused   if it cannot be read, is too large, or the reader is not installed
    """
    try:
        import pyreadstat
    except ImportError as missing:
        raise Refused(NOT_INSTALLED) from missing
    try:
        columns, about = pyreadstat.read_sav(io.BytesIO(content), output_format="dict", disable_datetime_conversion=True)
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, ValueError, UnicodeDecodeError) as fault:
        raise Refused(UNREADABLE) from fault
    names = list(about.column_names)
    height = max((len(columns[name]) for name in names), default=0)
    check_size(height, len(names), height * len(names))
    labels: Mapping[str, Mapping[Any, str]] = about.variable_value_labels
    headers = [_header(name, about.column_names_to_labels.get(name)) for name in names]
    kinds = {name: str(about.original_variable_types.get(name, "")).rstrip("0123456789.") for name in names}
    read = [_cells(columns[name], kinds[name], labels.get(name, {}), header) for name, header in zip(names, headers, strict=True)]
    whole = (Row(place + 2, tuple(column[place] for column in read)) for place in range(height))
    rows = tuple(row for row in whole if any(cell.value is not None for cell in row.cells))
    loose = tuple((f"etiketten till {name}", clean(text).text) for name, text in about.column_names_to_labels.items() if text)
    notes = tuple(("filens anteckningar", clean(str(note)).text) for note in about.notes or ())
    return Grid("sav", (Sheet("Data", (Row(1, tuple(Cell(header) for header in headers)), *rows)),), (), (*loose, *notes))


def _header(name: str, label: str | None) -> str:
    """Return the variable's name, or its label where only the label is a header that is known."""
    told = clean(label or "").text.strip()
    return told if told and not could_be(name) and could_be(told) else clean(name).text


def _cells(values: Any, kind: str, labels: Mapping[Any, str], header: str) -> list[Cell]:
    found = [_value(value, kind) for value in values]
    words = {value: clean(label).text for value, label in labels.items()}
    all_labelled = all(value in words for value in found if value is not None)
    is_words = could_be_words(header) or (all_labelled and not _is_number_by_name(header))
    return [Cell(words[value] if value in words and (is_words or says_missing(words[value])) else value) for value in found]


def _is_number_by_name(header: str) -> bool:
    stems = ("score", "poang", "planned", "planerad", "delivered", "genomford", "varde", "skattning")
    return could_be_numbers(header) or any(word.startswith(stems) for word in plain_header(header).split())


def _value(value: Any, kind: str) -> Value:
    """Return a value as a cell has it: nothing for a missing number, a whole number without decimals, a day where the format is one of days."""
    if value is None or (isinstance(value, float) and not isfinite(value)):
        return None
    if isinstance(value, str):
        text = clean(value).text.strip()
        return text or None
    number = float(value)
    return _day(number, kind) or (int(number) if number.is_integer() else number)


def _day(seconds: float, kind: str) -> Value:
    """Return a day, a moment or a period by the format SPSS shows it in; None where it is no day, or none that can be."""
    if kind not in (*DAYS, *MOMENTS, *PERIODS):
        return None
    try:
        moment = EPOCH + timedelta(seconds=seconds)
    except OverflowError:
        return None  # stays a number, and is told as one that is no date
    return moment.date() if kind in DAYS else moment if kind in MOMENTS else moment.strftime(PERIODS[kind])

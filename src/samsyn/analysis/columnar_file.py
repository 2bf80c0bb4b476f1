"""A columnar file (Parquet) with columns of any name, as the engine reads it: by SQL, never row by row in Python."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

WORDS = ("id", "unit", "sex", "target_group", "end_reason")
DAYS = ("referred", "start", "end")


def quoted(name: str) -> str:
    """Return the name of a column as SQL."""
    return '"' + name.replace('"', '""') + '"'


def literal(words: str) -> str:
    """Return words as an SQL literal."""
    return "'" + words.replace("'", "''") + "'"


def rows_of(path: Path) -> str:
    """Return the SQL of a file's rows; no sign in its name is taken for a pattern."""
    exact = "".join(f"[{sign}]" if sign in "*?[" else sign for sign in str(path))
    return f"read_parquet({literal(exact)})"


@dataclass(frozen=True, slots=True)
class ColumnarFile:
    """
    A Parquet file whose columns have names of their own.

    columns   (field of `Episodes`, or core_<name>, and the name of the file's column)
    """

    path: Path
    columns: tuple[tuple[str, str], ...]

    @property
    def sql(self) -> str:
        """The rows with the fields' names; what is not of a field's kind is missing."""
        told = [f"{self.read_as(field)} AS {quoted(field)}" for field, _ in self.columns]
        if "id" not in dict(self.columns):
            told.append("CAST(row_number() OVER () AS VARCHAR) AS id")
        return f"SELECT {', '.join(told)} FROM {rows_of(self.path)}"

    def read_as(self, field: str) -> str:
        """Return the SQL of one field in its right kind; NULL where the file holds something else."""
        column = quoted(dict(self.columns)[field])
        if field in WORDS:
            return f"nullif(trim(CAST({column} AS VARCHAR)), '')"
        if field in DAYS:
            return f"TRY_CAST({column} AS DATE)"
        if field.startswith("core_"):
            return f"TRY_CAST({column} AS BOOLEAN)"
        return f"TRY_CAST({column} AS DOUBLE)"

    @property
    def sql_of_unread(self) -> str:
        """How many values of each field are there but not of its kind, as one row in the order of the columns."""
        counts = (f"count(*) FILTER (WHERE {quoted(name)} IS NOT NULL AND {self.read_as(field)} IS NULL)" for field, name in self.columns)
        return f"SELECT {', '.join(counts)} FROM {rows_of(self.path)}"

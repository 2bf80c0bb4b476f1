"""
The SQLite that Samsyn uses: a newer library than Debian 12's, with settings that survive a power cut.

Debian's 3.40 can corrupt a database in WAL mode (the WAL-reset fault, mended in 3.51.3). `use_safe_sqlite`
puts the library from PyPI in its place before Django loads the standard one.
"""

from __future__ import annotations

import sys

OLDEST_SAFE = (3, 51, 3)

# Read for every new connection. trusted_schema off: no trigger, index or view may call a Python function.
PRAGMAS = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
PRAGMA foreign_keys = ON;
PRAGMA busy_timeout = 20000;
PRAGMA secure_delete = ON;
PRAGMA trusted_schema = OFF;
PRAGMA cell_size_check = ON;
"""


class FaultySQLite(Exception):
    """The SQLite library has a fault that can corrupt the database."""


def use_safe_sqlite() -> None:
    """Replace the standard library's sqlite3 by pysqlite3, and refuse a version with the WAL-reset fault."""
    import pysqlite3

    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
    refuse_faulty(pysqlite3.sqlite_version_info)


def refuse_faulty(version: tuple[int, int, int]) -> None:
    """Raise FaultySQLite if the version is older than the one where the WAL-reset fault was mended."""
    if version < OLDEST_SAFE:
        raise FaultySQLite(
            f"SQLite {'.'.join(map(str, version))} kan skada databasen. "
            f"Samsyn kräver {'.'.join(map(str, OLDEST_SAFE))} eller nyare: kör `make install` igen."
        )

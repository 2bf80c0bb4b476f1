"""
Copies of everything an installation holds, made while people work, and proved by being put back.

A copy is one zip: the database as SQLite's own backup makes it, the secret key, and a manifest with their hashes and the
number of rows of every table. A copy that has not been restored is a hope; `verify` restores it beside the real one.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
import zipfile
import zlib
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

DATABASE, KEY, MANIFEST = "samsyn.sqlite3", "secret_key", "manifest.json"
SHAPE = 1
KEPT = 14  # nightly copies
CHUNK = 1024 * 1024
PIECES, PIECE = 64, 64 * 1024  # what is tried of a file to see if packing it is worth the time
WORTH_PACKING = 0.7            # if they become smaller than this share
MOST_MANIFEST = 1024 * 1024    # bytes
LEFT_FREE = 64 * 1024 * 1024   # bytes of the disk that a copy must not take when it is unpacked


class NotACopy(Exception):
    """The file is not a whole copy. The message says in Swedish what is wrong."""


@dataclass(frozen=True, slots=True)
class Copy:
    """What a copy holds: sha256 of each file, rows of each table, and when it was made (ISO, with time zone)."""

    shape: int
    made_at: str
    hashes: dict[str, str]
    rows: dict[str, int]


def make_copy(folder: Path, target: Path, at: datetime) -> Copy:
    """Write a copy of an installation to `target`, whole or not at all. People may write meanwhile."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as scratch:
        database = Path(scratch) / DATABASE
        _copy_database(folder / DATABASE, database)
        files = {DATABASE: database, KEY: folder / KEY}
        copy = Copy(SHAPE, at.isoformat(), {name: sha256(path) for name, path in files.items()}, row_counts(database))
        whole = Path(scratch) / "whole.zip"
        with zipfile.ZipFile(whole, "w", compresslevel=1) as packed:
            packed.writestr(MANIFEST, json.dumps(asdict(copy), indent=1))
            for name, path in files.items():
                packed.write(path, name, zipfile.ZIP_DEFLATED if is_worth_packing(path) else zipfile.ZIP_STORED)
        whole.chmod(0o600)
        os.replace(whole, target)
    return copy


def verify(source: Path) -> Copy:
    """Restore a copy into a scratch folder and look it over: hashes, integrity, rows. Raises NotACopy."""
    with tempfile.TemporaryDirectory() as scratch:
        return _unpack(source, Path(scratch))


def restore(source: Path, folder: Path, at: datetime) -> Copy:
    """
    Put a copy in place of what an installation holds. What was there is moved aside, never removed.

    raises   NotACopy   if the copy is not whole; then nothing is touched
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        copy = _unpack(source, Path(scratch))
        aside = folder / f"fore-aterstallning-{at:%Y%m%d-%H%M%S}"
        for name in (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", KEY):
            if (folder / name).exists():
                aside.mkdir(exist_ok=True)
                os.replace(folder / name, aside / name)
        for name in (DATABASE, KEY):
            os.replace(Path(scratch) / name, folder / name)
    return copy


def newest_copy(folder: Path) -> Path | None:
    """Return the newest copy in an installation's own folder of copies."""
    return max((folder / "backup").glob("samsyn-*.zip"), key=lambda path: path.stat().st_mtime, default=None)


def make_nightly_copy(folder: Path, at: datetime) -> Path:
    """
    Write a copy among the installation's own, and remove those older than the newest fourteen.

    The one just made always stays. Copies from a day to come, made when the clock was wrong, are the first to go.
    """
    target = folder / "backup" / f"samsyn-{at:%Y%m%d-%H%M%S}.zip"
    make_copy(folder, target, at)
    copies = sorted((folder / "backup").glob("samsyn-*.zip"), key=lambda path: (path.name <= target.name, path.name))
    for old in copies[:-KEPT]:
        old.unlink(missing_ok=True)  # another may remove it too: somebody can run `samsyn backup` at night
    return target


def sha256(path: Path) -> str:
    """Return the hash of a file, read piece by piece."""
    found = hashlib.sha256()
    with path.open("rb") as source:
        while piece := source.read(CHUNK):
            found.update(piece)
    return found.hexdigest()


def is_worth_packing(path: Path) -> bool:
    """
    Return whether a file becomes much smaller when it is packed, by pieces spread over it.

    A database that is large holds mostly originals, packed already: to pack 100 MB of them takes longer than all the rest.
    """
    size = path.stat().st_size
    step = max(size // PIECES, PIECE)
    tried = packed = 0
    with path.open("rb") as source:
        for place in range(0, size, step):
            source.seek(place)
            piece = source.read(PIECE)
            tried, packed = tried + len(piece), packed + len(zlib.compress(piece, 1))
    return packed < tried * WORTH_PACKING


def row_counts(database: Path) -> dict[str, int]:
    """Return the number of rows of every table of a database file."""
    with closing(_connect(database)) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")]
        return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in sorted(names)}


def _copy_database(source: Path, target: Path) -> None:
    with closing(_connect(source)) as live, closing(_connect(target)) as copy:
        live.backup(copy, pages=-1)  # one step: a state that was, though others write
        copy.execute("PRAGMA journal_mode = DELETE")


def _unpack(source: Path, folder: Path) -> Copy:
    try:
        with zipfile.ZipFile(source) as packed:
            _refuse_too_large(packed, folder)
            raw = json.loads(packed.read(MANIFEST))
            for name in (DATABASE, KEY):
                with packed.open(name) as inside, (folder / name).open("wb") as out:
                    shutil.copyfileobj(inside, out, CHUNK)
                (folder / name).chmod(0o600)
    except FileNotFoundError as fault:
        raise NotACopy(f"Filen {source} finns inte.") from fault
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, OSError, EOFError, RuntimeError) as fault:  # RuntimeError: locked, packed oddly
        raise NotACopy(f"{source.name} är ingen hel säkerhetskopia från Samsyn.") from fault
    return _looked_over(_manifest(raw), folder)


def _refuse_too_large(packed: zipfile.ZipFile, folder: Path) -> None:
    """Raise NotACopy if what is packed would fill the disk. No more than the stated sizes is ever unpacked."""
    sizes = {name: packed.getinfo(name).file_size for name in (MANIFEST, DATABASE, KEY)}
    if sizes[MANIFEST] > MOST_MANIFEST or sizes[KEY] > MOST_MANIFEST:
        raise NotACopy("Säkerhetskopians innehållsförteckning eller nyckel är orimligt stor.")
    if sizes[DATABASE] > shutil.disk_usage(folder).free - LEFT_FREE:
        raise NotACopy(f"Säkerhetskopian blir {sizes[DATABASE] // 2 ** 20} MB när den packas upp, och så mycket plats finns inte på disken.")


def _manifest(raw: Any) -> Copy:
    """Return what a manifest says. Raises NotACopy if it does not say all that must be looked over."""
    try:
        copy = Copy(**raw)
        datetime.fromisoformat(copy.made_at)
    except (TypeError, ValueError) as fault:
        raise NotACopy("Säkerhetskopians innehållsförteckning är från en annan version av Samsyn.") from fault
    if copy.shape != SHAPE:
        raise NotACopy(f"Säkerhetskopian är av sort {copy.shape}, den här Samsyn läser sort {SHAPE}.")
    if not (isinstance(copy.hashes, dict) and set(copy.hashes) == {DATABASE, KEY} and isinstance(copy.rows, dict) and copy.rows):
        raise NotACopy("Säkerhetskopians innehållsförteckning är inte hel.")
    return copy


def _looked_over(copy: Copy, folder: Path) -> Copy:
    for name, wanted in copy.hashes.items():
        if sha256(folder / name) != wanted:
            raise NotACopy(f"{name} i säkerhetskopian har ändrats eller skadats.")
    key = (folder / KEY).read_bytes().strip()
    if not key or not key.isascii():
        raise NotACopy("Nyckeln i säkerhetskopian går inte att använda.")
    import pysqlite3

    try:
        with closing(_connect(folder / DATABASE)) as connection:
            is_whole = connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        rows = row_counts(folder / DATABASE) if is_whole else {}
    except pysqlite3.DatabaseError as fault:
        raise NotACopy("Databasen i säkerhetskopian är skadad.") from fault
    if not is_whole:
        raise NotACopy("Databasen i säkerhetskopian är skadad.")
    if rows != copy.rows:
        raise NotACopy("Säkerhetskopian har inte de rader den säger.")
    return copy


def _connect(database: Path) -> Any:
    import pysqlite3

    return pysqlite3.connect(database, timeout=20)

"""The benchmark of safety copies sees a copy that is not what it says."""

from __future__ import annotations

import sqlite3
import zipfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from benchmarks.backup import DATABASE, KEY, MANIFEST, WRITTEN, _is_same

from samsyn.site.backup import make_copy, restore

AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of an installation where three check-ins were saved, put back in the folder `back`."""
    home = tmp_path / "var"
    home.mkdir()
    (home / KEY).write_text("hemlig", encoding="ascii")
    with closing(sqlite3.connect(home / DATABASE)) as live, live:
        live.execute("CREATE TABLE plan_checkin (text TEXT)")
        live.executemany("INSERT INTO plan_checkin VALUES (?)", [(f"{WRITTEN}{number}",) for number in (1, 2, 3)])
    make_copy(home, tmp_path / "copy.zip", AT)
    restore(tmp_path / "copy.zip", tmp_path / "back", AT)
    return tmp_path / "copy.zip"


def test_a_copy_that_came_back_as_it_was_counts(copy: Path) -> None:
    assert _is_same(copy, copy.parent / "back", 3)


def test_a_copy_that_lacks_what_was_saved_before_it_does_not_count(copy: Path) -> None:
    assert not _is_same(copy, copy.parent / "back", 4)


@pytest.mark.parametrize("name", [DATABASE, KEY])
def test_a_byte_more_does_not_count(copy: Path, name: str) -> None:
    with (copy.parent / "back" / name).open("ab") as changed:
        changed.write(b"x")
    assert not _is_same(copy, copy.parent / "back", 3)


def test_a_copy_that_names_other_hashes_does_not_count(copy: Path) -> None:
    with zipfile.ZipFile(copy) as packed:
        held = {name: packed.read(name) for name in packed.namelist()}
    with zipfile.ZipFile(copy, "w") as packed:
        for name, content in held.items():
            packed.writestr(name, content if name != MANIFEST else b'{"hashes": {}}')
    assert not _is_same(copy, copy.parent / "back", 3)

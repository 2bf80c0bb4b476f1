"""A copy is made while people write, and is worth something only when it has been restored."""

import threading
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pysqlite3
import pytest

from samsyn.site.backup import KEPT, NotACopy, make_copy, make_nightly_copy, newest_copy, restore, row_counts, sha256, verify

AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    home = tmp_path / "var"
    home.mkdir()
    (home / "secret_key").write_text("hemlig")
    with pysqlite3.connect(home / "samsyn.sqlite3") as live:
        live.execute("PRAGMA journal_mode = WAL")
        live.execute("CREATE TABLE row (id INTEGER PRIMARY KEY, text TEXT)")
        live.executemany("INSERT INTO row (text) VALUES (?)", [("lampa" * 200,)] * 500)
    return home


def test_a_copy_that_is_put_back_holds_the_same(folder: Path, tmp_path: Path) -> None:
    copy = make_copy(folder, tmp_path / "copy.zip", AT)
    back = tmp_path / "back"
    assert restore(tmp_path / "copy.zip", back, AT) == copy
    assert row_counts(back / "samsyn.sqlite3") == {"row": 500}
    assert (back / "secret_key").read_text() == "hemlig"
    assert {name: sha256(back / name) for name in copy.hashes} == copy.hashes


def test_a_copy_is_a_state_that_was_though_somebody_writes_all_the_time(folder: Path, tmp_path: Path) -> None:
    stop = threading.Event()

    def write_in_pairs() -> None:
        with pysqlite3.connect(folder / "samsyn.sqlite3", timeout=20) as live:
            while not stop.is_set():
                with live:
                    live.executemany("INSERT INTO row (text) VALUES (?)", [("en",), ("två",)])

    writer = threading.Thread(target=write_in_pairs)
    writer.start()
    try:
        for i in range(5):
            target = tmp_path / f"copy{i}.zip"
            assert make_copy(folder, target, AT).rows["row"] % 2 == 0
            verify(target)
    finally:
        stop.set()
        writer.join()


def test_what_was_there_is_moved_aside_and_not_removed(folder: Path, tmp_path: Path) -> None:
    make_copy(folder, tmp_path / "copy.zip", AT)
    with pysqlite3.connect(folder / "samsyn.sqlite3") as live:
        live.execute("DELETE FROM row")
    restore(tmp_path / "copy.zip", folder, AT)
    assert row_counts(folder / "samsyn.sqlite3") == {"row": 500}
    assert row_counts(folder / "fore-aterstallning-20261122-030000" / "samsyn.sqlite3") == {"row": 0}


@pytest.mark.parametrize("harm", ["one byte", "not a zip", "half", "missing key", "nothing"])
def test_a_copy_that_is_not_whole_is_refused_and_touches_nothing(folder: Path, tmp_path: Path, harm: str) -> None:
    target = tmp_path / "copy.zip"
    make_copy(folder, target, AT)
    if harm == "one byte":
        with zipfile.ZipFile(target) as packed:
            parts = {name: packed.read(name) for name in packed.namelist()}
        parts["samsyn.sqlite3"] = parts["samsyn.sqlite3"][:-1] + b"\x01"
        with zipfile.ZipFile(target, "w") as packed:
            for name, content in parts.items():
                packed.writestr(name, content)
    elif harm == "not a zip":
        target.write_bytes(b"hej")
    elif harm == "half":
        target.write_bytes(target.read_bytes()[: target.stat().st_size // 2])
    elif harm == "missing key":
        with zipfile.ZipFile(target) as packed:
            parts = {name: packed.read(name) for name in packed.namelist() if name != "secret_key"}
        with zipfile.ZipFile(target, "w") as packed:
            for name, content in parts.items():
                packed.writestr(name, content)
    else:
        target.unlink()
    before = sha256(folder / "samsyn.sqlite3")
    with pytest.raises(NotACopy):
        restore(target, folder, AT)
    with pytest.raises(NotACopy):
        verify(target)
    assert sha256(folder / "samsyn.sqlite3") == before


@pytest.mark.parametrize(("content", "packing"), [
    (b"Vandra i kvarter. " * 40_000, zipfile.ZIP_DEFLATED), (Random(1).randbytes(700_000), zipfile.ZIP_STORED),
], ids=["text", "originals packed already"])
def test_a_database_is_packed_only_if_that_makes_it_smaller(folder: Path, tmp_path: Path, content: bytes, packing: int) -> None:
    with pysqlite3.connect(folder / "samsyn.sqlite3") as live:
        live.execute("CREATE TABLE original (content BLOB)")
        live.executemany("INSERT INTO original VALUES (?)", [(content,)] * 10)
    copy = make_copy(folder, tmp_path / "copy.zip", AT)
    with zipfile.ZipFile(tmp_path / "copy.zip") as packed:
        assert packed.getinfo("samsyn.sqlite3").compress_type == packing
    assert verify(tmp_path / "copy.zip") == copy


def test_nightly_copies_older_than_a_fortnight_of_them_are_removed(folder: Path) -> None:
    for day in range(1, KEPT + 4):
        made = make_nightly_copy(folder, AT.replace(day=day))
    assert len(list((folder / "backup").glob("*.zip"))) == KEPT
    assert newest_copy(folder) == made

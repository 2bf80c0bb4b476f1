"""A copy is made while people write, and is worth something only when it has been restored."""

import hashlib
import json
import threading
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any

import pysqlite3
import pytest

from samsyn.site.backup import KEPT, LEFT_FREE, NotACopy, make_copy, make_nightly_copy, newest_copy, restore, row_counts, sha256, verify

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


def test_a_clock_that_has_been_wrong_takes_no_new_copy_away(folder: Path) -> None:
    right = [make_nightly_copy(folder, AT.replace(day=day)) for day in range(1, KEPT + 1)]
    behind = make_nightly_copy(folder, AT.replace(year=2000))
    assert behind.exists() and not right[0].exists() and right[1].exists()
    ahead = make_nightly_copy(folder, AT.replace(year=2099))
    assert ahead.exists() and not behind.exists()
    now = make_nightly_copy(folder, AT)
    assert now.exists() and not ahead.exists() and right[1].exists()


JUNK = b"ingen databas" * 500


def forged(source: Path, target: Path, *, key: bytes | None = None, database: bytes | None = None, hashed: bool = True, **manifest: object) -> Path:
    """A copy that somebody has written themselves: with other content, and the manifest to go with it."""
    with zipfile.ZipFile(source) as packed:
        said = json.loads(packed.read("manifest.json"))
        files = {name: packed.read(name) for name in ("samsyn.sqlite3", "secret_key")}
    files |= {name: content for name, content in (("secret_key", key), ("samsyn.sqlite3", database)) if content is not None}
    if hashed:
        said["hashes"] = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    with zipfile.ZipFile(target, "w") as packed:
        packed.writestr("manifest.json", json.dumps(said | manifest))
        for name, content in files.items():
            packed.writestr(name, content)
    return target


@pytest.mark.parametrize("given", [
    {"key": b"en annans nyckel", "hashes": {}}, {"key": b"en annans nyckel", "hashes": {"samsyn.sqlite3": "?"}}, {"hashes": None}, {"hashes": ["a"]},
    {"hashes": {"samsyn.sqlite3": "?", "secret_key": "?", "../../evil": "?"}}, {"rows": {}}, {"rows": [1]}, {"made_at": 5}, {"made_at": "i går"},
    {"database": JUNK}, {"database": b""}, {"database": b"", "rows": {}}, {"key": b""},
    {"key": "nyckel på svenska: å".encode()}, {"key": b"x", "hashed": False},
], ids=str)
def test_a_forged_copy_is_refused_with_a_sentence_and_touches_nothing(folder: Path, tmp_path: Path, given: dict[str, Any]) -> None:
    make_copy(folder, tmp_path / "copy.zip", AT)
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    assert verify(forged(tmp_path / "copy.zip", tmp_path / "sound.zip")).rows == {"row": 500}
    with pytest.raises(NotACopy):
        restore(forged(tmp_path / "copy.zip", tmp_path / "forged.zip", **given), folder, AT)
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before


@pytest.mark.parametrize(("at", "value"), [(6, 1), (8, 99)], ids=["locked", "packed in another way"])
def test_a_copy_that_cannot_be_unpacked_is_refused(folder: Path, tmp_path: Path, at: int, value: int) -> None:
    make_copy(folder, tmp_path / "copy.zip", AT)
    content = bytearray((tmp_path / "copy.zip").read_bytes())
    for sign, place in ((b"PK\x03\x04", at), (b"PK\x01\x02", at + 2)):
        content[content.index(sign) + place] = value
    (tmp_path / "copy.zip").write_bytes(content)
    with pytest.raises(NotACopy):
        verify(tmp_path / "copy.zip")


def test_a_manifest_without_end_is_refused(folder: Path, tmp_path: Path) -> None:
    for said in ("[" * 100_000, " " * 2_000_000):
        with zipfile.ZipFile(tmp_path / "copy.zip", "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr("manifest.json", said)
            packed.writestr("samsyn.sqlite3", b"")
            packed.writestr("secret_key", b"x")
        with pytest.raises(NotACopy):
            verify(tmp_path / "copy.zip")


def test_a_copy_that_would_fill_the_disk_is_refused_before_it_is_unpacked(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_copy(folder, tmp_path / "copy.zip", AT)
    size = (folder / "samsyn.sqlite3").stat().st_size
    for free, fits in ((LEFT_FREE + size // 2, False), (LEFT_FREE + size * 2, True)):
        monkeypatch.setattr("samsyn.site.backup.shutil.disk_usage", lambda _folder, free=free: SimpleNamespace(free=free))
        if fits:
            verify(tmp_path / "copy.zip")
            continue
        with pytest.raises(NotACopy, match="plats"):
            verify(tmp_path / "copy.zip")


def test_what_is_put_back_is_its_owners_alone(folder: Path, tmp_path: Path) -> None:
    make_copy(folder, tmp_path / "copy.zip", AT)
    restore(tmp_path / "copy.zip", tmp_path / "back", AT)
    assert {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "back").iterdir()} == {"samsyn.sqlite3": 0o600, "secret_key": 0o600}

"""The served process: what it must never do beside its workers, and how it starts and ends."""

from __future__ import annotations

import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from samsyn.cli.serve import copy_apart
from tests.journeys.conftest import SAMSYN, Server, start_server


def open_files(process: int) -> list[str]:
    """Return what a process has open."""
    found = []
    for link in Path(f"/proc/{process}/fd").iterdir():
        try:
            found.append(os.readlink(link))
        except FileNotFoundError:  # closed since
            continue
    return found


def children(process: int) -> list[int]:
    return [int(word) for task in Path(f"/proc/{process}/task").iterdir() for word in (task / "children").read_text().split()]


def test_the_nightly_copy_is_made_in_a_process_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    subprocess.run([SAMSYN, "demo"], env={**os.environ, "SAMSYN_FOLDER": str(tmp_path)}, check=True, stdout=subprocess.DEVNULL)
    monkeypatch.setattr("samsyn.site.backup.make_copy", lambda *args: pytest.fail("made in this process"))
    monkeypatch.setattr("samsyn.site.backup.make_nightly_copy", lambda *args: pytest.fail("made in this process"))
    copy_apart(tmp_path)
    assert len(list((tmp_path / "backup").glob("samsyn-*.zip"))) == 1


def test_the_process_that_workers_are_forked_from_never_has_the_database_open(tmp_path: Path) -> None:
    server = start_server(tmp_path, demo=False)
    try:
        while not list((tmp_path / "backup").glob("*.zip")):
            assert not any("samsyn.sqlite3" in name for name in open_files(server.process.pid))
            time.sleep(0.02)
        urllib.request.urlopen(f"{server.address}/readyz").read()
        assert not any("samsyn.sqlite3" in name for name in open_files(server.process.pid))
        workers = [child for child in children(server.process.pid) if any("samsyn.sqlite3" in name for name in open_files(child))]
        assert workers, "a worker that has answered has the database open"
    finally:
        server.end()


def answers(server: Server) -> bool:
    try:
        with urllib.request.urlopen(f"{server.address}/readyz", timeout=5) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


def serving_workers(server: Server) -> list[int]:
    """Return the processes that serve pages: they have the port open."""
    return [child for child in sorted(children(server.process.pid)) if any("socket:" in name for name in open_files(child))]


def test_pages_answer_again_when_workers_are_killed_five_times_in_quick_succession(tmp_path: Path) -> None:
    server = start_server(tmp_path, demo=False)
    try:
        killed: list[int] = []
        while len(killed) < 5:
            for worker in [pid for pid in serving_workers(server) if pid not in killed][-1:]:  # the newest: the same place each time
                os.kill(worker, signal.SIGKILL)
                killed.append(worker)
            time.sleep(0.1)
            assert server.process.poll() is None, server.said()
        while not answers(server):
            assert server.process.poll() is None, server.said()
            time.sleep(0.1)
        assert "Samsyn startar dem igen." in server.said(), "the kills were quick enough for granian to give up"
        while len(serving_workers(server)) < 2:
            assert server.process.poll() is None, server.said()
            time.sleep(0.1)
    finally:
        server.end()
    assert server.process.returncode == 0


def test_a_taken_port_is_said_in_one_sentence(town: Server, tmp_path: Path) -> None:
    environment = {**os.environ, "SAMSYN_FOLDER": str(tmp_path), "SAMSYN_PORT": str(town.port)}
    done = subprocess.run([SAMSYN, "serve"], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1 and done.stdout == ""
    assert done.stderr.startswith(f"Porten {town.port} är upptagen.") and len(done.stderr.splitlines()) == 1


def test_the_town_is_not_laid_over_somebodys_own(empty: Server) -> None:
    import json
    from urllib.parse import urlencode

    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    page = opener.open(f"{empty.address}/borja/").read().decode()
    token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    sent = {"csrfmiddlewaretoken": token, "partnership": "Vår", "organisation": "Vår kommun", "name": "Vera", "email": "vera@viken.example",
            "password": "en helt ny mening"}
    opener.open(f"{empty.address}/borja/", urlencode(sent).encode())
    done = subprocess.run([SAMSYN, "demo"], env={**os.environ, "SAMSYN_FOLDER": str(empty.folder)}, capture_output=True, text=True, check=False)
    assert done.returncode == 1 and done.stderr.startswith("Här finns redan en riktig installation.")
    assert json.dumps(done.stdout) == '""'


def test_a_second_start_keeps_what_was_written(tmp_path: Path) -> None:
    first = start_server(tmp_path, demo=True)
    first.end()
    size = (tmp_path / "samsyn.sqlite3").stat().st_size
    second = start_server(tmp_path, demo=True)
    try:
        assert "Logga in med ett klick" in second.said()
        assert (tmp_path / "samsyn.sqlite3").stat().st_size >= size
        page = urllib.request.urlopen(f"{second.address}/logga-in/").read().decode()
        assert "/logga-in/som/anna/" in page
    finally:
        second.end()

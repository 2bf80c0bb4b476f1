"""
What is left after a crash: check-ins are written in a loop while a worker, and then the whole server, is killed.

A check-in that the server has answered for must be there when it has started again, and the database must be whole.
"""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from benchmarks._web_server import Server, said_by, serving
from benchmarks.measured import Figure

ROUNDS, WRITERS = 3, 3
BEFORE, BETWEEN = 1.0, 0.5  # seconds of writing before the first kill, and between the two
TOKEN = re.compile(r'name="(csrfmiddlewaretoken|once)" value="([^"]+)"')


class NothingWritten(Exception):
    """No check-in was acknowledged before the kill, so that nothing could be lost."""


def run() -> list[Figure]:
    """Kill a worker and then the server with its workers, some times over, and look for what was acknowledged."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        town = json.loads(said_by("_web_town", "20", folder=folder))
        address = f"/planer/{town['plans']['20']}/atgarder/{town['action']}/avstamning/"
        acknowledged: list[str] = []
        for turn in range(ROUNDS):
            with serving(folder) as server:
                acknowledged += _written_until_killed(server, town["cookie"], address, turn)
        with serving(folder) as again:
            started = again.seconds
        kept, is_whole = _left(folder)
    lost = len(set(acknowledged) - kept)
    return [
        Figure("check-ins lost after kill -9", lost, "rows", len(acknowledged), "acknowledged", 0),
        Figure("check-ins nobody was told of, but kept", len(kept - set(acknowledged)), "rows", len(acknowledged), "acknowledged"),
        Figure("database whole afterwards (integrity_check)", float(is_whole), "yes", limit=1, at_least=True),
        Figure("start after a crash", started, "s", limit=5),
    ]


def _written_until_killed(server: Server, cookie: str, address: str, turn: int) -> list[str]:
    """Write check-ins; kill one worker, then everything at once; return the texts that were acknowledged."""
    writers = [_Writer(server.port, cookie, address, f"tur {turn} rad {number}") for number in range(WRITERS)]
    with _writing(writers):
        time.sleep(BEFORE)
        os.kill(server.workers[0], signal.SIGKILL)
        time.sleep(BETWEEN)
        for pid in (server.process.pid, *server.workers):
            os.kill(pid, signal.SIGKILL)
    acknowledged = [text for writer in writers for text in writer.acknowledged]
    if not acknowledged:
        raise NothingWritten((writers[0].refused or ["the server never answered"])[-1])
    return acknowledged


@contextmanager
def _writing(writers: list[_Writer]) -> Iterator[None]:
    threads = [threading.Thread(target=writer.run) for writer in writers]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        for writer in writers:
            writer.ended.set()
        for thread in threads:
            thread.join()


@dataclass(slots=True)
class _Writer:
    """
    Somebody who writes check-ins over and over.

    acknowledged   the texts that the server has said are saved
    refused        other answers than that
    """

    port: int
    cookie: str
    address: str
    name: str
    acknowledged: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        number = 0
        while not self.ended.is_set():
            number += 1
            text = f"{self.name}:{number}"
            try:
                self._write(text)
            except (OSError, http.client.HTTPException):  # the server was killed meanwhile: not acknowledged
                time.sleep(0.02)

    def _write(self, text: str) -> None:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)) as line:
            line.request("GET", self.address, headers=self._head(self.cookie))
            form = line.getresponse()
            sent = dict(TOKEN.findall(form.read().decode()))
            csrf = (form.getheader("Set-Cookie") or "").partition(";")[0]
            line.request("POST", self.address, urlencode({**sent, "text": text}),
                         self._head(f"{self.cookie}; {csrf}") | {"Content-Type": "application/x-www-form-urlencoded"})
            answer = line.getresponse()
            if answer.status == 302:
                self.acknowledged.append(text)
            else:
                self.refused.append(f"{answer.status}: {answer.read(300)!r}")

    def _head(self, cookie: str) -> dict[str, str]:
        return {"Host": f"localhost:{self.port}", "Cookie": cookie}


def _left(folder: Path) -> tuple[set[str], bool]:
    """Return the texts of the check-ins that were written, and whether the database is whole."""
    with closing(sqlite3.connect(f"file:{folder / 'samsyn.sqlite3'}?mode=ro", uri=True)) as database:
        texts = {text for (text,) in database.execute("SELECT text FROM plan_checkin WHERE text LIKE 'tur %'")}
        return texts, database.execute("PRAGMA integrity_check").fetchone() == ("ok",)

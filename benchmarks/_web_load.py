"""
A bounded load on a server of our own: some connections that are kept open, each asking for the same page over and over.

Usage: python -m benchmarks._web_load PORT COOKIE PATH CONNECTIONS SECONDS     prints one JSON line
"""

from __future__ import annotations

import json
import socket
import sys
import threading
import time
from dataclasses import asdict, dataclass, field

LIMIT = 64 * 1024


@dataclass(slots=True)
class Load:
    """
    What came of a load.

    pages     answers read to their end
    seconds   by the clock, from the first question to the last answer
    spent     seconds of CPU that the load itself took
    """

    pages: int = 0
    seconds: float = 0.0
    spent: float = 0.0


class WrongAnswer(Exception):
    """The server answered something else than the page."""


@dataclass(slots=True)
class _Asker:
    """One connection. Ends at the moment `until`, or with `fault`."""

    port: int
    question: bytes
    until: float
    pages: int = 0
    fault: list[Exception] = field(default_factory=list)

    def run(self) -> None:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=30) as line:
                while time.perf_counter() < self.until:
                    line.sendall(self.question)
                    _read(line)
                    self.pages += 1
        except (OSError, WrongAnswer) as fault:
            self.fault.append(fault)


def _read(line: socket.socket) -> None:
    """Read one answer to its end. Raises WrongAnswer unless it is 200 and says its length."""
    got = line.recv(LIMIT)
    while b"\r\n\r\n" not in got:
        got += _more(line)
    head, _, body = got.partition(b"\r\n\r\n")
    lines = head.lower().split(b"\r\n")
    length = next((int(one.split(b":")[1]) for one in lines if one.startswith(b"content-length:")), None)
    if not lines[0].startswith(b"http/1.1 200") or length is None:
        raise WrongAnswer(head.decode("latin-1")[:200])
    left = length - len(body)
    while left > 0:
        left -= len(_more(line))


def _more(line: socket.socket) -> bytes:
    if not (part := line.recv(LIMIT)):
        raise WrongAnswer("The server hung up.")
    return part


def load(port: int, cookie: str, path: str, connections: int, seconds: float) -> Load:
    """Ask for a page for so many seconds. Raises WrongAnswer or OSError if any answer is not the page."""
    question = (f"GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\nCookie: {cookie}\r\nAccept-Encoding: gzip\r\n\r\n").encode()
    started, spent = time.perf_counter(), time.process_time()
    askers = [_Asker(port, question, started + seconds) for _ in range(connections)]
    threads = [threading.Thread(target=asker.run) for asker in askers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for asker in askers:
        for fault in asker.fault:
            raise fault
    return Load(sum(asker.pages for asker in askers), time.perf_counter() - started, time.process_time() - spent)


def waits(port: int, cookie: str, path: str, times: int) -> list[float]:
    """Ask for a page so many times over one connection; return the milliseconds until each answer was read to its end. Raises WrongAnswer or OSError."""
    question = (f"GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\nCookie: {cookie}\r\nAccept-Encoding: gzip\r\n\r\n").encode()
    found = []
    with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
        for _ in range(times):
            asked = time.perf_counter()
            line.sendall(question)
            _read(line)
            found.append((time.perf_counter() - asked) * 1000)
    return found


if __name__ == "__main__":
    print(json.dumps(asdict(load(int(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4]), float(sys.argv[5])))))
